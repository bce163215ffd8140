"""Mette's threads with her contact person: one in each state."""

from sandbox.sample.sketches import MessageSketch, ThreadSketch

WAITS_FOR_METTE = ThreadSketch(
    slug="flere-timer",
    subject="Flere timer på biblioteket?",
    goal="job-jeg-kan-holde-til",
    waits_for="citizen",
    unread=1,
    messages=(
        MessageSketch(
            by="mette",
            day=-5,
            clock="19:12",
            body="Hej Louise. Det går godt på biblioteket. Jeg er træt bagefter, men på en god "
            "måde. De spørger, om jeg kan komme en dag mere. Jeg ved ikke, hvad jeg skal sige.",
        ),
        MessageSketch(
            by="louise",
            day=-4,
            clock="10:35",
            body="Hej Mette. Hvor er det dejligt at høre. Der er ingen, der presser dig. "
            "Hvad siger din krop dagen efter, når du har været der?",
            text_file=(
                "Gode råd om pauser.txt",
                "Hold en pause hver time.\nSig til, når du er træt.\nDrik et glas vand.\n",
            ),
        ),
        MessageSketch(
            by="mette",
            day=-3,
            clock="20:48",
            body="Ryggen er øm om aftenen. Men jeg sover godt. Hovedet har det faktisk bedre de "
            "dage, jeg er afsted.",
        ),
        MessageSketch(
            by="louise",
            day=-1,
            clock="09:20",
            body="Tak, det er godt at vide. Jeg har lavet et forslag til et mål om 12 timer. "
            "Du finder det under Mål. Se på det i ro og mag, og sig ja eller nej, når du er klar. "
            "Vi kan også vente. Hvad tænker du?",
        ),
    ),
)

WAITS_FOR_LOUISE = ThreadSketch(
    slug="skal-jeg-med-til-moedet",
    subject="Må Jonas komme med til mødet?",
    waits_for="contact_person",
    unread=1,
    messages=(
        MessageSketch(
            by="mette",
            day=-1,
            clock="21:05",
            body="Hej Louise. Jeg har det bedst, når Jonas er med. Må han komme med til vores "
            "næste møde? Han kan få fri fra arbejde, hvis jeg ved det i tide.",
        ),
    ),
)

OVERDUE = ThreadSketch(
    slug="stol-til-praktikken",
    subject="Stolen til praktikken",
    goal="job-jeg-kan-holde-til",
    waits_for="contact_person",
    unread=0,
    messages=(
        MessageSketch(
            by="mette",
            day=-14,
            clock="16:40",
            body="Hej Louise. Hvordan går det med stolen til biblioteket? Jeg står op hele tiden "
            "nu, og det kan jeg mærke i ryggen.",
        ),
        MessageSketch(
            by="louise",
            day=-12,
            clock="11:15",
            body="Hej Mette. Godt, du skriver. Jeg har bestilt stolen og regner med, at den "
            "kommer i næste uge. Hold pause, når du har brug for det. Det har biblioteket sagt "
            "ja til.",
        ),
        MessageSketch(
            by="mette",
            day=-6,
            clock="18:02",
            body="Hej igen. Der er ikke kommet nogen stol. Ved du, hvornår den kommer?",
        ),
    ),
)

WAITS_FOR_NOBODY = ThreadSketch(
    slug="referat",
    subject="Referat fra vores sidste møde",
    waits_for="nobody",
    unread=0,
    messages=(
        MessageSketch(
            by="louise",
            day=-24,
            clock="13:10",
            body="Hej Mette. Her er det, vi aftalte: Du bliver på otte timer. Karsten tager med "
            "de første to uger. Jeg finder en stol. Sig til, hvis jeg har glemt noget.",
        ),
        MessageSketch(
            by="mette",
            day=-23,
            clock="08:55",
            body="Hej Louise. Det er rigtigt. Tak for et godt møde. Det hjalp, at du skrev det "
            "ned.",
        ),
        MessageSketch(
            by="louise",
            day=-23,
            clock="12:30",
            body="Det er jeg glad for. Så ses vi næste gang. God dag!",
        ),
    ),
)

THREADS = (WAITS_FOR_METTE, WAITS_FOR_LOUISE, OVERDUE, WAITS_FOR_NOBODY)
