"""People, the parts of the municipality they work in, and who is signed in."""

from datetime import date, time
from typing import Annotated
from uuid import UUID

from pydantic import Field, SecretStr

from portal.contract.base import Command, Language, Model, Paragraphs, Resource, Versioned
from portal.contract.words import Word


class Role(Word):
    """In which capacity somebody is signed in."""

    CITIZEN = "citizen"
    CONTACT_PERSON = "contact_person"


class Administration(Word):
    """A part of the municipality that owns what it writes."""

    EMPLOYMENT = "employment"
    ADULT_SOCIAL = "adult_social"
    FAMILY = "family"
    HEALTH = "health"


Picture = Annotated[
    str,
    Field(
        description="Which picture they have, for GET /v1/people/{id}/picture; changes with the"
        " picture, and is empty where there is none"
    ),
]


class PictureType(Word):
    """What a picture of somebody may be."""

    JPEG = "image/jpeg"
    PNG = "image/png"
    WEBP = "image/webp"


class DownloadedPicture(Model):
    """What ``GET /v1/people/{id}/picture`` answers: the bytes, and in its header what they are."""

    media_type: PictureType
    content: bytes = Field(repr=False)


class PersonRef(Model):
    """A person as others see them. ``name`` is empty where it is protected from the reader."""

    id: UUID
    name: str


class Author(PersonRef):
    """Who wrote something; with a picture only where the reader may see it."""

    picture: Picture = ""


class OfficeHours(Model):
    """When somebody answers the telephone, Danish local time."""

    weekday: int = Field(ge=1, le=7, description="ISO 8601 weekday, Monday is 1")
    opens: time
    closes: time


class ContactPerson(Model):
    """The one person of the municipality whom a citizen turns to."""

    id: UUID
    name: str
    title: str
    unit: str
    administration: Administration
    phone: str = Field(description="E.164, for example +4587654321")
    hours: tuple[OfficeHours, ...] = ()
    reply_working_days: int = Field(ge=0, description="Messages are answered within so many days")
    since: date = Field(description="Contact person of this citizen from this day on")
    picture: Picture = ""


class Deputy(Model):
    """Who stands in while the contact person is away."""

    person: ContactPerson
    until: date = Field(description="The last day of the absence")
    greeting: str = Field(description="What the contact person wrote before leaving")


class Handover(Model):
    """A change of contact person: who says goodbye, who takes over, and when."""

    leaving: ContactPerson
    coming: ContactPerson
    on: date = Field(description="The first day of the new contact person")
    greeting: str = Field(description="What the leaving contact person wrote")


class Me(Versioned):
    """Who is signed in, and which topics of the event stream concern them."""

    version: int = Field(
        default=0, ge=0, description="How often they have chosen a language; also the `ETag`"
    )
    id: UUID
    name: str
    role: Role
    roles: tuple[Role, ...] = Field(
        default=(), description="In which capacities this person is known, and so can log in"
    )
    language: Language | None = None
    plan_id: UUID | None = None
    household_ids: tuple[UUID, ...] = ()
    topics: frozenset[str] = frozenset()


class ChooseLanguage(Command):
    """The language that the person reads from now on."""

    language: Language


class LinkIdentity(Command):
    """A login that the broker has verified, to be tied to a person.

    The CPR number is used for the look-up and is neither kept in clear nor returned.
    """

    issuer: str = Field(max_length=500)
    subject: str = Field(min_length=1, max_length=500)
    role: Role
    cpr: SecretStr | None = None
    professional_id: str | None = Field(default=None, max_length=200)
    cvr: str | None = Field(default=None, pattern=r"^\d{8}$")


class LinkedIdentity(Model):
    """The person behind a login."""

    person_id: UUID
    name: str
    language: Language | None = None


class PlanRequestState(Word):
    """Where a request for a plan is."""

    RECEIVED = "received"
    ACCEPTED = "accepted"
    DECLINED = "declined"


class AskForPlan(Command):
    """Why the citizen would like a plan, in own words."""

    text: Paragraphs = ""


class PlanRequest(Resource):
    """A citizen without a plan asks for one (the request's state is visible to them)."""

    text: str
    state: PlanRequestState
    created_on: date
    answer: str = ""


class AnswerPlanRequest(Command):
    """Accept, which makes the plan with the asking professional as contact person, or decline."""

    accept: bool
    answer: Paragraphs = ""


class AboutMe(Resource):
    """The citizen's own words about themselves, written once, on top of the plan."""

    matters: str = ""
    strengths: str = ""
    dreams: str = ""
    bad_day: str = Field(default="", description="What helps on a bad day")


class EditAboutMe(Command):
    """The whole new text."""

    matters: Paragraphs = ""
    strengths: Paragraphs = ""
    dreams: Paragraphs = ""
    bad_day: Paragraphs = ""
