"""The people who work for the municipality, their hours, and who is away. Used by every case."""

from collections.abc import Iterator
from dataclasses import dataclass

from planapi.people import cpr_hash
from sandbox.broker.identities import IdentityKind
from sandbox.sample import rows
from sandbox.sample.days import Days
from sandbox.sample.ids import person_id, sample_id
from sandbox.sample.people import made_up_cpr

REPLY_WORKING_DAYS = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class ProfessionalSketch:
    """Somebody who works for the municipality. `hours` are (ISO weekday, opens, closes)."""

    slug: str
    name: str
    title: str
    unit: str
    administration: str
    phone: str
    age: int
    birthday_days_ago: int
    serial: int
    hours: tuple[tuple[int, str, str], ...]
    is_leader: bool = False
    also_citizen: bool = False  # lives here too, and so logs in in either role
    introduction: str

    @property
    def kind(self) -> IdentityKind:
        """What the person is among those who can log in."""
        return IdentityKind.LEADER if self.is_leader else IdentityKind.CONTACT_PERSON


PROFESSIONALS = (
    ProfessionalSketch(
        slug="louise",
        name="Louise Abildtrup",
        title="Socialrådgiver og koordinerende kontaktperson",
        unit="Helhedsteamet, Beskæftigelse",
        administration="employment",
        phone="+4555501201",
        age=38,
        birthday_days_ago=77,
        serial=412,
        hours=(
            (1, "09:00", "14:00"),
            (2, "09:00", "14:00"),
            (3, "09:00", "14:00"),
            (4, "12:00", "17:00"),
            (5, "09:00", "12:00"),
        ),
        introduction="Contact person of Mette, Jonas, Rania and others: inbox with a message "
        "in every state, and the briefing of the sample case.",
    ),
    ProfessionalSketch(
        slug="henrik",
        name="Henrik Mosegård",
        title="Socialrådgiver",
        unit="Voksenrådgivningen",
        administration="adult_social",
        phone="+4555501305",
        age=51,
        birthday_days_ago=201,
        serial=233,
        hours=((1, "09:00", "13:00"), (2, "09:00", "13:00"), (4, "13:00", "17:00")),
        introduction="On leave today, with a greeting and a deputy (Naja); has the citizen with "
        "2,000 messages.",
    ),
    ProfessionalSketch(
        slug="naja",
        name="Naja Kruse Vinter",
        title="Familierådgiver",
        unit="Familieafdelingen, Team Nord",
        administration="family",
        phone="+4555501418",
        age=33,
        birthday_days_ago=145,
        serial=518,
        hours=(
            (1, "08:30", "14:00"),
            (2, "08:30", "14:00"),
            (3, "12:00", "17:00"),
            (5, "08:30", "12:00"),
        ),
        introduction="Contact person of the children and their families, and Henrik's deputy: "
        "her inbox holds his citizens too.",
    ),
    ProfessionalSketch(
        slug="birgitte",
        name="Birgitte Storgaard Elm",
        title="Afdelingsleder",
        unit="Solby Sundhedscenter",
        administration="health",
        phone="+4555501110",
        age=56,
        birthday_days_ago=30,
        serial=744,
        hours=((1, "10:00", "12:00"), (3, "10:00", "12:00")),
        is_leader=True,
        also_citizen=True,
        introduction="Leader without citizens of her own: an empty inbox. Lives in the "
        "municipality too: in her profile she changes between her two roles.",
    ),
)

_SLUGS = frozenset(professional.slug for professional in PROFESSIONALS)


def is_professional(slug: str) -> bool:
    """Tell whether `slug` names somebody who works for the municipality."""
    return slug in _SLUGS


def professional_rows(days: Days, secret_key: str) -> Iterator[rows.Row]:
    """Yield the professionals and Henrik's leave."""
    for sketch in PROFESSIONALS:
        # The municipality knows its employees by professional id, unless they live there too.
        born = days.birthday(sketch.age, sketch.birthday_days_ago) if sketch.also_citizen else None
        yield rows.Person(
            id=person_id(sketch.slug),
            name=sketch.name,
            birth_date=born,
            cpr_hash=cpr_hash(secret_key, made_up_cpr(born, sketch.serial)) if born else None,
            protected=False,
            phone=None,
            address=None,
            language=None,
        )
        yield rows.Professional(
            person_id=person_id(sketch.slug),
            professional_id=professional_id(sketch.slug),
            administration=sketch.administration,
            unit=sketch.unit,
            title=sketch.title,
            phone=sketch.phone,
            hours=[
                {"weekday": weekday, "opens": opens, "closes": closes}
                for weekday, opens, closes in sketch.hours
            ],
            reply_working_days=REPLY_WORKING_DAYS,
            is_leader=sketch.is_leader,
        )
    yield rows.Absence(
        id=sample_id("absence", "henrik"),
        professional_id=person_id("henrik"),
        deputy_id=person_id("naja"),
        starts_on=days.calendar(-5),
        ends_on=days.calendar(9),
        greeting="Jeg holder ferie og er snart tilbage. Naja passer på dine sager imens. "
        "Hun kender din plan, så du skal ikke fortælle alt forfra. Venlig hilsen Henrik",
    )


def professional_id(slug: str) -> str:
    """Return the id that MitID Erhverv gives the employee for life."""
    return str(sample_id("mitid-erhverv", slug))
