"""How people want to be told of news, in the database."""

from uuid import UUID

from planapi.database import Transaction
from portal.contract.notifications import ChooseNotifications, NotificationChoice, QuietHours


async def read_choice(tx: Transaction, person_id: UUID) -> NotificationChoice:
    """Return what a person has chosen."""
    row = await tx.row(
        "SELECT channel, quiet_from, quiet_until FROM notification_choice"
        " WHERE person_id = %(person_id)s",
        person_id=person_id,
    )
    if row is None:
        return NotificationChoice()
    quiet = row["quiet_from"] is not None
    return NotificationChoice(
        channel=row["channel"],
        quiet=QuietHours(starts=row["quiet_from"], ends=row["quiet_until"]) if quiet else None,
    )


async def write_choice(tx: Transaction, person_id: UUID, choice: ChooseNotifications) -> None:
    """Keep what a person chooses."""
    await tx.execute(
        "INSERT INTO notification_choice (person_id, channel, quiet_from, quiet_until)"
        " VALUES (%(person_id)s, %(channel)s, %(quiet_from)s, %(quiet_until)s)"
        " ON CONFLICT (person_id) DO UPDATE SET channel = EXCLUDED.channel,"
        " quiet_from = EXCLUDED.quiet_from, quiet_until = EXCLUDED.quiet_until",
        person_id=person_id,
        channel=choice.channel.value,
        quiet_from=choice.quiet.starts if choice.quiet else None,
        quiet_until=choice.quiet.ends if choice.quiet else None,
    )
