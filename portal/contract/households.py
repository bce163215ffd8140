"""Households: people who follow goals together."""

from datetime import date
from uuid import UUID

from pydantic import Field, SecretStr

from portal.contract.base import Command, Model, Resource, Title
from portal.contract.goals import HouseholdGoal
from portal.contract.people import Picture
from portal.contract.words import Word


class Relation(Word):
    """What somebody is in a household."""

    MOTHER = "mother"
    FATHER = "father"
    PARENT = "parent"
    PARTNER = "partner"
    CHILD = "child"
    SIBLING = "sibling"
    GRANDPARENT = "grandparent"
    OTHER = "other"


class InvitationState(Word):
    """Where an invitation is."""

    OPEN = "open"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"


class Member(Model):
    """Somebody in the household; ``relation`` is a code such as ``mother``."""

    id: UUID
    name: str
    relation: str
    is_me: bool = False
    age: int | None = None
    picture: Picture = ""


class Household(Model):
    """A household with its members and joint goals."""

    id: UUID
    name: str
    members: tuple[Member, ...] = ()
    goals: tuple[HouseholdGoal, ...] = ()
    may_create_goal: bool = False
    may_invite: bool = False
    may_leave: bool = False


class HouseholdList(Model):
    """The households that the person belongs to."""

    households: tuple[Household, ...] = ()


class Invitation(Resource):
    """Somebody is asked to belong to a household; they accept with their own login.

    ``name`` is what the inviting person wrote. Nobody is told whether the number is known here.
    """

    household_id: UUID
    household: str
    name: str
    relation: Relation
    state: InvitationState
    invited_by: str
    invited_on: date


class InvitationList(Model):
    """Open invitations to the person, and those of the person's households."""

    to_me: tuple[Invitation, ...] = ()
    of_households: tuple[Invitation, ...] = ()


class NewHousehold(Command):
    """A household, of which the asking person is the first member."""

    name: Title
    relation: Relation = Relation.OTHER


class InviteMember(Command):
    """Somebody to invite, by CPR number, which is kept as a keyed hash only."""

    name: Title
    cpr: SecretStr = Field(description="Ten digits, with or without a hyphen after the sixth")
    relation: Relation


class AnswerInvitation(Command):
    """Yes or no."""

    accept: bool
