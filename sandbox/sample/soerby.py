"""Renée, on her own with Villads (14) and Alba (9): support from the family department, and a goal
that all three share. Used by `municipality`.
"""

from sandbox.sample.sketches import (
    AboutMeSketch,
    AppointmentSketch,
    AssignmentSketch,
    ConsentSketch,
    DecisionSketch,
    GoalSketch,
    HouseholdSketch,
    InterventionSketch,
    MessageSketch,
    PlanSketch,
    PromiseSketch,
    RatingSketch,
    StepSketch,
    ThreadSketch,
)

RENEE = PlanSketch(
    citizen="renee",
    created=-52,
    contacts=(AssignmentSketch(professional="naja", starts=-95),),
    about_me=AboutMeSketch(
        matters="At børnene kommer glade afsted. At ingen synes, jeg er en dårlig mor.",
        strengths="Jeg giver ikke op. Jeg er god til at finde på noget sjovt for få penge.",
        dreams="At blive færdig som tandplejer. Jeg mangler kun det sidste år.",
        bad_day="Sig, at det er godt nok. Hjælp mig med at vælge det vigtigste.",
    ),
    goals=(
        GoalSketch(
            slug="faste-aftaler",
            title="Jeg vil have en fast aften om ugen for mig selv",
            why="Jeg er på hele tiden. En aften gør, at jeg har mere at give af.",
            emoji="🌸",
            theme="family",
            created=-47,
            by="renee",
            target=28,
            steps=(
                StepSketch(title="Spørge min søster om tirsdage", done=-33),
                StepSketch(title="Møde aflastningsfamilien", done=-13),
                StepSketch(title="Første weekend hos aflastningsfamilien", due=11),
            ),
            ratings=(RatingSketch(day=-46, value=1), RatingSketch(day=-12, value=4)),
        ),
        GoalSketch(
            slug="faerdig-uddannelse",
            title="Jeg vil i gang med skolen igen",
            why="Jeg vil have et job, hvor jeg kan forsørge os.",
            emoji="🎓",
            theme="work",
            created=-30,
            by="renee",
            steps=(
                StepSketch(title="Ringe til skolens vejleder", done=-17),
                StepSketch(title="Søge om at begynde efter sommer", due=25),
            ),
            ratings=(RatingSketch(day=-29, value=2), RatingSketch(day=-5, value=3)),
        ),
    ),
    interventions=(
        InterventionSketch(
            slug="aflastning",
            administration="family",
            unit="Familieafdelingen, Team Nord",
            responsible="Naja Kruse Vinter",
            phone="+4555501418",
            title="Aflastning hver tredje weekend",
            what="Villads og Alba er hos en fast familie hver tredje weekend. "
            "De har selv været med til at vælge den.",
            why="Du er alene om det hele. Du og børnene får mere ro, når du kan hvile.",
            rule="Et barn kan være hos en fast familie en gang imellem. "
            "Barnets lov § 32 (eksempel).",
            starts=11,
            ends=191,
            place="Hos familien Tranholm i Vestby",
            theme="family",
            details={"kind": "support", "given": "host_family"},
            state="planned",
            goals=("faste-aftaler",),
        ),
        InterventionSketch(
            slug="sundhedsplejerske",
            administration="health",
            unit="Sundhedsplejen",
            responsible="Dorthe Engsig Krag",
            phone="+4555501188",
            title="Samtaler om søvn med Albas sundhedsplejerske",
            what="Dorthe kommer tre gange. I laver en plan for aften og nat, som Alba kan lide.",
            why="Alba sover dårligt, og så sover I andre også dårligt.",
            rule="Sundhedsplejen giver råd til børn med særlige behov. "
            "Sundhedsloven § 122 (eksempel).",
            starts=-25,
            ends=17,
            place="Hjemme hos jer",
            theme="health",
            details={"kind": "talks", "sessions": 3},
        ),
    ),
    appointments=(
        AppointmentSketch(
            administration="family",
            title="Møde om aflastning",
            day=4,
            starts="13:00",
            ends="14:00",
            place="Familiehuset, Engvej 19",
            with_names=("Naja Kruse Vinter",),
        ),
    ),
    decisions=(
        DecisionSketch(
            administration="family",
            title="I får aflastning hver tredje weekend",
            text="I får plads hos en fast familie hver tredje weekend i seks måneder. "
            "Vi har lagt vægt på det, du og børnene har fortalt.",
            day=-10,
            rule="Barnets lov § 32 (eksempel).",
            how_to_appeal="Skriv eller ring til Familieafdelingen, inden fristen er gået. "
            "Vi ser på sagen igen. Holder vi fast, sender vi klagen til Ankestyrelsen.",
        ),
    ),
    promises=(
        PromiseSketch(
            owner="Naja Kruse Vinter",
            text="Naja tager med, når børnene besøger familien første gang.",
            due=-13,
            kept=-13,
            administration="family",
        ),
    ),
    threads=(
        ThreadSketch(
            slug="weekend",
            subject="Den første weekend",
            goal="faste-aftaler",
            waits_for="citizen",
            unread=1,
            messages=(
                MessageSketch(
                    by="renee",
                    day=-4,
                    clock="20:15",
                    body="Hej Naja. Alba er lidt bange for at sove et andet sted. "
                    "Kan hun ringe hjem om aftenen?",
                ),
                MessageSketch(
                    by="naja",
                    day=-2,
                    clock="09:50",
                    body="Hej Renée. Ja, selvfølgelig. Familien foreslår kl. 19. "
                    "Har Alba en bamse, hun vil have med? Skriv gerne, hvad der ellers kan hjælpe.",
                ),
            ),
        ),
    ),
    consents=(
        ConsentSketch(
            slug="samlet-plan",
            kind="holistic_plan",
            to_administration="family",
            categories=("employment", "social"),
            case="Sagen om jeres samlede plan",
            given=-50,
            days=300,
        ),
        ConsentSketch(
            slug="sundhed-til-familie",
            kind="health_disclosure",
            source="health",
            to_administration="family",
            categories=("health",),
            case="Sagen om jeres samlede plan",
            given=-24,
            days=180,
            text_version=2,
        ),
    ),
)

VILLADS = PlanSketch(
    citizen="villads",
    created=-45,
    contacts=(AssignmentSketch(professional="naja", starts=-95),),
    about_me=AboutMeSketch(
        matters="Fodbold og mine venner. Og at mor ikke er så træt.",
        strengths="Jeg er god til at passe på Alba.",
        dreams="At komme på skolens hold.",
        bad_day="Spørg ikke så meget. Spil en kamp med mig.",
    ),
    goals=(
        GoalSketch(
            slug="fodbold",
            title="Jeg vil gå til fodbold igen",
            why="Jeg stoppede, da vi flyttede. Jeg savner det.",
            emoji="⚽",
            theme="social",
            created=-40,
            by="villads",
            target=20,
            steps=(
                StepSketch(title="Prøve at træne en gang i Solby IF", done=-21),
                StepSketch(title="Finde ud af, hvem der kan køre", who="renee", done=-14),
                StepSketch(title="Melde mig ind", due=7),
            ),
            ratings=(RatingSketch(day=-39, value=2), RatingSketch(day=-13, value=7)),
        ),
    ),
    interventions=(
        InterventionSketch(
            slug="fritidspas",
            administration="family",
            unit="Familieafdelingen, Team Nord",
            responsible="Naja Kruse Vinter",
            phone="+4555501418",
            title="Hjælp til at gå til noget",
            what="Kommunen betaler for fodbold i et år. Du får også støvler.",
            why="Det er godt at have noget, der er dit eget.",
            rule="Et barn kan få hjælp til at gå til noget i fritiden. "
            "Barnets lov § 30 (eksempel).",
            starts=-15,
            ends=350,
            place="Solby IF",
            theme="social",
            details={"kind": "grant", "pays_for": "Fodbold i et år, og støvler"},
            goals=("fodbold",),
        ),
    ),
    appointments=(
        AppointmentSketch(
            administration="family",
            title="Snak med Naja",
            day=7,
            starts="14:30",
            ends="15:00",
            place="Din skole, grupperum 2",
            with_names=("Naja Kruse Vinter",),
        ),
    ),
)

HOUSEHOLD = HouseholdSketch(
    slug="soerby",
    name="Familien Nørgaard Sørby",
    joined=-70,
    members=(("renee", "mother"), ("villads", "child"), ("alba", "child")),
    goals=(
        GoalSketch(
            slug="rolige-morgener",
            title="Vi vil have rolige morgener",
            why="Når vi skændes om morgenen, er hele dagen ødelagt.",
            emoji="☀",
            theme="family",
            created=-43,
            by="renee",
            target=35,
            steps=(
                StepSketch(title="Pakke tasker om aftenen", who="villads", done=-26),
                StepSketch(title="Lægge tøj frem til i morgen", who="alba", due=3),
                StepSketch(title="Stå op 20 minutter før de andre", who="renee", done=-18),
                StepSketch(title="Vække Alba med musik", who="villads", due=3),
            ),
            ratings=(
                RatingSketch(day=-42, value=2, by="renee"),
                RatingSketch(day=-11, value=5, by="villads"),
            ),
        ),
    ),
)
