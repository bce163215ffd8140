"""A broker's own description of itself (OpenID Connect Discovery 1.0)."""

import time
from collections.abc import Callable

from pydantic import BaseModel, ConfigDict, ValidationError

from auth.broker_http import BrokerHttp, BrokerRefused
from auth.failures import LoginFailed, LoginFailureReason
from auth.single_flight import SingleFlight

_KEEP_SECONDS = 3600


class ProviderMetadata(BaseModel):
    """What of a discovery document is used; lists of algorithms are deliberately not."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    issuer: str
    authorization_endpoint: str
    token_endpoint: str
    jwks_uri: str
    userinfo_endpoint: str | None = None
    end_session_endpoint: str | None = None
    pushed_authorization_request_endpoint: str | None = None
    authorization_response_iss_parameter_supported: bool = False
    claims_supported: list[str] | None = None

    def endpoints(self) -> list[str]:
        """Every address in it."""
        found = (
            self.authorization_endpoint,
            self.token_endpoint,
            self.jwks_uri,
            self.userinfo_endpoint,
            self.end_session_endpoint,
            self.pushed_authorization_request_endpoint,
        )
        return [endpoint for endpoint in found if endpoint is not None]


class Discovery:
    """The metadata of one issuer, kept for an hour, and longer while the broker is away."""

    def __init__(
        self, issuer: str, http: BrokerHttp, *, monotonic: Callable[[], float] = time.monotonic
    ) -> None:
        self._issuer = issuer
        self._http = http
        self._monotonic = monotonic
        self._known: tuple[float, ProviderMetadata] | None = None
        self._looking = SingleFlight(self._look)

    async def metadata(self) -> ProviderMetadata:
        """The metadata; raises `LoginFailed` when the broker cannot be asked or is not itself."""
        if self._known is not None and self._monotonic() - self._known[0] < _KEEP_SECONDS:
            return self._known[1]
        return await self._looking.result()

    async def _look(self) -> ProviderMetadata:
        try:
            metadata = await self._fetch()
        except LoginFailed:
            if self._known is None:
                raise
            metadata = self._known[1]
        self._known = (self._monotonic(), metadata)
        return metadata

    async def _fetch(self) -> ProviderMetadata:
        url = self._issuer.rstrip("/") + "/.well-known/openid-configuration"
        try:
            metadata = ProviderMetadata.model_validate(await self._http.get(url))
        except (BrokerRefused, ValidationError) as error:
            reason = LoginFailureReason.BROKER_UNAVAILABLE
            raise LoginFailed(reason, "discovery_unusable") from error
        if metadata.issuer != self._issuer:
            # Discovery 4.3: it must be exactly the issuer that was asked.
            raise LoginFailed(LoginFailureReason.INVALID_RESPONSE, "discovery_issuer_mismatch")
        if self._issuer.startswith("https://") and not all(
            endpoint.startswith("https://") for endpoint in metadata.endpoints()
        ):
            raise LoginFailed(LoginFailureReason.INVALID_RESPONSE, "discovery_without_tls")
        return metadata
