"""Consents: seen, given and withdrawn by the citizen. What one works for is the policy's matter."""

from datetime import date, datetime
from uuid import UUID

from planapi.calendar import danish_date
from planapi.database import Transaction
from planapi.errors import Conflict, Invalid, NotAllowed, NotFound
from planapi.events import person_topic, plan_topic, publish
from planapi.history import record
from planapi.policy.actors import Actor
from planapi.policy.ages import AgeRight, has_right
from planapi.policy.resources import Resource, ResourceKind
from planapi.services.consent_offers import offers, problems
from planapi.services.consent_receipts import receipt
from planapi.services.resources import own
from planapi.services.sight import Sight, open_eyes
from planapi.store import consents as store
from planapi.store.consents import StoredConsent, Surroundings
from portal.contract.actions import Action
from portal.contract.base import Language
from portal.contract.consents import (
    Consent,
    ConsentKind,
    ConsentList,
    ConsentOffer,
    ConsentOffers,
    ConsentState,
    GiveConsent,
    RenewConsent,
    SignConsent,
    Signer,
    ToAdministration,
    ToPerson,
)
from portal.contract.receipts import ConsentReceipt


def resource_of(stored: StoredConsent) -> Resource:
    """Return what the policy needs to know about a consent."""
    recipient = stored.consent.recipient
    return Resource(
        ResourceKind.CONSENT,
        stored.consent.id,
        stored.citizen_id,
        administration=recipient.administration
        if isinstance(recipient, ToAdministration)
        else None,
        state=stored.consent.state,
        variety=stored.consent.kind,
        created_by=stored.consent.given_by.id if stored.consent.given_by else None,
    )


async def consents(
    tx: Transaction, actor: Actor, now: datetime, citizen_id: UUID | None = None
) -> ConsentList:
    """Return all consents of the actor, active first, and whether they may give one.

    Of a child (``citizen_id``), to a custody holder: those that are the holder's to give.

    ``may_give`` is true also where the login is too old for it: the person can log in again. It is
    false without a plan.
    """
    sight = await open_eyes(tx, actor, now)
    citizen_id = await _whose(sight, citizen_id)
    found = await store.read_consents(tx, citizen_id, sight.today)
    surroundings = await store.read_surroundings(tx, citizen_id, sight.today)
    seen = [stored for stored in found if sight.sees(resource_of(stored))]
    sight.log()
    return ConsentList(
        consents=tuple(_with_allowed(sight, stored) for stored in seen),
        may_give=surroundings.plan_id is not None
        and any(
            sight.may_after_login(Action.GIVE, _new_consent(citizen_id, kind))
            for kind in ConsentKind
        ),
    )


async def consent(tx: Transaction, actor: Actor, consent_id: UUID, now: datetime) -> Consent:
    """Return one consent. Raises `NotFound`."""
    sight = await open_eyes(tx, actor, now)
    return _with_allowed(sight, await _find(tx, sight, consent_id))


async def consent_receipt(
    tx: Transaction, actor: Actor, consent_id: UUID, now: datetime
) -> ConsentReceipt:
    """Return one consent as a record to keep. Raises `NotFound`."""
    sight = await open_eyes(tx, actor, now)
    stored = await _find(tx, sight, consent_id)
    return receipt(stored.consent, await store.read_parties(tx, consent_id), now)


async def consent_offers(
    tx: Transaction,
    actor: Actor,
    language: Language,
    now: datetime,
    citizen_id: UUID | None = None,
) -> ConsentOffers:
    """Return what the actor can consent to, for a child of theirs where one is named."""
    sight = await open_eyes(tx, actor, now)
    citizen_id = await _whose(sight, citizen_id)
    if not any(
        sight.may_after_login(Action.GIVE, _new_consent(citizen_id, kind)) for kind in ConsentKind
    ):
        raise NotAllowed
    on_offer, _ = await _offers(tx, citizen_id, language, now)
    return ConsentOffers(
        offers=tuple(
            offer
            for offer in on_offer
            if sight.may_after_login(Action.GIVE, _new_consent(citizen_id, offer.text.kind))
        )
    )


async def give_consent(
    tx: Transaction,
    actor: Actor,
    command: GiveConsent,
    now: datetime,
    citizen_id: UUID | None = None,
) -> Consent:
    """Give a consent that works from now on, as a custody holder where a child is named.

    Between 16 and 17 a holistic plan waits for the other one's signature.

    Raises `Conflict` when the text on the screen is not the one of today, `Invalid` when the
    choices do not fit, `NotAllowed` without a plan, `StepUpNeeded` when the login is too old or
    too weak.
    """
    sight = await open_eyes(tx, actor, now)
    citizen_id = await _whose(sight, citizen_id)
    sight.require(Action.GIVE, _new_consent(citizen_id, command.kind))
    return await _give(tx, sight, citizen_id, command)


async def sign_consent(
    tx: Transaction, actor: Actor, consent_id: UUID, command: SignConsent, now: datetime
) -> Consent:
    """Sign what somebody else has given, which works from now on. Signed twice is signed once.

    Raises `Conflict` when the text on the screen is not the one that was agreed to.
    """
    sight = await open_eyes(tx, actor, now)
    stored = await _find(tx, sight, consent_id)
    sight.require(Action.SIGN, resource_of(stored))
    text = stored.consent.text
    if (command.text_version, command.text_language, command.text_sha256) != (
        text.version,
        text.language,
        text.sha256,
    ):
        raise Conflict
    if await store.insert_signature(tx, consent_id, actor.person_id, actor.loa.value):
        record(
            tx,
            resource_kind=ResourceKind.CONSENT,
            resource_id=consent_id,
            change="signed",
            before={"state": ConsentState.WAITING},
            after={"state": ConsentState.ACTIVE},
        )
        _tell(tx, stored, await store.read_surroundings(tx, stored.citizen_id, sight.today))
    return _with_allowed(sight, await _find(tx, sight, consent_id))


async def renew_consent(
    tx: Transaction, actor: Actor, consent_id: UUID, command: RenewConsent, now: datetime
) -> Consent:
    """Give the same consent for another period; it takes the place of the earlier one.

    Raises as `give_consent` does, and `Conflict` where it was renewed already.
    """
    sight = await open_eyes(tx, actor, now)
    stored = await _find(tx, sight, consent_id)
    sight.require(Action.RENEW, resource_of(stored))
    again = _same_again(stored.consent, command)
    return await _give(tx, sight, stored.citizen_id, again, renewed=stored)


async def withdraw_consent(
    tx: Transaction, actor: Actor, consent_id: UUID, now: datetime
) -> Consent:
    """Withdraw a consent: it counts no more at the next read. Never refused for an old login.

    One that is withdrawn or expired already stays as it is. Raises `NotFound`.
    """
    sight = await open_eyes(tx, actor, now)
    stored = await _find(tx, sight, consent_id)
    if stored.consent.state not in {ConsentState.ACTIVE, ConsentState.WAITING}:
        return _with_allowed(sight, stored)
    sight.require(Action.WITHDRAW, resource_of(stored))
    if await store.insert_withdrawal(tx, consent_id, actor.person_id):
        _record_end(tx, stored, "withdrawn")
        surroundings = await store.read_surroundings(tx, stored.citizen_id, sight.today)
        _tell(tx, stored, surroundings)
    return _with_allowed(sight, await _find(tx, sight, consent_id))


async def _whose(sight: Sight, citizen_id: UUID | None) -> UUID:
    """Whose consents somebody asks for. Raises `NotFound` for who is not a child of theirs."""
    if citizen_id is None or citizen_id == sight.actor.person_id:
        return sight.actor.person_id
    if citizen_id not in sight.facts.custody_of:
        raise NotFound
    sight.require(Action.READ, own(ResourceKind.PERSON, citizen_id, citizen_id))
    return citizen_id


def _second_signer(
    kind: ConsentKind, sight: Sight, citizen_id: UUID, born: date | None
) -> Signer | None:
    """Who else must sign: a holistic plan of a young person is theirs and the custody holder's."""
    young = (
        born is not None
        and has_right(AgeRight.YOUTH_PLAN, born, sight.today)
        and not has_right(AgeRight.OF_AGE, born, sight.today)
    )
    if kind is not ConsentKind.HOLISTIC_PLAN or not young:
        return None
    by_citizen = sight.actor.person_id == citizen_id
    return Signer.CUSTODY_HOLDER if by_citizen else Signer.YOUNG_PERSON


async def _give(
    tx: Transaction,
    sight: Sight,
    citizen_id: UUID,
    command: GiveConsent,
    renewed: StoredConsent | None = None,
) -> Consent:
    actor, today = sight.actor, sight.today
    on_offer, surroundings = await _offers(tx, citizen_id, command.text_language, sight.now)
    if surroundings.plan_id is None:
        raise NotAllowed
    offer = _offer_of_text(command, on_offer)
    if found := problems(command, offer, today):
        raise Invalid(errors=found)
    consent_id = await store.insert_consent(
        tx,
        citizen_id,
        command,
        today=today,
        loa=actor.loa.value,
        by=actor.person_id,
        renews=renewed.consent.id if renewed else None,
        waits_for=_second_signer(command.kind, sight, citizen_id, surroundings.born),
    )
    if consent_id is None:
        raise Conflict  # renewed already
    given = await _find(tx, sight, consent_id)
    record(
        tx,
        resource_kind=ResourceKind.CONSENT,
        resource_id=consent_id,
        change="renewed" if renewed else "given",
        after=command.model_dump(),
    )
    if renewed is not None and renewed.consent.state is ConsentState.ACTIVE:
        # Withdrawing the new one later must leave nothing behind.
        await store.insert_withdrawal(tx, renewed.consent.id, actor.person_id, way="renewal")
        _record_end(tx, renewed, "replaced")
    _tell(tx, given, surroundings)
    return _with_allowed(sight, given)


def _same_again(consent: Consent, command: RenewConsent) -> GiveConsent:
    to = consent.recipient
    return GiveConsent(
        kind=consent.kind,
        case=consent.case,
        source=consent.source,
        recipient_administration=to.administration if isinstance(to, ToAdministration) else None,
        recipient_person=to.person.id if isinstance(to, ToPerson) else None,
        categories=consent.categories,
        valid_until=command.valid_until,
        text_id=consent.text.id,
        text_version=command.text_version,
        text_language=command.text_language,
        text_sha256=command.text_sha256,
    )


def _record_end(tx: Transaction, stored: StoredConsent, change: str) -> None:
    record(
        tx,
        resource_kind=ResourceKind.CONSENT,
        resource_id=stored.consent.id,
        change=change,
        before={"state": ConsentState.ACTIVE},
        after={"state": ConsentState.WITHDRAWN},
    )


async def _find(tx: Transaction, sight: Sight, consent_id: UUID) -> StoredConsent:
    stored = await store.read_consent(tx, consent_id, sight.today)
    if stored is None:
        raise NotFound
    sight.require(Action.READ, resource_of(stored))
    sight.sees(resource_of(stored))
    sight.log()
    return stored


async def _offers(
    tx: Transaction, citizen_id: UUID, language: Language, now: datetime
) -> tuple[tuple[ConsentOffer, ...], Surroundings]:
    today = danish_date(now)
    texts = await store.read_current_texts(tx, language, today)
    surroundings = await store.read_surroundings(tx, citizen_id, today)
    return offers(texts, surroundings, today), surroundings


def _offer_of_text(command: GiveConsent, on_offer: tuple[ConsentOffer, ...]) -> ConsentOffer:
    """The offer that the person had on the screen, word for word."""
    seen = (command.text_id, command.text_version, command.text_language, command.text_sha256)
    for offer in on_offer:
        text = offer.text
        if text.kind is command.kind and seen == (
            text.id,
            text.version,
            text.language,
            text.sha256,
        ):
            return offer
    raise Conflict


def _new_consent(citizen_id: UUID, kind: ConsentKind) -> Resource:
    return Resource(ResourceKind.CONSENT, None, citizen_id, variety=kind)


def _with_allowed(sight: Sight, stored: StoredConsent) -> Consent:
    return sight.with_allowed(stored.consent, resource_of(stored))


def _tell(tx: Transaction, stored: StoredConsent, surroundings: Surroundings) -> None:
    """Tell those whose view has changed: the citizen, the plan's readers, the one who may see."""
    topics = [person_topic(stored.citizen_id)]
    if surroundings.plan_id is not None:
        topics.append(plan_topic(surroundings.plan_id))
    if isinstance(stored.consent.recipient, ToPerson):
        topics.append(person_topic(stored.consent.recipient.person.id))
    for topic in topics:
        publish(tx, topic, "consent", stored.consent.id)
