"""A sector system for tests: a registered client with its private key, and what it delivers."""

import time
from uuid import uuid4

from joserfc import jwt
from joserfc.jwk import ECKey
from psycopg.types.json import Jsonb

CPR = "030485-1234"
URL = "http://localhost:8551"
ASSERTION_TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"


class SectorSystem:
    """A registered client with its private key."""

    def __init__(self, world, administration="employment", name="jobs", **values):
        self.id = name
        self.key = ECKey.generate_key("P-256", {"kid": "one"})
        self.administration = administration
        world.execute(
            "INSERT INTO integration_client (id, municipality_id, administration, name, jwks)"
            " VALUES (%(id)s, %(town)s, %(administration)s, 'Fagsystem', %(jwks)s)",
            id=name,
            town=values.get("municipality_id", world.municipality),
            administration=administration,
            jwks=Jsonb({"keys": [self.key.as_dict(private=False)]}),
        )

    def assertion(self, *, key=None, header=None, **claims):
        now = int(time.time())
        defaults = {
            "iss": self.id,
            "sub": self.id,
            "aud": f"{URL}/oauth/token",
            "iat": now,
            "exp": now + 60,
            "jti": uuid4().hex,
        }
        kept = {name: value for name, value in (defaults | claims).items() if value is not None}
        signing = key or self.key
        return jwt.encode(
            header or {"alg": "ES256", "kid": "one"},
            kept,
            signing,
            algorithms=["ES256", "HS256", "RS256", "none"],
        )

    async def ask(self, http, assertion=None, **fields):
        form = {
            "grant_type": "client_credentials",
            "client_assertion_type": ASSERTION_TYPE,
            "client_assertion": assertion or self.assertion(),
            **fields,
        }
        sent = {name: value for name, value in form.items() if value is not None}
        return await http.post("/oauth/token", data=sent)

    async def client(self, api):
        answer = await self.ask(await api.client())
        token = answer.json()["access_token"]
        return await api.client(lambda: token)


def an_appointment(**values):
    return {
        "version": 1,
        "cpr": CPR,
        "title": "Samtale",
        "starts_at": "2030-05-01T09:00:00+02:00",
        "ends_at": "2030-05-01T10:00:00+02:00",
        "with_names": ["Mette Krog"],
        **values,
    }
