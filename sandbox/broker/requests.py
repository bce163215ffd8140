"""Reading an authorization request as strictly as the real broker does.

An invalid request never reaches the client: the browser ends on the broker's own error page.
"""

import json
import re
from collections.abc import Mapping

from sandbox.broker.grants import AuthorizationRequest
from sandbox.broker.settings import BrokerSettings

_SCOPES = frozenset({"openid", "mitid", "ssn", "nemlogin"})
_IDPS = frozenset({"mitid", "mitid_erhverv"})
_LOAS = frozenset({"low", "substantial", "high"})
_PROMPTS = frozenset({"login", "none", "select_account"})
_CHALLENGE = re.compile(r"[A-Za-z0-9_-]{43}")  # a SHA-256 in base64url, RFC 7636 4.2


class InvalidRequest(Exception):
    """The request is not one that the broker will process; the text says what is wrong."""


def read_request(parameters: Mapping[str, str], settings: BrokerSettings) -> AuthorizationRequest:
    """Read the parameters of `/connect/authorize` or `/connect/par`; raises `InvalidRequest`."""
    client = settings.client(parameters.get("client_id", ""))
    if client is None:
        raise InvalidRequest("unknown client_id")
    redirect_uri = parameters.get("redirect_uri", "")
    if redirect_uri not in client.redirect_uris:
        raise InvalidRequest("redirect_uri is not registered")
    if parameters.get("response_type") != "code":
        raise InvalidRequest("response_type must be code")
    if parameters.get("response_mode", "query") != "query":
        raise InvalidRequest("response_mode must be query")
    if parameters.get("code_challenge_method") != "S256":
        raise InvalidRequest("code_challenge_method must be S256")
    code_challenge = parameters.get("code_challenge", "")
    if not _CHALLENGE.fullmatch(code_challenge):
        raise InvalidRequest("code_challenge is missing or malformed")
    idps = _words(parameters.get("idp_values", "mitid"), _IDPS, "idp_values")
    return AuthorizationRequest(
        client_id=client.client_id,
        redirect_uri=redirect_uri,
        scope=_scope(parameters),
        state=parameters.get("state"),
        nonce=parameters.get("nonce"),
        code_challenge=code_challenge,
        idps=idps,
        loa=_loa(parameters.get("idp_params")),
        prompt=_words(parameters.get("prompt", ""), _PROMPTS, "prompt"),
        max_age=_max_age(parameters.get("max_age")),
    )


def _max_age(value: str | None) -> int | None:
    if value is None:
        return None
    if not (value.isascii() and value.isdigit()):
        raise InvalidRequest("max_age is not a number of seconds")
    return int(value)


def _scope(parameters: Mapping[str, str]) -> frozenset[str]:
    scope = _words(parameters.get("scope", ""), _SCOPES, "scope")
    if "openid" not in scope:
        raise InvalidRequest("scope must hold openid")
    return scope


def _words(value: str, known: frozenset[str], name: str) -> frozenset[str]:
    words = frozenset(value.split())
    if not words <= known:
        raise InvalidRequest(f"{name} holds an unknown value")
    return words


def _loa(idp_params: str | None) -> str:
    # That it is JSON is checked; a strange value inside is not, as at the real broker.
    if idp_params is None:
        return "substantial"
    try:
        sections = json.loads(idp_params)
    except ValueError as error:
        raise InvalidRequest("idp_params is not JSON") from error
    if not isinstance(sections, dict):
        raise InvalidRequest("idp_params is not a JSON object")
    for section in sections.values():
        if isinstance(section, dict) and section.get("loa_value") in _LOAS:
            return str(section["loa_value"])
    return "substantial"
