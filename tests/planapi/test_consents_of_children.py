"""Consents for children: given by custody holders, and from 16 to 17 by two."""

from datetime import date, timedelta

import pytest

SEE_PLAN = {
    "kind": "holistic_plan",
    "recipient_administration": "employment",
    "categories": ["social"],
    "text_version": 1,
    "text_language": "da",
}


class Home:
    """A child with a plan that holds something of another administration, and a parent."""

    def __init__(self, world, years: int) -> None:
        self.world = world
        today = world.today
        born = date(today.year - years, 1, 1) - timedelta(days=1)
        self.freja = world.a_person(name="Freja Bo", birth_date=born)
        self.bo = world.a_person(name="Bo Holm")
        self.plan = world.a_plan(self.freja)
        self.mette = world.a_contact_person(self.freja)
        world.an_intervention(self.plan, "adult_social", title="Kontaktperson")
        world.insert("custody", child_id=self.freja, holder_id=self.bo, starts_on=today)
        self.text = world.a_consent_text("holistic_plan")

    def command(self) -> dict:
        return {
            **SEE_PLAN,
            "valid_until": str(self.world.today + timedelta(days=90)),
            "text_id": self.text["id"],
            "text_sha256": self.text["sha256"],
        }

    def signature(self) -> dict:
        return {
            "text_version": 1,
            "text_language": "da",
            "text_sha256": self.text["sha256"],
        }


@pytest.fixture
def home(world) -> Home:
    return Home(world, 16)


def party_named(receipt: dict, role: str) -> str:
    (party,) = [one for one in receipt["parties"] if one["party_role"] == role]
    return party["party_name"]


def givers_of(receipt: dict) -> list[tuple[str, str]]:
    return [
        (one["party_name"], one["capacity"])
        for one in receipt["parties"]
        if one["party_role"] == "consent_giver"
    ]


async def seen(api, home) -> list[str]:
    briefing = await (await api.as_contact_person(home.mette)).get(
        f"/v1/work/citizens/{home.freja}"
    )
    return [one["title"] for one in briefing.json()["plan"]["interventions"]]


async def test_a_parent_consents_for_a_child_and_takes_it_back(api, world, key):
    home = Home(world, 12)
    bo, freja = await api.as_citizen(home.bo), await api.as_citizen(home.freja)
    place = f"/v1/people/{home.freja}/consents"

    offers = await bo.get(f"/v1/people/{home.freja}/consent-offers")
    given = await bo.post(place, json=home.command(), headers=key())
    own = await freja.post("/v1/consents", json=home.command(), headers=key())

    assert [one["text"]["kind"] for one in offers.json()["offers"]] == ["holistic_plan"]
    assert (given.status_code, given.json()["state"]) == (201, "active"), given.text
    assert given.json()["given_by"]["name"] == "Bo Holm"
    assert own.status_code == 403
    assert await seen(api, home) == ["Kontaktperson"]
    assert (await bo.get(place)).json()["consents"][0]["id"] == given.json()["id"]
    receipt = (await bo.get(f"/v1/consents/{given.json()['id']}/receipt")).json()
    assert givers_of(receipt) == [("Bo Holm", "custody_holder")]
    assert party_named(receipt, "pii_principal") == "Freja Bo"
    assert receipt["events"][0]["entity_id"] == str(home.bo)

    withdrawn = await bo.post(f"/v1/consents/{given.json()['id']}/withdrawal", headers=key())
    assert withdrawn.json()["state"] == "withdrawn"
    assert await seen(api, home) == []


@pytest.mark.parametrize("first", ["parent", "young person"])
async def test_from_16_to_17_a_holistic_plan_works_once_both_have_signed(api, home, key, first):
    bo, freja = await api.as_citizen(home.bo), await api.as_citizen(home.freja)
    own, childs = "/v1/consents", f"/v1/people/{home.freja}/consents"
    giver, place, signer = (bo, childs, freja) if first == "parent" else (freja, own, bo)

    given = await giver.post(place, json=home.command(), headers=key())
    address = f"/v1/consents/{given.json()['id']}/signature"
    alone = await giver.post(address, json=home.signature(), headers=key())

    assert given.json()["state"] == "waiting", given.text
    assert given.json()["waits_for"] == ("young_person" if first == "parent" else "custody_holder")
    assert alone.status_code == 403
    assert await seen(api, home) == []

    other = {**home.signature(), "text_sha256": "0" * 64}
    assert (await signer.post(address, json=other, headers=key())).status_code == 409
    signed = await signer.post(address, json=home.signature(), headers=key())

    assert (signed.status_code, signed.json()["state"]) == (200, "active"), signed.text
    assert await seen(api, home) == ["Kontaktperson"]
    assert len((await freja.get(own)).json()["consents"]) == 1

    await signer.post(f"/v1/consents/{given.json()['id']}/withdrawal", headers=key())
    assert await seen(api, home) == []
    receipt = (await freja.get(f"/v1/consents/{given.json()['id']}/receipt")).json()
    both = {("Bo Holm", "custody_holder"), ("Freja Bo", "self")}
    assert set(givers_of(receipt)) == both
    assert [one["event_type"] for one in receipt["events"]] == ["given", "signed", "withdrawn"]
    ids = {"parent": [home.bo, home.freja], "young person": [home.freja, home.bo]}[first]
    assert [one["entity_id"] for one in receipt["events"][:2]] == [str(one) for one in ids]
    assert receipt["events"][-1]["entity_id"] == str(ids[1])


@pytest.mark.parametrize("first", ["parent", "young person"])
async def test_a_signature_waits_on_the_overview_of_whoever_is_to_give_it(api, home, key, first):
    bo, freja = await api.as_citizen(home.bo), await api.as_citizen(home.freja)
    own, childs = "/v1/consents", f"/v1/people/{home.freja}/consents"
    giver, place, signer = (bo, childs, freja) if first == "parent" else (freja, own, bo)

    given = await giver.post(place, json=home.command(), headers=key())

    waits = {
        "kind": "consent_unsigned",
        "resource_id": given.json()["id"],
        "title": given.json()["text"]["title"],
        "due": None,
    }
    assert await waiting(signer) == [waits]
    assert await waiting(giver) == []

    address = f"/v1/consents/{given.json()['id']}/signature"
    await signer.post(address, json=home.signature(), headers=key())
    assert await waiting(signer) == []


@pytest.mark.parametrize("read", ["the list", "one", "the receipt"])
async def test_a_child_can_see_that_a_parent_has_read_a_consent(api, home, key, read):
    bo, freja = await api.as_citizen(home.bo), await api.as_citizen(home.freja)
    given = (await freja.post("/v1/consents", json=home.command(), headers=key())).json()
    assert (await freja.get("/v1/access-log")).json()["entries"] == []

    place = {
        "the list": f"/v1/people/{home.freja}/consents",
        "one": f"/v1/consents/{given['id']}",
        "the receipt": f"/v1/consents/{given['id']}/receipt",
    }[read]
    assert (await bo.get(place)).status_code == 200

    (entry,) = (await freja.get("/v1/access-log")).json()["entries"]
    assert (entry["reader"], entry["ground"]) == ("Bo Holm", "custody")
    assert (entry["resource_kind"], entry["resource_id"]) == ("consent", given["id"])


async def waiting(client) -> list[dict]:
    return (await client.get("/v1/overview")).json()["waiting"]


async def test_a_grown_up_decides_alone_and_a_stranger_for_nobody(api, world, key):
    home = Home(world, 18)
    bo, freja = await api.as_citizen(home.bo), await api.as_citizen(home.freja)

    refused = await bo.post(f"/v1/people/{home.freja}/consents", json=home.command(), headers=key())
    given = await freja.post("/v1/consents", json=home.command(), headers=key())

    assert refused.status_code == 404
    assert (given.json()["state"], given.json()["waits_for"]) == ("active", None)
    stranger = await api.as_citizen(world.a_person(name="Eva"))
    for place in ("consents", "consent-offers"):
        assert (await stranger.get(f"/v1/people/{home.freja}/{place}")).status_code == 404
    signing = f"/v1/consents/{given.json()['id']}/signature"
    assert (await stranger.post(signing, json=home.signature(), headers=key())).status_code == 404
