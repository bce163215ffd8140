"""What routes ask for: who acts, the running parts, the version that was seen.

Every route under `/v1` has `CurrentActor` (a signed-in person), `Portal` (the portal itself) or
`CurrentClient` (a sector system).
"""

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Final

from fastapi import Depends, Header, Request, Security
from fastapi.openapi.models import HTTPBearer, OAuthFlowClientCredentials, OAuthFlows
from fastapi.security import OAuth2
from fastapi.security.base import SecurityBase
from pydantic import SecretStr

from planapi.attachments import Attachments
from planapi.clock import Clock
from planapi.database import Database
from planapi.errors import Invalid, NotAllowed, NotAuthenticated, VersionMissing
from planapi.events import EventFeed
from planapi.oauth import Client, ClientTokens
from planapi.policy.actors import Actor
from planapi.security import ActorTokens, Caller, PortalService

_ENTITY_TAG: Final = re.compile(r'"(\d{1,9})"')


@dataclass(frozen=True, slots=True)
class Context:
    """The running parts of the plan API, built in `planapi.app`."""

    database: Database
    tokens: ActorTokens
    client_tokens: ClientTokens
    events: EventFeed
    attachments: Attachments
    clock: Clock
    secret_key: SecretStr

    def now(self) -> datetime:
        """Return the present moment in UTC."""
        return self.clock()


async def context(request: Request) -> Context:
    """Return the parts that `planapi.app` put on the application."""
    found = request.app.state.context
    assert isinstance(found, Context)  # noqa: S101 - set at start, before any request
    return found


CurrentContext = Annotated[Context, Depends(context)]


class _AnyCaller(SecurityBase):
    """The portal's token for one call, in the OpenAPI document and as what routes depend on.

    One dependency with the header and its verification in it: each costs every call some time.
    """

    model = HTTPBearer(
        bearerFormat="JWT", description="ES256, 60 s, signed by the portal for each call"
    )
    scheme_name = "actorToken"

    async def __call__(self, request: Request) -> Caller:
        """Return who asks. Raises `NotAuthenticated` without a valid actor token."""
        token = _bearer_token(request.headers.get("Authorization"))
        return await (await context(request)).tokens.verify(token)


class _CurrentActor(_AnyCaller):
    async def __call__(self, request: Request) -> Actor:
        """Return the signed-in person who acts. Raises `NotAllowed` for the portal itself."""
        caller = await super().__call__(request)
        if not isinstance(caller, Actor):
            raise NotAllowed
        return caller


class _PortalItself(_AnyCaller):
    async def __call__(self, request: Request) -> PortalService:
        """Let only the portal itself pass. Raises `NotAllowed` for people."""
        caller = await super().__call__(request)
        if not isinstance(caller, PortalService):
            raise NotAllowed
        return caller


any_caller: Final = _AnyCaller()
current_actor: Final = _CurrentActor()
portal_service: Final = _PortalItself()


def _bearer_token(authorization: str | None) -> str:
    """Return the token of a header (RFC 6750 section 2.1). Raises `NotAuthenticated` without."""
    scheme, _, token = (authorization or "").partition(" ")
    if scheme.lower() != "bearer" or not token:
        raise NotAuthenticated
    return token


_client_credentials = OAuth2(
    flows=OAuthFlows(clientCredentials=OAuthFlowClientCredentials(tokenUrl="/oauth/token")),
    auto_error=False,
    scheme_name="clientCredentials",
    description="For sector systems: client credentials with private_key_jwt",
)


async def current_client(
    context: CurrentContext, authorization: Annotated[str | None, Security(_client_credentials)]
) -> Client:
    """Return the sector system that calls. Raises `NotAuthenticated`."""
    return context.client_tokens.verify(_bearer_token(authorization))


CurrentActor = Annotated[Actor, Security(current_actor)]
CurrentClient = Annotated[Client, Depends(current_client)]
Portal = Annotated[PortalService, Security(portal_service)]


_IfMatch = Annotated[str | None, Header(description='The version that was seen, such as `"3"`')]


async def if_match(
    # Nobody is told what is wrong with a request before it is known who asks.
    _caller: Annotated[Caller, Security(any_caller)],
    if_match: _IfMatch = None,
) -> int:
    """Return the version that the person saw; 0 where nothing was there (RFC 9110 section 13.1.1).

    Raises `VersionMissing` without the header, `Invalid` when it is no entity tag of ours.
    """
    if if_match is None:
        raise VersionMissing
    return _version_in(if_match)


async def if_match_where_sent(
    _caller: Annotated[Caller, Security(any_caller)], if_match: _IfMatch = None
) -> int | None:
    """Return the version that the person saw, None where the call names none."""
    return None if if_match is None else _version_in(if_match)


def _version_in(header: str) -> int:
    tag = _ENTITY_TAG.fullmatch(header.strip())
    if tag is None:
        raise Invalid.field("header.If-Match", "entity_tag")
    return int(tag[1])


SeenVersion = Annotated[int, Depends(if_match)]
SeenVersionIfAny = Annotated[int | None, Depends(if_match_where_sent)]
