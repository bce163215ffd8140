"""Pictures of people: initials on a ground that stays theirs."""

import pytest

from views import theme
from views.components.people import avatar, initials


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


def test_a_picture_is_not_read_aloud_because_the_name_stands_beside_it():
    assert avatar("Louise Abildtrup").exclude_semantics
