"""Pictures of people, in the database."""

from datetime import date
from typing import Final
from uuid import UUID

from psycopg.sql import SQL, Composable
from pydantic import Base64Bytes

from planapi.database import Statement
from planapi.store.reading import Reading
from portal.contract.base import Model
from portal.contract.people import PictureType


class PictureRow(Model):
    """A person's picture, if any, and whether the reader is told how to reach that person."""

    is_contact: bool
    """As the reader's contact person, today or soon, or who stands in for them."""
    media_type: PictureType | None = None
    content: Base64Bytes = b""


class NamedPicture(Model):
    """Which picture somebody has, and whether the reader is told how to reach that person."""

    person_id: UUID
    picture: str
    is_contact: bool


def reading_of_picture(person_id: UUID, reader_id: UUID, today: date) -> Reading[PictureRow]:
    """Read the picture of a person. Whose name is protected has none, whoever reads."""
    parameters = {"person": person_id, "reader": reader_id, "today": today}
    return Reading(Statement(_FIND, parameters), PictureRow)


def pictures_of(people: Composable) -> Composable:
    """Return the JSON of a `NamedPicture` for each who has one of those that ``people`` selects.

    It takes the parameters ``reader`` and ``today``; nobody is shown their own.
    """
    return _PICTURES_OF.format(is_contact=_IS_CONTACT, people=people)


_IS_CONTACT: Final = SQL("""
    EXISTS (
        SELECT FROM contact_assignment a
        WHERE a.citizen_id = %(reader)s AND (a.ends_on IS NULL OR a.ends_on >= %(today)s)
          AND (a.professional_id = pe.id OR EXISTS (
              SELECT FROM absence ab
              WHERE ab.professional_id = a.professional_id AND ab.deputy_id = pe.id
                AND %(today)s BETWEEN ab.starts_on AND ab.ends_on)))
""")

_PICTURES_OF: Final = SQL("""(
    SELECT coalesce(json_agg(json_build_object('person_id', pe.id, 'picture', pe.picture,
        'is_contact', {is_contact})), '[]')
    FROM person pe
    WHERE pe.id IN ({people}) AND pe.id <> %(reader)s AND pe.picture <> '' AND NOT pe.protected
)""")

_FIND: Final = (
    SQL("""
    SELECT json_build_object(
        'is_contact', {is_contact},
        'media_type', picture.media_type,
        'content', coalesce(encode(picture.content, 'base64'), '')
    )::text AS json
    FROM person pe
    LEFT JOIN person_picture picture ON picture.person_id = pe.id AND NOT pe.protected
    WHERE pe.id = %(person)s
    """)
    .format(is_contact=_IS_CONTACT)
    .as_string()
)
