"""What the servers write down: enough to follow a write through them, and nothing personal."""

import json
import re
from datetime import date
from pathlib import Path

from sandbox import sample

CPR_LOOKALIKE = "010190-4321"
SAID = f"Mit nummer er {CPR_LOOKALIKE}, og jeg er ked af det"


async def test_the_logs_of_a_story_name_nobody_and_follow_a_write_by_its_request_id(phone, demo):
    await phone.log_in("yusuf")
    await phone.visit("/messages/new", "Skriv besked")
    # A first try on a busy machine may have left a draft.
    await phone.rewrite(re.compile("^Emne"), "Hemmeligt emne til loggen")
    await phone.rewrite(re.compile("^Din besked"), SAID)
    await phone.tap("Send")
    await phone.on_screen("Hemmeligt emne til loggen")
    secret_cookies = {
        cookie["name"]: cookie["value"]
        for cookie in await phone.page.context.cookies()
        if cookie["httpOnly"]
    }
    assert "enplan" in secret_cookies

    logs = logs_of(demo.data)
    everything = "\n".join(logs.values())
    for identity in sample.identities(date.today()):  # noqa: DTZ011 - seeded a moment ago, here
        cpr = identity.cpr
        for secret in (identity.name, cpr, f"{cpr[:6]}-{cpr[6:]}"):
            assert secret not in everything
    for secret in (
        *secret_cookies.values(),
        SAID,
        CPR_LOOKALIKE,
        "Hemmeligt emne til loggen",
        "eyJ",
    ):
        assert secret not in everything

    (sent,) = [
        record
        for record in records(logs["portal"])
        if record.get("event") == "plan_written" and record["path"] == "/v1/threads"
    ][-1:]
    arrived = [
        record
        for record in records(logs["planapi"])
        if record.get("path") == "/v1/threads" and record.get("method") == "POST"
    ]
    assert sent["request_id"] in {record["request_id"] for record in arrived}


def logs_of(data: Path) -> dict[str, str]:
    return {path.stem: path.read_text() for path in (data / "logs").glob("*.log")}


def records(log: str) -> list[dict]:
    return [json.loads(line) for line in log.splitlines()]
