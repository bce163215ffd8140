"""What citizens ask by right: a correction (GDPR art. 16), or why somebody read something."""

from datetime import datetime
from typing import Final
from uuid import UUID

from planapi import history
from planapi.database import Transaction
from planapi.errors import Conflict, Invalid, NotFound
from planapi.events import person_topic, plan_topic, publish
from planapi.policy.actors import Actor
from planapi.policy.resources import Resource, ResourceKind
from planapi.services.sight import Sight, look, open_eyes
from planapi.store import plans as plan_store
from planapi.store import rights as store
from planapi.store import safety as safety_store
from planapi.store.rights import AskedAbout, RightsRequestRow
from portal.contract.actions import Action
from portal.contract.people import Role
from portal.contract.rights import (
    UNKNOWN_ITEM,
    AboutItem,
    AnswerRightsRequest,
    AskAboutItem,
    NewRightsRequest,
    Outcome,
    RequestState,
    RightsRequest,
    RightsRequestList,
)

_OUTCOMES: Final = {
    "correction": frozenset({Outcome.CORRECTED, Outcome.NOTED, Outcome.DECLINED}),
    "access_question": frozenset({Outcome.EXPLAINED}),
}


async def rights_requests(tx: Transaction, actor: Actor, now: datetime) -> RightsRequestList:
    """Return a citizen's own requests; a contact person's citizens' that wait for an answer."""
    sight = await open_eyes(tx, actor, now)
    if actor.role is Role.CITIZEN:
        reading = store.reading_of_requests(actor.person_id)
    else:
        mine = sight.facts.contact_person_of | sight.facts.deputy_for
        reading = store.reading_of_requests_at_work(sorted(mine))
    found = await reading.run(tx)
    shown = sight.show(found.requests if found else (), _of)
    sight.log()
    return RightsRequestList(requests=tuple(_without_unknown(sight, one) for one in shown))


async def ask_by_right(
    tx: Transaction, actor: Actor, now: datetime, command: NewRightsRequest
) -> RightsRequest:
    """Ask for a correction, or about an entry of the access log."""
    sight = await open_eyes(tx, actor, now)
    sight.require(Action.CREATE, Resource(ResourceKind.RIGHTS_REQUEST, None, actor.person_id))
    await _require_own(tx, actor, command)
    request_id = await store.insert_request(tx, actor.person_id, command)
    written = await _find(tx, request_id)
    if not _knows_item(sight, written):
        raise Invalid.field("about.resource_id", "unknown")
    await _record_and_tell(tx, written, "created")
    return sight.with_allowed(written, _of(written))


async def answer_rights_request(
    tx: Transaction,
    actor: Actor,
    now: datetime,
    request_id: UUID,
    command: AnswerRightsRequest,
    version: int,
) -> RightsRequest:
    """Answer a citizen. Raises `Conflict` where somebody has answered."""
    sight, found = await look(tx, actor, now, store.reading_of_request(request_id))
    shown = sight.show_one(found, _of)
    if shown is None:
        raise NotFound
    sight.log()
    await sight.require_version(_without_unknown(sight, shown), version)
    if shown.state is RequestState.ANSWERED:
        raise Conflict
    sight.require(Action.ANSWER, _of(shown))
    if command.outcome not in _OUTCOMES[shown.about.kind]:
        raise Invalid.field("outcome", "not_offered")
    if not await store.answer_request(tx, request_id, command, actor.person_id, version):
        raise await sight.stale(_without_unknown(sight, await _find(tx, request_id)))
    written = await _find(tx, request_id)
    await _record_and_tell(tx, written, "answered")
    return _without_unknown(sight, sight.with_allowed(written, _of(written)))


async def _require_own(tx: Transaction, actor: Actor, command: NewRightsRequest) -> None:
    about = command.about
    if isinstance(about, AskAboutItem):
        if not await safety_store.find_hidable(
            tx, about.resource_kind, about.resource_id, actor.person_id
        ):
            raise Invalid.field("about.resource_id", "unknown")
    elif not await store.owns_entry(tx, actor.person_id, about.access_entry_id):
        raise Invalid.field("about.access_entry_id", "unknown")


async def _find(tx: Transaction, request_id: UUID) -> RightsRequestRow:
    found = await store.reading_of_request(request_id).run(tx)
    if found is None:
        raise NotFound
    return found


async def _record_and_tell(tx: Transaction, request: RightsRequest, change: str) -> None:
    history.record(
        tx,
        resource_kind=ResourceKind.RIGHTS_REQUEST,
        resource_id=request.id,
        change=change,
        after=request.model_dump(include={"text", "outcome", "answer"}, exclude_none=True),
    )
    publish(tx, person_topic(request.citizen.id), "request", request.id)
    words = await plan_store.reading_of_about_me(request.citizen.id).run(tx)
    if words is not None:
        publish(tx, plan_topic(words.plan_id), "request", request.id)


def _of(request: RightsRequest) -> Resource:
    return Resource(
        ResourceKind.RIGHTS_REQUEST, request.id, request.citizen.id, state=request.state
    )


def _without_unknown(sight: Sight, request: RightsRequestRow) -> RightsRequestRow:
    """A request, without the id of something that the actor may not know of."""
    if _knows_item(sight, request):
        return request
    about = request.about.model_copy(update={"resource_id": UNKNOWN_ITEM})
    return request.model_copy(update={"about": about})


def _knows_item(sight: Sight, request: RightsRequestRow) -> bool:
    about, item = request.about, request.item or AskedAbout()
    return not isinstance(about, AboutItem) or sight.may(
        Action.READ,
        Resource(
            ResourceKind(about.resource_kind),
            about.resource_id,
            request.citizen.id,
            administration=item.administration,
            owner=item.owner,
            state=item.state,
        ),
    )
