"""Links in what people wrote: found, and shown by the host that they really lead to.

Only https, http, tel and mailto. The words themselves stay text; each link becomes a button below.
"""

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Final
from urllib.parse import urlsplit

_MOST: Final = 5
"""Of one message."""

_CANDIDATE: Final = re.compile(r"(?:https?://|www\.|tel:|mailto:)[^\s<>\"“”]+", re.IGNORECASE)
_AFTER_A_LINK: Final = ".,;:!?)]}'’"
_PHONE: Final = re.compile(r"\+?[\d\s().-]{3,20}")
_MAIL: Final = re.compile(r"[^@\s/?#]+@[^@\s/?#]+\.[^@\s/?#]+")


class LinkKind(StrEnum):
    """Where a link leads."""

    PAGE = "page"
    PHONE = "phone"
    MAIL = "mail"


@dataclass(frozen=True)
class SafeLink:
    """A link; ``shown`` is the host, the number or the address that it really leads to."""

    kind: LinkKind
    url: str
    shown: str


def links_in(text: str) -> tuple[SafeLink, ...]:
    """Return the links of a text, each once, at most five."""
    found = (_link(candidate.group()) for candidate in _CANDIDATE.finditer(text))
    return tuple(dict.fromkeys(link for link in found if link))[:_MOST]


def _link(candidate: str) -> SafeLink | None:
    text = candidate.rstrip(_AFTER_A_LINK)
    scheme, _, rest = text.partition(":")
    match scheme.lower():
        case "tel":
            return SafeLink(LinkKind.PHONE, f"tel:{rest}", rest) if _PHONE.fullmatch(rest) else None
        case "mailto":
            address = rest.partition("?")[0]  # no subject or text of the sender's choice
            mail = SafeLink(LinkKind.MAIL, f"mailto:{address}", address)
            return mail if _MAIL.fullmatch(address) else None
        case _:
            return _page(text if text.lower().startswith("http") else f"https://{text}")


def _page(url: str) -> SafeLink | None:
    try:
        host = urlsplit(url).hostname or ""
        # Letters of other alphabets can look like Latin ones: the name is shown as it is looked up.
        shown = host if host.isascii() else host.encode("idna").decode("ascii")
    except ValueError:  # what the standard library cannot take apart; UnicodeError is one
        return None
    return SafeLink(LinkKind.PAGE, url, shown) if "." in shown else None
