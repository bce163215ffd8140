"""In any world, no answer gives anybody a word, an id or a name that the policy refuses them."""

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from random import Random
from uuid import UUID, uuid4

from httpx import Response
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from planapi.policy.decide import UNSENT, Allowed, decide
from planapi.policy.resources import Resource, ResourceKind
from portal.contract.actions import Action
from tests.planapi.conftest import World
from tests.planapi.random_worlds import Item, RandomWorld

_NOT_READ_HERE = {"/v1/events", "/v1/drafts/{name}"}
"""Of the portal itself, and of nobody's plan."""

_IDS = {
    "goal_id": ResourceKind.GOAL,
    "thread_id": ResourceKind.THREAD,
    "appointment_id": ResourceKind.APPOINTMENT,
    "decision_id": ResourceKind.DECISION,
    "promise_id": ResourceKind.PROMISE,
    "minutes_id": ResourceKind.MINUTES,
    "follow_up_id": ResourceKind.FOLLOW_UP,
    "request_id": ResourceKind.FACT_REQUEST,
    "attachment_id": ResourceKind.ATTACHMENT,
    "consent_id": ResourceKind.CONSENT,
}


_STALE = {
    ResourceKind.GOAL: ("goals/{id}/state", {"state": "paused"}),
    ResourceKind.APPOINTMENT: ("appointments/{id}/answer", {"answer": "coming"}),
    ResourceKind.PROMISE: ("promises/{id}/kept", {"kept": True}),
    ResourceKind.MINUTES: ("minutes/{id}/confirmation", None),
    ResourceKind.RIGHTS_REQUEST: (
        "rights-requests/{id}/answer",
        {"outcome": "noted", "answer": "Ja"},
    ),
    ResourceKind.PLAN_REQUEST: ("work/plan-requests/{id}/answer", {"accept": False}),
}
"""A write for each kind; with an old version, its error holds what is there now."""

_ENDS = {
    ResourceKind.ATTACHMENT: ("DELETE", "attachments/{id}"),
    ResourceKind.CONSENT: ("POST", "consents/{id}/withdrawal"),
    ResourceKind.HELPER: ("POST", "helpers/{id}/end"),
}
"""A write for each kind that has no versions: of what is refused it finds nothing."""

_WORDS = {"theme": "surroundings", "topic": "transport"}
"""What is named by a word, in a plan."""

_AT_MOST = 2
"""Of each route, how many of the world's ids one person asks for: the dice say which."""


def every_address(api, world: RandomWorld) -> list[str]:
    """Every GET route, with ids of the world that fit. A new kind of id wants a line here."""
    reads = [
        path
        for path, methods in api.app.openapi()["paths"].items()
        if "get" in methods and path.startswith("/v1/") and path not in _NOT_READ_HERE
    ]
    words = [*world.names.values(), *(item.word for item in world.items)]
    searches = [f"/v1/threads?q={word}" for word in world.random.sample(words, _AT_MOST)]
    filled = [address for path in reads for address in _filled(path, world)]
    return [*filled, *searches, "/v1/export?format=fhir"]


def _filled(path: str, world: RandomWorld) -> list[str]:
    if "{" not in path:
        return [path]
    for word, value in _WORDS.items():
        path = path.replace(f"{{{word}}}", value)
    name = path[path.index("{") + 1 : path.index("}")]
    if name in _IDS:
        ids = [item.resource.id for item in world.items if item.resource.kind is _IDS[name]]
    elif name == "plan_id":
        ids = [world.plan]
    elif name == "person_id":
        ids = [*world.citizens, *world.professionals]
    elif name == "citizen_id":
        ids = [world.anna]
    else:
        ids = [uuid4()]
    few = world.random.sample(ids, min(_AT_MOST, len(ids)))
    return [path.replace(f"{{{name}}}", str(one)) for one in few]


def refused(world: RandomWorld, person: UUID) -> list[Item]:
    actor, facts, now = world.actor(person), world.facts(person), datetime.now(UTC)
    return [
        item
        for item in world.items
        if not isinstance(decide(actor, Action.READ, item.resource, facts, now), Allowed)
    ]


def kept_names(world: RandomWorld, person: UUID) -> list[str]:
    """The protected names of those whom the policy does not let somebody read as people."""
    actor, facts, now = world.actor(person), world.facts(person), datetime.now(UTC)
    return [
        world.names[one]
        for one in world.protected
        if not isinstance(
            decide(actor, Action.READ, Resource(ResourceKind.PERSON, one, one), facts, now), Allowed
        )
    ]


_worlds = settings(
    max_examples=3,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    print_blob=True,
    phases=(Phase.explicit, Phase.reuse, Phase.generate),
)


@_worlds
@given(seed=st.integers(0, 2**32))
async def test_nobody_receives_a_field_of_what_the_policy_refuses(api, world, seed):
    town = RandomWorld(world, Random(seed))  # noqa: S311 - a test's dice
    shown = 0
    for person in (*town.citizens, *town.professionals):
        at_work = person in town.administration_of
        client = await (api.as_contact_person if at_work else api.as_citizen)(person)
        secrets, names = refused(town, person), kept_names(town, person)
        answers = [await client.get(address) for address in every_address(api, town)]
        answers += [await _stale_write(client, town, kind) for kind in _STALE]
        for item in _one_to_end(town, secrets):
            answers.append(await _end(client, item))
            assert answers[-1].status_code == 404, item.resource
        for answer in answers:
            address, said = answer.request.url.path, _said(answer)
            assert answer.status_code < 500, (address, said)
            shown += answer.status_code == 200
            assert not [name for name in names if name in said], address
            for item in secrets:
                assert item.word not in said, (address, item.resource)
                own = str(item.resource.id) in address or person == town.anna
                assert own or str(item.resource.id) not in said, (address, item.resource)
        topics = (await client.get("/v1/me")).json()["topics"]
        if person in {town.bo, town.cleo, town.dina, town.nora}:
            assert f"plan:{town.plan}" not in topics
    assert shown > 0
    await _acts_of_today(api, town)
    assert not _words_in_events(town)


async def _stale_write(client, town: RandomWorld, kind: ResourceKind):
    path, body = _STALE[kind]
    item = town.random.choice([one for one in town.items if one.resource.kind is kind])
    address = f"/v1/{path.format(id=item.resource.id)}"
    answer = await client.put(address, json=body, headers={"If-Match": '"99"'})
    assert answer.status_code in {403, 404, 412}, (address, answer.text)
    return answer


def _one_to_end(town: RandomWorld, items: list[Item]) -> list[Item]:
    """Some item of each kind that `_ENDS` knows, where there is one."""
    by_kind = [[one for one in items if one.resource.kind is kind] for kind in _ENDS]
    return [town.random.choice(these) for these in by_kind if these]


async def _end(client, item: Item) -> Response:
    method, path = _ENDS[item.resource.kind]
    address = f"/v1/{path.format(id=item.resource.id)}"
    return await client.request(method, address, headers={"Idempotency-Key": uuid4().hex})


def _said(answer: Response) -> str:
    """All that an answer says: the name of a file stands beside it."""
    return answer.text + answer.headers.get("Content-Disposition", "")


async def _acts_of_today(api, town: RandomWorld) -> None:
    """Anna ends something, and is answered: all of it is told in events."""
    anna, mette = await api.as_citizen(town.anna), await api.as_contact_person(town.mette)
    secrets = refused(town, town.anna)
    own = [item for item in town.items if item not in secrets]
    for item in _one_to_end(town, own):
        await _end(anna, item)
    path, body = _STALE[ResourceKind.RIGHTS_REQUEST]
    for item in own:
        if item.resource.kind is ResourceKind.RIGHTS_REQUEST:
            address = f"/v1/{path.format(id=item.resource.id)}"
            await mette.put(address, json=body, headers={"If-Match": '"1"'})


def _words_in_events(town: RandomWorld) -> list[str]:
    told = "".join(row["told"] for row in town.world.rows("SELECT event::text AS told FROM event"))
    assert f"person:{town.anna}" in told
    words = [*town.names.values(), *(item.word for item in town.items)]
    return [word for word in words if word in told]


@_worlds
@given(seed=st.integers(0, 2**32))
async def test_looking_as_another_shows_all_and_only_what_the_policy_lets_them_see(
    api, world, seed
):
    town = RandomWorld(world, Random(seed))  # noqa: S311 - a test's dice
    anna = await api.as_citizen(town.anna)
    own, own_name = (await anna.get("/v1/export")).text, town.names[town.anna]
    for person in (town.bo, town.cleo, town.mette, town.lars, town.nora):
        secrets = refused(town, person)
        names = {*kept_names(town, person), *kept_names(town, town.anna)} - {own_name}
        view = await anna.get(f"/v1/see-as/{person}")
        assert not [name for name in names if name in view.text]
        for item in secrets:
            assert item.word not in view.text
        if view.status_code == 200:
            listed = [one for one in town.items if one not in secrets and _is_listed(one)]
            assert all(one.word in view.text for one in listed)
    secrets = refused(town, town.anna)
    exported = [one for one in town.items if one not in secrets and _is_exported(one)]
    assert all(item.word in own for item in exported)


_A_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d+(Z|\+00:00)")

_VARIES = re.compile(
    r'"request_id":"\w+"|"resourceType": "Bundle", "id": "[-\w]+"|"withheld":\[[^]]*\]'
)
"""By the moment; and the one thing that is told: who holds more, to whoever asks for consents."""


@_worlds
@given(seed=st.integers(0, 2**32))
async def test_what_is_refused_counts_nowhere(api, world, seed):
    """Nobody can tell by any number or order whether what they may not see is in the plan."""
    town = RandomWorld(world, Random(seed))  # noqa: S311 - a test's dice
    elsewhere = _Elsewhere(world)
    for person in town.random.sample([town.bo, town.cleo, town.mette, town.lars, town.nora], 3):
        at_work = person in town.administration_of
        client = await (api.as_contact_person if at_work else api.as_citizen)(person)
        addresses = [one for one in every_address(api, town) if "/access-log" not in one]
        here = await _all_said(client, addresses)
        secrets = [one for one in refused(town, person) if not _stays(town, person, one)]
        async with _moved(town, secrets, elsewhere):
            gone = await _all_said(client, addresses)
        differing = [one for one in addresses if here[one] != gone[one]]
        assert differing == [], [_where(here[one][1], gone[one][1]) for one in differing]


def _where(one: str, other: str) -> tuple[str, str]:
    """The surroundings of the first difference."""
    pairs = enumerate(zip(one, other, strict=False))
    same = next((at for at, (this, that) in pairs if this != that), min(len(one), len(other)))
    return one[max(same - 100, 0) : same + 100], other[max(same - 100, 0) : same + 100]


def _stays(town: RandomWorld, person: UUID, item: Item) -> bool:
    """Tell whether something cannot be elsewhere.

    Words about oneself are one in each plan, whoever may read them. A consent that lets somebody
    see something is a ground of theirs, which they need not read.
    """
    administration = town.administration_of.get(person)
    grounds = {
        one.id
        for one in town.consents
        if one.works_on(town.world.today)
        and (one.recipient_person or one.recipient_administration) in {person, administration}
    }
    return item.resource.kind is ResourceKind.ABOUT_ME or item.resource.id in grounds


async def _all_said(client, addresses: list[str]) -> dict[str, tuple[int, str]]:
    said = {}
    for address in addresses:
        answer = await client.get(address)
        text = _VARIES.sub("", _A_MOMENT.sub("", answer.text))
        said[address] = (answer.status_code, text)
    return said


class _Elsewhere:
    """A plan, a household and any number of citizens that nobody in a random world knows."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._worker = world.a_contact_person()
        self._places = {
            "plan_id": world.a_plan(),
            "household_id": world.a_household(world.a_person()),
        }

    def place(self, column: str) -> UUID:
        """A citizen has one open request for a plan, so each item has a citizen of its own."""
        if column != "citizen_id":
            return self._places[column]
        citizen = self._world.a_person()
        self._world.an_assignment(citizen, self._worker)
        return citizen


@asynccontextmanager
async def _moved(
    town: RandomWorld, items: list[Item], elsewhere: _Elsewhere
) -> AsyncIterator[None]:
    """Have some items where nobody here has to do with them."""

    ids = [item.resource.id for item in items]
    shared = [
        row["id"]
        for row in town.world.rows(
            "SELECT id FROM goal_share WHERE goal_id = ANY (%(ids)s) AND ended_at IS NULL", ids=ids
        )
    ]

    async def move(*, away: bool) -> None:
        town.world.execute(
            "UPDATE goal_share SET ended_at = %(at)s WHERE id = ANY (%(ids)s)",
            at=datetime.now(UTC) if away else None,
            ids=shared,
        )
        for item in items:
            column, home = _place(town, item)
            await town.world.execute_meanwhile(
                f"UPDATE {item.resource.kind} SET {column} = %(place)s WHERE id = %(id)s",  # noqa: S608
                place=elsewhere.place(column) if away else home,
                id=item.resource.id,
            )

    await move(away=True)
    try:
        yield
    finally:
        await move(away=False)


def _place(town: RandomWorld, item: Item) -> tuple[str, UUID | None]:
    """Where something is: the column that says so, and what it says."""
    resource = item.resource
    if resource.household_id is not None:
        return "household_id", resource.household_id
    if resource.kind in _OF_A_CITIZEN:
        return "citizen_id", resource.citizen_id
    return "plan_id", town.plan


_OF_A_CITIZEN = {
    ResourceKind.CONSENT,
    ResourceKind.HELPER,
    ResourceKind.RIGHTS_REQUEST,
    ResourceKind.PLAN_REQUEST,
}
"""What does not need a plan."""


def _is_listed(item: Item) -> bool:
    """What a view of another shows; the rest is read elsewhere, joint goals at home."""
    return item.resource.kind in _SHOWN_TOGETHER and item.resource.household_id is None


def _is_exported(item: Item) -> bool:
    """Of one's own, all but a file that was not sent."""
    return item.resource.state != UNSENT


_SHOWN_TOGETHER = {
    ResourceKind.ABOUT_ME,
    ResourceKind.GOAL,
    ResourceKind.INTERVENTION,
    ResourceKind.APPOINTMENT,
    ResourceKind.DECISION,
    ResourceKind.PROMISE,
    ResourceKind.THREAD,
}
