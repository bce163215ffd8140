"""The hot reads find their rows by index: with 100,000 citizens nothing is read from end to end.

What is looked at is the plan that the plan API runs: the generic one, under its settings.
"""

from datetime import UTC, datetime
from typing import NamedTuple
from uuid import UUID

import psycopg
import pytest

from planapi.calendar import danish_date
from planapi.database import _SESSION_OPTIONS, _entering, _text
from planapi.migrations import upgrade
from planapi.policy.actors import Actor, Loa
from planapi.store import goals, threads, work
from planapi.store.assessments import reading_of_assessment
from planapi.store.facts import facts_statement
from planapi.store.follow_ups import reading_of_follow_ups
from planapi.store.households import reading_of_households
from planapi.store.minutes import reading_of_all_minutes
from planapi.store.overview import reading_of_overview
from planapi.store.people import _ME
from planapi.store.plans import reading_of_latest_plan_request, reading_of_plan
from planapi.store.told_facts import reading_of_told_facts
from planapi.store.workload import reading_of_workload
from portal.contract.people import Role
from sandbox.crowd import Crowd, insert_crowd
from sandbox.postgres import APP, with_user

NOW = datetime.now(UTC)
TODAY = danish_date(NOW)
SMALL = {"municipality", "consent_text", "assessment_theme", "appeal_rule", "fact_topic"}
"""Tables whose rows do not grow with the town."""


class Rows(NamedTuple):
    """Some rows of a table that the crowd leaves empty: one for each row of another table."""

    columns: str
    values: str
    of: str


_SOMEBODY = "(SELECT person_id FROM professional LIMIT 1)"
REST = {
    "consent_withdrawal": Rows("consent_id, withdrawn_by", "id, citizen_id", "consent"),
    "appointment_answer": Rows(
        "appointment_id, starts_at, ends_at, answer, answered_by",
        f"id, starts_at, ends_at, 'coming', {_SOMEBODY}",
        "appointment",
    ),
    "follow_up": Rows("plan_id, day, created_by", "id, current_date + 3, citizen_id", "plan"),
    "agenda_item": Rows(
        "follow_up_id, text, added_by, added_role", "id, 'x', created_by, 'citizen'", "follow_up"
    ),
    "minutes": Rows(
        "plan_id, administration, title, held_on, text, written_by",
        "id, 'health', 'x', current_date, 'x', citizen_id",
        "plan",
    ),
    "minutes_remark": Rows(
        "minutes_id, kind, text, author_id, author_role",
        "id, 'comment', 'x', written_by, 'citizen'",
        "minutes",
    ),
    "thread_read": Rows("thread_id, side, up_to", "id, 'citizen', 1", "thread"),
    "attachment": Rows(
        "id, plan_id, owner_id, name, media_type, size, sha256",
        "id, plan_id, author_id, 'x', 'x', 1, sha256('x')",
        "(SELECT m.id, m.municipality_id, plan_id, author_id"
        " FROM message m JOIN thread ON thread.id = thread_id) sent",
    ),
    "message_attachment": Rows("attachment_id, message_id, position", "id, id, 1", "attachment"),
    "plan_request": Rows("citizen_id, state", "citizen_id, 'accepted'", "plan"),
    "told_fact": Rows("plan_id, topic, text, given_by", "id, 'housing', 'x', citizen_id", "plan"),
    "fact_request": Rows(
        "plan_id, topic, administration, purpose, asked_by",
        "id, 'housing', 'health', 'x', citizen_id",
        "plan",
    ),
    "own_view": Rows(
        "plan_id, theme, text, written_by", "id, 'self_care', 'x', citizen_id", "plan"
    ),
    "professional_view": Rows(
        "plan_id, theme, administration, text, level, written_by",
        "id, 'self_care', 'health', 'x', 'mild', citizen_id",
        "plan",
    ),
    "goal_share": Rows(
        "goal_id, person_id, shared_by",
        "id, other, created_by",
        "(SELECT *, lag(created_by) OVER (ORDER BY created_by) AS other FROM goal) one"
        " WHERE other <> created_by",
    ),
    "goal_seen": Rows("goal_id, person_id, up_to, seen_at", "id, created_by, 1, now()", "goal"),
    "custody": Rows(
        "child_id, holder_id, starts_on",
        "id, other, current_date",
        "(SELECT *, lag(id) OVER (ORDER BY id) AS other FROM person) one WHERE other IS NOT NULL",
    ),
    "helper": Rows(
        "citizen_id, kind, name, cpr_hash, categories, valid_from, valid_until, added_by",
        "citizen_id, 'bisidder', 'x', sha256(id::text::bytea), '{goals}', current_date,"
        " current_date, citizen_id",
        "plan",
    ),
    "safety_hiding": Rows(
        "citizen_id, resource_kind, resource_id, reason, hidden_by",
        f"citizen_id, 'plan', id, 'x', {_SOMEBODY}",
        "plan",
    ),
    "case_worker": Rows(
        "citizen_id, professional_id, starts_on",
        "citizen_id, professional_id, current_date",
        "contact_assignment",
    ),
    "household_invitation": Rows(
        "household_id, name, cpr_hash, relation, invited_by",
        f"id, 'x', sha256(id::text::bytea), 'other', {_SOMEBODY}",
        "household",
    ),
    "rights_request": Rows(
        "citizen_id, kind, resource_kind, resource_id, text",
        "citizen_id, 'correction', 'plan', id, 'x'",
        "plan",
    ),
    "intervention_time": Rows(
        "intervention_id, weekday, starts, ends", "id, 1, '09:00', '10:00'", "intervention"
    ),
    "notification_choice": Rows("person_id, channel", "id, 'sms'", "person"),
}
"""What else somebody may have, in the order in which it can be written."""


@pytest.fixture(scope="module")
def town(postgres) -> str:
    """A town of 100,000, as the plan API's role sees it."""
    url = postgres.new_database()
    upgrade(url)
    with psycopg.connect(url) as connection:
        insert_crowd(connection, Crowd(citizens=100_000, goals=2, interventions=2, messages=2))
        for table, rows in REST.items():
            connection.execute(
                f"INSERT INTO {table} (municipality_id, {rows.columns})"  # noqa: S608 - fixed words
                f" SELECT municipality_id, {rows.values} FROM {rows.of} LIMIT 2000"
            )
        connection.execute("ANALYZE")
    return url


@pytest.fixture
def app(town):
    with psycopg.connect(with_user(town, APP), options=_SESSION_OPTIONS) as connection:
        yield connection


@pytest.fixture
def filled(town) -> set[str]:
    """Tables that have so many rows that reading all of them would be felt."""
    with psycopg.connect(town) as connection:
        rows = connection.execute(
            "SELECT relname FROM pg_class WHERE relkind = 'r' AND reltuples > 500"
        ).fetchall()
    return {name for (name,) in rows} - SMALL


@pytest.fixture
def citizen(town) -> UUID:
    with psycopg.connect(town) as connection:
        return connection.execute(
            "SELECT plan.citizen_id FROM plan JOIN thread ON thread.plan_id = plan.id"
            " JOIN household_member m ON m.person_id = plan.citizen_id LIMIT 1"
        ).fetchone()[0]


@pytest.fixture
def worker(town) -> UUID:
    with psycopg.connect(town) as connection:
        return connection.execute(
            "SELECT a.professional_id FROM contact_assignment a JOIN plan USING (citizen_id)"
            " JOIN thread ON thread.plan_id = plan.id LIMIT 1"
        ).fetchone()[0]


def scanned(node: dict) -> set[str]:
    """Tables that a plan reads from end to end."""
    here = {node["Relation Name"]} if node["Node Type"] == "Seq Scan" else set()
    return here.union(*(scanned(part) for part in node.get("Plans", ())))


def whole_tables(app, filled, statement) -> set[str]:
    text, _ = _entering(_text(statement[0]))
    (plan,) = app.execute(b"EXPLAIN (GENERIC_PLAN, FORMAT JSON) " + text).fetchone()
    return scanned(plan[0]["Plan"]) & filled


def actor(person, role) -> Actor:
    return Actor(person, role, Loa.SUBSTANTIAL, NOW, "s")


@pytest.mark.parametrize(
    "read",
    [
        *("facts", "overview", "request", "plan", "goals", "goal", "history", "threads", "thread"),
        *("households", "me"),
    ],
)
def test_what_a_citizen_reads(app, filled, citizen, read):
    statements = {
        "facts": facts_statement(actor(citizen, Role.CITIZEN), NOW),
        "overview": reading_of_overview(citizen, TODAY, NOW).statement,
        "request": reading_of_latest_plan_request(citizen).statement,
        "plan": reading_of_plan(citizen, TODAY).statement,
        "goals": goals.reading_of_goals(citizen).statement,
        "goal": goals.reading_of_goal(citizen).statement,
        "history": goals.reading_of_history(citizen, citizen).statement,
        "thread": threads.reading_of_thread(citizen, actor(citizen, Role.CITIZEN), TODAY).statement,
        "households": reading_of_households(citizen, TODAY).statement,
        "threads": threads.reading_of_threads(citizen, None).statement,
        "me": (_ME, {"person_id": citizen, "role": "citizen", "today": TODAY}),
    }

    assert whole_tables(app, filled, statements[read]) == set()


def test_what_both_sides_read_of_a_plan(app, filled, citizen):
    readings = [
        reading_of_follow_ups(citizen),
        reading_of_all_minutes(citizen),
        reading_of_told_facts(citizen, TODAY),
        reading_of_assessment(citizen, TODAY),
        reading_of_workload(citizen, TODAY, NOW, NOW),
    ]

    assert [whole_tables(app, filled, one.statement) for one in readings] == [set()] * 5


@pytest.mark.parametrize("read", ["facts", "inbox", "citizens", "briefing", "thread"])
def test_what_a_contact_person_reads(town, app, filled, citizen, worker, read):
    with psycopg.connect(town) as connection:
        thread = connection.execute("SELECT id FROM thread LIMIT 1").fetchone()[0]
    statements = {
        "facts": facts_statement(actor(worker, Role.CONTACT_PERSON), NOW),
        "inbox": work.reading_of_inbox(worker, TODAY, NOW, TODAY).statement,
        "citizens": work.reading_of_citizens(worker, TODAY).statement,
        "briefing": work.reading_of_briefing(citizen, worker, TODAY).statement,
        "thread": threads.reading_of_thread(
            thread, actor(worker, Role.CONTACT_PERSON), TODAY
        ).statement,
    }

    assert whole_tables(app, filled, statements[read]) == set()


def test_the_crowd_is_large_enough_to_prove_something(town, filled):
    with psycopg.connect(town) as connection:
        assert connection.execute("SELECT count(*) FROM plan").fetchone() == (100_000,)
    crowded = {"person", "plan", "goal", "step", "thread", "message", "consent", "appointment"}
    assert crowded | REST.keys() <= filled
