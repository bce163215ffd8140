"""The document for lawyers says what the policy decides."""

from pathlib import Path

from planapi.policy.document import PATH, render
from planapi.policy.grounds import LAW, Ground

ROOT = Path(__file__).parents[3]


def test_the_document_is_the_policy_of_today():
    written = (ROOT / PATH).read_text("utf-8")

    assert written == render(), "stale: run `python -m planapi.policy.document`"


def test_every_ground_rests_on_a_law():
    assert set(LAW) == set(Ground)
    assert all(LAW.values())
