"""How somebody wants to be told of news is kept, and nothing is chosen for them."""

import httpx
import pytest

CHOICE = "/v1/me/notifications"


@pytest.fixture
async def anna(api, world):
    return await api.as_citizen(world.a_person())


NIGHT = {"starts": "21:00:00", "ends": "08:00:00"}


async def choose(who, version: int | None, **command) -> httpx.Response:
    seen = {} if version is None else {"If-Match": f'"{version}"'}
    return await who.put(CHOICE, json=command, headers=seen)


async def test_nobody_is_told_anything_unasked(anna):
    answer = await anna.get(CHOICE)

    assert answer.json() == {"version": 0, "channel": "none", "quiet": None}
    assert answer.headers["ETag"] == '"0"'


async def test_a_choice_is_kept_and_replaced(anna):
    await choose(anna, 0, channel="sms", quiet=NIGHT)
    assert (await anna.get(CHOICE)).json() == {"version": 1, "channel": "sms", "quiet": NIGHT}

    again = await choose(anna, 1, channel="digital_post", quiet=None)

    assert again.headers["ETag"] == '"2"'
    assert (await anna.get(CHOICE)).json() == {
        "version": 2,
        "channel": "digital_post",
        "quiet": None,
    }


@pytest.mark.parametrize("seen", [0, 2])
async def test_a_choice_made_elsewhere_meanwhile_is_told_and_not_replaced(anna, seen):
    await choose(anna, 0, channel="sms", quiet=NIGHT)

    stale = await choose(anna, seen, channel="digital_post")
    blind = await choose(anna, None, channel="digital_post")

    assert (stale.status_code, blind.status_code) == (412, 428)
    assert stale.json()["current"] == {"version": 1, "channel": "sms", "quiet": NIGHT}
    assert (await anna.get(CHOICE)).json()["channel"] == "sms"


async def test_a_contact_person_chooses_too(api, world):
    mette = await api.as_contact_person(world.a_contact_person())

    assert (await choose(mette, 0, channel="sms")).json()["channel"] == "sms"


@pytest.mark.parametrize(
    "command",
    [{"channel": "fax"}, {"channel": "sms", "quiet": {"starts": "21:00", "ends": "21:00"}}],
)
async def test_what_makes_no_sense_is_refused(anna, command):
    assert (await choose(anna, 0, **command)).status_code == 422
