"""Finds what overlaps among interventions and meetings. Pure; `workload` calls it.

Each finding is a kind with its parameters. It flags pairs, and judges nothing: two interventions
may serve the same goal on purpose.
"""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from itertools import combinations
from typing import NamedTuple

from planapi.calendar import DANISH_TIME, danish_date
from portal.contract.plans import Appointment, Intervention, InterventionState, WeeklyTime
from portal.contract.workload import (
    FixedHoursClash,
    MeetingInFixedHours,
    MeetingsClash,
    Overlap,
    OverlapItem,
    SamePurpose,
    SameTheme,
)

_ONE_DAY = timedelta(days=1)
_DAYS_A_WEEK = 7


class _Period(NamedTuple):
    """Days, both included; without an end it goes on."""

    starts_on: date
    ends_on: date | None


def find_overlaps(
    interventions: Sequence[Intervention], appointments: Sequence[Appointment], now: datetime
) -> tuple[Overlap, ...]:
    """Return what overlaps from now on. A meeting that the citizen cannot come to is left out."""
    today = danish_date(now)
    running = [
        one
        for one in interventions
        if one.state is not InterventionState.ENDED and (one.ends_on or today) >= today
    ]
    ahead = sorted(
        (one for one in appointments if one.ends_at > now and not _is_declined(one)),
        key=lambda one: (one.starts_at, one.id),
    )
    return (
        *_clashing_meetings(ahead),
        *_meetings_in_fixed_hours(ahead, running),
        *_clashing_hours(running, today),
        *_same_purposes(running, today),
    )


def _is_declined(appointment: Appointment) -> bool:
    return appointment.answer is not None and appointment.answer.answer == "cannot"


def _item(one: Intervention | Appointment) -> OverlapItem:
    return OverlapItem(id=one.id, title=one.title, administration=one.administration)


def _clashing_meetings(ahead: Sequence[Appointment]) -> Iterator[Overlap]:
    """Meetings in the order of their beginning: each with those that begin before it ends."""
    for number, first in enumerate(ahead):
        for second in ahead[number + 1 :]:
            if second.starts_at >= first.ends_at:
                break
            yield MeetingsClash(
                first=_item(first),
                second=_item(second),
                starts_at=second.starts_at,
                ends_at=min(first.ends_at, second.ends_at),
            )


def _meetings_in_fixed_hours(
    ahead: Sequence[Appointment], running: Sequence[Intervention]
) -> Iterator[Overlap]:
    for meeting in ahead:
        for intervention in running:
            for starts_at, ends_at in _fixed_hours_on(intervention, danish_date(meeting.starts_at)):
                if meeting.starts_at < ends_at and starts_at < meeting.ends_at:
                    yield MeetingInFixedHours(
                        first=_item(meeting),
                        second=_item(intervention),
                        starts_at=max(meeting.starts_at, starts_at),
                        ends_at=min(meeting.ends_at, ends_at),
                    )


def _fixed_hours_on(intervention: Intervention, day: date) -> Iterator[tuple[datetime, datetime]]:
    """The moments from which and until which an intervention takes place on one day."""
    if day < intervention.starts_on or (intervention.ends_on and day > intervention.ends_on):
        return
    for fixed in intervention.weekly_times:
        if fixed.weekday == day.isoweekday():
            yield (
                datetime.combine(day, fixed.starts, DANISH_TIME),
                datetime.combine(day, fixed.ends, DANISH_TIME),
            )


def _clashing_hours(running: Sequence[Intervention], today: date) -> Iterator[Overlap]:
    for first, second in combinations(running, 2):
        period = _common_period(first, second, today)
        if period is None:
            continue
        for one in first.weekly_times:
            for other in second.weekly_times:
                hours = _common_hours(one, other)
                if hours is not None and _has_weekday(period, one.weekday):
                    yield FixedHoursClash(
                        first=_item(first),
                        second=_item(second),
                        weekday=one.weekday,
                        starts=hours[0],
                        ends=hours[1],
                        starts_on=period.starts_on,
                        ends_on=period.ends_on,
                    )


def _common_hours(one: WeeklyTime, other: WeeklyTime) -> tuple[time, time] | None:
    if one.weekday != other.weekday:
        return None
    starts, ends = max(one.starts, other.starts), min(one.ends, other.ends)
    return (starts, ends) if starts < ends else None


def _has_weekday(period: _Period, weekday: int) -> bool:
    to_it = (weekday - period.starts_on.isoweekday()) % _DAYS_A_WEEK
    return period.ends_on is None or period.starts_on + to_it * _ONE_DAY <= period.ends_on


def _same_purposes(running: Sequence[Intervention], today: date) -> Iterator[Overlap]:
    for first, second in combinations(running, 2):
        period = _common_period(first, second, today)
        if period is None or first.theme is not second.theme:
            continue
        pair = {"first": _item(first), "second": _item(second), "theme": first.theme}
        goals = tuple(goal for goal in first.goal_ids if goal in second.goal_ids)
        if goals:
            yield SamePurpose(**pair, goal_ids=goals, **period._asdict())
        elif first.administration is not second.administration:
            yield SameTheme(**pair, **period._asdict())


def _common_period(first: Intervention, second: Intervention, today: date) -> _Period | None:
    """The days from today on in which both run."""
    starts_on = max(first.starts_on, second.starts_on, today)
    ends = [end for end in (first.ends_on, second.ends_on) if end is not None]
    ends_on = min(ends, default=None)
    if ends_on is not None and ends_on < starts_on:
        return None
    return _Period(starts_on, ends_on)
