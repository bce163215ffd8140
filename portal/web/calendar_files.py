"""Meetings as files for a telephone's calendar.

`/ics/appointments/<id>.ics` and `/ics/appointments.ics` are for whoever is signed in.
`/ics/followed/<secret>.ics` needs no login: it is the private address that a calendar looks at
now and then. It shows when one is taken, and the place where the citizen wants that; the plan API
knows whose it is. Whoever tries addresses is slowed down, and learns nothing.
"""

from collections.abc import Awaitable, Callable, Iterable
from datetime import UTC, datetime
from http import HTTPStatus
from typing import Final
from urllib.parse import urlencode
from uuid import UUID, uuid4

import structlog
from pydantic import ValidationError
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from auth.cookies import LoginCookies
from auth.rate_limit import Bucket, RateLimit, address_key
from i18n.translator import Translator, translator
from portal.contract.calendar import FollowCalendar, FollowedCalendar
from portal.contract.plans import Appointment
from portal.plan_client import PlanClient, PlanError, PlanNotFound, PlanUnavailable, SignedOut
from portal.web.language import DEFAULT, language_of
from portal.web.logins import Logins, SignedIn
from portal.web.meeting import Meeting

logger = structlog.get_logger(__name__)

MEDIA_TYPE: Final = "text/calendar; charset=utf-8"

_PER_ADDRESS_AND_MINUTE: Final = 600
"""A company that runs calendars looks for thousands of people from one address."""
_PER_SECRET_AND_MINUTE: Final = 10
"""A telephone looks a few times an hour."""

_Read = Callable[[PlanClient], Awaitable[Iterable[Appointment]]]

_STATUS: Final[dict[type[PlanError], HTTPStatus]] = {
    PlanNotFound: HTTPStatus.NOT_FOUND,
    PlanUnavailable: HTTPStatus.SERVICE_UNAVAILABLE,
}


class CalendarFiles:
    """The endpoints.

    Args:
        logins: who is signed in.
        cookies: the login cookies.
        client_of: makes a plan client in somebody's name.
        portal_client: a plan client in the portal's own name.
        limit: counts who asks for private addresses.
    """

    def __init__(
        self,
        *,
        logins: Logins,
        cookies: LoginCookies,
        client_of: Callable[[SignedIn], PlanClient],
        portal_client: PlanClient,
        limit: RateLimit,
    ) -> None:
        self._logins = logins
        self._cookies = cookies
        self._client_of = client_of
        self._portal_client = portal_client
        self._limit = limit

    def routes(self) -> list[Route]:
        """The routes."""
        return [
            Route("/ics/appointments.ics", self._all_meetings),
            Route("/ics/appointments/{appointment_id:uuid}.ics", self._one_meeting),
            Route("/ics/followed/{secret}.ics", self._followed),
        ]

    async def _all_meetings(self, request: Request) -> Response:
        async def read(client: PlanClient) -> Iterable[Appointment]:
            return (await client.plan()).appointments

        return await self._for_signed_in(request, read, "/calendar")

    async def _one_meeting(self, request: Request) -> Response:
        appointment_id: UUID = request.path_params["appointment_id"]

        async def read(client: PlanClient) -> Iterable[Appointment]:
            return (await client.appointment(appointment_id),)

        return await self._for_signed_in(request, read, f"/calendar/{appointment_id}")

    async def _for_signed_in(self, request: Request, read: _Read, page: str) -> Response:
        signed_in = await self._logins.find(self._cookies.session.read(request))
        if signed_in is None:
            return _log_in(page)
        t = translator(language_of(request, signed_in.language))
        try:
            meetings = await read(self._client_of(signed_in))
        except SignedOut:
            return _log_in(page)
        except PlanError as error:
            return _failed(error)
        return _file(t, [_with_words(t, one) for one in meetings], download=True)

    async def _followed(self, request: Request) -> Response:
        secret = str(request.path_params["secret"])
        host = request.client.host if request.client else None
        seconds = await self._limit.wait(
            Bucket(f"calendar from {address_key(host)}", _PER_ADDRESS_AND_MINUTE),
            Bucket(f"calendar {secret}", _PER_SECRET_AND_MINUTE),
        )
        if seconds > 0:
            later = {"Retry-After": str(int(seconds) + 1)}
            return Response(status_code=HTTPStatus.TOO_MANY_REQUESTS, headers=later)
        try:
            command = FollowCalendar(secret=secret)
            followed = await self._portal_client.follow_calendar(command, str(uuid4()))
        except ValidationError:
            return Response(status_code=HTTPStatus.NOT_FOUND)
        except PlanError as error:
            return _failed(error)
        t = translator(language_of(request, followed.language or DEFAULT))
        return _file(t, _without_words(t, followed), download=False)


def _with_words(t: Translator, appointment: Appointment) -> Meeting:
    """A meeting in the own calendar of whoever downloads it."""
    names = ", ".join(appointment.with_names)
    return Meeting(
        id=appointment.id,
        sequence=appointment.version - 1,
        title=appointment.title,
        starts_at=appointment.starts_at,
        ends_at=appointment.ends_at,
        place=appointment.place,
        description=t("Sammen med {names}", names=names) if names else "",
    )


def _without_words(t: Translator, followed: FollowedCalendar) -> list[Meeting]:
    """Meetings as anybody who knows the address may see them."""
    return [
        Meeting(
            id=one.id,
            sequence=one.version - 1,
            title=t("Aftale"),
            starts_at=one.starts_at,
            ends_at=one.ends_at,
            place=one.place,
        )
        for one in followed.meetings
    ]


def _file(t: Translator, meetings: list[Meeting], *, download: bool) -> Response:
    # The library takes a while to load, which a portal that starts again need not wait for.
    from portal.web.ics import calendar_of  # noqa: PLC0415

    content = calendar_of(meetings, name="Én Plan", now=datetime.now(UTC))
    headers = {"Content-Language": t.language}
    if download:
        headers["Content-Disposition"] = 'attachment; filename="en-plan.ics"'
    return Response(content, headers=headers, media_type=MEDIA_TYPE)


def _log_in(page: str) -> Response:
    query = urlencode({"role": "citizen", "next": page})
    return RedirectResponse(f"/auth/login?{query}", status_code=HTTPStatus.SEE_OTHER)


def _failed(error: PlanError) -> Response:
    logger.info("calendar_not_written", error=type(error).__name__)
    return Response(status_code=_STATUS.get(type(error), HTTPStatus.BAD_GATEWAY))
