"""What a file is, found out from its bytes, and a name that is safe to save it under.

Used by the service of attachments. The sender's own words about a file count for nothing.
"""

import zipfile
from collections.abc import Mapping
from io import BytesIO
from pathlib import PurePosixPath
from typing import Final

from portal.contract.attachments import MediaType

_PDF: Final = b"%PDF-"
_PNG: Final = b"\x89PNG\r\n\x1a\n"
_JPEG: Final = b"\xff\xd8\xff"
_RIFF: Final = b"RIFF"
_WEBP: Final = b"WEBP"
_ZIP: Final = b"PK\x03\x04"

_DOCX_PARTS: Final = frozenset({"[Content_Types].xml", "word/document.xml"})
_MACROS: Final = "vbaProject.bin"
_MOST_PARTS: Final = 2_000

_TEXT_CONTROLS: Final = frozenset("\t\n\r\f")
_FIRST_PRINTABLE: Final = " "
_DELETE: Final = "\x7f"

_ENDINGS: Final[Mapping[MediaType, tuple[str, ...]]] = {
    MediaType.PDF: (".pdf",),
    MediaType.PNG: (".png",),
    MediaType.JPEG: (".jpg", ".jpeg"),
    MediaType.WEBP: (".webp",),
    MediaType.TEXT: (".txt",),
    MediaType.DOCX: (".docx",),
}
_NOT_IN_NAMES: Final = frozenset('<>:"/\\|?*')
_LONGEST_NAME: Final = 120


def sniff(content: bytes) -> MediaType | None:
    """Return what a file is, None where it is nothing that we take."""
    if content.startswith(_PDF):
        return MediaType.PDF
    if content.startswith(_PNG):
        return MediaType.PNG
    if content.startswith(_JPEG):
        return MediaType.JPEG
    if content.startswith(_RIFF) and content[8:12] == _WEBP:
        return MediaType.WEBP
    if content.startswith(_ZIP):
        return MediaType.DOCX if _is_docx(content) else None
    return MediaType.TEXT if _is_text(content) else None


def safe_name(name: str, media_type: MediaType) -> str:
    """Return a name without a path, with an ending that fits the type."""
    kept = "".join(sign for sign in name if sign not in _NOT_IN_NAMES and sign.isprintable())
    kept = kept.strip(". ") or "fil"
    path = PurePosixPath(kept)
    endings = _ENDINGS[media_type]
    ending = path.suffix if path.suffix.lower() in endings else endings[0]
    stem = path.stem if path.suffix.lower() in endings else kept
    return stem[: _LONGEST_NAME - len(ending)] + ending


def _is_docx(content: bytes) -> bool:
    """Look at the list of parts alone: nothing is unpacked."""
    try:
        with zipfile.ZipFile(BytesIO(content)) as packed:
            names = packed.namelist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        return False
    return (
        len(names) <= _MOST_PARTS
        and set(names) >= _DOCX_PARTS
        and not any(name.endswith(_MACROS) for name in names)
    )


def _is_text(content: bytes) -> bool:
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return all(
        (sign >= _FIRST_PRINTABLE and sign != _DELETE) or sign in _TEXT_CONTROLS for sign in text
    )
