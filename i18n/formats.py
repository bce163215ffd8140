"""Days, times, numbers and telephone numbers as people say them; used by views and the web host.

Days and times are those of Denmark, wherever the reader is.
"""

from collections.abc import Iterable
from datetime import date, datetime, time
from typing import Final
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_time, get_day_names
from babel.numbers import format_decimal

from i18n.translator import Translator

DENMARK: Final = ZoneInfo("Europe/Copenhagen")

# CLDR's long dates, where the year is left out when it is this year's ("{y}"), and as Danes and
# Britons say them: "torsdag den 26.", "Thursday 26". Times are on a 24-hour clock in every
# language, and digits are Western: they are compared with letters, timetables and telephones.
_WITH_WEEKDAY: Final = {
    "da": "EEEE 'den' d. MMMM{y}",
    "en": "EEEE d MMMM{y}",
    "ar": "EEEE، d MMMM{y}",
    "uk": "EEEE, d MMMM{y}",
    "pl": "EEEE, d MMMM{y}",
    "tr": "d MMMM{y} EEEE",
    "so": "EEEE, MMMM d{y}",
    "fa": "EEEE d MMMM{y}",
}
_WITHOUT_WEEKDAY: Final = {"da": "d. MMMM{y}", "so": "MMMM d{y}"}
_ANY_WITHOUT_WEEKDAY: Final = "d MMMM{y}"
_YEAR: Final = {"uk": " y 'р'.", "so": ", y"}
_CLOCK: Final = {"da": "H.mm", "fa": "H:mm"}
_ANY_CLOCK: Final = "HH:mm"

# CLDR's Ukrainian apostrophe is a character that few fonts have.
_LETTER_APOSTROPHE: Final = "\u02bc"
_APOSTROPHE: Final = "\u2019"

_COMMA: Final = {"ar": "، ", "fa": "، "}

_DANISH_CODE: Final = "+45"
_DANISH_DIGITS: Final = 8


def today() -> date:
    """Return the day it is in Denmark."""
    return datetime.now(DENMARK).date()


def day_in_words(t: Translator, day: date, *, now: date | None = None) -> str:
    """Return "i dag", "i morgen", "i går" or "torsdag den 26. november".

    The year is said where it is not that of ``now`` (today when absent).
    """
    now = now or today()
    near = {-1: t("i går"), 0: t("i dag"), 1: t("i morgen")}
    return near.get((day - now).days) or _dated(t, day, now, _WITH_WEEKDAY[t.language])


def date_in_words(t: Translator, day: date, *, now: date | None = None) -> str:
    """Return "26. november", with the year where it is not that of ``now``."""
    pattern = _WITHOUT_WEEKDAY.get(t.language, _ANY_WITHOUT_WEEKDAY)
    return _dated(t, day, now or today(), pattern)


def moment_in_words(t: Translator, moment: datetime, *, now: date | None = None) -> str:
    """Return "i dag kl. 10.00" or "torsdag den 26. november kl. 10.00"."""
    local = moment.astimezone(DENMARK)
    day = day_in_words(t, local.date(), now=now)
    return t("{day} kl. {time}", day=day, time=clock(t, local.time()))


def at_start(text: str) -> str:
    """Return words as they stand at the start of a line: "I dag kl. 10.00"."""
    return text[:1].upper() + text[1:]


def clock(t: Translator, moment: time) -> str:
    """Return "9.00"."""
    return format_time(moment, _CLOCK.get(t.language, _ANY_CLOCK), locale=t.locale)


def clock_of(t: Translator, moment: datetime) -> str:
    """Return the time of day in Denmark: "10.00"."""
    return clock(t, moment.astimezone(DENMARK).time())


def days_until(t: Translator, day: date, *, now: date | None = None) -> str:
    """Return "i dag", "i morgen", "om 5 dage", or "for 3 dage siden"."""
    days = (day - (now or today())).days
    near = {-1: t("i går"), 0: t("i dag"), 1: t("i morgen")}
    if days in near:
        return near[days]
    if days > 0:
        return t.plural("om {n} dag", "om {n} dage", days)
    return t.plural("for {n} dag siden", "for {n} dage siden", -days)


def period(t: Translator, start: date, end: date | None, *, now: date | None = None) -> str:
    """Return "3. maj – 1. juni", or "fra 3. maj" where there is no end."""
    now = now or today()
    first = date_in_words(t, start, now=now)
    if end is None:
        return t("fra {day}", day=first)
    return t("{first} – {last}", first=first, last=date_in_words(t, end, now=now))


def month(t: Translator, day: date) -> str:
    """Return the month of ``day``, shortened as above a calendar: "nov."."""
    return str(format_date(day, "LLL", locale=t.locale)).replace(_LETTER_APOSTROPHE, _APOSTROPHE)


def month_and_year(t: Translator, day: date) -> str:
    """Return the month of ``day`` as above a page of a calendar: "november 2026"."""
    name = str(format_date(day, "LLLL y", locale=t.locale))
    return name.replace(_LETTER_APOSTROPHE, _APOSTROPHE)


def weekday_short(t: Translator, number: int) -> str:
    """Return an ISO 8601 weekday as above a column of a calendar: "ma"."""
    return str(get_day_names("short", context="stand-alone", locale=t.locale)[number - 1])


def weekday(t: Translator, number: int) -> str:
    """Return the name of an ISO 8601 weekday, 1 is Monday."""
    name = str(get_day_names("wide", locale=t.locale)[number - 1])
    return name.replace(_LETTER_APOSTROPHE, _APOSTROPHE)


def number(t: Translator, value: float) -> str:
    """Return "12,5" in Danish and "12.5" in English."""
    return str(format_decimal(value, locale=t.locale))


def listed(t: Translator, words: Iterable[str]) -> str:
    """Return "mandag, torsdag", with the language's own comma."""
    return _COMMA.get(t.language, ", ").join(words)


def language_name(t: Translator, code: str) -> str:
    """Return "engelsk" or "English"; the code itself where it is not known."""
    return str(t.locale.languages.get(code, code))


def phone(text: str) -> str:
    """Return a Danish number in E.164 as "12 34 56 78"; any other as it is."""
    digits = text.removeprefix(_DANISH_CODE)
    if digits == text or len(digits) != _DANISH_DIGITS or not digits.isdigit():
        return text
    return " ".join(digits[i : i + 2] for i in range(0, _DANISH_DIGITS, 2))


def _dated(t: Translator, day: date, now: date, pattern: str) -> str:
    year = _YEAR.get(t.language, " y") if day.year != now.year else ""
    said = format_date(day, pattern.format(y=year), locale=t.locale)
    return said.replace(_LETTER_APOSTROPHE, _APOSTROPHE)
