"""The access log: who read what about a citizen, when, and on which ground."""

from uuid import UUID

from pydantic import AwareDatetime, Field

from portal.contract.base import Model


class AccessEntry(Model):
    """One reading. ``ground`` is a code of the policy, such as ``contact_person``.

    A consent as the ground is told by its kind, ``collection_consent``, and by ``consent_id``.
    """

    id: int
    at: AwareDatetime
    reader: str
    reader_role: str
    resource_kind: str
    resource_id: UUID
    ground: str
    consent_id: UUID | None = None


class AccessLog(Model):
    """Readings, newest first."""

    entries: tuple[AccessEntry, ...] = ()
    next_cursor: str | None = None


class ReadKind(Model):
    """How many things of one kind were read."""

    resource_kind: str
    count: int


class AccessVisit(Model):
    """What one reader saw on one ground within a quarter of an hour.

    ``newest_entry_id`` names it, where one asks about it or wants each reading.
    """

    newest_entry_id: int
    first_at: AwareDatetime
    last_at: AwareDatetime
    reader: str
    reader_role: str
    ground: str
    consent_id: UUID | None = None
    kinds: tuple[ReadKind, ...] = Field(description="What was read, most of it first")
    count: int = Field(description="How many readings it is", examples=[45])


class AccessVisitList(Model):
    """Visits, newest first."""

    visits: tuple[AccessVisit, ...] = ()
    next_cursor: str | None = None
