"""Consents: given for exact words, by a fresh login, and withdrawn at once."""

from datetime import date, timedelta
from uuid import UUID, uuid4

import pytest

from planapi.consent_texts import digest
from planapi.services.consent_offers import longest_until


class Consenting:
    """Anna, who has been asked for consent, and her contact person."""

    def __init__(self, world) -> None:
        self.world = world
        self.anna = world.a_person()
        self.plan = world.a_plan(self.anna)
        self.mette = world.a_contact_person(self.anna)
        self.text = world.a_consent_text("collection")

    def command(self, **changes) -> dict:
        command = {
            "kind": "collection",
            "source": "adult_social",
            "recipient_administration": "employment",
            "categories": ["social"],
            "case": "Min sag om støtte",
            "valid_until": str(self.world.today + timedelta(days=90)),
            "text_id": self.text["id"],
            "text_version": self.text["version"],
            "text_language": self.text["language"],
            "text_sha256": self.text["sha256"],
        }
        return command | changes


@pytest.fixture
def case(world) -> Consenting:
    return Consenting(world)


@pytest.fixture
async def anna(api, case):
    return await api.as_citizen(case.anna)


async def test_a_consent_is_given_seen_and_withdrawn(anna, case, key):
    given = await anna.post("/v1/consents", json=case.command(), headers=key())
    consent = given.json()

    assert given.status_code == 201
    assert given.headers["ETag"] == '"1"'
    assert consent["state"] == "active"
    assert set(consent["allowed"]) == {"read", "withdraw", "renew"}
    assert consent["text"]["sha256"] == case.text["sha256"]
    assert consent["case"] == "Min sag om støtte"
    assert (await anna.get("/v1/consents")).json()["consents"] == [consent]

    withdrawn = await anna.post(f"/v1/consents/{consent['id']}/withdrawal", headers=key())

    assert withdrawn.status_code == 200
    assert withdrawn.json()["state"] == "withdrawn"
    assert withdrawn.json()["withdrawn_at"]
    assert withdrawn.json()["allowed"] == ["read"]
    assert withdrawn.headers["ETag"] == '"2"'
    assert (await anna.get(f"/v1/consents/{consent['id']}")).json() == withdrawn.json()


async def test_a_consent_opens_the_next_read_and_its_withdrawal_closes_the_next_again(
    api, anna, case, world, key
):
    world.an_intervention(case.plan, "employment", title="Praktik")
    world.an_intervention(case.plan, "adult_social", title="Bostøtte")
    world.an_intervention(case.plan, "health", title="Genoptræning")
    mette = await api.as_contact_person(case.mette)

    async def what_mette_sees() -> set[str]:
        briefing = (await mette.get(f"/v1/work/citizens/{case.anna}")).json()
        return {intervention["title"] for intervention in briefing["plan"]["interventions"]}

    assert await what_mette_sees() == {"Praktik"}

    given = await anna.post("/v1/consents", json=case.command(), headers=key())
    assert await what_mette_sees() == {"Praktik", "Bostøtte"}
    entries = (await anna.get("/v1/access-log")).json()["entries"]
    assert given.json()["id"] in {entry["consent_id"] for entry in entries}

    await anna.post(f"/v1/consents/{given.json()['id']}/withdrawal", headers=key())
    assert await what_mette_sees() == {"Praktik"}


async def test_withdrawing_twice_is_withdrawing_once(anna, case, world, key):
    consent = world.a_consent(case.anna)

    first = await anna.post(f"/v1/consents/{consent}/withdrawal", headers=key())
    second = await anna.post(f"/v1/consents/{consent}/withdrawal", headers=key())

    assert first.json() == second.json()
    changes = world.rows("SELECT change FROM history WHERE resource_id = %(id)s", id=consent)
    assert changes == [{"change": "withdrawn"}]


async def test_consents_are_listed_active_first_with_the_state_of_today(anna, case, world):
    withdrawn = world.a_consent(case.anna)
    world.a_withdrawal(withdrawn, case.anna)
    expired = world.a_consent(
        case.anna,
        valid_from=world.today - timedelta(days=40),
        valid_until=world.today - timedelta(days=1),
    )
    active = world.a_consent(case.anna, valid_until=world.today)

    listed = (await anna.get("/v1/consents")).json()

    states = {UUID(consent["id"]): consent["state"] for consent in listed["consents"]}
    assert states == {active: "active", withdrawn: "withdrawn", expired: "expired"}
    assert listed["consents"][0]["id"] == str(active)
    assert listed["may_give"] is True


@pytest.mark.parametrize(
    "login",
    [{"auth_time": 0}, {"loa": "low"}],
    ids=["logged in long ago", "logged in weakly"],
)
async def test_an_old_or_weak_login_cannot_give_but_can_read_offers_and_withdraw(
    api, case, world, key, login
):
    anna = await api.as_citizen(case.anna, **login)
    earlier = world.a_consent(case.anna)

    refused = await anna.post("/v1/consents", json=case.command(), headers=key())

    assert refused.status_code == 401
    assert refused.json()["type"] == "urn:enplan:problem:step-up-needed"
    assert "insufficient_user_authentication" in refused.headers["WWW-Authenticate"]
    assert (await anna.get("/v1/consents")).json()["may_give"] is True
    assert (await anna.get("/v1/consent-offers")).json()["offers"]
    withdrawn = await anna.post(f"/v1/consents/{earlier}/withdrawal", headers=key())
    assert withdrawn.json()["state"] == "withdrawn"


@pytest.mark.parametrize(
    "seen",
    [
        {"text_sha256": "0" * 64},
        {"text_version": 2},
        {"text_id": "another"},
        {"kind": "holistic_plan"},
    ],
    ids=["other words", "other version", "other text", "other kind"],
)
async def test_a_consent_for_anything_but_the_words_of_today_is_a_conflict(anna, case, key, seen):
    answer = await anna.post("/v1/consents", json=case.command(**seen), headers=key())

    assert answer.status_code == 409
    assert answer.json()["type"] == "urn:enplan:problem:conflict"


async def test_the_words_of_yesterday_are_not_those_of_today(anna, case, world, key):
    world.a_consent_text("collection", version=2, body="Nye ord.")

    answer = await anna.post("/v1/consents", json=case.command(), headers=key())

    assert answer.status_code == 409


@pytest.mark.parametrize(
    ("choice", "path", "code"),
    [
        ({"source": None}, "source", "missing"),
        ({"source": "health"}, "source", "not_offered"),
        ({"source": "employment"}, "source", "same_as_recipient"),
        ({"categories": ["health"]}, "categories", "not_offered"),
        ({"categories": ["social", "social"]}, "categories", "repeated"),
        ({"categories": ["family"]}, "categories", "without_effect"),
        ({"categories": ["social", "family"]}, "categories", "without_effect"),
        ({"case": " "}, "case", "missing"),
        ({"recipient_administration": None}, "recipient_administration", "missing"),
        ({"recipient_person": str(uuid4())}, "recipient_person", "not_offered"),
        ({"valid_until": "2020-01-01"}, "valid_until", "in_the_past"),
        ({"valid_until": "2199-01-01"}, "valid_until", "too_late"),
    ],
)
async def test_a_choice_that_was_not_offered_is_refused_by_name(
    anna, case, key, choice, path, code
):
    answer = await anna.post("/v1/consents", json=case.command(**choice), headers=key())

    assert answer.status_code == 422
    assert answer.json()["errors"] == [{"path": path, "code": code}]


@pytest.mark.parametrize(
    ("source", "categories", "status"),
    [
        (None, ["social", "family"], 201),
        ("family", ["family"], 201),
        (None, ["employment"], 422),  # what the recipient holds itself
        ("family", ["social"], 422),
    ],
)
async def test_one_plan_may_be_about_all_administrations_but_the_one_that_sees_them(
    anna, case, world, key, source, categories, status
):
    text = world.a_consent_text("holistic_plan")
    command = case.command(
        kind="holistic_plan",
        source=source,
        categories=categories,
        case="",
        text_id="holistic_plan",
        text_sha256=text["sha256"],
    )

    answer = await anna.post("/v1/consents", json=command, headers=key())

    assert answer.status_code == status
    if status == 422:
        assert answer.json()["errors"] == [{"path": "categories", "code": "without_effect"}]


async def test_an_offer_says_what_must_be_named_and_what_each_source_has(anna, case, world):
    for kind in ("holistic_plan", "health_disclosure"):
        world.a_consent_text(kind)

    offers = (await anna.get("/v1/consent-offers")).json()["offers"]
    by_kind = {offer["text"]["kind"]: offer for offer in offers}

    assert {kind: offer["source_may_be_open"] for kind, offer in by_kind.items()} == {
        "holistic_plan": True,
        "collection": False,
        "health_disclosure": False,
    }
    assert by_kind["collection"]["case_needed"] is True
    assert by_kind["holistic_plan"]["case_needed"] is False
    assert by_kind["collection"]["categories_of"] == {
        "employment": ["employment"],
        "adult_social": ["social"],
        "family": ["family"],
    }
    assert by_kind["health_disclosure"]["categories_of"] == {"health": ["health"]}


async def test_without_a_plan_there_is_nothing_to_consent_to(api, case, world, key):
    bent = await api.as_citizen(world.a_person(name="Bent"))

    assert (await bent.get("/v1/consents")).json() == {"consents": [], "may_give": False}
    assert (await bent.get("/v1/consent-offers")).json() == {"offers": []}
    refused = await bent.post("/v1/consents", json=case.command(), headers=key())
    assert refused.status_code == 403


async def test_a_relative_is_let_in_only_from_the_own_household(anna, case, world, key):
    text = world.a_consent_text("family", legal_ground="samtykke")
    son, stranger = world.a_person(name="Bo"), world.a_person(name="Eva")
    world.a_household(case.anna, son)
    command = case.command(
        kind="family",
        source=None,
        recipient_administration=None,
        recipient_person=str(son),
        categories=["goals"],
        text_id="family",
        text_sha256=text["sha256"],
    )

    given = await anna.post("/v1/consents", json=command, headers=key())
    refused = await anna.post(
        "/v1/consents", json=command | {"recipient_person": str(stranger)}, headers=key()
    )

    assert given.json()["recipient"] == {
        "kind": "person",
        "person": {"id": str(son), "name": "Bo"},
    }
    assert refused.json()["errors"] == [{"path": "recipient_person", "code": "not_offered"}]


async def test_offers_are_in_the_readers_language_and_in_danish_where_there_is_no_other(
    anna, case, world
):
    world.a_consent_text("collection", language="en", title="May we collect information?")
    world.a_consent_text("health_disclosure", title="Må vi se helbredsoplysninger?")
    world.a_consent_text("family")  # nobody to let in: no offer

    offers = (await anna.get("/v1/consent-offers", params={"language": "en"})).json()["offers"]

    assert {offer["text"]["kind"]: offer["text"]["language"] for offer in offers} == {
        "collection": "en",
        "health_disclosure": "da",
    }
    health = next(offer for offer in offers if offer["text"]["kind"] == "health_disclosure")
    assert health["sources"] == ["health"]
    assert health["categories"] == ["health"]
    assert health["recipients"][0] == {"kind": "administration", "administration": "employment"}


async def test_nobody_else_knows_of_a_consent_by_its_id(api, case, world, key):
    consent = world.a_consent(case.anna)
    bo = await api.as_citizen(world.a_person(name="Bo"))
    mette = await api.as_contact_person(case.mette)

    assert (await bo.get(f"/v1/consents/{consent}")).status_code == 404
    assert (await bo.get("/v1/consents")).json()["consents"] == []
    for other in (bo, mette):
        tried = await other.post(f"/v1/consents/{consent}/withdrawal", headers=key())
        assert tried.status_code in {403, 404}
    assert world.rows("SELECT * FROM consent_withdrawal") == []


async def test_giving_and_withdrawing_are_remembered_and_told(anna, case, world, key):
    consent = (await anna.post("/v1/consents", json=case.command(), headers=key())).json()
    await anna.post(f"/v1/consents/{consent['id']}/withdrawal", headers=key())

    history = world.rows("SELECT change, actor_id FROM history ORDER BY id")
    events = world.rows("SELECT topic, kind, resource_id FROM event ORDER BY id")

    assert history == [
        {"change": change, "actor_id": case.anna} for change in ("given", "withdrawn")
    ]
    assert {event["topic"] for event in events} == {f"person:{case.anna}", f"plan:{case.plan}"}
    assert {event["kind"] for event in events} == {"consent"}


@pytest.mark.parametrize(
    ("today", "last"),
    [
        (date(2026, 1, 31), date(2027, 1, 31)),
        (date(2024, 2, 29), date(2025, 2, 28)),
        (date(2026, 12, 1), date(2027, 12, 1)),
    ],
)
def test_a_consent_lasts_at_most_twelve_months(today, last):
    assert longest_until(today) == last


def test_a_digest_tells_the_same_words_divided_differently_apart():
    assert digest("a", "b", "c") != digest("ab", "", "c")
    assert digest("é", "", "") == digest("e\u0301", "", "")
