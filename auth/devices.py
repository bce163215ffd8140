"""A login's device in two words, such as "Android, Chrome": enough to recognise one's own.

The User-Agent itself is not kept: it identifies more than a person needs to see.
"""

_SYSTEMS = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("Macintosh", "Mac"),
    ("CrOS", "Chromebook"),
    ("Linux", "Linux"),
)
# In this order: each of the first ones also names those after it.
_BROWSERS = (
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser", "Samsung Internet"),
    ("Firefox", "Firefox"),
    ("FxiOS", "Firefox"),
    ("CriOS", "Chrome"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)


def device_of(user_agent: str | None) -> str:
    """The system and the browser, as far as they can be told; else empty."""
    agent = user_agent or ""
    known = (_first(agent, _SYSTEMS), _first(agent, _BROWSERS))
    return ", ".join(name for name in known if name)


def _first(agent: str, names: tuple[tuple[str, str], ...]) -> str:
    return next((name for mark, name in names if mark in agent), "")
