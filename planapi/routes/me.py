"""The person who is signed in."""

from fastapi import APIRouter, Response

from planapi.answers import answer
from planapi.dependencies import CurrentActor, CurrentContext, SeenVersion
from planapi.services import people
from portal.contract.notifications import ChooseNotifications, NotificationChoice
from portal.contract.people import ChooseLanguage, Me

router = APIRouter(prefix="/v1/me", tags=["people"])


@router.get("", response_model=Me)
async def me(actor: CurrentActor, context: CurrentContext) -> Response:
    """Return who is signed in."""
    async with context.database.transaction(actor) as tx:
        return answer(await people.me(tx, actor, context.now()))


@router.put("/language", response_model=Me)
async def choose_language(
    command: ChooseLanguage, version: SeenVersion, actor: CurrentActor, context: CurrentContext
) -> Response:
    """Keep the language that the person reads; `If-Match: "0"` where they have never chosen."""
    async with context.database.transaction(actor) as tx:
        return answer(await people.choose_language(tx, actor, context.now(), command, version))


@router.get("/notifications", response_model=NotificationChoice)
async def notifications(actor: CurrentActor, context: CurrentContext) -> Response:
    """Return how the person wants to be told of news."""
    async with context.database.transaction(actor) as tx:
        return answer(await people.notifications(tx, actor, context.now()))


@router.put("/notifications", response_model=NotificationChoice)
async def choose_notifications(
    command: ChooseNotifications,
    version: SeenVersion,
    actor: CurrentActor,
    context: CurrentContext,
) -> Response:
    """Keep how the person wants to be told of news; `If-Match: "0"` for the first choice."""
    async with context.database.transaction(actor) as tx:
        return answer(await people.choose_notifications(tx, actor, context.now(), command, version))
