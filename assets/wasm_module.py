"""WebAssembly modules as bytes: their sections, imports, globals and functions.

Just enough of the binary format (WebAssembly Core Specification 3.0, chapter 5) to take something
out of a module whose numbering stays. Every function here raises `ValueError` or `IndexError` for
bytes that are no such module. Used by `assets.grammars`.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import IntEnum
from typing import Final

_MAGIC: Final = b"\0asm\x01\0\0\0"
_END: Final = 0x0B
_GLOBAL_GET: Final = 0x23
_GLOBAL_SET: Final = 0x24
_MORE: Final = 0x80
"""The bit of a LEB128 number that tells of another byte (5.2.2)."""

TRAP: Final = b"\0\0\x0b"
"""A function's body without locals that ends the program: `unreachable`, `end`."""


class Section(IntEnum):
    """Kinds of sections that are read here (5.5.2)."""

    IMPORTS = 2
    GLOBALS = 6
    CODE = 10


class External(IntEnum):
    """What can be imported (5.5.5)."""

    FUNCTION = 0
    TABLE = 1
    MEMORY = 2
    GLOBAL = 3
    TAG = 4


@dataclass(frozen=True)
class Import:
    """One import: where it comes from, what it is, and the bytes of its type."""

    module: bytes
    name: bytes
    kind: External
    type: bytes

    def encoded(self) -> bytes:
        """Return the bytes of the import."""
        names = (encoded(len(name)) + name for name in (self.module, self.name))
        return b"".join((*names, bytes([self.kind]), self.type))


def sections(module: bytes) -> list[tuple[int, bytes]]:
    """Return kind and content of each section, in order."""
    if not module.startswith(_MAGIC):
        raise ValueError("not a WebAssembly module")
    found = []
    at = len(_MAGIC)
    while at < len(module):
        kind = module[at]
        size, at = _number(module, at + 1)
        found.append((kind, module[at : at + size]))
        at += size
    return found


def module_of(parts: list[tuple[int, bytes]]) -> bytes:
    """Return the module with these sections."""
    made = [_MAGIC]
    for kind, content in parts:
        made += [bytes([kind]), encoded(len(content)), content]
    return b"".join(made)


def imports(section: bytes) -> Iterator[Import]:
    """Read the section of imports."""
    count, at = _number(section, 0)
    for _ in range(count):
        size, at = _number(section, at)
        module, at = section[at : at + size], at + size
        size, at = _number(section, at)
        name, at = section[at : at + size], at + size
        kind = External(section[at])
        end = _end_of_external_type(section, kind, at + 1)
        yield Import(module, name, kind, section[at + 1 : end])
        at = end


def initial_references(section: bytes) -> Iterator[set[int]]:
    """Read the section of globals: to which globals the first value of each refers."""
    count, at = _number(section, 0)
    for _ in range(count):
        at = _end_of_value_type(section, at) + 1
        referred: set[int] = set()
        while section[at] != _END:
            at = _end_of_instruction(section, at, referred)
        yield referred
        at += 1


def bodies(section: bytes) -> Iterator[bytes]:
    """Read the section of code: the body of each function."""
    count, at = _number(section, 0)
    for _ in range(count):
        size, at = _number(section, at)
        yield section[at : at + size]
        at += size


def references(body: bytes) -> set[int]:
    """Return the globals that a function's body refers to."""
    count, at = _number(body, 0)
    for _ in range(count):
        at = _end_of_value_type(body, _end_of_number(body, at))
    referred: set[int] = set()
    while at < len(body):
        at = _end_of_instruction(body, at, referred)
    return referred


def vector(parts: list[bytes]) -> bytes:
    """Return a section's content: how many parts there are, and they."""
    return encoded(len(parts)) + b"".join(parts)


def with_size(content: bytes) -> bytes:
    """Return `content` after its size."""
    return encoded(len(content)) + content


def encoded(number: int) -> bytes:
    """Return an unsigned LEB128 number (5.2.2)."""
    made = bytearray()
    while number >= _MORE:
        made.append(number & 0x7F | _MORE)
        number >>= 7
    made.append(number)
    return bytes(made)


def _number(source: bytes, at: int) -> tuple[int, int]:
    """Read an unsigned LEB128 number; returns it and where it ends."""
    value = shift = 0
    while True:
        byte = source[at]
        at += 1
        value |= (byte & 0x7F) << shift
        shift += 7
        if byte < _MORE:
            return value, at


def _end_of_number(source: bytes, at: int) -> int:
    while source[at] >= _MORE:
        at += 1
    return at + 1


def _end_of_external_type(source: bytes, kind: External, at: int) -> int:
    match kind:
        case External.FUNCTION:
            return _end_of_number(source, at)
        case External.TABLE:
            return _end_of_limits(source, _end_of_value_type(source, at))
        case External.MEMORY:
            return _end_of_limits(source, at)
        case External.GLOBAL:
            return _end_of_value_type(source, at) + 1
        case External.TAG:
            return _end_of_number(source, at + 1)


def _end_of_value_type(source: bytes, at: int) -> int:
    """Step over a value type or a block's: `(ref ht)` and `(ref null ht)` name a heap type."""
    return _end_of_number(source, at + 1 if source[at] in {0x63, 0x64} else at)


def _end_of_limits(source: bytes, at: int) -> int:
    has_most = source[at] & 1
    at = _end_of_number(source, at + 1)
    return _end_of_number(source, at) if has_most else at


def _numbers_after() -> dict[int, int]:
    """How many LEB128 numbers follow each instruction of one byte (5.4).

    With those of the exceptions of before version 3.0, which dart2wasm still writes.
    """
    none = [0x00, 0x01, 0x05, 0x0A, _END, 0x0F, 0x1A, 0x1B, 0xD1, 0xD3, 0xD4, *range(0x45, 0xC5)]
    one = [0x08, 0x0C, 0x0D, 0x10, 0x12, 0x14, 0x15, *range(0x20, 0x27), 0x3F, 0x40, 0x41, 0x42]
    one += [0xD0, 0xD2, 0xD5, 0xD6]
    none += [0x19]  # catch_all
    one += [0x07, 0x09, 0x18]  # catch, rethrow, delegate
    two = [0x11, 0x13, *range(0x28, 0x3F)]
    return dict.fromkeys(none, 0) | dict.fromkeys(one, 1) | dict.fromkeys(two, 2)


def _numbers_after_prefix() -> dict[tuple[int, int], int]:
    """How many follow each that begins with 0xFB (structures) or 0xFC (saturation, bulk)."""
    structures = {
        0: [15, *range(26, 31)],
        1: [0, 1, 6, 7, 11, 12, 13, 14, 16, *range(20, 24)],
        2: [2, 3, 4, 5, 8, 9, 10, 17, 18, 19],
    }
    bulk = {0: [*range(8)], 1: [9, 11, 13, 15, 16, 17], 2: [8, 10, 12, 14]}
    return {
        (prefix, code): count
        for prefix, counts in ((0xFB, structures), (0xFC, bulk))
        for count, codes in counts.items()
        for code in codes
    }


_NUMBERS_AFTER: Final = _numbers_after()
_NUMBERS_AFTER_PREFIX: Final = _numbers_after_prefix()
_BLOCKS: Final = frozenset({0x02, 0x03, 0x04, 0x06})  # the last one is `try`
_TABLE_OF_BRANCHES: Final = 0x0E
_SELECT_TYPED: Final = 0x1C
_TRY_TABLE: Final = 0x1F
_FLOATS: Final = {0x43: 4, 0x44: 8}
_PREFIXES: Final = frozenset({0xFB, 0xFC})
_BRANCH_ON_CAST: Final = frozenset({(0xFB, 24), (0xFB, 25)})
_CATCH_WITH_TAG: Final = frozenset({0, 1})


def _end_of_instruction(code: bytes, at: int, referred: set[int]) -> int:
    """Step over one instruction; adds the global that it reads or writes."""
    kind = code[at]
    at += 1
    if kind in {_GLOBAL_GET, _GLOBAL_SET}:
        index, at = _number(code, at)
        referred.add(index)
        return at
    count = _NUMBERS_AFTER.get(kind)
    if count is None:
        return _end_of_long_instruction(code, kind, at)
    for _ in range(count):
        at = _end_of_number(code, at)
    return at


def _end_of_long_instruction(code: bytes, kind: int, at: int) -> int:
    if kind in _BLOCKS:
        return _end_of_value_type(code, at)
    if kind in _FLOATS:
        return at + _FLOATS[kind]
    if kind in _PREFIXES:
        return _end_of_prefixed(code, kind, at)
    if kind == _TABLE_OF_BRANCHES:
        count, at = _number(code, at)
        for _ in range(count + 1):
            at = _end_of_number(code, at)
        return at
    if kind == _SELECT_TYPED:
        count, at = _number(code, at)
        for _ in range(count):
            at = _end_of_value_type(code, at)
        return at
    if kind == _TRY_TABLE:
        return _end_of_catches(code, _end_of_value_type(code, at))
    raise ValueError(f"an unknown instruction, 0x{kind:02x}")


def _end_of_prefixed(code: bytes, prefix: int, at: int) -> int:
    kind, at = _number(code, at)
    if (prefix, kind) in _BRANCH_ON_CAST:
        at += 1  # which of the two types may be null
        count: int | None = 3
    else:
        count = _NUMBERS_AFTER_PREFIX.get((prefix, kind))
    if count is None:
        raise ValueError(f"an unknown instruction, 0x{prefix:02x} {kind}")
    for _ in range(count):
        at = _end_of_number(code, at)
    return at


def _end_of_catches(code: bytes, at: int) -> int:
    count, at = _number(code, at)
    for _ in range(count):
        has_tag = code[at] in _CATCH_WITH_TAG
        at = _end_of_number(code, at + 1)
        at = _end_of_number(code, at) if has_tag else at
    return at
