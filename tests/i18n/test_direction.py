"""Words that run the other way stand unharmed in a sentence."""

import pytest

from i18n.direction import is_right_to_left, isolated_in, without_marks

LRI, RLI, PDI = "\u2066", "\u2067", "\u2069"


@pytest.mark.parametrize(
    ("text", "right_to_left"),
    [
        ("Mål", False),
        ("هدف", True),
        ("۲. هدف", True),
        ("12 34 56 78", False),
        ("(Мета)", False),
        ("", False),
    ],
)
def test_the_first_strong_character_decides(text, right_to_left):
    assert is_right_to_left(text) is right_to_left


def test_a_text_of_the_same_direction_stays_as_it_is():
    assert isolated_in("Kan du ringe?", right_to_left=False) == "Kan du ringe?"
    assert isolated_in("هدف", right_to_left=True) == "هدف"


def test_a_text_of_the_other_direction_is_marked():
    assert isolated_in("هدف", right_to_left=False) == f"{RLI}هدف{PDI}"
    assert isolated_in("Kan du ringe?", right_to_left=True) == f"{LRI}Kan du ringe?{PDI}"
    assert isolated_in("12 34 56 78", right_to_left=True) == f"{LRI}12 34 56 78{PDI}"


def test_each_line_is_marked_by_itself_and_nothing_twice():
    marked = isolated_in("En.\n\nTo.", right_to_left=True)
    assert marked == f"{LRI}En.{PDI}\n\n{LRI}To.{PDI}"
    once = isolated_in("En.", right_to_left=True)
    assert isolated_in(once, right_to_left=True) == once


def test_two_that_are_marked_are_marked_together():
    parts = f"{LRI}Mette{PDI}: {LRI}Kan du ringe?{PDI}"
    assert isolated_in(parts, right_to_left=True) == f"{LRI}{parts}{PDI}"


def test_what_somebody_copied_loses_its_marks():
    assert without_marks(f"{LRI}Kan du ringe?{PDI}") == "Kan du ringe?"


def test_nothing_is_nothing():
    assert isolated_in("", right_to_left=True) == ""
