"""How somebody wants to be told of news is kept, and nothing is chosen for them."""

import pytest

CHOICE = "/v1/me/notifications"


@pytest.fixture
async def anna(api, world):
    return await api.as_citizen(world.a_person())


async def test_nobody_is_told_anything_unasked(anna):
    assert (await anna.get(CHOICE)).json() == {"channel": "none", "quiet": None}


async def test_a_choice_is_kept_and_replaced(anna):
    night = {"starts": "21:00:00", "ends": "08:00:00"}
    await anna.put(CHOICE, json={"channel": "sms", "quiet": night})
    assert (await anna.get(CHOICE)).json() == {"channel": "sms", "quiet": night}

    await anna.put(CHOICE, json={"channel": "digital_post", "quiet": None})

    assert (await anna.get(CHOICE)).json() == {"channel": "digital_post", "quiet": None}


async def test_a_contact_person_chooses_too(api, world):
    mette = await api.as_contact_person(world.a_contact_person())

    assert (await mette.put(CHOICE, json={"channel": "sms"})).json()["channel"] == "sms"


@pytest.mark.parametrize(
    "command",
    [{"channel": "fax"}, {"channel": "sms", "quiet": {"starts": "21:00", "ends": "21:00"}}],
)
async def test_what_makes_no_sense_is_refused(anna, command):
    assert (await anna.put(CHOICE, json=command)).status_code == 422
