"""What a visit weighs, and that no icon is missing from the font."""

from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

from assets.icons_font import OF_FLUTTER, glyphs_of, icons_in_use
from assets.weights import grown, known, quick, visits
from portal.web.files import PublicFiles

SCREENS = [Path("views"), Path("portal")]


@pytest.fixture(scope="module")
def files() -> PublicFiles:
    return PublicFiles()


@pytest.fixture(scope="module")
def icon_font(files, tmp_path_factory) -> TTFont:
    path = tmp_path_factory.mktemp("fonts") / "icons.otf"
    path.write_bytes(files.read("assets/fonts/MaterialIcons-Regular.otf"))
    return TTFont(path)


def test_no_visit_weighs_over_three_percent_more_than_was_agreed(files):
    assert grown(known(), visits(files, quick)) == {}


def test_growth_is_told_by_visit():
    assert grown({"first": 1000, "second": 10}, {"first": 1031, "second": 10}) == {"first": 1.031}
    assert grown({"first": 1000}, {"first": 1030}) == {}


def test_every_icon_that_is_drawn_is_in_the_font(icon_font):
    icons = icons_in_use(SCREENS)
    assert len(icons) > len(OF_FLUTTER)
    drawn = set(icon_font.getBestCmap().values())
    assert set(glyphs_of(icons, icon_font.getGlyphOrder()).values()) <= drawn


def test_the_icon_font_has_nothing_else(files, icon_font):
    assert len(icon_font.getGlyphOrder()) <= len(icons_in_use(SCREENS)) + 3
    assert len(files.read("assets/fonts/MaterialIcons-Regular.otf")) < 12_000


def test_an_icon_that_does_not_exist_is_found_out():
    with pytest.raises(LookupError, match="NO_SUCH_ICON"):
        glyphs_of({"NO_SUCH_ICON"}, ["add_baseline"])
