"""What a screen reader says of a screen, as lines a person can read, and what is wrong in them.

Playwright's ARIA snapshot is the source: role, name, value and state in reading order.
"""

import re
from collections.abc import Iterator

_LINE = re.compile(r"^(?P<indent> *)- (?P<node>.*)$")
_NODE = re.compile(
    r"""^(?P<role>[a-z]+)
        (?:\ "(?P<name>(?:[^"\\]|\\.)*)")?
        (?P<states>(?:\ \[[^\]]*\])*)
        (?::\ ?(?P<text>.*))?$""",
    re.VERBOSE | re.DOTALL,
)
_LEVEL = re.compile(r"\[level=(\d)\]")
_CONTROLS = frozenset(
    {
        "button", "checkbox", "combobox", "link", "option", "radio", "searchbox", "slider",
        "spinbutton", "switch", "tab", "textbox",
    }
)  # fmt: skip


# Marks of direction around somebody's own words, which nobody hears.
_ISOLATES = dict.fromkeys(range(0x2066, 0x206A))


def transcript(snapshot: str) -> str:
    """Return an ARIA snapshot as plain lines: `heading 1: Overblik`, `button: Gem (disabled)`."""
    lines = "\n".join(_lines(snapshot)) + "\n"
    return lines.translate(_ISOLATES)


def _lines(snapshot: str) -> Iterator[str]:
    for line in snapshot.splitlines():
        found = _LINE.match(line)
        if found is None:  # a long text goes on
            yield line
            continue
        node = _unquoted(found["node"])
        # Nobody hears an address, nor a place where something may be said later.
        if not node.startswith("/url") and node != "status":
            yield found["indent"] + _said(node)


def _unquoted(node: str) -> str:
    """Undo YAML's quotes around a whole node that holds a colon."""
    if node.startswith("'"):
        return re.sub(r"'(:?)$", r"\1", node[1:]).replace("''", "'")
    return node


def _said(node: str) -> str:
    found = _NODE.match(node)
    if found is None:
        return node
    role, states = found["role"], re.findall(r"\[([^\]]*)\]", found["states"])
    level = [state.removeprefix("level=") for state in states if state.startswith("level=")]
    others = [state for state in states if not state.startswith("level=")]
    words = [found["name"] and found["name"].replace('\\"', '"'), found["text"]]
    said = " = ".join(_bare(word) for word in words if word)
    state = f" ({', '.join(others)})" if others else ""
    return f"{' '.join([role, *level])}{': ' if said else ''}{said}{state}"


def _bare(text: str) -> str:
    if text.startswith('"') and text.endswith('"') and len(text) > 1:
        return text[1:-1].replace('\\"', '"').replace("\\n", " ")
    return text


def problems(snapshot: str) -> list[str]:
    """Return what is wrong in an ARIA snapshot: headings, landmarks, controls without a name."""
    return [*_wrong_headings(snapshot), *_wrong_landmarks(snapshot), *_unnamed(snapshot)]


def _nodes(snapshot: str) -> Iterator[str]:
    for line in snapshot.splitlines():
        if found := _LINE.match(line):
            yield _unquoted(found["node"])


def _wrong_headings(snapshot: str) -> Iterator[str]:
    levels = [
        int(found[1])
        for node in _nodes(snapshot)
        if node.startswith("heading") and (found := _LEVEL.search(node))
    ]
    if levels.count(1) != 1:
        yield f"{levels.count(1)} headings of the first level"
    for before, after in zip([0, *levels], levels, strict=False):
        if after > before + 1:
            yield f"a heading of level {after} after one of level {before}"


def _wrong_landmarks(snapshot: str) -> Iterator[str]:
    mains = sum(re.match(r"main\b", node) is not None for node in _nodes(snapshot))
    if mains != 1:
        yield f"{mains} main landmarks"


def _unnamed(snapshot: str) -> Iterator[str]:
    for node in _nodes(snapshot):
        found = _NODE.match(node)
        # The text of a control that is named by nothing else is its name too.
        if found and found["role"] in _CONTROLS and not (found["name"] or found["text"]):
            yield f"a {found['role']} without a name"
