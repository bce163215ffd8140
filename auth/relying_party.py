"""The relying party at one broker: authorization request, code redemption, logout.

OpenID Connect Core 1.0 code flow with PKCE (RFC 7636), PAR (RFC 9126) where the broker has it,
`iss` on the callback (RFC 9207) and the rules of RFC 9700. Used by `auth.service`.
"""

import base64
import time
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from urllib.parse import quote_plus, urlencode

import httpx
from authlib.oauth2.rfc7636 import create_s256_code_challenge
from joserfc.jwk import DictKey
from pydantic import BaseModel, ConfigDict, Field, SecretStr, ValidationError

from auth.broker_http import BrokerHttp, BrokerRefused
from auth.brokers import profile_for
from auth.brokers.profile import AppSwitch, AtHash, AuthTime, LoginWish, unix_time
from auth.config import OidcConfig
from auth.discovery import Discovery, ProviderMetadata
from auth.failures import LoginFailed, LoginFailureReason
from auth.identity import Role, VerifiedIdentity
from auth.pending import PendingLogin
from auth.tokens.client_key import ASSERTION_TYPE, client_keys
from auth.tokens.id_token import Expected, IdToken, LoaTooLow, validate_id_token
from auth.tokens.jwks import JwksCache
from auth.tokens.logout_token import LogoutToken, validate_logout_token
from auth.tokens.rejection import TokenRejected

_STEP_UP_SECONDS = 3600


class TokenResponse(BaseModel):
    """The token endpoint's answer (Core 3.1.3.3)."""

    model_config = ConfigDict(frozen=True, extra="ignore", hide_input_in_errors=True)

    access_token: str = Field(min_length=1, repr=False)
    id_token: str = Field(min_length=1, repr=False)
    token_type: str


@dataclass(frozen=True, slots=True)
class Callback:
    """The query parameters that the browser brings back from the broker."""

    code: str | None
    iss: str | None
    error: str | None
    error_description: str | None


@dataclass(frozen=True, slots=True)
class VerifiedLogin:
    """An identity and the id_token that proves it (kept only as a logout hint)."""

    identity: VerifiedIdentity
    id_token: str


class RelyingParty:
    """One registration at one broker, shared by every request of the process."""

    def __init__(
        self,
        config: OidcConfig,
        *,
        redirect_uri: str,
        http: httpx.AsyncClient,
        timeout: timedelta,
    ) -> None:
        self.config = config
        self._redirect_uri = redirect_uri
        self._profile = profile_for(config.broker)
        self._http = BrokerHttp(http, timeout)
        self._discovery = Discovery(config.issuer, self._http)
        self._keys = JwksCache(self._fetch_jwks)
        self._client_keys = client_keys(config.private_key) if config.private_key else []

    def public_jwks(self) -> list[DictKey]:
        """The public halves of our keys at the broker: the one that signs, and its neighbours."""
        return [key.public_jwk() for key in self._client_keys]

    async def authorization_url(
        self,
        pending: PendingLogin,
        state: str,
        *,
        language: str,
        app_switch: AppSwitch | None = None,
    ) -> str:
        """Where the browser goes to log in. Raises `LoginFailed` when the broker is away."""
        metadata = await self._discovery.metadata()
        wish = LoginWish(pending.role, self.config.min_loa, language, app_switch)
        parameters = self._authorization_parameters(pending, state, wish)
        if metadata.pushed_authorization_request_endpoint is not None:
            parameters = await self._push(metadata, parameters)
        separator = "&" if "?" in metadata.authorization_endpoint else "?"
        return metadata.authorization_endpoint + separator + urlencode(parameters)

    async def redeem(self, callback: Callback, pending: PendingLogin) -> VerifiedLogin:
        """Turn a callback into a verified identity.

        Raises `LoginFailed`: what the person did (aborted, too slow), what the broker did
        (away, unusable answer), or that the login is weaker than asked for.
        """
        metadata = await self._discovery.metadata()
        code = self._checked_code(callback, metadata)
        tokens = await self._redeem_code(metadata, code, pending.code_verifier)
        id_token = await self._validated(metadata, tokens, pending)
        userinfo = await self._userinfo(metadata, tokens.access_token, id_token.subject)
        # Userinfo adds; it never replaces what was signed.
        identity = self._identity(id_token, {**userinfo, **id_token.claims}, pending.role)
        return VerifiedLogin(identity, tokens.id_token)

    async def logout_url(self, id_token: str, age: timedelta, return_to: str) -> str | None:
        """Where the browser goes to end the broker's session too (RP-Initiated Logout 1.0).

        None when the broker offers none, or would not honour a hint of this age and so would
        leave the person on a page of its own.
        """
        limit = self._profile.logout_hint_seconds
        if limit is not None and age.total_seconds() > limit:
            return None
        endpoint = (await self._discovery.metadata()).end_session_endpoint
        if endpoint is None:
            return None
        parameters = {"id_token_hint": id_token, "post_logout_redirect_uri": return_to}
        return endpoint + ("&" if "?" in endpoint else "?") + urlencode(parameters)

    async def read_logout_token(self, token: str) -> LogoutToken:
        """Validate a logout_token from this broker; raises `TokenRejected` or `LoginFailed`."""
        return await validate_logout_token(
            token,
            issuer=self.config.issuer,
            client_id=self.config.client_id,
            keys=self._keys,
            algorithms=self._profile.algorithms,
            now=time.time(),
        )

    def _authorization_parameters(
        self, pending: PendingLogin, state: str, wish: LoginWish
    ) -> dict[str, str]:
        parameters = {
            "response_type": "code",
            "response_mode": "query",
            "client_id": self.config.client_id,
            "redirect_uri": self._redirect_uri,
            "state": state,
            "nonce": pending.nonce,
            "code_challenge": create_s256_code_challenge(pending.code_verifier),
            "code_challenge_method": "S256",
            **self._profile.request_parameters(wish),
        }
        if pending.fresh:
            parameters["prompt"] = "login"
        max_age = _STEP_UP_SECONDS if pending.fresh else pending.max_age
        if max_age is not None:
            # Whoever is asked for a max_age has to send auth_time (Core, section 2).
            parameters["max_age"] = str(max_age)
        return parameters

    async def _push(self, metadata: ProviderMetadata, parameters: dict[str, str]) -> dict[str, str]:
        endpoint = metadata.pushed_authorization_request_endpoint or ""
        try:
            answer = await self._authenticated_post(metadata, endpoint, parameters)
        except BrokerRefused as error:
            raise _unavailable(f"par_{error.code}") from error
        request_uri = answer.get("request_uri")
        if not isinstance(request_uri, str) or not request_uri:
            raise _invalid("par_without_request_uri")
        return {"client_id": self.config.client_id, "request_uri": request_uri}

    def _checked_code(self, callback: Callback, metadata: ProviderMetadata) -> str:
        if callback.iss is not None and callback.iss != metadata.issuer:
            raise _invalid("callback_issuer_mismatch")
        if callback.error is not None:
            raise self._user_failure(callback)
        if metadata.authorization_response_iss_parameter_supported and callback.iss is None:
            raise _invalid("callback_without_issuer")
        if not callback.code:
            raise _invalid("callback_without_code")
        return callback.code

    def _user_failure(self, callback: Callback) -> LoginFailed:
        # The description is more precise than the error: access_denied + mitid_timeout.
        known = self._profile.user_failures
        for code in (callback.error_description, callback.error):
            if code is not None and code in known:
                return LoginFailed(known[code], f"broker_said_{code}")
        return LoginFailed(LoginFailureReason.REFUSED_BY_BROKER, "broker_said_something_unknown")

    async def _redeem_code(
        self, metadata: ProviderMetadata, code: str, verifier: str
    ) -> TokenResponse:
        form = {
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": self._redirect_uri,
            "code_verifier": verifier,
        }
        try:
            answer = await self._authenticated_post(metadata, metadata.token_endpoint, form)
            tokens = TokenResponse.model_validate(answer)
        except BrokerRefused as error:
            make = _invalid if error.code == "invalid_grant" else _unavailable
            raise make(f"token_endpoint_{error.code}") from error
        except ValidationError:
            # `from None`: the cause would carry what the broker sent into a traceback.
            raise _invalid("token_response_unusable") from None
        if tokens.token_type.lower() != "bearer":
            raise _invalid("token_type_unknown")
        return tokens

    def _at_hash_required(self, metadata: ProviderMetadata) -> bool:
        listed = metadata.claims_supported
        if self._profile.at_hash is AtHash.REQUIRED or listed is None:
            return True
        return "at_hash" in listed

    async def _validated(
        self, metadata: ProviderMetadata, tokens: TokenResponse, pending: PendingLogin
    ) -> IdToken:
        expected = Expected(
            issuer=self.config.issuer,
            client_id=self.config.client_id,
            nonce=pending.nonce,
            access_token=tokens.access_token,
            min_loa=self.config.min_loa,
            authenticated_after=_authenticated_after(pending),
            at_hash_required=self._at_hash_required(metadata),
            every_login_is_fresh=self._profile.auth_time is AuthTime.EVERY_LOGIN_IS_FRESH,
        )
        try:
            return await validate_id_token(
                tokens.id_token,
                expected=expected,
                keys=self._keys,
                algorithms=self._profile.algorithms,
                read_loa=self._profile.read_loa,
                now=time.time(),
            )
        except TokenRejected as error:
            raise _invalid(f"id_token_{error.code}") from error
        except LoaTooLow as error:
            raise LoginFailed(LoginFailureReason.LOA_TOO_LOW, "loa_too_low") from error

    async def _userinfo(
        self, metadata: ProviderMetadata, access_token: str, subject: str
    ) -> Mapping[str, Any]:
        if metadata.userinfo_endpoint is None:
            return {}
        try:
            userinfo = await self._http.get(metadata.userinfo_endpoint, bearer=access_token)
        except BrokerRefused as error:
            raise _invalid(f"userinfo_{error.code}") from error
        if userinfo.get("sub") != subject:
            # Core 5.3.2: else another person's name and CPR could be put on this login.
            raise _invalid("userinfo_sub_mismatch")
        return userinfo

    def _identity(self, token: IdToken, claims: Mapping[str, Any], role: Role) -> VerifiedIdentity:
        person = self._profile.read_person(claims)
        employee = self._profile.read_employee(claims)
        if role is Role.CONTACT_PERSON and employee is None:
            raise LoginFailed(LoginFailureReason.NOT_EMPLOYEE, "no_employee_claims")
        if role is Role.CITIZEN and employee is not None:
            raise _invalid("employee_identity_for_a_citizen")
        return VerifiedIdentity(
            issuer=self.config.issuer,
            subject=token.subject,
            uuid=person.uuid,
            name=person.name,
            cpr=SecretStr(person.cpr) if person.cpr else None,
            birth_date=person.birth_date,
            loa=token.loa,
            auth_time=token.auth_time,
            employee=employee,
            broker_sid=token.sid,
            session_expiry=token.session_expiry or unix_time(claims.get("session_expiry")),
            powers=person.powers,
        )

    async def _authenticated_post(
        self, metadata: ProviderMetadata, url: str, form: Mapping[str, str]
    ) -> Mapping[str, Any]:
        if not self._client_keys:
            return await self._http.post(url, form, headers=self._basic_authorization())
        audience = (
            metadata.token_endpoint
            if self._profile.assertion_audience == "token_endpoint"
            else metadata.issuer
        )
        signed = {
            "client_id": self.config.client_id,
            "client_assertion_type": ASSERTION_TYPE,
            "client_assertion": self._client_keys[0].assertion(self.config.client_id, audience),
        }
        return await self._http.post(url, {**form, **signed}, headers={})

    def _basic_authorization(self) -> dict[str, str]:
        # RFC 6749 2.3.1: both parts are form-encoded before they are joined.
        pair = f"{quote_plus(self.config.client_id)}:{quote_plus(self.config.client_secret or '')}"
        return {"Authorization": "Basic " + base64.b64encode(pair.encode()).decode()}

    async def _fetch_jwks(self) -> Mapping[str, Any]:
        metadata = await self._discovery.metadata()
        try:
            return await self._http.get(metadata.jwks_uri)
        except BrokerRefused as error:
            raise _unavailable("jwks_refused") from error


def _authenticated_after(pending: PendingLogin) -> float | None:
    """The earliest acceptable auth_time (unix seconds), None where any is."""
    started = pending.created_at.timestamp()
    if pending.fresh:
        return started
    if pending.max_age is not None:
        return started - pending.max_age
    return None


def _invalid(detail: str) -> LoginFailed:
    return LoginFailed(LoginFailureReason.INVALID_RESPONSE, detail)


def _unavailable(detail: str) -> LoginFailed:
    return LoginFailed(LoginFailureReason.BROKER_UNAVAILABLE, detail)
