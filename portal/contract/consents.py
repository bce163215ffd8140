"""Consents: what a citizen lets whom see, for which purpose and until when.

To whom a consent is given follows from its kind: a family consent is to a person and names no
source, each other kind is to an administration. What else one must name is the offer's matter
(``ConsentOffer``) and changes with the law, while one that was given once stays readable.
"""

from datetime import date
from typing import Annotated, ClassVar, Final, Literal
from uuid import UUID

from pydantic import AwareDatetime, Field, SerializeAsAny, TypeAdapter
from typing_extensions import TypeAliasType

from portal.contract.base import Code, Command, Language, Line, Model, Resource
from portal.contract.people import Administration, PersonRef
from portal.contract.words import Word, WrittenAsText


class ConsentKind(Word):
    """Four kinds, kept apart, each on a ground of its own."""

    HOLISTIC_PLAN = "holistic_plan"
    COLLECTION = "collection"
    HEALTH_DISCLOSURE = "health_disclosure"
    FAMILY = "family"


class Category(Word):
    """A type of information."""

    GOALS = "goals"
    EMPLOYMENT = "employment"
    SOCIAL = "social"
    FAMILY = "family"
    HEALTH = "health"
    APPOINTMENTS = "appointments"
    DECISIONS = "decisions"
    MESSAGES = "messages"


class ConsentState(Word):
    """Whether a consent works today. ``waiting``: a second person has yet to sign."""

    WAITING = "waiting"
    ACTIVE = "active"
    EXPIRED = "expired"
    WITHDRAWN = "withdrawn"


class Signer(Word):
    """Whose signature a consent waits for."""

    YOUNG_PERSON = "young_person"
    CUSTODY_HOLDER = "custody_holder"


class ToAdministration(Model):
    """An administration may see."""

    kind: Literal["administration"] = "administration"
    administration: Administration


class ToPerson(Model):
    """One person, such as a family member, may see."""

    kind: Literal["person"] = "person"
    person: PersonRef


Recipient = Annotated[ToAdministration | ToPerson, Field(discriminator="kind")]


class ConsentText(Model):
    """The exact words that a person agrees to. ``sha256`` covers title, body and consequence."""

    id: str
    version: int
    language: Language
    kind: ConsentKind
    title: str
    purpose: str
    body: str
    consequence: str = Field(description="What happens if one says no")
    legal_ground: str
    sha256: str = Field(pattern=r"^[0-9a-f]{64}$")


class ConsentOffer(Model):
    """Something the person can be asked to consent to, with the choices that fit.

    ``categories_of`` says which types of information each source has. Only where
    ``source_may_be_open`` may a consent name none, and means all of them.
    """

    text: ConsentText
    sources: tuple[Administration, ...]
    source_may_be_open: bool = False
    recipients: tuple[Recipient, ...]
    categories: tuple[Category, ...]
    categories_of: dict[Administration, tuple[Category, ...]] = Field(default_factory=dict)
    case_needed: bool = Field(default=False, description="Whether a consent names its case")
    longest_until: date

    def opens(
        self, source: Administration | None, recipient: Administration | None
    ) -> tuple[Category, ...]:
        """Return the types of information that these choices let the recipient see.

        What it holds itself is no matter of consent, so any other type would have no effect.
        """
        if not self.sources:
            return self.categories
        sources = self.sources if source is None else (source,)
        opened = {
            code
            for one in sources
            if one is not recipient
            for code in self.categories_of.get(one, ())
        }
        return tuple(code for code in self.categories if code in opened)


class AnyConsent(Resource):
    """What every consent has: with its kind's own, everything that a receipt needs."""

    kind: ConsentKind
    state: ConsentState
    purpose: str
    case: str = Field(default="", description="Which case it is for")
    categories: tuple[Category, ...]
    valid_from: date
    valid_until: date = Field(description="The last day on which it works")
    text: ConsentText
    given_at: AwareDatetime
    given_loa: str
    withdrawn_at: AwareDatetime | None = None
    renews: UUID | None = Field(default=None, description="The consent whose place it took")
    given_by: PersonRef | None = Field(
        default=None, description="Who gave it: the person, or a custody holder for a child"
    )


class AdministrationConsent(AnyConsent):
    """A consent that lets an administration see."""

    kind: Annotated[
        Literal[ConsentKind.HOLISTIC_PLAN, ConsentKind.COLLECTION, ConsentKind.HEALTH_DISCLOSURE],
        WrittenAsText(),
    ]
    source: Administration | None = Field(
        default=None, description="Whose information it is; of every administration where absent"
    )
    recipient: ToAdministration
    waits_for: Signer | None = Field(
        default=None, description="Who must sign as well; it works from then on"
    )


class FamilyConsent(AnyConsent):
    """A consent that lets one person see; it names no source, and nobody else signs it."""

    kind: Annotated[Literal[ConsentKind.FAMILY], WrittenAsText()]
    source: ClassVar[None] = None
    recipient: ToPerson
    waits_for: ClassVar[None] = None


Consent = TypeAliasType(
    "Consent",
    Annotated[
        AdministrationConsent | FamilyConsent,
        Field(discriminator="kind", description="A consent with everything that a receipt needs."),
        SerializeAsAny(),
    ],
)
"""Any consent."""

CONSENT: Final[TypeAdapter[Consent]] = TypeAdapter(Consent)
"""Reads a consent from outside as the class of its kind."""


class RenewConsent(Command):
    """The same choices for another period, with the text that was on the screen."""

    valid_until: date
    text_version: int
    text_language: Language
    text_sha256: str = Field(pattern=r"^[0-9a-f]{64}$")


class SignConsent(Command):
    """The second signature, with the text that was on the screen."""

    text_version: int
    text_language: Language
    text_sha256: str = Field(pattern=r"^[0-9a-f]{64}$")


class ConsentList(Model):
    """All consents of the person, active first, and what could be given."""

    consents: tuple[Consent, ...] = ()
    may_give: bool = False


class ConsentOffers(Model):
    """What the person can consent to, in the language asked for."""

    offers: tuple[ConsentOffer, ...] = ()


class GiveConsent(Command):
    """A consent, with the text version that was on the screen."""

    kind: ConsentKind
    source: Administration | None = None
    recipient_administration: Administration | None = None
    recipient_person: UUID | None = None
    categories: tuple[Category, ...] = Field(min_length=1)
    case: Line = Field(default="", description="Which case it is for, in the person's own words")
    valid_until: date
    text_id: Code
    text_version: int
    text_language: Language
    text_sha256: str = Field(pattern=r"^[0-9a-f]{64}$")
