"""Households joined and left, requests by right, handovers, deputies, plans, receipts, export."""

import asyncio
from collections import Counter
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

CPR_OF_BO = "010190-1234"


class Case:
    """Anna with a plan and Mette as contact person; Bo, who is known here by number."""

    def __init__(self, world) -> None:
        self.world = world
        self.anna = world.a_person(name="Anna Holm")
        self.bo = world.a_person(name="Bo Holm", cpr=CPR_OF_BO)
        self.plan = world.a_plan(self.anna)
        self.mette = world.a_contact_person(self.anna)
        self.lars = world.a_contact_person(name="Lars Bech")


@pytest.fixture
def case(world) -> Case:
    return Case(world)


@pytest.fixture
async def anna(api, case):
    return await api.as_citizen(case.anna)


@pytest.fixture
async def bo(api, case):
    return await api.as_citizen(case.bo)


@pytest.fixture
async def mette(api, case):
    return await api.as_contact_person(case.mette)


def events(world) -> set[tuple[str, str]]:
    return {(row["topic"], row["kind"]) for row in world.rows("SELECT topic, kind FROM event")}


async def test_a_household_is_founded_joined_by_the_own_login_and_left_in_one_step(
    anna, bo, case, world, key
):
    founded = await anna.post("/v1/households", json={"name": "Vi"}, headers=key())
    (home,) = founded.json()["households"]
    who = {"name": "Bo", "cpr": CPR_OF_BO, "relation": "partner"}
    address = f"/v1/households/{home['id']}/invitations"
    invited = await anna.post(address, json=who, headers=key())
    twice = await anna.post(address, json=who, headers=key())
    assert home["may_invite"]
    assert home["may_leave"]
    assert invited.status_code == 201, invited.text
    assert twice.status_code == 409
    assert (await bo.get("/v1/households")).json()["households"] == []

    (invitation,) = (await bo.get("/v1/invitations")).json()["to_me"]
    accepted = await bo.post(
        f"/v1/invitations/{invitation['id']}/answer", json={"accept": True}, headers=key()
    )
    assert accepted.json()["state"] == "accepted"
    (joined,) = (await bo.get("/v1/households")).json()["households"]
    assert {one["name"] for one in joined["members"]} == {"Anna Holm", "Bo Holm"}
    goal = world.a_goal(household_id=home["id"], created_by=case.anna)
    step = world.a_step(goal, assignee_id=case.bo)

    left = await bo.post(f"/v1/households/{home['id']}/leave", headers=key())

    assert left.json()["households"] == []
    assert (await bo.get(f"/v1/goals/{goal}")).status_code == 404
    kept = (await anna.get(f"/v1/goals/{goal}")).json()
    assert [(one["id"], one["assignee"]) for one in kept["steps"]] == [(str(step), None)]
    changes = [row["change"] for row in world.rows("SELECT change FROM history ORDER BY id")]
    assert changes == ["created", "invited", "accepted", "left"]
    assert (f"household:{home['id']}", "household") in events(world)


async def test_an_invitation_tells_nobody_whether_a_number_is_known_here(anna, case, world, key):
    home = world.a_household(case.anna)
    answers = [
        await anna.post(
            f"/v1/households/{home}/invitations",
            json={"name": "X", "cpr": cpr, "relation": "other"},
            headers=key(),
        )
        for cpr in (CPR_OF_BO, "020290-4321")
    ]

    first, second = (set(answer.json()) for answer in answers)
    assert [answer.status_code for answer in answers] == [201, 201]
    assert first == second


async def test_only_who_is_invited_answers_and_only_members_withdraw(
    api, anna, bo, case, world, key
):
    home = world.a_household(case.anna)
    who = {"name": "Bo", "cpr": CPR_OF_BO, "relation": "other"}
    made = await anna.post(f"/v1/households/{home}/invitations", json=who, headers=key())
    invitation = f"/v1/invitations/{made.json()['id']}"
    eva = await api.as_citizen(world.a_person(name="Eva"))

    for other, status in ((eva, 404), (anna, 403)):
        tried = await other.post(f"{invitation}/answer", json={"accept": True}, headers=key())
        assert tried.status_code == status
    withdrawn = await anna.post(f"{invitation}/withdrawal", headers=key())
    assert withdrawn.json()["state"] == "withdrawn"
    late = await bo.post(f"{invitation}/answer", json={"accept": True}, headers=key())
    assert late.status_code == 404


async def test_a_correction_is_asked_for_and_answered_once(anna, mette, case, world, key):
    wrong = world.an_intervention(case.plan)
    about = {"kind": "correction", "resource_kind": "intervention", "resource_id": str(wrong)}
    asked = await anna.post(
        "/v1/rights-requests", json={"about": about, "text": "Jeg bor alene"}, headers=key()
    )
    (waiting,) = (await mette.get("/v1/rights-requests")).json()["requests"]
    address = f"/v1/rights-requests/{waiting['id']}/answer"
    said = {"outcome": "noted", "answer": "Vi har skrevet det ved siden af."}

    assert asked.status_code == 201, asked.text
    assert waiting["allowed"] == sorted(["read", "answer"], key=waiting["allowed"].index)
    assert (await mette.put(address, json=said)).status_code == 428
    stale = await mette.put(address, json=said, headers={"If-Match": '"7"'})
    assert stale.status_code == 412
    odd = await mette.put(
        address, json=said | {"outcome": "explained"}, headers={"If-Match": '"1"'}
    )
    assert odd.json()["errors"] == [{"path": "outcome", "code": "not_offered"}]
    answered = await mette.put(address, json=said, headers={"If-Match": '"1"'})
    again = await mette.put(address, json=said, headers={"If-Match": '"2"'})

    assert answered.json()["answered_by"]["id"] == str(case.mette)
    assert again.status_code == 409
    (own,) = (await anna.get("/v1/rights-requests")).json()["requests"]
    assert own["answer"] == said["answer"]
    assert (f"person:{case.anna}", "request") in events(world)


@pytest.mark.parametrize(
    ("kind", "administration"),
    [("intervention", "health"), ("minutes", "health"), ("goal", "health"), ("goal", None)],
)
async def test_who_answers_is_not_told_the_id_of_what_they_may_not_see(
    anna, mette, case, world, key, kind, administration
):
    wrong = something(world, case, kind, administration)
    about = {"kind": "correction", "resource_kind": kind, "resource_id": str(wrong)}
    asked = await anna.post(
        "/v1/rights-requests", json={"about": about, "text": "Jeg bor alene"}, headers=key()
    )
    address = f"/v1/rights-requests/{asked.json()['id']}/answer"
    said = {"outcome": "noted", "answer": "Vi har givet det videre."}
    (waiting,) = (await mette.get("/v1/rights-requests")).json()["requests"]
    stale = await mette.put(address, json=said, headers={"If-Match": '"7"'})
    answered = await mette.put(address, json=said, headers={"If-Match": '"1"'})
    (own,) = (await anna.get("/v1/rights-requests")).json()["requests"]

    hers = about if administration is None else about | {"resource_id": str(UUID(int=0))}
    assert waiting["about"] == stale.json()["current"]["about"] == answered.json()["about"] == hers
    assert asked.json()["about"] == own["about"] == about


def something(world, case, kind, administration) -> UUID:
    """Of an administration, or the citizen's own."""
    if kind == "goal":
        owner = "administration" if administration else "citizen"
        return world.a_goal(
            plan_id=case.plan, created_by=case.anna, owner=owner, administration=administration
        )
    if kind == "intervention":
        return world.an_intervention(case.plan, administration)
    return world.insert(
        "minutes",
        plan_id=case.plan,
        administration=administration,
        title="Møde",
        held_on=world.today,
        text="Vi talte",
        state="shared",
        shared_at=datetime.now(UTC),
        written_by=case.lars,
    )


async def test_a_draft_of_minutes_cannot_be_asked_about(anna, case, world, key):
    draft = world.insert(
        "minutes",
        plan_id=case.plan,
        administration="employment",
        title="Møde",
        held_on=world.today,
        text="Vi talte",
        state="draft",
        written_by=case.mette,
    )
    about = {"kind": "correction", "resource_kind": "minutes", "resource_id": str(draft)}
    asked = await anna.post(
        "/v1/rights-requests", json={"about": about, "text": "Nej"}, headers=key()
    )

    assert asked.json()["errors"] == [{"path": "about.resource_id", "code": "unknown"}]


async def test_a_question_about_an_entry_of_the_access_log_is_explained(anna, bo, mette, case, key):
    await mette.get(f"/v1/work/citizens/{case.anna}")
    entry = (await anna.get("/v1/access-log")).json()["entries"][0]["id"]
    about = {"kind": "access_question", "access_entry_id": entry}
    asked = await anna.post(
        "/v1/rights-requests", json={"about": about, "text": "Hvorfor?"}, headers=key()
    )
    others = await bo.post(
        "/v1/rights-requests", json={"about": about, "text": "Hvorfor?"}, headers=key()
    )
    answered = await mette.put(
        f"/v1/rights-requests/{asked.json()['id']}/answer",
        json={"outcome": "explained", "answer": "Jeg forberedte vores møde."},
        headers={"If-Match": '"1"'},
    )

    assert others.json()["errors"] == [{"path": "about.access_entry_id", "code": "unknown"}]
    assert answered.json()["state"] == "answered"


async def test_a_handover_shows_both_with_a_day_and_a_greeting(api, anna, mette, case, world, key):
    day = world.today + timedelta(days=3)
    command = {"to": str(case.lars), "on": str(day), "greeting": "Tak for nu. Lars er god."}
    done = await mette.post(f"/v1/work/citizens/{case.anna}/handover", json=command, headers=key())
    overview = (await anna.get("/v1/overview")).json()

    assert done.status_code == 201, done.text
    assert overview["contact_person"]["id"] == str(case.mette)
    assert overview["handover"]["leaving"]["name"] == "Mette Krog"
    assert overview["handover"]["coming"]["name"] == "Lars Bech"
    assert (overview["handover"]["on"], overview["handover"]["greeting"]) == (
        str(day),
        command["greeting"],
    )
    again = await mette.post(f"/v1/work/citizens/{case.anna}/handover", json=command, headers=key())
    assert again.status_code == 409
    world.execute(
        "UPDATE contact_assignment SET starts_on = starts_on - 3, ends_on = ends_on - 3"
        " WHERE ends_on IS NOT NULL"
    )
    world.execute("UPDATE contact_assignment SET starts_on = starts_on - 3 WHERE ends_on IS NULL")
    lars = await api.as_contact_person(case.lars)
    assert (await lars.get(f"/v1/work/citizens/{case.anna}")).status_code == 200
    assert (await mette.get(f"/v1/work/citizens/{case.anna}")).status_code == 404


async def test_a_deputy_hands_over_nobody(api, case, world, key):
    world.an_absence(case.mette, case.lars)
    lars = await api.as_contact_person(case.lars)
    command = {"to": str(case.lars), "on": str(world.today), "greeting": "Hej"}

    tried = await lars.post(f"/v1/work/citizens/{case.anna}/handover", json=command, headers=key())

    assert tried.status_code in {403, 404}


async def test_a_deputy_sees_from_the_first_day_until_one_is_back(api, mette, case, world, key):
    lars = await api.as_contact_person(case.lars)
    away = {
        "deputy_id": str(case.lars),
        "starts_on": str(world.today),
        "ends_on": str(world.today + timedelta(days=5)),
        "greeting": "Jeg er på ferie.",
    }
    added = await mette.post("/v1/work/absences", json=away, headers=key())
    overlapping = await mette.post("/v1/work/absences", json=away, headers=key())

    assert added.status_code == 201, added.text
    assert overlapping.status_code == 409
    assert (await lars.get(f"/v1/work/citizens/{case.anna}")).status_code == 200
    address = f"/v1/work/absences/{added.json()['id']}"
    assert (await lars.delete(address, headers={"If-Match": '"1"'})).status_code == 404
    back = await mette.delete(address, headers={"If-Match": '"1"'})
    assert back.json()["absences"] == []
    assert (await lars.get(f"/v1/work/citizens/{case.anna}")).status_code == 404


async def test_of_two_who_stand_in_at_once_one_does(case, world, mette, key):
    eva = world.a_contact_person()
    away = {"starts_on": str(world.today), "ends_on": str(world.today + timedelta(days=3))}

    answers = await asyncio.gather(
        *(
            mette.post("/v1/work/absences", json={"deputy_id": str(who), **away}, headers=key())
            for who in (case.lars, eva) * 2
        )
    )

    assert sorted(answer.status_code for answer in answers) == [201, 409, 409, 409]


@pytest.mark.parametrize(
    ("begins", "ends", "since"),
    [
        (-30, None, None),  # they stay contact person
        (5, None, None),  # so does whoever will be
        (-30, 0, 1),  # whose last day is today is that for today
        (-30, -1, 0),
    ],
)
async def test_who_has_a_contact_person_and_gets_a_plan_keeps_them(
    api, case, world, bo, key, begins, ends, since
):
    day = timedelta(days=1)
    eva = world.a_contact_person()
    theirs = world.an_assignment(
        case.bo,
        eva,
        starts_on=world.today + begins * day,
        ends_on=None if ends is None else world.today + ends * day,
    )
    is_there = begins <= 0 and (ends is None or ends >= 0)
    answering = eva if is_there else case.lars
    worker = await api.as_contact_person(answering)
    asked = (await bo.post("/v1/plan-requests", json={"text": ""}, headers=key())).json()

    accepted = await worker.put(
        f"/v1/work/plan-requests/{asked['id']}/answer",
        json={"accept": True, "answer": "Ja"},
        headers={"If-Match": '"1"'},
    )

    assert accepted.status_code == 200
    assert (await bo.get("/v1/plan")).status_code == 200
    new = world.rows(
        "SELECT starts_on FROM contact_assignment WHERE professional_id = %(id)s AND citizen_id ="
        " %(bo)s AND id <> %(theirs)s",
        id=answering,
        theirs=theirs,
        bo=case.bo,
    )
    assert new == ([] if since is None else [{"starts_on": world.today + since * day}])


async def test_who_accepts_a_request_for_a_plan_makes_it_and_is_the_contact_person(
    api, bo, mette, case, world, key
):
    asked = (await bo.post("/v1/plan-requests", json={"text": "Hjælp"}, headers=key())).json()
    address = f"/v1/work/plan-requests/{asked['id']}/answer"
    accepted = await mette.put(address, json={"accept": True}, headers={"If-Match": '"1"'})
    again = await mette.put(address, json={"accept": True}, headers={"If-Match": '"1"'})

    assert accepted.json()["state"] == "accepted"
    assert again.status_code in {404, 412}
    overview = (await bo.get("/v1/overview")).json()
    assert overview["plan_id"] is not None
    assert overview["contact_person"]["id"] == str(case.mette)
    assert (await mette.get(f"/v1/work/citizens/{case.bo}")).status_code == 200


async def test_a_declined_request_comes_with_its_answer(bo, mette, key):
    asked = (await bo.post("/v1/plan-requests", json={"text": ""}, headers=key())).json()
    await mette.put(
        f"/v1/work/plan-requests/{asked['id']}/answer",
        json={"accept": False, "answer": "Ring til os først."},
        headers={"If-Match": '"1"'},
    )

    shown = (await bo.get("/v1/overview")).json()["plan_request"]
    assert (shown["state"], shown["answer"]) == ("declined", "Ring til os først.")


async def test_a_protected_name_stays_with_those_who_know_the_person(
    api, bo, mette, case, world, key
):
    world.execute("UPDATE person SET protected = true WHERE id = %(id)s", id=case.bo)
    world.a_household(case.anna, case.bo)
    await bo.post("/v1/plan-requests", json={"text": ""}, headers=key())

    inbox = await mette.get("/v1/work/inbox")
    briefing = await mette.get(f"/v1/work/citizens/{case.anna}")

    assert inbox.json()["requests"][0]["citizen"]["name"] == ""
    assert briefing.json()["household"][0]["name"] == ""
    assert "Bo Holm" not in inbox.text + briefing.text


async def test_a_consent_is_renewed_in_one_step_and_its_receipt_tells_so(
    api, anna, case, world, key
):
    text = world.a_consent_text("collection")
    old = world.a_consent(case.anna, source="adult_social", case="Din sag")
    command = {
        "valid_until": str(world.today + timedelta(days=200)),
        "text_version": 1,
        "text_language": "da",
        "text_sha256": text["sha256"],
    }
    stale_login = await api.as_citizen(case.anna, auth_time=0)
    address = f"/v1/consents/{old}/renewal"
    assert (await stale_login.post(address, json=command, headers=key())).status_code == 401
    renewed = await anna.post(address, json=command, headers=key())
    twice = await anna.post(address, json=command, headers=key())

    assert renewed.status_code == 201, renewed.text
    assert renewed.json()["renews"] == str(old)
    assert twice.status_code in {403, 409}
    states = {
        one["id"]: one["state"] for one in (await anna.get("/v1/consents")).json()["consents"]
    }
    assert states == {str(old): "withdrawn", renewed.json()["id"]: "active"}
    receipt = (await anna.get(f"/v1/consents/{renewed.json()['id']}/receipt")).json()
    assert receipt["receipt"]["schema_version"] == "ISO/IEC TS 27560:2023"
    assert receipt["notice"]["hash"] == text["sha256"]
    assert [one["event_type"] for one in receipt["events"]] == ["renewed"]
    roles = {one["party_role"] for one in receipt["parties"]}
    assert roles == {"pii_principal", "consent_giver", "pii_controller", "recipient"}
    assert receipt["kind"] == "collection"
    before = (await anna.get(f"/v1/consents/{old}/receipt")).json()
    ended = before["events"][-1]
    assert (ended["event_type"], ended["way"]) == ("withdrawn", "renewal")


@pytest.mark.parametrize(
    ("years", "kinds"),
    [(9, set()), (12, {"family"}), (15, {"family", "health_disclosure"}),
     (17, {"family", "health_disclosure", "holistic_plan"}),
     (19, {"family", "health_disclosure", "collection", "holistic_plan"})],
)  # fmt: skip
async def test_a_young_person_gives_the_consents_of_their_age(anna, case, world, years, kinds):
    world.execute(
        "UPDATE person SET birth_date = %(born)s WHERE id = %(id)s",
        born=world.today - timedelta(days=years * 366),
        id=case.anna,
    )
    world.a_household(case.anna, case.bo)
    for kind in ("family", "health_disclosure", "collection", "holistic_plan"):
        world.a_consent_text(kind)

    offered = await anna.get("/v1/consent-offers")

    if kinds:
        assert {one["text"]["kind"] for one in offered.json()["offers"]} == kinds
    else:
        assert offered.status_code == 403


async def test_the_export_holds_everything_the_citizen_may_see_and_nobody_elses(
    anna, mette, case, world
):
    goal = world.a_goal(plan_id=case.plan, created_by=case.anna, title="Løbe")
    world.an_intervention(case.plan, title="Praktik")
    thread = world.a_thread(case.plan)
    for number in range(60):
        world.a_message(thread, case.anna, body=f"besked {number}")
    world.a_consent(case.anna)
    world.insert(
        "plan_request",
        citizen_id=case.anna,
        text="Jeg vil gerne have en plan",
        state="accepted",
        answered_by=case.mette,
    )
    stranger = world.a_plan()
    world.an_intervention(stranger, title="En andens")
    await mette.get(f"/v1/work/citizens/{case.anna}")

    export = await anna.get("/v1/export")
    fhir = await anna.get("/v1/export", params={"format": "fhir"})
    body = export.json()

    assert body["format"] == "enplan-export-1"
    assert [one["goal"]["id"] for one in body["goals"]] == [str(goal)]
    assert len(body["threads"][0]["messages"]) == 60
    assert body["plan"]["plan"]["interventions"][0]["title"] == "Praktik"
    assert body["contact_person"]["id"] == str(case.mette)
    assert len(body["consents"]) == 1
    assert body["plan_request"]["text"] == "Jeg vil gerne have en plan"
    assert body["access_log"]
    resources = [one["resource"] for one in fhir.json()["entry"]]
    kinds = Counter(one["resourceType"] for one in resources)
    assert (kinds["Goal"], kinds["Consent"], kinds["Communication"]) == (1, 1, 61)
    assert kinds["AuditEvent"] == len(body["access_log"])
    assert "besked 59" in fhir.text
    assert "En andens" not in export.text + fhir.text
    for refused in ("/v1/export", "/v1/export?format=fhir"):
        assert (await mette.get(refused)).status_code in {403, 404}


@pytest.mark.parametrize(
    ("accept", "parameter", "answered"),
    [
        ("*/*", "", "application/json"),
        ("application/fhir+json", "", "application/fhir+json"),
        ("application/json;q=0.5, application/fhir+json", "", "application/fhir+json"),
        ("application/fhir+json;q=0.1, application/json", "", "application/json"),
        ("application/fhir+json", "?format=json", "application/json"),
        ("text/html", "?format=fhir", "application/fhir+json"),
    ],
)
async def test_the_caller_says_which_form_the_export_has(anna, case, accept, parameter, answered):
    export = await anna.get(f"/v1/export{parameter}", headers={"Accept": accept})

    assert export.headers["Content-Type"] == answered
    assert export.headers["Vary"] == "Accept"


async def test_a_form_that_there_is_not_is_refused(anna, case):
    export = await anna.get("/v1/export?format=xml")

    assert export.status_code == 422
    assert export.json()["errors"][0]["path"] == "query.format"


async def test_the_export_names_each_file_and_who_sent_it(anna, case, key):
    upload = await anna.post(
        "/v1/attachments",
        params={"plan_id": str(case.plan), "name": "brev.txt"},
        content=b"Hej",
        headers=key(),
    )
    command = {"subject": "Brev", "body": "Se filen", "attachment_ids": [upload.json()["id"]]}
    thread = (await anna.post("/v1/threads", json=command, headers=key())).json()

    (file,) = (await anna.get("/v1/export")).json()["attachments"]

    assert (file["name"], file["media_type"], file["size"]) == ("brev.txt", "text/plain", 3)
    assert file["uploaded_at"] == upload.json()["uploaded_at"]
    assert file["sent_by"]["id"] == str(case.anna)
    assert (file["thread_id"], file["message_id"]) == (thread["id"], thread["messages"][0]["id"])
