"""Who is behind a login, and what people are told about themselves."""

from datetime import timedelta
from uuid import uuid4

import pytest

from planapi.people import cpr_hash
from tests.planapi.conftest import SECRET_KEY

CPR = "0304850002"


def citizen_login(**changes) -> dict:
    login = {"issuer": "https://broker", "subject": "s-1", "role": "citizen", "cpr": CPR}
    return login | changes


async def test_a_citizen_is_found_by_cpr_and_from_then_on_by_the_login_alone(api, world):
    anna = world.a_person(cpr=CPR, language="en")
    portal = await api.as_portal()

    first = await portal.post("/v1/identities", json=citizen_login())
    again = await portal.post("/v1/identities", json=citizen_login(cpr=None))

    assert first.json() == {"person_id": str(anna), "name": "Anna Holm", "language": "en"}
    assert again.json() == first.json()


async def test_a_contact_person_is_found_by_employer_and_professional_id(api, world):
    mette = world.a_contact_person(professional_id="pp-7")
    portal = await api.as_portal()
    login = citizen_login(role="contact_person", cpr=None, cvr="12345678", professional_id="pp-7")

    found = await portal.post("/v1/identities", json=login)
    elsewhere = await portal.post(
        "/v1/identities", json=login | {"subject": "s", "cvr": "87654321"}
    )

    assert found.json()["person_id"] == str(mette)
    assert elsewhere.status_code == 422
    assert elsewhere.json()["errors"] == [{"path": "cvr", "code": "not_served"}]


async def test_an_employee_whom_the_municipality_does_not_know_is_nobody(api, world):
    login = citizen_login(role="contact_person", cpr=None, cvr="12345678", professional_id="?")

    assert (await (await api.as_portal()).post("/v1/identities", json=login)).status_code == 404


@pytest.mark.parametrize("cvr", [None, "87654321"])
async def test_a_contact_person_comes_from_a_municipality_that_is_served_here(api, world, cvr):
    mette = world.a_contact_person(professional_id="pp-7")
    portal = await api.as_portal()
    login = citizen_login(role="contact_person", cpr=None, professional_id="pp-7")
    await portal.post("/v1/identities", json=login | {"cvr": "12345678"})

    # Also where the login is known already: who changed jobs is no contact person any more.
    answer = await portal.post("/v1/identities", json=login | {"cvr": cvr})

    assert answer.status_code == 422
    assert str(mette) not in answer.text


async def test_one_person_who_is_both_is_the_same_person_in_either_role(api, world):
    mette = world.a_contact_person(professional_id="pp-7")
    world.execute(
        "UPDATE person SET cpr_hash = %(hash)s WHERE id = %(id)s",
        hash=cpr_hash(SECRET_KEY, CPR),
        id=mette,
    )
    portal = await api.as_portal()
    at_work = citizen_login(
        subject="work", role="contact_person", cpr=None, cvr="12345678", professional_id="pp-7"
    )

    private = await portal.post("/v1/identities", json=citizen_login())
    professional = await portal.post("/v1/identities", json=at_work)

    assert private.json()["person_id"] == professional.json()["person_id"] == str(mette)
    for actor in (await api.as_citizen(mette), await api.as_contact_person(mette)):
        assert (await actor.get("/v1/me")).json()["roles"] == ["citizen", "contact_person"]


async def test_most_people_are_known_in_one_role_only(api, world):
    anna, mette = world.a_person(cpr=CPR), world.a_contact_person()

    assert (await (await api.as_citizen(anna)).get("/v1/me")).json()["roles"] == ["citizen"]
    at_work = await api.as_contact_person(mette)
    assert (await at_work.get("/v1/me")).json()["roles"] == ["contact_person"]


async def test_a_new_mitid_with_the_same_number_is_the_same_person(api, world):
    anna = world.a_person(cpr=CPR)
    portal = await api.as_portal()
    await portal.post("/v1/identities", json=citizen_login())

    again = await portal.post("/v1/identities", json=citizen_login(subject="new-mitid"))

    assert again.json()["person_id"] == str(anna)


async def test_a_changed_number_keeps_the_person_and_finds_them_with_a_new_mitid_too(api, world):
    anna, new = world.a_person(cpr=CPR), "0304850010"
    portal = await api.as_portal()
    await portal.post("/v1/identities", json=citizen_login())

    changed = await portal.post("/v1/identities", json=citizen_login(cpr=new))
    later = await portal.post("/v1/identities", json=citizen_login(cpr=new, subject="new-mitid"))
    old = await portal.post("/v1/identities", json=citizen_login(subject="somebody"))

    assert changed.json()["person_id"] == later.json()["person_id"] == str(anna)
    assert old.status_code == 404


async def test_a_changed_number_that_is_somebody_elses_takes_nothing_from_them(api, world):
    anna, eva = world.a_person(cpr=CPR), world.a_person(cpr="0304850010")
    portal = await api.as_portal()
    await portal.post("/v1/identities", json=citizen_login())

    mixed = await portal.post("/v1/identities", json=citizen_login(cpr="0304850010"))
    evas = await portal.post("/v1/identities", json=citizen_login(cpr="0304850010", subject="eva"))

    assert mixed.json()["person_id"] == str(anna)
    assert evas.json()["person_id"] == str(eva)


async def test_without_a_number_only_whoever_is_known_already_is_found(api, world):
    anna = world.a_person(cpr=CPR)
    portal = await api.as_portal()
    first = await portal.post("/v1/identities", json=citizen_login(cpr=None))
    await portal.post("/v1/identities", json=citizen_login())
    then = await portal.post("/v1/identities", json=citizen_login(cpr=None))

    assert first.status_code == 404
    assert then.json()["person_id"] == str(anna)


@pytest.mark.parametrize("years", [13, 15, 17])
async def test_young_people_are_found_as_everybody_else(api, world, years):
    born = world.today - timedelta(days=366 * years)
    young = world.a_person(cpr=CPR, birth_date=born)

    found = await (await api.as_portal()).post("/v1/identities", json=citizen_login())

    assert found.json()["person_id"] == str(young)


async def test_nobody_is_found_by_an_unknown_or_broken_number_and_the_number_is_not_repeated(
    api, world
):
    portal = await api.as_portal()

    for number in (CPR, "nonsense-123", ""):
        answer = await portal.post("/v1/identities", json=citizen_login(cpr=number))
        assert answer.status_code == 404
        assert answer.json()["type"] == "urn:enplan:problem:not-found"
        assert not number or number not in answer.text


async def test_a_number_that_two_municipalities_know_is_nobodys(api, world):
    world.a_person(cpr=CPR)
    world.a_person(cpr=CPR, municipality_id=world.a_municipality())
    portal = await api.as_portal()

    assert (await portal.post("/v1/identities", json=citizen_login())).status_code == 404


async def test_a_citizens_login_is_not_the_same_persons_login_as_a_contact_person(api, world):
    world.a_person(cpr=CPR)
    portal = await api.as_portal()
    await portal.post("/v1/identities", json=citizen_login())

    at_work = await portal.post("/v1/identities", json=citizen_login(role="contact_person"))

    assert at_work.status_code == 422


async def test_only_the_portal_itself_may_ask_who_is_behind_a_login(api, world):
    anna = await api.as_citizen(world.a_person(cpr=CPR))

    assert (await anna.post("/v1/identities", json=citizen_login())).status_code == 403


async def test_a_citizen_hears_of_their_plan_their_households_and_themselves(api, world):
    anna = world.a_person()
    plan = world.a_plan(anna)
    household = world.a_household(anna)
    world.a_plan()

    me = (await (await api.as_citizen(anna)).get("/v1/me")).json()

    assert me["plan_id"] == str(plan)
    assert me["household_ids"] == [str(household)]
    assert set(me["topics"]) == {f"person:{anna}", f"plan:{plan}", f"household:{household}"}


async def test_a_contact_person_hears_of_the_plans_of_their_and_their_deputised_citizens(
    api, world
):
    mine, deputised, former, others = (world.a_person() for _ in range(4))
    plans = {citizen: world.a_plan(citizen) for citizen in (mine, deputised, former, others)}
    mette = world.a_contact_person(mine)
    colleague = world.a_contact_person(deputised)
    world.an_absence(colleague, mette)
    world.an_assignment(former, mette, ends_on=world.today - timedelta(days=1))
    world.a_contact_person(others)

    me = (await (await api.as_contact_person(mette)).get("/v1/me")).json()

    assert me["plan_id"] is None
    assert set(me["topics"]) == {
        f"person:{mette}",
        f"plan:{plans[mine]}",
        f"plan:{plans[deputised]}",
        f"municipality:{world.municipality}",
    }


async def test_a_person_chooses_the_language_they_read(api, world):
    anna = await api.as_citizen(world.a_person())
    before = await anna.get("/v1/me")

    seen = {"If-Match": before.headers["ETag"]}
    chosen = await anna.put("/v1/me/language", json={"language": "en"}, headers=seen)
    after = await anna.get("/v1/me")

    assert before.headers["ETag"] == '"0"'
    assert chosen.headers["ETag"] == after.headers["ETag"] == '"1"'
    assert chosen.json()["language"] == after.json()["language"] == "en"


async def test_a_language_chosen_elsewhere_meanwhile_is_told_and_not_replaced(api, world):
    anna = await api.as_citizen(world.a_person())
    seen = {"If-Match": '"0"'}
    await anna.put("/v1/me/language", json={"language": "en"}, headers=seen)

    stale = await anna.put("/v1/me/language", json={"language": "pl"}, headers=seen)
    blind = await anna.put("/v1/me/language", json={"language": "pl"})

    assert (stale.status_code, blind.status_code) == (412, 428)
    current = stale.json()["current"]
    assert (current["language"], current["version"]) == ("en", 1)
    assert (await anna.get("/v1/me")).json()["language"] == "en"


async def test_a_valid_token_for_somebody_who_is_not_here_is_refused(api, world):
    stranger = await api.as_citizen(uuid4())

    answer = await stranger.get("/v1/me")

    assert answer.status_code == 401
    assert answer.json()["type"] == "urn:enplan:problem:not-authenticated"


def test_a_number_has_the_same_hash_with_and_without_hyphen_and_another_under_another_secret():
    assert cpr_hash(SECRET_KEY, "030485-0002") == cpr_hash(SECRET_KEY, CPR)
    assert cpr_hash("another secret", CPR) != cpr_hash(SECRET_KEY, CPR)


@pytest.mark.parametrize("number", ["", "030485000", "03048500023", "030485 0002x", "٠٣٠٤٨٥٠٠٠٢"])
def test_what_is_no_cpr_number_has_no_hash(number):
    with pytest.raises(ValueError, match="ten digits"):
        cpr_hash(SECRET_KEY, number)
