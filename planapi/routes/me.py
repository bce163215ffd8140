"""The person who is signed in."""

from fastapi import APIRouter

from planapi.dependencies import CurrentActor, CurrentContext
from planapi.services import people
from portal.contract.notifications import ChooseNotifications, NotificationChoice
from portal.contract.people import ChooseLanguage, Me

router = APIRouter(prefix="/v1/me", tags=["people"])


@router.get("")
async def me(actor: CurrentActor, context: CurrentContext) -> Me:
    """Return who is signed in."""
    async with context.database.transaction(actor) as tx:
        return await people.me(tx, actor, context.now())


@router.put("/language")
async def choose_language(
    command: ChooseLanguage, actor: CurrentActor, context: CurrentContext
) -> Me:
    """Keep the language that the person reads."""
    async with context.database.transaction(actor) as tx:
        return await people.choose_language(tx, actor, command, context.now())


@router.get("/notifications")
async def notifications(actor: CurrentActor, context: CurrentContext) -> NotificationChoice:
    """Return how the person wants to be told of news."""
    async with context.database.transaction(actor) as tx:
        return await people.notifications(tx, actor, context.now())


@router.put("/notifications")
async def choose_notifications(
    command: ChooseNotifications, actor: CurrentActor, context: CurrentContext
) -> NotificationChoice:
    """Keep how the person wants to be told of news."""
    async with context.database.transaction(actor) as tx:
        return await people.choose_notifications(tx, actor, command, context.now())
