"""An outline on paper: its words can be read, searched, heard and jumped to, in each direction."""

from io import BytesIO

import pytest
from pypdf import PdfReader

from i18n.translator import LANGUAGES, translator
from portal.web.paper import pdf_of
from views.outlines.document import Facts, Item, Items, Outline, Section, Tone, Words

LIFE = Outline(
    "Dine oplysninger",
    (
        Words("Alt om dig. 🌱"),
        Section(
            "Mål",
            (
                Section("Jeg vil ud", (Words("Første linje\nAnden linje", Tone.OWN),)),
                Facts((("Navn", "Żółć Çığ"),)),
                Items((Item("Україна", (Words("مرحبا i dag", Tone.OWN),)),)),
            ),
        ),
    ),
)


def read(content: bytes) -> PdfReader:
    return PdfReader(BytesIO(content))


def words_of(paper: PdfReader) -> str:
    return "\n".join(page.extract_text() for page in paper.pages)


def test_all_words_can_be_found():
    words = words_of(read(pdf_of(LIFE, translator("da"))))

    for line in ("Alt om dig. 🌱", "Første linje", "Anden linje", "Żółć Çığ", "Україна", "i dag"):
        assert line in words
    assert "Side 1" in words


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_says_its_language_and_its_title(language):
    paper = read(pdf_of(LIFE, translator(language)))

    assert paper.trailer["/Root"]["/Lang"] == language
    assert paper.metadata.title == "Dine oplysninger"


def test_headings_are_bookmarks():
    (first, (second, (third,))) = read(pdf_of(LIFE, translator("da"))).outline

    assert [one.title for one in (first, second, third)] == [
        "Dine oplysninger",
        "Mål",
        "Jeg vil ud",
    ]


def test_a_letter_that_no_font_has_is_left_blank_and_in_no_log(caplog):
    content = pdf_of(Outline("漢字", (Words("漢字 og mere"),)), translator("da"))

    assert "og mere" in words_of(read(content))
    assert "漢" not in caplog.text


def test_a_long_text_goes_on_over_the_page():
    many = Outline("Langt", tuple(Words(f"Linje {number} " + "ord " * 60) for number in range(40)))
    paper = read(pdf_of(many, translator("da")))

    assert len(paper.pages) > 1
    assert "Linje 39" in words_of(paper)
