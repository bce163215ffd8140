"""Days, times and numbers as people say them."""

from datetime import UTC, date, datetime, time

import pytest

from i18n import formats
from i18n.translator import LANGUAGES, translator

DA = translator("da")
EN = translator("en")
NOW = date(2026, 11, 21)


def without_marks(text: str) -> str:
    """Leave out the marks around what runs the other way."""
    return text.replace("\u2066", "").replace("\u2069", "")


@pytest.mark.parametrize(
    ("day", "danish", "english"),
    [
        (date(2026, 11, 21), "i dag", "today"),
        (date(2026, 11, 22), "i morgen", "tomorrow"),
        (date(2026, 11, 20), "i går", "yesterday"),
        (date(2026, 11, 26), "torsdag den 26. november", "Thursday 26 November"),
        (date(2027, 1, 2), "lørdag den 2. januar 2027", "Saturday 2 January 2027"),
    ],
)
def test_a_day_in_words(day, danish, english):
    assert formats.day_in_words(DA, day, now=NOW) == danish
    assert formats.day_in_words(EN, day, now=NOW) == english


def test_a_moment_is_that_of_denmark_in_winter_and_summer():
    winter = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)
    assert formats.moment_in_words(DA, winter, now=NOW) == "i dag kl. 10.00"
    assert formats.moment_in_words(EN, winter, now=NOW) == "today at 10:00"
    summer = datetime(2026, 6, 30, 22, 30, tzinfo=UTC)
    assert formats.moment_in_words(DA, summer, now=date(2026, 7, 1)) == "i dag kl. 0.30"


@pytest.mark.parametrize(
    ("language", "tomorrow", "later", "next_year"),
    [
        ("da", "i morgen kl. 10.00", "torsdag den 3. december", "fredag den 1. januar 2027"),
        ("en", "tomorrow at 10:00", "Thursday 3 December", "Friday 1 January 2027"),
        ("ar", "غدًا، الساعة 10:00", "الخميس، 3 ديسمبر", "الجمعة، 1 يناير 2027"),
        ("uk", "завтра о 10:00", "четвер, 3 грудня", "п’ятниця, 1 січня 2027 р."),
        ("pl", "jutro, godz. 10:00", "czwartek, 3 grudnia", "piątek, 1 stycznia 2027"),
        ("tr", "yarın, saat 10:00", "3 Aralık Perşembe", "1 Ocak 2027 Cuma"),
        ("so", "berri, saacadda 10:00", "Khamiis, Diseembar 3", "Jimco, Janaayo 1, 2027"),
        ("fa", "فردا، ساعت 10:00", "پنجشنبه 3 دسامبر", "جمعه 1 ژانویهٔ 2027"),
    ],
)
def test_days_and_times_as_each_language_says_them(language, tomorrow, later, next_year):
    t = translator(language)
    moment = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
    said = without_marks(formats.moment_in_words(t, moment, now=NOW))
    assert said == tomorrow
    assert formats.day_in_words(t, date(2026, 12, 3), now=NOW) == later
    assert formats.day_in_words(t, date(2027, 1, 1), now=NOW) == next_year


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_its_dates_numbers_and_weekdays(language):
    t = translator(language)
    said = formats.day_in_words(t, date(2026, 12, 3), now=NOW)
    assert formats.weekday(t, 4) in said
    assert "3" in said
    assert formats.number(t, 12.5).strip("0123456789") in {",", "."}
    assert formats.language_name(t, "da")


def test_a_list_has_the_commas_of_its_language():
    assert formats.listed(DA, ["mandag", "torsdag"]) == "mandag, torsdag"
    assert formats.listed(translator("ar"), ["الاثنين", "الخميس"]) == "الاثنين، الخميس"


def test_days_until():
    assert formats.days_until(DA, date(2026, 11, 26), now=NOW) == "om 5 dage"
    assert formats.days_until(DA, date(2026, 11, 18), now=NOW) == "for 3 dage siden"
    assert formats.days_until(EN, date(2026, 11, 22), now=NOW) == "tomorrow"


def test_a_period_with_and_without_an_end():
    start = date(2026, 5, 3)
    assert formats.period(DA, start, date(2026, 6, 1), now=NOW) == "3. maj – 1. juni"
    assert formats.period(DA, start, None, now=NOW) == "fra 3. maj"


def test_numbers_and_weekdays():
    assert formats.number(DA, 12.5) == "12,5"
    assert formats.number(EN, 12.5) == "12.5"
    assert formats.weekday(DA, 1) == "mandag"
    assert formats.weekday(EN, 7) == "Sunday"
    assert formats.clock(DA, time(9, 5)) == "9.05"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("+4512345678", "12 34 56 78"),
        ("+46701234567", "+46701234567"),
        ("12345678", "12345678"),
        ("+45123", "+45123"),
    ],
)
def test_danish_telephone_numbers_stand_in_pairs(text, shown):
    assert formats.phone(text) == shown


def test_words_at_the_start_of_a_line_begin_with_a_capital():
    assert formats.at_start("i dag kl. 10.00") == "I dag kl. 10.00"
    assert formats.at_start("") == ""
