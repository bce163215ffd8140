"""Flutter's program without what no screen shows: the grammars of some 180 programming languages.

Flet's client can colour source code, and its program carries each keyword of each language: an
eighth of what a telephone waits for. Nothing else of the program changes; showing source code would
now fail. Used by `portal.web.files`.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Final

from assets import wasm_module
from assets.kept_files import key_of, made_once
from assets.wasm_module import TRAP, External, Import, Section

_MADE_BY: Final = b"1"  # raised when the way of making it changes

_SHORTEST: Final = 200
_FEWEST_WORDS: Final = 20
_WORD: Final = r"""[^\s"'`(){}=;,\\]{0,99}[^\s"'`(){}=;,\\.:!?]"""
_WORDS: Final = re.compile(rf" ?{_WORD}(?: {_WORD})+ ?")
_LITERAL: Final = re.compile(rf'"({_WORDS.pattern})"')
_MOST_DIGITS: Final = 0.25  # of a list of words; outlines of symbols have more


def program_without_grammars(source: Path, kept_in: Path) -> Path | bytes:
    """Return the program `source` (.wasm or .js) without the grammars.

    Kept in the folder `kept_in`; returns the bytes where that cannot be written. Raises
    `ValueError` for a WebAssembly module that cannot be read.
    """
    program = source.read_bytes()
    make = module_without_grammars if source.suffix == ".wasm" else script_without_word_lists
    kept = kept_in / f"program-{key_of(_MADE_BY, program)}{source.suffix}"
    return made_once(kept, lambda: make(program))


def is_word_list(text: str) -> bool:
    """Tell whether `text` is a programming language's list of words, and no sentence."""
    return (
        len(text) >= _SHORTEST
        and text.count(" ") >= _FEWEST_WORDS
        and sum(map(str.isdigit, text)) < len(text) * _MOST_DIGITS
        and _WORDS.fullmatch(text) is not None
    )


def script_without_word_lists(script: bytes) -> bytes:
    """Return JavaScript that dart2js has made, with an empty text in each word list's place."""

    def emptied(literal: re.Match[str]) -> str:
        return '""' if is_word_list(literal[1]) else literal[0]

    return _LITERAL.sub(emptied, script.decode()).encode()


def module_without_grammars(module: bytes) -> bytes:
    """Return a module that dart2wasm has made, without the functions that know a word list.

    Those trap, and the texts that only they use are empty. Raises `ValueError` for what is no
    WebAssembly module.
    """
    parts = wasm_module.sections(module)
    content = dict(parts)
    imported = list(wasm_module.imports(content[Section.IMPORTS]))
    bodies = list(wasm_module.bodies(content[Section.CODE]))
    globals_ = [one for one in imported if one.kind is External.GLOBAL]
    made_of = dict(
        enumerate(wasm_module.initial_references(content[Section.GLOBALS]), start=len(globals_))
    )
    lists = _made_with({i for i, one in enumerate(globals_) if _is_list(one)}, made_of)
    used = [wasm_module.references(body) for body in bodies]
    of_grammars = {i for i, others in enumerate(used) if others & lists}
    dead = _reached((used[i] for i in of_grammars), made_of) - _reached(
        (others for i, others in enumerate(used) if i not in of_grammars), made_of
    )
    texts = {id(globals_[i]) for i in dead if i < len(globals_) and _is_text(globals_[i])}
    made: dict[int, bytes] = {
        Section.IMPORTS: wasm_module.vector(
            [(replace(one, name=b"") if id(one) in texts else one).encoded() for one in imported]
        ),
        Section.CODE: wasm_module.vector(
            [wasm_module.with_size(TRAP if i in of_grammars else b) for i, b in enumerate(bodies)]
        ),
    }
    return wasm_module.module_of([(kind, made.get(kind, rest)) for kind, rest in parts])


def _is_text(one: Import) -> bool:
    """Tell whether it is a text of Dart's: imported from a module without a name, as its words."""
    return one.module == b""


def _is_list(one: Import) -> bool:
    # To Dart half a surrogate pair is a text, too.
    return _is_text(one) and is_word_list(one.name.decode(errors="replace"))


def _made_with(globals_: set[int], made_of: Mapping[int, set[int]]) -> set[int]:
    """Return these and those whose first value is made with them; one refers to earlier ones."""
    found = set(globals_)
    for index, others in made_of.items():
        if others & found:
            found.add(index)
    return found


def _reached(used: Iterable[set[int]], made_of: Mapping[int, set[int]]) -> set[int]:
    """Return what is used and what that is made of."""
    found: set[int] = set().union(*used)
    for index in sorted(made_of, reverse=True):
        if index in found:
            found |= made_of[index]
    return found
