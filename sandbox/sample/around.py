"""Who is around the citizens of the sample, and what they asked by right: custody, helpers, goals
shared, who works with whom, an invitation, something hidden for safety. Used by `municipality`.
"""

from collections.abc import Iterator
from datetime import timedelta

from sandbox.sample import rows
from sandbox.sample.build import goal_id
from sandbox.sample.days import Days
from sandbox.sample.ids import person_id, sample_id
from sandbox.sample.people import cpr_hash_of

_CUSTODY = (
    ("mette", "freja"),
    ("jonas", "freja"),
    ("renee", "villads"),
    ("renee", "alba"),
)
_HELPERS = (
    # (slug, kind, citizen, helper, their name as written down, categories, by)
    ("bisidder", "bisidder", "mette", "bent", "Bent Kjærulf Thomsen",
     ("goals", "appointments", "decisions"), "mette"),
    ("fuldmagt", "power_of_attorney", "rania", "yusuf", "Yusuf Al-Sabbagh",
     ("appointments", "decisions", "messages"), "rania"),
    ("vaerge", "guardian", "kirsten", "lone", "Lone Bjerregaard Holt",
     ("goals", "social", "appointments", "decisions"), "henrik"),
)  # fmt: skip
_SHARED_GOALS = (
    ("mette", "ud-hver-dag", "freja"),
    ("freja", "efterskole", "mette"),
    ("freja", "efterskole", "jonas"),
)
_CASE_WORKERS = (("mette", "henrik"), ("mette", "naja"), ("freja", "louise"))

HIDDEN_APPOINTMENT = 1
"""The place among Freja's meetings of the one that her family is not to know of."""


def around_rows(days: Days, secret_key: str) -> Iterator[rows.Row]:
    """Yield everything around the citizens but what they asked about the access log."""
    yield from _custody_rows(days)
    yield from _helper_rows(days, secret_key)
    for citizen, goal, person in _SHARED_GOALS:
        yield rows.GoalShare(
            id=sample_id("goal-share", citizen, goal, person),
            goal_id=goal_id(citizen, goal),
            person_id=person_id(person),
            shared_by=person_id(citizen),
            shared_at=days.moment(-14, "20:15"),
        )
    for citizen, professional in _CASE_WORKERS:
        yield rows.CaseWorker(
            id=sample_id("case-worker", citizen, professional),
            citizen_id=person_id(citizen),
            professional_id=person_id(professional),
            starts_on=days.calendar(-90),
        )
    yield rows.HouseholdInvitation(
        id=sample_id("invitation", "lone"),
        household_id=sample_id("household", "lauridsen-bang"),
        name="Lone Bjerregaard Holt",
        cpr_hash=cpr_hash_of("lone", days, secret_key),
        relation="other",
        invited_by=person_id("mette"),
        invited_at=days.moment(-1, "20:05"),
    )
    yield rows.SafetyHiding(
        id=sample_id("safety-hiding", "freja"),
        citizen_id=person_id("freja"),
        resource_kind="appointment",
        resource_id=sample_id("appointment", "freja", HIDDEN_APPOINTMENT),
        reason="Freja er bange for, hvad der sker derhjemme, hvis hendes forældre ser mødet. "
        "Aftalt med Freja.",
        hidden_by=person_id("naja"),
        hidden_at=days.moment(-3, "14:30"),
    )
    yield _correction(days)


def access_questions(days: Days) -> Iterator[rows.AccessQuestion]:
    """Yield what Mette asked about readings of her plan: one answered, one not yet."""
    yield rows.AccessQuestion(
        id=sample_id("access-question", "svaret"),
        citizen_id=person_id("mette"),
        read_at=days.moment(-45, "09:33"),
        text="Hvorfor læste Louise om min bostøtte? Det er Henrik, der har med den at gøre.",
        created_at=days.moment(-44, "19:20"),
        answer="Louise så efter, hvornår Pia kommer hos dig, så praktikken ikke lå oven i. "
        "Du har givet samtykke til det i din samlede plan.",
        answered_by=person_id("louise"),
        answered_at=days.moment(-42, "10:10"),
    )
    yield rows.AccessQuestion(
        id=sample_id("access-question", "nyt"),
        citizen_id=person_id("mette"),
        read_at=days.moment(-12, "11:10"),
        text="Hvad skulle du bruge samtalen om stolen til?",
        created_at=days.moment(-1, "21:20"),
    )


def _custody_rows(days: Days) -> Iterator[rows.Row]:
    for holder, child in _CUSTODY:
        yield rows.Custody(
            id=sample_id("custody", child, holder),
            child_id=person_id(child),
            holder_id=person_id(holder),
            starts_on=days.calendar(-400),
        )


def _helper_rows(days: Days, secret_key: str) -> Iterator[rows.Row]:
    for slug, kind, citizen, helper, name, categories, by in _HELPERS:
        yield rows.Helper(
            id=sample_id("helper", slug),
            citizen_id=person_id(citizen),
            kind=kind,
            name=name,
            cpr_hash=cpr_hash_of(helper, days, secret_key),
            categories=list(categories),
            valid_from=days.calendar(-40),
            valid_until=days.calendar(-40) + timedelta(days=300),
            added_by=person_id(by),
            added_at=days.moment(-40, "15:10"),
        )


def _correction(days: Days) -> rows.RightsRequest:
    return rows.RightsRequest(
        id=sample_id("correction", "mette"),
        citizen_id=person_id("mette"),
        kind="correction",
        resource_kind="intervention",
        resource_id=sample_id("intervention", "mette", "bostoette"),
        text="Der står, at Pia kommer om mandagen. Hun kommer om torsdagen.",
        created_at=days.moment(-20, "18:50"),
        state="answered",
        outcome="corrected",
        answer="Du har ret. Vi har rettet det. Tak, fordi du sagde det.",
        answered_by=person_id("louise"),
        answered_at=days.moment(-18, "09:15"),
    )
