"""Pictures of people: initials on a ground that stays theirs."""

from uuid import UUID

import flet as ft
import pytest

from views import theme
from views.components.people import avatar, beside_picture, initials, picture_address


@pytest.mark.parametrize(
    ("name", "letters"),
    [
        ("Louise Abildtrup", "LA"),
        ("Anne-Sofie Margrethe Elisabeth Frederikke Brøndum-Skovbakken", "AB"),
        ("Øjvind", "Ø"),
        ("رانيا الصباغ", "را"),
        ("(ukendt)", ""),
        ("", ""),
    ],
)
def test_initials_are_those_of_the_first_and_the_last_name(name, letters):
    assert initials(name) == letters


def test_a_person_has_the_same_calm_ground_everywhere():
    small, large = avatar("Louise Abildtrup", size=theme.AVATAR_SMALL), avatar("Louise Abildtrup")
    assert small.content.bgcolor == large.content.bgcolor
    assert large.content.bgcolor in theme.PERSON_GROUNDS


def test_a_picture_lies_over_the_initials_which_stay_where_it_does_not_come():
    address = picture_address(UUID(int=7), "0123456789abcdef")
    drawn = avatar("Louise Abildtrup", address, size=theme.AVATAR_LARGE)

    below, above = drawn.content.controls
    assert below.content.value == "LA"
    assert above.src == f"/pictures/{UUID(int=7)}/0123456789abcdef"
    assert above.error_content.content is None


def test_who_has_no_picture_has_no_address():
    assert picture_address(UUID(int=7), "") == ""


def test_a_picture_stands_at_the_top_beside_a_name_of_many_lines():
    row = beside_picture("Louise Abildtrup", "", ft.Text("Louise"), size=theme.AVATAR)
    face, words = row.controls
    assert row.vertical_alignment is ft.CrossAxisAlignment.START
    assert face.exclude_semantics
    assert words.expand


def test_a_picture_is_not_read_aloud_because_the_name_stands_beside_it():
    assert avatar("Louise Abildtrup").exclude_semantics
