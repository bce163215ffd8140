"""Outlines of the goals, of one goal with its steps and ratings, and of what was changed in it."""

import asyncio
from collections.abc import Awaitable, Iterable
from typing import Final, TypeVar

from i18n import formats
from i18n.translator import Translator
from portal.contract.follow_ups import FollowUp
from portal.contract.goals import (
    Goal,
    GoalList,
    GoalState,
    History,
    HistoryEntry,
    Rating,
    Step,
)
from portal.plan_client import PlanError
from views import words
from views.citizen.goal_changes import change_in_words, news, who_changed, wordings
from views.citizen.goal_follow_up import next_follow_up
from views.citizen.goal_rating import figures_of, rated_in_words
from views.citizen.goals import groups
from views.outlines.document import (
    Block,
    Facts,
    Item,
    Items,
    Link,
    Outline,
    Section,
    Tone,
    Words,
    own,
    quiet,
)
from views.outlines.shared import goal_item
from views.outlines.visit import Visit
from views.viewer import Viewer

Read = TypeVar("Read")

_MOST_NEWS: Final = 3
_TALKED_ABOUT: Final = frozenset({GoalState.ACTIVE, GoalState.PAUSED})


def goals_outline(t: Translator, goals: GoalList) -> Outline:
    """Return all goals, those that need an answer first."""
    blocks: list[Block] = [Link(t("Nyt mål"), "/goals/new")] if goals.may_create else []
    found = list(groups(t, goals))
    if not found and goals.may_create:
        blocks.append(Words(t("Her er ingen mål endnu. Skriv noget, du gerne vil nå.")))
    elif not found:
        blocks.append(Words(t("Du kan skrive mål, når du har en plan.")))
        blocks.append(Link(t("Bed om en plan"), "/"))
    for group in found:
        items = Items(tuple(goal_item(t, goal) for goal in group.goals))
        blocks.append(Section(group.title, (items,)))
    return Outline(t("Mål"), tuple(blocks))


async def goal_visit(visit: Visit) -> Outline:
    """Read one goal, and beside it what is new in it and the next talk about it.

    Where those cannot be read, the goal stands there without them. Raises a ``PlanError``.
    """
    t, client = visit.t, visit.client
    goal = await client.goal(visit.id("goal_id"))
    history, talks = await asyncio.gather(
        _unless_failed(client.goal_history(goal.id)),
        _unless_failed(client.follow_ups(goal.plan_id))
        if goal.plan_id and goal.state in _TALKED_ABOUT
        else _nothing(),
    )
    new = news(history, visit.viewer.person_id) if history else ()
    talk = next_follow_up(talks, goal.id) if talks else None
    return goal_outline(
        t,
        goal,
        new=_news(t, goal, new, visit.viewer),
        talk=(_talk(t, talk, visit.viewer),) if talk else (),
    )


async def _unless_failed(reading: Awaitable[Read]) -> Read | None:
    try:
        return await reading
    except PlanError:
        return None


async def _nothing() -> None:
    return None


def goal_outline(
    t: Translator, goal: Goal, *, new: tuple[Block, ...] = (), talk: tuple[Block, ...] = ()
) -> Outline:
    """Return one goal; ``new`` stands above everything in it, the next ``talk`` below."""
    about = [words.goal_state(t, goal.state), words.goal_owner(t, goal.owner)]
    if goal.theme:
        about.append(words.theme(t, goal.theme))
    if goal.target_date:
        about.append(t("Nås senest {day}", day=formats.day_in_words(t, goal.target_date)))
    blocks: list[Block] = [*_celebration(t, goal), *new, quiet(" · ".join(about))]
    if goal.state_reason:
        helped = goal.state is GoalState.REACHED
        blocks.append(Facts(((t("Det hjalp") if helped else t("Grunden"), goal.state_reason),)))
    if goal.why:
        blocks.append(Section(t("Hvorfor"), (own(goal.why),)))
    if goal.helped_by:
        blocks.append(Section(t("Hvem hjælper"), (own(goal.helped_by),)))
    steps: tuple[Block, ...] = (quiet(words.steps_done(t, goal)),)
    if goal.steps:
        steps = (*steps, Items(step_items(t, goal.steps)))
    blocks.append(Section(t("Skridt"), steps))
    if goal.ratings:
        ratings = Items(tuple(_rating(t, rating) for rating in reversed(goal.ratings)))
        figures = Facts(
            tuple((name, t("{value} ud af 10", value=value)) for name, value in figures_of(t, goal))
        )
        blocks.append(Section(t("Hvor tæt er du på målet?"), (figures, ratings)))
    blocks += [*talk, Link(t("Se historik"), f"/goals/{goal.id}/history")]
    return Outline(words.goal_title(goal), tuple(blocks), Link(t("Mål"), "/goals"))


def _news(
    t: Translator, goal: Goal, entries: tuple[HistoryEntry, ...], viewer: Viewer
) -> tuple[Block, ...]:
    if not entries:
        return ()
    lines: list[Block] = []
    for entry in entries[:_MOST_NEWS]:
        who = who_changed(t, entry, viewer.person_id)
        lines.append(Words(change_in_words(t, who, goal, entry)))
        lines.append(quiet(formats.at_start(formats.moment_in_words(t, entry.at))))
    return (Section(t("Siden sidst"), tuple(lines)),)


def _talk(t: Translator, talk: FollowUp, viewer: Viewer) -> Block:
    day = formats.day_in_words(t, talk.day)
    about = (
        t("I taler om målet {day}.", day=day)
        if talk.goal_id
        else t("I taler om hele planen {day}.", day=day)
    )
    blocks: list[Block] = [Words(about, Tone.STRONG)]
    for item in talk.agenda:
        mine = item.added_by.id == viewer.person_id
        who = t("Fra dig") if mine else t("Fra {name}", name=words.person(t, item.added_by))
        blocks += [own(item.text), quiet(who)]
    return Section(t("Opfølgning"), tuple(blocks))


def _celebration(t: Translator, goal: Goal) -> tuple[Block, ...]:
    if goal.state is not GoalState.REACHED:
        return ()
    return (Section(t("Du er i mål"), (Words(t("Godt gået! Det har du selv gjort.")),)),)


def step_items(t: Translator, steps: Iterable[Step]) -> tuple[Item, ...]:
    """Return steps with who and when, those that are done with a tick."""
    return tuple(_step(t, step) for step in steps)


def _step(t: Translator, step: Step) -> Item:
    details = [words.person(t, step.assignee)] if step.assignee else []
    if step.done_at:
        day = formats.day_in_words(t, step.done_at.astimezone(formats.DENMARK).date())
        details.append(t("gjort {day}", day=day))
    elif step.due:
        details.append(t("senest {day}", day=formats.day_in_words(t, step.due)))
    blocks = (quiet(" · ".join(details)),) if details else ()
    return Item(f"✓ {step.title}" if step.done_at else step.title, blocks)


def _rating(t: Translator, rating: Rating) -> Item:
    return Item(rated_in_words(t, rating), (own(rating.note),) if rating.note else ())


def history_outline(t: Translator, goal: Goal, history: History, viewer: Viewer) -> Outline:
    """Return what was changed in a goal, newest first."""
    entries = Items(tuple(_change(t, goal, entry, viewer) for entry in history.entries))
    back = Link(t("Tilbage til målet"), f"/goals/{goal.id}")
    return Outline(t("Historik"), (entries,), back)


def _change(t: Translator, goal: Goal, entry: HistoryEntry, viewer: Viewer) -> Item:
    who = who_changed(t, entry, viewer.person_id)
    blocks: list[Block] = [Words(change_in_words(t, who, goal, entry), Tone.STRONG)]
    for wording in wordings(t, entry):
        both = ((t("Før:"), wording.before or t("Intet")), (t("Nu:"), wording.after or t("Intet")))
        blocks += [Words(wording.name), Facts(both)]
    if reason := entry.after.get("state_reason"):
        blocks.append(own(str(reason)))
    return Item(formats.at_start(formats.moment_in_words(t, entry.at)), tuple(blocks))
