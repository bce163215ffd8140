"""What citizens ask by right, and the answers, in the database."""

from itertools import starmap
from typing import Final
from uuid import UUID

from psycopg.sql import SQL, Composed, Identifier
from pydantic import Field

from planapi.database import Statement, Transaction
from planapi.store.names import person
from planapi.store.reading import Reading
from portal.contract.base import Model
from portal.contract.goals import GoalOwner
from portal.contract.people import Administration
from portal.contract.rights import (
    AnswerRightsRequest,
    AskAboutItem,
    Correctable,
    NewRightsRequest,
    RightsRequest,
)


class AskedAbout(Model):
    """What the policy asks about something in the plan that may be wrong."""

    administration: Administration | None = None
    owner: GoalOwner | None = None
    state: str | None = None


class RightsRequestRow(RightsRequest):
    """A request, which may be about something that the reader must not know of."""

    item: AskedAbout | None = Field(default=None, exclude=True)


class RightsRequestRows(Model):
    """Requests, before the policy."""

    requests: tuple[RightsRequestRow, ...] = ()


def reading_of_requests(citizen_id: UUID) -> Reading[RightsRequestRows]:
    """Read a citizen's requests, newest first."""
    return Reading(Statement(_LIST, {"citizen": citizen_id}), RightsRequestRows)


def reading_of_requests_at_work(citizen_ids: list[UUID]) -> Reading[RightsRequestRows]:
    """Read the unanswered requests of some citizens, oldest first."""
    return Reading(Statement(_AT_WORK, {"citizens": citizen_ids}), RightsRequestRows)


def reading_of_request(request_id: UUID) -> Reading[RightsRequestRow]:
    """Read one request."""
    return Reading(Statement(_FIND, {"id": request_id}), RightsRequestRow)


async def insert_request(tx: Transaction, citizen_id: UUID, command: NewRightsRequest) -> UUID:
    """Write a request; return its id."""
    about = command.about
    (row,) = await tx.rows(
        "INSERT INTO rights_request"
        " (citizen_id, kind, resource_kind, resource_id, access_entry_id, text)"
        " VALUES (%(citizen)s, %(kind)s, %(resource_kind)s, %(resource_id)s, %(entry)s, %(text)s)"
        " RETURNING id",
        citizen=citizen_id,
        kind=about.kind,
        resource_kind=about.resource_kind if isinstance(about, AskAboutItem) else None,
        resource_id=about.resource_id if isinstance(about, AskAboutItem) else None,
        entry=None if isinstance(about, AskAboutItem) else about.access_entry_id,
        text=command.text,
    )
    request_id: UUID = row["id"]
    return request_id


async def owns_entry(tx: Transaction, citizen_id: UUID, entry_id: int) -> bool:
    """Tell whether an entry of the access log is about a citizen."""
    row = await tx.row(
        "SELECT 1 FROM access_entry WHERE id = %(id)s AND citizen_id = %(citizen)s",
        id=entry_id,
        citizen=citizen_id,
    )
    return row is not None


async def answer_request(
    tx: Transaction, request_id: UUID, command: AnswerRightsRequest, by: UUID, version: int
) -> bool:
    """Answer a request; False where `version` is not the newest."""
    return bool(
        await tx.execute(
            "UPDATE rights_request SET state = 'answered', outcome = %(outcome)s,"
            " answer = %(answer)s, answered_by = %(by)s, answered_at = now(),"
            " version = version + 1"
            " WHERE id = %(id)s AND version = %(version)s AND state = 'received'",
            id=request_id,
            outcome=command.outcome,
            answer=command.answer,
            by=by,
            version=version,
        )
    )


_POLICY_ASKS: Final[dict[Correctable, tuple[str, ...]]] = {
    "goal": ("administration", "owner", "state"),
    "minutes": ("administration", "state"),
    "intervention": ("administration",),
    "appointment": ("administration",),
    "decision": ("administration",),
    "promise": ("administration",),
    "professional_view": ("administration",),
}
"""The columns of `AskedAbout` that each kind's table, of the same name, has."""


def _asked_about(kind: str, columns: tuple[str, ...]) -> Composed:
    fields = SQL(", ").join(SQL("{}, {}").format(one, Identifier(one)) for one in columns)
    return SQL(
        "WHEN {} THEN (SELECT json_build_object({}) FROM {} WHERE id = rr.resource_id)"
    ).format(kind, fields, Identifier(kind))


_FIELDS: Final = SQL("""
    'id', rr.id, 'version', rr.version, 'citizen', {citizen}, 'text', rr.text,
    'state', rr.state, 'outcome', rr.outcome, 'answer', rr.answer, 'answered_by', {answerer},
    'answered_at', rr.answered_at,
    'created_on', (rr.created_at AT TIME ZONE 'Europe/Copenhagen')::date,
    'about', CASE rr.kind
        WHEN 'correction' THEN json_build_object('kind', rr.kind,
            'resource_kind', rr.resource_kind, 'resource_id', rr.resource_id)
        ELSE json_build_object('kind', rr.kind, 'access_entry_id', rr.access_entry_id) END,
    'item', CASE rr.resource_kind {items} END
""").format(
    citizen=person("rr.citizen_id"),
    answerer=person("rr.answered_by", at_work=SQL("true")),
    items=SQL(" ").join(starmap(_asked_about, _POLICY_ASKS.items())),
)

_LIST: Final = (
    SQL("""
    SELECT json_build_object('requests', coalesce(json_agg(json_build_object({fields})
        ORDER BY rr.created_at DESC, rr.id), '[]'))::text AS json
    FROM rights_request rr WHERE rr.citizen_id = %(citizen)s
    """)
    .format(fields=_FIELDS)
    .as_string()
)

_AT_WORK: Final = (
    SQL("""
    SELECT json_build_object('requests', coalesce(json_agg(json_build_object({fields})
        ORDER BY rr.created_at, rr.id), '[]'))::text AS json
    FROM rights_request rr
    WHERE rr.citizen_id = ANY(%(citizens)s::uuid[]) AND rr.state = 'received'
    """)
    .format(fields=_FIELDS)
    .as_string()
)

_FIND: Final = (
    SQL("SELECT json_build_object({fields})::text AS json FROM rights_request rr WHERE id=%(id)s")
    .format(fields=_FIELDS)
    .as_string()
)
