"""Counts how full weeks are. Pure; `workload` calls it."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from typing import Final

from planapi.calendar import danish_date
from portal.contract.plans import Appointment, Intervention, InterventionState, WeeklyTime
from portal.contract.workload import WeekLoad

_WEEK: Final = timedelta(days=7)
_WORKDAYS: Final = 5  # Monday to Friday
_HOUR: Final = timedelta(hours=1)


def monday_of(day: date) -> date:
    """Return the Monday of the week of `day` (ISO 8601)."""
    return day - timedelta(days=day.isoweekday() - 1)


def count_weeks(
    interventions: Sequence[Intervention],
    appointments: Sequence[Appointment],
    mondays: Iterable[date],
) -> tuple[WeekLoad, ...]:
    """Return the load of each week that begins on one of `mondays`."""
    return tuple(_week(interventions, appointments, monday) for monday in mondays)


def _week(
    interventions: Sequence[Intervention], appointments: Sequence[Appointment], monday: date
) -> WeekLoad:
    meetings = [
        one for one in appointments if monday <= danish_date(one.starts_at) < monday + _WEEK
    ]
    return WeekLoad(
        monday=monday,
        intervention_hours=round(sum(_hours(one, monday) for one in interventions), 1),
        meeting_hours=round(sum((one.ends_at - one.starts_at) / _HOUR for one in meetings), 1),
        meetings=len(meetings),
    )


def _hours(intervention: Intervention, monday: date) -> float:
    """What an intervention takes in one week: fixed times as they are, else by its days."""
    if intervention.state is InterventionState.ENDED and intervention.ends_on is None:
        return 0.0
    days = [
        day
        for day in (monday + timedelta(days=number) for number in range(_WEEK.days))
        if intervention.starts_on <= day <= (intervention.ends_on or date.max)
    ]
    if intervention.weekly_times:
        weekdays = {day.isoweekday() for day in days}
        return sum(
            _length(fixed) for fixed in intervention.weekly_times if fixed.weekday in weekdays
        )
    workdays = sum(day.isoweekday() <= _WORKDAYS for day in days)
    return (intervention.hours_per_week or 0.0) * workdays / _WORKDAYS


def _length(fixed: WeeklyTime) -> float:
    """Hours by the clock."""
    any_day = date(2026, 1, 5)
    starts, ends = (datetime.combine(any_day, at) for at in (fixed.starts, fixed.ends))
    return (ends - starts) / _HOUR
