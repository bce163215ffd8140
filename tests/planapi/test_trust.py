"""People around a citizen over HTTP: helpers, custody, goal shares, see-as, safety, the matrix."""

from datetime import date, timedelta

import pytest

from tests.planapi.conftest import SECRET_KEY, World

CPR_OF_BO = "010190-1234"


def years_ago(today: date, years: int) -> date:
    return today.replace(year=today.year - years, day=min(today.day, 28))


class Family:
    """Anna with a plan, Bo who lives with her, and Mette, her contact person."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.anna = world.a_person(name="Anna Holm")
        self.bo = world.a_person(name="Bo Holm", cpr=CPR_OF_BO)
        self.plan = world.a_plan(self.anna)
        self.mette = world.a_contact_person(self.anna)
        self.household = world.a_household(self.anna, self.bo)
        self.goal = world.a_goal(plan_id=self.plan, created_by=self.anna, title="Gå en tur")
        self.shelter = world.an_intervention(self.plan, "adult_social", title="Krisecenter")
        self.lone = world.a_contact_person(administration="adult_social", name="Lone")
        self.thread = world.a_thread(self.plan)
        world.a_message(self.thread, self.anna)

    def a_child(self, years: int) -> None:
        """Anna becomes a child of `years`, with Bo as custody holder."""
        self.world.execute(
            "UPDATE person SET birth_date = %(born)s WHERE id = %(id)s",
            born=years_ago(self.world.today, years),
            id=self.anna,
        )
        self.world.insert(
            "custody", child_id=self.anna, holder_id=self.bo, starts_on=self.world.today
        )


@pytest.fixture
def family(world) -> Family:
    return Family(world)


@pytest.fixture
async def anna(api, family):
    return await api.as_citizen(family.anna)


@pytest.fixture
async def bo(api, family):
    return await api.as_citizen(family.bo)


@pytest.fixture
async def mette(api, family):
    return await api.as_contact_person(family.mette)


def helping(family: Family, **changes) -> dict:
    return {
        "kind": "power_of_attorney",
        "name": "Bo Holm",
        "cpr": CPR_OF_BO,
        "categories": ["goals", "social", "messages"],
        "valid_until": str(family.world.today + timedelta(days=30)),
        **changes,
    }


def titles(view, kind: str = "goals") -> list[str]:
    return [item["title"] for item in view.json()[kind]]


async def test_a_helper_sees_what_the_scope_names_answers_messages_and_ends_in_one_step(
    anna, bo, family, key
):
    assert (await bo.get(f"/v1/people/{family.anna}")).status_code == 404

    added = await anna.post("/v1/helpers", json=helping(family), headers=key())
    view = await bo.get(f"/v1/people/{family.anna}")
    answered = await bo.post(
        f"/v1/threads/{family.thread}/messages", json={"body": "Hej"}, headers=key()
    )

    assert added.status_code == 201, added.text
    assert titles(view) == ["Gå en tur"]
    assert titles(view, "interventions") == ["Krisecenter"]
    assert view.json()["grounds"] == ["power_of_attorney"]
    assert answered.status_code == 201
    people = (await bo.get("/v1/people")).json()["people"]
    assert [one["ground"] for one in people] == ["power_of_attorney"]
    grounds = {one["ground"] for one in (await anna.get("/v1/access-log")).json()["entries"]}
    assert "power_of_attorney" in grounds

    ended = await bo.post(f"/v1/helpers/{added.json()['id']}/end", headers=key())

    assert ended.json()["state"] == "ended"
    assert (await bo.get(f"/v1/people/{family.anna}")).status_code == 404
    assert (await bo.get(f"/v1/threads/{family.thread}")).status_code == 404


async def test_a_bisidder_sees_and_does_not_act(anna, bo, family, key):
    await anna.post("/v1/helpers", json=helping(family, kind="bisidder"), headers=key())

    assert (await bo.get(f"/v1/threads/{family.thread}")).status_code == 200
    answered = await bo.post(
        f"/v1/threads/{family.thread}/messages", json={"body": "Hej"}, headers=key()
    )
    assert answered.status_code == 403


@pytest.mark.parametrize(
    ("change", "path", "code"),
    [
        ({"cpr": "123"}, "cpr", "not_a_cpr_number"),
        ({"valid_until": "2020-01-01"}, "valid_until", "in_the_past"),
        ({"valid_until": "2199-01-01"}, "valid_until", "too_late"),
    ],
)
async def test_a_helper_who_does_not_fit_is_refused_by_name(anna, family, key, change, path, code):
    refused = await anna.post("/v1/helpers", json=helping(family, **change), headers=key())

    assert refused.json()["errors"] == [{"path": path, "code": code}]


async def test_letting_somebody_help_wants_a_fresh_login_and_ending_it_does_not(
    api, family, key, world
):
    old = await api.as_citizen(family.anna, auth_time=0)
    fresh = await api.as_citizen(family.anna)
    refused = await old.post("/v1/helpers", json=helping(family), headers=key())
    added = await fresh.post("/v1/helpers", json=helping(family), headers=key())
    ended = await old.post(f"/v1/helpers/{added.json()['id']}/end", headers=key())

    assert refused.status_code == 401
    assert ended.status_code == 200
    assert "power_of_attorney" in (await old.get("/v1/helpers")).json()["may_add"]


async def test_no_cpr_number_is_kept_or_answered(anna, family, key, world):
    added = await anna.post("/v1/helpers", json=helping(family), headers=key())

    kept = str(world.rows("SELECT * FROM history")) + str(world.rows("SELECT * FROM idempotency"))
    assert "0101901234" not in kept + added.text
    assert CPR_OF_BO not in kept + added.text
    assert SECRET_KEY not in added.text


@pytest.mark.parametrize(
    ("years", "sees_words", "sees_health", "sees_anything"),
    [(9, True, True, True), (10, False, True, True), (15, False, False, True),
     (17, False, False, True), (18, False, False, False)],
)  # fmt: skip
async def test_custody_holders_see_less_with_each_age(
    bo, family, world, years, sees_words, sees_health, sees_anything
):
    family.a_child(years)
    world.an_intervention(family.plan, "health", title="Samtaler")

    view = await bo.get(f"/v1/people/{family.anna}")

    assert (view.status_code == 200) is sees_anything
    if sees_anything:
        assert bool(view.json()["threads"]) is sees_words
        assert ("Samtaler" in titles(view, "interventions")) is sees_health
    thread = await bo.get(f"/v1/threads/{family.thread}")
    assert (thread.status_code == 200) is sees_words


async def test_a_shared_goal_that_is_hidden_leaves_nobody_to_look_at(family, anna, bo, mette, key):
    body = {"person_id": str(family.bo)}
    shared = await anna.post(f"/v1/goals/{family.goal}/shares", json=body, headers=key())
    before = (await bo.get("/v1/people")).json()["people"]
    hide = {"resource_kind": "goal", "resource_id": str(family.goal), "reason": "Trusler"}
    await mette.post(f"/v1/work/citizens/{family.anna}/safety-hidings", json=hide, headers=key())

    assert shared.status_code == 201
    assert [one["ground"] for one in before] == ["goal_share"]
    assert (await bo.get("/v1/people")).json()["people"] == []
    assert "goal_share" not in (await bo.get("/v1/export")).text


async def test_what_is_hidden_for_safety_reaches_nobody_who_looks_with_or_for_the_citizen(
    api, anna, bo, family, key, world
):
    world.an_absence(family.mette, family.lone)
    mette = await api.as_contact_person(
        family.lone
    )  # her deputy, who works for that administration
    await anna.post("/v1/helpers", json=helping(family), headers=key())
    address = f"/v1/work/citizens/{family.anna}/safety-hidings"
    hide = {"resource_kind": "intervention", "resource_id": str(family.shelter), "reason": "Vold"}

    hidden = await mette.post(address, json=hide, headers=key())
    await mette.post(
        address,
        json=hide | {"resource_kind": "thread", "resource_id": str(family.thread)},
        headers=key(),
    )

    view = await bo.get(f"/v1/people/{family.anna}")
    assert titles(view, "interventions") == []
    assert view.json()["threads"] == []
    assert (await bo.get(f"/v1/threads/{family.thread}")).status_code == 404
    seen_as = await anna.get(f"/v1/see-as/{family.bo}")
    assert seen_as.json() == view.json()
    own = await anna.get("/v1/plan")
    assert [one["title"] for one in own.json()["interventions"]] == ["Krisecenter"]
    for form in ("json", "fhir"):
        assert "Vold" not in (await anna.get(f"/v1/export?format={form}")).text
    for other in (anna, bo):
        assert (await other.get(address)).status_code == 404

    lifted = await mette.put(
        f"/v1/work/safety-hidings/{hidden.json()['id']}/lifted",
        json={"reason": "Ikke mere farligt"},
        headers={"If-Match": '"1"'},
    )
    assert lifted.json()["lift_reason"] == "Ikke mere farligt"
    again = await bo.get(f"/v1/people/{family.anna}")
    assert titles(again, "interventions") == ["Krisecenter"]


async def test_hiding_for_safety_wants_a_fresh_login(api, family, key):
    old = await api.as_contact_person(family.mette, auth_time=0)
    hide = {"resource_kind": "thread", "resource_id": str(family.thread), "reason": "Vold"}

    refused = await old.post(
        f"/v1/work/citizens/{family.anna}/safety-hidings", json=hide, headers=key()
    )

    assert refused.status_code == 401
    assert refused.json()["type"].endswith("step-up-needed")


async def test_hiding_wants_a_reason_and_something_of_this_citizen(mette, family, key, world):
    address = f"/v1/work/citizens/{family.anna}/safety-hidings"
    other = world.an_intervention(world.a_plan())
    hide = {"resource_kind": "intervention", "resource_id": str(other), "reason": "Vold"}

    unknown = await mette.post(address, json=hide, headers=key())
    silent = await mette.post(
        address, json=hide | {"resource_id": str(family.shelter), "reason": " "}, headers=key()
    )

    assert unknown.json()["errors"] == [{"path": "resource_id", "code": "unknown"}]
    assert silent.json()["errors"][0]["path"] == "reason"


async def test_a_goal_is_shared_with_one_person_and_unshared_by_an_old_login(
    api, anna, bo, family, key
):
    address = f"/v1/goals/{family.goal}/shares"
    offered = (await anna.get(address)).json()
    shared = await anna.post(address, json={"person_id": str(family.bo)}, headers=key())
    seen = await bo.get(f"/v1/goals/{family.goal}")

    assert [one["name"] for one in offered["could_share_with"]] == ["Bo Holm"]
    assert [one["person"]["name"] for one in shared.json()["shares"]] == ["Bo Holm"]
    assert seen.json()["allowed"] == ["read"]
    assert (await bo.get(address)).status_code == 404
    assert (await anna.get(f"/v1/see-as/{family.bo}")).json()["grounds"] == ["goal_share"]

    old = await api.as_citizen(family.anna, auth_time=0)
    again = await old.post(address, json={"person_id": str(family.bo)}, headers=key())
    ended = await old.delete(f"{address}/{family.bo}")

    assert again.status_code == 401
    assert ended.json()["shares"] == []
    assert (await bo.get(f"/v1/goals/{family.goal}")).status_code == 404


async def test_see_as_the_contact_person_is_what_the_contact_person_sees(anna, mette, family):
    as_mette = (await anna.get(f"/v1/see-as/{family.mette}")).json()
    briefing = (await mette.get(f"/v1/work/citizens/{family.anna}")).json()

    for kind in ("about_me", "goals", "interventions", "appointments", "decisions", "promises"):
        assert as_mette[kind] == briefing["plan"][kind]
    assert as_mette["interventions"] == []
    log = (await anna.get("/v1/access-log")).json()["entries"]
    assert {one["ground"] for one in log} == {"contact_person"}  # from the briefing alone


async def test_nobody_looks_as_somebody_who_is_not_around(anna, mette, family, world):
    stranger = world.a_person(name="Eva")

    assert (await anna.get(f"/v1/see-as/{stranger}")).status_code == 404
    assert (await mette.get(f"/v1/see-as/{family.anna}")).status_code in {403, 404}


def cell(matrix, kind: str, category: str, **recipient) -> dict:
    (row,) = [
        row
        for row in matrix.json()["rows"]
        if row["recipient"]["kind"] == kind
        and all(row["recipient"][name] == value for name, value in recipient.items())
    ]
    (found,) = [one for one in row["cells"] if one["category"] == category]
    return found


async def test_the_matrix_says_who_sees_what_on_which_ground(anna, family, key, world):
    consent = world.a_consent(family.anna, recipient_administration="employment")
    await anna.post("/v1/helpers", json=helping(family, categories=["messages"]), headers=key())
    await anna.post(
        f"/v1/goals/{family.goal}/shares", json={"person_id": str(family.bo)}, headers=key()
    )

    matrix = await anna.get("/v1/sharing")

    employment = cell(matrix, "administration", "social", administration="employment")
    assert employment["extent"] == "all"
    assert employment["grounds"][0]["consent_id"] == str(consent)
    assert employment["grounds"][0]["law"] == [{"law": "retssikkerhedsloven", "section": "§ 11 a"}]
    assert cell(matrix, "administration", "health", administration="employment") == {
        "category": "health",
        "extent": "none",
        "grounds": [],
    }
    assert cell(matrix, "contact_person", "messages")["extent"] == "all"
    assert cell(matrix, "helper", "messages")["extent"] == "all"
    assert cell(matrix, "helper", "goals")["extent"] == "some"
    assert cell(matrix, "helper", "social")["extent"] == "none"

    world.a_withdrawal(consent, family.anna)
    after = await anna.get("/v1/sharing")
    assert cell(after, "administration", "social", administration="employment")["extent"] == "none"


@pytest.mark.parametrize(("people", "told"), [(4, None), (5, 5)])
async def test_a_leader_sees_numbers_of_five_and_more(api, world, people, told):
    leader = world.a_contact_person(is_leader=True)
    for _ in range(people):
        world.an_intervention(world.a_plan(), "health")

    figures = await (await api.as_contact_person(leader)).get("/v1/work/figures")

    assert figures.json()["figures"] == [
        {"code": "with_intervention", "administration": "health", "people": told}
    ]


async def test_only_a_leader_sees_figures_and_a_leader_sees_nobody(api, world, mette, family):
    leader = await api.as_contact_person(world.a_contact_person(is_leader=True))

    assert (await mette.get("/v1/work/figures")).status_code == 403
    assert (await leader.get(f"/v1/work/citizens/{family.anna}")).status_code == 404


async def test_a_case_worker_sees_the_own_administrations_part_and_no_messages(api, world, family):
    lars = world.a_contact_person(administration="adult_social", name="Lars")
    world.insert("case_worker", citizen_id=family.anna, professional_id=lars, starts_on=world.today)
    world.an_intervention(family.plan, "employment", title="Praktik")
    world.execute("UPDATE thread SET waits_for = 'contact_person'")

    seen = (
        await (await api.as_contact_person(lars)).get(f"/v1/work/citizens/{family.anna}")
    ).json()

    assert [one["title"] for one in seen["plan"]["interventions"]] == ["Krisecenter"]
    assert seen["plan"]["goals"] == []
    assert seen["threads"] == []
    assert seen["citizen"]["waiting_messages"] == 0
