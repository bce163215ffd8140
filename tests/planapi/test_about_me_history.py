"""What a citizen wrote about themselves earlier is theirs to read."""


async def test_earlier_words_are_kept(api, world):
    person = world.a_person()
    world.a_plan(person)
    anna = await api.as_citizen(person)
    history = "/v1/about-me/history"
    assert (await anna.get(history)).json()["entries"] == []

    await anna.put("/v1/about-me", json={"matters": "Ro"}, headers={"If-Match": '"0"'})
    await anna.put("/v1/about-me", json={"matters": "Mine børn"}, headers={"If-Match": '"1"'})

    newest, first = (await anna.get(history)).json()["entries"]
    assert (newest["before"], newest["after"]) == ({"matters": "Ro"}, {"matters": "Mine børn"})
    assert first["change"] == "created"


async def test_without_a_plan_there_is_nothing(api, world):
    anna = await api.as_citizen(world.a_person())

    assert (await anna.get("/v1/about-me/history")).status_code == 404
