"""Sector systems deliver: who they are, to whom it goes, and what is done when."""

from datetime import UTC, datetime

import pytest
from cryptography.exceptions import InvalidTag
from joserfc.jwk import ECKey, RSAKey

from planapi.database import Database
from planapi.people import cpr_hash, decrypt_cpr
from planapi.services.integration import deliver_waiting
from tests.planapi.conftest import SECRET_KEY
from tests.planapi.sector_system import (
    CPR,
    SectorSystem,
    an_appointment,
)


@pytest.fixture
def jobs(world):
    return SectorSystem(world)


@pytest.fixture
def anna(world):
    return world.a_person(cpr=CPR)


@pytest.fixture
def plan(world, anna):
    return world.a_plan(anna)


@pytest.fixture
async def source(api, jobs):
    return await jobs.client(api)


def an_intervention(world, **values):
    return {
        "version": 1,
        "cpr": CPR,
        "title": "Virksomhedspraktik",
        "what": "Praktik i en butik",
        "why": "Du vil prøve et job",
        "rule": "LAB § 57",
        "unit": "Jobhuset",
        "responsible": "Mette Krog",
        "starts_on": str(world.today),
        "theme": "work",
        "state": "active",
        **values,
    }


def a_decision(**values):
    return {
        "version": 1,
        "cpr": CPR,
        "title": "Bevilling",
        "text": "Du får støtte",
        "decided_on": "2030-03-01",
        "how_to_appeal": "Skriv til os",
        "rule": "SEL § 85",
        **values,
    }


# -- the token endpoint


async def test_a_registered_client_gets_a_token_for_five_minutes(api, jobs):
    answer = await jobs.ask(await api.client())

    assert answer.status_code == 200
    assert answer.json()["token_type"] == "Bearer"
    assert answer.json()["expires_in"] == 300
    assert answer.headers["Cache-Control"] == "no-store"


async def test_an_assertion_is_good_for_one_token(api, jobs):
    http, assertion = await api.client(), jobs.assertion()

    first = await jobs.ask(http, assertion)
    again = await jobs.ask(http, assertion)

    assert (first.status_code, again.status_code) == (200, 401)
    assert again.json() == {"error": "invalid_client"}


@pytest.mark.parametrize(
    "claims",
    [
        {"aud": "http://localhost:8550"},
        {"aud": None},
        {"iss": "somebody"},
        {"sub": "somebody"},
        {"exp": 1_700_000_000},
        {"exp": 4_000_000_000},
        {"exp": None},
        {"iat": 4_000_000_000},
        {"jti": None},
        {"jti": "short"},
    ],
    ids=str,
)
async def test_an_assertion_that_is_not_exactly_right_gets_none(api, jobs, claims):
    answer = await jobs.ask(await api.client(), jobs.assertion(**claims))

    assert (answer.status_code, answer.json()) == (401, {"error": "invalid_client"})


async def test_nor_does_one_by_another_key_or_nobody(api, world, jobs):
    http = await api.client()
    stranger = ECKey.generate_key("P-256", {"kid": "one"})
    rsa = RSAKey.generate_key(2048, {"kid": "one"})
    for assertion in (
        jobs.assertion(key=stranger),
        jobs.assertion(key=rsa, header={"alg": "RS256", "kid": "one"}),
        "no.jwt.atall",
        "æ",
    ):
        assert (await jobs.ask(http, assertion)).status_code == 401
    world.execute("UPDATE integration_client SET active = false")
    assert (await jobs.ask(http)).status_code == 401


@pytest.mark.parametrize(
    ("fields", "error"),
    [
        ({"grant_type": "password"}, "unsupported_grant_type"),
        ({"grant_type": None}, "invalid_request"),
        ({"client_assertion_type": "other"}, "invalid_request"),
    ],
)
async def test_another_kind_of_request_is_refused(api, jobs, fields, error):
    answer = await jobs.ask(await api.client(), **fields)

    assert (answer.status_code, answer.json()) == (400, {"error": error})


async def test_a_client_that_was_closed_delivers_nothing_more(world, plan, jobs, source):
    world.execute("UPDATE integration_client SET active = false")

    answer = await source.put("/v1/integration/appointments/a", json=an_appointment())

    assert answer.status_code == 401


async def test_people_deliver_nothing_and_clients_read_nothing(api, world, anna, plan, source):
    citizen = await api.as_citizen(anna)

    assert (await source.get("/v1/plan")).status_code == 401
    assert (await citizen.put("/v1/integration/items", json={"items": [1]})).status_code == 401
    assert (await (await api.client()).put("/v1/integration/items")).status_code == 401


# -- delivering


async def test_a_number_for_a_person_without_a_cpr_number_is_one_too(world, source):
    """Its day is 60 more; so are those of the people of MitID's test system, and of the sample."""
    world.a_plan(world.a_person(name="Bo", cpr="610190-4321"))

    answer = await source.put(
        "/v1/integration/appointments/a-1", json=an_appointment(cpr="610190-4321")
    )

    assert (answer.status_code, answer.json()["outcome"]) == (201, "created")


async def test_each_kind_is_found_in_the_plan(api, world, anna, plan, source):
    answers = [
        await source.put("/v1/integration/interventions/i-1", json=an_intervention(world)),
        await source.put("/v1/integration/appointments/a-1", json=an_appointment()),
        await source.put("/v1/integration/decisions/d-1", json=a_decision()),
    ]
    found = (await (await api.as_citizen(anna)).get("/v1/plan")).json()

    assert [answer.status_code for answer in answers] == [201, 201, 201]
    assert answers[0].json() == {
        "kind": "intervention",
        "external_id": "i-1",
        "outcome": "created",
        "version": 1,
        "errors": [],
    }
    (intervention,), (appointment,), (decision,) = (
        found["interventions"],
        found["appointments"],
        found["decisions"],
    )
    assert intervention["title"] == "Virksomhedspraktik"
    assert appointment["with_names"] == ["Mette Krog"]
    assert (decision["notified_on"], decision["appeal_by"]) == ("2030-03-01", "2030-03-29")
    assert {one["administration"] for one in (intervention, appointment, decision)} == {
        "employment"
    }


async def test_the_last_day_to_appeal_is_a_day_on_which_somebody_works(world, plan, source):
    await source.put("/v1/integration/decisions/d", json=a_decision(decided_on="2029-11-27"))

    # Four weeks on it is the first day of Christmas.
    assert world.rows("SELECT appeal_by::text FROM decision") == [{"appeal_by": "2029-12-27"}]


async def test_a_decision_of_a_time_whose_rule_is_not_known_names_the_last_day_itself(
    world, plan, source
):
    place, long_ago = "/v1/integration/decisions/d-1", a_decision(decided_on="2000-01-03")

    without = await source.put(place, json=long_ago)
    named = await source.put(place, json={**long_ago, "appeal_by": "2000-02-01"})

    assert without.status_code == 409
    assert without.json()["errors"] == [{"path": "appeal_by", "code": "missing"}]
    assert named.json()["outcome"] == "created"


async def test_a_newer_version_replaces_and_says_so(api, world, anna, plan, source):
    path = "/v1/integration/appointments/a-1"
    await source.put(path, json=an_appointment())
    later = await source.put(path, json=an_appointment(version=5, title="Flyttet samtale"))
    (found,) = (await (await api.as_citizen(anna)).get("/v1/plan")).json()["appointments"]

    assert (later.status_code, later.json()["outcome"]) == (200, "updated")
    assert (found["title"], found["version"]) == ("Flyttet samtale", 2)
    before = world.rows("SELECT before ->> 'title' AS title FROM delivery ORDER BY id")
    assert [row["title"] for row in before] == [None, "Samtale"]


async def test_an_older_version_is_ignored_and_said_so(world, plan, source):
    path = "/v1/integration/appointments/a-1"
    await source.put(path, json=an_appointment(version=5))
    older = await source.put(path, json=an_appointment(version=4, title="Gammel"))

    assert (older.status_code, older.json()["outcome"]) == (200, "ignored_older")
    assert older.json()["version"] == 5
    assert world.rows("SELECT title FROM appointment") == [{"title": "Samtale"}]


async def test_the_same_again_changes_nothing(world, plan, source):
    path = "/v1/integration/appointments/a-1"
    await source.put(path, json=an_appointment())
    again = await source.put(path, json=an_appointment())

    assert (again.status_code, again.json()["outcome"]) == (200, "unchanged")
    assert world.rows("SELECT version FROM appointment") == [{"version": 1}]


async def test_another_content_under_the_same_version_is_refused(world, plan, source):
    path = "/v1/integration/appointments/a-1"
    await source.put(path, json=an_appointment())
    other = await source.put(path, json=an_appointment(title="Andet"))

    assert other.status_code == 409
    assert other.json()["errors"] == [{"path": "version", "code": "reused"}]


async def test_an_item_does_not_wander_to_another_person(world, plan, source):
    world.a_plan(world.a_person(name="Bo", cpr="010190-4321"))
    path = "/v1/integration/appointments/a-1"
    await source.put(path, json=an_appointment())
    other = await source.put(path, json=an_appointment(version=2, cpr="010190-4321"))

    assert other.status_code == 409
    assert other.json()["errors"] == [{"path": "cpr", "code": "another_person"}]


async def test_each_source_writes_only_its_own(api, world, plan, source):
    family = await SectorSystem(world, "family", "families").client(api)
    path = "/v1/integration/appointments/a-1"

    await source.put(path, json=an_appointment())
    theirs = await family.put(path, json=an_appointment(title="Andet"))

    assert theirs.status_code == 201
    assert world.rows("SELECT administration, title FROM appointment ORDER BY 1") == [
        {"administration": "employment", "title": "Samtale"},
        {"administration": "family", "title": "Andet"},
    ]


async def test_a_number_of_another_municipality_is_unknown_here(world, source):
    abroad = world.a_municipality()
    erik = world.a_person(cpr=CPR, municipality_id=abroad)
    world.a_plan(erik, municipality_id=abroad)

    answer = await source.put("/v1/integration/appointments/a-1", json=an_appointment())

    assert answer.json()["outcome"] == "queued"
    assert world.rows("SELECT * FROM appointment") == []


async def test_open_screens_hear_of_it(world, plan, source):
    await source.put("/v1/integration/appointments/a-1", json=an_appointment())

    assert world.rows("SELECT topic, kind, resource_id FROM event") == [
        {"topic": f"plan:{plan}", "kind": "plan", "resource_id": plan}
    ]


@pytest.mark.parametrize(
    ("change", "path"),
    [
        ({"cpr": "1234"}, "cpr"),
        ({"cpr": "320190-1234"}, "cpr"),
        ({"version": 0}, "version"),
        ({"title": ""}, "title"),
        ({"unknown": 1}, "unknown"),
        ({"administration": "family"}, "administration"),
        ({"ends_at": "2030-05-01T09:00:00+02:00"}, ""),
    ],
)
async def test_what_is_not_valid_is_refused_with_its_field(source, change, path):
    answer = await source.put("/v1/integration/appointments/a-1", json=an_appointment() | change)

    assert answer.status_code == 422
    assert [error["path"] for error in answer.json()["errors"]] == [path]
    assert "1234" not in answer.text


# -- people who are not here yet


async def test_an_item_for_somebody_unknown_waits_and_is_delivered_when_they_come(
    api, database_url, world, source
):
    path = "/v1/integration/appointments/a-1"
    first = await source.put(path, json=an_appointment())
    second = await source.put(path, json=an_appointment(version=2, title="Ny tid"))
    again = await source.put(path, json=an_appointment(version=2, title="Ny tid"))
    anna = world.a_person(cpr=CPR)
    world.a_plan(anna)
    async with Database(database_url, pool_size=2) as database:
        delivered = await deliver_waiting(database, datetime.now(UTC))
        nothing = await deliver_waiting(database, datetime.now(UTC))

    assert [answer.status_code for answer in (first, second, again)] == [202, 202, 202]
    assert (delivered, nothing) == (1, 0)
    (found,) = (await (await api.as_citizen(anna)).get("/v1/plan")).json()["appointments"]
    assert found["title"] == "Ny tid"
    assert world.rows("SELECT * FROM waiting_delivery") == []
    assert (await source.put(path, json=an_appointment(version=2, title="Ny tid"))).json()[
        "outcome"
    ] == "unchanged"


async def test_somebody_known_without_a_plan_is_waited_for_too(world, anna, source):
    answer = await source.put("/v1/integration/decisions/d-1", json=a_decision())

    assert answer.json()["outcome"] == "queued"


async def test_a_number_is_kept_encrypted_and_never_said(api, world, anna, plan, source):
    await source.put("/v1/integration/appointments/a-1", json=an_appointment())
    unknown = an_appointment(cpr="020290-1111")
    await source.put("/v1/integration/appointments/a-2", json=unknown)
    everything = [
        str(world.rows(f"SELECT to_jsonb(t) FROM {table} t"))  # noqa: S608 - fixed names
        for table in ("person", "waiting_delivery", "delivered_item", "delivery", "appointment")
    ]

    (kept,) = world.rows("SELECT cpr_encrypted FROM person WHERE cpr_encrypted IS NOT NULL")
    (waiting,) = world.rows("SELECT cpr_hash, cpr_encrypted FROM waiting_delivery")
    assert decrypt_cpr(SECRET_KEY, kept["cpr_encrypted"]) == "0304851234"
    assert decrypt_cpr(SECRET_KEY, waiting["cpr_encrypted"]) == "0202901111"
    assert waiting["cpr_hash"] == cpr_hash(SECRET_KEY, "0202901111")
    assert not any(number in text for text in everything for number in ("0304851234", "0202901111"))
    with pytest.raises(InvalidTag):
        decrypt_cpr("another secret", kept["cpr_encrypted"])


# -- batches


async def test_a_batch_is_answered_for_each_item(world, plan, source):
    items = [
        {"kind": "appointment", "external_id": "a", **an_appointment()},
        {"kind": "appointment", "external_id": "b", **an_appointment(cpr="020290-1111")},
        {"kind": "decision", "external_id": "a", **a_decision()},
        {"kind": "appointment", "external_id": "c", **an_appointment(title="")},
        {"kind": "cake", "external_id": "d"},
        {"kind": "appointment", "external_id": "a", **an_appointment(version=2)},
        7,
    ]

    answer = await source.put("/v1/integration/items", json={"items": items})

    assert answer.status_code == 200
    found = answer.json()["items"]
    assert [one["outcome"] for one in found] == [
        "created",
        "queued",
        "created",
        "refused",
        "refused",
        "updated",
        "refused",
    ]
    assert found[3]["errors"] == [{"path": "title", "code": "string_too_short"}]
    assert (found[3]["external_id"], found[4]["kind"]) == ("c", "cake")


@pytest.mark.parametrize("items", [[], None, "x", [{}] * 10_001])
async def test_a_batch_has_one_to_ten_thousand_items(source, items):
    answer = await source.put("/v1/integration/items", json={"items": items})

    assert answer.status_code == 422


async def test_ten_thousand_items_come_in_one_call(source):
    answer = await source.put("/v1/integration/items", json={"items": [{}] * 10_000})

    assert answer.status_code == 200
    assert [one["outcome"] for one in answer.json()["items"]] == ["refused"] * 10_000


async def test_one_broken_part_leaves_the_parts_before_it(api, world, plan, source):
    """A crash in the middle: here the database refuses the second part."""
    items = [
        {"kind": "appointment", "external_id": f"a-{n}", **an_appointment(title=f"Møde {n}")}
        for n in range(600)
    ]
    world.execute(
        "ALTER TABLE appointment ADD CONSTRAINT broken CHECK (title <> 'Møde 550') NOT VALID"
    )
    broken = await source.put("/v1/integration/items", json={"items": items})
    world.execute("ALTER TABLE appointment DROP CONSTRAINT broken")

    repeated = await source.put("/v1/integration/items", json={"items": items})

    assert broken.status_code == 500
    outcomes = [one["outcome"] for one in repeated.json()["items"]]
    assert outcomes == ["unchanged"] * 500 + ["created"] * 100
    assert world.rows("SELECT count(*) AS n FROM appointment") == [{"n": 600}]


async def shown(api, anna, kind="interventions") -> list[dict]:
    return (await (await api.as_citizen(anna)).get("/v1/plan")).json()[kind]


async def test_what_a_source_withdraws_is_shown_to_nobody_and_kept_in_its_history(
    api, world, anna, plan, source, jobs
):
    place = "/v1/integration/appointments/a-1"
    await source.put(place, json=an_appointment())
    (there,) = await shown(api, anna, "appointments")

    gone = await source.delete(place, params={"version": 2})
    again = await source.delete(place, params={"version": 2})

    assert (gone.json()["outcome"], gone.json()["version"]) == ("withdrawn", 2)
    assert again.json()["outcome"] == "unchanged"
    assert await shown(api, anna, "appointments") == []
    citizen = await api.as_citizen(anna)
    assert (await citizen.get(f"/v1/appointments/{there['id']}")).status_code == 404
    kept = world.rows("SELECT before, after FROM delivery ORDER BY id")
    assert kept[-1]["before"]["title"] == "Samtale"
    assert kept[-1]["after"] == {"withdrawn": True}


async def test_a_withdrawal_has_its_place_among_the_versions(api, anna, plan, source, world):
    place = "/v1/integration/interventions/i-1"
    await source.put(place, json=an_intervention(world, version=5))

    older = await source.delete(place, params={"version": 4})
    same = await source.delete(place, params={"version": 5})
    assert (older.json()["outcome"], same.status_code) == ("ignored_older", 409)
    assert len(await shown(api, anna)) == 1

    await source.delete(place, params={"version": 6})
    late = await source.put(place, json=an_intervention(world, version=5))
    reused = await source.put(place, json=an_intervention(world, version=6))
    back = await source.put(place, json=an_intervention(world, version=7, title="Igen"))

    assert late.json()["outcome"] == "ignored_older"
    assert reused.status_code == 409
    assert back.json()["outcome"] == "created"
    assert [one["title"] for one in await shown(api, anna)] == ["Igen"]


async def test_what_waits_in_the_queue_is_withdrawn_too_and_nobody_withdraws_for_another(
    api, world, source
):
    place = "/v1/integration/decisions/d-1"
    assert (await source.delete(place, params={"version": 1})).status_code == 404
    await source.put("/v1/integration/appointments/a-1", json=an_appointment(cpr="111111-1111"))
    social = await SectorSystem(world, "adult_social", "social").client(api)

    foreign = await social.delete("/v1/integration/appointments/a-1", params={"version": 9})
    own = await source.delete("/v1/integration/appointments/a-1", params={"version": 1})

    assert foreign.status_code == 404
    again = await source.delete("/v1/integration/appointments/a-1", params={"version": 1})
    later = await source.put(
        "/v1/integration/appointments/a-1", json=an_appointment(cpr="111111-1111", version=2)
    )

    assert (own.json()["outcome"], again.json()["outcome"]) == ("withdrawn", "unchanged")
    assert later.json()["outcome"] == "queued"


async def test_what_left_the_queue_leaves_nothing_of_anybody_behind(world, source):
    place = "/v1/integration/appointments/a-1"
    await source.put(place, json=an_appointment(cpr="111111-1111", version=3))
    await source.delete(place, params={"version": 4})

    late = await source.put(place, json=an_appointment(cpr="111111-1111", version=3))

    assert late.json()["outcome"] == "ignored_older"
    (row,) = world.rows("SELECT * FROM waiting_delivery")
    assert (row["cpr_hash"], row["cpr_encrypted"], row["content"]) == (b"", b"", {})


async def test_a_batch_withdraws_too_and_answers_each(api, world, anna, plan, source):
    def gone(external_id, version=2, kind="appointment"):
        return {"kind": "withdrawal", "withdraws": kind} | {
            "external_id": external_id,
            "version": version,
        }

    waiting = an_appointment(cpr="111111-1111")
    delivered = [
        {"kind": "appointment", "external_id": "a", **an_appointment()},
        {"kind": "appointment", "external_id": "b", **an_appointment()},
        {"kind": "appointment", "external_id": "c", **waiting},
    ]
    batch = [
        *delivered,
        gone("a"),
        gone("b", version=1),
        gone("c"),
        gone("d"),
        gone("a", kind="decision"),
        {**gone("a"), "version": 0},
        {"kind": "appointment", "external_id": "a", **an_appointment(version=3, title="Igen")},
    ]

    first = (await source.put("/v1/integration/items", json={"items": batch})).json()["items"]
    again = (await source.put("/v1/integration/items", json={"items": batch})).json()["items"]

    assert [one["outcome"] for one in first] == [
        *("created", "created", "queued"),
        *("withdrawn", "refused", "withdrawn", "refused", "refused", "refused", "created"),
    ]
    assert [one["errors"][0]["code"] for one in first if one["errors"]] == [
        *("reused", "unknown", "unknown", "greater_than_equal"),
    ]
    assert (first[3]["kind"], first[8]["kind"]) == ("appointment", "withdrawal")
    assert [one["outcome"] for one in again] == [
        *("ignored_older", "unchanged", "ignored_older"),
        *("ignored_older", "refused", "unchanged", "refused", "refused", "refused", "unchanged"),
    ]
    # At the same hour, so in the order of their ids.
    titles = {one["title"] for one in await shown(api, anna, "appointments")}
    assert titles == {"Samtale", "Igen"}


DETAILS = {
    "work_trial": {"workplace": "Solby Bibliotek", "contact": "Birthe Munk"},
    "course": {"sessions": 8, "in_group": True},
    "talks": {"sessions": 6},
    "support": {"given": "at_home"},
    "grant": {"pays_for": "Fodbold i et år"},
    "other": {},
}


@pytest.mark.parametrize("kind", DETAILS)
async def test_an_intervention_comes_with_what_only_its_kind_has(
    api, world, anna, plan, source, kind
):
    place, details = "/v1/integration/interventions/i-1", {"kind": kind, **DETAILS[kind]}

    await source.put(place, json=an_intervention(world))
    (silent,) = await shown(api, anna)
    await source.put(place, json=an_intervention(world, version=2, details=details))
    (said,) = await shown(api, anna)

    assert silent["details"] == {"kind": "other"}
    assert said["details"] == details


@pytest.mark.parametrize(
    ("details", "path"),
    [
        ({"kind": "work_trial"}, "details.work_trial.workplace"),
        ({"kind": "work_trial", "workplace": ""}, "details.work_trial.workplace"),
        ({"kind": "course", "sessions": 0}, "details.course.sessions"),
        ({"kind": "talks", "in_group": True}, "details.talks.in_group"),
        ({"kind": "support", "given": "somewhere"}, "details.support.given"),
        ({"kind": "grant", "pays_for": "a\u0000b"}, "details.grant.pays_for"),
        ({"kind": "other", "workplace": "Solby Bibliotek"}, "details.other.workplace"),
        ({"kind": "holiday"}, "details"),
    ],
)
async def test_details_of_another_kind_are_refused_with_their_field(
    world, plan, source, details, path
):
    answer = await source.put(
        "/v1/integration/interventions/i-1", json=an_intervention(world, details=details)
    )

    assert answer.status_code == 422
    assert [error["path"] for error in answer.json()["errors"]] == [path]


async def test_saying_that_it_is_of_no_kind_is_the_same_as_not_saying_it(world, plan, source):
    place = "/v1/integration/interventions/i-1"

    await source.put(place, json=an_intervention(world))
    again = await source.put(place, json=an_intervention(world, details={"kind": "other"}))
    grant = await source.put(
        place, json=an_intervention(world, details={"kind": "grant", "pays_for": "Bus"})
    )

    assert again.json()["outcome"] == "unchanged"
    assert grant.json()["errors"] == [{"path": "version", "code": "reused"}]


async def test_fixed_hours_come_with_an_intervention_and_are_replaced(
    api, world, anna, plan, source
):
    place = "/v1/integration/interventions/i-1"
    monday = {"weekday": 1, "starts": "09:00:00", "ends": "12:00:00"}
    friday = {"weekday": 5, "starts": "10:00:00", "ends": "11:30:00"}

    await source.put(place, json=an_intervention(world, weekly_times=[monday, friday]))
    (first,) = await shown(api, anna)
    await source.put(place, json=an_intervention(world, version=2, weekly_times=[friday]))
    (second,) = await shown(api, anna)
    wrong = await source.put(
        place, json=an_intervention(world, version=3, weekly_times=[{**monday, "ends": "08:00"}])
    )

    assert first["weekly_times"] == [monday, friday]
    assert second["weekly_times"] == [friday]
    assert wrong.status_code == 422
