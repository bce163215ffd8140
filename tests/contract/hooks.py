"""For schemathesis: what the document cannot say about a request that is to succeed.

Each call is an act of its own, under a key of its own: left alone, the same shortest key is sent
again and again with other bodies, and refused. Along links, what a body names is there: ids of
other things are left out, and days are soon.
"""

import re
from datetime import UTC, datetime, timedelta
from typing import Any, Final
from uuid import uuid4

import requests
import schemathesis
from schemathesis.generation.meta import TestPhase

_KEY: Final = "Idempotency-Key"
_USABLE: Final = re.compile(r"[\x21-\x7e]{8,100}")
_OF_OTHERS: Final = re.compile(
    r"(plan|household|goal|intervention|assignee|appointment|follow_up)_id$|attachment_ids$"
)
_NO_TEXT: Final = re.compile(r"[^\x20-\x7e]|^\s+|\s+$")
_DAYS_AHEAD: Final = {"due": 7, "day": 7, "next_day": 30, "valid_until": 30, "held_on": 0}


@schemathesis.hook
def before_call(
    context: schemathesis.HookContext, case: schemathesis.Case, kwargs: dict[str, Any]
) -> None:
    """Have the key changed where the request is made: what was generated stays what it is."""
    kwargs["auth"] = with_fresh_key
    along_links = case.meta is not None and case.meta.phase.name is TestPhase.STATEFUL
    if along_links and isinstance(case.body, dict):
        case.body = of_what_is_there(case.body)


def with_fresh_key(request: requests.PreparedRequest) -> requests.PreparedRequest:
    """Give a request that has a usable key another one; what is wrong stays wrong."""
    key = request.headers.get(_KEY, b"")
    if _USABLE.fullmatch(key if isinstance(key, str) else key.decode("latin-1")):
        request.headers[_KEY] = uuid4().hex
    return request


def of_what_is_there(body: dict[str, Any]) -> dict[str, Any]:
    """Return a body that names nothing but its own matter, and days that are soon."""
    today = datetime.now(UTC).date()
    soon = {name: str(today + timedelta(days=days)) for name, days in _DAYS_AHEAD.items()}
    return {
        name: _NO_TEXT.sub("x", soon.get(name, value)) if isinstance(value, str) else value
        for name, value in body.items()
        if not _OF_OTHERS.search(name)
    }
