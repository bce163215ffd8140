"""What sector systems deliver: interventions, appointments, decisions, each by the source's own id.

A source numbers the versions of what it delivers. An older one is ignored, the same one changes
nothing, so whatever was lost on the way is simply sent again.
"""

import re
from datetime import date, time
from typing import Annotated, Any, Literal, Self

from pydantic import (
    AfterValidator,
    AwareDatetime,
    Field,
    SecretStr,
    StringConstraints,
    ValidationError,
    ValidatorFunctionWrapHandler,
    WithJsonSchema,
    WrapValidator,
    model_validator,
)

from portal.contract.base import Command, Model, Paragraphs, Title, Words
from portal.contract.errors import FieldProblem
from portal.contract.goals import Theme
from portal.contract.intervention_kinds import DeliverDetails, DeliverOther
from portal.contract.plans import InterventionState
from portal.contract.words import Word

MOST_ITEMS = 10_000
"""In one batch."""

_DAY_AND_MONTH = "(0[1-9]|[12][0-9]|3[01]|6[1-9]|[78][0-9]|9[01])(0[1-9]|1[0-2])"
"""Somebody without a CPR number has one for administrative use, whose day is 60 more."""
_CPR = re.compile(_DAY_AND_MONTH + "[0-9]{2}-?[0-9]{4}")


def _is_cpr(number: SecretStr) -> SecretStr:
    if _CPR.fullmatch(number.get_secret_value()) is None:
        raise ValueError("not a CPR number")
    return number


Cpr = Annotated[
    SecretStr,
    AfterValidator(_is_cpr),
    WithJsonSchema(
        {
            "type": "string",
            "pattern": f"^{_CPR.pattern}$",
            "writeOnly": True,
            "description": "Whom it concerns: ten digits, with or without a hyphen. Never returned",
            "examples": ["010190-1234"],
        }
    ),
]

ExternalId = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9._:~-]{1,100}$")]
"""What the source calls it: unique for its kind within the source."""


class ItemKind(Word):
    """What can be delivered."""

    INTERVENTION = "intervention"
    APPOINTMENT = "appointment"
    DECISION = "decision"


class Delivered(Command):
    """What every delivery says."""

    version: int = Field(
        ge=1,
        lt=2**53,
        description="The source's number of this version; a later one is larger",
        examples=[3],
    )
    cpr: Cpr


class FixedTime(Command):
    """A fixed time of the week."""

    weekday: int = Field(ge=1, le=7, description="ISO 8601 weekday, Monday is 1")
    starts: time = Field(description="Danish local time", examples=["09:00:00"])
    ends: time = Field(description="Danish local time", examples=["12:00:00"])

    @model_validator(mode="after")
    def _ends_after_it_starts(self) -> Self:
        if self.starts.tzinfo or self.ends.tzinfo or self.ends <= self.starts:
            raise ValueError("must end after it starts, in local time")
        return self


class DeliverIntervention(Delivered):
    """An intervention, whole, as it is now in the source."""

    title: Title
    what: Words
    why: Words = Field(description="In plain words, to the citizen")
    rule: Words = Field(description="The law it rests on, in plain words")
    unit: Title
    responsible: Title = Field(description="Name of whoever is responsible")
    phone: str | None = Field(
        default=None, pattern=r"^\+[1-9]\d{6,14}$", description="E.164", examples=["+4587654321"]
    )
    starts_on: date
    ends_on: date | None = None
    hours_per_week: float | None = Field(default=None, ge=0, le=168, multiple_of=0.5)
    weekly_times: tuple[FixedTime, ...] = Field(
        default=(), max_length=20, description="Fixed hours, Danish local time"
    )
    place: Paragraphs = ""
    theme: Theme
    state: InterventionState
    details: DeliverDetails = DeliverOther()

    @model_validator(mode="after")
    def _days_and_times_fit(self) -> Self:
        if self.ends_on is not None and self.ends_on < self.starts_on:
            raise ValueError("must not end before it starts")
        times = {(one.weekday, one.starts) for one in self.weekly_times}
        if len(times) < len(self.weekly_times):
            raise ValueError("two times begin at once")
        return self


class DeliverAppointment(Delivered):
    """A meeting, whole, as it is now in the source."""

    title: Title
    starts_at: AwareDatetime
    ends_at: AwareDatetime
    place: Paragraphs = ""
    with_names: tuple[Title, ...] = Field(default=(), max_length=20)

    @model_validator(mode="after")
    def _ends_after_it_starts(self) -> Self:
        if self.ends_at <= self.starts_at:
            raise ValueError("must end after it starts")
        return self


class DeliverDecision(Delivered):
    """A decision, whole, as it is now in the source."""

    title: Title
    text: Words
    decided_on: date
    notified_on: date | None = Field(
        default=None, description="When the citizen was told; the day of the decision if absent"
    )
    appeal_by: date | None = Field(
        default=None, description="The last day to appeal; computed from the rule if absent"
    )
    how_to_appeal: Words
    rule: Words = Field(description="The law it rests on, in plain words")

    @model_validator(mode="after")
    def _days_follow_each_other(self) -> Self:
        days = [self.decided_on, self.notified_on, self.appeal_by]
        known = [day for day in days if day is not None]
        if known != sorted(known):
            raise ValueError("decided, notified and appeal by must follow each other")
        return self


class InterventionItem(DeliverIntervention):
    """An intervention in a batch."""

    kind: Literal[ItemKind.INTERVENTION]
    external_id: ExternalId


class AppointmentItem(DeliverAppointment):
    """A meeting in a batch."""

    kind: Literal[ItemKind.APPOINTMENT]
    external_id: ExternalId


class DecisionItem(DeliverDecision):
    """A decision in a batch."""

    kind: Literal[ItemKind.DECISION]
    external_id: ExternalId


Item = Annotated[
    InterventionItem | AppointmentItem | DecisionItem,
    Field(discriminator="kind"),
]


class Withdrawal(Command):
    """In a batch: an item that goes out of the plan again, or out of the queue."""

    kind: Literal["withdrawal"]
    withdraws: ItemKind = Field(description="What kind the item is", examples=["appointment"])
    external_id: ExternalId
    version: int = Field(
        ge=1, lt=2**53, description="The source's number: later than what it delivered"
    )


BatchItem = Annotated[
    InterventionItem | AppointmentItem | DecisionItem | Withdrawal,
    Field(discriminator="kind"),
]


class InvalidItem(Model):
    """An item of a batch that is not as it should be: what stands in its place."""

    kind: str
    external_id: str
    errors: tuple[FieldProblem, ...]


def _or_invalid(value: Any, handler: ValidatorFunctionWrapHandler) -> Any:
    """One wrong item must not cost the batch: it is answered for itself."""
    try:
        return handler(value)
    except ValidationError as error:
        fields = value if isinstance(value, dict) else {}
        return InvalidItem(
            kind=str(fields.get("kind", ""))[:20],
            external_id=str(fields.get("external_id", ""))[:100],
            errors=tuple(
                FieldProblem(path=".".join(map(str, found["loc"][1:])), code=found["type"])
                for found in error.errors(include_url=False, include_input=False)
            ),
        )


class DeliverItems(Command):
    """Up to 10,000 items. Each is answered for itself, also one that is not valid."""

    items: tuple[Annotated[BatchItem, WrapValidator(_or_invalid)], ...] = Field(
        min_length=1, max_length=MOST_ITEMS
    )


class DeliveryOutcome(Word):
    """What became of an item.

    ``unchanged``: this version was there already. ``ignored_older``: a later version is there.
    ``queued``: nobody with this CPR number has a plan here yet; it is delivered when one has.
    ``refused``: see ``errors``. ``withdrawn``: it is out of the plan, or out of the queue.
    """

    CREATED = "created"
    UPDATED = "updated"
    UNCHANGED = "unchanged"
    IGNORED_OLDER = "ignored_older"
    QUEUED = "queued"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


class Delivery(Model):
    """What became of one item; ``version`` is the source's version that counts now."""

    kind: str = Field(examples=["appointment"])
    external_id: str = Field(examples=["outlook-4711"])
    outcome: DeliveryOutcome
    version: int | None = None
    errors: tuple[FieldProblem, ...] = ()


class DeliveryList(Model):
    """What became of each item, in the order of the batch."""

    items: tuple[Delivery, ...] = ()


class AccessToken(Model):
    """An access token (RFC 6749 section 5.1)."""

    access_token: str
    token_type: Literal["Bearer"] = "Bearer"  # noqa: S105 - the type of a token
    expires_in: int = Field(description="Seconds", examples=[300])


class TokenRefused(Model):
    """Why there is no token (RFC 6749 section 5.2)."""

    error: Literal["invalid_request", "invalid_client", "unsupported_grant_type"]
