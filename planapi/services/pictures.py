"""Pictures of people: for those who may know the person, or turn to them as contact person."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from planapi.calendar import danish_date
from planapi.database import Transaction
from planapi.errors import NotFound
from planapi.policy.actors import Actor
from planapi.policy.resources import ResourceKind
from planapi.services.resources import own
from planapi.services.sight import Sight, look
from planapi.store.pictures import NamedPicture, reading_of_picture
from portal.contract.actions import Action
from portal.contract.people import Author, DownloadedPicture, Role


async def picture(
    tx: Transaction, actor: Actor, now: datetime, person_id: UUID
) -> DownloadedPicture:
    """Return the picture of a person. Raises `NotFound` where there is none for the actor."""
    reading = reading_of_picture(person_id, actor.person_id, danish_date(now))
    sight, found = await look(tx, actor, now, reading)
    knows = _knows(sight, person_id)
    reaches = found is not None and _reaches(sight, is_contact=found.is_contact)
    if not (knows or reaches) or found is None or found.media_type is None:
        raise NotFound
    sight.log()
    return DownloadedPicture(media_type=found.media_type, content=found.content)


class Portraits:
    """The pictures of who wrote something: for a citizen, those that `picture` gives them.

    At work there are none: each would be a reading of its own in the citizen's access log.
    """

    def __init__(self, sight: Sight, pictures: Iterable[NamedPicture]) -> None:
        self._of = {
            one.person_id: one.picture
            for one in pictures
            if sight.actor.role is Role.CITIZEN
            and (_knows(sight, one.person_id) or _reaches(sight, is_contact=one.is_contact))
        }

    def beside(self, author: Author) -> Author:
        """Return an author with the picture that the actor may see."""
        return author.model_copy(update={"picture": self._of.get(author.id, "")})


def _knows(sight: Sight, person_id: UUID) -> bool:
    """At work, it is a reading for the access log; a family knows what its members look like."""
    person = own(ResourceKind.PERSON, person_id, person_id)
    if sight.actor.role is Role.CONTACT_PERSON:
        return sight.sees(person)
    return sight.may(Action.READ, person)


def _reaches(sight: Sight, *, is_contact: bool) -> bool:
    """A citizen who sees their own plan sees whom they turn to in it."""
    return (
        is_contact
        and sight.actor.role is Role.CITIZEN
        and sight.may(Action.READ, own(ResourceKind.PLAN, sight.actor.person_id))
    )
