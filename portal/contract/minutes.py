"""Minutes: what was said at a meeting, which the citizen reads, confirms or comments."""

from datetime import date
from uuid import UUID

from pydantic import AwareDatetime, Field

from portal.contract.base import Command, MessageBody, Model, Resource, Title, Words
from portal.contract.people import Administration, Author, Role
from portal.contract.words import Word


class MinutesState(Word):
    """Where minutes are. A ``draft`` is seen by its administration alone."""

    DRAFT = "draft"
    SHARED = "shared"
    CONFIRMED = "confirmed"
    COMMENTED = "commented"


class RemarkKind(Word):
    """What somebody has to say to shared minutes."""

    CONFIRMATION = "confirmation"
    COMMENT = "comment"
    DISAGREEMENT = "disagreement"


class Remark(Model):
    """Stands beside the text for good. A confirmation may be without words."""

    id: UUID
    kind: RemarkKind
    text: str = ""
    author: Author
    author_role: Role
    at: AwareDatetime


class Minutes(Resource):
    """Minutes of a meeting. Once shared, the text stays as it is; what is added are remarks."""

    plan_id: UUID
    administration: Administration
    title: str
    held_on: date
    appointment_id: UUID | None = None
    follow_up_id: UUID | None = None
    text: str
    state: MinutesState
    written_by: Author
    shared_at: AwareDatetime | None = None
    remarks: tuple[Remark, ...] = ()


class MinutesList(Model):
    """The minutes of a plan, latest meeting first."""

    plan_id: UUID
    minutes: tuple[Minutes, ...] = ()
    may_create: bool = False


class NewMinutes(Command):
    """A draft."""

    title: Title
    held_on: date
    text: MessageBody = Field(description="Up to 10,000 characters")
    appointment_id: UUID | None = None
    follow_up_id: UUID | None = None


class EditMinutes(Command):
    """The whole new wording of a draft."""

    title: Title
    held_on: date
    text: MessageBody


class CommentMinutes(Command):
    """A remark beside the text; ``disagrees`` says that the text is wrong to the author's mind."""

    text: Words
    disagrees: bool = False
