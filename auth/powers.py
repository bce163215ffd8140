"""Powers of attorney that a broker passes on: `privilegesIntermediate` of OIOSAML 3.

Base64 of an OIO Basic Privilege Profile: groups of privileges, each with a scope that says for
whom they are. What is parsed here is shown to the person. It opens nothing, unless the host hands
in a rule that says so.
"""

import base64
import binascii
from collections.abc import Callable
from dataclasses import dataclass, field
from xml.parsers.expat import (
    ExpatError,
    ParserCreate,
)

_CPR_SCOPE = "urn:dk:gov:saml:cprNumberIdentifier:"
_CVR_SCOPE = "urn:dk:gov:saml:cvrNumberIdentifier:"
_MAX_LENGTH = 64 * 1024
_MAX_GROUPS = 100
_CPR_DIGITS = 10
_BIRTHDAY_DIGITS = 6


@dataclass(frozen=True, slots=True)
class Power:
    """What somebody may do for somebody else. `scope` is the URN as it was sent.

    It may end in a CPR number, so it lives in memory only and is never written out.
    """

    scope: str = field(repr=False)
    privileges: tuple[str, ...]

    @property
    def holder(self) -> str:
        """For whom it is, fit to be shown and kept: `DDMMYY-••••`, a CVR number, or empty."""
        cpr = self.scope.removeprefix(_CPR_SCOPE)
        if cpr != self.scope and len(cpr) == _CPR_DIGITS and cpr.isdecimal():
            return f"{cpr[:_BIRTHDAY_DIGITS]}-••••"
        cvr = self.scope.removeprefix(_CVR_SCOPE)
        return cvr if cvr != self.scope and cvr.isdecimal() else ""


PowerRule = Callable[[Power], bool]


def nothing_allowed(_power: Power) -> bool:
    """The rule until a host has one of its own: a power of attorney opens nothing."""
    return False


def parse_powers(encoded: str | None) -> tuple[Power, ...]:
    """Read `privilegesIntermediate`; what cannot be read is no power at all."""
    if not encoded or len(encoded) > _MAX_LENGTH:
        return ()
    try:
        document = base64.b64decode(encoded, validate=True)
        return _Reader().read(document)
    except (binascii.Error, ExpatError, ValueError):
        return ()


class _Reader:
    """Collects `PrivilegeGroup` and `Privilege`, whatever the prefix of their namespace."""

    def __init__(self) -> None:
        self._powers: list[Power] = []
        self._scope: str | None = None
        self._privileges: list[str] = []
        self._text: list[str] | None = None
        self._parser = ParserCreate()
        self._parser.StartDoctypeDeclHandler = self._refuse
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.CharacterDataHandler = self._characters

    def read(self, document: bytes) -> tuple[Power, ...]:
        self._parser.Parse(document, True)  # noqa: FBT003 - expat takes no keywords
        return tuple(self._powers)

    @staticmethod
    def _refuse(*_: object) -> None:
        raise ValueError("a document type could define entities")

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        local = name.rpartition(":")[2]
        if local == "PrivilegeGroup":
            self._scope, self._privileges = attributes.get("Scope"), []
        elif local == "Privilege" and self._scope is not None:
            self._text = []

    def _characters(self, text: str) -> None:
        if self._text is not None:
            self._text.append(text)

    def _end(self, name: str) -> None:
        local = name.rpartition(":")[2]
        if local == "Privilege" and self._text is not None:
            self._privileges.append("".join(self._text).strip())
            self._text = None
        elif local == "PrivilegeGroup" and self._scope is not None:
            if self._privileges and len(self._powers) < _MAX_GROUPS:
                self._powers.append(Power(self._scope, tuple(self._privileges)))
            self._scope = None
