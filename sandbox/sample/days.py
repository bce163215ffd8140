"""Days and moments of the sample, counted from the day it is made.

Used by every builder. People of an office act on working days, so what somebody did, wrote or
arranged is counted in working days, and spans such as a period or a target in calendar days.
"""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta

from planapi.calendar import DANISH_TIME, add_working_days, is_working_day

LEAP_DAY = (2, 29)


@dataclass(frozen=True, slots=True)
class Days:
    """Counts from `today`."""

    today: date
    _found: dict[int, date] = field(default_factory=dict)

    def calendar(self, offset: int) -> date:
        """Return the day `offset` days from today."""
        return self.today + timedelta(days=offset)

    def working(self, offset: int) -> date:
        """Return the working day number `offset` after today, or before it when negative.

        A greater offset is always a later day. 0 is today, on whatever day of the week.
        """
        if offset not in self._found:
            self._found[offset] = (
                add_working_days(self.today, offset) if offset > 0 else self._back(-offset)
            )
        return self._found[offset]

    def moment(self, offset: int, clock: str) -> datetime:
        """Return `clock` (HH:MM, Danish time) on the working day number `offset`, in UTC."""
        day = self.working(offset)
        return datetime.combine(day, time.fromisoformat(clock), DANISH_TIME).astimezone(UTC)

    def birthday(self, age: int, birthday_days_ago: int) -> date:
        """Return when somebody was born who is `age` years old and had birthday so long ago."""
        last = self.calendar(-birthday_days_ago)
        if (last.month, last.day) == LEAP_DAY:
            last -= timedelta(days=1)  # there may be no 29 February in the year of birth
        return last.replace(year=last.year - age)

    def _back(self, count: int) -> date:
        day = self.today
        while count > 0:
            day -= timedelta(days=1)
            count -= is_working_day(day)
        return day
