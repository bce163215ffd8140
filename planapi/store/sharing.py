"""Who is around a citizen, all that somebody might see of them, and with whom goals are shared."""

from datetime import date
from typing import Final
from uuid import UUID

from psycopg.sql import SQL

from planapi.database import Statement, Transaction
from planapi.store.names import person, ref
from planapi.store.plans import PlanRow, whole_plan
from planapi.store.reading import Reading
from planapi.store.threads import ThreadSummaryRow, threads_of_plan
from portal.contract.base import Model
from portal.contract.people import Administration, PersonRef, Role
from portal.contract.sharing import GoalShares, RecipientKind

MOST_THREADS: Final = 200


class ViewRow(Model):
    """All there is of a citizen that somebody might see, before the policy."""

    citizen: PersonRef
    plan: PlanRow | None = None
    threads: tuple[ThreadSummaryRow, ...] = ()


class Neighbour(Model):
    """Somebody around a citizen who may see something of them."""

    kind: RecipientKind
    person: PersonRef
    administration: Administration | None = None


class Neighbours(Model):
    """Everybody around a citizen, each once for each capacity."""

    neighbours: tuple[Neighbour, ...] = ()


class People(Model):
    """Some people, by name."""

    people: tuple[PersonRef, ...] = ()


def reading_of_view(citizen_id: UUID, side: Role, today: date) -> Reading[ViewRow]:
    """Read all that somebody on `side` might see of a citizen."""
    parameters = {"citizen": citizen_id, "side": side, "today": today}
    return Reading(Statement(_VIEW, parameters), ViewRow)


def reading_of_neighbours(citizen_id: UUID, today: date) -> Reading[Neighbours]:
    """Read who is around a citizen."""
    return Reading(Statement(_NEIGHBOURS, {"citizen": citizen_id, "today": today}), Neighbours)


def reading_of_people(ids: list[UUID]) -> Reading[People]:
    """Read people by their ids."""
    return Reading(Statement(_PEOPLE, {"ids": ids}), People)


def reading_of_goal_citizens(goal_ids: list[UUID]) -> Reading[People]:
    """Read whose the goals are."""
    return Reading(Statement(_GOAL_CITIZENS, {"ids": goal_ids}), People)


def reading_of_goal_shares(goal_id: UUID) -> Reading[GoalShares]:
    """Read with whom a goal is shared."""
    return Reading(Statement(_SHARES, {"goal": goal_id}), GoalShares)


async def insert_goal_share(tx: Transaction, goal_id: UUID, person_id: UUID, by: UUID) -> bool:
    """Share a goal; False where it is shared already."""
    return bool(
        await tx.execute(
            "INSERT INTO goal_share (goal_id, person_id, shared_by)"
            " VALUES (%(goal)s, %(person)s, %(by)s)"
            " ON CONFLICT (goal_id, person_id) WHERE ended_at IS NULL DO NOTHING",
            goal=goal_id,
            person=person_id,
            by=by,
        )
    )


async def end_goal_share(tx: Transaction, goal_id: UUID, person_id: UUID) -> bool:
    """End a share now; False where there is none."""
    return bool(
        await tx.execute(
            "UPDATE goal_share SET ended_at = now()"
            " WHERE goal_id = %(goal)s AND person_id = %(person)s AND ended_at IS NULL",
            goal=goal_id,
            person=person_id,
        )
    )


_VIEW: Final = (
    SQL("""
    SELECT json_build_object(
        'citizen', {citizen},
        'plan', CASE WHEN pl.id IS NOT NULL THEN json_build_object({plan}) END,
        'threads', {threads}
    )::text AS json
    FROM person pe LEFT JOIN plan pl ON pl.citizen_id = pe.id WHERE pe.id = %(citizen)s
    """)
    .format(
        citizen=ref("pe"),
        plan=whole_plan(SQL("pl")),
        threads=threads_of_plan(SQL("pl.id"), MOST_THREADS),
    )
    .as_string()
)

_NEIGHBOURS: Final = (
    SQL("""
    WITH around (kind, person_id, rank) AS (
        SELECT 'contact_person', professional_id, 1 FROM contact_assignment
        WHERE citizen_id = %(citizen)s AND starts_on <= %(today)s
          AND (ends_on IS NULL OR ends_on >= %(today)s)
        UNION
        SELECT 'deputy', ab.deputy_id, 2 FROM contact_assignment a
        JOIN absence ab ON ab.professional_id = a.professional_id
          AND %(today)s BETWEEN ab.starts_on AND ab.ends_on
        WHERE a.citizen_id = %(citizen)s AND a.starts_on <= %(today)s
          AND (a.ends_on IS NULL OR a.ends_on >= %(today)s)
        UNION
        SELECT 'administration', professional_id, 3 FROM case_worker
        WHERE citizen_id = %(citizen)s AND starts_on <= %(today)s
          AND (ends_on IS NULL OR ends_on >= %(today)s)
        UNION
        SELECT 'custody_holder', holder_id, 4 FROM custody
        WHERE child_id = %(citizen)s AND starts_on <= %(today)s
          AND (ends_on IS NULL OR ends_on >= %(today)s)
        UNION
        SELECT 'helper', pe.id, 5 FROM helper he
        JOIN person pe USING (municipality_id, cpr_hash)
        WHERE he.citizen_id = %(citizen)s AND he.ended_at IS NULL
          AND he.valid_until >= %(today)s AND pe.id <> %(citizen)s
        UNION
        SELECT 'household_member', theirs.person_id, 6
        FROM household_member mine JOIN household_member theirs USING (household_id)
        WHERE mine.person_id = %(citizen)s AND theirs.person_id <> %(citizen)s
          AND mine.left_on IS NULL AND theirs.left_on IS NULL
        UNION
        SELECT 'person', share.person_id, 7 FROM goal_share share
        JOIN goal ON goal.id = share.goal_id JOIN plan ON plan.id = goal.plan_id
        WHERE plan.citizen_id = %(citizen)s AND share.ended_at IS NULL
        UNION
        SELECT 'person', recipient_person, 7 FROM consent
        WHERE citizen_id = %(citizen)s AND recipient_person IS NOT NULL
          AND %(today)s BETWEEN valid_from AND valid_until
          AND NOT EXISTS (SELECT FROM consent_withdrawal w WHERE w.consent_id = consent.id)
    ), first AS (
        SELECT DISTINCT ON (person_id, rank <= 3) * FROM around
        ORDER BY person_id, rank <= 3, rank
    )
    SELECT json_build_object('neighbours', coalesce(json_agg(json_build_object(
        'kind', first.kind, 'person', {who},
        'administration', CASE WHEN rank <= 3 THEN pr.administration END
    ) ORDER BY rank, pe.name, pe.id), '[]'))::text AS json
    FROM first JOIN person pe ON pe.id = first.person_id
    LEFT JOIN professional pr ON pr.person_id = pe.id
""")
    .format(who=ref("pe", at_work=SQL("rank <= 3")))
    .as_string()
)

_PEOPLE: Final = (
    SQL("""
    SELECT json_build_object('people', coalesce(json_agg(
        {who} ORDER BY pe.name, pe.id), '[]'))::text AS json
    FROM person pe WHERE pe.id = ANY(%(ids)s::uuid[])
""")
    .format(who=ref("pe"))
    .as_string()
)

_GOAL_CITIZENS: Final = (
    SQL("""
    SELECT json_build_object('people', coalesce(json_agg(
        {who} ORDER BY pe.name, pe.id), '[]')
    )::text AS json
    FROM person pe WHERE pe.id IN (
        SELECT plan.citizen_id FROM goal JOIN plan ON plan.id = goal.plan_id
        WHERE goal.id = ANY(%(ids)s::uuid[]))
""")
    .format(who=ref("pe"))
    .as_string()
)

_SHARES: Final = (
    SQL("""
    SELECT json_build_object('goal_id', %(goal)s::uuid, 'shares', coalesce(json_agg(
        json_build_object('person', {who},
            'since', (sh.shared_at AT TIME ZONE 'Europe/Copenhagen')::date)
        ORDER BY sh.shared_at, sh.id), '[]'))::text AS json
    FROM goal_share sh WHERE sh.goal_id = %(goal)s AND sh.ended_at IS NULL
    """)
    .format(who=person("sh.person_id"))
    .as_string()
)
