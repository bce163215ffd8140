"""A login from the button to the session, against the simulator over real HTTP."""

from datetime import UTC, datetime

import pytest
import structlog

from auth.failures import LoginFailed, LoginFailureReason
from auth.identity import Loa, Role
from sandbox.broker.outcomes import Outcome
from tests.auth.parts import ANNA, CLIENT_ID, LARS, Browser, new_client, parameters


async def test_a_citizen_logs_in_and_comes_back_to_where_they_were_going(browser, portal):
    arrived = await browser.log_in("anna", next="/goals?filter=mine")

    assert (arrived.status_code, arrived.headers["location"]) == (303, "/goals?filter=mine")
    session = (await browser.session()).json()
    assert list(session) == ["name", "role", "loa", "idle_expires_at", "expires_at"]
    assert (session["name"], session["role"], session["loa"]) == (
        ANNA.name,
        "citizen",
        "substantial",
    )


async def test_the_portal_learns_who_the_citizen_is(browser, portal):
    await browser.log_in("anna")

    [(identity, role)] = portal.linked.identities
    assert role is Role.CITIZEN
    assert identity.uuid == str(ANNA.uuid)
    assert identity.name == ANNA.name
    assert identity.cpr.get_secret_value() == ANNA.cpr
    assert identity.birth_date == ANNA.birth_date
    assert identity.loa is Loa.SUBSTANTIAL
    assert identity.employee is None
    assert identity.session_expiry is not None
    assert ANNA.cpr not in repr(identity)
    assert ANNA.name not in repr(identity)


async def test_a_contact_person_logs_in_with_mitid_erhverv(browser, portal):
    arrived = await browser.log_in("lars", role="contact_person", next="/work")

    assert arrived.headers["location"] == "/work"
    [(identity, role)] = portal.linked.identities
    assert role is Role.CONTACT_PERSON
    assert identity.name == LARS.name
    assert identity.employee.cvr == "12345678"
    assert identity.employee.organisation == "Solkøbing Kommune"
    assert (await browser.session()).json()["role"] == "contact_person"


async def test_the_request_goes_to_the_broker_pushed_and_leaves_no_trace_in_the_address(browser):
    start = await browser.start()

    sent = parameters(start.headers["location"])
    assert set(sent) == {"client_id", "request_uri"}
    assert sent["client_id"] == CLIENT_ID


@pytest.mark.parametrize(
    ("outcome", "reason", "status"),
    [
        (Outcome.ABORT, "aborted", 200),
        (Outcome.TIMEOUT, "timed_out", 200),
        (Outcome.CLIENT_ERROR, "refused_by_broker", 200),
        (Outcome.TOO_LOW, "loa_too_low", 403),
    ],
)
async def test_a_login_that_the_person_did_not_finish_says_so(
    browser, broker, outcome, reason, status
):
    await broker.next(outcome)

    page = await browser.log_in()

    assert (page.json()["reason"], page.status_code) == (reason, status)
    assert (await browser.session()).status_code == 401


async def test_cancelling_on_the_brokers_page_ends_on_the_failure_page(browser):
    page = await browser.log_in("abort")

    assert page.json()["reason"] == "aborted"


async def test_another_try_leads_to_where_the_person_was_going(browser, broker):
    aborted = await browser.choose(await browser.start(next="/goals/new"), "abort")
    assert (await browser.http.get(aborted)).json()["next"] == "/goals/new"

    await broker.next(Outcome.BAD_SIGNATURE)
    assert (await browser.log_in(next="/sharing")).json()["next"] == "/sharing"

    await broker.next(Outcome.ABORT)
    assert (await browser.log_in(next="https://elsewhere.example/")).json()["next"] == "/"


async def test_an_aborted_step_up_costs_nothing(browser):
    await browser.log_in()
    aborted = await browser.choose(await browser.start(prompt="login", next="/sharing"), "abort")

    assert (await browser.http.get(aborted)).json()["next"] == "/sharing"
    assert (await browser.session()).status_code == 200


async def test_after_a_failed_login_the_next_one_works(browser, broker):
    await broker.next(Outcome.BAD_NONCE)
    await browser.log_in()

    assert (await browser.log_in()).status_code == 303


async def test_a_citizen_without_cpr_is_handed_on_without_one(browser, broker, portal):
    await broker.next(Outcome.NO_CPR)
    await browser.log_in()

    [(identity, _)] = portal.linked.identities
    assert identity.cpr is None


async def test_an_employee_with_a_pseudonym_has_no_name(browser, broker, portal):
    await broker.next(Outcome.NO_NAME)
    await browser.log_in("lars", role="contact_person")

    [(identity, _)] = portal.linked.identities
    assert identity.name is None


async def test_a_person_who_is_not_known_here_gets_a_page_and_no_session(browser, portal):
    portal.linked.fails_with = LoginFailed(LoginFailureReason.NOT_KNOWN_HERE)

    page = await browser.log_in()

    assert (page.json()["reason"], page.status_code) == ("not_known_here", 403)
    assert (await browser.session()).status_code == 401


async def test_a_fault_of_the_portal_itself_is_a_page_with_a_reference_and_not_a_500(
    browser, portal
):
    portal.linked.fails_with = RuntimeError(f"plan API said no to {ANNA.cpr}")

    with structlog.testing.capture_logs() as logs:
        page = await browser.log_in()

    assert page.status_code == 200
    assert page.json()["reason"] == "portal_unavailable"
    assert page.json()["reference"] in str(logs)
    assert ANNA.cpr not in str(logs)


async def test_no_name_number_code_or_token_is_logged(browser, broker):
    with structlog.testing.capture_logs() as logs:
        callback = await browser.choose(await browser.start(), "anna")
        await browser.http.get(callback)
        cookie = browser.http.cookies["enplan"]
        await broker.next(Outcome.USERINFO_BAD_SUB)
        await browser.log_in()
        await browser.log_out()

    logged = str(logs)
    assert "login_completed" in logged
    assert "login_failed" in logged
    sent = parameters(callback)
    secrets = [ANNA.cpr, ANNA.name, "eyJ", sent["code"], sent["state"], cookie]
    assert [secret for secret in secrets if secret in logged] == []


async def test_nothing_secret_is_in_any_address_the_portal_sends(browser):
    start = await browser.start(next="/plan")
    callback = await browser.choose(start, "anna")
    arrived = await browser.http.get(callback)

    for address in (start.headers["location"], callback, arrived.headers["location"]):
        assert ANNA.cpr not in address
        assert "eyJ" not in address


async def test_login_pages_are_never_stored(browser):
    start = await browser.start()
    arrived = await browser.http.get(await browser.choose(start, "anna"))
    session = await browser.session()

    for answer in (start, arrived, session):
        assert answer.headers["cache-control"] == "no-store"


# State: one browser, one use, ten minutes


async def test_a_state_works_once(browser):
    callback = await browser.choose(await browser.start(), "anna")
    await browser.http.get(callback)

    replayed = await browser.http.get(callback)

    assert replayed.status_code == 400
    assert replayed.json()["reason"] == "state_unknown"


async def test_a_state_from_another_browser_is_refused_and_not_used_up(browser, another_browser):
    callback = await browser.choose(await browser.start(), "anna")

    stolen = await another_browser.http.get(callback)
    assert stolen.json()["reason"] == "state_unknown"
    assert (await another_browser.session()).status_code == 401

    assert (await browser.http.get(callback)).status_code == 303


async def test_another_browser_that_began_a_login_itself_cannot_take_over_this_one(
    browser, another_browser
):
    callback = await browser.choose(await browser.start(), "anna")
    await another_browser.start()

    assert (await another_browser.http.get(callback)).json()["reason"] == "state_unknown"


async def test_two_tabs_log_in_at_once(browser):
    first = await browser.choose(await browser.start(next="/plan"), "anna")
    second = await browser.choose(await browser.start(next="/goals"), "anna")

    assert (await browser.http.get(second)).headers["location"] == "/goals"
    assert (await browser.http.get(first)).headers["location"] == "/plan"


async def test_a_login_begun_more_than_ten_minutes_ago_is_over(browser, pool):
    callback = await browser.choose(await browser.start(), "anna")
    async with pool.connection() as connection:
        await connection.execute("UPDATE pending_login SET expires_at = now()")

    assert (await browser.http.get(callback)).json()["reason"] == "state_unknown"


async def test_a_code_that_was_used_opens_nothing_with_a_new_state(browser):
    first = await browser.choose(await browser.start(), "anna")
    await browser.http.get(first)
    second = await browser.choose(await browser.start(), "anna")
    mixed = second.replace(parameters(second)["code"], parameters(first)["code"])

    page = await browser.http.get(mixed)

    assert page.json()["detail"] == "token_endpoint_invalid_grant"


async def test_a_code_from_somebody_elses_login_is_refused(browser, another_browser):
    # Code injection: the attacker's code fits neither our verifier nor our nonce.
    theirs = await another_browser.choose(await another_browser.start(), "anna")
    ours = await browser.choose(await browser.start(), "anna")
    mixed = ours.replace(parameters(ours)["code"], parameters(theirs)["code"])

    page = await browser.http.get(mixed)

    assert page.json()["detail"] == "token_endpoint_invalid_grant"


@pytest.mark.parametrize(
    "query",
    ["", "?code=x", "?state=x", "?code=x&state=x", "?error=access_denied", "?state=a&state=b"],
)
async def test_a_callback_that_nobody_asked_for_is_a_page(browser, query):
    page = await browser.http.get(f"{browser.portal.url}/auth/callback{query}")

    assert (page.status_code, page.json()["reason"]) == (400, "state_unknown")


# Step-up


async def test_a_step_up_asks_for_a_new_login_and_accepts_it(browser):
    arrived = await browser.log_in(prompt="login", next="/sharing")

    assert arrived.headers["location"] == "/sharing"


@pytest.mark.parametrize("query", [{"prompt": "login"}, {"max_age": "3600"}])
async def test_an_old_login_at_the_broker_is_no_step_up(browser, broker, query):
    await broker.next(Outcome.STALE_AUTH_TIME)

    page = await browser.log_in(**query)

    assert page.json()["detail"] == "id_token_stale_auth_time"


async def test_an_old_login_at_the_broker_is_enough_where_none_was_asked_for(browser, broker):
    await broker.next(Outcome.STALE_AUTH_TIME)

    assert (await browser.log_in()).status_code == 303


async def test_without_any_time_of_login_it_counts_as_long_ago(browser, broker, portal):
    # So that it opens nothing that a recent login is needed for.
    await broker.next(Outcome.NO_AUTH_TIME)
    assert (await browser.log_in()).status_code == 303

    [(identity, _)] = portal.linked.identities
    assert identity.auth_time.timestamp() == 0


async def test_a_step_up_gives_a_new_cookie_and_the_old_one_opens_nothing(browser, another_browser):
    await browser.log_in()
    before = browser.http.cookies["enplan"]
    await browser.log_in(prompt="login", next="/sharing/new")

    assert browser.http.cookies["enplan"] != before
    another_browser.http.cookies.set("enplan", before)
    assert (await another_browser.session()).status_code == 401


async def test_a_broker_that_remembers_the_person_asks_again_for_a_step_up(
    remembering_broker, make_portal
):
    async with make_portal(issuer=remembering_broker.issuer) as portal, new_client() as http:
        browser = Browser(portal, http)
        await browser.log_in()
        await remembering_broker.move_clock(7200)

        silent = await http.get((await browser.start()).headers["location"])
        assert silent.headers["location"].startswith(f"{portal.url}/auth/callback?code=")
        asked = await http.get((await browser.start(prompt="login")).headers["location"])
        assert asked.headers["location"].startswith("/op/login?")


async def test_somebody_else_than_before_may_log_in_at_a_step_up_and_is_themselves(browser, portal):
    await browser.log_in("anna")
    await browser.log_in("lars", role="contact_person", prompt="login")

    assert [identity.name for identity, _ in portal.linked.identities] == [ANNA.name, LARS.name]
    assert (await browser.session()).json()["role"] == "contact_person"


@pytest.mark.parametrize("outcome", [Outcome.AGE_13, Outcome.AGE_15])
async def test_young_people_log_in_and_their_age_is_handed_on(browser, broker, portal, outcome):
    await broker.next(outcome)
    assert (await browser.log_in()).status_code == 303

    [(identity, _)] = portal.linked.identities
    years = (datetime.now(UTC).date() - identity.birth_date).days // 365.25
    assert f"age_{years:.0f}" == outcome


async def test_a_citizen_with_a_protected_name_logs_in_without_one(browser, broker, portal):
    await broker.next(Outcome.PROTECTED_NAME)
    assert (await browser.log_in()).status_code == 303

    [(identity, _)] = portal.linked.identities
    assert (identity.name, identity.cpr.get_secret_value()) == (None, ANNA.cpr)


async def test_mitids_uuid_is_the_key_of_a_person_and_sub_where_there_is_none(browser, portal):
    await browser.log_in("anna")
    await browser.log_in("lars", role="contact_person")

    (citizen, _), (employee, _) = portal.linked.identities
    assert citizen.key == citizen.uuid == str(ANNA.uuid)
    assert employee.key == employee.subject


# Staying in


async def test_saying_that_one_is_still_there_starts_idle_time_anew(browser, pool):
    await browser.log_in()
    async with pool.connection() as connection:
        await connection.execute(
            "UPDATE login_session SET idle_expires_at = now() + interval '4 minutes'"
        )
    before = (await browser.session()).json()["idle_expires_at"]

    stayed = await browser.http.post(
        f"{browser.portal.url}/auth/session", headers={"Origin": browser.portal.url}
    )

    assert stayed.json()["idle_expires_at"] > before
    assert (await browser.session()).json() == stayed.json()


async def test_another_site_cannot_keep_anybody_logged_in(browser):
    await browser.log_in()

    answer = await browser.http.post(
        f"{browser.portal.url}/auth/session", headers={"Origin": "https://evil.example"}
    )

    assert answer.status_code == 403


async def test_polling_does_not_extend_a_login(browser, pool):
    await browser.log_in()
    async with pool.connection() as connection:
        await connection.execute(
            "UPDATE login_session SET idle_expires_at = now() + interval '4 minutes'"
        )
    times = {(await browser.session()).json()["idle_expires_at"] for _ in range(3)}

    assert len(times) == 1


# The way out


async def test_logging_out_ends_the_session_here_and_at_the_broker(browser, broker):
    await browser.log_in()

    out = await browser.log_out()

    assert out.status_code == 303
    assert out.headers["location"].startswith(f"{broker.issuer}/connect/endsession?")
    assert (await browser.session()).status_code == 401
    back = await browser.http.get(out.headers["location"])
    assert back.headers["location"] == f"{browser.portal.url}/"


async def test_the_old_cookie_opens_nothing_after_logging_out(browser, another_browser):
    await browser.log_in()
    cookie = browser.http.cookies["enplan"]
    await browser.log_out()

    another_browser.http.cookies.set("enplan", cookie)

    assert (await another_browser.session()).status_code == 401


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Origin": "null", "Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Referer": "https://evil.example"},
    ],
)
async def test_another_site_cannot_log_anybody_out(browser, headers):
    await browser.log_in()

    assert (await browser.log_out(**headers)).status_code == 403
    assert (await browser.session()).status_code == 200


async def test_a_page_that_hides_its_origin_may_log_out_when_it_is_ours(browser):
    await browser.log_in()

    out = await browser.log_out(**{"Origin": "null", "Sec-Fetch-Site": "same-origin"})

    assert out.status_code == 303
    assert (await browser.session()).status_code == 401


async def test_logging_out_is_no_link(browser):
    await browser.log_in()

    answer = await browser.http.get(f"{browser.portal.url}/auth/logout")

    assert answer.status_code == 405
    assert (await browser.session()).status_code == 200


async def test_logging_out_twice_is_no_error(browser):
    await browser.log_in()
    await browser.log_out()

    assert (await browser.log_out()).headers["location"] == "/"


async def test_long_after_the_login_logging_out_stays_in_the_portal(browser, pool):
    # The broker no longer honours the hint and would keep the person on a page of its own.
    await browser.log_in()
    async with pool.connection() as connection:
        await connection.execute(
            "UPDATE login_session SET created_at = created_at - interval '10 minutes'"
        )

    assert (await browser.log_out()).headers["location"] == f"{browser.portal.url}/"


async def test_whoever_logs_in_after_a_log_out_has_to_show_mitid_again(browser, broker):
    await browser.log_in()
    await browser.log_out()
    await broker.next(Outcome.STALE_AUTH_TIME)

    page = await browser.log_in()

    assert page.json()["detail"] == "id_token_stale_auth_time"


async def test_logging_out_everywhere_ends_the_logins_in_all_browsers(browser, another_browser):
    await browser.log_in()
    await another_browser.log_in()

    out = await browser.http.post(
        f"{browser.portal.url}/auth/logout",
        headers={"Origin": browser.portal.url},
        data={"everywhere": "1"},
    )

    assert "/connect/endsession?" in out.headers["location"]
    assert (await browser.session()).status_code == 401
    assert (await another_browser.session()).status_code == 401


async def test_logging_out_leaves_other_browsers_logged_in(browser, another_browser):
    await browser.log_in()
    await another_browser.log_in()
    await browser.log_out()

    assert (await another_browser.session()).status_code == 200


@pytest.mark.parametrize("body", [b"everywhere=1" + b"&a=b" * 20_000, b"--x\r\nrubbish", b""])
async def test_a_strange_form_still_logs_out_here(browser, body):
    await browser.log_in()

    out = await browser.http.post(
        f"{browser.portal.url}/auth/logout",
        headers={"Origin": browser.portal.url, "Content-Type": "multipart/form-data; boundary=x"},
        content=body,
    )

    assert out.status_code == 303
    assert (await browser.session()).status_code == 401


# Cookies


async def test_cookies_cannot_be_read_by_scripts_and_are_not_sent_by_other_sites(browser):
    start = await browser.start()
    arrived = await browser.http.get(await browser.choose(start, "anna"))

    for cookie in [*start.headers.get_list("set-cookie"), *arrived.headers.get_list("set-cookie")]:
        assert "HttpOnly" in cookie
        assert "SameSite=lax" in cookie
        assert "Path=/" in cookie


async def test_a_login_gets_a_new_cookie_and_ends_the_old_session(browser, another_browser):
    await browser.log_in()
    first = browser.http.cookies["enplan"]
    await browser.log_in()

    assert browser.http.cookies["enplan"] != first
    another_browser.http.cookies.set("enplan", first)
    assert (await another_browser.session()).status_code == 401


async def test_a_cookie_planted_before_the_login_opens_nothing_after_it(browser, another_browser):
    browser.http.cookies.set("enplan", "chosen-by-an-attacker")
    await browser.log_in()

    another_browser.http.cookies.set("enplan", "chosen-by-an-attacker")

    assert (await another_browser.session()).status_code == 401


# The broker itself


async def test_a_broker_that_is_down_is_a_page_and_not_an_error(make_portal):
    async with (
        make_portal(issuer="http://localhost:9/op") as portal,
        new_client() as http,
    ):
        page = await Browser(portal, http).start()

    assert page.status_code == 200
    assert page.json()["reason"] == "broker_unavailable"
    assert len(page.json()["reference"]) == 8


async def test_a_discovery_document_of_another_issuer_is_refused(make_portal, config):
    same_server = config.issuer.replace("localhost", "127.0.0.1")
    async with make_portal(issuer=same_server) as portal, new_client() as http:
        page = await Browser(portal, http).start()

    assert page.json()["detail"] == "discovery_issuer_mismatch"


async def test_a_wrong_client_secret_is_a_page(make_portal):
    async with make_portal(client_secret="wrong") as portal, new_client() as http:
        page = await Browser(portal, http).start()

    assert page.json()["detail"] == "par_invalid_client"


async def test_a_higher_assurance_than_the_portals_minimum_is_asked_for_and_given(
    make_portal,
):
    async with make_portal(min_loa=Loa.HIGH) as portal, new_client() as http:
        browser = Browser(portal, http)
        assert (await browser.log_in()).status_code == 303
        assert (await browser.session()).json()["loa"] == "high"


async def test_an_employee_cannot_reach_an_assurance_that_mitid_erhverv_does_not_have(make_portal):
    async with make_portal(min_loa=Loa.HIGH) as portal, new_client() as http:
        page = await Browser(portal, http).log_in("lars", role="contact_person")

    assert page.json()["reason"] == "loa_too_low"
