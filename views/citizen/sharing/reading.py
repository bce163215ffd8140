"""What the page Deling reads: one's own consents, and those of children that wait for a parent."""

import asyncio
from dataclasses import dataclass
from typing import Final

from portal.contract.actions import Action
from portal.contract.consents import Consent, ConsentList
from portal.plan_client import PlanClient

_CUSTODY: Final = "custody"
"""The policy's code for who has custody of whom."""


@dataclass(frozen=True)
class Sharing:
    """``own`` are the person's consents; ``to_sign`` wait for them, a child's consents too."""

    own: ConsentList
    to_sign: tuple[Consent, ...]


async def read_sharing(client: PlanClient) -> Sharing:
    """Read everything that the page shows. Raises a ``PlanError``."""
    own, others = await asyncio.gather(client.consents(), client.people())
    children = [one.person.id for one in others.people if one.ground == _CUSTODY]
    lists = await asyncio.gather(*(client.consents_of_child(child) for child in children))
    return Sharing(
        own, tuple(one for found in (own, *lists) for one in found.consents if one.may(Action.SIGN))
    )
