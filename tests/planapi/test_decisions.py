"""Decisions: recorded by the administration that decided, with the last day to appeal computed."""

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine

from planapi.appeals import last_day_to_appeal


@pytest.mark.parametrize(
    ("told", "last"),
    [
        (date(2026, 9, 7), date(2026, 10, 5)),  # a Monday, four weeks on
        (date(2026, 9, 5), date(2026, 10, 5)),  # a Saturday: the Monday after it
        (date(2026, 3, 6), date(2026, 4, 7)),  # Good Friday: the Tuesday after Easter Monday
        (date(2026, 11, 26), date(2026, 12, 28)),  # 24 December is closed, and the 26th a Saturday
        (date(2026, 12, 4), date(2027, 1, 4)),  # New Year's Day is a Friday
    ],
)
def test_four_weeks_end_on_a_day_on_which_offices_work(told, last):
    assert last_day_to_appeal(told, 28) == last


@pytest.fixture
def anna(world):
    return world.a_person()


@pytest.fixture
def plan(world, anna):
    return world.a_plan(anna)


@pytest.fixture
async def worker(api, world, anna, plan):
    mette = world.a_contact_person(anna)
    world.execute("UPDATE contact_assignment SET starts_on = '2026-01-01'")
    return await api.as_contact_person(mette)


DECISION = {
    "title": "Tilskud til briller",
    "text": "Du får tilskud.",
    "decided_on": "2026-09-01",
    "notified_on": "2026-09-05",
    "rule": "Loven siger, at kommunen kan give tilskud.",
    "how_to_appeal": "Skriv til os.",
}


async def test_a_decision_is_recorded_with_its_rule_and_the_citizen_sees_the_last_day(
    api, anna, worker, plan, key
):
    with time_machine.travel(datetime(2026, 9, 10, 12, tzinfo=UTC)):
        made = await worker.post(f"/v1/plans/{plan}/decisions", json=DECISION, headers=key())
        (seen,) = (await (await api.as_citizen(anna)).get("/v1/plan")).json()["decisions"]

    assert made.status_code == 201, made.text
    assert made.json()["administration"] == "employment"
    assert (seen["appeal_by"], seen["notified_on"]) == ("2026-10-05", "2026-09-05")
    rule = seen["appeal_rule"]
    assert (rule["law"], rule["section"], rule["days"]) == ("retssikkerhedsloven", "§ 67", 28)


async def test_the_rule_of_the_day_counts(world, worker, plan, key):
    world.execute("UPDATE appeal_rule SET valid_to = '2026-08-31'")
    world.execute(
        "INSERT INTO appeal_rule (code, valid_from, days, law, section, text)"
        " VALUES ('four_weeks', '2026-09-01', 42, 'en ny lov', '§ 1', 'Seks uger.')"
    )

    with time_machine.travel(datetime(2026, 9, 10, 12, tzinfo=UTC)):
        made = await worker.post(f"/v1/plans/{plan}/decisions", json=DECISION, headers=key())

    assert made.json()["appeal_by"] == "2026-10-19"
    assert made.json()["appeal_rule"]["valid_from"] == "2026-09-01"


@pytest.mark.parametrize(
    ("field", "value", "code"),
    [
        ("decided_on", "2026-09-11", "in_the_future"),
        ("notified_on", "2026-08-31", "before_the_decision"),
        ("notified_on", "2027-09-01", "too_late"),
        ("appeal_rule", "never", "unknown"),
    ],
)
async def test_what_makes_no_sense_is_refused(worker, plan, key, field, value, code):
    with time_machine.travel(datetime(2026, 9, 10, 12, tzinfo=UTC)):
        refused = await worker.post(
            f"/v1/plans/{plan}/decisions", json={**DECISION, field: value}, headers=key()
        )

    assert refused.json()["errors"] == [{"path": field, "code": code}]


async def test_a_citizen_decides_nothing(api, anna, world, plan, key):
    citizen = await api.as_citizen(anna)
    today = (world.today - timedelta(days=1)).isoformat()

    refused = await citizen.post(
        f"/v1/plans/{plan}/decisions",
        json={**DECISION, "decided_on": today, "notified_on": today},
        headers=key(),
    )

    assert refused.status_code == 403


async def test_who_recorded_a_decision_stands_in_its_history(api, anna, worker, plan, key, world):
    with time_machine.travel(datetime(2026, 9, 10, 12, tzinfo=UTC)):
        made = await worker.post(f"/v1/plans/{plan}/decisions", json=DECISION, headers=key())
        citizen = await api.as_citizen(anna)
        address = f"/v1/decisions/{made.json()['id']}/history"
        entries = (await citizen.get(address)).json()["entries"]
        stranger = await api.as_citizen(world.a_person(name="Eva"))
        hidden = await stranger.get(address)

    (entry,) = entries
    assert (entry["change"], entry["actor"]["name"]) == ("created", "Mette Krog")
    assert entry["after"]["title"] == "Tilskud til briller"
    assert hidden.status_code == 404
