"""What a citizen asks by right, with its answer: a correction, or why somebody read something."""

from datetime import date
from typing import Annotated, Final, Literal
from uuid import UUID

from pydantic import AwareDatetime, Field

from portal.contract.base import Command, Model, Resource, Words
from portal.contract.people import PersonRef
from portal.contract.words import Word


class RequestState(Word):
    """Whether somebody has answered."""

    RECEIVED = "received"
    ANSWERED = "answered"


class Outcome(Word):
    """What came of it. ``noted``: the record stays, with the citizen's note beside it."""

    CORRECTED = "corrected"
    NOTED = "noted"
    DECLINED = "declined"
    EXPLAINED = "explained"


Correctable = Literal[
    "goal",
    "intervention",
    "appointment",
    "decision",
    "promise",
    "minutes",
    "follow_up",
    "professional_view",
]
"""What a citizen can ask to have corrected."""


UNKNOWN_ITEM: Final = UUID(int=0)
"""Stands for something that whoever answers a request may not see."""


class AboutItem(Model):
    """Something in the plan is wrong (GDPR art. 16)."""

    kind: Literal["correction"] = "correction"
    resource_kind: Correctable
    resource_id: UUID = Field(description="All zeros for a reader who may not see what it names")


class AboutAccess(Model):
    """An entry of the access log."""

    kind: Literal["access_question"] = "access_question"
    access_entry_id: int = Field(ge=1, lt=2**63)


About = Annotated[AboutItem | AboutAccess, Field(discriminator="kind")]


class RightsRequest(Resource):
    """A citizen's request, and the municipality's answer."""

    citizen: PersonRef
    about: About
    text: str
    state: RequestState
    created_on: date
    outcome: Outcome | None = None
    answer: str | None = None
    answered_by: PersonRef | None = None
    answered_at: AwareDatetime | None = None


class RightsRequestList(Model):
    """Requests, newest first."""

    requests: tuple[RightsRequest, ...] = ()


class AskAboutItem(Command):
    """That something in the plan is wrong (GDPR art. 16)."""

    kind: Literal["correction"] = "correction"
    resource_kind: Correctable
    resource_id: UUID


class AskAboutAccess(Command):
    """Why something was read: an entry of the access log."""

    kind: Literal["access_question"] = "access_question"
    access_entry_id: int = Field(ge=1, lt=2**63)


class NewRightsRequest(Command):
    """What is wrong or unclear, in own words."""

    about: Annotated[AskAboutItem | AskAboutAccess, Field(discriminator="kind")]
    text: Words


class AnswerRightsRequest(Command):
    """The municipality's answer."""

    outcome: Outcome
    answer: Words
