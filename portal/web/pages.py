"""The HTML pages: the start page, the statements, what went wrong, and the shell of the app.

Plain pages need no script. The shell is what somebody who is signed in gets for every address
of the app; Flutter starts in it. Routes are put together in `portal.asgi`.
"""

import re
from collections.abc import Mapping
from http import HTTPStatus
from importlib.resources import files as package_files
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlencode

import psycopg
from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape
from markupsafe import Markup
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from auth.cookies import LoginCookies
from auth.failures import LoginFailed
from auth.identity import Role
from auth.local_path import local_path
from i18n.translator import LANGUAGES, Translator, translator
from portal.contract.people import Role as ContractRole
from portal.web.files import OFFLINE_PAGE, Browsers, PublicFiles
from portal.web.first_look import FirstLook
from portal.web.headers import ContentPolicies
from portal.web.language import Languages, language_of
from portal.web.logins import Logins, SignedIn
from portal.web.messages import (
    PageMessage,
    boot_texts,
    for_login_failure,
    for_nothing_here,
    for_our_failure,
)
from views.navigation import destinations

# First parts of the addresses that the app has screens for; the rest of an address is its own.
SCREENS: Final = frozenset(
    {
        "about-me",
        "calendar",
        "contact",
        "facts",
        "family",
        "goals",
        "log",
        "messages",
        "minutes",
        "more",
        "plan",
        "profile",
        "promises",
        "rights",
        "sharing",
        "waiting",
        "welcome",
        "work",
    }
)

APPEARANCE_COOKIE: Final = "enplan_appearance"
"""Written by `boot.js`, which knows what was chosen in the app."""


class Pages:
    """Draws the pages.

    Args:
        files: addresses of styles, scripts and the engine.
        policies: the Content-Security-Policies.
        logins: who is signed in.
        cookies: the login cookies.
        first_look: reads what a screen shows.
        languages: remembers what the reader chose.
    """

    def __init__(
        self,
        *,
        files: PublicFiles,
        policies: ContentPolicies,
        logins: Logins,
        cookies: LoginCookies,
        first_look: FirstLook,
        languages: Languages,
    ) -> None:
        self._files = files
        self._policies = policies
        self._logins = logins
        self._cookies = cookies
        self._first_look = first_look
        self._languages = languages
        assets = Path(str(package_files("assets")))
        self._templates = Environment(
            loader=FileSystemLoader(assets / "templates"),
            autoescape=select_autoescape(),
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            auto_reload=False,  # a process draws the pages of its own version to its end
        )
        for name in self._templates.list_templates():
            self._templates.get_template(name)
        self._shell_css = Markup((assets / "styles/shell.css").read_text(encoding="utf-8"))  # noqa: S704 - our own file

    def routes(self) -> list[Route]:
        """The plain pages, and every address of the app."""
        return [
            Route("/accessibility", self._statement),
            Route("/privacy", self._statement),
            Route(OFFLINE_PAGE, self._statement),
            Route("/logout", self._logout),
            Route("/words/{language}", self._words),
            Route("/rehearsal", self._rehearsal),
            Route("/", self._screen),
            *(Route(f"/{name}", self._screen) for name in sorted(SCREENS)),
            *(Route(f"/{name}/{{rest:path}}", self._screen) for name in sorted(SCREENS)),
        ]

    def login_failed(self, request: Request, failure: LoginFailed) -> Response:
        """Say why a login failed and what to do now."""
        t = translator(language_of(request))
        message = for_login_failure(t, failure.reason, failure.next_path)
        return self._message(
            request, message, status=failure.status, reference=failure.reference, t=t
        )

    async def not_found(self, request: Request, error: Exception) -> Response:
        """Say that there is no such page; other HTTP errors keep their status, without words."""
        status = error.status_code if isinstance(error, HTTPException) else HTTPStatus.NOT_FOUND
        if status != HTTPStatus.NOT_FOUND:
            headers = error.headers if isinstance(error, HTTPException) else None
            return Response(status_code=status, headers=headers)
        t = await self._readers_words(request)
        return self._message(request, for_nothing_here(t), status=status, t=t)

    def our_failure(self, request: Request, reference: str) -> Response:
        """Say that something broke here."""
        t = translator(language_of(request))
        message = for_our_failure(t)
        status = HTTPStatus.INTERNAL_SERVER_ERROR
        return self._message(request, message, status=status, reference=reference, t=t)

    async def no_file(self, request: Request, status: HTTPStatus) -> Response:
        """Say that there is no such file, or none just now."""
        t = await self._readers_words(request)
        gone = status == HTTPStatus.NOT_FOUND
        message = for_nothing_here(t) if gone else for_our_failure(t)
        return self._message(request, message, status=status, t=t)

    async def _screen(self, request: Request) -> Response:
        """An address of the app: the shell, or the start page for who is signed out."""
        signed_in = await self._logins.find(self._cookies.session.read(request))
        if signed_in is not None:
            wanted = local_path(request.query_params.get("next"))
            if request.url.path == "/" and wanted != "/":
                # A step-up in another tab ended this one's login, and left a new one.
                return RedirectResponse(wanted, HTTPStatus.SEE_OTHER)
            return await self._shell(request, signed_in)
        if request.url.path != "/":
            here = _path_and_query(request)
            return RedirectResponse(f"/?{urlencode({'next': here})}", HTTPStatus.SEE_OTHER)
        return self._start(request)

    def _start(self, request: Request) -> Response:
        wanted = local_path(request.query_params.get("next"))
        notice = None
        # A login cookie that is good for nothing any more: the browser kept it, the login ran out.
        ran_out = self._cookies.session.read(request) is not None
        if ran_out or request.query_params.get("reason") == "expired":
            notice = "expired"
        elif self._cookies.logged_out.read(request) is not None:
            notice = "logged_out"

        def login_url(role: str) -> str:
            query = {"next": wanted}
            if role != Role.CITIZEN:
                query["role"] = role
            return f"/auth/login?{urlencode(query)}"

        prefetch = self._prefetch(request)
        context = {
            "notice": notice,
            "login_url": login_url,
            "prefetch": prefetch,
            # Other browsers keep nothing compiled.
            "rehearse": prefetch and _browsers_of(request) is Browsers.CHROMIUM,
        }
        return self._page(request, "start.html", context, policy=self._policies.start)

    async def _rehearsal(self, request: Request) -> Response:
        """The engine and nothing else: the same for everybody, also for who is signed in."""
        context = {"flutter": self._files.flutter_config(_browsers_of(request))}
        return self._page(request, "rehearsal.html", context, policy=self._policies.rehearsal)

    def _prefetch(self, request: Request) -> list[str]:
        """What the browser may fetch while the person is at MitID; nothing where data is dear."""
        if request.headers.get("save-data", "").lower() == "on":
            return []
        return self._files.of_first_visit(_browsers_of(request))

    async def _shell(self, request: Request, signed_in: SignedIn) -> Response:
        """The page of the app: what its screen shows, to be read while the engine comes up."""
        login, path = signed_in.login, request.url.path
        if login.role is Role.CONTACT_PERSON and path == "/":
            return RedirectResponse("/work", HTTPStatus.SEE_OTHER)
        t = translator(language_of(request, login.language))
        outline = await self._first_look(signed_in, path, t, request.query_params.get("more"))
        browsers = _browsers_of(request)
        boot = {
            "flutter": self._files.flutter_config(browsers),
            "version": self._files.prefix,
            "texts": boot_texts(t, readable=outline is not None),
            "directions": {code: translator(code).direction for code in LANGUAGES},
        }
        html = self._templates.get_template("shell.html").render(
            boot=boot,
            shell_css=self._shell_css,
            outline=outline,
            preloads=self._files.preloads(browsers),
            role=login.role.value,
            address=_path_and_query(request),
            places=[
                (place.path, place.label, place.holds(path))
                for place in destinations(t, ContractRole(login.role))
            ],
            **self._frame(request, t),
        )
        headers = {"Content-Security-Policy": self._policies.app}
        response = HTMLResponse(html, headers=headers)
        await self._languages.settle(request, response, t.language)
        return response

    async def _statement(self, request: Request) -> Response:
        t = await self._readers_words(request)
        return self._page(request, f"{request.url.path.removeprefix('/')}.html", {}, t=t)

    async def _words(self, request: Request) -> Response:
        """What `boot.js` says to somebody who has chosen another language in the app."""
        language = request.path_params["language"]
        if language not in LANGUAGES:
            raise HTTPException(HTTPStatus.NOT_FOUND)
        return JSONResponse(boot_texts(translator(language), readable=True))

    async def _logout(self, request: Request) -> Response:
        """The button, pressed at once for who comes from the app (another site cannot)."""
        at_once = request.headers.get("sec-fetch-site") == "same-origin"
        everywhere = request.query_params.get("everywhere") == "1"
        context = {"at_once": at_once, "everywhere": everywhere}
        t = await self._readers_words(request)
        response = self._page(request, "logout.html", context, t=t)
        # What the person chose in the app is the language of the start page that comes next.
        await self._languages.settle(request, response, t.language)
        return response

    async def _readers_words(self, request: Request) -> Translator:
        """Texts in the language of whoever is signed in, or else of this browser."""
        try:
            signed_in = await self._logins.find(self._cookies.session.read(request))
        except psycopg.Error:  # these pages are there also when the logins are not
            signed_in = None
        return translator(language_of(request, signed_in.login.language if signed_in else None))

    def _message(
        self,
        request: Request,
        message: PageMessage,
        *,
        status: int,
        t: Translator,
        reference: str | None = None,
    ) -> Response:
        context = {"message": message, "reference": reference}
        return self._page(request, "message.html", context, status=status, t=t)

    def _page(
        self,
        request: Request,
        template: str,
        context: Mapping[str, Any],
        *,
        status: int = HTTPStatus.OK,
        t: Translator | None = None,
        policy: str | None = None,
    ) -> Response:
        t = t or translator(language_of(request))
        html = self._templates.get_template(template).render(**self._frame(request, t), **context)
        headers = {"Content-Security-Policy": policy or self._policies.page}
        return HTMLResponse(html, status_code=status, headers=headers)

    def _frame(self, request: Request, t: Translator) -> dict[str, Any]:
        """What every template may use."""

        def language_url(code: str) -> str:
            return f"/language?{urlencode({'lang': code, 'next': _path_and_query(request)})}"

        return {
            "t": t,
            "language": t.language,
            "direction": t.direction,
            "languages": LANGUAGES.items(),
            "language_url": language_url,
            "file": self._files.url,
            "appearance": _appearance_of(request),
        }


def _appearance_of(request: Request) -> str | None:
    """Light or dark, as chosen in this browser; without a choice the style sheets follow it."""
    chosen = request.cookies.get(APPEARANCE_COOKIE)
    return chosen if chosen in {"light", "dark"} else None


def _browsers_of(request: Request) -> Browsers:
    is_chromium = re.search(r"Chrom(e|ium)/", request.headers.get("user-agent", ""))
    return Browsers.CHROMIUM if is_chromium else Browsers.OTHERS


def _path_and_query(request: Request) -> str:
    query = f"?{request.url.query}" if request.url.query else ""
    return local_path(request.url.path + query)
