"""Kirsten, 57, four years after a blood clot in the brain: 40 goals and 2,000 messages. She shows
whether a long story stays quick and easy to find one's way in. Used by `municipality`.
"""

from itertools import cycle, islice

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
    RatingSketch,
    StepSketch,
    ThreadSketch,
)

MESSAGES_PER_THREAD = 80
_FIRST_DAY = -1008  # 1,000 days of messages end before Henrik's leave

# (emoji, theme, title, first step); the newest last.
_GOALS = (
    ("🚶", "health", "Jeg vil gå uden rollator indendørs", "Øve ti minutter hver morgen"),
    ("👋", "health", "Jeg vil finde ordene igen", "Læse højt for min søster"),
    ("☕", "everyday", "Jeg vil lave min egen kaffe", "Øve med ergoterapeuten"),
    ("✅", "everyday", "Jeg vil selv tage tøj på", "Øve knapper med højre hånd"),
    ("🛏", "home", "Jeg vil selv kunne lægge sengetøj på", "Prøve med et lille lagen"),
    ("📱", "everyday", "Jeg vil kunne bruge min telefon", "Gemme fem numre"),
    ("✨", "everyday", "Jeg vil i bad uden hjælp", "Få sat et greb op"),
    ("⏰", "health", "Jeg vil lære at holde pauser", "Stille uret til hver time"),
    ("📚", "social", "Jeg vil læse en hel bog", "Begynde på en kort bog"),
    ("🌱", "home", "Jeg vil passe mine planter selv", "Vande om mandagen"),
    ("🍳", "everyday", "Jeg vil lave varm mad to gange om ugen", "Lave suppe sammen med Birthe"),
    ("🌈", "home", "Jeg vil vaske mit eget tøj", "Lære den nye maskine at kende"),
    ("🚌", "everyday", "Jeg vil tage bussen alene", "Køre en tur sammen med Birthe"),
    ("🎨", "social", "Jeg vil male igen", "Købe farver og papir"),
    ("👪", "family", "Jeg vil passe mit barnebarn en time", "Have Ellen på besøg med hendes mor"),
    ("💊", "health", "Jeg vil selv holde styr på min medicin", "Bruge æsken med ugens dage"),
    ("📅", "everyday", "Jeg vil have en kalender, jeg bruger", "Skrive næste uge ind om søndagen"),
    ("🍎", "everyday", "Jeg vil handle ind uden at blive svimmel", "Handle om formiddagen"),
    ("📞", "social", "Jeg vil ringe til en ven hver uge", "Skrive tre navne ned"),
    ("🏊", "health", "Jeg vil gå til varmtvand", "Ringe om en plads"),
    ("💰", "money", "Jeg vil have et budget, jeg kan forstå", "Samle alle regninger"),
    ("🙂", "health", "Jeg vil blive bedre til at huske navne", "Bruge kort med billeder"),
    ("🤗", "social", "Jeg vil spille kort med de andre", "Møde op om onsdagen"),
    ("🏠", "home", "Jeg vil have en stue, jeg kan komme rundt i", "Flytte det lave bord"),
    ("🐱", "home", "Jeg vil have en kat", "Spørge boligselskabet om lov"),
    ("📝", "everyday", "Jeg vil skrive med højre hånd", "Skrive mit navn hver dag"),
    ("🌻", "social", "Jeg vil med i havegruppen", "Se haven en dag, der er stille"),
    ("🏃", "health", "Jeg vil gå til søen og hjem", "Gå til den første bænk"),
    ("🌸", "social", "Jeg vil strikke en hue til Ellen", "Finde tykke pinde"),
    ("🚴", "everyday", "Jeg vil køre på trehjulet cykel", "Prøve en i hjælpemiddelhuset"),
    ("🎉", "family", "Jeg vil holde jul hjemme hos mig selv", "Lave en liste med min søster"),
    ("🎸", "social", "Jeg vil høre en koncert til ende", "Finde en kort koncert"),
    ("💼", "work", "Jeg vil prøve at arbejde to timer om ugen", "Tale med Henrik om et sted"),
    ("🤝", "work", "Jeg vil hjælpe til i genbrugsbutikken", "Møde dem, der er der om tirsdagen"),
    ("😴", "health", "Jeg vil sove uden at vågne kl. fire", "Slukke fjernsynet kl. 21"),
    ("🏦", "money", "Jeg vil selv betale mine regninger", "Betale én regning med hjælp"),
    ("🛋", "social", "Jeg vil have gæster hjemme igen", "Bede naboen på kaffe"),
    ("🦷", "health", "Jeg vil til tandlæge", "Bestille en tid sammen med Birthe"),
    ("🚗", "family", "Jeg vil besøge min bror i Aarhus", "Bestille hjælp på stationen"),
    ("🌞", "everyday", "Jeg vil have en god morgen hver dag", "Skrive ned, hvad der virker"),
)
_REACHED, _PAUSED, _DROPPED = 22, 26, 29  # the oldest goals up to these places

# (thread slug, subject); each has 80 messages.
_SUBJECTS = (
    ("velkommen", "Den første tid hjemme"),
    ("genoptraening", "Min genoptræning"),
    ("tale", "Tale og ord"),
    ("hjaelpemidler", "Hjælpemidler"),
    ("bad", "Hjælp til bad"),
    ("medicin", "Styr på medicinen"),
    ("koersel", "Kørsel til træning"),
    ("hverdag", "Hverdagen"),
    ("mad", "Mad og indkøb"),
    ("traethed", "Når jeg er træt"),
    ("ellen", "Besøg af Ellen"),
    ("bolig", "Min bolig"),
    ("penge", "Penge og regninger"),
    ("varmtvand", "Varmtvand"),
    ("cafe", "Onsdagscaféen"),
    ("kalender", "Min kalender"),
    ("kat", "Om at få en kat"),
    ("have", "Havegruppen"),
    ("cykel", "Trehjulet cykel"),
    ("jul", "Jul og familie"),
    ("arbejde", "To timer om ugen"),
    ("genbrug", "Genbrugsbutikken"),
    ("soevn", "Søvn"),
    ("aarhus", "Turen til Aarhus"),
    ("morgen", "Gode morgener"),
)

# What Kirsten wrote and Henrik answered. The day and the hour make each one its own.
_EXCHANGES = (
    (
        "Hej Henrik. Kan vi flytte mødet til kl. {hour}? Jeg har træning før.",
        "Hej Kirsten. Ja, vi ses kl. {hour}. Jeg har rettet det i kalenderen.",
    ),
    (
        "Det gik fint i dag. Jeg klarede {count} minutter uden pause.",
        "Hvor er det flot, Kirsten. Husk at hvile bagefter.",
    ),
    (
        "Jeg er meget træt i denne uge. Jeg nåede ikke det, vi aftalte.",
        "Det er helt i orden. Vi tager det næste uge. Pas på dig selv.",
    ),
    (
        "Birthe kom ikke i går. Ved du hvorfor?",
        "Birthe var syg. Beklager, at du ikke fik besked. Hun kommer igen i morgen kl. {hour}.",
    ),
    (
        "Jeg har fået et brev, jeg ikke forstår. Vil du se på det?",
        "Ja. Tag det med næste gang, så læser vi det sammen. Det haster ikke.",
    ),
    (
        "Bussen kom for sent igen. Jeg ventede i {count} minutter.",
        "Det går jo ikke. Jeg ringer til kørselskontoret i dag.",
    ),
    (
        "Tak for hjælpen i går. Nu virker det.",
        "Det er jeg glad for at høre. Skriv, hvis der er mere.",
    ),
    (
        "Må min søster komme med til mødet?",
        "Ja, hun er altid velkommen. Det er dig, der bestemmer.",
    ),
    (
        "Jeg glemte min tid hos lægen. Hvad gør jeg nu?",
        "Ring til lægen mellem 8 og 9 og få en ny tid. Skriv den ind i kalenderen med det samme.",
    ),
    (
        "Jeg kunne huske alle navnene i caféen i dag. Alle {count}!",
        "Det er stort. For et år siden sagde du, at det aldrig ville ske.",
    ),
    (
        "Hvornår får jeg svar på min ansøgning?",
        "Du får svar inden {count} dage. Jeg skriver til dig, så snart jeg ved noget.",
    ),
    (
        "Grebet på badeværelset er løst.",
        "Tak, fordi du siger det. Brug det ikke. Der kommer en i morgen kl. {hour}.",
    ),
    (
        "Jeg har prøvet øvelserne. Den tredje gør ondt i skulderen.",
        "Spring den over. Jeg beder din fysioterapeut om at finde en anden.",
    ),
    (
        "Jeg vil gerne prøve selv næste gang. Birthe må bare stå ved siden af.",
        "God plan. Jeg siger det til Birthe, så hun ved det.",
    ),
    (
        "Skal jeg selv bestille kørsel til på fredag?",
        "Nej, jeg har bestilt den. De henter dig kl. {hour}.",
    ),
    (
        "Det blev for meget i dag. Der var mange, der talte på én gang.",
        "Det forstår jeg. Skal vi finde en tid, hvor der er færre? Torsdag er mere stille.",
    ),
    (
        "Jeg har skrevet {count} linjer med højre hånd.",
        "Imponerende! Gem papiret, så du kan se, hvor langt du er kommet.",
    ),
)


def _goals() -> tuple[GoalSketch, ...]:
    return tuple(_goal(number, *entry) for number, entry in enumerate(_GOALS))


def _goal(number: int, emoji: str, theme: str, title: str, step: str) -> GoalSketch:
    created = -960 + 23 * number
    return GoalSketch(
        slug=f"maal-{number + 1}",
        title=title,
        emoji=emoji,
        theme=theme,
        created=created,
        by="kirsten",
        steps=(
            StepSketch(title=step, done=created + 12 if number < _PAUSED else None),
            StepSketch(
                title="Fortælle Henrik, hvordan det går",
                done=created + 15 if number < _REACHED else None,
                due=None if number < _DROPPED else 10 + number % 9,
            ),
        ),
        ratings=(
            RatingSketch(day=created + 1, value=1 + number % 3),
            RatingSketch(day=created + 14, value=9 if number < _REACHED else 3 + number % 4),
        ),
        moves=_moves(number, created + 20),
    )


def _moves(number: int, day: int) -> tuple[MoveSketch, ...]:
    if number < _REACHED:
        return (MoveSketch(day=day, state="reached", reason="Nu kan jeg det."),)
    if number < _PAUSED:
        return (MoveSketch(day=day, state="paused", reason="Jeg venter, til jeg har kræfter."),)
    if number < _DROPPED:
        return (MoveSketch(day=day, state="dropped", reason="Det betyder ikke så meget mere."),)
    return ()


def _threads() -> tuple[ThreadSketch, ...]:
    """Return 25 threads, one after the other in time; the last one waits for an answer."""
    per_thread = MESSAGES_PER_THREAD // 2
    threads = []
    for number, (slug, subject) in enumerate(_SUBJECTS):
        first_day = _FIRST_DAY + number * per_thread
        messages = tuple(
            message
            for offset, exchange in enumerate(
                islice(cycle(_EXCHANGES), number, number + per_thread)
            )
            for message in _exchange(exchange, first_day + offset, offset)
        )
        threads.append(
            ThreadSketch(slug=slug, subject=subject, waits_for="nobody", messages=messages)
        )
    return (*threads[:-1], _waiting(threads[-1]))


def _waiting(thread: ThreadSketch) -> ThreadSketch:
    """Return the thread with its last two messages turned round: Kirsten wrote last."""
    *before, question, answer = thread.messages
    question = MessageSketch(by="kirsten", day=-1, clock="15:45", body=question.body)
    answer = MessageSketch(
        by="henrik", day=-6, clock="09:10", body="Hej Kirsten. Hvordan går det med morgenerne?"
    )
    return ThreadSketch(
        slug=thread.slug,
        subject=thread.subject,
        waits_for="contact_person",
        messages=(*before, answer, question),
        unread=1,
    )


def _exchange(
    exchange: tuple[str, str], day: int, offset: int
) -> tuple[MessageSketch, MessageSketch]:
    details = {"hour": 9 + offset % 6, "count": 5 + offset % 20}
    question, answer = (body.format(**details) for body in exchange)
    return (
        MessageSketch(by="kirsten", day=day, clock="08:30", body=question),
        MessageSketch(by="henrik", day=day, clock="13:15", body=answer),
    )


PLAN = PlanSketch(
    citizen="kirsten",
    created=-1010,
    contacts=(AssignmentSketch(professional="henrik", starts=-1500),),
    about_me=AboutMeSketch(
        matters="At jeg bestemmer selv. Min søster, min datter og lille Ellen.",
        strengths="Jeg er stædig. Jeg husker ansigter, også når navnet er væk.",
        dreams="At holde jul hjemme og lave maden selv.",
        bad_day="Tal langsomt. Én ting ad gangen. Sluk radioen.",
    ),
    goals=_goals(),
    interventions=(
        InterventionSketch(
            slug="bostoette",
            administration="adult_social",
            unit="Bostøtten, Team Nord",
            responsible="Birthe Ladegaard",
            phone="+4555501344",
            title="Støtte i hverdagen",
            what="Birthe kommer to gange om ugen. I øver det, du vil kunne selv.",
            why="Du vil selv kunne mere efter din blodprop.",
            rule="Du kan få støtte i hverdagen. Serviceloven § 85 (eksempel).",
            starts=-1390,
            ends=160,
            hours_per_week=4,
            place="Hjemme hos dig",
            theme="everyday",
            details={"kind": "support", "given": "at_home"},
            goals=("maal-30", "maal-38", "maal-40"),
        ),
        InterventionSketch(
            slug="vedligehold",
            administration="health",
            unit="Solby Sundhedscenter",
            responsible="Anders Lykkegaard Juul",
            phone="+4555501120",
            title="Træning, så du ikke mister noget",
            what="Du træner på hold en gang om ugen.",
            why="Uden træning bliver din højre side svagere.",
            rule="Kommunen giver træning, så du kan blive ved med det, du kan. "
            "Serviceloven § 86 (eksempel).",
            starts=-700,
            ends=95,
            hours_per_week=1,
            place="Solby Sundhedscenter, Parkvej 6",
            theme="health",
            details={"kind": "course", "in_group": True},
            goals=("maal-30",),
        ),
    ),
    appointments=(
        AppointmentSketch(
            administration="adult_social",
            title="Opfølgning på dine mål",
            day=8,
            starts="10:00",
            ends="11:00",
            place="Hjemme hos dig",
            with_names=("Henrik Mosegård", "Birthe Ladegaard"),
        ),
    ),
    threads=_threads(),
    consents=(
        ConsentSketch(
            slug="samlet-plan",
            kind="holistic_plan",
            to_administration="adult_social",
            categories=("employment", "family"),
            case="Sagen om din samlede plan",
            given=-150,
            days=360,
        ),
    ),
)
