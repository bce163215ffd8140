"""Solby Kommune: everything of the sample put together, and the people who can log in to it.

Used by the command `demo`, by the simulator and by tests, all through `sandbox.sample`.
"""

from dataclasses import dataclass
from datetime import date
from itertools import chain

import psycopg

from sandbox.broker.identities import IdentityKind, Professional, SimulatedIdentity
from sandbox.sample import kirsten, others, sabbagh, soerby
from sandbox.sample.around import access_questions, around_rows
from sandbox.sample.build import household_rows, plan_reads, plan_rows
from sandbox.sample.build_talks import talk_rows
from sandbox.sample.consent_texts import consent_text_rows
from sandbox.sample.days import Days
from sandbox.sample.ids import sample_id
from sandbox.sample.insert import insert
from sandbox.sample.mette import case as mette
from sandbox.sample.mette import family as mettes_family
from sandbox.sample.people import (
    CITIZENS,
    MITID_FROM_AGE,
    CitizenSketch,
    citizen_rows,
    made_up_cpr,
)
from sandbox.sample.portraits import picture_rows
from sandbox.sample.professionals import (
    PROFESSIONALS,
    ProfessionalSketch,
    professional_id,
    professional_rows,
)
from sandbox.sample.rows import Sample

NAME = "Solby Kommune"
CVR = "29189999"  # fails the modulus 11 test of real CVR numbers, so it is nobody's
MUNICIPALITY_ID = sample_id("municipality", "solby")

PLANS = (
    mette.PLAN,
    mettes_family.JONAS,
    mettes_family.FREJA,
    soerby.RENEE,
    soerby.VILLADS,
    sabbagh.RANIA,
    sabbagh.YUSUF,
    others.SOFIE,
    others.ANNE_SOFIE,
    kirsten.PLAN,
)
HOUSEHOLDS = (mette.HOUSEHOLD, soerby.HOUSEHOLD, sabbagh.HOUSEHOLD)


@dataclass(frozen=True, slots=True)
class Introduction:
    """What one person is good for in the demo, in one line of English."""

    slug: str
    name: str
    kind: IdentityKind
    line: str


def seed(database_url: str, today: date, *, secret_key: str) -> None:
    """Write the sample into a migrated, empty plan database, in one transaction.

    `database_url` is the owner's, since row-level security does not hold the owner back.
    `today` is the Danish day that all dates are counted from, and `secret_key` the plan API's,
    under which CPR numbers are hashed. Raises psycopg's `UniqueViolation` when the sample is there
    already.
    """
    sample = _sample(Days(today), secret_key)
    with psycopg.connect(database_url) as connection:
        insert(connection, MUNICIPALITY_ID, NAME, CVR, sample)


def identities(today: date) -> list[SimulatedIdentity]:
    """Return who can log in, the sample case first, then citizens, then professionals.

    `today` is the day given to `seed`; another day gives other birth dates and test CPRs.
    Children under 13 are left out, since they cannot have a MitID.
    """
    days = Days(today)
    return [_identity(person, days) for person in _with_mitid()]


def introductions() -> list[Introduction]:
    """Return one line about each person who can log in, in the order of `identities`."""
    return [
        Introduction(person.slug, person.name, person.kind, person.introduction)
        for person in _with_mitid()
    ]


def _with_mitid() -> tuple[CitizenSketch | ProfessionalSketch, ...]:
    return (*(citizen for citizen in CITIZENS if citizen.age >= MITID_FROM_AGE), *PROFESSIONALS)


def _identity(person: CitizenSketch | ProfessionalSketch, days: Days) -> SimulatedIdentity:
    birth_date = days.birthday(person.age, person.birthday_days_ago)
    return SimulatedIdentity(
        slug=person.slug,
        name=person.name,
        kind=person.kind,
        cpr=made_up_cpr(birth_date, person.serial),
        uuid=sample_id("mitid", person.slug),
        birth_date=birth_date,
        professional=_employment(person) if isinstance(person, ProfessionalSketch) else None,
        also_citizen=isinstance(person, ProfessionalSketch) and person.also_citizen,
    )


def _employment(person: ProfessionalSketch) -> Professional:
    return Professional(professional_id=professional_id(person.slug), cvr=CVR, organisation=NAME)


def _sample(days: Days, secret_key: str) -> Sample:
    return Sample(
        rows=(
            *citizen_rows(days, secret_key),
            *professional_rows(days, secret_key),
            *picture_rows(),
            *consent_text_rows(days),
            *chain.from_iterable(plan_rows(plan, days) for plan in PLANS),
            *chain.from_iterable(talk_rows(plan, days) for plan in PLANS),
            *chain.from_iterable(household_rows(household, days) for household in HOUSEHOLDS),
            *others.request_rows(days),
            *around_rows(days, secret_key),
        ),
        reads=tuple(chain.from_iterable(plan_reads(plan, days) for plan in PLANS)),
        questions=tuple(access_questions(days)),
    )
