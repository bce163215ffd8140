"""What the four administrations do with Mette: interventions, meetings, decisions, promises."""

from sandbox.sample.sketches import (
    AnswerSketch,
    AppointmentSketch,
    DecisionSketch,
    InterventionSketch,
    PromiseSketch,
)

_LIBRARY = "Solby Bibliotek, Torvet 2"
_HOME = "Hjemme hos dig, Lærkevænget 12"
_HEALTH_CENTRE = "Solby Sundhedscenter, Parkvej 6"
_TOWN_HALL = "Solby Rådhus, Rådhuspladsen 1, mødelokale 3"

INTERVENTIONS = (
    InterventionSketch(
        slug="ressourceforloeb",
        administration="employment",
        unit="Helhedsteamet, Beskæftigelse",
        responsible="Louise Abildtrup",
        phone="+4555501201",
        title="Ressourceforløb",
        what="Et forløb på op til to år. Her samler vi hjælpen, så du kan komme tættere på et "
        "arbejde. Vi mødes mindst hver sjette uge.",
        why="Du kan ikke arbejde fuld tid lige nu. Du har brug for ro og for hjælp fra flere "
        "steder på samme tid.",
        rule="Du kan få et ressourceforløb, når du har brug for hjælp fra flere sider, før du kan "
        "arbejde. Lov om en aktiv beskæftigelsesindsats § 107 (eksempel).",
        starts=-158,
        ends=420,
        place="Solby Rådhus",
        theme="work",
        goals=("job-jeg-kan-holde-til",),
    ),
    InterventionSketch(
        slug="praktik",
        administration="employment",
        unit="Virksomhedsservice",
        responsible="Rasmus Tøttrup Holm",
        phone="+4555501244",
        title="Praktik på biblioteket",
        what="Du stiller bøger på plads og hjælper ved skranken. Du har to faste dage om ugen. "
        "Du kan holde pause, når du har brug for det.",
        why="Du har selv valgt stedet. Her kan du prøve, hvor mange timer du kan holde til.",
        rule="Du kan komme i praktik for at finde ud af, hvad du kan. "
        "Lov om en aktiv beskæftigelsesindsats § 57 (eksempel).",
        starts=-36,
        ends=55,
        hours_per_week=8,
        weekly_times=((2, "10:00", "14:00"), (4, "10:00", "14:00")),
        place=_LIBRARY,
        theme="work",
        details={"kind": "work_trial", "workplace": "Solby Bibliotek", "contact": "Birthe Munk"},
        goals=("job-jeg-kan-holde-til", "flere-timer-i-praktik"),
    ),
    InterventionSketch(
        slug="mentor",
        administration="employment",
        unit="Helhedsteamet, Beskæftigelse",
        responsible="Karsten Hvidbjerg",
        phone="+4555501260",
        title="Mentor",
        what="Karsten følger dig til praktikken de første gange. I taler sammen hver uge om, "
        "hvordan det går.",
        why="Det er svært at være ny et sted, når man har angst. Karsten kender dig og stedet.",
        rule="Du kan få en mentor, når du har brug for støtte til at holde fast i en aftale. "
        "Lov om en aktiv beskæftigelsesindsats § 167 (eksempel).",
        starts=-110,
        ends=70,
        hours_per_week=1,
        place=_LIBRARY,
        theme="work",
        details={"kind": "support", "given": "away"},
        goals=("job-jeg-kan-holde-til",),
    ),
    InterventionSketch(
        slug="bostoette",
        administration="adult_social",
        unit="Bostøtten, Team Syd",
        responsible="Pia Rønholt",
        phone="+4555501333",
        title="Bostøtte",
        what="Pia kommer hjem til dig hver torsdag. I åbner post, planlægger ugen og går en tur.",
        why="Du mister overblikket, når du har det skidt. Med støtte kan du selv klare mere.",
        rule="Du kan få støtte i hverdagen, når du har en psykisk lidelse. "
        "Serviceloven § 85 (eksempel).",
        starts=-150,
        ends=210,
        hours_per_week=2,
        weekly_times=((4, "13:00", "15:00"),),
        place=_HOME,
        theme="everyday",
        details={"kind": "support", "given": "at_home"},
        goals=("ud-hver-dag", "styr-paa-regninger"),
    ),
    InterventionSketch(
        slug="familiebehandling",
        administration="family",
        unit="Familiehuset",
        responsible="Line Fjordbak",
        phone="+4555501440",
        title="Familiesamtaler",
        what="Du, Jonas og Freja taler med Line hver anden uge. I øver jer i at sige, hvad I har "
        "brug for, uden at blive vrede.",
        why="Din sygdom fylder også for Freja. Hun skal ikke gå alene med det.",
        rule="Familien kan få støtte, når et barn eller en ung har brug for det. "
        "Barnets lov § 32 (eksempel).",
        starts=-75,
        ends=105,
        hours_per_week=1,
        place="Familiehuset, Engvej 19",
        theme="family",
        details={"kind": "talks"},
    ),
    InterventionSketch(
        slug="ryghold",
        administration="health",
        unit="Solby Sundhedscenter",
        responsible="Anders Lykkegaard Juul",
        phone="+4555501120",
        title="Ryghold",
        what="Du træner med en fysioterapeut på et lille hold to gange om ugen i 12 uger.",
        why="Din læge har set på din ryg. Træning virker bedre end hvile på dine smerter.",
        rule="Kommunen giver træning, der kan forebygge, at du bliver mere syg. "
        "Sundhedsloven § 119 (eksempel).",
        starts=-49,
        ends=35,
        hours_per_week=2,
        place=_HEALTH_CENTRE,
        theme="health",
        details={"kind": "course", "sessions": 24, "in_group": True},
        goals=("staerkere-ryg",),
    ),
    InterventionSketch(
        slug="laer-at-tackle",
        administration="health",
        unit="Solby Sundhedscenter",
        responsible="Sanne Brix Overby",
        phone="+4555501131",
        title="Kursus: Lær at leve med angst",
        what="Du mødes med syv andre i otte uger. I lærer øvelser, der gør angsten mindre.",
        why="Du ville gerne møde andre, der har det som dig.",
        rule="Kommunen kan tilbyde kurser, der hjælper dig til et bedre helbred. "
        "Sundhedsloven § 119 (eksempel).",
        starts=-160,
        ends=-104,
        hours_per_week=2.5,
        place=_HEALTH_CENTRE,
        theme="health",
        details={"kind": "course", "sessions": 8, "in_group": True},
        state="ended",
        goals=("sove-om-natten",),
    ),
    InterventionSketch(
        slug="psykolog",
        administration="health",
        unit="Solby Sundhedscenter",
        responsible="Sanne Brix Overby",
        phone="+4555501131",
        title="Samtaler med psykolog",
        what="Du får seks samtaler om, hvordan du undgår at få det skidt igen.",
        why="Du har det bedre nu. Samtalerne skal hjælpe dig med at holde fast i det.",
        rule="Kommunen kan tilbyde samtaler, der forebygger ny sygdom. "
        "Sundhedsloven § 119 (eksempel).",
        starts=21,
        ends=120,
        hours_per_week=1,
        place=_HEALTH_CENTRE,
        theme="health",
        details={"kind": "talks", "sessions": 6},
        state="planned",
        goals=("sove-om-natten", "ud-hver-dag"),
    ),
)

APPOINTMENTS = (
    AppointmentSketch(
        administration="employment",
        title="Opfølgning på din plan",
        day=2,
        starts="10:00",
        ends="10:45",
        place=_TOWN_HALL,
        with_names=("Louise Abildtrup", "Karsten Hvidbjerg"),
        answer=AnswerSketch(day=-2),
    ),
    AppointmentSketch(
        administration="adult_social",
        title="Besøg af Pia fra bostøtten",
        day=3,
        starts="13:00",
        ends="15:00",
        place=_HOME,
        with_names=("Pia Rønholt",),
    ),
    AppointmentSketch(
        administration="health",
        title="Ryghold",
        day=4,
        starts="09:30",
        ends="10:30",
        place=_HEALTH_CENTRE,
        with_names=("Anders Lykkegaard Juul",),
    ),
    AppointmentSketch(
        administration="family",
        title="Familiesamtale",
        day=4,
        starts="10:00",
        ends="11:00",
        place="Familiehuset, Engvej 19",
        with_names=("Line Fjordbak", "Jonas Bang", "Freja Lauridsen Bang"),
    ),
    AppointmentSketch(
        administration="employment",
        title="Samtale på biblioteket om praktikken",
        day=9,
        starts="11:00",
        ends="11:30",
        place=_LIBRARY,
        with_names=("Rasmus Tøttrup Holm", "Karsten Hvidbjerg"),
        answer=AnswerSketch(
            day=-1, wish="Jeg er til tandlæge den dag. Kan vi tage det en anden formiddag?"
        ),
    ),
    AppointmentSketch(
        administration="health",
        title="Første samtale med psykolog",
        day=17,
        starts="14:00",
        ends="14:50",
        place=_HEALTH_CENTRE,
        with_names=("Sanne Brix Overby",),
    ),
    AppointmentSketch(
        administration="employment",
        title="Opfølgning på din plan",
        day=-27,
        starts="10:00",
        ends="10:45",
        place=_TOWN_HALL,
        with_names=("Louise Abildtrup",),
    ),
    AppointmentSketch(
        administration="family",
        title="Familiesamtale",
        day=-6,
        starts="15:30",
        ends="16:30",
        place="Familiehuset, Engvej 19",
        with_names=("Line Fjordbak", "Jonas Bang", "Freja Lauridsen Bang"),
    ),
    AppointmentSketch(
        administration="health",
        title="Test af din ryg",
        day=-56,
        starts="09:00",
        ends="09:40",
        place=_HEALTH_CENTRE,
        with_names=("Anders Lykkegaard Juul",),
    ),
)

DECISIONS = (
    DecisionSketch(
        administration="adult_social",
        title="Du får to timers bostøtte om ugen",
        text="Du søgte om tre timers bostøtte om ugen. Du får to timer. "
        "Vi har lagt vægt på, at du kan mere selv end for et halvt år siden. "
        "Du handler selv ind, og du kommer ud næsten hver dag. "
        "Vi ser på det igen om seks måneder, eller før, hvis du får det værre.",
        day=-7,
        rule="Serviceloven § 85 (eksempel). Støtten skal passe til det, du har brug for.",
        how_to_appeal="Skriv eller ring til Voksenrådgivningen, inden fristen er gået. "
        "Du behøver ikke en særlig form. Vi ser på sagen igen. "
        "Holder vi fast, sender vi din klage til Ankestyrelsen. Det koster ikke noget.",
    ),
    DecisionSketch(
        administration="employment",
        title="Du får et ressourceforløb",
        text="Du får et ressourceforløb på op til to år. "
        "Du får penge fra kommunen, så længe forløbet varer. "
        "Vi har lagt vægt på, hvad din læge skriver, og på det, du selv har fortalt.",
        day=-118,
        rule="Lov om en aktiv beskæftigelsesindsats § 107 (eksempel). "
        "Du har brug for hjælp fra flere sider, før du kan arbejde.",
        how_to_appeal="Skriv eller ring til kommunen, inden fristen er gået. Vi ser på sagen igen. "
        "Holder vi fast, sender vi din klage til Ankestyrelsen.",
    ),
)

PROMISES = (
    PromiseSketch(
        owner="Louise Abildtrup",
        text="Louise finder en hæve-sænke-stol til biblioteket.",
        due=-2,
        administration="employment",
    ),
    PromiseSketch(
        owner="Louise Abildtrup",
        text="Louise sender referatet fra vores sidste møde.",
        due=-22,
        kept=-24,
        administration="employment",
    ),
    PromiseSketch(
        owner="Pia Rønholt",
        text="Pia ringer til boligselskabet sammen med dig.",
        due=4,
        administration="adult_social",
    ),
    PromiseSketch(
        owner="Line Fjordbak",
        text="Line taler med Frejas lærer, så du ikke skal gøre det selv.",
        due=-5,
        kept=-5,
        administration="family",
    ),
    PromiseSketch(
        owner="Anders Lykkegaard Juul",
        text="Anders sender dig øvelserne som film.",
        due=5,
        administration="health",
    ),
    PromiseSketch(
        owner="Mette Holm Lauridsen",
        text="Jeg ringer til biblioteket samme morgen, hvis jeg ikke kan komme.",
        due=6,
    ),
)
