"""Everything that a citizen may see about themselves, in one document (GDPR art. 15 and 20)."""

from typing import Final, Literal
from uuid import UUID

from pydantic import AwareDatetime, Field

from portal.contract.access import AccessEntry
from portal.contract.assessments import Assessment
from portal.contract.attachments import Attachment
from portal.contract.base import Model
from portal.contract.follow_ups import FollowUpList
from portal.contract.goals import Goal, History
from portal.contract.helpers import HelperList
from portal.contract.households import HouseholdList, InvitationList
from portal.contract.messages import Thread
from portal.contract.minutes import MinutesList
from portal.contract.notifications import NotificationChoice
from portal.contract.people import ContactPerson, Deputy, Handover, Me, PersonRef, PlanRequest
from portal.contract.plans import Plan
from portal.contract.receipts import ConsentReceipt
from portal.contract.rights import RightsRequestList
from portal.contract.sharing import SharingMatrix
from portal.contract.told_facts import ToldFactList
from portal.contract.words import Word


class ExportFormat(Word):
    """How an export is written: as the contract's own JSON, or as a FHIR R4 Bundle."""

    JSON = "json"
    FHIR = "fhir"


EXPORT_MEDIA_TYPES: Final = {
    ExportFormat.JSON: "application/json",
    ExportFormat.FHIR: "application/fhir+json",
}


class ExportedGoal(Model):
    """A goal with everything that was changed in it."""

    goal: Goal
    history: History


class PlanExport(Model):
    """What stands in the plan beyond goals and messages."""

    plan: Plan
    assessment: Assessment
    follow_ups: FollowUpList
    minutes: MinutesList
    facts: ToldFactList


class ExportedAttachment(Attachment):
    """A file of a message: what it is, who sent it and where. Its bytes are fetched by its id."""

    thread_id: UUID
    message_id: UUID
    sent_by: PersonRef


class Export(Model):
    """Everything. Threads and goals are whole, the access log is as long as it is kept."""

    format: Literal["enplan-export-1"] = "enplan-export-1"
    made_at: AwareDatetime
    me: Me
    plan_request: PlanRequest | None = None
    contact_person: ContactPerson | None = None
    deputy: Deputy | None = None
    handover: Handover | None = None
    notifications: NotificationChoice | None = Field(
        default=None, description="How the person wants to be told of news"
    )
    plan: PlanExport | None = None
    goals: tuple[ExportedGoal, ...] = ()
    threads: tuple[Thread, ...] = ()
    attachments: tuple[ExportedAttachment, ...] = Field(
        default=(), description="The files of all messages, without their bytes"
    )
    households: HouseholdList
    invitations: InvitationList = InvitationList()
    consents: tuple[ConsentReceipt, ...] = ()
    helpers: HelperList
    requests: RightsRequestList
    sharing: SharingMatrix
    access_log: tuple[AccessEntry, ...] = ()
