"""Our own key at a broker: client assertions (private_key_jwt) and its public half.

RFC 7523 section 2.2, OpenID Connect Core section 9.
"""

import re

from authlib.oauth2.rfc7523 import private_key_jwt_sign
from joserfc.errors import InvalidKeyTypeError
from joserfc.jwk import DictKey, ECKey, RSAKey

from auth.tokens.jwks import SigningKey

ASSERTION_TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
_LIFETIME_SECONDS = 60
_BLOCK = re.compile(r"-----BEGIN [^-]+-----.+?-----END [^-]+-----", re.DOTALL)


class ClientKey:
    """An EC P-256 or RSA private key in PEM, with its thumbprint (RFC 7638) as kid.

    Raises `ValueError` for any other key.
    """

    def __init__(self, pem: str) -> None:
        self._key = _read(pem)
        self._key.ensure_kid()
        self._alg = "ES256" if isinstance(self._key, ECKey) else "RS256"

    def assertion(self, client_id: str, audience: str) -> str:
        """A signed statement that we are `client_id`, for one request, valid for a minute."""
        signed: str = private_key_jwt_sign(
            self._key,
            client_id,
            audience,
            alg=self._alg,
            header={"kid": self._key.kid},
            expires_in=_LIFETIME_SECONDS,
        )
        return signed

    def public_jwk(self) -> DictKey:
        """The public half, for `/auth/jwks.json`."""
        return self._key.as_dict(private=False, use="sig", alg=self._alg)


def client_keys(pem: str) -> list[ClientKey]:
    """The keys in a PEM text, one or more; the first is the one to sign with.

    To change keys: add the new one behind, wait until the broker has fetched it, put it first,
    and leave the old one out when the last login that began with it is over.
    Raises `ValueError` when there is none, or one that cannot be used.
    """
    keys = [ClientKey(block) for block in _BLOCK.findall(pem)]
    if not keys:
        raise ValueError("the private key is not readable PEM")
    if len({key.public_jwk()["kid"] for key in keys}) < len(keys):
        raise ValueError("the same private key is given twice")
    return keys


def _read(pem: str) -> SigningKey:
    for kind in (ECKey, RSAKey):
        try:
            key = kind.import_key(pem)
        except InvalidKeyTypeError:
            continue
        except ValueError as error:
            raise ValueError("the private key is not readable PEM") from error
        if key.is_private and (isinstance(key, RSAKey) or key.curve_name == "P-256"):
            return key
    raise ValueError("the private key must be EC P-256 or RSA, in PEM")
