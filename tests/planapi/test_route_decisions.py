"""Every route that people call asks the policy: a route without a decision fails here."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from planapi.authorization import asked
from planapi.dependencies import current_actor
from tests.planapi.test_app import dependencies_of, routes_of

_CPR = "010190-1234"
_OTHER_BODIES: dict[str, dict[str, Any]] = {
    "/v1/follow-ups/{follow_up_id}/conclusion": {"outcome": "end", "conclusion": "Færdig"},
    "/v1/appointments/{appointment_id}/answer": {"answer": "coming"},
    "/v1/fact-requests/{request_id}/answer": {"answer": "refuse", "reason": ""},
}
"""Where the contract's body is one of several kinds."""


class Town:
    """One of everything that a route can name."""

    def __init__(self, world) -> None:
        today, self.anna = world.today, world.a_person(cpr=_CPR)
        bo, plan = world.a_person(name="Bo"), world.a_plan(self.anna)
        self.mette = world.a_contact_person(self.anna)
        home = world.a_household(self.anna, bo)
        goal = world.a_goal(plan_id=plan, created_by=self.anna)
        thread, begins = world.a_thread(plan), datetime.now(UTC) + timedelta(days=1)
        world.a_message(thread, self.anna)
        text = {"text": "Hej", "plan_id": plan}
        follow_up = world.insert("follow_up", plan_id=plan, day=today, created_by=self.mette)
        self._write_texts(world, text)
        self.ids: dict[str, UUID | str] = {
            "citizen_id": self.anna,
            "person_id": bo,
            "professional_id": self.mette,
            "plan_id": plan,
            "goal_id": goal,
            "thread_id": thread,
            "household_id": home,
            "step_id": world.a_step(goal),
            "consent_id": world.a_consent(self.anna),
            "helper_id": world.a_helper(self.anna, "020290-4321"),
            "appointment_id": world.insert(
                "appointment",
                plan_id=plan,
                administration="employment",
                title="Møde",
                starts_at=begins,
                ends_at=begins + timedelta(hours=1),
            ),
            "decision_id": world.insert(
                "decision",
                administration="employment",
                title="Ja",
                decided_on=today,
                appeal_by=today,
                how_to_appeal="",
                rule="",
                **text,
            ),
            "promise_id": world.insert(
                "promise", administration="employment", owner="Mette", due=today, **text
            ),
            "minutes_id": world.insert(
                "minutes",
                administration="employment",
                title="Møde",
                held_on=today,
                written_by=self.mette,
                **text,
            ),
            "follow_up_id": follow_up,
            "attachment_id": world.insert(
                "attachment",
                plan_id=plan,
                owner_id=self.anna,
                name="a.pdf",
                media_type="application/pdf",
                size=1,
                sha256=bytes(32),
            ),
            "invitation_id": world.insert(
                "household_invitation",
                household_id=home,
                name="Eva",
                cpr_hash=bytes(32),
                relation="other",
                invited_by=self.anna,
            ),
            "hiding_id": world.insert(
                "safety_hiding",
                citizen_id=self.anna,
                resource_kind="goal",
                resource_id=goal,
                reason="Vold",
                hidden_by=self.mette,
            ),
            "item_id": world.insert(
                "agenda_item",
                follow_up_id=follow_up,
                text="Praktik",
                added_by=self.anna,
                added_role="citizen",
            ),
            "absence_id": world.an_absence(self.mette, world.a_contact_person()),
            "theme": "self_care",
            "topic": "housing",
            "name": "goal:new",
        }
        self.requests = {
            "/v1/rights-requests/{request_id}/answer": world.insert(
                "rights_request",
                citizen_id=self.anna,
                kind="correction",
                resource_kind="goal",
                resource_id=goal,
                text="Hej",
            ),
            "/v1/work/plan-requests/{request_id}/answer": world.insert(
                "plan_request", citizen_id=world.a_person()
            ),
            "/v1/fact-requests/{request_id}/answer": world.insert(
                "fact_request",
                plan_id=plan,
                topic="housing",
                administration="employment",
                purpose="Bolig",
                asked_by=self.mette,
            ),
        }

    def _write_texts(self, world, text: dict[str, Any]) -> None:
        """What is named by its plan and a word, not by an id."""
        world.insert("about_me", plan_id=text["plan_id"])
        world.insert("own_view", theme="self_care", written_by=self.anna, **text)
        world.insert(
            "professional_view",
            theme="self_care",
            written_by=self.mette,
            administration="employment",
            level="mild",
            **text,
        )
        world.insert("told_fact", topic="housing", given_by=self.anna, **text)
        world.execute(
            "INSERT INTO draft (municipality_id, person_id, name, fields)"
            " VALUES (%(municipality)s, %(anna)s, 'goal:new', '{}')",
            municipality=world.municipality,
            anna=self.anna,
        )
        world.insert(
            "calendar_address",
            person_id=self.anna,
            secret_sha256=bytes(32),
            with_place=False,
            issued_at=datetime.now(UTC),
        )

    def address(self, path: str) -> str:
        """Fill a path with ids. A new kind of id wants a line above."""
        named = path.replace("/history", "/answer")
        ids = self.ids | {"request_id": self.requests.get(named, "")}
        return path.format(**ids)


def operations(app) -> list[tuple[str, str]]:
    return [
        (method, route.path)
        for route in routes_of(app)
        if current_actor in dependencies_of(route.dependant)
        for method in sorted(route.methods)
    ]


def body_of(document: dict[str, Any], method: str, path: str) -> dict[str, Any] | None:
    """The contract's own example of what a route takes."""
    content = document["paths"][path][method.lower()].get("requestBody", {}).get("content", {})
    if path in _OTHER_BODIES:
        return _OTHER_BODIES[path]
    name = content.get("application/json", {}).get("schema", {}).get("$ref", "").split("/")[-1]
    return dict(document["components"]["schemas"][name]["examples"][0]) if name else None


def about(town: "Town", body: dict[str, Any] | None) -> dict[str, Any] | None:
    """An example, about things that are there."""
    if body is None:
        return None
    return body | {name: str(town.ids[name]) for name in body if name in town.ids and "_id" in name}


@pytest.fixture
def town(world) -> Town:
    return Town(world)


async def test_every_route_that_people_call_asks_the_policy(api, town):
    document = api.app.openapi()
    clients = [
        await api.as_citizen(town.anna),
        await api.as_contact_person(town.mette),
    ]
    silent = []
    for method, path in operations(api.app):
        questions: list[Any] = []
        for client in clients:
            token = asked.set(questions)
            headers = {"Idempotency-Key": uuid4().hex, "If-Match": '"1"'}
            if path == "/v1/attachments":  # the one body that is no JSON
                sent = {
                    "content": b"%PDF-1.7\n%%EOF\n",
                    "params": {"name": "a.pdf", "plan_id": str(town.ids["plan_id"])},
                }
            else:
                sent = {"json": about(town, body_of(document, method, path))}
            await client.request(method, town.address(path), headers=headers, **sent)
            asked.reset(token)
        if not questions:
            silent.append((method, path))
    assert not silent, silent


FROM_PORTAL = {("POST", "/v1/identities"), ("POST", "/v1/calendar-address/followed")}


def operations_with(
    document: dict[str, Any], header: str, *, required: bool = False
) -> list[tuple[str, str]]:
    return [
        (method.upper(), path)
        for path, operations in document["paths"].items()
        for method, operation in operations.items()
        if any(
            one["name"] == header and one["required"] >= required
            for one in operation.get("parameters", ())
        )
    ]


@pytest.mark.parametrize(
    ("header", "refused"),
    [
        ("If-Match", (428, "urn:enplan:problem:version-missing")),
        ("Idempotency-Key", (400, "urn:enplan:problem:idempotency-key-missing")),
    ],
)
async def test_no_route_does_without_the_header_that_it_asks_for(api, town, header, refused):
    document = api.app.openapi()
    anna, portal = await api.as_citizen(town.anna), await api.client(api.signer.for_portal)
    others = {"Idempotency-Key": uuid4().hex, "If-Match": '"1"'}
    del others[header]
    answers = {}
    for method, path in operations_with(document, header, required=True):
        client = portal if (method, path) in FROM_PORTAL else anna
        body = about(town, body_of(document, method, path))
        answer = await client.request(method, town.address(path), headers=others, json=body)
        answers[method, path] = (answer.status_code, answer.json().get("type"))

    assert answers
    assert {one: said for one, said in answers.items() if said != refused} == {}


async def test_every_stale_change_is_answered_with_what_is_there_now(api, town):
    document = api.app.openapi()
    clients = [await api.as_citizen(town.anna), await api.as_contact_person(town.mette)]
    taken = {}
    for method, path in operations_with(document, "If-Match"):
        body = about(town, body_of(document, method, path))
        answers = [
            await client.request(
                method, town.address(path), headers={"If-Match": '"999"'}, json=body
            )
            for client in clients
        ]
        stale = [one for one in answers if one.status_code == 412]
        if not stale or not stale[0].json().get("current"):
            taken[method, path] = [(one.status_code, one.text[:300]) for one in answers]

    assert taken == {}
