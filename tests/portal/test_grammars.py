"""The program comes without the grammars of programming languages, and is otherwise the same."""

import importlib.resources
import re
from pathlib import Path

import pytest

from assets import wasm_module
from assets.grammars import (
    is_word_list,
    module_without_grammars,
    program_without_grammars,
    script_without_word_lists,
)
from assets.kept_files import made_once
from assets.wasm_module import TRAP, External, Import, Section

ENGINE = Path(str(importlib.resources.files("flet_web"))) / "web"
LIST = " ".join(f"keyword{'x' * n}" for n in range(25))
SENTENCE = "Nothing that a person reads is ever taken out, however long it gets to be. " * 4

_STRING = b"\x6f"  # externref
_UNCHANGED = b"\x00"


def _text(words: str) -> Import:
    return Import(b"", words.encode(), External.GLOBAL, _STRING + _UNCHANGED)


def _function(*globals_: int) -> bytes:
    """A function without locals that reads these globals and drops them."""
    return b"\0" + b"".join(b"\x23" + bytes([one]) + b"\x1a" for one in globals_) + b"\x0b"


def _module(imports: list[Import], bodies: list[bytes]) -> bytes:
    made = b"\x6f\x00\x23\x00\x0b"  # a global whose first value is global 0, the list
    return wasm_module.module_of(
        [
            (1, b"\x00"),
            (Section.IMPORTS, wasm_module.vector([one.encoded() for one in imports])),
            (Section.GLOBALS, wasm_module.vector([made])),
            (Section.CODE, wasm_module.vector([wasm_module.with_size(body) for body in bodies])),
        ]
    )


@pytest.mark.parametrize(
    "text", [LIST, f" {LIST} ", LIST.replace("keyword", "ключ"), f"$_|10 {LIST}"]
)
def test_a_row_of_keywords_is_a_word_list(text):
    assert is_word_list(text)


@pytest.mark.parametrize(
    "text",
    [
        SENTENCE,
        "begin end if then else",
        "x" * 1_000,
        "M400000 542l -6 6h-17c-12.7 0-19.3-.3-20-1 -4-4-7.3-8.3-10-13 " * 5,
        LIST.replace(" ", ", "),
        f"{LIST} \\d+",
        f"({LIST})",
        LIST.replace(" ", "\n"),
    ],
)
def test_a_sentence_an_outline_and_a_pattern_are_none(text):
    assert not is_word_list(text)


def test_what_knows_a_word_list_goes_with_the_texts_that_it_alone_uses():
    imports = [
        _text(LIST),
        Import(b"dart2wasm", b"_1", External.FUNCTION, b"\x05"),
        _text("only for colours"),
        Import(b"skwasm", b"memory", External.MEMORY, b"\x01\x10\x80\x80\x04"),
        Import(b"skwasm", b"table", External.TABLE, b"\x63\x85\x01\x00\x01"),
        _text("for everything"),
        Import(b"dart2wasm", b"tag", External.TAG, b"\x00\x07"),
        Import(b"dart2wasm", LIST.encode(), External.GLOBAL, _STRING + _UNCHANGED),
        _text(SENTENCE),
    ]
    list_, colours, everything, named_alike, sentence, made_with_list = range(6)
    bodies = [
        _function(list_, colours, everything),
        _function(made_with_list),
        _function(everything, named_alike),
        _function(sentence),
    ]
    before = _module(imports, bodies)
    after = dict(wasm_module.sections(module_without_grammars(before)))

    left = list(wasm_module.imports(after[Section.IMPORTS]))
    assert [one.name for one in left if one.kind is External.GLOBAL] == [
        b"",
        b"",
        b"for everything",
        LIST.encode(),
        SENTENCE.encode(),
    ]
    assert [(one.module, one.kind, one.type) for one in left] == [
        (one.module, one.kind, one.type) for one in imports
    ]
    assert list(wasm_module.bodies(after[Section.CODE])) == [TRAP, TRAP, *bodies[2:]]
    assert after[Section.GLOBALS] == dict(wasm_module.sections(before))[Section.GLOBALS]


@pytest.mark.parametrize("bytes_", [b"", b"<!doctype html>", b"\0asm\x02\0\0\0"])
def test_what_is_no_module_is_refused(bytes_):
    with pytest.raises(ValueError, match="not a WebAssembly module"):
        module_without_grammars(bytes_)


def test_an_instruction_that_nobody_knows_is_refused():
    with pytest.raises(ValueError, match="unknown instruction, 0xe0"):
        module_without_grammars(_module([_text(LIST)], [b"\0\xe0\x0b"]))


def test_the_program_for_chromium_differs_in_nothing_else():
    original = (ENGINE / "main.dart.wasm").read_bytes()
    before = wasm_module.sections(original)
    after = wasm_module.sections(module_without_grammars(original))
    assert [kind for kind, _ in after] == [kind for kind, _ in before]
    differing = {kind for (kind, old), (_, new) in zip(before, after, strict=True) if old != new}
    assert differing == {Section.IMPORTS, Section.CODE}

    sections = dict(before), dict(after)
    old_imports, new_imports = (list(wasm_module.imports(s[Section.IMPORTS])) for s in sections)
    gone = [o.name for o, n in zip(old_imports, new_imports, strict=True) if o.name != n.name]
    assert {n.name for o, n in zip(old_imports, new_imports, strict=True) if o != n} == {b""}
    assert not any(re.search(rb"[a-z]{3}[.!:] [A-Z]", name) for name in gone)  # no sentences
    assert b"~contains~0~contains~1" in gone  # how the grammars name their parts

    old_bodies, new_bodies = (list(wasm_module.bodies(s[Section.CODE])) for s in sections)
    trapped = [o for o, n in zip(old_bodies, new_bodies, strict=True) if o != n]
    assert all(n == TRAP for o, n in zip(old_bodies, new_bodies, strict=True) if o != n)
    assert 0 < len(trapped) < 20  # of some 37,000
    assert len(original) - sum(map(len, trapped)) - sum(map(len, gone)) < 0.9 * len(original)


def test_the_program_for_other_browsers_differs_in_its_word_lists_alone():
    original = (ENGINE / "main.dart.js").read_bytes()
    left = script_without_word_lists(original)
    assert left.count(b'""') - original.count(b'""') > 100
    assert len(left) < 0.97 * len(original)
    script = b'a("' + LIST.encode() + b"\",'b',\"" + SENTENCE.encode() + b'")'
    assert script_without_word_lists(script) == b'a("",\'b\',"' + SENTENCE.encode() + b'")'


def test_the_program_is_made_once_and_kept(tmp_path):
    source = tmp_path / "main.dart.wasm"
    source.write_bytes(_module([_text(LIST)], [_function(0)]))
    kept = program_without_grammars(source, tmp_path / "build")
    assert isinstance(kept, Path)
    assert list(wasm_module.bodies(dict(wasm_module.sections(kept.read_bytes()))[10])) == [TRAP]
    kept.write_bytes(b"kept")
    again = program_without_grammars(source, tmp_path / "build")
    assert isinstance(again, Path)
    assert again.read_bytes() == b"kept"
    source.write_bytes(_module([_text(LIST)], [_function(0, 0)]))
    assert program_without_grammars(source, tmp_path / "build") != kept


def test_where_nothing_can_be_written_it_is_made_each_time(tmp_path):
    (tmp_path / "build").write_text("a file, not a folder")
    assert made_once(tmp_path / "build" / "a.otf", lambda: b"made") == b"made"


def test_no_screen_shows_source_code():
    code = "\n".join(path.read_text() for path in Path("views").rglob("*.py"))
    assert "ft.Text(" in code
    assert "ft.Markdown" not in code
    assert "CodeEditor" not in code
