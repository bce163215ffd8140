"""Which plan is the reader's own, for the screens that read a part of it."""

from uuid import UUID

from portal.plan_client import PlanClient, PlanNotFound


async def own_plan_id(client: PlanClient) -> UUID:
    """Return the id of the reader's plan. Raises ``PlanNotFound`` where there is none."""
    plan_id = (await client.me()).plan_id
    if plan_id is None:
        raise PlanNotFound("no plan")
    return plan_id
