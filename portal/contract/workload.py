"""What is too much: things of a plan that overlap, and how full the weeks are.

Computed from what the asking actor may see. Each overlap is a kind with its parameters; the words
are the portal's.
"""

from datetime import date, time
from typing import Annotated, Literal
from uuid import UUID

from pydantic import AwareDatetime, Field

from portal.contract.base import Model
from portal.contract.goals import Theme
from portal.contract.people import Administration
from portal.contract.words import Word


class OverlapKind(Word):
    """In which way two things overlap."""

    SAME_PURPOSE = "same_purpose"
    SAME_THEME = "same_theme"
    MEETINGS_CLASH = "meetings_clash"
    MEETING_IN_FIXED_HOURS = "meeting_in_fixed_hours"
    FIXED_HOURS_CLASH = "fixed_hours_clash"


class OverlapItem(Model):
    """One of the two things."""

    id: UUID
    title: str
    administration: Administration


class _Overlap(Model):
    first: OverlapItem
    second: OverlapItem


class SamePurpose(_Overlap):
    """Two interventions of the same theme serve the same goal in the same period."""

    kind: Literal[OverlapKind.SAME_PURPOSE] = OverlapKind.SAME_PURPOSE
    theme: Theme
    goal_ids: tuple[UUID, ...]
    starts_on: date
    ends_on: date | None = Field(description="Absent where neither has an end")


class SameTheme(_Overlap):
    """Two administrations have an intervention of the same theme in the same period."""

    kind: Literal[OverlapKind.SAME_THEME] = OverlapKind.SAME_THEME
    theme: Theme
    starts_on: date
    ends_on: date | None = Field(description="Absent where neither has an end")


class MeetingsClash(_Overlap):
    """Two meetings are at the same time."""

    kind: Literal[OverlapKind.MEETINGS_CLASH] = OverlapKind.MEETINGS_CLASH
    starts_at: AwareDatetime
    ends_at: AwareDatetime


class MeetingInFixedHours(_Overlap):
    """A meeting (``first``) is within the fixed hours of an intervention, such as a work trial."""

    kind: Literal[OverlapKind.MEETING_IN_FIXED_HOURS] = OverlapKind.MEETING_IN_FIXED_HOURS
    starts_at: AwareDatetime
    ends_at: AwareDatetime


class FixedHoursClash(_Overlap):
    """Two interventions have fixed hours at the same time of the week, Danish local time."""

    kind: Literal[OverlapKind.FIXED_HOURS_CLASH] = OverlapKind.FIXED_HOURS_CLASH
    weekday: int = Field(ge=1, le=7, description="ISO 8601 weekday, Monday is 1")
    starts: time
    ends: time
    starts_on: date
    ends_on: date | None = Field(description="Absent where neither has an end")


Overlap = Annotated[
    SamePurpose | SameTheme | MeetingsClash | MeetingInFixedHours | FixedHoursClash,
    Field(discriminator="kind"),
]


class Overlaps(Model):
    """What overlaps from today on."""

    plan_id: UUID
    overlaps: tuple[Overlap, ...] = ()


class WeekLoad(Model):
    """One week."""

    monday: date
    intervention_hours: float = Field(ge=0, description="Hours that interventions take")
    meeting_hours: float = Field(ge=0, description="Hours of meetings")
    meetings: int = Field(ge=0)


class Load(Model):
    """How full the weeks are, earliest first; ``this_week`` is the Monday of today's."""

    plan_id: UUID
    this_week: date
    weeks: tuple[WeekLoad, ...] = ()
