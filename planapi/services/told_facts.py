"""Tell it once: the citizen tells, an administration asks, the citizen lets the answer be used.

Who asks learns nothing about what was told before, and sees it from the moment the citizen says
yes until the day that was named, or until the citizen stops it.
"""

from datetime import datetime
from typing import Final
from uuid import UUID

from planapi.calendar import danish_date
from planapi.database import Transaction
from planapi.errors import Conflict, Invalid, NotFound, Stale
from planapi.policy.actors import Actor
from planapi.policy.decide import Allowed, Reason, decide
from planapi.policy.resources import Resource, ResourceKind
from planapi.services.changes import Change, change
from planapi.services.consent_offers import longest_until
from planapi.services.places import administration_of, read_history, require_place, write_down
from planapi.services.resources import own
from planapi.services.sight import Sight, look
from planapi.store import told_facts as fact_store
from planapi.store.told_facts import FactRequestRow, Source, ToldFactRow, ToldFactRows
from portal.contract.actions import Action
from portal.contract.goals import History
from portal.contract.people import Role
from portal.contract.told_facts import (
    AnswerFactRequest,
    AskForFact,
    FactRequest,
    FactRequestState,
    GrantFact,
    RefuseFact,
    TellFact,
    ToldFact,
    ToldFactList,
)

_FACT: Final = ResourceKind.TOLD_FACT
_REQUEST: Final = ResourceKind.FACT_REQUEST


async def told_facts(tx: Transaction, actor: Actor, now: datetime, plan_id: UUID) -> ToldFactList:
    """Return what was told and asked for, as far as the actor may see it."""
    sight, rows = await _look_at_facts(tx, actor, now, plan_id)
    citizen = rows.citizen.id
    shown = ToldFactList(
        plan_id=plan_id,
        topics=rows.topics,
        facts=tuple(_without_uses(actor, one) for one in sight.show(rows.facts, _of_fact)),
        requests=tuple(_without_hint(actor, one) for one in sight.show(rows.requests, _of_request)),
        may_tell=sight.may(Action.CREATE, own(_FACT, citizen)),
        may_ask=sight.may(Action.CREATE, _new_request(sight, citizen)),
        may_grant=_may_grant(sight, citizen),
    )
    sight.log()
    return shown


async def tell_fact(
    tx: Transaction,
    actor: Actor,
    now: datetime,
    plan_id: UUID,
    topic: str,
    command: TellFact,
    version: int,
) -> ToldFact:
    """Replace what the citizen told about a topic; `version` 0 tells it for the first time.

    The contact person may write down what a citizen told aloud, where nothing was told before, and
    change those words until the citizen does. Raises `Conflict` where there is another answer: that
    is to be asked for.
    """
    sight, rows = await _look_at_facts(tx, actor, now, plan_id)
    there = next((one for one in rows.facts if one.topic.code == topic), None)
    sight.require(Action.CREATE, own(_FACT, rows.citizen.id))
    if topic not in {one.code for one in rows.topics}:
        raise NotFound
    if there is not None and not sight.may(Action.EDIT, _of_fact(there)):
        raise Conflict
    changed = change({"text": there.text} if there else {}, command.model_dump())
    if there is not None and not changed:
        return _show_fact(sight, rows, topic)
    if version != (there.version if there else 0):
        raise Stale(current=_show_fact(sight, rows, topic) if there else None)
    written = await _tell(tx, sight, plan_id, topic, command.text, there)
    newest = await _fact_again(tx, sight, plan_id, topic)
    if not written:
        raise await sight.stale(newest)
    _write_down(tx, _FACT, plan_id, newest.id, "edited" if there else "created", changed)
    return newest


async def fact_history(
    tx: Transaction, actor: Actor, now: datetime, plan_id: UUID, topic: str
) -> History:
    """Return what was changed in what the citizen told, newest first.

    Only to the citizen: an administration may use the answer of today, not what it was before.
    """
    sight, rows = await _look_at_facts(tx, actor, now, plan_id)
    found = next((one for one in rows.facts if one.topic.code == topic), None)
    if found is None:
        raise NotFound
    sight.require(Action.EDIT, _of_fact(found))
    return await read_history(tx, _FACT, found.id)


async def fact_request_history(
    tx: Transaction, actor: Actor, now: datetime, request_id: UUID
) -> History:
    """Return how a request was answered, newest first, to whoever sees it."""
    reading = fact_store.reading_of_fact_request(request_id, danish_date(now))
    sight, row = await look(tx, actor, now, reading)
    _show_request(sight, row)
    return await read_history(tx, _REQUEST, request_id)


async def ask_for_fact(
    tx: Transaction, actor: Actor, now: datetime, plan_id: UUID, command: AskForFact
) -> FactRequest:
    """Ask about a topic. Raises `Conflict` where the same question is open, or may be used now."""
    sight, rows = await _look_at_facts(tx, actor, now, plan_id)
    resource = _new_request(sight, rows.citizen.id)
    sight.require(Action.CREATE, resource)
    assert resource.administration is not None  # noqa: S101 - the policy lets nobody else ask
    if command.topic not in {one.code for one in rows.topics}:
        raise Invalid.field("topic", "unknown")
    in_use = any(
        one.topic.code == command.topic
        and one.administration is resource.administration
        and one.state is FactRequestState.GRANTED
        for one in rows.requests
    )
    request_id = (
        None
        if in_use
        else await fact_store.insert_request(
            tx,
            plan_id,
            command.topic,
            command.purpose,
            administration=resource.administration,
            by=actor.person_id,
            at=now,
        )
    )
    if request_id is None:
        raise Conflict
    _write_down(tx, _REQUEST, plan_id, request_id, "created", change({}, command.model_dump()))
    return await _request_again(tx, sight, request_id)


async def answer_fact_request(
    tx: Transaction,
    actor: Actor,
    now: datetime,
    request_id: UUID,
    command: AnswerFactRequest,
    version: int,
) -> FactRequest:
    """Let an administration use what was told, refuse it, or stop it from the next reading on.

    Saying yes needs a fresh login, as a consent does; saying no and stopping never do.
    """
    reading = fact_store.reading_of_fact_request(request_id, danish_date(now))
    sight, row = await look(tx, actor, now, reading)
    found = _show_request(sight, row)
    if _is_answered_so(found, command):
        return found
    await sight.require_version(found, version)
    sight.require(_action(command), _of_request(found))
    if isinstance(command, GrantFact):
        done = await _grant(tx, sight, found, command, version)
    else:
        refused = isinstance(command, RefuseFact)
        done = await fact_store.close_request(
            tx,
            request_id,
            FactRequestState.REFUSED if refused else FactRequestState.STOPPED,
            command.reason if isinstance(command, RefuseFact) else "",
            at=now,
            version=version,
        )
    newest = await _request_again(tx, sight, request_id)
    if not done:
        raise await sight.stale(newest)
    changed = change(
        {"state": found.state, "valid_until": found.valid_until},
        {"state": newest.state, "valid_until": newest.valid_until, "reason": newest.reason},
    )
    _write_down(tx, _REQUEST, found.plan_id, request_id, "answered", changed)
    return newest


def _action(command: AnswerFactRequest) -> Action:
    if isinstance(command, GrantFact):
        return Action.GIVE
    return Action.DECLINE if isinstance(command, RefuseFact) else Action.WITHDRAW


def _is_answered_so(found: FactRequestRow, command: AnswerFactRequest) -> bool:
    """Tell whether an answer would change nothing, as after a double tap."""
    if isinstance(command, GrantFact):
        return found.state is FactRequestState.GRANTED and found.valid_until == command.valid_until
    if isinstance(command, RefuseFact):
        return found.state is FactRequestState.REFUSED and found.reason == command.reason
    return found.state is FactRequestState.STOPPED


async def _grant(
    tx: Transaction, sight: Sight, found: FactRequestRow, command: GrantFact, version: int
) -> bool:
    """Let the answer be used; it is told now where it was not told before."""
    if command.valid_until < sight.today:
        raise Invalid.field("valid_until", "in_the_past")
    if command.valid_until > longest_until(sight.today):
        raise Invalid.field("valid_until", "too_late")
    if found.already_told and command.text is not None:
        raise Invalid.field("text", "already_told")
    if not found.already_told:
        if command.text is None:
            raise Invalid.field("text", "missing")
        topic = found.topic.code
        if not await _tell(tx, sight, found.plan_id, topic, command.text, None):
            raise Conflict  # told elsewhere meanwhile
        told = await _fact_again(tx, sight, found.plan_id, topic)
        changed = change({}, {"text": command.text})
        _write_down(tx, _FACT, found.plan_id, told.id, "created", changed)
    return await fact_store.grant_request(
        tx, found.id, command, today=sight.today, at=sight.now, version=version
    )


async def _tell(
    tx: Transaction,
    sight: Sight,
    plan_id: UUID,
    topic: str,
    text: str,
    there: ToldFactRow | None,
) -> bool:
    source = Source(sight.actor.person_id, sight.now, sight.actor.role is not Role.CITIZEN)
    if there is None:
        return await fact_store.insert_fact(tx, plan_id, topic, text, source) is not None
    return await fact_store.update_fact(tx, there.id, text, source, version=there.version)


def _of_fact(row: ToldFactRow) -> Resource:
    return Resource(
        _FACT,
        row.id,
        row.citizen_id,
        granted_to=frozenset(use.administration for use in row.uses),
        created_by=row.given_by.id if row.on_behalf else None,
    )


def _of_request(row: FactRequestRow) -> Resource:
    return Resource(
        _REQUEST, row.id, row.citizen_id, administration=row.administration, state=row.state
    )


def _new_request(sight: Sight, citizen_id: UUID) -> Resource:
    return Resource(_REQUEST, None, citizen_id, administration=administration_of(sight.actor))


def _may_grant(sight: Sight, citizen_id: UUID) -> bool:
    """Tell whether the actor says yes in this plan, if need be after logging in again."""
    asked = Resource(_REQUEST, citizen_id, citizen_id, state=FactRequestState.OPEN)
    answer = decide(sight.actor, Action.GIVE, asked, sight.facts, sight.now)
    return isinstance(answer, Allowed) or answer.reason is Reason.STEP_UP_NEEDED


def _without_uses(actor: Actor, fact: ToldFactRow) -> ToldFactRow:
    """A fact without who else uses it: that is the citizen's to know."""
    if actor.role is Role.CITIZEN:
        return fact
    return fact.model_copy(update={"uses": (), "first_asked_by": None})


def _without_hint(actor: Actor, request: FactRequestRow) -> FactRequestRow:
    """A request without whether there is an answer: whoever asks does not learn that."""
    if actor.role is Role.CITIZEN:
        return request
    return request.model_copy(update={"already_told": False})


async def _look_at_facts(
    tx: Transaction, actor: Actor, now: datetime, plan_id: UUID
) -> tuple[Sight, ToldFactRows]:
    reading = fact_store.reading_of_told_facts(plan_id, danish_date(now))
    sight, rows = await look(tx, actor, now, reading)
    require_place(sight, rows)
    assert rows is not None  # noqa: S101 - there is a place
    return sight, rows


def _show_fact(sight: Sight, rows: ToldFactRows, topic: str) -> ToldFactRow:
    found = next((one for one in rows.facts if one.topic.code == topic), None)
    shown = sight.show_one(found, _of_fact)
    if shown is None:
        raise NotFound
    sight.log()
    return shown


async def _fact_again(tx: Transaction, sight: Sight, plan_id: UUID, topic: str) -> ToldFactRow:
    rows = await fact_store.reading_of_told_facts(plan_id, sight.today).run(tx)
    if rows is None:
        raise NotFound
    return _show_fact(sight, rows, topic)


def _show_request(sight: Sight, row: FactRequestRow | None) -> FactRequestRow:
    shown = sight.show_one(row, _of_request)
    if shown is None:
        raise NotFound
    sight.log()
    return _without_hint(sight.actor, shown)


async def _request_again(tx: Transaction, sight: Sight, request_id: UUID) -> FactRequestRow:
    reading = fact_store.reading_of_fact_request(request_id, sight.today)
    return _show_request(sight, await reading.run(tx))


def _write_down(
    tx: Transaction,
    kind: ResourceKind,
    plan_id: UUID,
    resource_id: UUID,
    what: str,
    changed: Change,
) -> None:
    write_down(tx, kind, resource_id, what, changed, plan_id=plan_id, event="fact")
