"""What a random citizen agrees to and asks for: consents, helpers, requests, files with messages.

Each is an item of the world: a word that stands nowhere else, in every field that holds text.
"""

from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import TYPE_CHECKING, Final, get_args
from uuid import UUID, uuid4

from planapi.policy.decide import SENT, UNSENT
from planapi.policy.facts import ConsentFact, HelperFact
from planapi.policy.resources import ResourceKind
from portal.contract.consents import Category, ConsentKind, ConsentState, Signer
from portal.contract.helpers import HelperKind, HelperState
from portal.contract.people import Administration, PlanRequestState
from portal.contract.rights import Correctable, RequestState

if TYPE_CHECKING:
    from tests.planapi.random_worlds import RandomWorld

_ADMINISTRATIONS: Final = list(Administration)


def attach(town: "RandomWorld", owner: UUID, message: UUID | None, thread: UUID | None) -> None:
    """Keep a file: sent with a message of a thread, or with none yet."""
    word = town.a_word()
    content = word.encode()
    made = town.world.insert(
        "attachment",
        plan_id=town.plan,
        owner_id=owner,
        name=f"{word}.txt",
        media_type="text/plain",
        size=len(content),
        sha256=sha256(content).digest(),
    )
    town.world.insert("attachment_content", attachment_id=made, content=content)
    if message is not None:
        town.world.insert("message_attachment", attachment_id=made, message_id=message, position=1)
    state = UNSENT if message is None else SENT
    town.keep(word, ResourceKind.ATTACHMENT, made, state=state, created_by=owner, part_of=thread)


def give_consents(town: "RandomWorld") -> None:
    """Of each kind, and some more; with texts of their own, which are on offer no more."""
    kinds = list(ConsentKind)
    for kind in (*kinds, *town.random.sample(kinds, town.random.randrange(3))):
        _give_consent(town, kind)


def _give_consent(town: "RandomWorld", kind: ConsentKind) -> None:
    world, today, some, word = town.world, town.world.today, town.random, town.a_word()
    to = some.choice([town.bo, town.cleo]) if kind is ConsentKind.FAMILY else None
    source = None if to else some.choice([None, *_ADMINISTRATIONS])
    near = town.administration_of.values()
    administration = None if to else some.choice([*near, *_ADMINISTRATIONS])
    categories = some.sample(list(Category), some.randrange(1, 9))
    first, last = some.choice([(-9, 9), (-9, 0), (-9, -1), (0, 9)])
    withdrawn_at = some.choice([None, None, datetime.now(UTC)])
    giver, waits_for = town.acts.somebody(), None
    if kind is ConsentKind.HOLISTIC_PLAN:
        waits_for = some.choice([None, None, *Signer])
    world.a_consent_text(
        kind,
        id=word,
        title=word,
        purpose=word,
        body=word,
        consequence=word,
        legal_ground=word,
        valid_to=today - timedelta(days=10),
    )
    said = {
        "source": source,
        "recipient_administration": administration,
        "recipient_person": to,
        "categories": [category.value for category in categories],
        "valid_from": today + timedelta(days=first),
        "valid_until": today + timedelta(days=last),
        "case": word,
        "text_id": word,
    }
    made = world.a_consent(town.anna, kind, given_by=giver, waits_for=waits_for, **said)
    if waits_for and some.random() < 0.5:
        world.a_consent(town.anna, kind, given_by=town.acts.somebody(), signs=made, **said)
        waits_for = None
    if withdrawn_at:
        world.a_withdrawal(made, town.anna)
    fact = ConsentFact(
        id=made,
        citizen_id=town.anna,
        kind=kind,
        source=source,
        recipient_administration=administration,
        recipient_person=to,
        categories=frozenset(categories),
        valid_from=said["valid_from"],
        valid_until=said["valid_until"],
        withdrawn_at=withdrawn_at,
    )
    if not waits_for:
        town.consents.append(fact)
    town.in_history(ResourceKind.CONSENT, made, case=word)
    town.keep(
        word,
        ResourceKind.CONSENT,
        made,
        administration=administration,
        state=_state_of_consent(town, fact, waits_for),
        variety=kind,
        created_by=giver,
    )


def _state_of_consent(
    town: "RandomWorld", fact: ConsentFact, waits_for: Signer | None
) -> ConsentState:
    if fact.withdrawn_at:
        return ConsentState.WITHDRAWN
    if waits_for and town.world.today <= fact.valid_until:
        return ConsentState.WAITING
    return ConsentState.ACTIVE if fact.works_on(town.world.today) else ConsentState.EXPIRED


def let_help(town: "RandomWorld") -> None:
    """Bo, Cleo and somebody whom nobody knows here: each not at all, or in one task, or in two."""
    unknown = f"{uuid4().int % 10**10:010}"
    for person, number in (
        (town.bo, town.numbers["bo"]),
        (town.cleo, town.numbers["cleo"]),
        (None, unknown),
    ):
        for _ in range(town.random.randrange(3)):
            _let_help(town, person, number)


def _let_help(town: "RandomWorld", person: UUID | None, number: str) -> None:
    today, some, word = town.world.today, town.random, town.a_word()
    kind = some.choice(list(HelperKind))
    categories = some.sample(list(Category), some.randrange(1, 9))
    first, last = some.choice([(-9, 9), (-9, 0), (-9, -1), (1, 9)])
    ended = some.choice([None, None, datetime.now(UTC)])
    said = {
        "kind": kind,
        "valid_from": today + timedelta(days=first),
        "valid_until": today + timedelta(days=last),
        "ended_at": ended,
    }
    made = town.world.a_helper(
        town.anna,
        number,
        name=word,
        categories=[category.value for category in categories],
        ended_by=town.anna if ended else None,
        **said,
    )
    fact = HelperFact(id=made, citizen_id=town.anna, categories=frozenset(categories), **said)
    if person is not None:
        town.helpers.append((person, fact))
    town.in_history(ResourceKind.HELPER, made, name=word)
    town.keep(
        word,
        ResourceKind.HELPER,
        made,
        state=_state_of_helper(town, fact),
        variety=kind,
    )


def _state_of_helper(town: "RandomWorld", fact: HelperFact) -> HelperState:
    if fact.ended_at:
        return HelperState.ENDED
    if fact.works_on(town.world.today):
        return HelperState.ACTIVE
    coming = fact.valid_from > town.world.today
    return HelperState.COMING if coming else HelperState.EXPIRED


def ask_by_right(town: "RandomWorld") -> None:
    """Corrections of things in the plan, and questions about the access log: also of others."""
    correctable = [
        one.resource
        for one in town.items
        if one.resource.kind in get_args(Correctable) and one.resource.citizen_id
    ]
    for state in RequestState:
        about = town.random.choice(correctable)
        correction = {"resource_kind": about.kind, "resource_id": about.id}
        _ask_by_right(town, town.anna, state, "correction", "noted", **correction)
        for citizen in (town.anna, town.random.choice(town.citizens)):
            entry = _an_entry(town, citizen)
            _ask_by_right(
                town, citizen, state, "access_question", "explained", access_entry_id=entry
            )


def _ask_by_right(
    town: "RandomWorld",
    citizen: UUID,
    state: RequestState,
    kind: str,
    outcome: str,
    **about: object,
) -> None:
    word = town.a_word()
    answer = {
        "outcome": outcome,
        "answer": word,
        "answered_by": town.mette,
        "answered_at": datetime.now(UTC),
    }
    made = town.world.insert(
        "rights_request",
        citizen_id=citizen,
        kind=kind,
        text=word,
        state=state,
        **about,
        **(answer if state is RequestState.ANSWERED else {}),
    )
    town.in_history(ResourceKind.RIGHTS_REQUEST, made, text=word)
    town.keep(word, ResourceKind.RIGHTS_REQUEST, made, citizen_id=citizen, state=state)


def _an_entry(town: "RandomWorld", citizen: UUID) -> int:
    return town.world.insert(
        "access_entry",
        citizen_id=citizen,
        reader_id=town.acts.somebody(),
        reader_role="citizen",
        resource_kind=ResourceKind.PLAN,
        resource_id=town.plan,
        ground="household_member",
    )


def ask_for_plans(town: "RandomWorld") -> None:
    """Everybody has asked once: some have a plan, some a contact person, some nobody yet."""
    for citizen in town.citizens:
        word, state = town.a_word(), town.random.choice(list(PlanRequestState))
        answer = {"answer": word, "answered_by": town.mette, "answered_at": datetime.now(UTC)}
        made = town.world.insert(
            "plan_request",
            citizen_id=citizen,
            text=word,
            state=state,
            **({} if state is PlanRequestState.RECEIVED else answer),
        )
        town.in_history(ResourceKind.PLAN_REQUEST, made, text=word)
        town.keep(
            word,
            ResourceKind.PLAN_REQUEST,
            made,
            citizen_id=citizen,
            state=state,
            contact_person_id=town.contact_persons.get(citizen),
        )
