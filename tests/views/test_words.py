"""Words for what a person meets on several screens."""

from uuid import uuid4

import pytest

from i18n.translator import translator
from portal.contract.people import PersonRef
from views import words

DANISH = translator("da")


@pytest.mark.parametrize(
    ("name", "steps"),
    [("Freja Lauridsen", "Frejas skridt"), ("Jonas Bang", "Jonas' skridt")],
)
async def test_steps_are_named_after_the_first_name(name, steps):
    assert words.steps_of(DANISH, PersonRef(id=uuid4(), name=name)) == steps


async def test_a_name_that_is_protected_is_said_to_be_so():
    hidden = PersonRef(id=uuid4(), name="")
    assert words.person(DANISH, hidden) == "Beskyttet navn"
    assert words.steps_of(DANISH, hidden) == "Beskyttet navn"
