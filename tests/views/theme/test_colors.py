"""Every colour that text or a meaningful line has can be seen on what it stands on (WCAG 2.2)."""

import re
from dataclasses import fields
from importlib.resources import files

import pytest

from views.theme.palette import DARK, LIGHT, Palette, css_variables
from views.theme.roles import ROLES, SHAPE_PAIRS, TEXT_PAIRS, values

MODES = pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])
STYLES = files("assets") / "styles"
HEX = re.compile(r"#[0-9a-fA-F]{3,8}\b")


def luminance(color: str) -> float:
    """Relative luminance by WCAG 2.2."""
    channels = [int(color[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def too_faint(pairs: frozenset[tuple], palette: Palette, least: float) -> list[str]:
    colors = values(palette)
    return sorted(
        f"{front.name} on {back.name}: {contrast(colors[front], colors[back]):.2f}"
        for front, back in pairs
        if contrast(colors[front], colors[back]) < least
    )


@MODES
def test_text_can_be_read(palette):
    assert too_faint(TEXT_PAIRS, palette, 4.5) == []


@MODES
def test_lines_and_shapes_can_be_told_apart(palette):
    assert too_faint(SHAPE_PAIRS, palette, 3) == []


def test_each_color_of_the_palette_has_one_role_of_its_own():
    assert set(ROLES) == {field.name for field in fields(Palette)}
    assert len(set(ROLES.values())) == len(ROLES)


def variables(css: str) -> dict[str, str]:
    return dict(re.findall(r"(--[\w-]+):\s*(#[0-9a-f]+);", css))


@pytest.mark.parametrize("sheet", ["page.css", "shell.css"])
def test_the_html_pages_have_the_same_colors(sheet):
    css = (STYLES / sheet).read_text(encoding="utf-8")
    light, by_telephone, by_choice = (
        re.search(rf"{re.escape(selector)} \{{(.*?)\}}", css, re.DOTALL).group(1)
        for selector in (
            ":root",
            ':root:not([data-appearance="light"])',
            ':root[data-appearance="dark"]',
        )
    )
    used = set(re.findall(r"var\((--[\w-]+)\)", css))
    for block, palette in ((light, LIGHT), (by_telephone, DARK), (by_choice, DARK)):
        expected = {name: css_variables(palette)[name] for name in used}
        assert variables(block) == expected
    rest = css.replace(light, "").replace(by_telephone, "").replace(by_choice, "")
    assert HEX.findall(rest) == [], "colours stand in the variables on top"
