"""Finds words in the code of screens that are not said through ``t``. Used by ``i18n.check``."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).parent.parent

NAMES: Final = frozenset(
    {"Én Plan", "MitID", "NemSMS", "Digital Post", "IBM Plex Sans", "Noto Color Emoji"}
)
"""Names that are the same in every language."""

_TRANSLATED: Final = frozenset({"t", "plural"})
_TO_COMPUTERS: Final = frozenset({"compile", "__init__", "cast", "TypeVar"})
"""What takes patterns, the texts of errors and the names of types."""

_SHOWN: Final = frozenset(
    {
        "detail",
        "error",
        "helper",
        "hint",
        "hint_text",
        "label",
        "semantics_label",
        "text",
        "title",
        "tooltip",
    }
)
"""Arguments that a person reads or hears, whatever the control."""

_SHOWS_FIRST: Final = frozenset(
    {"Text", "TextSpan", "badge", "body", "fact", "heading", "notice", "own", "quiet", "section"}
)
"""What shows its first argument, however short."""

_LETTERS: Final = re.compile(r"^[^#].*[^\W\d_]{2}|^[^\W\d_]{2}")
"""Two letters in a row, but no colour."""

_READS_AS_WORDS: Final = re.compile(
    r"[^\W\d_]{2,},? [^\W\d_]|^[A-ZÆØÅ]\w*[^\x00-\x7f\W]|^[A-ZÆØÅ][a-zæøå]+\W*$"
)
"""Two words after each other, a name with a letter that code does not use, or "Gem"."""


def literals(folder: Path = ROOT / "views") -> Iterator[tuple[str, str]]:
    """Yield the place and the text of each literal that a person would read."""
    for path in sorted(folder.rglob("*.py")):
        place = path.relative_to(folder.parent).as_posix()
        for line, text in _literals_of(path.read_text(encoding="utf-8")):
            yield f"{place}:{line}", text


def _literals_of(code: str) -> Iterator[tuple[int, str]]:
    tree = ast.parse(code)
    fine = set(_not_for_people(tree))
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            for shown in _shown_by(node):
                yield from _words_in(shown, fine, _LETTERS)
        elif isinstance(node, ast.Constant):
            yield from _words_in(node, fine, _READS_AS_WORDS)


def _shown_by(call: ast.Call) -> Iterator[ast.expr]:
    """Yield the arguments of a call that are shown as they are."""
    name = _name_of(call)
    if name in _SHOWS_FIRST and call.args:
        yield call.args[0]
    yield from (word.value for word in call.keywords if word.arg in _SHOWN)


def _words_in(
    node: ast.expr, fine: set[ast.AST], pattern: re.Pattern[str]
) -> Iterator[tuple[int, str]]:
    parts = node.values if isinstance(node, ast.JoinedStr) else [node]
    for part in parts:
        if (
            isinstance(part, ast.Constant)
            and isinstance(part.value, str)
            and part not in fine
            and pattern.search(_without_names(part.value))
        ):
            fine.add(part)  # told once
            yield part.lineno, part.value


def _not_for_people(tree: ast.AST) -> Iterator[ast.AST]:
    """Yield what is inside ``t(...)``, a docstring, an error, a type or a comment on a name."""
    for node in ast.walk(tree):
        if isinstance(node, ast.AnnAssign | ast.arg) and node.annotation:
            yield from ast.walk(node.annotation)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.returns:
            yield from ast.walk(node.returns)
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "__all__":
            yield from ast.walk(node.value)
        is_text = isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
        is_said = isinstance(node, ast.Call) and _name_of(node) in _TRANSLATED | _TO_COMPUTERS
        if is_text or is_said or isinstance(node, ast.Raise):
            yield from ast.walk(node)


def _name_of(call: ast.Call) -> str:
    match call.func:
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name
    return ""


def _without_names(text: str) -> str:
    for name in NAMES:
        text = text.replace(name, "")
    return text
