"""The browser's side: authorize, the choice of a person, the way back to the client, the end."""

from collections.abc import Sequence
from urllib.parse import urlencode
from uuid import uuid4

from starlette.background import BackgroundTask
from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from sandbox.broker.claims import has_mitid
from sandbox.broker.clock import Clock
from sandbox.broker.grants import (
    SESSION_SECONDS,
    AuthorizationRequest,
    Grant,
    Memory,
    SignedIn,
)
from sandbox.broker.identities import IdentityKind, SimulatedIdentity
from sandbox.broker.logout import LogoutNotices
from sandbox.broker.outcomes import Outcome, OutcomeQueue
from sandbox.broker.pages import error_page, logged_out_page, login_page
from sandbox.broker.requests import InvalidRequest, read_request
from sandbox.broker.settings import BrokerSettings

_COOKIE = "mitid-simulator"
_CITIZENS = frozenset({IdentityKind.CITIZEN, IdentityKind.YOUNG, IdentityKind.CHILD})
_USER_FAILURES = {
    Outcome.ABORT: "mitid_user_aborted",
    Outcome.TIMEOUT: "mitid_timeout",
    Outcome.CLIENT_ERROR: "mitid_core_client_error",
}


class BrowserEndpoints:
    """What a browser visits."""

    def __init__(
        self,
        settings: BrokerSettings,
        identities: Sequence[SimulatedIdentity],
        memory: Memory,
        outcomes: OutcomeQueue,
        notices: LogoutNotices,
        clock: Clock,
    ) -> None:
        self._settings = settings
        self._identities = identities
        self._memory = memory
        self._outcomes = outcomes
        self._notices = notices
        self._clock = clock

    async def authorize(self, request: Request) -> Response:
        """`GET /op/connect/authorize`: to the login page, or to the error page."""
        try:
            wanted = self._wanted(dict(request.query_params))
        except InvalidRequest as error:
            return self._refuse(str(error))
        known = self._signed_in(request, wanted)
        if known is not None:
            return self._granted(wanted, known, Outcome.OK)
        if "none" in wanted.prompt:
            return _back(wanted, error="login_required")
        name = self._memory.logins.put(wanted)
        return _redirect(f"/op/login?{urlencode({'request': name})}")

    async def show_login(self, request: Request) -> Response:
        """`GET /op/login`: the choice of a person."""
        name = request.query_params.get("request", "")
        wanted = self._memory.logins.get(name)
        if wanted is None:
            return self._refuse("the login has expired")
        groups = [
            ("Borgere", self._citizens(wanted)),
            ("Medarbejdere (MitID Erhverv)", self._employees(wanted)),
        ]
        return login_page(name, [(heading, people) for heading, people in groups if people])

    async def choose(self, request: Request) -> Response:
        """`POST /op/login`: somebody was chosen, or "Afbryd"."""
        async with request.form() as form:
            name, slug, aborted = _text(form, "request"), _text(form, "identity"), "abort" in form
        wanted = self._memory.logins.get(name)
        if wanted is None:
            return self._refuse("the login has expired")
        people = [*self._citizens(wanted), *self._employees(wanted)]
        identity = next((person for person in people if person.slug == slug), None)
        if identity is None and not aborted:
            return self._refuse("unknown identity")
        self._memory.logins.drop(name)
        if identity is None:
            return _back(wanted, error=_USER_FAILURES[Outcome.ABORT])
        return self._logged_in(wanted, identity, self._outcomes.next())

    async def error(self, request: Request) -> Response:
        """`GET /op/Error`: where an invalid request ends."""
        what = self._memory.errors.get(request.query_params.get("errorId"))
        return error_page(what or "unknown error")

    async def end_session(self, request: Request) -> Response:
        """`GET /op/connect/endsession` (RP-Initiated Logout 1.0).

        Without a usable hint the way back is ignored, as at the real broker.
        """
        query = request.query_params
        hint = self._notices.read_hint(query.get("id_token_hint", ""))
        if hint is None:
            return _redirect("/op/Account/Logout")
        return_to = query.get("post_logout_redirect_uri", "")
        if return_to not in hint.client.post_logout_redirect_uris:
            return_to = "/op/Account/Logout"
        elif "state" in query:
            return_to += "?" + urlencode({"state": query["state"]})
        self._memory.signed_in.drop(request.cookies.get(_COOKIE, ""))
        return RedirectResponse(
            return_to, status_code=302, background=BackgroundTask(self._notices.send, hint)
        )

    async def logged_out(self, _request: Request) -> Response:
        """`GET /op/Account/Logout`."""
        return logged_out_page()

    def _wanted(self, parameters: dict[str, str]) -> AuthorizationRequest:
        request_uri = parameters.get("request_uri")
        if request_uri is None:
            return read_request(parameters, self._settings)
        pushed = self._memory.pushed.get(request_uri)
        if pushed is None or pushed.client_id != parameters.get("client_id"):
            raise InvalidRequest("request_uri is unknown or has expired")
        return pushed

    def _logged_in(
        self, wanted: AuthorizationRequest, identity: SimulatedIdentity, outcome: Outcome
    ) -> Response:
        if outcome in _USER_FAILURES:
            return _back(wanted, error=_USER_FAILURES[outcome])
        now = int(self._clock.now())
        professional = identity in self._employees(wanted) and (
            wanted.employees_only or identity.kind not in _CITIZENS
        )
        known = SignedIn(identity, professional, str(uuid4()), now, now + SESSION_SECONDS)
        response = self._granted(wanted, known, outcome)
        response.set_cookie(_COOKIE, self._memory.signed_in.put(known), path="/op", httponly=True)
        return response

    def _signed_in(self, request: Request, wanted: AuthorizationRequest) -> SignedIn | None:
        """Who need not be asked again: only for the same kind of login, and if that is recent."""
        known = self._memory.signed_in.get(request.cookies.get(_COOKIE))
        silent = "none" in wanted.prompt or (
            self._settings.single_sign_on and not wanted.prompt & {"login", "select_account"}
        )
        if known is None or not silent or known.professional != wanted.employees_only:
            return None
        age = self._clock.now() - known.auth_time
        return known if wanted.max_age is None or age <= wanted.max_age else None

    def _granted(self, wanted: AuthorizationRequest, known: SignedIn, outcome: Outcome) -> Response:
        code = self._memory.codes.put(
            Grant(
                request=wanted,
                identity=known.identity,
                professional=known.professional,
                outcome=outcome,
                sid=known.sid,
                transaction_id=str(uuid4()),
                idp_transaction_id=str(uuid4()),
                auth_time=known.auth_time,
                session_expiry=known.session_expiry,
            )
        )
        if outcome is Outcome.WRONG_CODE:
            code = "not-a-code-of-ours"
        return _back(wanted, code=code, iss=_callback_issuer(self._settings.issuer, outcome))

    def _citizens(self, wanted: AuthorizationRequest) -> list[SimulatedIdentity]:
        if "mitid" not in wanted.idps:
            return []
        return [
            one
            for one in self._identities
            if (one.kind in _CITIZENS or one.also_citizen) and has_mitid(one)
        ]

    def _employees(self, wanted: AuthorizationRequest) -> list[SimulatedIdentity]:
        if "mitid_erhverv" not in wanted.idps:
            return []
        return [one for one in self._identities if one.professional is not None]

    def _refuse(self, what: str) -> Response:
        return _redirect("/op/Error?" + urlencode({"errorId": self._memory.errors.put(what)}))


def _callback_issuer(issuer: str, outcome: Outcome) -> str | None:
    if outcome is Outcome.NO_ISS:
        return None
    return "https://another-broker.example/op" if outcome is Outcome.WRONG_ISS else issuer


def _back(
    wanted: AuthorizationRequest,
    *,
    code: str | None = None,
    iss: str | None = None,
    error: str | None = None,
) -> Response:
    """Back to the client, the parameters in the recorded order; a failure carries no `iss`."""
    named: dict[str, str | None] = {"code": code}
    if error is not None:
        is_user_failure = error in _USER_FAILURES.values()
        named = {
            "error": "access_denied" if is_user_failure else error,
            "error_description": error if is_user_failure else None,
        }
    named |= {"state": wanted.state, "session_state": uuid4().hex, "iss": iss}
    present = {name: value for name, value in named.items() if value is not None}
    return _redirect(f"{wanted.redirect_uri}?{urlencode(present)}")


def _redirect(url: str) -> Response:
    return RedirectResponse(url, status_code=302, headers={"Cache-Control": "no-store"})


def _text(form: FormData, name: str) -> str:
    value = form.get(name)
    return value if isinstance(value, str) else ""
