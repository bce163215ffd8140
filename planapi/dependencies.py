"""What routes ask for: who acts, the running parts, the version that was seen.

Every route under `/v1` has `CurrentActor` (a signed-in person), `Portal` (the portal itself) or
`CurrentClient` (a sector system).
"""

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Final

from fastapi import Depends, Header, Request, Security
from fastapi.openapi.models import OAuthFlowClientCredentials, OAuthFlows
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer, OAuth2
from pydantic import SecretStr

from planapi.attachments import Attachments
from planapi.clock import Clock
from planapi.database import Database
from planapi.errors import Invalid, NotAllowed, NotAuthenticated, VersionMissing
from planapi.events import EventFeed
from planapi.oauth import Client, ClientTokens
from planapi.policy.actors import Actor
from planapi.security import ActorTokens, PortalService

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

_bearer = HTTPBearer(
    auto_error=False,
    bearerFormat="JWT",
    scheme_name="actorToken",
    description="ES256, 60 s, signed by the portal for each call",
)


async def caller(
    request: Request,
    credentials: Annotated[HTTPAuthorizationCredentials | None, Security(_bearer)],
) -> Actor | PortalService:
    """Return who asks. Raises `NotAuthenticated` without a valid actor token."""
    if credentials is None:
        raise NotAuthenticated
    return await (await context(request)).tokens.verify(credentials.credentials)


_Caller = Annotated[Actor | PortalService, Depends(caller)]


async def current_actor(caller: _Caller) -> Actor:
    """Return the signed-in person who acts. Raises `NotAllowed` for the portal itself."""
    if not isinstance(caller, Actor):
        raise NotAllowed
    return caller


async def portal_service(caller: _Caller) -> PortalService:
    """Let only the portal itself pass. Raises `NotAllowed` for people."""
    if not isinstance(caller, PortalService):
        raise NotAllowed
    return caller


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
    scheme, _, token = (authorization or "").partition(" ")
    if scheme.lower() != "bearer" or not token:
        raise NotAuthenticated
    return context.client_tokens.verify(token)


CurrentActor = Annotated[Actor, Depends(current_actor)]
CurrentClient = Annotated[Client, Depends(current_client)]
Portal = Annotated[PortalService, Depends(portal_service)]


async def if_match(
    _caller: _Caller,  # nobody is told what is wrong with a request before it is known who asks
    if_match: Annotated[
        str | None, Header(description='The version that was seen, such as `"3"`')
    ] = None,
) -> int:
    """Return the version that the person saw; 0 where nothing was there (RFC 9110 section 13.1.1).

    Raises `VersionMissing` without the header, `Invalid` when it is no entity tag of ours.
    """
    if if_match is None:
        raise VersionMissing
    tag = _ENTITY_TAG.fullmatch(if_match.strip())
    if tag is None:
        raise Invalid.field("header.If-Match", "entity_tag")
    return int(tag[1])


SeenVersion = Annotated[int, Depends(if_match)]
