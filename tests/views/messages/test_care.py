"""A hint while one writes: about CPR numbers and the health of others, never about one's own."""

import time

import pytest

from views.messages.care import Care, care_for


@pytest.mark.parametrize(
    "text", ["010190-1234", "Mit er 0101901234.", "310785 0000", "cpr:290224-1111"]
)
def test_a_day_and_four_digits_may_be_a_cpr_number(text):
    assert care_for(text) == {Care.CPR_NUMBER}


@pytest.mark.parametrize(
    "text", ["320190-1234", "011390-1234", "12345678", "+45 8765 4321", "010190-12345", "a 10.30"]
)
def test_other_digits_are_no_cpr_number(text):
    assert care_for(text) == frozenset()


@pytest.mark.parametrize(
    "text",
    [
        "Min mor er syg igen.",
        "Hej. Min lille datter har fået en diagnose",
        "Naboen drikker meget alkohol",
        "My brother has cancer",
        "Mine børns psykolog ringede",
    ],
)
def test_the_health_of_others_is_noticed(text):
    assert care_for(text) == {Care.HEALTH_OF_OTHERS}


@pytest.mark.parametrize(
    "text",
    [
        "Jeg er syg i dag.",
        "Min mor kommer. Jeg skal til psykolog.",
        "Min søn har fødselsdag",
        "Kan vi flytte mødet?",
        "",
    ],
)
def test_what_is_ones_own_or_no_health_is_not(text):
    assert care_for(text) == frozenset()


def test_a_long_text_is_looked_through_while_somebody_types():
    text = "min mor " * 1_200
    before = time.process_time()
    care_for(text)
    assert time.process_time() - before < 1.0  # a limit for hanging, not a measure
