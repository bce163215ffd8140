from datetime import UTC, date, datetime

import pytest

from planapi.calendar import add_working_days, closed_days, danish_date, easter, is_working_day


@pytest.mark.parametrize(
    "sunday",
    [
        date(2000, 4, 23),
        date(2008, 3, 23),
        date(2023, 4, 9),
        date(2024, 3, 31),
        date(2025, 4, 20),
        date(2026, 4, 5),
        date(2038, 4, 25),
    ],
)
def test_easter_falls_on_its_known_sundays(sunday):
    assert easter(sunday.year) == sunday


def test_the_closed_days_of_2026():
    assert sorted(closed_days(2026)) == [
        date(2026, 1, 1),
        date(2026, 4, 2),
        date(2026, 4, 3),
        date(2026, 4, 5),
        date(2026, 4, 6),
        date(2026, 5, 14),
        date(2026, 5, 24),
        date(2026, 5, 25),
        date(2026, 6, 5),
        date(2026, 12, 24),
        date(2026, 12, 25),
        date(2026, 12, 26),
        date(2026, 12, 31),
    ]


def test_store_bededag_was_a_holiday_for_the_last_time_in_2023():
    assert not is_working_day(date(2023, 5, 5))
    assert is_working_day(date(2024, 4, 26))


def test_two_working_days_before_easter_2026_end_after_it():
    wednesday = date(2026, 4, 1)
    assert add_working_days(wednesday, 2) == date(2026, 4, 8)


def test_an_answer_on_the_same_day_moves_from_a_sunday_to_monday():
    assert add_working_days(date(2026, 3, 1), 0) == date(2026, 3, 2)
    assert add_working_days(date(2026, 3, 2), 0) == date(2026, 3, 2)


def test_three_working_days_over_christmas_and_new_year():
    assert add_working_days(date(2026, 12, 23), 3) == date(2026, 12, 30)
    assert add_working_days(date(2026, 12, 30), 1) == date(2027, 1, 4)


def test_late_in_the_evening_in_greenwich_it_is_tomorrow_in_denmark():
    assert danish_date(datetime(2026, 6, 30, 22, 30, tzinfo=UTC)) == date(2026, 7, 1)
