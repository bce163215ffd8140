"""One goal: what is new, its steps, how close it feels, its follow-up, and what one can do."""

from uuid import UUID

import flet as ft

from i18n import formats
from i18n.translator import Translator
from portal.contract.actions import Action
from portal.contract.goals import Goal, GoalState
from views import theme, words
from views.addresses import use_id
from views.citizen.goal_follow_up import GoalFollowUp
from views.citizen.goal_moves import GoalMoves, ProposedGoal
from views.citizen.goal_news import GoalNews
from views.citizen.goal_rating import GoalRating
from views.citizen.goal_steps import GoalSteps
from views.citizen.goals_beside import GoalsBeside
from views.components.buttons import LinkButton, SecondaryLink, button_row
from views.components.cards import badge, card, section, stack
from views.components.page import Page
from views.components.states import FailureNote, OutdatedNote, shown
from views.components.text import body, heading, isolated, own_words, quiet
from views.context import use_app
from views.failures import Failure, FailureKind
from views.guard import component
from views.loading import Loaded, Ready, use_loaded


@component
def GoalScreen() -> ft.Control:
    """Draw the goal of the address; in a wide window the others stand beside it."""
    app = use_app()
    goal_id = use_id("goal_id")
    if goal_id is None:
        return Page(app.t("Mål"), FailureNote(Failure(FailureKind.NOT_FOUND)))
    goal = _GoalPage(goal_id, key=str(goal_id))
    return ft.Row(
        expand=True,
        spacing=theme.SPACE_0,
        vertical_alignment=ft.CrossAxisAlignment.STRETCH,
        controls=[
            *([GoalsBeside(goal_id, key="beside")] if app.wide else []),
            ft.Container(expand=True, content=goal, key="goal"),
        ],
    )


@component
def _GoalPage(goal_id: UUID, key: str | None = None) -> ft.Control:
    del key
    app = use_app()
    t = app.t
    loaded = use_loaded(lambda: app.client.goal(goal_id), on={"goal"})
    back = (t("Mål"), "/goals")
    if not isinstance(loaded.state, Ready):
        return Page(t("Mål"), shown(loaded, lambda _: body("")), back=back)
    goal = loaded.state.value
    return Page(
        isolated(words.goal_title(goal)),
        *([OutdatedNote(loaded.reload)] if loaded.state.outdated else []),
        *_parts(t, goal, loaded),
        back=back,
    )


def _parts(t: Translator, goal: Goal, loaded: Loaded[Goal]) -> list[ft.Control]:
    if goal.state is GoalState.PROPOSED:
        return [_about(t, goal), ProposedGoal(goal, loaded.replace)]
    parts = [celebration(t, goal)] if goal.state is GoalState.REACHED else []
    parts += [GoalNews(goal), _about(t, goal), GoalSteps(goal, loaded.replace)]
    if goal.may(Action.RATE) or goal.ratings:
        parts.append(GoalRating(goal, loaded.replace))
    if goal.plan_id and goal.state in {GoalState.ACTIVE, GoalState.PAUSED}:
        parts.append(GoalFollowUp(goal.id, goal.plan_id))
    parts.append(GoalMoves(goal))
    parts.append(LinkButton(t("Se historik"), f"/goals/{goal.id}/history", ft.Icons.HISTORY))
    return parts


def celebration(t: Translator, goal: Goal) -> ft.Control:
    """Return a calm word about a goal that was reached, with what helped. Nothing moves."""
    steps = t.plural("{n} skridt førte hertil.", "{n} skridt førte hertil.", goal.steps_done)
    return card(
        ft.Row(
            spacing=theme.SPACE_4,
            controls=[
                ft.Icon(ft.Icons.CELEBRATION, size=theme.SPACE_7, color=theme.SUCCESS),
                ft.Container(
                    expand=True,
                    content=stack(
                        heading(t("Du er i mål"), 2),
                        body(t("Godt gået! Det har du selv gjort.")),
                        *([quiet(steps)] if goal.steps_done else []),
                        spacing=theme.SPACE_1,
                    ),
                ),
            ],
        ),
        *_reason(goal, t("Det hjalp")),
        ground=theme.SUCCESS_SOFT,
    )


def _about(t: Translator, goal: Goal) -> ft.Control:
    facts = [words.goal_owner(t, goal.owner)]
    if goal.theme:
        facts.append(words.theme(t, goal.theme))
    if goal.target_date:
        facts.append(t("Nås senest {day}", day=formats.day_in_words(t, goal.target_date)))
    change = SecondaryLink(t("Ret målet"), f"/goals/{goal.id}/edit", ft.Icons.EDIT_OUTLINED)
    reached = goal.state is GoalState.REACHED
    reason = [] if reached else _reason(goal, t("Grunden"))
    return stack(
        ft.Row(
            wrap=True,
            spacing=theme.SPACE_2,
            run_spacing=theme.SPACE_2,
            controls=[badge(words.goal_state(t, goal.state)), quiet(" · ".join(facts))],
        ),
        *([card(*reason)] if reason else []),
        *([section(t("Hvorfor"), own_words(goal.why))] if goal.why else []),
        *([section(t("Hvem hjælper"), own_words(goal.helped_by))] if goal.helped_by else []),
        *([button_row(change)] if goal.may(Action.EDIT) else []),
        spacing=theme.SPACE_4,
    )


def _reason(goal: Goal, name: str) -> list[ft.Control]:
    return [quiet(name), own_words(goal.state_reason)] if goal.state_reason else []
