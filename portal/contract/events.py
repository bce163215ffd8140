"""The event stream: that something changed, never what it says."""

from typing import Literal
from uuid import UUID

from portal.contract.base import Model

EventKind = Literal[
    "plan",
    "goal",
    "thread",
    "consent",
    "request",
    "person",
    "household",
    "assessment",
    "follow_up",
    "minutes",
    "fact",
    "helper",
    "absence",
]


class Event(Model):
    """Something of a topic changed: whoever shows it reads it again, with their own rights.

    Topics are ``plan:<uuid>``, ``household:<uuid>``, ``person:<uuid>`` and, for what concerns
    everybody who works there, ``municipality:<uuid>``.
    """

    id: int
    topic: str
    kind: EventKind
    resource_id: UUID
