"""A thread as it grows on a screen: newer readings, older pages, and what came while it was open.

Pure functions, so that no message is lost, doubled or announced twice however readings overlap.
"""

from uuid import UUID

from portal.contract.messages import Message, Thread
from portal.contract.people import Role


def with_newest(shown: Thread | None, newest: Thread) -> Thread:
    """Return ``newest`` with the older messages that were ``shown`` already.

    Where the two do not touch, so much was written meanwhile that the older ones are left out:
    their place is behind ``older_cursor`` again.
    """
    if shown is None or not newest.messages:
        return newest
    first = newest.messages[0].id
    before = _until(shown.messages, first)
    if not before:
        return newest
    return newest.model_copy(
        update={"messages": before + newest.messages, "older_cursor": shown.older_cursor}
    )


def with_older(shown: Thread, older: Thread) -> Thread:
    """Return ``shown`` with a page of ``older`` messages before it."""
    known = {message.id for message in shown.messages}
    before = tuple(message for message in older.messages if message.id not in known)
    return shown.model_copy(
        update={"messages": before + shown.messages, "older_cursor": older.older_cursor}
    )


def arrived_after(thread: Thread, last_seen: UUID | None, side: Role) -> tuple[Message, ...]:
    """Return what the other side wrote after the message ``last_seen``."""
    before = _until(thread.messages, last_seen) if last_seen else None
    if before is None:
        return ()
    return tuple(
        message for message in thread.messages[len(before) + 1 :] if message.author_role is not side
    )


def first_unread(thread: Thread, side: Role) -> UUID | None:
    """Return the first message of the other side that was not read yet, as far as it is shown."""
    theirs = [message.id for message in thread.messages if message.author_role is not side]
    return theirs[-min(thread.unread, len(theirs))] if thread.unread and theirs else None


def newest_unread(thread: Thread, side: Role) -> UUID | None:
    """Return the newest message of the other side, None where all of them are read."""
    if not thread.unread:
        return None
    theirs = [message.id for message in thread.messages if message.author_role is not side]
    return theirs[-1] if theirs else None


def _until(messages: tuple[Message, ...], message_id: UUID) -> tuple[Message, ...] | None:
    for index, message in enumerate(messages):
        if message.id == message_id:
            return messages[:index]
    return None
