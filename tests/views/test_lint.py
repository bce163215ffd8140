"""What review would say again and again: screens use the named building blocks and the theme.

A control that Flutter leaves without a name is wrapped once, in ``views/components``. Colours and
sizes have names, in ``views/theme``.
"""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

VIEWS = Path(__file__).parents[2] / "views"

UNNAMED = frozenset(
    {
        "AlertDialog",
        "AutoComplete",
        "CupertinoAlertDialog",
        "Dropdown",
        "DropdownM2",
        "FilledIconButton",
        "FilledTonalIconButton",
        "IconButton",
        "Markdown",
        "OutlinedIconButton",
        "PopupMenuButton",
        "SearchBar",
        "Slider",
        "TextField",
    }
)
"""What a screen reader is told nothing useful of, as Flutter draws it."""

SIZES = frozenset(
    {
        "bar_height",
        "border_radius",
        "bottom",
        "height",
        "horizontal",
        "icon_size",
        "left",
        "letter_spacing",
        "padding",
        "radius",
        "right",
        "run_spacing",
        "size",
        "spacing",
        "stroke_width",
        "top",
        "vertical",
        "width",
    }
)
MEASURES = frozenset({"BorderSide", "Border.all", "Padding.all", "BorderRadius.all", "Margin.all"})
"""Calls whose first argument is a size."""

_HEX = re.compile(r"#[0-9a-fA-F]{3,8}")


def bare_controls(tree: ast.AST) -> Iterator[tuple[int, str]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and _is_flet(node) and node.attr in UNNAMED:
            yield node.lineno, f"ft.{node.attr} has no name: use views.components"
        if isinstance(node, ast.keyword) and node.arg == "selectable":
            yield node.lineno, "selectable text is a nameless field: use own_words"


def own_colors(tree: ast.AST) -> Iterator[tuple[int, str]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            if _HEX.fullmatch(node.value):
                yield node.lineno, f"{node.value}: use a role of views.theme"
        elif isinstance(node, ast.Attribute) and ast.unparse(node.value) == "ft.Colors":
            yield node.lineno, f"ft.Colors.{node.attr}: use a role of views.theme"


def own_sizes(tree: ast.AST) -> Iterator[tuple[int, str]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.keyword) and node.arg in SIZES and _is_size(node.value):
            yield node.value.lineno, f"{node.arg}={ast.unparse(node.value)}: use views.theme"
        elif isinstance(node, ast.Call) and node.args and _is_size(node.args[0]):
            name = ast.unparse(node.func).removeprefix("ft.")
            if name in MEASURES:
                yield node.lineno, f"{ast.unparse(node)}: use views.theme"


def _is_flet(node: ast.Attribute) -> bool:
    return isinstance(node.value, ast.Name) and node.value.id == "ft"


def _is_size(node: ast.AST) -> bool:
    """Tell whether it is a number; nothing at all (0) and all there is (inf) need no name."""
    return isinstance(node, ast.Constant) and isinstance(node.value, int | float) and node.value > 0


def found(rule, *, outside: str) -> list[str]:
    home = VIEWS / outside
    return sorted(
        f"{path.relative_to(VIEWS.parent)}:{line} {what}"
        for path in VIEWS.rglob("*.py")
        if not path.is_relative_to(home)
        for line, what in rule(ast.parse(path.read_text(encoding="utf-8")))
    )


def forms_without_summary(tree: ast.AST) -> Iterator[tuple[int, str]]:
    calls = [ast.unparse(node.func) for node in ast.walk(tree) if isinstance(node, ast.Call)]
    if calls.count("use_form") > calls.count("form_stack"):
        yield 1, "a form says above its fields what is wrong with them: use form_stack"


def test_every_form_has_a_summary_of_what_is_wrong():
    assert found(forms_without_summary, outside="components") == []


def test_screens_use_no_control_that_has_no_name():
    assert found(bare_controls, outside="components") == []


def test_colors_have_the_names_of_the_theme():
    assert found(own_colors, outside="theme") == []


def test_sizes_have_the_names_of_the_theme():
    assert found(own_sizes, outside="theme") == []


@pytest.mark.parametrize(
    ("rule", "code"),
    [
        (forms_without_summary, "form = use_form(act)"),
        (bare_controls, "ft.IconButton(icon=ft.Icons.ADD)"),
        (bare_controls, 'ft.Text("x", selectable=True)'),
        (own_colors, 'ft.Text("x", color="#3c5c22")'),
        (own_colors, "ft.Icon(color=ft.Colors.RED)"),
        (own_sizes, "ft.Container(width=320)"),
        (own_sizes, "ft.Border.all(1, line)"),
    ],
)
def test_the_rules_find_what_they_are_for(rule, code):
    assert list(rule(ast.parse(code)))
