"""Invitations to a household, and who belongs to it, in the database."""

from datetime import date
from typing import Final
from uuid import UUID

from psycopg.sql import SQL, Identifier

from planapi.database import Statement, Transaction
from planapi.store.names import name_of
from planapi.store.reading import Reading
from portal.contract.base import Model
from portal.contract.households import Invitation, InviteMember, Relation


class InvitationRows(Model):
    """Open invitations to one person and of their households."""

    to_me: tuple[Invitation, ...] = ()
    of_households: tuple[Invitation, ...] = ()


def reading_of_invitations(person_id: UUID) -> Reading[InvitationRows]:
    """Read the open invitations that concern a person."""
    return Reading(Statement(_LIST, {"person": person_id}), InvitationRows)


def reading_of_invitation(invitation_id: UUID) -> Reading[Invitation]:
    """Read one invitation."""
    return Reading(Statement(_FIND, {"id": invitation_id}), Invitation)


async def insert_household(tx: Transaction, name: str) -> UUID:
    """Write a household without members; return its id."""
    (row,) = await tx.rows("INSERT INTO household (name) VALUES (%(name)s) RETURNING id", name=name)
    household_id: UUID = row["id"]
    return household_id


async def insert_member(
    tx: Transaction, household_id: UUID, person_id: UUID, relation: Relation, today: date
) -> bool:
    """Let somebody belong to a household from today on; False where they do already."""
    return bool(
        await tx.execute(
            "INSERT INTO household_member (household_id, person_id, relation, joined_on)"
            " VALUES (%(household)s, %(person)s, %(relation)s, %(today)s)"
            " ON CONFLICT (household_id, person_id) WHERE left_on IS NULL DO NOTHING",
            household=household_id,
            person=person_id,
            relation=relation,
            today=today,
        )
    )


async def end_membership(tx: Transaction, household_id: UUID, person_id: UUID, today: date) -> bool:
    """Let somebody leave. What they did stays; what they were to do is open again.

    Their own goals are no longer shown to those who stay, and theirs no longer to them.
    """
    left = await tx.execute(
        "UPDATE household_member SET left_on = greatest(%(today)s, joined_on)"
        " WHERE household_id = %(household)s AND person_id = %(person)s AND left_on IS NULL",
        household=household_id,
        person=person_id,
        today=today,
    )
    tx.later(
        "UPDATE step SET assignee_id = NULL, version = version + 1"
        " WHERE assignee_id = %(person)s AND done_at IS NULL"
        " AND goal_id IN (SELECT id FROM goal WHERE household_id = %(household)s)",
        household=household_id,
        person=person_id,
    )
    for giver, taker in (("shared_by", "person_id"), ("person_id", "shared_by")):
        tx.later(
            SQL("""
                UPDATE goal_share SET ended_at = now()
                WHERE ended_at IS NULL AND {giver} = %(person)s AND {taker} IN (
                    SELECT person_id FROM household_member
                    WHERE household_id = %(household)s AND left_on IS NULL)
            """).format(giver=Identifier(giver), taker=Identifier(taker)),
            household=household_id,
            person=person_id,
        )
    return bool(left)


async def insert_invitation(
    tx: Transaction, household_id: UUID, command: InviteMember, cpr_hash: bytes, by: UUID
) -> UUID | None:
    """Invite somebody; None where they are invited already. Returns the invitation's id."""
    row = await tx.row(
        "INSERT INTO household_invitation (household_id, name, cpr_hash, relation, invited_by)"
        " VALUES (%(household)s, %(name)s, %(cpr_hash)s, %(relation)s, %(by)s)"
        " ON CONFLICT (household_id, cpr_hash) WHERE state = 'open' DO NOTHING RETURNING id",
        household=household_id,
        name=command.name,
        cpr_hash=cpr_hash,
        relation=command.relation,
        by=by,
    )
    return None if row is None else row["id"]


async def close_invitation(tx: Transaction, invitation_id: UUID, state: str) -> bool:
    """Answer or withdraw an invitation; False where it is open no more."""
    return bool(
        await tx.execute(
            "UPDATE household_invitation"
            " SET state = %(state)s, answered_at = now(), version = version + 1"
            " WHERE id = %(id)s AND state = 'open'",
            id=invitation_id,
            state=state,
        )
    )


async def find_invited_person(tx: Transaction, invitation_id: UUID) -> UUID | None:
    """Return who is invited, None where they are not known here."""
    row = await tx.row(
        "SELECT person.id FROM household_invitation JOIN person USING (municipality_id, cpr_hash)"
        " WHERE household_invitation.id = %(id)s",
        id=invitation_id,
    )
    return None if row is None else row["id"]


_FIELDS: Final = SQL("""
    'id', iv.id, 'version', iv.version, 'household_id', iv.household_id,
    'household', (SELECT name FROM household WHERE id = iv.household_id), 'name', iv.name,
    'relation', iv.relation, 'state', iv.state, 'invited_by', (
        SELECT {name} FROM person inviting WHERE inviting.id = iv.invited_by
    ),
    'invited_on', (iv.invited_at AT TIME ZONE 'Europe/Copenhagen')::date
""").format(name=name_of("inviting"))

_LIST: Final = (
    SQL("""
    SELECT json_build_object(
        'to_me', (SELECT coalesce(json_agg(json_build_object({fields})
                                           ORDER BY iv.invited_at, iv.id), '[]')
                  FROM household_invitation iv WHERE iv.state = 'open' AND iv.cpr_hash = (
                      SELECT cpr_hash FROM person WHERE id = %(person)s)),
        'of_households', (SELECT coalesce(json_agg(json_build_object({fields})
                                                   ORDER BY iv.invited_at, iv.id), '[]')
                          FROM household_invitation iv
                          WHERE iv.state = 'open' AND iv.household_id IN (
                              SELECT household_id FROM household_member
                              WHERE person_id = %(person)s AND left_on IS NULL))
    )::text AS json
    """)
    .format(fields=_FIELDS)
    .as_string()
)

_FIND: Final = (
    SQL(
        "SELECT json_build_object({fields})::text AS json"
        " FROM household_invitation iv WHERE iv.id = %(id)s"
    )
    .format(fields=_FIELDS)
    .as_string()
)
