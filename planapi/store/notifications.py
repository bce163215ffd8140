"""How people want to be told of news, in the database."""

from uuid import UUID

from planapi.database import Row, Transaction
from portal.contract.notifications import ChooseNotifications, NotificationChoice, QuietHours


async def read_choice(tx: Transaction, person_id: UUID) -> NotificationChoice:
    """Return what a person has chosen."""
    row = await tx.row(
        "SELECT version, channel, quiet_from, quiet_until FROM notification_choice"
        " WHERE person_id = %(person_id)s",
        person_id=person_id,
    )
    if row is None:
        return NotificationChoice()
    quiet = row["quiet_from"] is not None
    return NotificationChoice(
        version=row["version"],
        channel=row["channel"],
        quiet=QuietHours(starts=row["quiet_from"], ends=row["quiet_until"]) if quiet else None,
    )


async def write_choice(
    tx: Transaction, person_id: UUID, choice: ChooseNotifications, version: int
) -> bool:
    """Keep what a person chooses; False where `version` is not the newest."""
    row: Row = {
        "person_id": person_id,
        "channel": choice.channel.value,
        "quiet_from": choice.quiet.starts if choice.quiet else None,
        "quiet_until": choice.quiet.ends if choice.quiet else None,
        "version": version,
    }
    if version == 0:
        written = await tx.execute(
            "INSERT INTO notification_choice (person_id, channel, quiet_from, quiet_until)"
            " VALUES (%(person_id)s, %(channel)s, %(quiet_from)s, %(quiet_until)s)"
            " ON CONFLICT DO NOTHING",
            **row,
        )
    else:
        written = await tx.execute(
            "UPDATE notification_choice SET channel = %(channel)s, quiet_from = %(quiet_from)s,"
            " quiet_until = %(quiet_until)s, version = version + 1"
            " WHERE person_id = %(person_id)s AND version = %(version)s",
            **row,
        )
    return written == 1
