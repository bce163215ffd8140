"""Texts in the reader's language."""

import pytest

from i18n.translator import translator


def test_danish_is_what_stands_in_the_code():
    t = translator("da")
    assert t("Overblik") == "Overblik"
    assert t("Ring {phone}", phone="12 34 56 78") == "Ring 12 34 56 78"
    assert t.plural("om {n} dag", "om {n} dage", 1) == "om 1 dag"
    assert t.plural("om {n} dag", "om {n} dage", 3) == "om 3 dage"


def test_english_comes_from_the_catalog():
    t = translator("en")
    assert t("Overblik") == "Overview"
    assert t.plural("om {n} dag", "om {n} dage", 1) == "in 1 day"
    assert t.plural("om {n} dag", "om {n} dage", 0) == "in 0 days"


def test_a_text_that_is_not_translated_is_said_in_danish():
    assert translator("en")("Findes ikke {x}", x=1) == "Findes ikke 1"


def test_an_unknown_language_is_danish():
    assert translator("xx").language == "da"


def test_a_value_with_braces_is_said_as_it_is():
    assert translator("da")("Ring {phone}", phone="{evil}") == "Ring {evil}"


def test_danish_and_english_run_from_left_to_right():
    assert translator("da").direction == translator("en").direction == "ltr"


def test_arabic_runs_from_right_to_left():
    assert translator("ar").direction == "rtl"


@pytest.mark.parametrize(
    ("n", "said"),
    [(1, "بعد يوم واحد"), (2, "بعد يومين"), (5, "بعد 5 أيام"), (30, "بعد 30 يومًا")],
)
def test_arabic_has_a_form_for_two_for_few_and_for_many(n, said):
    assert translator("ar").plural("om {n} dag", "om {n} dage", n) == said


@pytest.mark.parametrize(
    ("n", "said"), [(1, "через 1 день"), (3, "через 3 дні"), (11, "через 11 днів")]
)
def test_ukrainian_has_a_form_for_few_and_for_many(n, said):
    assert translator("uk").plural("om {n} dag", "om {n} dage", n) == said


def test_a_value_that_runs_the_other_way_is_isolated():
    assert translator("ar")("Ring {phone}", phone="12 34 56 78").endswith("\u206612 34 56 78\u2069")
    assert translator("da")("Til {name}", name="سارة") == "Til \u2067سارة\u2069"
    assert translator("da")("Til {name}", name="Sara") == "Til Sara"
