"""Threads of messages: listed, read, begun and answered, and whose turn it is."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Final, TypeVar
from uuid import UUID

from planapi.calendar import add_working_days, danish_date
from planapi.cursors import decode_number, decode_position, encode_cursor
from planapi.database import Transaction
from planapi.errors import Invalid, NotAllowed, NotFound
from planapi.events import plan_topic, publish
from planapi.policy.actors import Actor
from planapi.policy.resources import Resource, ResourceKind
from planapi.services.attachments import send_attachments
from planapi.services.pictures import Portraits
from planapi.services.resources import of_goal, own
from planapi.services.sight import Sight, look, open_eyes
from planapi.store import drafts as draft_store
from planapi.store import goals as goal_store
from planapi.store import plans as plan_store
from planapi.store import threads as thread_store
from planapi.store.threads import (
    MESSAGES_A_PAGE,
    THREADS_A_PAGE,
    ThreadPosition,
    ThreadRow,
    ThreadSummaryRow,
)
from portal.contract.actions import Action
from portal.contract.messages import (
    MarkRead,
    NewMessage,
    NewThread,
    Thread,
    ThreadList,
    ThreadSummary,
    WaitsFor,
)
from portal.contract.people import Role

_Row = TypeVar("_Row", ThreadSummaryRow, ThreadRow)

_NOBODY: Final[tuple[WaitsFor, date | None]] = (WaitsFor.NOBODY, None)


async def threads(
    tx: Transaction, actor: Actor, now: datetime, cursor: str | None, search: str | None = None
) -> ThreadList:
    """Return a page of a citizen's threads, last written first: all, or those with some words."""
    after = ThreadPosition(*decode_position(cursor, "cursor")) if cursor else None
    reading = (
        thread_store.reading_of_found_threads(actor.person_id, search.split(), after)
        if search
        else thread_store.reading_of_threads(actor.person_id, after)
    )
    sight, rows = await look(tx, actor, now, reading)
    if rows is None or not sight.may(Action.READ, own(ResourceKind.PLAN, actor.person_id)):
        raise NotAllowed
    page = rows.threads[:THREADS_A_PAGE]
    more = len(rows.threads) > len(page)
    return ThreadList(
        threads=show_threads(sight, page),
        may_create=rows.plan_id is not None
        and sight.may(Action.CREATE, own(ResourceKind.THREAD, actor.person_id)),
        next_cursor=encode_cursor(page[-1].last_message_at, page[-1].id) if more else None,
    )


async def thread(
    tx: Transaction, actor: Actor, now: datetime, thread_id: UUID, older: str | None
) -> Thread:
    """Return the newest messages of a thread, or those before the cursor `older`."""
    before = decode_number(older, "older") if older else None
    _, thread = await _look_at_thread(tx, actor, now, thread_id, before)
    return thread


async def start_thread(tx: Transaction, actor: Actor, now: datetime, command: NewThread) -> Thread:
    """Write a first message: in the own plan, or in the plan of somebody one works with."""
    sight = await open_eyes(tx, actor, now)
    plan_id, citizen_id = await _plan_to_write_in(tx, sight, command)
    sight.require(Action.CREATE, own(ResourceKind.THREAD, citizen_id))
    if command.goal_id is not None:
        await _require_goal_of_plan(tx, sight, command.goal_id, plan_id)
    thread_id = await thread_store.insert_thread(tx, plan_id, command.subject, command.goal_id, now)
    message = NewMessage(body=command.body, attachment_ids=command.attachment_ids)
    await _send(tx, sight, thread_id, plan_id, citizen_id, message)
    form = "message:new" if actor.role is Role.CITIZEN else f"message:new:{citizen_id}"
    words = {"subject": command.subject, "body": command.body}
    draft_store.forget_sent(tx, actor.person_id, form, words, command.attachment_ids)
    return await _again(tx, sight, thread_id)


async def send_message(
    tx: Transaction, actor: Actor, now: datetime, thread_id: UUID, command: NewMessage
) -> Thread:
    """Reply in a thread."""
    sight, thread = await _look_at_thread(tx, actor, now, thread_id)
    sight.require(Action.REPLY, of_thread(thread))
    await _send(tx, sight, thread_id, thread.plan_id, thread.citizen.id, command)
    form, words = f"message:{thread_id}", {"body": command.body}
    draft_store.forget_sent(tx, actor.person_id, form, words, command.attachment_ids)
    return await _again(tx, sight, thread_id)


async def mark_read(
    tx: Transaction, actor: Actor, now: datetime, thread_id: UUID, command: MarkRead
) -> None:
    """Tell that the messages up to one were on the screen of the actor's side."""
    sight, thread = await _look_at_thread(tx, actor, now, thread_id)
    sight.require(Action.REPLY, of_thread(thread))  # who only looks reads for nobody
    number = await thread_store.find_number(tx, thread_id, command.up_to)
    if number is None:
        raise Invalid.field("up_to", "unknown")
    if await thread_store.mark_read(tx, thread_id, actor.role, number, now):
        publish(tx, plan_topic(thread.plan_id), "thread", thread_id)


def show_threads(sight: Sight, threads: Iterable[ThreadSummaryRow]) -> tuple[ThreadSummaryRow, ...]:
    """Return those threads that the actor may read, each with its `allowed`."""
    shown = sight.show(threads, of_thread)
    return tuple(_without_hidden_goal(sight, thread) for thread in shown)


def of_thread(thread: ThreadSummary) -> Resource:
    """A thread as the policy sees it: it belongs to the citizen."""
    return Resource(ResourceKind.THREAD, thread.id, thread.citizen.id, part_of=thread.goal_id)


def _without_hidden_goal(sight: Sight, thread: _Row) -> _Row:
    """A thread, without the id of a goal that the actor may not know of."""
    goal = thread.goal
    if goal is None:
        return thread
    resource = Resource(
        ResourceKind.GOAL,
        goal.id,
        thread.citizen.id,
        administration=goal.administration,
        owner=goal.owner,
        state=goal.state,
    )
    if sight.may(Action.READ, resource):
        return thread
    return thread.model_copy(update={"goal_id": None})


async def _look_at_thread(
    tx: Transaction, actor: Actor, now: datetime, thread_id: UUID, before: int | None = None
) -> tuple[Sight, Thread]:
    reading = thread_store.reading_of_thread(thread_id, actor, danish_date(now), before)
    sight, thread = await look(tx, actor, now, reading)
    shown = _show_thread(sight, thread)
    sight.log()
    return sight, shown


def _show_thread(sight: Sight, thread: ThreadRow | None) -> Thread:
    """Return a page of a thread as the actor may see it. Raises `NotFound` if not at all."""
    shown = sight.show_one(thread, of_thread)
    if shown is None:
        raise NotFound
    page = shown.messages[-MESSAGES_A_PAGE:]
    more = len(shown.messages) > len(page)
    older = encode_cursor(page[0].number) if more else None
    portraits = Portraits(sight, shown.pictures)
    messages = (one.model_copy(update={"author": portraits.beside(one.author)}) for one in page)
    return _without_hidden_goal(sight, shown).model_copy(
        update={"messages": tuple(messages), "older_cursor": older}
    )


async def _send(
    tx: Transaction,
    sight: Sight,
    thread_id: UUID,
    plan_id: UUID,
    citizen_id: UUID,
    message: NewMessage,
) -> None:
    waits_for, expected_by = await _next_turn(tx, sight, citizen_id, message)
    await thread_store.pass_turn(tx, thread_id, waits_for, expected_by, sight.now)
    message_id = await thread_store.insert_message(
        tx,
        thread_id,
        author_id=sight.actor.person_id,
        author_role=sight.actor.role,
        body=message.body,
        sent_at=sight.now,
    )
    await send_attachments(tx, sight, message_id, message.attachment_ids, plan_id)
    publish(tx, plan_topic(plan_id), "thread", thread_id)


async def _next_turn(
    tx: Transaction, sight: Sight, citizen_id: UUID, message: NewMessage
) -> tuple[WaitsFor, date | None]:
    """Whose turn it is after a message, and by when the municipality means to answer."""
    if sight.actor.role is Role.CONTACT_PERSON:
        return (WaitsFor.CITIZEN, None) if message.answer_wanted else _NOBODY
    days = await thread_store.reply_days(tx, citizen_id, sight.today)
    expected_by = None if days is None else add_working_days(danish_date(sight.now), days)
    return WaitsFor.CONTACT_PERSON, expected_by


async def _again(tx: Transaction, sight: Sight, thread_id: UUID) -> Thread:
    """The thread as it stands now, as the actor sees it."""
    row = await thread_store.reading_of_thread(thread_id, sight.actor, sight.today).run(tx)
    shown = _show_thread(sight, row)
    sight.log()
    return shown


async def _plan_to_write_in(tx: Transaction, sight: Sight, command: NewThread) -> tuple[UUID, UUID]:
    """The plan of a new thread, and its citizen."""
    if sight.actor.role is Role.CITIZEN:
        citizen_id = sight.actor.person_id
        words = await plan_store.reading_of_about_me(citizen_id).run(tx)
        if words is None:
            raise NotAllowed  # without a plan there is nobody to answer
        if command.plan_id not in {None, words.plan_id}:
            raise Invalid.field("plan_id", "unknown")
        return words.plan_id, citizen_id
    if command.plan_id is None:
        raise Invalid.field("plan_id", "missing")
    found = await plan_store.find_citizen_of_plan(tx, command.plan_id)
    if found is None or not sight.may(Action.CREATE, own(ResourceKind.THREAD, found)):
        raise NotAllowed  # the same in both cases: nothing that exists is given away
    return command.plan_id, found


async def _require_goal_of_plan(
    tx: Transaction, sight: Sight, goal_id: UUID, plan_id: UUID
) -> None:
    goal = await goal_store.reading_of_goal(goal_id).run(tx)
    if goal is None or goal.plan_id != plan_id or not sight.may(Action.READ, of_goal(goal)):
        raise Invalid.field("goal_id", "unknown")
