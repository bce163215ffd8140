"""Who sees what: the matrix, what one person sees of another, and goals shared one by one."""

from datetime import date
from uuid import UUID

from pydantic import AwareDatetime

from portal.contract.base import Command, Model
from portal.contract.consents import Category
from portal.contract.goals import PlanGoalSummary
from portal.contract.helpers import OtherPerson
from portal.contract.messages import ThreadSummary
from portal.contract.people import AboutMe, Administration, PersonRef
from portal.contract.plans import Appointment, Decision, Intervention, Promise
from portal.contract.words import Word


class RecipientKind(Word):
    """Who might see something."""

    CONTACT_PERSON = "contact_person"
    DEPUTY = "deputy"
    ADMINISTRATION = "administration"
    HOUSEHOLD_MEMBER = "household_member"
    CUSTODY_HOLDER = "custody_holder"
    HELPER = "helper"
    PERSON = "person"


class SharingRecipient(Model):
    """Somebody, or an administration's professionals who work with the citizen."""

    kind: RecipientKind
    person: PersonRef | None = None
    administration: Administration | None = None


class Extent(Word):
    """How much of a category somebody sees."""

    ALL = "all"
    SOME = "some"
    NONE = "none"


class Law(Model):
    """A paragraph, as it is in force today."""

    law: str
    section: str


class SharingGround(Model):
    """Why somebody sees something; ``consent_id`` where a consent is the reason."""

    code: str
    consent_id: UUID | None = None
    law: tuple[Law, ...] = ()


class SharingCell(Model):
    """What one recipient sees of one category."""

    category: Category
    extent: Extent
    grounds: tuple[SharingGround, ...] = ()


class SharingRow(Model):
    """One recipient with a cell for each category."""

    recipient: SharingRecipient
    cells: tuple[SharingCell, ...]


class SharingMatrix(Model):
    """Who sees what, as the policy decides it now."""

    at: AwareDatetime
    categories: tuple[Category, ...]
    rows: tuple[SharingRow, ...] = ()


class SharedView(Model):
    """What one person sees of another: nothing else reaches them."""

    citizen: PersonRef
    grounds: tuple[str, ...] = ()
    about_me: AboutMe | None = None
    goals: tuple[PlanGoalSummary, ...] = ()
    interventions: tuple[Intervention, ...] = ()
    appointments: tuple[Appointment, ...] = ()
    decisions: tuple[Decision, ...] = ()
    promises: tuple[Promise, ...] = ()
    threads: tuple[ThreadSummary, ...] = ()


class OtherPeople(Model):
    """Of whom the person sees something, and on which ground."""

    people: tuple[OtherPerson, ...] = ()


class GoalShare(Model):
    """A person with whom a goal is shared."""

    person: PersonRef
    since: date


class GoalShares(Model):
    """With whom a goal is shared, and with whom it could be."""

    goal_id: UUID
    shares: tuple[GoalShare, ...] = ()
    could_share_with: tuple[PersonRef, ...] = ()


class ShareGoal(Command):
    """The person who may see the goal from now on."""

    person_id: UUID
