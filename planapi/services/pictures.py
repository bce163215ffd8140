"""Pictures of people: for those who may know the person, or turn to them as contact person."""

from datetime import datetime
from uuid import UUID

from planapi.calendar import danish_date
from planapi.database import Transaction
from planapi.errors import NotFound
from planapi.policy.actors import Actor
from planapi.policy.resources import ResourceKind
from planapi.services.resources import own
from planapi.services.sight import Sight, look
from planapi.store.pictures import reading_of_picture
from portal.contract.actions import Action
from portal.contract.people import DownloadedPicture, Role


async def picture(
    tx: Transaction, actor: Actor, now: datetime, person_id: UUID
) -> DownloadedPicture:
    """Return the picture of a person. Raises `NotFound` where there is none for the actor."""
    reading = reading_of_picture(person_id, actor.person_id, danish_date(now))
    sight, found = await look(tx, actor, now, reading)
    knows = _knows(sight, person_id)
    reaches = _turns_to_somebody(sight) and found is not None and found.is_contact
    if not (knows or reaches) or found is None or found.media_type is None:
        raise NotFound
    sight.log()
    return DownloadedPicture(media_type=found.media_type, content=found.content)


def _knows(sight: Sight, person_id: UUID) -> bool:
    """At work, it is a reading for the access log; a family knows what its members look like."""
    person = own(ResourceKind.PERSON, person_id, person_id)
    if sight.actor.role is Role.CONTACT_PERSON:
        return sight.sees(person)
    return sight.may(Action.READ, person)


def _turns_to_somebody(sight: Sight) -> bool:
    """A citizen who sees their own plan sees whom they turn to in it."""
    return sight.actor.role is Role.CITIZEN and sight.may(
        Action.READ, own(ResourceKind.PLAN, sight.actor.person_id)
    )
