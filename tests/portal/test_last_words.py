"""What was typed in the last second of a login is saved, and nothing else is done any more."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import httpx
import pytest
import time_machine

from auth.identity import Loa, Role
from auth.sessions import LoginSession
from portal.contract.messages import SaveDraft
from portal.plan_client import SignedOut
from portal.web.handover import Handover
from portal.web.logins import LAST_WORDS, SignedIn
from portal.web.persons_client import PersonsClient

NOW = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)


@pytest.fixture
def clock():
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


@pytest.fixture
def signed_in(clock) -> SignedIn:
    in_eight_hours = NOW + timedelta(hours=8)
    return SignedIn(
        LoginSession(
            key="0" * 64,
            person_id=uuid4(),
            name="Mette",
            role=Role.CITIZEN,
            loa=Loa.SUBSTANTIAL,
            auth_time=NOW,
            language=None,
            created_at=NOW,
            idle_expires_at=in_eight_hours,
            expires_at=in_eight_hours,
        )
    )


async def test_words_may_be_saved_for_a_moment_after_the_end(signed_in, clock):
    assert signed_in.may_save_last_words
    signed_in.end()
    assert signed_in.is_over
    assert signed_in.may_save_last_words

    clock.shift(LAST_WORDS)
    assert not signed_in.may_save_last_words
    signed_in.end()  # told again: the moment does not begin anew
    assert not signed_in.may_save_last_words


async def test_at_the_absolute_limit_it_is_the_same(signed_in, clock):
    clock.shift(timedelta(hours=8))
    assert signed_in.is_over
    assert signed_in.may_save_last_words
    clock.shift(LAST_WORDS)
    assert not signed_in.may_save_last_words


async def test_after_the_end_a_draft_is_saved_and_nothing_else_is_sent():
    sent: list[httpx.Request] = []

    def plan_api(request: httpx.Request) -> httpx.Response:
        sent.append(request)
        return httpx.Response(200, json={"version": 1})

    def over() -> str:
        raise SignedOut("the login has ended")

    async def tell_logins(_code: str) -> None: ...

    http = httpx.AsyncClient(base_url="http://plan.test", transport=httpx.MockTransport(plan_api))
    client = PersonsClient(
        http,
        over,
        Handover().taker("login"),
        last_words_token=lambda: "token",
        tell_logins=tell_logins,
    )

    await client.save_draft("goal:new", SaveDraft(fields={"title": "Jeg vil"}), 0)
    for refused in (client.me(), client.drop_draft("goal:new", 1), client.draft("goal:new")):
        with pytest.raises(SignedOut):
            await refused

    assert [(request.method, request.url.path) for request in sent] == [
        ("PUT", "/v1/drafts/goal:new")
    ]
