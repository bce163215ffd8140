"""The citizens of the sample: who they are, not what they live through. Used by every case.

Everybody keeps their age whatever the day. A test CPR has 60 added to its day, so it can never be a
real person's number.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from planapi.people import cpr_hash
from sandbox.broker.identities import IdentityKind
from sandbox.sample import rows
from sandbox.sample.days import Days
from sandbox.sample.ids import person_id

MITID_FROM_AGE = 13
_YOUNG_FROM_AGE = 15
_ADULT_FROM_AGE = 18
_LAST_CENTURY_ENDS = 2000
_TEST_DAY_SHIFT = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class CitizenSketch:
    """A citizen. `serial` is the end of the CPR but its first digit; odd for men."""

    slug: str
    name: str
    age: int
    birthday_days_ago: int
    serial: int
    address: str
    phone: str | None
    language: str | None = None  # what they chose; most never have
    protected: bool = False
    introduction: str

    @property
    def kind(self) -> IdentityKind:
        """What the person is among those who can log in."""
        if self.age < _YOUNG_FROM_AGE:
            return IdentityKind.CHILD
        return IdentityKind.YOUNG if self.age < _ADULT_FROM_AGE else IdentityKind.CITIZEN


LONG_NAME = "Anne-Sofie Margrethe Elisabeth Frederikke Brøndum-Skovbakken"
"""60 characters."""

CITIZENS = (
    CitizenSketch(
        slug="mette",
        name="Mette Holm Lauridsen",
        age=43,
        birthday_days_ago=96,
        serial=186,
        phone="+4555502143",
        address="Lærkevænget 12, 9990 Solby",
        introduction="The sample case with everything in it: four administrations, own goals, "
        "a teenager at home, messages, decisions, consents.",
    ),
    CitizenSketch(
        slug="jonas",
        name="Jonas Bang",
        age=45,
        birthday_days_ago=210,
        serial=357,
        phone="+4555502144",
        address="Lærkevænget 12, 9990 Solby",
        introduction="Mette's partner and Freja's father: a small plan, and his part of the "
        "family goal. Good for a second browser.",
    ),
    CitizenSketch(
        slug="freja",
        name="Freja Lauridsen Bang",
        age=16,
        birthday_days_ago=64,
        serial=248,
        phone="+4555502145",
        address="Lærkevænget 12, 9990 Solby",
        introduction="16, Mette and Jonas's daughter: a young person's own plan and her part of "
        "the family goal.",
    ),
    CitizenSketch(
        slug="renee",
        name="Renée Nørgaard Sørby",
        age=36,
        birthday_days_ago=150,
        serial=462,
        phone="+4555502236",
        address="Møllegade 4, 2. th., 9990 Solby",
        introduction="Single mother of two with support from the family department; a name "
        "with é and ø.",
    ),
    CitizenSketch(
        slug="villads",
        name="Villads Nørgaard Sørby",
        age=14,
        birthday_days_ago=41,
        serial=573,
        phone="+4555502214",
        address="Møllegade 4, 2. th., 9990 Solby",
        introduction="14, with a small plan of his own and his part of the family goal.",
    ),
    CitizenSketch(
        slug="alba",
        name="Alba Nørgaard Sørby",
        age=9,
        birthday_days_ago=120,
        serial=624,
        phone=None,
        address="Møllegade 4, 2. th., 9990 Solby",
        introduction="9, too young for MitID: a member of her family's household.",
    ),
    CitizenSketch(
        slug="rania",
        name="Rania Al-Sabbagh",
        age=41,
        birthday_days_ago=180,
        serial=738,
        phone="+4555502341",
        address="Østerbro 27, 1. tv., 9990 Solby",
        language="ar",
        introduction="Writes her goals and messages in Arabic.",
    ),
    CitizenSketch(
        slug="khaled",
        name="Khaled Al-Sabbagh",
        age=46,
        birthday_days_ago=25,
        serial=841,
        phone="+4555502346",
        address="Østerbro 27, 1. tv., 9990 Solby",
        introduction="Rania's husband: no plan of his own, but a part in the family goal.",
    ),
    CitizenSketch(
        slug="yusuf",
        name="Yusuf Al-Sabbagh",
        age=19,
        birthday_days_ago=88,
        serial=955,
        phone="+4555502319",
        address="Østerbro 27, 1. tv., 9990 Solby",
        introduction="19, on his way to an education; his contact person is on leave, so the "
        "deputy stands in.",
    ),
    CitizenSketch(
        slug="bent",
        name="Bent Kjærulf Thomsen",
        age=61,
        birthday_days_ago=301,
        serial=119,
        phone="+4555502461",
        address="Havnevej 3, 9990 Solby",
        introduction="No plan and no request: the page that offers to ask for one.",
    ),
    CitizenSketch(
        slug="lone",
        name="Lone Bjerregaard Holt",
        age=52,
        birthday_days_ago=12,
        serial=270,
        phone="+4555502552",
        address="Skolevænget 41, 9990 Solby",
        introduction="No plan yet; has asked for one and waits for the answer.",
    ),
    CitizenSketch(
        slug="sofie",
        name="Sofie Vestermark",
        age=34,
        birthday_days_ago=133,
        serial=314,
        phone="+4555502634",
        address="Fyrrebakken 8, 9990 Solby",
        protected=True,
        introduction="Has name and address protection; both stay hidden from others.",
    ),
    CitizenSketch(
        slug="kirsten",
        name="Kirsten Damsgård Iversen",
        age=57,
        birthday_days_ago=245,
        serial=896,
        phone="+4555502757",
        address="Nørregade 60, st., 9990 Solby",
        introduction="40 goals and 2,000 messages over many years: is everything still quick?",
    ),
    CitizenSketch(
        slug="anne-sofie",
        name=LONG_NAME,
        age=28,
        birthday_days_ago=54,
        serial=432,
        phone="+4555502828",
        address="Kirkestræde 15, 3. mf., 9990 Solby",
        introduction="A name of 60 characters, a plan in its first week.",
    ),
)


def made_up_cpr(birth_date: date, serial: int) -> str:
    """Return a test CPR: day of birth plus 60. The seventh digit tells the century."""
    century = "1" if birth_date.year < _LAST_CENTURY_ENDS else "4"
    shifted_day = birth_date.day + _TEST_DAY_SHIFT
    return f"{shifted_day:02}{birth_date:%m%y}{century}{serial:03}"


def cpr_hash_of(slug: str, days: Days, secret_key: str) -> bytes:
    """Return the keyed hash of a citizen's test CPR."""
    sketch = next(one for one in CITIZENS if one.slug == slug)
    birth_date = days.birthday(sketch.age, sketch.birthday_days_ago)
    return cpr_hash(secret_key, made_up_cpr(birth_date, sketch.serial))


def citizen_rows(days: Days, secret_key: str) -> Iterator[rows.Row]:
    """Yield the citizens, their CPR only as a keyed hash."""
    for sketch in CITIZENS:
        birth_date = days.birthday(sketch.age, sketch.birthday_days_ago)
        yield rows.Person(
            id=person_id(sketch.slug),
            name=sketch.name,
            birth_date=birth_date,
            cpr_hash=cpr_hash_of(sketch.slug, days, secret_key),
            protected=sketch.protected,
            phone=sketch.phone,
            address=sketch.address,
            language=sketch.language,
        )
