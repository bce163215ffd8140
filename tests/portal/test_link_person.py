"""Who has logged in: the portal asks the plan API, in its own name."""

from dataclasses import replace
from datetime import UTC, datetime
from uuid import UUID, uuid4

import httpx
import pytest
from pydantic import SecretStr

from auth.failures import LoginFailed, LoginFailureReason
from auth.identity import EmployeeIdentity, Loa, Role, VerifiedIdentity
from portal.asgi import link_person
from portal.plan_client import PlanClient

CPR = "0107801234"


def identity(employee: EmployeeIdentity | None = None) -> VerifiedIdentity:
    return VerifiedIdentity(
        issuer="https://broker.test",
        subject="subject-1",
        uuid=None,
        name="Anna Holm",
        cpr=SecretStr(CPR),
        birth_date=None,
        loa=Loa.SUBSTANTIAL,
        auth_time=datetime.now(UTC),
        employee=employee,
        broker_sid=None,
        session_expiry=None,
    )


class PlanApi:
    """Answers one thing and keeps what it was asked."""

    def __init__(self, status: int, body: dict) -> None:
        self._answer = httpx.Response(status, json=body)
        self.asked: list[httpx.Request] = []

    def __call__(self, request: httpx.Request) -> httpx.Response:
        self.asked.append(request)
        return self._answer

    def client(self) -> PlanClient:
        http = httpx.AsyncClient(
            base_url="http://plan-api.test", transport=httpx.MockTransport(self)
        )
        return PlanClient(http, lambda: "a-service-token")


def problem(status: int, name: str, **more) -> PlanApi:
    body = {"type": f"urn:enplan:problem:{name}", "title": name, "status": status, **more}
    return PlanApi(status, body)


async def test_the_person_behind_a_login_is_found():
    person = uuid4()
    api = PlanApi(200, {"person_id": str(person), "name": "Anna Holm", "language": "en"})
    linked = await link_person(api.client(), identity(), Role.CITIZEN)
    assert (linked.person_id, linked.name, linked.language) == (person, "Anna Holm", "en")
    (request,) = api.asked
    assert request.url.path == "/v1/identities"
    assert request.headers["authorization"] == "Bearer a-service-token"
    assert UUID(request.headers["idempotency-key"])
    assert CPR.encode() in request.content
    assert CPR not in str(request.url)


@pytest.mark.parametrize(
    ("role", "employee", "reason"),
    [
        (Role.CITIZEN, None, LoginFailureReason.NOT_KNOWN_HERE),
        (
            Role.CONTACT_PERSON,
            EmployeeIdentity(cvr="12345678", professional_id="p-1", organisation="By"),
            LoginFailureReason.NOT_EMPLOYEE,
        ),
    ],
)
async def test_whoever_is_not_known_here_is_told_so(role, employee, reason):
    api = problem(404, "not-found")
    with pytest.raises(LoginFailed) as failure:
        await link_person(api.client(), identity(employee), role)
    assert failure.value.reason is reason


async def test_without_a_cpr_number_nobody_can_be_found_and_one_is_told_that():
    unnumbered = replace(identity(), cpr=None)
    with pytest.raises(LoginFailed) as failure:
        await link_person(problem(404, "not-found").client(), unnumbered, Role.CITIZEN)
    assert failure.value.reason is LoginFailureReason.NO_CPR


async def test_an_employee_of_somebody_else_is_told_that_it_is_the_employer():
    api = problem(422, "invalid", errors=[{"path": "cvr", "code": "not_served"}])
    stranger = identity(EmployeeIdentity(cvr="87654321", professional_id="p", organisation="X"))
    with pytest.raises(LoginFailed) as failure:
        await link_person(api.client(), stranger, Role.CONTACT_PERSON)
    assert failure.value.reason is LoginFailureReason.NOT_OUR_EMPLOYER


@pytest.mark.parametrize("role", list(Role))
async def test_whose_name_mitid_does_not_tell_has_the_one_that_the_municipality_knows(role):
    """An employee under a pseudonym, a citizen whose name is protected."""
    api = PlanApi(200, {"person_id": str(uuid4()), "name": "Team Nord, 12"})
    employee = EmployeeIdentity(cvr="12345678", professional_id="p-1", organisation="By")
    at_work = employee if role is Role.CONTACT_PERSON else None
    linked = await link_person(api.client(), replace(identity(at_work), name=None), role)
    assert linked.name == "Team Nord, 12"


async def test_a_person_is_tied_to_mitids_uuid_where_the_broker_tells_it():
    api = PlanApi(200, {"person_id": str(uuid4()), "name": "Anna Holm", "language": None})
    await link_person(api.client(), replace(identity(), uuid="mitid-uuid-1"), Role.CITIZEN)
    assert b'"mitid-uuid-1"' in api.asked[0].content
    assert b"subject-1" not in api.asked[0].content


async def test_a_private_mitid_is_no_contact_person():
    api = problem(404, "not-found")
    with pytest.raises(LoginFailed) as failure:
        await link_person(api.client(), identity(), Role.CONTACT_PERSON)
    assert failure.value.reason is LoginFailureReason.NOT_EMPLOYEE
    assert api.asked == []


@pytest.mark.parametrize(
    ("status", "name"), [(503, "unavailable"), (401, "not-authenticated"), (403, "not-allowed")]
)
async def test_a_plan_api_that_cannot_answer_is_not_the_persons_fault(status, name):
    with pytest.raises(LoginFailed) as failure:
        await link_person(problem(status, name).client(), identity(), Role.CITIZEN)
    assert failure.value.reason is LoginFailureReason.PORTAL_UNAVAILABLE
