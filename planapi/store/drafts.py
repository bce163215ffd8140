"""Drafts: one row for each form that a person has begun."""

from collections.abc import Iterable, Mapping
from typing import Final, LiteralString
from uuid import UUID

from psycopg.types.json import Jsonb

from planapi.database import Transaction
from portal.contract.messages import Draft


async def read_draft(tx: Transaction, person_id: UUID, name: str) -> Draft | None:
    """Return a draft, None where there is none."""
    row = await tx.row(
        "SELECT version, fields, saved_at FROM draft"
        " WHERE person_id = %(person_id)s AND name = %(name)s",
        person_id=person_id,
        name=name,
    )
    return None if row is None else Draft.model_validate(row)


async def save_draft(
    tx: Transaction, person_id: UUID, name: str, fields: dict[str, str], version: int
) -> Draft | None:
    """Begin a draft (version 0) or write on one; None where `version` is not the newest."""
    query: LiteralString = _BEGIN if version == 0 else _WRITE_ON
    row = await tx.row(query, person_id=person_id, name=name, fields=Jsonb(fields), version=version)
    return None if row is None else Draft.model_validate(row)


_BEGIN: Final = """
    INSERT INTO draft (person_id, name, fields) VALUES (%(person_id)s, %(name)s, %(fields)s)
    ON CONFLICT DO NOTHING
    RETURNING version, fields, saved_at
"""

_WRITE_ON: Final = """
    UPDATE draft SET fields = %(fields)s, saved_at = now(), version = version + 1
    WHERE person_id = %(person_id)s AND name = %(name)s AND version = %(version)s
    RETURNING version, fields, saved_at
"""


def forget(tx: Transaction, person_id: UUID, name: str) -> None:
    """Forget a draft with the commit, if there is one, whatever it holds."""
    tx.later(
        "DELETE FROM draft WHERE person_id = %(person_id)s AND name = %(name)s",
        person_id=person_id,
        name=name,
    )


def forget_sent(
    tx: Transaction,
    person_id: UUID,
    name: str,
    words: Mapping[str, str | None],
    files: Iterable[UUID] = (),
) -> None:
    """Forget with the commit a draft of what was just sent, also an earlier state of it.

    One that holds other `words` than those sent, in the form's fields of these names, or other
    `files`, was typed elsewhere and stays. What was chosen among given answers makes no difference.
    """
    tx.later(
        _FORGET_SENT,
        person_id=person_id,
        name=name,
        words=Jsonb({field: sent or "" for field, sent in words.items()}),
        files=list(map(str, files)),
        blank=_BLANK,
    )


_BLANK: Final = "".join(filter(str.isspace, map(chr, range(0x3001))))
"""What a command leaves out at both ends of a text; a draft keeps it."""

# Where another tab saves at this very moment, PostgreSQL asks the conditions anew of what it saved,
# but not those that it makes a join of, such as NOT EXISTS. A field may hold anything: nothing is
# cast, since that could fail.
_FORGET_SENT: Final = r"""
    DELETE FROM draft WHERE person_id = %(person_id)s AND name = %(name)s
        AND (
            SELECT bool_and(starts_with(
                sent.words, btrim(coalesce(draft.fields ->> sent.field, ''), %(blank)s)
            ))
            FROM jsonb_each_text(%(words)s) AS sent (field, words)
        )
        AND ARRAY(
            SELECT file[1]
            FROM regexp_matches(draft.fields ->> 'attachments', '\["([0-9a-f-]{36})"', 'g') AS file
        ) <@ %(files)s::text[]
"""


async def forget_version(tx: Transaction, person_id: UUID, name: str, version: int) -> bool:
    """Forget a draft; False where there is none of this version."""
    gone = await tx.execute(
        "DELETE FROM draft"
        " WHERE person_id = %(person_id)s AND name = %(name)s AND version = %(version)s",
        person_id=person_id,
        name=name,
        version=version,
    )
    return gone == 1


async def forget_old(tx: Transaction) -> None:
    """Forget everybody's drafts that were last saved over 30 days ago."""
    await tx.execute("SELECT forget_old_drafts()")
