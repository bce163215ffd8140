"""What is tapped is large enough, and lines of text are short enough to read."""

from importlib.resources import as_file, files

from fontTools.ttLib import TTFont

from views import theme

SAMPLE = (
    "Alle i familien her kan se det, der står på denne side. Din egen plan ser de ikke, medmindre "
    "du selv siger ja til det. Du kan klage til og med torsdag den 3. december. Skriv til os, hvis "
    "du er i tvivl, eller ring til din kontaktperson. Vi svarer dig inden for to hverdage."
)


def test_what_can_be_tapped_is_large_enough():
    assert theme.TOUCH >= 48
    assert theme.BODY >= 16


def test_a_line_of_text_has_at_most_66_characters():
    with as_file(files("assets") / "fonts/IBMPlexSans-Regular.woff2") as path, TTFont(path) as font:
        widths, glyphs = font["hmtx"], font.getBestCmap()
        units = sum(widths[glyphs[ord(character)]][0] for character in SAMPLE)
        average = units / len(SAMPLE) / font["head"].unitsPerEm * theme.BODY
    assert theme.TEXT_WIDTH / average <= 66


def test_the_focus_is_three_pixels_wide():
    assert theme.FOCUS_WIDTH == 3
