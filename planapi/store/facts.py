"""What the policy must know about an actor today, in one query."""

from collections.abc import Mapping
from datetime import datetime
from typing import Final, LiteralString

from pydantic import TypeAdapter

from planapi.calendar import danish_date
from planapi.database import Row, Statement
from planapi.policy.actors import Actor
from planapi.policy.facts import Facts
from portal.contract.people import Role

# One statement for each role, since relations of one role do not count in the other.

# Of a citizen: whom they are near to, and what is kept from everybody near, with what hangs on it.
_OF_CITIZEN: Final = """
WITH me AS (
    SELECT birth_date, cpr_hash FROM person WHERE id = %(actor_id)s
), children AS (
    SELECT child_id, (SELECT birth_date FROM person WHERE id = child_id) AS birth_date
    FROM custody
    WHERE holder_id = %(actor_id)s
      AND starts_on <= %(today)s AND (ends_on IS NULL OR ends_on >= %(today)s)
), helping AS (
    SELECT * FROM helper
    WHERE cpr_hash = (SELECT cpr_hash FROM me) AND ended_at IS NULL AND citizen_id <> %(actor_id)s
      AND valid_from <= %(today)s AND valid_until >= %(today)s
), shared AS (
    SELECT goal_id, (
        SELECT citizen_id FROM plan WHERE id = (SELECT plan_id FROM goal WHERE id = goal_id)
    ) AS citizen_id
    FROM goal_share WHERE person_id = %(actor_id)s AND ended_at IS NULL
), given AS (
    SELECT * FROM consent WHERE recipient_person = %(actor_id)s
), living_together AS (
    SELECT household_id, person_id FROM household_member
    WHERE left_on IS NULL AND household_id = ANY (array(
        SELECT household_id FROM household_member
        WHERE person_id = %(actor_id)s AND left_on IS NULL))
), kept AS (
    SELECT array(
        SELECT resource_id FROM safety_hiding
        WHERE lifted_at IS NULL AND citizen_id = ANY (array(
            SELECT child_id FROM children
            UNION ALL SELECT citizen_id FROM helping
            UNION ALL SELECT citizen_id FROM shared
            UNION ALL SELECT citizen_id FROM given
            UNION ALL SELECT person_id FROM living_together))
    ) AS ids
)
SELECT json_build_object(
    'born', me.birth_date,
    'households', (
        SELECT coalesce(json_object_agg(household_id, members), '{{}}')
        FROM (SELECT household_id, json_agg(person_id) AS members
              FROM living_together GROUP BY household_id) home
    ),
    'custody_of', (
        SELECT coalesce(json_object_agg(child_id, birth_date), '{{}}')
        FROM children WHERE birth_date IS NOT NULL
    ),
    'helps', (
        SELECT coalesce(json_agg(json_build_object(
            'id', id, 'citizen_id', citizen_id, 'kind', kind, 'categories', categories,
            'valid_from', valid_from, 'valid_until', valid_until)), '[]')
        FROM helping
    ),
    'shared_goals', array(SELECT goal_id FROM shared WHERE citizen_id IS NOT NULL),
    'invitations', array(
        SELECT id FROM household_invitation WHERE cpr_hash = me.cpr_hash AND state = 'open'),
    'hidden', array(
        SELECT unnest(ids) FROM kept
        UNION ALL SELECT id FROM thread WHERE goal_id = ANY ((SELECT ids FROM kept)::uuid[])
        UNION ALL SELECT id FROM follow_up WHERE goal_id = ANY ((SELECT ids FROM kept)::uuid[])
        UNION ALL SELECT id FROM follow_up
        WHERE intervention_id = ANY ((SELECT ids FROM kept)::uuid[])),
    'consents', (SELECT {consents} FROM given c WHERE {works})
)::text AS json
FROM (SELECT) one LEFT JOIN me ON true
"""

# Of a professional: consents are those that let their administration see, of those they work with.
_OF_PROFESSIONAL: Final = """
WITH assigned AS (
    SELECT citizen_id, professional_id
    FROM contact_assignment
    WHERE starts_on <= %(today)s AND (ends_on IS NULL OR ends_on >= %(today)s)
      AND professional_id IN (
          SELECT %(actor_id)s::uuid
          UNION ALL
          SELECT professional_id FROM absence
          WHERE deputy_id = %(actor_id)s AND starts_on <= %(today)s AND ends_on >= %(today)s)
), working AS (
    SELECT citizen_id FROM case_worker
    WHERE professional_id = %(actor_id)s
      AND starts_on <= %(today)s AND (ends_on IS NULL OR ends_on >= %(today)s)
), me AS (
    SELECT administration, is_leader FROM professional WHERE person_id = %(actor_id)s
)
SELECT json_build_object(
    'contact_person_of',
        array(SELECT citizen_id FROM assigned WHERE professional_id = %(actor_id)s),
    'deputy_for', array(SELECT citizen_id FROM assigned WHERE professional_id <> %(actor_id)s),
    'works_with', array(SELECT citizen_id FROM working),
    'leads', coalesce(me.is_leader, false),
    'consents', (
        SELECT {consents}
        FROM (SELECT citizen_id FROM assigned UNION SELECT citizen_id FROM working) known
        CROSS JOIN LATERAL (
            SELECT * FROM consent WHERE citizen_id = known.citizen_id
            OFFSET 0 -- by citizen, never all consents
        ) c
        WHERE recipient_administration = me.administration AND {works} AND {complete})
)::text AS json
FROM (SELECT) one LEFT JOIN me ON true
"""

_CONSENTS: Final = """coalesce(json_agg(json_build_object(
            'id', c.id, 'citizen_id', c.citizen_id, 'kind', c.kind, 'source', c.source,
            'recipient_administration', c.recipient_administration,
            'recipient_person', c.recipient_person, 'categories', c.categories,
            'valid_from', c.valid_from, 'valid_until', c.valid_until)), '[]')"""

_WORKS: Final = """c.valid_from <= %(today)s AND c.valid_until >= %(today)s
            AND NOT EXISTS (SELECT FROM consent_withdrawal w WHERE w.consent_id = c.id)"""

# A second signature is no consent of its own, and what waits for one does not work yet.
_COMPLETE: Final = """c.signs IS NULL AND (c.waits_for IS NULL
            OR EXISTS (SELECT FROM consent second WHERE second.signs = c.id))"""

_STATEMENTS: Final[Mapping[Role, LiteralString]] = {
    Role.CITIZEN: _OF_CITIZEN.format(consents=_CONSENTS, works=_WORKS),
    Role.CONTACT_PERSON: _OF_PROFESSIONAL.format(
        consents=_CONSENTS, works=_WORKS, complete=_COMPLETE
    ),
}


def facts_statement(actor: Actor, now: datetime) -> Statement:
    """Return the query, to send it together with others; `facts_of` reads its row."""
    return Statement(
        _STATEMENTS[actor.role], {"actor_id": actor.person_id, "today": danish_date(now)}
    )


def facts_of(rows: list[Row]) -> Facts:
    """Return the facts out of the one row that `facts_statement` brings."""
    (row,) = rows
    return _facts.validate_json(row["json"])


_facts: Final = TypeAdapter(Facts)
