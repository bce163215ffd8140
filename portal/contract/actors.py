"""Who asks: the claims of the token that the portal signs for each call (RFC 7519)."""

from typing import Literal

from portal.contract.base import Model

AUDIENCE = "enplan-plan-api"
"""``aud`` of every actor token."""

LIFETIME_SECONDS = 60


SERVICE = "portal"
"""``sub`` and ``role`` of the calls that the portal makes on its own behalf."""


class TokenClaims(Model):
    """Claims of every token, ES256. That of the portal itself has these and no more.

    Nobody is logged in for its own calls, so they carry no ``loa``, ``auth_time`` or ``sid``.
    """

    iss: str
    aud: str
    sub: str
    role: str
    iat: int
    exp: int
    jti: str


class ActorClaims(TokenClaims):
    """Claims of a token that acts for a person, whose id is ``sub``, and of their login."""

    role: Literal["citizen", "contact_person"]
    loa: Literal["low", "substantial", "high"]
    auth_time: int
    sid: str
