"""Outlines of the plan: all help in it, what overlaps, and the assessment."""

from collections.abc import Iterable
from typing import Final

from i18n import formats
from i18n.translator import Translator
from portal.contract.assessments import Assessment, OwnView, ProfessionalView, ThemeAssessment
from portal.contract.goals import GoalState
from portal.contract.people import AboutMe
from portal.contract.plans import (
    Decision,
    Intervention,
    InterventionState,
    Plan,
    Promise,
    PromiseState,
)
from portal.contract.workload import Overlaps
from portal.plan_client import PlanNotFound
from views import words
from views.citizen.plan.assessment_words import (
    level,
    read_assessment,
    theme_name,
    theme_of,
    written,
)
from views.citizen.plan.overlaps import clashes_first, overlap_in_words
from views.intervention_facts import facts_of_kind
from views.outlines.document import (
    Block,
    Facts,
    Item,
    Items,
    Link,
    Outline,
    Section,
    Words,
    notice,
    own,
    phone,
    quiet,
)
from views.outlines.shared import appointment_item
from views.outlines.visit import Draw, Visit

_OPEN_GOALS = frozenset({GoalState.ACTIVE, GoalState.PAUSED})


def plan_outline(t: Translator, plan: Plan, overlaps: Overlaps) -> Outline:
    """Return every administration's help in one plan."""
    appointments = [appointment_item(t, item) for item in plan.appointments]
    decisions = [decision_item(t, item) for item in plan.decisions]
    promises = [promise_item(t, item) for item in plan.promises]
    lists = (
        (t("Afgørelser"), decisions),
        (t("Dine aftaler"), appointments),
        (t("Løfter"), promises),
    )
    return Outline(
        t("Min plan"),
        (
            _what_matters(t, plan.about_me),
            _help(t, plan),
            *_overlaps(t, overlaps),
            *(Section(name, (Items(tuple(items)),)) for name, items in lists if items),
            Link(t("Min udredning"), "/plan/assessment"),
        ),
    )


def no_plan_outline(t: Translator, title: str) -> Outline:
    """Return what a citizen without a plan reads, under the name of the screen."""
    blocks = (Words(t("Du har ikke en plan endnu.")), Link(t("Bed om en plan"), "/"))
    return Outline(title, blocks)


def _overlaps(t: Translator, found: Overlaps) -> tuple[Block, ...]:
    if not found.overlaps:
        return ()
    said: tuple[Block, ...] = (
        quiet(t("Det er ikke din fejl. Tal med din kontaktperson om det.")),
        *(Words(overlap_in_words(t, one)) for one in clashes_first(found)),
        Link(t("Skriv til din kontaktperson"), "/messages/new"),
    )
    return (Section(t("Kan det hele passe?"), said),)


def _what_matters(t: Translator, about_me: AboutMe | None) -> Block:
    matters = about_me.matters if about_me else ""
    said = own(matters) if matters else quiet(t("Du har ikke skrevet noget endnu."))
    return Section(t("Det er vigtigt for mig"), (said, Link(t("Om mig"), "/about-me")))


def _help(t: Translator, plan: Plan) -> Block:
    """Return the interventions under the goals they serve; nothing stands under two goals."""
    left = {
        item.id: item for item in plan.interventions if item.state is not InterventionState.ENDED
    }
    if not left:
        return Section(t("Din hjælp"), (quiet(t("Der er ingen hjælp i gang lige nu.")),))
    groups: list[Block] = []
    for goal in plan.goals:
        if goal.state not in _OPEN_GOALS:
            continue
        serving = [item for item in left.values() if goal.id in item.goal_ids]
        for item in serving:
            del left[item.id]
        more = Link(t("Åbn målet"), f"/goals/{goal.id}", about=goal.title)
        title = words.goal_title(goal)
        groups.append(Section(title, (quiet(words.steps_done(t, goal)), *_list(t, serving), more)))
    if left:
        groups.append(Section(t("Anden hjælp"), _list(t, left.values())))
    return Section(t("Din hjælp"), tuple(groups))


def _list(t: Translator, items: Iterable[Intervention]) -> tuple[Block, ...]:
    found = tuple(intervention_item(t, item) for item in items)
    return (Items(found),) if found else ()


def intervention_item(t: Translator, item: Intervention) -> Item:
    """Return help with why, who, when and where."""
    facts = [
        (t("Ansvarlig"), f"{item.responsible}, {item.unit}"),
        (t("Hvornår"), formats.at_start(formats.period(t, item.starts_on, item.ends_on))),
        (t("Hvad sker der?"), item.what),
        (t("Hvem i kommunen?"), words.administration(t, item.administration)),
    ]
    if item.hours_per_week is not None:
        facts.append((t("Timer om ugen"), formats.number(t, item.hours_per_week)))
    if item.place:
        facts.append((t("Hvor"), item.place))
    facts += [*facts_of_kind(t, item), (t("Det bygger på"), item.rule)]
    blocks: list[Block] = [Words(item.why), Facts(tuple(facts))]
    if item.state is InterventionState.PLANNED:
        blocks.insert(0, quiet(t("Begynder snart")))
    if item.phone:
        blocks.append(phone(t("Ring {phone}", phone=formats.phone(item.phone)), item.phone))
    return Item(item.title, tuple(blocks))


def decision_item(t: Translator, decision: Decision) -> Item:
    """Return a decision with the days that are left to appeal."""
    days = (decision.appeal_by - formats.today()).days
    day = formats.day_in_words(t, decision.appeal_by)
    facts = [(t("Det bygger på"), decision.rule)]
    if days >= 0:
        left = notice(
            t.plural(
                "Du kan klage til og med {day}. Der er {n} dag tilbage.",
                "Du kan klage til og med {day}. Der er {n} dage tilbage.",
                days,
                day=day,
            )
        )
        facts.insert(0, (t("Sådan klager du"), decision.how_to_appeal))
    else:
        left = quiet(t("Fristen for at klage var {day}.", day=day))
    decided = t(
        "{administration}, {day}",
        administration=words.administration(t, decision.administration),
        day=formats.date_in_words(t, decision.decided_on),
    )
    blocks = (quiet(decided), Words(decision.text), left, Facts(tuple(facts)))
    return Item(decision.title, blocks)


def promise_item(t: Translator, promise: Promise) -> Item:
    """Return a promise with its day and who made it."""
    day = formats.day_in_words(t, promise.due)
    state = {
        PromiseState.OPEN: t("Senest {day}", day=day),
        PromiseState.OVERDUE: t("Skulle være sket {day}", day=day),
        PromiseState.KEPT: t("Holdt"),
    }[promise.state]
    return Item(promise.text, (quiet(state), quiet(t("Lovet af {name}", name=promise.owner))))


# -- the assessment


def assessment_outline(t: Translator, found: Assessment) -> Outline:
    """Return each theme that somebody wrote about, own words first."""
    told = [one for one in found.themes if one.own or one.professional]
    intro = Words(t("Her står, hvordan det går. Dine egne ord står ved siden af kommunens."))
    nothing = () if told else (quiet(t("Ingen har skrevet noget endnu.")),)
    untold = tuple(
        Item(theme_name(t, one.theme), to=f"/plan/assessment/{one.theme.code}")
        for one in found.themes
        if not one.own and not one.professional
    )
    rest = (
        (Section(t("Det kan du skrive om"), (Items(untold),)),)
        if untold and found.may_write_own
        else ()
    )
    themes = (Section(theme_name(t, one.theme), _views(t, one)) for one in told)
    back = Link(t("Min plan"), "/plan")
    return Outline(t("Min udredning"), (intro, *nothing, *themes, *rest), back)


def theme_outline(t: Translator, one: ThemeAssessment) -> Outline:
    """Return one theme of the assessment."""
    back = Link(t("Min udredning"), "/plan/assessment")
    return Outline(theme_name(t, one.theme), _views(t, one), back)


def _views(t: Translator, one: ThemeAssessment) -> tuple[Block, ...]:
    others = (
        Section(
            t(
                "Sådan ser {administration} det",
                administration=words.administration(t, view.administration),
            ),
            _view(t, view),
        )
        for view in one.professional
    )
    mine = _view(t, one.own) if one.own else (quiet(t("Du har ikke skrevet noget endnu.")),)
    return (Section(t("Sådan ser du det"), mine), *others)


def _view(t: Translator, view: OwnView | ProfessionalView) -> tuple[Block, ...]:
    state = (Words(level(t, view.level)),) if view.level else ()
    return (own(view.text), *state, quiet(written(t, view)))


async def _plan(visit: Visit) -> Outline:
    try:
        plan = await visit.client.plan()
    except PlanNotFound:
        return no_plan_outline(visit.t, visit.t("Min plan"))
    return plan_outline(visit.t, plan, await visit.client.overlaps(plan.id))


async def _assessment(visit: Visit) -> Outline:
    try:
        return assessment_outline(visit.t, await read_assessment(visit.client))
    except PlanNotFound:
        return no_plan_outline(visit.t, visit.t("Min udredning"))


async def _theme(visit: Visit) -> Outline:
    one = theme_of(await read_assessment(visit.client), visit.named["theme"])
    if one is None:
        raise PlanNotFound(visit.named["theme"])
    return theme_outline(visit.t, one)


PLAN: Final[dict[str, Draw]] = {
    "/plan": _plan,
    "/plan/assessment": _assessment,
    "/plan/assessment/:theme": _theme,
}
