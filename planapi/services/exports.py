"""Everything that a citizen may see, gathered from the services that show it: no second way."""

import json
import re
from collections.abc import AsyncIterator, Iterable, Iterator
from datetime import datetime
from itertools import chain
from typing import Final
from uuid import UUID

from planapi.database import Transaction
from planapi.errors import NotFound
from planapi.fhir.bundle import bundle
from planapi.policy.actors import Actor
from planapi.policy.resources import ResourceKind
from planapi.services.access_log import access_log
from planapi.services.assessments import assessment
from planapi.services.consents import consent_receipt, consents
from planapi.services.follow_ups import follow_ups
from planapi.services.goals import goal, goal_history, goals
from planapi.services.helpers import helpers
from planapi.services.households import households
from planapi.services.memberships import invitations
from planapi.services.minutes import all_minutes
from planapi.services.overview import overview
from planapi.services.people import me, notifications
from planapi.services.plans import own_plan_request, plan
from planapi.services.resources import own
from planapi.services.rights import rights_requests
from planapi.services.sharing import sharing
from planapi.services.sight import open_eyes
from planapi.services.threads import thread, threads
from planapi.services.told_facts import told_facts
from portal.contract.access import AccessEntry
from portal.contract.actions import Action
from portal.contract.exports import (
    EXPORT_MEDIA_TYPES,
    Export,
    ExportedAttachment,
    ExportedGoal,
    ExportFormat,
    PlanExport,
)
from portal.contract.messages import Thread

_QUALITY: Final = re.compile(r"q=([01](?:\.\d{0,3})?)")


def accepted_format(accept: str) -> ExportFormat:
    """Return the form that an ``Accept`` header prefers (RFC 9110 section 12.5.1).

    JSON where it names neither form: an answer in another form is better than none.
    """
    weights = {form: _weight(accept, media) for form, media in EXPORT_MEDIA_TYPES.items()}
    return max(ExportFormat, key=lambda form: weights[form])


def _weight(accept: str, media: str) -> float:
    for part in accept.split(","):
        name, _, rest = part.partition(";")
        if name.strip().lower() == media:
            found = _QUALITY.search(rest)
            return float(found[1]) if found else 1.0
    return 0.0


def written(found: Export, form: ExportFormat) -> bytes:
    """Return an export as bytes. Takes a second where there is much: call it in a thread."""
    if form is ExportFormat.FHIR:
        return json.dumps(bundle(found), ensure_ascii=False).encode()
    return found.model_dump_json().encode()


async def export(tx: Transaction, actor: Actor, now: datetime) -> Export:
    """Return everything. Raises `NotAllowed` for whoever is not signed in as a citizen."""
    sight = await open_eyes(tx, actor, now)
    sight.require(Action.READ, own(ResourceKind.EXPORT, actor.person_id))
    listed = await goals(tx, actor, now)
    given = await consents(tx, actor, now)
    seen = await overview(tx, actor, now)
    talks = tuple([one async for one in _threads(tx, actor, now)])
    return Export(
        made_at=now,
        me=await me(tx, actor, now),
        plan_request=await own_plan_request(tx, sight, actor.person_id),
        contact_person=seen.contact_person,
        deputy=seen.deputy,
        handover=seen.handover,
        notifications=await notifications(tx, actor, now),
        plan=await _plan(tx, actor, now),
        goals=tuple(
            [await _goal(tx, actor, now, one.id) for one in chain(listed.own, listed.household)]
        ),
        threads=talks,
        attachments=tuple(_attachments(talks)),
        households=await households(tx, actor, now),
        invitations=await invitations(tx, actor, now),
        consents=tuple([await consent_receipt(tx, actor, one.id, now) for one in given.consents]),
        helpers=await helpers(tx, actor, now),
        requests=await rights_requests(tx, actor, now),
        sharing=await sharing(tx, actor, now),
        access_log=tuple([entry async for entry in _access_log(tx, actor, now)]),
    )


async def _plan(tx: Transaction, actor: Actor, now: datetime) -> PlanExport | None:
    try:
        own_plan = await plan(tx, actor, now)
    except NotFound:
        return None  # a citizen without a plan
    return PlanExport(
        plan=own_plan,
        assessment=await assessment(tx, actor, now, own_plan.id),
        follow_ups=await follow_ups(tx, actor, now, own_plan.id),
        minutes=await all_minutes(tx, actor, now, own_plan.id),
        facts=await told_facts(tx, actor, now, own_plan.id),
    )


async def _goal(tx: Transaction, actor: Actor, now: datetime, goal_id: UUID) -> ExportedGoal:
    return ExportedGoal(
        goal=await goal(tx, actor, now, goal_id),
        history=await goal_history(tx, actor, now, goal_id),
    )


async def _threads(tx: Transaction, actor: Actor, now: datetime) -> AsyncIterator[Thread]:
    """All threads, each with all its messages."""
    cursor = None
    while True:
        page = await threads(tx, actor, now, cursor)
        for summary in page.threads:
            yield await _whole_thread(tx, actor, now, summary.id)
        if (cursor := page.next_cursor) is None:
            return


def _attachments(talks: Iterable[Thread]) -> Iterator[ExportedAttachment]:
    for talk in talks:
        for message in talk.messages:
            for file in message.attachments:
                yield ExportedAttachment(
                    **file.model_dump(),
                    thread_id=talk.id,
                    message_id=message.id,
                    sent_by=message.author,
                )


async def _whole_thread(tx: Transaction, actor: Actor, now: datetime, thread_id: UUID) -> Thread:
    newest = page = await thread(tx, actor, now, thread_id, None)
    messages = page.messages
    while page.older_cursor is not None:
        page = await thread(tx, actor, now, thread_id, page.older_cursor)
        messages = page.messages + messages
    return newest.model_copy(update={"messages": messages, "older_cursor": None})


async def _access_log(tx: Transaction, actor: Actor, now: datetime) -> AsyncIterator[AccessEntry]:
    cursor = None
    while True:
        page = await access_log(tx, actor, cursor, now)
        for entry in page.entries:
            yield entry
        if (cursor := page.next_cursor) is None:
            return
