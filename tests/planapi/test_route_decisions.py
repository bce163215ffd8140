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
            "follow_up_id": world.insert(
                "follow_up", plan_id=plan, day=today, created_by=self.mette
            ),
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
            "item_id": UUID(int=0),
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
