"""Citizens who each show one thing: a protected name, a very long name, a plan asked for. Used by
`municipality`.
"""

from collections.abc import Iterator

from sandbox.sample import rows
from sandbox.sample.build import assignment_rows
from sandbox.sample.days import Days
from sandbox.sample.ids import person_id, sample_id
from sandbox.sample.sketches import (
    AboutMeSketch,
    AppointmentSketch,
    AssignmentSketch,
    GoalSketch,
    InterventionSketch,
    MessageSketch,
    PlanSketch,
    PromiseSketch,
    RatingSketch,
    StepSketch,
    ThreadSketch,
)

SOFIE = PlanSketch(
    citizen="sofie",
    created=-33,
    contacts=(AssignmentSketch(professional="henrik", starts=-65),),
    about_me=AboutMeSketch(
        matters="At ingen får at vide, hvor jeg bor. Tryghed.",
        strengths="Jeg er omhyggelig. Jeg lærer hurtigt.",
        dreams="At kunne gå en tur uden at se mig over skulderen.",
        bad_day="Lad mig sidde med ryggen mod væggen. Tal roligt.",
    ),
    goals=(
        GoalSketch(
            slug="tryg-hjemme",
            title="Jeg vil føle mig tryg i min nye bolig",
            why="Jeg sover først, når jeg er tryg.",
            emoji="🔑",
            theme="home",
            created=-30,
            by="sofie",
            target=40,
            steps=(
                StepSketch(title="Få sat en ny lås i døren", done=-24),
                StepSketch(title="Lære min opgang at kende", due=9),
            ),
            ratings=(RatingSketch(day=-29, value=2), RatingSketch(day=-7, value=5)),
        ),
    ),
    interventions=(
        InterventionSketch(
            slug="stoette-hjemme",
            administration="adult_social",
            unit="Bostøtten, Team Nord",
            responsible="Jette Kirkeby Ravn",
            phone="+4555501341",
            title="Støtte derhjemme",
            what="Jette kommer en gang om ugen. I aftaler selv tid og sted fra gang til gang.",
            why="Du skal falde til et nyt sted, og det er svært alene.",
            rule="Du kan få støtte i hverdagen. Serviceloven § 85 (eksempel).",
            starts=-26,
            ends=155,
            hours_per_week=1.5,
            theme="home",
            details={"kind": "support", "given": "at_home"},
            goals=("tryg-hjemme",),
        ),
    ),
    appointments=(
        AppointmentSketch(
            administration="adult_social",
            title="Samtale om din hverdag",
            day=5,
            starts="10:00",
            ends="10:45",
            place="Solby Rådhus, Rådhuspladsen 1, mødelokale 1",
            with_names=("Naja Kruse Vinter",),
        ),
    ),
    threads=(
        ThreadSketch(
            slug="ny-post",
            subject="Min adresse på brevene",
            waits_for="nobody",
            messages=(
                MessageSketch(
                    by="sofie",
                    day=-16,
                    clock="11:25",
                    body="Hej Henrik. Kan jeg være sikker på, at min adresse ikke står på brevene?",
                ),
                MessageSketch(
                    by="henrik",
                    day=-15,
                    clock="09:40",
                    body="Hej Sofie. Ja. Dit navn og din adresse er beskyttet hos os. "
                    "Vi sender kun post til dig her og i din digitale post.",
                ),
            ),
        ),
    ),
)

ANNE_SOFIE = PlanSketch(
    citizen="anne-sofie",
    created=-4,
    contacts=(
        AssignmentSketch(
            professional="louise",
            starts=-14,
            greeting="Velkommen, Anne-Sofie. Jeg glæder mig til at lære dig at kende.",
        ),
    ),
    goals=(
        GoalSketch(
            slug="egen-bolig",
            title="Jeg vil bo for mig selv",
            emoji="🏠",
            theme="home",
            created=-3,
            by="anne-sofie",
            steps=(StepSketch(title="Skrive mig op hos boligselskabet", due=7),),
            ratings=(RatingSketch(day=-3, value=1),),
        ),
    ),
    appointments=(
        AppointmentSketch(
            administration="employment",
            title="Første møde om din plan",
            day=4,
            starts="12:30",
            ends="13:30",
            place="Solby Rådhus, Rådhuspladsen 1, mødelokale 3",
            with_names=("Louise Abildtrup",),
        ),
    ),
    promises=(
        PromiseSketch(
            owner="Louise Abildtrup",
            text="Louise ringer dagen før mødet.",
            due=3,
            administration="employment",
        ),
    ),
)


def request_rows(days: Days) -> Iterator[rows.Row]:
    """Yield Lone's request for a plan, which her contact person has not answered yet."""
    yield rows.PlanRequest(
        id=sample_id("plan-request", "lone"),
        citizen_id=person_id("lone"),
        text="Jeg har tre forskellige sagsbehandlere, og de ved ikke noget om hinanden. "
        "Jeg vil gerne have én plan og én at tale med.",
        created_at=days.moment(-2, "19:45"),
    )
    yield from assignment_rows("lone", (AssignmentSketch(professional="louise", starts=-20),), days)
