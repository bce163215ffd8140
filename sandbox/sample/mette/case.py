"""Mette's plan and household put together. Used by `municipality`."""

from sandbox.sample.mette.family import FAMILY_GOALS
from sandbox.sample.mette.goals import GOALS
from sandbox.sample.mette.messages import THREADS
from sandbox.sample.mette.talks import ASSESSMENT, FACT_REQUESTS, FACTS, FOLLOW_UPS, MINUTES
from sandbox.sample.mette.trust import ABOUT_ME, CONSENTS, READS
from sandbox.sample.mette.work import APPOINTMENTS, DECISIONS, INTERVENTIONS, PROMISES
from sandbox.sample.sketches import AssignmentSketch, HouseholdSketch, PlanSketch

PLAN = PlanSketch(
    citizen="mette",
    created=-225,
    contacts=(
        AssignmentSketch(professional="henrik", starts=-400, ends=-186),
        AssignmentSketch(
            professional="louise",
            starts=-185,
            greeting="Kære Mette. Jeg tager over efter Henrik. Han har fortalt mig om din plan, og "
            "vi har talt sammen alle tre. Du kan altid skrive til mig her. Venlig hilsen Louise",
        ),
    ),
    about_me=ABOUT_ME,
    goals=GOALS,
    interventions=INTERVENTIONS,
    appointments=APPOINTMENTS,
    decisions=DECISIONS,
    promises=PROMISES,
    assessment=ASSESSMENT,
    follow_ups=FOLLOW_UPS,
    minutes=MINUTES,
    facts=FACTS,
    fact_requests=FACT_REQUESTS,
    threads=THREADS,
    consents=CONSENTS,
    reads=READS,
)

HOUSEHOLD = HouseholdSketch(
    slug="lauridsen-bang",
    name="Familien Lauridsen Bang",
    joined=-110,
    members=(("mette", "mother"), ("jonas", "father"), ("freja", "child")),
    goals=FAMILY_GOALS,
)
