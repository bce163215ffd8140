"""Answers a request for a file: conditional and partial requests (RFC 9110 sections 13 and 14)."""

import hashlib
import re
from http import HTTPStatus
from typing import Final

from starlette.requests import Request
from starlette.responses import Response

from portal.web.compression import Encoding

# No file has a position of more digits than these.
_RANGE: Final = re.compile(r"bytes=(\d{0,18})-(\d{0,18})")


def etag_of(content: bytes) -> str:
    """Return a strong entity tag."""
    return f'"{hashlib.sha256(content).hexdigest()[:24]}"'


def accepted_encodings(request: Request) -> list[Encoding]:
    """Return what is accepted, the best first; an explicit `q=0` refuses (section 12.5.3)."""
    accepted = set()
    for part in request.headers.get("accept-encoding", "").lower().split(","):
        name, _, weight = part.partition(";")
        if not re.fullmatch(r"\s*q=0(\.0*)?\s*", weight):
            accepted.add(name.strip())
    return [encoding for encoding in Encoding if encoding.value in accepted]


def respond(request: Request, content: bytes, media_type: str, headers: dict[str, str]) -> Response:
    """Return the file, or that the browser has it already, or the part that was asked for."""
    tag = etag_of(content)
    headers = {**headers, "ETag": tag, "Accept-Ranges": "bytes"}
    if _matches(request.headers.get("if-none-match"), tag):
        return Response(status_code=HTTPStatus.NOT_MODIFIED, headers=headers)
    # Only GET asks for a part (section 14.2).
    asked = request.headers.get("range") if request.method == "GET" else None
    if asked is None or request.headers.get("if-range", tag) != tag:
        return Response(content, media_type=media_type, headers=headers)
    found = _RANGE.fullmatch(asked.strip())
    if found is None or found[1] == found[2] == "":
        # Several ranges, or another unit: the whole file is an answer too (section 14.2).
        return Response(content, media_type=media_type, headers=headers)
    size = len(content)
    if found[1]:
        first, last = int(found[1]), min(int(found[2] or size), size - 1)
    else:
        first, last = max(size - int(found[2]), 0), size - 1
    if first > last:
        return Response(
            status_code=HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE,
            headers={**headers, "Content-Range": f"bytes */{size}"},
        )
    return Response(
        content[first : last + 1],
        status_code=HTTPStatus.PARTIAL_CONTENT,
        media_type=media_type,
        headers={**headers, "Content-Range": f"bytes {first}-{last}/{size}"},
    )


def _matches(if_none_match: str | None, tag: str) -> bool:
    if if_none_match is None:
        return False
    tags = [one.strip().removeprefix("W/") for one in if_none_match.split(",")]
    return tag in tags or "*" in tags
