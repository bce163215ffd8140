"""Logins: the portal asks who is behind one."""

from fastapi import APIRouter

from planapi.dependencies import CurrentContext
from planapi.idempotency import FromPortal
from planapi.services import people
from portal.contract.people import LinkedIdentity, LinkIdentity

router = APIRouter(prefix="/v1/identities", tags=["people"])


@router.post("")
async def link_identity(
    login: LinkIdentity, request: FromPortal, context: CurrentContext
) -> LinkedIdentity:
    """Tie a verified login to a person."""
    async with context.database.service_transaction() as tx:
        await request.require_same(tx)
        return await people.link_identity(tx, login, context.secret_key.get_secret_value())
