"""Deliveries by sector systems. Who delivers owns what is delivered: its administration does."""

from http import HTTPStatus
from typing import Annotated, Any, Final, Literal

from fastapi import APIRouter, Path, Query, Response

from planapi.dependencies import Context, CurrentClient, CurrentContext
from planapi.errors import Conflict
from planapi.oauth import Client
from planapi.services import integration, withdrawals
from portal.contract.integration import (
    AppointmentItem,
    DecisionItem,
    DeliverAppointment,
    DeliverDecision,
    DeliverIntervention,
    DeliverItems,
    Delivery,
    DeliveryList,
    DeliveryOutcome,
    ExternalId,
    InterventionItem,
    Item,
    ItemKind,
)

router = APIRouter(prefix="/v1/integration", tags=["integration"])

PATH: Final = "/v1/integration/items"
"""Where a batch goes: a larger body than any other."""

_KINDS: Final = {
    "interventions": ItemKind.INTERVENTION,
    "appointments": ItemKind.APPOINTMENT,
    "decisions": ItemKind.DECISION,
}

Id = Annotated[ExternalId, Path(description="What the source calls it", examples=["outlook-4711"])]

_STATUS: Final = {
    DeliveryOutcome.CREATED: HTTPStatus.CREATED,
    DeliveryOutcome.QUEUED: HTTPStatus.ACCEPTED,
}
# Another content under the same version, or another person, is a conflict.
_ANSWERS: Final[dict[int | str, dict[str, Any]]] = {
    200: {"description": "Updated, unchanged, or ignored since a later version is there"},
    201: {"model": Delivery, "description": "Created"},
    202: {"model": Delivery, "description": "Kept until the person has a plan here"},
}


@router.put("/interventions/{external_id}", response_model=Delivery, responses=_ANSWERS)
async def deliver_intervention(
    external_id: Id, command: DeliverIntervention, client: CurrentClient, context: CurrentContext
) -> Response:
    """Deliver an intervention."""
    fields = command.model_dump() | {"kind": ItemKind.INTERVENTION, "external_id": external_id}
    return await _deliver(InterventionItem.model_validate(fields), client, context)


@router.put("/appointments/{external_id}", response_model=Delivery, responses=_ANSWERS)
async def deliver_appointment(
    external_id: Id, command: DeliverAppointment, client: CurrentClient, context: CurrentContext
) -> Response:
    """Deliver a meeting."""
    fields = command.model_dump() | {"kind": ItemKind.APPOINTMENT, "external_id": external_id}
    return await _deliver(AppointmentItem.model_validate(fields), client, context)


@router.put("/decisions/{external_id}", response_model=Delivery, responses=_ANSWERS)
async def deliver_decision(
    external_id: Id, command: DeliverDecision, client: CurrentClient, context: CurrentContext
) -> Response:
    """Deliver a decision."""
    fields = command.model_dump() | {"kind": ItemKind.DECISION, "external_id": external_id}
    return await _deliver(DecisionItem.model_validate(fields), client, context)


@router.delete("/{kind}/{external_id}", response_model=Delivery)
async def withdraw_item(
    kind: Annotated[
        Literal["interventions", "appointments", "decisions"], Path(description="What it is")
    ],
    external_id: Id,
    version: Annotated[
        int, Query(ge=1, lt=2**53, description="The source's number: later than what it delivered")
    ],
    client: CurrentClient,
    context: CurrentContext,
) -> Response:
    """Take an item out of the plan again, or out of the queue; 404 where it never was there."""
    delivery = await withdrawals.withdraw(
        context.database, client, (_KINDS[kind], external_id), version, context.now()
    )
    if delivery.outcome is DeliveryOutcome.REFUSED:
        raise Conflict(errors=delivery.errors)
    return Response(delivery.model_dump_json(), media_type="application/json")


@router.put("/items", response_model=DeliveryList)
async def deliver_items(
    command: DeliverItems, client: CurrentClient, context: CurrentContext
) -> Response:
    """Deliver, or withdraw, up to 10,000 items; each is answered for itself, in order.

    Whoever gets no answer sends the same again: what was written is found unchanged.
    """
    items = await integration.deliver(
        context.database,
        client,
        command.items,
        context.secret_key.get_secret_value(),
        context.now(),
    )
    return Response(DeliveryList(items=items).model_dump_json(), media_type="application/json")


async def _deliver(item: Item, client: Client, context: Context) -> Response:
    (delivery,) = await integration.deliver(
        context.database, client, [item], context.secret_key.get_secret_value(), context.now()
    )
    if delivery.outcome is DeliveryOutcome.REFUSED:
        raise Conflict(errors=delivery.errors)
    return Response(
        delivery.model_dump_json(),
        _STATUS.get(delivery.outcome, HTTPStatus.OK),
        media_type="application/json",
    )
