"""Outlines of the threads, and of one thread for both sides."""

from i18n import formats
from i18n.translator import Translator
from portal.contract.attachments import Attachment
from portal.contract.messages import Message, Thread, ThreadList
from portal.contract.people import Role
from views import words
from views.messages.attachments import attachment_address
from views.messages.files import size_in_words
from views.messages.turns import turn
from views.outlines.document import (
    Block,
    Items,
    Link,
    Outline,
    Section,
    Words,
    more,
    notice,
    own,
    quiet,
)
from views.outlines.shared import thread_item
from views.viewer import Viewer


def messages_outline(t: Translator, found: ThreadList, viewer: Viewer) -> Outline:
    """Return the threads, last written first."""
    blocks: list[Block] = [Link(t("Skriv besked"), "/messages/new")] if found.may_create else []
    if found.threads:
        blocks.append(Items(tuple(thread_item(t, thread, viewer) for thread in found.threads)))
    elif found.may_create:
        text = t("Du har ingen beskeder endnu. Skriv, når du vil spørge om noget.")
        blocks.append(Words(text))
    else:
        blocks.append(Words(t("Du kan skrive beskeder, når du har en plan.")))
    following = more(t("Vis flere"), "/messages", found.next_cursor)
    return Outline(t("Beskeder"), tuple(blocks), more=following)


def thread_outline(t: Translator, thread: Thread, viewer: Viewer) -> Outline:
    """Return a page of a thread's messages, oldest first, and whose turn it is."""
    if viewer.role is Role.CITIZEN:
        back = Link(t("Beskeder"), "/messages")
        around = [Link(t("Se målet"), f"/goals/{thread.goal_id}")] if thread.goal_id else []
    else:
        back = Link(t("Indbakke"), "/work")
        around = [Link(thread.citizen.name, f"/work/citizens/{thread.citizen.id}")]
    messages = (_message(t, message, viewer) for message in thread.messages)
    whose = notice(turn(t, thread, viewer.role).text)
    older = more(t("Vis ældre beskeder"), f"/messages/{thread.id}", thread.older_cursor)
    return Outline(thread.subject, (*around, whose, *messages), back, older)


def _message(t: Translator, message: Message, viewer: Viewer) -> Block:
    author = t("Dig") if message.author.id == viewer.person_id else words.person(t, message.author)
    when = formats.moment_in_words(t, message.sent_at)
    said = (own(message.body),) if message.body else ()
    files = (_file(t, one) for one in message.attachments)
    return Section(f"{author} · {when}", (*said, *files, *_receipt(t, message, viewer)))


def _file(t: Translator, file: Attachment) -> Link:
    return Link(f"{file.name}, {size_in_words(t, file.size)}", attachment_address(file))


def _receipt(t: Translator, message: Message, viewer: Viewer) -> tuple[Block, ...]:
    if message.author_role is not viewer.role:
        return ()
    if message.read_at is None:
        return (quiet(t("Ikke læst endnu")),)
    return (quiet(t("Læst {moment}", moment=formats.moment_in_words(t, message.read_at))),)
