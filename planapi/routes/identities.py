"""Logins: the portal asks who is behind one."""

from fastapi import APIRouter

from planapi.dependencies import CurrentContext, Portal
from planapi.services import people
from portal.contract.people import LinkedIdentity, LinkIdentity

router = APIRouter(prefix="/v1/identities", tags=["people"])


@router.post("")
async def link_identity(
    login: LinkIdentity, _portal: Portal, context: CurrentContext
) -> LinkedIdentity:
    """Tie a verified login to a person."""
    return await people.link_identity(
        context.database, login, context.secret_key.get_secret_value()
    )
