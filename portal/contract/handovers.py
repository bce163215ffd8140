"""Contact persons who change or are away: handovers and absences with a deputy."""

from datetime import date
from uuid import UUID

from portal.contract.base import Command, Model, Paragraphs, Resource, Words
from portal.contract.people import Administration, PersonRef


class Colleague(Model):
    """Somebody who could take over or stand in."""

    id: UUID
    name: str
    title: str
    unit: str
    administration: Administration


class ColleagueList(Model):
    """Colleagues, by name."""

    colleagues: tuple[Colleague, ...] = ()


class HandOver(Command):
    """Who takes over from which day, with words of goodbye to the citizen."""

    to: UUID
    on: date
    greeting: Words


class Absence(Resource):
    """A time in which a deputy stands in."""

    deputy: PersonRef
    starts_on: date
    ends_on: date
    greeting: str = ""


class AbsenceList(Model):
    """One's absences that are not over, the next first."""

    absences: tuple[Absence, ...] = ()


class NewAbsence(Command):
    """From when until when, who stands in, and what citizens read meanwhile."""

    deputy_id: UUID
    starts_on: date
    ends_on: date
    greeting: Paragraphs = ""
