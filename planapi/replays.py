"""Whether somebody who repeats an act may still read its answer. Used by `planapi.idempotency`.

An answer is kept for a day. Meanwhile an assignment or a consent may have ended, so what the act
was about is read again, with today's rights, before the kept answer is given.
"""

from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from planapi.database import Transaction
from planapi.errors import NotFound
from planapi.policy.actors import Actor
from planapi.policy.resources import ResourceKind
from planapi.services.consents import consent
from planapi.services.decisions import decision
from planapi.services.follow_ups import follow_up
from planapi.services.goals import goal
from planapi.services.minutes import minutes
from planapi.services.promises import promise
from planapi.services.resources import own
from planapi.services.sight import open_eyes
from planapi.services.threads import thread
from planapi.services.told_facts import told_facts
from portal.contract.actions import Action

Body = Mapping[str, Any]
Check = Callable[[Transaction, Actor, datetime, Mapping[str, str], Body], Awaitable[None]]


async def require_still_readable(
    tx: Transaction,
    actor: Actor,
    now: datetime,
    operation: str,
    path: Mapping[str, str],
    body: Body,
) -> None:
    """Raise `NotFound` or `NotAllowed` where the actor may not read the answer any more.

    ``operation`` is the route's name, ``path`` its parameters, ``body`` the answer that was kept.
    """
    check = CHECKS[operation]
    if check is not None:
        await check(tx, actor, now, path, body)


_Read = Callable[[Transaction, Actor, datetime, UUID], Awaitable[object]]


def _reads(read: _Read, name: str = "id") -> Check:
    """Read again what the answer names."""

    async def check(
        tx: Transaction, actor: Actor, now: datetime, _path: Mapping[str, str], body: Body
    ) -> None:
        await read(tx, actor, now, UUID(body[name]))

    return check


def _reads_in_path(read: _Read, name: str) -> Check:
    """Read again what the address names."""

    async def check(
        tx: Transaction, actor: Actor, now: datetime, path: Mapping[str, str], _body: Body
    ) -> None:
        await read(tx, actor, now, UUID(path[name]))

    return check


async def _thread(tx: Transaction, actor: Actor, now: datetime, thread_id: UUID) -> None:
    await thread(tx, actor, now, thread_id, None)


async def _consent(tx: Transaction, actor: Actor, now: datetime, consent_id: UUID) -> None:
    await consent(tx, actor, consent_id, now)


async def _citizen(tx: Transaction, actor: Actor, now: datetime, citizen_id: UUID) -> None:
    sight = await open_eyes(tx, actor, now)
    if not sight.may(Action.READ, own(ResourceKind.PERSON, citizen_id, citizen_id)):
        raise NotFound


CHECKS: Final[Mapping[str, Check | None]] = {
    "create_goal": _reads(goal),
    "rate_goal": _reads(goal),
    "share_goal": _reads_in_path(goal, "goal_id"),
    "add_step": _reads(goal, "goal_id"),
    "start_thread": _reads(_thread),
    "send_message": _reads(_thread),
    "book_follow_up": _reads(follow_up),
    "add_agenda_item": _reads(follow_up),
    "make_promise": _reads(promise),
    "record_decision": _reads(decision),
    "write_minutes": _reads(minutes),
    "comment_minutes": _reads(minutes),
    "ask_for_fact": _reads_in_path(told_facts, "plan_id"),
    "give_consent": _reads(_consent),
    "withdraw_consent": _reads(_consent),
    "renew_consent": _reads(_consent),
    "sign_consent": _reads(_consent),
    "give_consent_for_child": _reads(_consent),
    "hand_over": _reads_in_path(_citizen, "citizen_id"),
    "hide_for_safety": _reads_in_path(_citizen, "citizen_id"),
    "assign_case_worker": _reads_in_path(_citizen, "citizen_id"),
    "appoint_guardian": _reads_in_path(_citizen, "citizen_id"),
    # What is only about the person who acted, and stays so.
    "request_plan": None,
    "upload_attachment": None,
    "add_absence": None,
    "add_helper": None,
    "end_helper": None,
    "create_household": None,
    "invite_member": None,
    "leave_household": None,
    "answer_invitation": None,
    "withdraw_invitation": None,
    "ask_by_right": None,
}
"""By the name of the route; a test fails where one is missing."""
