"""Mette's own words, what she lets whom see, and who has read her plan."""

from sandbox.sample.sketches import AboutMeSketch, AccessSketch, ConsentSketch

ABOUT_ME = AboutMeSketch(
    matters="Freja og Jonas. At nogen holder det, de lover. At jeg ikke skal fortælle det hele "
    "forfra, hver gang jeg møder en ny.",
    strengths="Jeg er god til gamle mennesker. Jeg er tålmodig, og jeg kan få folk til at grine. "
    "Jeg møder til tiden.",
    dreams="En fast dag et sted, hvor de savner mig, når jeg ikke er der. En tur til Bornholm "
    "med Freja.",
    bad_day="Ring ikke, skriv til mig. Giv mig én ting ad gangen. Mind mig om at spise og gå ud. "
    "Det går over igen.",
)

_CASE = "Sagen om din samlede plan"

CONSENTS = (
    ConsentSketch(
        slug="samlet-plan",
        kind="holistic_plan",
        to_administration="employment",
        categories=("social",),
        case=_CASE,
        given=-115,
        days=330,
    ),
    ConsentSketch(
        slug="familie-til-beskaeftigelse",
        kind="collection",
        source="family",
        to_administration="employment",
        categories=("family",),
        case=_CASE,
        given=-80,
        days=136,
    ),
    ConsentSketch(
        slug="beskaeftigelse-til-voksen",
        kind="collection",
        source="employment",
        to_administration="adult_social",
        categories=("employment",),
        case="Sagen om bostøtte",
        given=-70,
        days=270,
    ),
    ConsentSketch(
        slug="maal-til-jonas",
        kind="family",
        to_person="jonas",
        categories=("goals",),
        given=-60,
        days=300,
    ),
    ConsentSketch(
        slug="sundhed-til-beskaeftigelse",
        kind="health_disclosure",
        source="health",
        to_administration="employment",
        categories=("health",),
        case=_CASE,
        given=-215,
        days=270,
    ),
    ConsentSketch(
        slug="sundhed-til-familie",
        kind="health_disclosure",
        source="health",
        to_administration="family",
        categories=("health",),
        case="Sagen om familiesamtaler",
        given=-75,
        days=300,
        text_version=2,
        withdrawn=-34,
    ),
    ConsentSketch(
        slug="maal-til-freja",
        kind="family",
        to_person="freja",
        categories=("goals",),
        given=-58,
        days=300,
        withdrawn=-44,
    ),
)

READS = (
    AccessSketch(by="louise", day=-118, clock="10:02"),
    AccessSketch(by="louise", day=-90, clock="11:48"),
    AccessSketch(by="louise", day=-45, clock="09:31"),
    AccessSketch(
        by="louise",
        day=-45,
        clock="09:33",
        kind="intervention",
        slug="bostoette",
        consent="samlet-plan",
    ),
    AccessSketch(
        by="louise",
        day=-45,
        clock="09:35",
        kind="intervention",
        slug="familiebehandling",
        consent="familie-til-beskaeftigelse",
    ),
    AccessSketch(by="louise", day=-27, clock="09:40"),
    AccessSketch(by="louise", day=-12, clock="11:10", kind="thread", slug="stol-til-praktikken"),
    AccessSketch(by="louise", day=-4, clock="10:30", kind="thread", slug="flere-timer"),
    AccessSketch(by="louise", day=-1, clock="09:12"),
    AccessSketch(by="louise", day=-1, clock="09:15", kind="thread", slug="flere-timer"),
)
