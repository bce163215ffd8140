"""A crowd of made-up citizens, for benchmarks and for tests of query plans: rows, not stories.

Everything is made in the database by `generate_series`. What the schema would check row by row is
checked once for all rows at the end, as in any bulk load: a million citizens take some minutes.
"""

from dataclasses import dataclass
from uuid import UUID

import psycopg
from psycopg import sql

MUNICIPALITY_NAME = "Storby Kommune"
_CITIZENS_A_PROFESSIONAL = 80


@dataclass(frozen=True, slots=True)
class Crowd:
    """How many, and how much of everything.

    Each tenth citizen is active: only they have goals, interventions and messages.
    """

    citizens: int
    goals: int = 10
    interventions: int = 10
    messages: int = 50

    @property
    def active(self) -> int:
        """How many citizens have a plan with something in it."""
        return self.citizens // 10


def insert_crowd(connection: psycopg.Connection, crowd: Crowd) -> UUID:
    """Insert a municipality with a crowd, as the owner of the tables; return its id.

    The planner's statistics are those of the crowd afterwards.

    Citizens are in one household in four. Every citizen has a plan and a contact person, who has
    eighty of them. Active citizens have what `crowd` says, two threads, and what else a plan holds.
    """
    row = connection.execute(
        "INSERT INTO municipality (name, cvr) SELECT %s, lpad((count(*) + 1)::text, 8, '9')"
        " FROM municipality RETURNING id",
        [MUNICIPALITY_NAME],
    ).fetchone()
    assert row is not None  # noqa: S101 - INSERT … RETURNING returns
    municipality: UUID = row[0]
    connection.execute("SELECT set_config('enplan.municipality', %s, false)", [str(municipality)])
    sizes = {
        "citizens": crowd.citizens,
        "active": crowd.active,
        "goals": crowd.goals,
        "interventions": crowd.interventions,
        "messages": crowd.messages,
        "professionals": max(crowd.citizens // _CITIZENS_A_PROFESSIONAL, 1),
    }
    connection.execute(_PUT_CHECKS_OFF)
    connection.execute(
        sql.SQL(_CROWD).format(**{name: sql.Literal(count) for name, count in sizes.items()})
    )
    connection.execute(_CHECK_ALL)
    return municipality


# Constraints but CHECK, indexes, and the triggers against overlaps: in bulk they are made faster
# than kept. What `_CHECK_ALL` finds ends the transaction. Foreign keys go first and come last.
_PUT_CHECKS_OFF = """
CREATE TEMP TABLE put_off_constraint ON COMMIT DROP AS
    SELECT conrelid::regclass AS of_table, conname AS name, contype = 'f' AS is_foreign_key,
        pg_get_constraintdef(oid) AS definition
    FROM pg_constraint WHERE contype IN ('f', 'p', 'u') AND connamespace = 'public'::regnamespace;
CREATE TEMP TABLE put_off_index ON COMMIT DROP AS
    SELECT indexrelid::regclass::text AS name, pg_get_indexdef(indexrelid) AS definition
    FROM pg_index JOIN pg_class ON pg_class.oid = indrelid
    WHERE relnamespace = 'public'::regnamespace AND relkind = 'r'
      AND NOT EXISTS (SELECT FROM pg_constraint WHERE conindid = indexrelid AND contype <> 'f');
CREATE TEMP TABLE row_trigger ON COMMIT DROP AS
    SELECT tgrelid::regclass AS of_table, tgname AS name
    FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid
    WHERE NOT tgisinternal AND relnamespace = 'public'::regnamespace;
DO $$
DECLARE
    put_off record;
BEGIN
    FOR put_off IN SELECT * FROM put_off_constraint ORDER BY is_foreign_key DESC LOOP
        EXECUTE format('ALTER TABLE %s DROP CONSTRAINT %I', put_off.of_table, put_off.name);
    END LOOP;
    FOR put_off IN SELECT * FROM put_off_index LOOP
        EXECUTE format('DROP INDEX %s', put_off.name);
    END LOOP;
    FOR put_off IN SELECT * FROM row_trigger LOOP
        EXECUTE format('ALTER TABLE %s DISABLE TRIGGER %I', put_off.of_table, put_off.name);
    END LOOP;
END
$$;
"""

_CHECK_ALL = """
ANALYZE;
SET LOCAL maintenance_work_mem = '256MB';
DO $$
DECLARE
    put_off record;
BEGIN
    FOR put_off IN SELECT * FROM put_off_index LOOP
        EXECUTE put_off.definition;
    END LOOP;
    FOR put_off IN SELECT * FROM put_off_constraint ORDER BY is_foreign_key LOOP
        EXECUTE format('ALTER TABLE %s ADD CONSTRAINT %I %s',
            put_off.of_table, put_off.name, put_off.definition);
    END LOOP;
    FOR put_off IN SELECT * FROM row_trigger LOOP
        EXECUTE format('ALTER TABLE %s ENABLE TRIGGER %I', put_off.of_table, put_off.name);
    END LOOP;
    IF EXISTS (
        SELECT FROM (
            SELECT starts_on, lag(coalesce(ends_on, 'infinity')) OVER (
                PARTITION BY citizen_id ORDER BY starts_on) AS before
            FROM contact_assignment
            UNION ALL
            SELECT starts_on, lag(ends_on) OVER (PARTITION BY professional_id ORDER BY starts_on)
            FROM absence
        ) period WHERE starts_on <= before
    ) THEN
        RAISE exclusion_violation;
    END IF;
END
$$;
"""


# Ids are made of numbers, so that rows find each other without a join.
_CROWD = """
CREATE FUNCTION pg_temp.made(kind text, number bigint, part bigint DEFAULT 0) RETURNS uuid
    LANGUAGE sql STABLE -- so that it is inlined
    AS $$
        SELECT md5(current_setting('enplan.municipality') || kind || number || '/' || part)::uuid
    $$;

INSERT INTO person (id, name, birth_date, cpr_hash)
    SELECT pg_temp.made('person', n), 'Borger ' || n, date '1950-01-01' + (n % 20000)::int,
        sha256((current_setting('enplan.municipality') || n)::bytea)
    FROM generate_series(1, {citizens}) n;
INSERT INTO person (id, name)
    SELECT pg_temp.made('professional', n), 'Medarbejder ' || n
    FROM generate_series(1, {professionals}) n;
INSERT INTO professional (person_id, professional_id, administration, unit, title, phone)
    SELECT pg_temp.made('professional', n), 'crowd-' || n,
        (ARRAY['employment', 'adult_social', 'family', 'health'])[1 + n % 4], 'Enhed',
        'Sagsbehandler', '+4587654321'
    FROM generate_series(1, {professionals}) n;
INSERT INTO absence (professional_id, deputy_id, starts_on, ends_on)
    SELECT pg_temp.made('professional', n), pg_temp.made('professional', n + 1),
        current_date + 200 * k - 400, current_date + 200 * k - 380
    FROM generate_series(1, {professionals} - 1) n, generate_series(0, 3) k;
INSERT INTO plan (id, citizen_id)
    SELECT pg_temp.made('plan', n), pg_temp.made('person', n) FROM generate_series(1, {citizens}) n;
INSERT INTO contact_assignment (citizen_id, professional_id, starts_on)
    SELECT pg_temp.made('person', n), pg_temp.made('professional', 1 + n % {professionals}),
        current_date - 100
    FROM generate_series(1, {citizens}) n;
INSERT INTO household (id, name)
    SELECT pg_temp.made('household', n), 'Husstand ' || n
    FROM generate_series(1, {citizens} / 4) n;
INSERT INTO household_member (household_id, person_id, relation, joined_on)
    SELECT pg_temp.made('household', n), pg_temp.made('person', 4 * n - k), 'other',
        current_date - 90
    FROM generate_series(1, {citizens} / 4) n, generate_series(0, 1) k;
INSERT INTO about_me (plan_id, matters)
    SELECT pg_temp.made('plan', n), 'Ro i hverdagen' FROM generate_series(1, {active}) n;
INSERT INTO goal (id, plan_id, owner, title, theme, state, created_by)
    SELECT pg_temp.made('goal', n, k), pg_temp.made('plan', n), 'citizen', 'Et mål', 'everyday',
        'active', pg_temp.made('person', n)
    FROM generate_series(1, {active}) n, generate_series(1, {goals}) k;
INSERT INTO goal (id, household_id, owner, title, theme, state, created_by)
    SELECT pg_temp.made('joint', n), pg_temp.made('household', n), 'household', 'Et fælles mål',
        'family', 'active', pg_temp.made('person', 4 * n)
    FROM generate_series(1, {active} / 4) n;
INSERT INTO step (goal_id, title, due)
    SELECT pg_temp.made('goal', n, k), 'Et skridt', current_date + (s * 7)::int
    FROM generate_series(1, {active}) n, generate_series(1, {goals}) k, generate_series(1, 2) s;
INSERT INTO rating (goal_id, kind, value, rated_by)
    SELECT pg_temp.made('goal', n, k), 'own', 5, pg_temp.made('person', n)
    FROM generate_series(1, {active}) n, generate_series(1, {goals}) k;
INSERT INTO intervention (id, plan_id, administration, unit, responsible, title, what, why, rule,
                          starts_on, theme, state)
    SELECT pg_temp.made('intervention', n, k), pg_temp.made('plan', n),
        (ARRAY['employment', 'adult_social', 'family', 'health'])[1 + k % 4], 'Enhed',
        'Medarbejder', 'En indsats', 'Hvad', 'Hvorfor', 'Regel', current_date - 30, 'work', 'active'
    FROM generate_series(1, {active}) n, generate_series(1, {interventions}) k;
INSERT INTO intervention_goal (intervention_id, goal_id)
    SELECT pg_temp.made('intervention', n, k), pg_temp.made('goal', n, k)
    FROM generate_series(1, {active}) n, generate_series(1, least({interventions}, {goals})) k;
INSERT INTO appointment (plan_id, administration, title, starts_at, ends_at)
    SELECT pg_temp.made('plan', n), 'employment', 'Et møde',
        now() + k * interval '7 days', now() + k * interval '7 days' + interval '1 hour'
    FROM generate_series(1, {active}) n, generate_series(-2, 2) k;
INSERT INTO decision (plan_id, administration, title, text, decided_on, appeal_by, how_to_appeal,
                      rule)
    SELECT pg_temp.made('plan', n), 'employment', 'En afgørelse', 'Tekst', current_date - 10,
        current_date + 18, 'Skriv til os', 'Regel'
    FROM generate_series(1, {active}) n;
INSERT INTO promise (plan_id, administration, owner, text, due)
    SELECT pg_temp.made('plan', n), 'employment', 'Medarbejder', 'Et løfte', current_date + 5
    FROM generate_series(1, {active}) n;
INSERT INTO thread (id, plan_id, subject, waits_for, answer_expected_by, last_message_at)
    SELECT pg_temp.made('thread', n, k), pg_temp.made('plan', n), 'Et emne',
        CASE k WHEN 1 THEN 'contact_person' ELSE 'citizen' END,
        CASE k WHEN 1 THEN current_date + 2 END, now()
    FROM generate_series(1, {active}) n, generate_series(1, 2) k;
INSERT INTO message (thread_id, author_id, author_role, body)
    SELECT pg_temp.made('thread', n, 1 + k % 2), pg_temp.made('person', n), 'citizen', 'En besked'
    FROM generate_series(1, {active}) n, generate_series(1, {messages}) k;
INSERT INTO consent_text (id, version, language, kind, title, purpose, body, consequence,
                          legal_ground, sha256, valid_from)
    VALUES ('crowd', 1, 'da', 'collection', 'Titel', 'Formål', 'Tekst', 'Følge', 'Hjemmel',
        repeat('0', 64), current_date - 100);
INSERT INTO consent (citizen_id, given_by, kind, source, recipient_administration, categories,
                     valid_from, valid_until, text_id, text_version, text_language, given_loa)
    SELECT pg_temp.made('person', n), pg_temp.made('person', n), 'collection', 'family',
        'employment', ARRAY['family'], current_date - 10, current_date + 100, 'crowd', 1, 'da',
        'substantial'
    FROM generate_series(1, {active}) n;
INSERT INTO access_entry (citizen_id, reader_id, reader_role, resource_kind, resource_id, ground)
    SELECT pg_temp.made('person', n), pg_temp.made('professional', 1 + n % {professionals}),
        'contact_person', 'plan', pg_temp.made('plan', n), 'contact_person'
    FROM generate_series(1, {active}) n, generate_series(1, 5);
INSERT INTO history (goal_id, resource_kind, resource_id, change, actor_id, actor_role)
    SELECT pg_temp.made('goal', n, k), 'goal', pg_temp.made('goal', n, k), 'created',
        pg_temp.made('person', n), 'citizen'
    FROM generate_series(1, {active}) n, generate_series(1, {goals}) k;
DROP FUNCTION pg_temp.made(text, bigint, bigint);
"""
