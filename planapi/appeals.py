"""Until when one can appeal. For services that record a decision; the rules are dated data."""

from datetime import date, timedelta

from planapi.calendar import add_working_days


def last_day_to_appeal(notified_on: date, days: int) -> date:
    """Return the last day in time: ``days`` calendar days after the citizen was told.

    Where offices are closed then, it is the next working day. ``days`` comes from an `AppealRule`,
    such as 28 by retssikkerhedsloven § 67.
    """
    return add_working_days(notified_on + timedelta(days=days), 0)
