"""Consents: what a citizen lets whom see."""

from http import HTTPStatus
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Response

from planapi.answers import answer
from planapi.dependencies import CurrentActor, CurrentContext
from planapi.idempotency import Idempotent
from planapi.services import consents as service
from portal.contract.base import Language
from portal.contract.consents import (
    Consent,
    ConsentList,
    ConsentOffers,
    GiveConsent,
    RenewConsent,
    SignConsent,
)
from portal.contract.receipts import ConsentReceipt

router = APIRouter(prefix="/v1", tags=["consents"])


@router.get("/consents")
async def consents(actor: CurrentActor, context: CurrentContext) -> ConsentList:
    """Return all consents, active first."""
    async with context.database.transaction(actor) as tx:
        return await service.consents(tx, actor, context.now())


@router.get("/consents/{consent_id}", response_model=Consent)
async def consent(consent_id: UUID, actor: CurrentActor, context: CurrentContext) -> Response:
    """Return one consent."""
    async with context.database.transaction(actor) as tx:
        return answer(await service.consent(tx, actor, consent_id, context.now()))


@router.get("/consent-offers")
async def consent_offers(
    actor: CurrentActor, context: CurrentContext, language: Annotated[Language, Query()] = "da"
) -> ConsentOffers:
    """Return what the person can consent to, with texts in ``language`` (Danish if none)."""
    async with context.database.transaction(actor) as tx:
        return await service.consent_offers(tx, actor, language, context.now())


@router.post("/consents", status_code=HTTPStatus.CREATED, response_model=Consent)
async def give_consent(
    command: GiveConsent, request: Idempotent, actor: CurrentActor, context: CurrentContext
) -> Response:
    """Give a consent; the login is at most 60 minutes old."""
    async with context.database.transaction(actor) as tx:
        done = await request.once(
            tx, lambda: service.give_consent(tx, actor, command, context.now())
        )
    return done.response()


@router.post("/consents/{consent_id}/withdrawal", response_model=Consent)
async def withdraw_consent(
    consent_id: UUID, request: Idempotent, actor: CurrentActor, context: CurrentContext
) -> Response:
    """Withdraw a consent; it works at the next read."""
    async with context.database.transaction(actor) as tx:
        done = await request.once(
            tx,
            lambda: service.withdraw_consent(tx, actor, consent_id, context.now()),
            HTTPStatus.OK,
        )
    return done.response()


@router.post(
    "/consents/{consent_id}/renewal", status_code=HTTPStatus.CREATED, response_model=Consent
)
async def renew_consent(
    consent_id: UUID,
    command: RenewConsent,
    request: Idempotent,
    actor: CurrentActor,
    context: CurrentContext,
) -> Response:
    """Give the same consent for another period; the login is at most 60 minutes old."""
    async with context.database.transaction(actor) as tx:
        done = await request.once(
            tx, lambda: service.renew_consent(tx, actor, consent_id, command, context.now())
        )
    return done.response()


@router.get("/consents/{consent_id}/receipt", response_model=ConsentReceipt)
async def consent_receipt(
    consent_id: UUID, actor: CurrentActor, context: CurrentContext
) -> Response:
    """Return one consent as a record to keep (ISO/IEC TS 27560)."""
    async with context.database.transaction(actor) as tx:
        return answer(await service.consent_receipt(tx, actor, consent_id, context.now()))


@router.post("/consents/{consent_id}/signature", response_model=Consent)
async def sign_consent(
    consent_id: UUID,
    command: SignConsent,
    request: Idempotent,
    actor: CurrentActor,
    context: CurrentContext,
) -> Response:
    """Sign a consent that waits for oneself; the login is at most 60 minutes old."""
    async with context.database.transaction(actor) as tx:
        done = await request.once(
            tx,
            lambda: service.sign_consent(tx, actor, consent_id, command, context.now()),
            HTTPStatus.OK,
        )
    return done.response()


@router.get("/people/{citizen_id}/consents")
async def consents_of_child(
    citizen_id: UUID, actor: CurrentActor, context: CurrentContext
) -> ConsentList:
    """Return a child's consents, to a custody holder, active first."""
    async with context.database.transaction(actor) as tx:
        return await service.consents(tx, actor, context.now(), citizen_id)


@router.get("/people/{citizen_id}/consent-offers")
async def consent_offers_for_child(
    citizen_id: UUID,
    actor: CurrentActor,
    context: CurrentContext,
    language: Annotated[Language, Query()] = "da",
) -> ConsentOffers:
    """Return what a custody holder can consent to for a child."""
    async with context.database.transaction(actor) as tx:
        return await service.consent_offers(tx, actor, language, context.now(), citizen_id)


@router.post(
    "/people/{citizen_id}/consents", status_code=HTTPStatus.CREATED, response_model=Consent
)
async def give_consent_for_child(
    citizen_id: UUID,
    command: GiveConsent,
    request: Idempotent,
    actor: CurrentActor,
    context: CurrentContext,
) -> Response:
    """Give a consent as a custody holder; the login is at most 60 minutes old."""
    async with context.database.transaction(actor) as tx:
        done = await request.once(
            tx, lambda: service.give_consent(tx, actor, command, context.now(), citizen_id)
        )
    return done.response()
