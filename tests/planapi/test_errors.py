"""Every error is a problem with a type and a request id, and never an internal text."""

from uuid import uuid4

import httpx
import psycopg
import pytest
from fastapi import FastAPI
from starlette.responses import StreamingResponse

from planapi.errors import (
    Conflict,
    Invalid,
    KeyMissing,
    KeyReused,
    NotAllowed,
    NotAuthenticated,
    NotFound,
    ProblemOccurred,
    Stale,
    StepUpNeeded,
    TooLarge,
    Unavailable,
    UnexpectedErrors,
    VersionMissing,
    install_error_handlers,
)
from portal.contract.errors import Problem, ProblemType
from portal.contract.people import PersonRef

SECRET = "Anna Holm 030485-0002"

EVERY_PROBLEM = [
    (Conflict, 409),
    (Invalid, 422),
    (KeyMissing, 400),
    (KeyReused, 422),
    (NotAllowed, 403),
    (NotAuthenticated, 401),
    (NotFound, 404),
    (Stale, 412),
    (StepUpNeeded, 401),
    (TooLarge, 413),
    (Unavailable, 503),
    (VersionMissing, 428),
]


async def ask(error: Exception) -> httpx.Response:
    app = FastAPI()
    install_error_handlers(app)
    app.add_middleware(UnexpectedErrors)

    @app.get("/")
    async def fail() -> None:
        raise error

    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://a") as client:
        return await client.get("/")


@pytest.mark.parametrize(("problem", "status"), EVERY_PROBLEM)
async def test_each_problem_has_its_type_and_status(problem, status):
    answer = await ask(problem())

    assert answer.status_code == status
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert Problem.model_validate_json(answer.content).type is problem.type


def test_every_problem_type_of_the_contract_has_its_exception():
    raised = {problem.type for problem in ProblemOccurred.__subclasses__()}

    assert raised == set(ProblemType) - {ProblemType.INTERNAL}


async def test_a_stale_write_gets_the_newest_state():
    current = PersonRef(id=uuid4(), name="Anna")

    answer = await ask(Stale(current=current))

    assert answer.json()["current"] == {"id": str(current.id), "name": "Anna"}


@pytest.mark.parametrize(
    ("error", "status"),
    [
        (RuntimeError(SECRET), 500),
        (psycopg.errors.UniqueViolation(SECRET), 500),
        (psycopg.errors.ExclusionViolation(SECRET), 409),
        (psycopg.OperationalError(SECRET), 503),
        (psycopg.errors.QueryCanceled(SECRET), 503),
        (psycopg.errors.UntranslatableCharacter(SECRET), 422),
    ],
)
async def test_what_nobody_foresaw_is_answered_and_logged_without_its_words(error, status, caplog):
    answer = await ask(error)

    assert answer.status_code == status
    assert SECRET not in answer.text
    assert SECRET not in caplog.text


async def test_an_answer_that_breaks_off_is_cut_and_not_dressed_up_as_whole():
    async def broken():
        yield b"half"
        raise RuntimeError(SECRET)

    async def app(scope, receive, send):
        await StreamingResponse(broken())(scope, receive, send)

    transport = httpx.ASGITransport(UnexpectedErrors(app))
    async with httpx.AsyncClient(transport=transport, base_url="http://a") as client:
        with pytest.raises(ConnectionAbortedError):
            await client.get("/")


async def test_paths_and_methods_that_do_not_exist_are_problems_too(api, world):
    anna = await api.as_citizen(world.a_person())

    assert (await anna.get("/v1/nothing")).json()["type"] == ProblemType.NOT_FOUND
    assert (await anna.patch("/v1/me")).json()["status"] == 405
    broken = await anna.put(
        "/v1/me/language", content=b"{", headers={"Content-Type": "application/json"}
    )
    assert broken.json()["type"] == ProblemType.INVALID


async def test_invalid_fields_are_named_by_path_and_code_and_not_repeated(api, world):
    anna = await api.as_citizen(world.a_person())

    answer = await anna.put(
        "/v1/me/language", json={"language": SECRET, "cpr": SECRET}, headers={"If-Match": '"0"'}
    )

    assert answer.status_code == 422
    assert {(error["path"], error["code"]) for error in answer.json()["errors"]} == {
        ("language", "string_pattern_mismatch"),
        ("cpr", "extra_forbidden"),
    }
    assert SECRET not in answer.text


async def test_the_request_id_of_the_portal_comes_back(api):
    anyone = await api.client()
    request_id = str(uuid4())

    answer = await anyone.get("/v1/me", headers={"X-Request-ID": request_id})

    assert answer.json()["request_id"] == request_id
    assert answer.headers["X-Request-ID"] == request_id


async def test_another_method_is_answered_with_those_that_there_are(api):
    answer = await (await api.client()).patch("/v1/goals")

    assert answer.status_code == 405
    assert answer.headers["Allow"] == "GET, POST"


async def test_nobody_is_told_what_is_wrong_before_it_is_known_who_asks(api):
    anyone = await api.client()

    answer = await anyone.put("/v1/about-me", headers={"If-Match": "x"}, json={"unknown": 1})

    assert answer.status_code == 401
