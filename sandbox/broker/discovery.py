"""The discovery document, its members in the order that was recorded at Nets eID Broker.

Left out is what the simulator does not do: CIBA, request objects, introspection, DPoP.
"""

from typing import Any

_AUTH_METHODS = ["client_secret_basic", "client_secret_post", "private_key_jwt"]
_AUTH_ALGORITHMS = ["RS256", "PS256", "ES256"]


def discovery_document(issuer: str) -> dict[str, Any]:
    """What `/.well-known/openid-configuration` answers."""
    return {
        "issuer": issuer,
        "jwks_uri": f"{issuer}/.well-known/openid-configuration/jwks",
        "authorization_endpoint": f"{issuer}/connect/authorize",
        "token_endpoint": f"{issuer}/connect/token",
        "userinfo_endpoint": f"{issuer}/connect/userinfo",
        "end_session_endpoint": f"{issuer}/connect/endsession",
        "pushed_authorization_request_endpoint": f"{issuer}/connect/par",
        "require_pushed_authorization_requests": False,
        "backchannel_logout_supported": True,
        "backchannel_logout_session_supported": True,
        "grant_types_supported": ["authorization_code"],
        "response_types_supported": ["code"],
        "response_modes_supported": ["query"],
        "token_endpoint_auth_methods_supported": _AUTH_METHODS,
        "token_endpoint_auth_signing_alg_values_supported": _AUTH_ALGORITHMS,
        "id_token_signing_alg_values_supported": ["RS256"],
        "subject_types_supported": ["public"],
        "code_challenge_methods_supported": ["S256"],
        "prompt_values_supported": ["login", "none", "select_account"],
        "authorization_response_iss_parameter_supported": True,
    }
