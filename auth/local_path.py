"""Where a login may lead: only into the portal itself."""

from urllib.parse import urlsplit

_MAX_LENGTH = 1024


def local_path(wanted: str | None) -> str:
    """`wanted` when it is a path inside the portal, else "/" (no open redirect, RFC 9700 4.11).

    Refused are other origins, `//host`, backslashes and control characters (which browsers
    treat as slashes or drop), and the login routes themselves, which would go round in a loop.
    """
    if not wanted or len(wanted) > _MAX_LENGTH:
        return "/"
    if not wanted.startswith("/") or wanted.startswith("//") or "\\" in wanted:
        return "/"
    if any(character <= " " or character == "\x7f" for character in wanted):
        return "/"
    try:
        parts = urlsplit(wanted)
    except ValueError:
        return "/"
    if parts.scheme or parts.netloc or parts.path == "/auth" or parts.path.startswith("/auth/"):
        return "/"
    return wanted
