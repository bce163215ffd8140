"""The HTML pages: what everybody sees before the app, and what every answer says to browsers."""

import re

import httpx
import psycopg
import pytest
from starlette.responses import PlainTextResponse
from structlog.testing import capture_logs

from auth.failures import LoginFailureReason
from auth.identity import Role
from i18n.translator import LANGUAGES, translator
from portal.web.headers import SecurityHeaders
from portal.web.messages import for_login_failure

PUBLIC_PAGES = ["/", "/accessibility", "/privacy", "/logout", "/offline", "/does-not-exist"]


def h1(html: str) -> str:
    (heading,) = re.findall(r"<h1>(.*?)</h1>", html)
    return heading


async def test_the_start_page_says_what_this_is_and_how_to_get_in(portal):
    async with portal.browser() as browser:
        page = await browser.get("/")
    assert page.status_code == 200
    assert '<html lang="da" dir="ltr">' in page.text
    assert "Log ind med MitID" in page.text
    assert 'href="/auth/login?next=%2F"' in page.text
    assert 'href="/auth/login?next=%2F&amp;role=contact_person"' in page.text
    assert 'href="/accessibility"' in page.text
    assert 'href="/privacy"' in page.text


BROWSERS = pytest.mark.parametrize(
    ("agent", "engine"),
    [
        ("Mozilla/5.0 (Linux; Android 14) Chrome/150.0 Mobile Safari/537.36", "skwasm.wasm"),
        ("Mozilla/5.0 (X11; Linux) HeadlessChrome/150.0 Safari/537.36", "skwasm.wasm"),
        ("Mozilla/5.0 (iPhone) AppleWebKit/605.1 Version/18.0 Safari/604.1", "canvaskit.wasm"),
        ("Mozilla/5.0 (X11; Linux; rv:140.0) Gecko/20100101 Firefox/140.0", "canvaskit.wasm"),
    ],
)


@BROWSERS
async def test_the_start_page_fetches_the_engine_for_later(portal, agent, engine):
    async with portal.browser() as browser:
        page = await browser.get("/", headers={"User-Agent": agent})
        later = re.findall(r'<link rel="prefetch" href="([^"]+)"', page.text)
        assert any(url.endswith(engine) for url in later)
        for url in later:
            assert (await browser.head(url)).status_code == 200


@BROWSERS
async def test_the_page_asks_for_the_engine_after_all_there_is_to_read(portal, agent, engine):
    login = await portal.log_in()
    async with portal.browser(login) as browser:
        page = await browser.get("/", headers={"User-Agent": agent})
        read, _, later = page.text.partition("</footer>")
        links = re.findall(r'<link rel="(?:module)?preload" as="\w+" href="([^"]+)"', later)
        assert any(url.endswith(engine) for url in links)
        for url in links:
            assert (await browser.head(url)).status_code == 200
    assert "preload" not in read


async def test_whoever_saves_data_fetches_nothing_for_later(portal):
    agent = "Mozilla/5.0 (Linux; Android 14) Chrome/150.0 Mobile Safari/537.36"
    async with portal.browser() as browser:
        page = await browser.get("/", headers={"Save-Data": "on", "User-Agent": agent})
        without = await browser.get("/", headers={"User-Agent": agent})
    assert "prefetch" not in page.text
    assert "rehearse" not in page.text
    assert "rehearse.js" in without.text


async def test_only_our_own_pages_hold_the_rehearsal_which_is_the_same_for_everybody(portal):
    login = await portal.log_in("Søren Ørsted")
    async with portal.browser() as browser:
        start = await browser.get("/")
        rehearsal = await browser.get("/rehearsal")
    async with portal.browser(login) as browser:
        signed_in = await browser.get("/rehearsal")
    assert "frame-src 'self'" in start.headers["content-security-policy"]
    assert "frame-ancestors 'none'" in start.headers["content-security-policy"]
    policy = rehearsal.headers["content-security-policy"]
    assert "frame-ancestors 'self'" in policy
    assert "ws:" not in policy
    assert "'unsafe-inline'" not in policy.partition("script-src")[2].partition(";")[0]
    assert "'unsafe-eval'" not in policy
    assert signed_in.text == rehearsal.text
    assert "set-cookie" not in rehearsal.headers


async def test_the_start_page_speaks_the_chosen_language(portal):
    async with portal.browser() as browser:
        page = await browser.get("/language?lang=en&next=/privacy")
        assert (page.status_code, page.headers["location"]) == (303, "/privacy")
        page = await browser.get("/")
        assert '<html lang="en" dir="ltr">' in page.text
        assert "Log ind med MitID" not in page.text
        assert ">Dansk</a>" in page.text
        page = await browser.get("/language?lang=xx&next=https://evil.example/")
        assert page.headers["location"] == "/"
        assert "set-cookie" not in page.headers


@pytest.mark.parametrize("path", PUBLIC_PAGES)
@pytest.mark.parametrize("language", LANGUAGES)
async def test_public_pages_are_whole_in_each_language(portal, path, language):
    async with portal.browser() as browser:
        await browser.get(f"/language?lang={language}")
        page = await browser.get(path)
    assert f'<html lang="{language}"' in page.text
    assert len(re.findall("<h1>", page.text)) == 1
    ids = re.findall(r'\bid="([^"]+)"', page.text)
    assert len(ids) == len(set(ids))
    assert re.search(r"<title>\S.* – Én Plan</title>", page.text)


async def test_whoever_is_signed_out_comes_back_to_the_page_they_wanted(portal):
    async with portal.browser() as browser:
        page = await browser.get("/goals/7?tab=steps")
        assert page.status_code == 303
        start = await browser.get(page.headers["location"])
    assert 'href="/auth/login?next=%2Fgoals%2F7%3Ftab%3Dsteps"' in start.text


async def test_a_tab_whose_login_was_renewed_in_another_goes_back_to_its_place(portal):
    login = await portal.log_in()
    async with portal.browser(login) as browser:
        page = await browser.get("/?reason=expired&next=/goals/new")
        assert (page.status_code, page.headers["location"]) == (303, "/goals/new")
        page = await browser.get("/?next=https://evil.example/")
    assert page.status_code == 200


async def test_the_start_page_sends_nobody_to_another_site(portal):
    async with portal.browser() as browser:
        page = await browser.get("/?next=https://evil.example/")
    assert "evil" not in page.text.replace("next%3Dhttps%3A%2F%2Fevil.example%2F", "")
    assert 'href="/auth/login?next=%2F"' in page.text


async def test_an_expired_login_is_explained_and_the_text_is_said_to_be_safe(portal):
    async with portal.browser() as browser:
        page = await browser.get("/?reason=expired&next=/messages")
    assert "Du er blevet logget ud" in page.text
    assert "er gemt" in page.text
    assert "next=%2Fmessages" in page.text


async def test_coming_back_after_the_login_ran_out_is_explained_too(portal):
    login = await portal.log_in()
    await portal.sessions.end(login.session.key)
    async with portal.browser(login) as browser:
        page = await browser.get("/messages")
        assert page.status_code == 303
        start = await browser.get(page.headers["location"])
    assert "Du er blevet logget ud" in start.text
    assert "next=%2Fmessages" in start.text


async def test_whoever_is_signed_in_gets_the_app_on_each_of_its_addresses(portal):
    login = await portal.log_in()
    async with portal.browser(login) as browser:
        for path in ("/", "/plan", "/goals/new", "/messages/abc", "/family", "/about-me"):
            page = await browser.get(path)
            assert page.status_code == 200, path
            assert 'id="boot"' in page.text
            assert "Din plan hentes" in page.text
            assert "<h1>Én Plan</h1>" in page.text
            assert 'id="skip"' in page.text
            assert 'id="content"' not in page.text, "there is nothing yet to skip to"
            assert login.session.name not in page.text


async def test_a_page_with_nothing_to_read_does_not_say_that_one_can_read(portal):
    """The plan API is away: whoever has no JavaScript either is told so, and can try again."""
    login = await portal.log_in()
    async with portal.browser(login) as browser:
        page = await browser.get("/plan")
    (said,) = re.findall(r'<noscript>.*<p class="state">(.*)</p></noscript>', page.text)
    assert said == "Der er ingen forbindelse lige nu. Prøv igen om lidt."
    assert "skrive ud" not in page.text
    assert '<a href="/plan">Prøv igen</a>' in page.text


async def test_a_contact_person_begins_with_the_inbox(portal):
    login = await portal.log_in(role=Role.CONTACT_PERSON)
    async with portal.browser(login) as browser:
        page = await browser.get("/")
        assert page.headers["location"] == "/work"
        assert (await browser.get("/work")).status_code == 200


async def test_the_app_speaks_the_persons_language_unless_the_browser_chose_another(portal):
    login = await portal.log_in(language="en")
    async with portal.browser(login) as browser:
        assert '<html lang="en"' in (await browser.get("/")).text
        await browser.get("/language?lang=da")
        assert '<html lang="da"' in (await browser.get("/")).text


async def test_a_language_chosen_before_the_login_becomes_the_persons(portal):
    async with portal.browser() as browser:
        await browser.get("/language?lang=ar")
        chosen = dict(browser.cookies)
    login = await portal.log_in(language="en")
    async with portal.browser(login) as browser:
        browser.cookies.update(chosen)
        assert '<html lang="ar" dir="rtl"' in (await browser.get("/")).text
    async with portal.browser(login) as another:
        assert '<html lang="ar"' in (await another.get("/")).text


async def test_the_persons_language_stays_around_the_login(portal):
    login = await portal.log_in(language="uk")
    async with portal.browser(login) as browser:
        assert '<html lang="uk"' in (await browser.get("/privacy")).text
        assert '<html lang="uk"' in (await browser.get("/logout")).text
        await portal.sessions.end(login.session.key)
        assert '<html lang="uk"' in (await browser.get("/")).text


async def test_whoever_is_signed_out_keeps_a_choice_for_the_login(portal):
    async with portal.browser() as browser:
        await browser.get("/language?lang=ar")
        await browser.get("/logout")
        login = await portal.log_in(language="da")
        async with portal.browser(login) as later:
            later.cookies.update(dict(browser.cookies))
            assert '<html lang="ar"' in (await later.get("/")).text


async def test_an_unknown_address_is_explained(portal):
    login = await portal.log_in()
    async with portal.browser(login) as browser:
        page = await browser.get("/plans")
    assert page.status_code == 404
    assert h1(page.text) == "Siden findes ikke"


@pytest.mark.parametrize("path", [*PUBLIC_PAGES, "/plan", "/auth/session", "/healthz"])
async def test_every_answer_is_guarded_by_headers(portal, path):
    login = await portal.log_in()
    async with portal.browser(login) as browser:
        headers = (await browser.get(path)).headers
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"
    assert headers["cross-origin-opener-policy"] == "same-origin"
    assert headers["cross-origin-resource-policy"] == "same-origin"
    assert "camera=()" in headers["permissions-policy"]
    assert "frame-ancestors 'none'" in headers["content-security-policy"]
    assert headers["cache-control"] == "no-store"
    assert "access-control-allow-origin" not in headers
    assert "server" not in headers
    assert headers["x-request-id"]


@pytest.mark.parametrize(("secure", "told"), [(True, "max-age=63072000"), (False, None)])
async def test_browsers_are_held_to_https_where_it_is(secure, told):
    guarded = SecurityHeaders(PlainTextResponse("ok"), secure=secure)
    transport = httpx.ASGITransport(guarded)
    async with httpx.AsyncClient(transport=transport, base_url="http://portal.test") as browser:
        said = (await browser.get("/")).headers.get("strict-transport-security")
    assert (said and said.partition(";")[0]) == told


async def test_no_page_allows_inline_scripts_or_other_hosts(portal):
    login = await portal.log_in()
    for who in (None, login):
        async with portal.browser(who) as browser:
            page = await browser.get("/")
        policy = page.headers["content-security-policy"]
        script = re.search(r"script-src ([^;]+)", policy)[1]
        assert script.split() in (["'self'"], ["'self'", "'wasm-unsafe-eval'"])
        assert "default-src 'none'" in policy
        assert "form-action 'self' http://localhost:9;" in policy
        assert "https:" not in policy
        assert not re.search(r"<script(?![^>]*\b(src|application/json))", page.text)


async def test_the_portal_answers_to_its_own_name_alone(portal):
    async with portal.browser() as browser:
        page = await browser.get("/", headers={"Host": "evil.example"})
        assert page.status_code == 421
        assert "evil" not in page.text
        assert (await browser.get("/healthz", headers={"Host": "10.0.0.7"})).status_code == 200


async def test_framework_pages_do_not_exist(portal):
    async with portal.browser() as browser:
        for path in ("/docs", "/redoc", "/openapi.json", "/upload", "/oauth_callback"):
            assert (await browser.get(path)).status_code == 404


async def test_logging_out_is_a_button_that_only_the_app_presses_at_once(portal):
    login = await portal.log_in()
    async with portal.browser(login) as browser:
        by_hand = await browser.get("/logout", headers={"Sec-Fetch-Site": "cross-site"})
        at_once = await browser.get("/logout", headers={"Sec-Fetch-Site": "same-origin"})
    assert 'method="post" action="/auth/logout"' in by_hand.text
    assert "logout.js" not in by_hand.text
    assert "logout.js" in at_once.text


@pytest.mark.parametrize("reason", LoginFailureReason)
def test_each_failed_login_has_words_and_a_way_on(reason):
    message = for_login_failure(translator("da"), reason)
    assert message.title
    assert message.paragraphs
    assert message.action


def test_another_try_leads_back_where_it_may_help():
    t = translator("da")
    assert for_login_failure(t, LoginFailureReason.ABORTED, "/sharing").action_url == "/sharing"
    unknown = for_login_failure(t, LoginFailureReason.NOT_KNOWN_HERE, "/sharing")
    assert unknown.action_url == "/"


async def test_a_failed_login_shows_a_number_to_ask_about(portal):
    async with portal.browser() as browser:
        page = await browser.get("/auth/callback?code=x&state=y")
    assert page.status_code == 400
    assert h1(page.text) == "Begynd forfra"
    assert re.search(r'class="reference">[A-Z0-9]{8}<', page.text)


async def test_an_error_of_ours_shows_a_number_and_no_internals(portal, session_pool):
    login = await portal.log_in()
    async with session_pool.connection() as connection:
        await connection.execute("ALTER TABLE login_session RENAME TO elsewhere")
    with capture_logs() as records:
        async with portal.browser(login) as browser:
            page = await browser.get("/plan")
    async with session_pool.connection() as connection:  # others use the database after this
        await connection.execute("ALTER TABLE elsewhere RENAME TO login_session")
    (logged,) = [record for record in records if record["event"] == "request_failed"]
    assert f'class="reference">{logged["reference"]}<' in page.text
    assert isinstance(logged["exc_info"], psycopg.errors.UndefinedTable)
    assert page.status_code == 500
    assert h1(page.text) == "Noget gik galt"
    assert "login_session" not in page.text
    assert page.headers["x-content-type-options"] == "nosniff"


async def test_whoever_watches_the_process_sees_what_is_up(portal):
    async with portal.browser() as browser:
        ready = await browser.get("/readyz")
        metrics = await browser.get("/metrics")
    assert ready.status_code == 200
    assert ready.json() == {"sessions": "up", "plan_api": "down"}
    assert "# TYPE enplan_open_sockets gauge\nenplan_open_sockets 0\n" in metrics.text


@pytest.mark.parametrize(
    ("chosen", "told"),
    [("dark", ' data-appearance="dark"'), ("light", ' data-appearance="light"')]
    + [(nothing, "") for nothing in ("system", '"><script>', "")],
)
async def test_a_page_is_born_as_light_as_was_chosen_in_this_browser(portal, chosen, told):
    async with portal.browser() as browser:
        page = await browser.get("/", headers={"Cookie": f"enplan_appearance={chosen}"})
    assert f'<html lang="da" dir="ltr"{told}>' in page.text


async def test_the_words_of_the_page_come_in_another_language_too(portal):
    async with portal.browser() as browser:
        words = await browser.get("/words/ar")
        assert words.json()["loading"] == translator("ar")("Henter …")
        assert (await browser.get("/words/xx")).status_code == 404
