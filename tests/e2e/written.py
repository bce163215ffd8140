"""What has arrived in the plan database: the other end of what a person sees on the screen."""

import asyncio
import time
from pathlib import Path

import psycopg
from psycopg import Connection

from sandbox.postgres import OWNER, PLAN_DATABASE, EmbeddedPostgres
from sandbox.sample.ids import person_id

PATIENCE_SECONDS = 20
_LOOK_EVERY_SECONDS = 0.05


def plan_database_of(data: Path) -> Connection:
    """Connect to the plan database of the demo in `data`."""
    url = EmbeddedPostgres(data / "postgres").url(PLAN_DATABASE, OWNER)
    return psycopg.connect(url, autocommit=True)


async def until_saved(database: Connection, person: str, draft: str, text: str) -> None:
    """Return when a draft of `person` holds `text` in one of its fields."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    find = """
        SELECT 1 FROM draft, jsonb_each_text(fields) AS field
        WHERE person_id = %s AND name = %s AND field.value = %s
    """
    while not database.execute(find, [person_id(person), draft, text]).fetchone():
        assert time.monotonic() < deadline, f"the draft {draft} does not hold {text!r}"
        await asyncio.sleep(_LOOK_EVERY_SECONDS)


def times_written(database: Connection, text: str) -> int:
    """Return how many messages say exactly this."""
    (number,) = database.execute("SELECT count(*) FROM message WHERE body = %s", [text]).fetchone()
    return number
