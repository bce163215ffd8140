"""The joint goals of Mette, Jonas and Freja, each with a part of their own, and the plans of the
other two.
"""

from sandbox.sample.sketches import (
    AboutMeSketch,
    AppointmentSketch,
    AssignmentSketch,
    ConsentSketch,
    GoalSketch,
    InterventionSketch,
    MessageSketch,
    MoveSketch,
    PlanSketch,
    PromiseSketch,
    RatingSketch,
    StepSketch,
    ThreadSketch,
)

DINNER = GoalSketch(
    slug="spise-sammen",
    title="Vi spiser sammen uden telefoner tre gange om ugen",
    why="Vi glemte at tale sammen, da alting blev svært. Ved bordet kan vi grine igen.",
    emoji="🍳",
    theme="family",
    created=-68,
    by="freja",
    target=50,
    steps=(
        StepSketch(title="Lave madplan hver søndag", who="mette", done=-50),
        StepSketch(title="Handle ind efter madplanen", who="jonas", done=-31),
        StepSketch(title="Vælge og lave mad om onsdagen", who="freja", done=-11),
        StepSketch(title="Være hjemme fra arbejde kl. 18 tre dage om ugen", who="jonas", due=5),
        StepSketch(title="Lægge min egen telefon væk først", who="mette", due=8),
        StepSketch(title="Finde på noget at tale om, der ikke er skole", who="freja", due=8),
    ),
    ratings=(
        RatingSketch(day=-66, value=2, by="freja"),
        RatingSketch(day=-37, value=4, by="mette", note="To gange i denne uge. Det var hyggeligt."),
        RatingSketch(day=-10, value=6, by="jonas"),
    ),
)

PARTY = GoalSketch(
    slug="farmors-foedselsdag",
    title="Vi tager alle tre med til farmors fødselsdag",
    why="Mor har ikke været med til familiefest i to år.",
    emoji="🎂",
    theme="social",
    created=-64,
    by="jonas",
    steps=(
        StepSketch(title="Aftale et tegn, når Mette vil hjem", who="jonas", done=-46),
        StepSketch(title="Bage kagen sammen", who="freja", done=-43),
        StepSketch(title="Blive mindst en time", who="mette", done=-42),
    ),
    ratings=(RatingSketch(day=-42, value=10, by="mette", note="Jeg blev i tre timer."),),
    moves=(MoveSketch(day=-41, state="reached", reason="Vi var der alle tre, og det gik godt."),),
)

FAMILY_GOALS = (DINNER, PARTY)

JONAS = PlanSketch(
    citizen="jonas",
    created=-78,
    contacts=(
        AssignmentSketch(professional="henrik", starts=-130, ends=-13),
        AssignmentSketch(
            professional="louise",
            starts=-12,
            greeting="Kære Jonas. Jeg er kontaktperson for Mette, og nu også for dig. Henrik har "
            "fortalt mig, hvad I har talt om. Skriv endelig til mig. Venlig hilsen Louise",
        ),
    ),
    about_me=AboutMeSketch(
        matters="At Mette og Freja har det godt. At jeg kan passe mit arbejde imens.",
        strengths="Jeg er rolig. Jeg kan lave det meste med mine hænder.",
        dreams="At vi tager i sommerhus alle tre uden at være trætte.",
        bad_day="Lad mig gå en tur med hunden, så er jeg klar igen.",
    ),
    goals=(
        GoalSketch(
            slug="roegfri",
            title="Jeg vil holde op med at ryge",
            why="Freja har bedt mig om det.",
            emoji="🚭",
            theme="health",
            created=-70,
            by="jonas",
            target=30,
            steps=(
                StepSketch(title="Tale med rygestop-vejlederen", done=-52),
                StepSketch(title="Sætte en dato for den sidste cigaret", done=-35),
                StepSketch(title="Sige det til de andre på lageret", due=4),
            ),
            ratings=(RatingSketch(day=-69, value=2), RatingSketch(day=-20, value=6)),
        ),
    ),
    interventions=(
        InterventionSketch(
            slug="rygestop",
            administration="health",
            unit="Solby Sundhedscenter",
            responsible="Tine Holmgaard Bruun",
            phone="+4555501144",
            title="Hjælp til at holde op med at ryge",
            what="Du taler med Tine på telefon hver anden uge. Du får plastre de første uger.",
            why="Det er svært at stoppe alene. Med hjælp lykkes det for flere.",
            rule="Kommunen kan tilbyde hjælp til at leve sundere. Sundhedsloven § 119 (eksempel).",
            starts=-60,
            ends=40,
            hours_per_week=0.5,
            place="Telefon",
            theme="health",
            details={"kind": "talks"},
            goals=("roegfri",),
        ),
    ),
    appointments=(
        AppointmentSketch(
            administration="health",
            title="Samtale om rygestop på telefon",
            day=5,
            starts="16:00",
            ends="16:20",
            place="Tine ringer til dig",
            with_names=("Tine Holmgaard Bruun",),
        ),
    ),
    consents=(
        ConsentSketch(
            slug="maal-til-mette",
            kind="family",
            to_person="mette",
            categories=("goals",),
            given=-60,
            days=300,
        ),
    ),
)

FREJA = PlanSketch(
    citizen="freja",
    created=-74,
    contacts=(AssignmentSketch(professional="naja", starts=-125),),
    about_me=AboutMeSketch(
        matters="At der er nogen, der spørger, hvordan jeg har det. Ikke kun mor.",
        strengths="Jeg er god til at tegne, og jeg er en god ven.",
        dreams="At komme på efterskole med tegning og design.",
        bad_day="Lad mig være lidt alene først. Skriv til mig senere.",
    ),
    goals=(
        GoalSketch(
            slug="i-skole-hver-dag",
            title="Jeg vil komme i skole hver dag",
            why="Jeg bliver hjemme, når jeg er bange for, at mor har det skidt.",
            emoji="📚",
            theme="everyday",
            created=-65,
            by="freja",
            target=70,
            steps=(
                StepSketch(title="Sige til Signe, når det er en svær morgen", done=-44),
                StepSketch(title="Følges med Ida om morgenen", done=-30),
                StepSketch(title="Fire uger med højst to dage hjemme", due=14),
            ),
            ratings=(
                RatingSketch(day=-64, value=3),
                RatingSketch(day=-36, value=5),
                RatingSketch(day=-34, value=5, by="naja", note="Freja møder mere end før."),
                RatingSketch(day=-9, value=7, note="Kun en dag hjemme i denne måned."),
            ),
        ),
        GoalSketch(
            slug="efterskole",
            title="Jeg vil på efterskole efter sommerferien",
            why="Der er en skole med tegning. Jeg har brug for at prøve noget, der er mit.",
            emoji="🎨",
            theme="everyday",
            created=-28,
            by="freja",
            steps=(
                StepSketch(title="Finde tre skoler, jeg kan lide", done=-15),
                StepSketch(title="Tale med mor og far om det", due=10),
                StepSketch(title="Spørge Naja, om man kan få hjælp til prisen", due=7),
            ),
        ),
    ),
    interventions=(
        InterventionSketch(
            slug="kontaktperson-ung",
            administration="family",
            unit="Familiehuset, ungeteamet",
            responsible="Signe Rugholm",
            phone="+4555501452",
            title="En fast voksen: Signe",
            what="Du mødes med Signe en gang om ugen. I bestemmer selv, hvad I laver. "
            "Du kan skrive til hende, når du har det svært.",
            why="Du har brug for en voksen, der er der for dig, og som ikke er syg eller travl.",
            rule="En ung kan få en fast kontaktperson. Barnets lov § 32 (eksempel).",
            starts=-62,
            ends=120,
            hours_per_week=3,
            place="Ungehuset, Engvej 21",
            theme="family",
            details={"kind": "support", "given": "away"},
            goals=("i-skole-hver-dag",),
        ),
    ),
    appointments=(
        AppointmentSketch(
            administration="family",
            title="Mødes med Signe",
            day=3,
            starts="15:00",
            ends="17:00",
            place="Ungehuset, Engvej 21",
            with_names=("Signe Rugholm",),
        ),
        AppointmentSketch(
            administration="family",
            title="Samtale med Naja om det, der er svært derhjemme",
            day=6,
            starts="14:30",
            ends="15:15",
            place="Ungehuset, Engvej 21",
            with_names=("Naja Kruse Vinter",),
        ),
    ),
    promises=(
        PromiseSketch(
            owner="Naja Kruse Vinter",
            text="Naja finder ud af, om du kan få støtte til efterskole.",
            due=6,
            administration="family",
        ),
    ),
    threads=(
        ThreadSketch(
            slug="efterskole",
            subject="Efterskole",
            goal="efterskole",
            waits_for="contact_person",
            unread=1,
            messages=(
                MessageSketch(
                    by="freja",
                    day=-2,
                    clock="17:33",
                    body="Hej Naja. Kan man få penge til efterskole, når ens mor ikke arbejder? "
                    "Jeg vil helst vide det, før jeg spørger derhjemme.",
                ),
            ),
        ),
    ),
    consents=(
        ConsentSketch(
            slug="maal-til-far",
            kind="family",
            to_person="jonas",
            categories=("goals",),
            given=-40,
            days=180,
        ),
        ConsentSketch(
            slug="samlet-plan",
            kind="holistic_plan",
            source="employment",
            to_administration="family",
            categories=("employment",),
            given=-2,
            days=180,
            waits_for="custody_holder",
        ),
    ),
)
