"""What Mette and the municipality know and say: assessment, follow-ups, minutes, told facts."""

from sandbox.sample.sketches import (
    FactRequestSketch,
    FactSketch,
    FollowUpSketch,
    MinutesSketch,
    RemarkSketch,
    ViewSketch,
)

ASSESSMENT = (
    ViewSketch(
        theme="practical_tasks",
        day=-60,
        text="Jeg kan godt lave mad. Men posten lader jeg ligge, når jeg har det skidt.",
        level="mild",
    ),
    ViewSketch(
        theme="practical_tasks",
        administration="adult_social",
        by="henrik",
        day=-58,
        text="Mette klarer hjemmet på gode dage. På dårlige dage mister hun overblikket.",
        level="moderate",
    ),
    ViewSketch(
        theme="community_life",
        day=-60,
        text="Jeg vil gerne arbejde. Jeg er bare bange for at love for meget.",
    ),
    ViewSketch(
        theme="community_life",
        administration="employment",
        by="louise",
        day=-55,
        text="Mette kan arbejde 8 timer om ugen med pauser. Hun møder til tiden og er vellidt.",
        level="moderate",
    ),
    ViewSketch(
        theme="relations",
        administration="family",
        by="naja",
        day=-50,
        text="Familien taler godt sammen. Freja passer på sin mor og har brug for fri fra det.",
        level="mild",
    ),
    ViewSketch(
        theme="mental_functions",
        day=-60,
        text="Angsten fylder mest om morgenen. Om aftenen er jeg mig selv.",
        level="severe",
    ),
    ViewSketch(
        theme="mental_functions",
        administration="health",
        by="birgitte",
        day=-48,
        text="Angst og depression i bedring. Søvnen er blevet bedre.",
        level="moderate",
    ),
)

FOLLOW_UPS = (
    FollowUpSketch(
        slug="efteraar",
        day=-27,
        by="louise",
        booked=-55,
        agenda=(
            ("louise", "Hvordan går det på biblioteket?"),
            ("mette", "Min ryg, når jeg har stået op længe"),
        ),
        outcome="continue",
        conclusion="Praktikken går videre. Louise finder en bedre stol.",
        next="vinter",
    ),
    FollowUpSketch(
        slug="vinter",
        day=2,
        starts="10:00",
        by="louise",
        booked=-27,
        agenda=(
            ("louise", "Skal du have flere timer?"),
            ("mette", "Må Jonas komme med?"),
        ),
    ),
    FollowUpSketch(
        slug="kursus",
        day=-70,
        by="louise",
        booked=-100,
        intervention="laer-at-tackle",
        outcome="end_and_replace",
        conclusion="Kurset er slut. Det hjalp, og du vil gerne tale med en alene.",
        replacement="Samtaler med psykolog",
    ),
)

MINUTES = (
    MinutesSketch(
        slug="efteraar",
        administration="employment",
        by="louise",
        title="Opfølgning på din plan",
        held=-27,
        follow_up="efteraar",
        text="Vi talte om praktikken. Mette er glad for stedet. Hun får ondt i ryggen, når hun "
        "står op længe. Louise finder en stol. Mette vil gerne have flere timer snart.",
        shared=-24,
        remarks=(
            RemarkSketch(
                by="mette",
                day=-22,
                kind="disagreement",
                text="Jeg sagde ikke, at jeg vil have flere timer snart. Jeg sagde måske.",
            ),
            RemarkSketch(
                by="louise",
                day=-21,
                kind="comment",
                text="Tak. Det er godt, at det står her. Vi taler om det næste gang.",
            ),
        ),
    ),
    MinutesSketch(
        slug="rygtest",
        administration="employment",
        by="louise",
        title="Møde om en god stol",
        held=-8,
        text="Biblioteket vil gerne låne en stol. Louise spørger, hvem der kan betale den.",
        shared=-7,
    ),
    MinutesSketch(
        slug="kladde",
        administration="employment",
        by="louise",
        title="Kort samtale i telefonen",
        held=-1,
        text="Mette ringede. Hun sover bedre. Mere følger.",
    ),
    MinutesSketch(
        slug="foerste-moede",
        administration="employment",
        by="louise",
        title="Vores første møde",
        held=-120,
        text="Vi har talt om din plan. Henrik var med. Du skal ikke fortælle alt forfra.",
        shared=-119,
        remarks=(RemarkSketch(by="mette", day=-118, kind="confirmation"),),
    ),
)

FACTS = (
    FactSketch(
        topic="education",
        day=-119,
        text="Mette gik ud af 10. klasse og blev social- og sundhedshjælper på skolen i Solby.",
        by="louise",
    ),
    FactSketch(
        topic="work_history",
        day=-118,
        text="Jeg har været social- og sundhedshjælper i 16 år. Før det stod jeg i en bagerbutik.",
    ),
    FactSketch(
        topic="transport",
        day=-90,
        text="Jeg har cykel og buskort. Jeg kører ikke bil, når jeg har taget min medicin.",
    ),
    FactSketch(
        topic="medicine",
        day=-90,
        text="Jeg tager medicin mod angst hver morgen. Jeg er træt i to timer bagefter.",
    ),
)

FACT_REQUESTS = (
    FactRequestSketch(
        topic="work_history",
        administration="employment",
        by="louise",
        purpose="At finde en praktik, der passer til det, du kan",
        asked=-120,
        state="granted",
        answered=-118,
        days=330,
    ),
    FactRequestSketch(
        topic="transport",
        administration="employment",
        by="louise",
        purpose="At vide, hvor langt væk en praktik kan ligge",
        asked=-92,
        state="granted",
        answered=-90,
        days=300,
    ),
    FactRequestSketch(
        topic="transport",
        administration="adult_social",
        by="henrik",
        purpose="At finde et tidspunkt, hvor du kan nå hjem til Pia",
        asked=-60,
        state="granted",
        answered=-59,
        days=300,
    ),
    FactRequestSketch(
        topic="medicine",
        administration="employment",
        by="louise",
        purpose="At lægge timerne på biblioteket, når du er frisk",
        asked=-2,
    ),
    FactRequestSketch(
        topic="income",
        administration="family",
        by="naja",
        purpose="At se, om I kan få hjælp til Frejas fritid",
        asked=-30,
        state="refused",
        answered=-29,
        reason="Det vil jeg hellere tale med Line om.",
    ),
)
