"""The hot reads find their rows by index: with 100,000 citizens nothing is read from end to end.

What is looked at is the plan that the plan API runs: the generic one, under its settings.
"""

from datetime import UTC, datetime
from uuid import UUID

import psycopg
import pytest

from planapi.calendar import danish_date
from planapi.database import _SESSION_OPTIONS, _entering, _text
from planapi.migrations import upgrade
from planapi.policy.actors import Actor, Loa
from planapi.store import goals, threads, work
from planapi.store.facts import facts_statement
from planapi.store.overview import reading_of_overview
from planapi.store.people import _ME
from planapi.store.plans import reading_of_latest_plan_request, reading_of_plan
from portal.contract.people import Role
from sandbox.crowd import Crowd, insert_crowd
from sandbox.postgres import APP, with_user

NOW = datetime.now(UTC)
TODAY = danish_date(NOW)
SMALL = {"municipality", "consent_text", "assessment_theme", "appeal_rule", "fact_topic"}
"""Tables whose rows do not grow with the town."""


@pytest.fixture(scope="module")
def town(postgres) -> str:
    """A town of 100,000, as the plan API's role sees it."""
    url = postgres.new_database()
    upgrade(url)
    with psycopg.connect(url) as connection:
        insert_crowd(connection, Crowd(citizens=100_000, goals=2, interventions=2, messages=2))
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
    ["facts", "overview", "request", "plan", "goals", "threads", "me"],
)
def test_what_a_citizen_reads(app, filled, citizen, read):
    statements = {
        "facts": facts_statement(actor(citizen, Role.CITIZEN), NOW),
        "overview": reading_of_overview(citizen, TODAY, NOW).statement,
        "request": reading_of_latest_plan_request(citizen).statement,
        "plan": reading_of_plan(citizen, TODAY).statement,
        "goals": goals.reading_of_goals(citizen).statement,
        "threads": threads.reading_of_threads(citizen, None).statement,
        "me": (_ME, {"person_id": citizen, "role": "citizen", "today": TODAY}),
    }

    assert whole_tables(app, filled, statements[read]) == set()


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
    assert {"person", "plan", "goal", "step", "thread", "message", "consent"} <= filled
