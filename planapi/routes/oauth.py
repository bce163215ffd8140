"""The token endpoint for sector systems (RFC 6749 section 4.4, RFC 7523 section 2.2)."""

from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, Form, Response
from fastapi.responses import JSONResponse

from planapi.dependencies import CurrentContext
from planapi.oauth import ASSERTION_TYPE, GRANT_TYPE, TokenError, TokenNotIssued
from portal.contract.integration import AccessToken, TokenRefused

router = APIRouter(prefix="/oauth", tags=["integration"])

_NOT_KEPT = {"Cache-Control": "no-store"}
"""RFC 6749 section 5.1."""

Field = Annotated[str | None, Form(max_length=8_000)]


@router.post(
    "/token",
    response_model=AccessToken,
    responses={
        400: {"model": TokenRefused, "description": "Not a request for a token that we know"},
        401: {"model": TokenRefused, "description": "Not an assertion of a registered client"},
    },
)
async def token(
    context: CurrentContext,
    grant_type: Field = None,
    client_assertion_type: Field = None,
    client_assertion: Field = None,
    client_id: Field = None,
) -> Response:
    """Return an access token for five minutes to a client that proves who it is.

    `grant_type` is `client_credentials`; the assertion is a JWT that the client signed
    (ES256, ES384, PS256 or RS256), with itself as `iss` and `sub`, this address as `aud`, a `jti`
    that it uses once, and at most five minutes to `exp`.
    """
    try:
        assertion = _assertion_of(grant_type, client_assertion_type, client_assertion)
        issued = await context.client_tokens.issue(assertion, client_id)
    except TokenNotIssued as refused:
        unknown = refused.error is TokenError.INVALID_CLIENT
        return JSONResponse(
            {"error": refused.error},
            HTTPStatus.UNAUTHORIZED if unknown else HTTPStatus.BAD_REQUEST,
            headers=_NOT_KEPT,
        )
    return Response(issued.model_dump_json(), media_type="application/json", headers=_NOT_KEPT)


def _assertion_of(grant_type: str | None, type_: str | None, assertion: str | None) -> str:
    if grant_type is None or assertion is None:
        raise TokenNotIssued(TokenError.INVALID_REQUEST)
    if grant_type != GRANT_TYPE:
        raise TokenNotIssued(TokenError.UNSUPPORTED_GRANT_TYPE)
    if type_ != ASSERTION_TYPE:
        raise TokenNotIssued(TokenError.INVALID_REQUEST)
    return assertion
