"""The measure of plain language."""

import pytest
from babel.messages.catalog import Catalog

from i18n.plain import hard_screens, is_running, lix, screens

HARD = (
    "Kommunalbestyrelsen tilrettelægger helhedsorienterede indsatser vedrørende "
    "beskæftigelsesrettede foranstaltninger og sundhedsmæssige problemstillinger."
)
PLAIN = "Du kan skrive til din kontaktperson her."


def template(**places: list[str]) -> Catalog:
    catalog = Catalog()
    for place, texts in places.items():
        for text in texts:
            catalog.add(text, locations=[(f"views/citizen/{place}.py", 1)])
    return catalog


def test_lix_is_words_a_sentence_plus_the_share_of_long_words():
    # 10 words in 2 sentences, 1 of them of seven letters or more
    assert lix(["Jeg bor her. Kommunen er et godt sted for mig."]) == pytest.approx(10 / 2 + 10)


def test_a_placeholder_is_a_short_word_and_an_abbreviation_ends_no_sentence():
    assert lix(["Kom {administration} kl. 9."]) == pytest.approx(4)


def test_a_label_is_no_running_text():
    assert is_running("Du bestemmer selv.")
    assert not is_running("Mål")
    assert not is_running("Nået.")


def test_a_screen_with_many_words_stands_alone_and_others_with_their_folder():
    long = [f"{PLAIN} {number}." for number in range(20)]
    found = screens(template(goal=long, plan=[PLAIN]))
    assert set(found) == {"views/citizen/goal.py", "views/citizen"}


def test_a_screen_of_hard_texts_is_told():
    hard = template(goal=[f"{HARD} {number}." for number in range(12)])
    assert [screen for screen, _ in hard_screens(hard)] == ["views/citizen/goal.py"]
    assert list(hard_screens(template(goal=[PLAIN]))) == []
