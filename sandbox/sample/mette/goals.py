"""Mette's goals: her own at every stage, and what the administrations proposed."""

from sandbox.sample.sketches import EditSketch, GoalSketch, MoveSketch, RatingSketch, StepSketch

OUT_EVERY_DAY = GoalSketch(
    slug="ud-hver-dag",
    title="Jeg vil ud af huset hver dag",
    why="Når jeg bliver hjemme, vokser tankerne. Når jeg har gået en tur, er jeg mere mig selv.",
    emoji="🌳",
    theme="everyday",
    created=-120,
    by="mette",
    target=40,
    helped_by="Jonas og min nabo Pia",
    wanted=8,
    steps=(
        StepSketch(title="Gå en tur om søen med Jonas om søndagen", done=-96),
        StepSketch(title="Gå alene til brugsen og hjem igen", done=-61),
        StepSketch(title="Gå med Pia til gåholdet ved søen", due=-12, done=-10),
        StepSketch(title="Gå med på gåholdet uden Pia", due=9),
        StepSketch(title="Tage bussen til byen og drikke en kop kaffe", due=30),
    ),
    ratings=(
        RatingSketch(day=-118, value=2, note="Jeg kom kun ud, når jeg skulle."),
        RatingSketch(day=-92, value=3),
        RatingSketch(
            day=-90,
            value=3,
            by="louise",
            note="Mette er begyndt at gå ture. Det er et godt skridt.",
        ),
        RatingSketch(day=-70, value=3, note="To dårlige uger, men jeg kom ud alligevel."),
        RatingSketch(day=-48, value=5),
        RatingSketch(
            day=-45, value=5, by="louise", note="Mette handler selv ind nu. Det kunne hun ikke før."
        ),
        RatingSketch(day=-26, value=5),
        RatingSketch(day=-8, value=6, note="Gåholdet er rart. De spørger ikke for meget."),
        RatingSketch(day=-7, value=7, by="louise", note="Mette kommer ud næsten hver dag."),
    ),
    edits=(EditSketch(day=-100, before="Jeg vil mere ud"),),
)

PART_TIME_JOB = GoalSketch(
    slug="job-jeg-kan-holde-til",
    title="Jeg vil finde et arbejde, som min ryg og mit hoved kan holde til",
    why="Jeg var glad for mit arbejde på plejehjemmet. Jeg vil gerne være noget for andre igen, "
    "bare på en måde, hvor jeg ikke bliver syg.",
    emoji="💼",
    theme="work",
    created=-112,
    by="mette",
    target=150,
    helped_by="Min mentor",
    wanted=7,
    steps=(
        StepSketch(title="Skrive ned, hvad jeg kan, sammen med min mentor", done=-80),
        StepSketch(title="Besøge biblioteket og se, om det er noget for mig", done=-38),
        StepSketch(title="Aftale praktik med biblioteket", who="louise", done=-29),
        StepSketch(title="Prøve 8 timer om ugen i fire uger", due=6),
        StepSketch(title="Finde en hæve-sænke-stol til praktikken", who="louise", due=-3),
        StepSketch(title="Tale med Louise om flere timer eller ej", due=16),
    ),
    ratings=(
        RatingSketch(day=-110, value=1, note="Jeg kunne slet ikke se det for mig."),
        RatingSketch(day=-66, value=2),
        RatingSketch(day=-28, value=4, note="Biblioteket var roligt. Der kunne jeg godt være."),
        RatingSketch(
            day=-27, value=4, by="louise", note="Praktikken passer godt til det, Mette kan."
        ),
        RatingSketch(day=-6, value=5, note="Otte timer er nok lige nu, men det går."),
    ),
)

SLEEP = GoalSketch(
    slug="sove-om-natten",
    title="Jeg vil sove mindst seks timer om natten",
    why="Uden søvn kan jeg ikke noget som helst dagen efter.",
    emoji="😴",
    theme="health",
    created=-105,
    by="mette",
    steps=(
        StepSketch(title="Lægge telefonen ud i køkkenet kl. 21", done=-88),
        StepSketch(title="Bruge øvelsen fra kurset, når tankerne kører", done=-52),
        StepSketch(title="Stå op kl. 7, også efter en dårlig nat", done=-33),
    ),
    ratings=(
        RatingSketch(day=-104, value=3),
        RatingSketch(day=-60, value=6),
        RatingSketch(day=-31, value=9, note="Jeg sover næsten altid igennem nu."),
    ),
    moves=(
        MoveSketch(
            day=-30, state="reached", reason="Jeg har sovet seks timer eller mere i fire uger."
        ),
    ),
)

SWIM = GoalSketch(
    slug="svoemme-igen",
    title="Jeg vil svømme igen",
    why="Vandet er det eneste sted, hvor ryggen ikke gør ondt.",
    emoji="🏊",
    theme="health",
    created=-95,
    by="mette",
    steps=(
        StepSketch(title="Ringe og høre om varmtvandsholdet", done=-72),
        StepSketch(title="Tage med én gang og se det"),
    ),
    ratings=(RatingSketch(day=-94, value=2), RatingSketch(day=-58, value=2)),
    moves=(
        MoveSketch(
            day=-40,
            state="paused",
            reason="Svømmehallen er lukket på grund af ombygning. Jeg tager det op til foråret.",
        ),
    ),
)

CHOIR = GoalSketch(
    slug="synge-i-kor",
    title="Jeg vil begynde at synge i kor",
    why="Det gjorde jeg, før jeg blev syg.",
    emoji="🎸",
    theme="social",
    created=-88,
    by="mette",
    steps=(StepSketch(title="Skrive til kirkekoret"),),
    moves=(
        MoveSketch(
            day=-55,
            state="dropped",
            reason="Der er for mange mennesker. Jeg vil hellere gå med gåholdet.",
        ),
    ),
)

MONEY = GoalSketch(
    slug="styr-paa-regninger",
    title="Jeg vil have styr på mine regninger",
    why="Jeg bliver bange, når der kommer post, og så lader jeg den ligge.",
    emoji="✉",
    theme="money",
    created=-42,
    by="mette",
    target=60,
    steps=(
        StepSketch(title="Åbne al post sammen med Pia om torsdagen", done=-20),
        StepSketch(title="Lave et budget sammen med Pia", due=12),
        StepSketch(title="Ringe til banken om en fast aftale", due=-2),
    ),
    ratings=(RatingSketch(day=-41, value=2), RatingSketch(day=-9, value=4)),
)

STRONGER_BACK = GoalSketch(
    slug="staerkere-ryg",
    title="Mette kan sidde og stå i to timer uden stærke smerter",
    why="Når ryggen bliver stærkere, kan du være længere tid i praktikken.",
    theme="health",
    administration="health",
    created=-63,
    by="birgitte",
    first_state="proposed",
    target=75,
    steps=(
        StepSketch(title="Gå til test hos fysioterapeuten", done=-56),
        StepSketch(title="Gå på ryghold to gange om ugen", due=35),
        StepSketch(title="Lave øvelserne hjemme tre gange om ugen", due=35),
    ),
    ratings=(
        RatingSketch(day=-56, value=3),
        RatingSketch(day=-18, value=4, note="Jeg kan stå og lave mad nu."),
    ),
    moves=(MoveSketch(day=-58, state="active", reason="Det vil jeg gerne prøve."),),
)

MORE_HOURS = GoalSketch(
    slug="flere-timer-i-praktik",
    title="Mette prøver 12 timer om ugen i praktikken",
    why="Du har klaret otte timer godt. Vi foreslår at prøve lidt flere, hvis du selv er klar. "
    "Du kan sige ja eller nej.",
    theme="work",
    administration="employment",
    created=-4,
    by="louise",
    first_state="proposed",
    target=65,
    steps=(
        StepSketch(title="Tale med biblioteket om en ekstra dag", who="louise", due=20),
        StepSketch(title="Prøve 12 timer i to uger", due=45),
    ),
)

GOALS = (
    OUT_EVERY_DAY,
    PART_TIME_JOB,
    MONEY,
    STRONGER_BACK,
    MORE_HOURS,
    SWIM,
    SLEEP,
    CHOIR,
)
