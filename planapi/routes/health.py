"""Whether the process lives and can serve. Public: load balancers ask, and learn nothing."""

from fastapi import APIRouter, Response

from planapi.dependencies import CurrentContext
from planapi.errors import Unavailable

router = APIRouter(tags=["health"])


@router.get("/healthz", status_code=204, response_class=Response)
async def healthz() -> None:
    """Tell that the process answers."""


@router.get("/readyz", status_code=204, response_class=Response)
async def readyz(context: CurrentContext) -> None:
    """Tell that the database answers; 503 when it does not."""
    if not await context.database.answers():
        raise Unavailable
