"""A sector system that delivers to made-up people, for `benchmarks.planapi batch`."""

import time
from typing import Any, Final
from uuid import uuid4

import httpx
import psycopg
from joserfc import jwt
from joserfc.jwk import ECKey
from psycopg.types.json import Jsonb

from planapi.oauth import ASSERTION_TYPE, GRANT_TYPE
from planapi.people import cpr_hash

CLIENT: Final = "benchmark"
PEOPLE: Final = 1_000


def number(n: int) -> str:
    """Return the made-up CPR number of one of `PEOPLE`."""
    return f"0101{n // 100:02}{1000 + n % 100}"


def prepare(url: str, secret: str) -> ECKey:
    """Insert a municipality with people, plans and a registered client; return its key."""
    key = ECKey.generate_key("P-256", {"kid": CLIENT})
    with psycopg.connect(url) as connection:
        connection.execute(
            "WITH town AS (INSERT INTO municipality (name, cvr) VALUES ('By', '12345678')"
            " RETURNING id), person AS (INSERT INTO person (municipality_id, name, cpr_hash)"
            " SELECT town.id, 'Borger', hash FROM town, unnest(%s::bytea[]) hash"
            " RETURNING id, municipality_id), client AS (INSERT INTO integration_client"
            " (id, municipality_id, administration, name, jwks)"
            " SELECT %s, id, 'employment', 'Fagsystem', %s FROM town)"
            " INSERT INTO plan (municipality_id, citizen_id)"
            " SELECT municipality_id, id FROM person",
            [
                [cpr_hash(secret, number(n)) for n in range(PEOPLE)],
                CLIENT,
                Jsonb({"keys": [key.as_dict(private=False)]}),
            ],
        )
    return key


def access_token(api_url: str, key: ECKey, audience: str) -> str:
    """Return an access token, good for five minutes."""
    claims = {
        "iss": CLIENT,
        "sub": CLIENT,
        "aud": audience,
        "exp": int(time.time()) + 60,
        "jti": uuid4().hex,
    }
    form = {
        "grant_type": GRANT_TYPE,
        "client_assertion_type": ASSERTION_TYPE,
        "client_assertion": jwt.encode({"alg": "ES256"}, claims, key),
    }
    answer = httpx.post(f"{api_url}/oauth/token", data=form).raise_for_status()
    token: str = answer.json()["access_token"]
    return token


def items(count: int) -> list[dict[str, Any]]:
    """Return a batch of every kind, spread over all people."""
    made = (_an_intervention, _an_appointment, _a_decision)
    return [
        {"external_id": f"b-{n}", "version": 1, "cpr": number(n % PEOPLE), **made[n % 3]()}
        for n in range(count)
    ]


def _an_intervention() -> dict[str, Any]:
    words = dict.fromkeys(("title", "what", "why", "rule", "unit"), "Praktik i en butik")
    known = {"responsible": "Mette Krog", "theme": "work", "state": "active"}
    times = [{"weekday": 2, "starts": "09:00:00", "ends": "12:00:00"}]
    return (
        {"kind": "intervention", "starts_on": "2030-01-01", "weekly_times": times} | words | known
    )


def _an_appointment() -> dict[str, Any]:
    hours = {"starts_at": "2030-05-01T09:00:00+02:00", "ends_at": "2030-05-01T10:00:00+02:00"}
    return {"kind": "appointment", "title": "Samtale", "with_names": ["Mette Krog"]} | hours


def _a_decision() -> dict[str, Any]:
    words = dict.fromkeys(("title", "text", "how_to_appeal", "rule"), "Du får støtte")
    return {"kind": "decision", "decided_on": "2030-03-01"} | words
