"""Words in the code of a screen that nobody could translate are found."""

import pytest

from i18n.literals import literals

SHOWN = [
    'ft.Text("Gem")',
    'PrimaryButton(text="Gem", on_click=save)',
    'PrimaryButton("Gem", save)',
    'SIDES = ("Familie", "family")',
    'ft.IconButton(tooltip="Luk")',
    'ft.Semantics(label="Kommune")',
    'ft.TextField(hint_text="navn")',
    'body("Skriv dit mål")',
    'x = "Skriv dit mål"',
    'NAMES = {"goals": "Mål"}',
    'ft.Text(f"{day} klokken {time}")',
]
NOT_SHOWN = [
    'ft.Text(t("Gem"))',
    't.plural("{n} dag", "{n} dage", 2)',
    '"""Skriv dit mål."""',
    'raise LookupError("no such place")',
    'super().__init__("no such place")',
    're.compile("mor og far")',
    'ft.Text(f"{first} · {last}")',
    'ft.Text("Én Plan")',
    'go("/goals/new")',
    'ft.Container(bgcolor="#ffffff", text="#aabbcc")',
    'blocks: tuple["Block", ...] = ()',
    'def found(block: "Block") -> "Found": ...',
    'Value = TypeVar("Value")',
    '__all__ = ["Block"]',
]


def found_in(folder, code) -> list[str]:
    views = folder / "views"
    views.mkdir()
    (views / "screen.py").write_text(code, encoding="utf-8")
    return [place for place, _ in literals(views)]


@pytest.mark.parametrize("code", SHOWN)
def test_a_literal_that_is_shown_is_told_once_with_its_place(tmp_path, code):
    assert found_in(tmp_path, code) == ["views/screen.py:1"]


@pytest.mark.parametrize("code", NOT_SHOWN)
def test_what_is_translated_or_not_shown_is_fine(tmp_path, code):
    assert found_in(tmp_path, code) == []
