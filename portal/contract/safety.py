"""What a professional hides for somebody's safety, with a recorded reason."""

from typing import Literal
from uuid import UUID

from pydantic import AwareDatetime

from portal.contract.base import Command, Model, Resource, Words
from portal.contract.people import PersonRef

HidableKind = Literal[
    "goal",
    "intervention",
    "appointment",
    "decision",
    "promise",
    "thread",
    "minutes",
    "follow_up",
    "professional_view",
]
"""What can be hidden: everything that one sees on somebody's behalf."""


class SafetyHiding(Resource):
    """Something that reaches nobody who looks with or for the citizen."""

    citizen_id: UUID
    resource_kind: HidableKind
    resource_id: UUID
    reason: str
    hidden_by: PersonRef
    hidden_at: AwareDatetime
    lifted_at: AwareDatetime | None = None
    lift_reason: str | None = None


class SafetyHidings(Model):
    """What is hidden of one citizen, and was: newest first."""

    hidings: tuple[SafetyHiding, ...] = ()


class HideForSafety(Command):
    """What to hide, and why."""

    resource_kind: HidableKind
    resource_id: UUID
    reason: Words


class LiftHiding(Command):
    """Why it may be seen again."""

    reason: Words
