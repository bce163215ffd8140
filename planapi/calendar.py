"""Danish days: what day it is, and which days an office works. Services count deadlines with it.

Holidays follow the established church holidays and lov nr. 214 of 6 March 2023, which abolished
Store bededag from 2024 on. Constitution Day (5 June), 24 and 31 December are no public holidays,
but municipal offices are closed (KL's collective agreements on working time), so nobody answers.
"""

from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Final
from zoneinfo import ZoneInfo

DANISH_TIME: Final = ZoneInfo("Europe/Copenhagen")

_SATURDAY: Final = 6
_LAST_STORE_BEDEDAG: Final = 2023
_FIXED: Final = ((1, 1), (6, 5), (12, 24), (12, 25), (12, 26), (12, 31))
_AFTER_EASTER: Final = (
    -3,  # Maundy Thursday
    -2,  # Good Friday
    0,
    1,  # Easter Monday
    39,  # Ascension Day
    49,
    50,  # Whit Monday
)
_STORE_BEDEDAG_AFTER_EASTER: Final = 26


@lru_cache(maxsize=256)
def danish_date(moment: datetime) -> date:
    """Return the day that `moment`, which has an offset, falls on in Denmark.

    The policy asks for every item of a request, always about the same moment.
    """
    return moment.astimezone(DANISH_TIME).date()


def easter(year: int) -> date:
    """Return Easter Sunday of the Gregorian calendar.

    The "anonymous" algorithm as printed in Meeus, Astronomical Algorithms, chapter 8.
    """
    century, year_of_century = divmod(year, 100)
    golden = year % 19
    moon_shift = (century - (century + 8) // 25 + 1) // 3
    epact = (19 * golden + century - century // 4 - moon_shift + 15) % 30
    weekday = (
        32 + 2 * (century % 4) + 2 * (year_of_century // 4) - epact - year_of_century % 4
    ) % 7
    late = (golden + 11 * epact + 22 * weekday) // 451
    month, day = divmod(epact + weekday - 7 * late + 114, 31)
    return date(year, month, day + 1)


@lru_cache(maxsize=64)
def closed_days(year: int) -> frozenset[date]:
    """Return the days of `year`, weekends aside, on which no municipal office works."""
    sunday = easter(year)
    offsets = list(_AFTER_EASTER)
    if year <= _LAST_STORE_BEDEDAG:
        offsets.append(_STORE_BEDEDAG_AFTER_EASTER)
    return frozenset(
        [date(year, month, day) for month, day in _FIXED]
        + [sunday + timedelta(days=days) for days in offsets]
    )


def is_working_day(day: date) -> bool:
    """Tell whether offices work on `day`."""
    return day.isoweekday() < _SATURDAY and day not in closed_days(day.year)


def add_working_days(day: date, count: int) -> date:
    """Return the last of `count` working days after `day`, which itself does not count.

    With `count` 0: `day`, or the first working day after it when offices are closed.
    """
    left = count
    while left > 0 or not is_working_day(day):
        day += timedelta(days=1)
        if is_working_day(day):
            left -= 1
    return day
