"""Familie: who belongs to it, and the joint goals with each one's own steps, live."""

from collections.abc import Callable

import flet as ft

from i18n.translator import Translator
from portal.contract.goals import Goal, GoalState
from portal.contract.households import Household, HouseholdList
from views import theme
from views.citizen.goal_row import goal_row
from views.citizen.household_members import household_members
from views.citizen.joint_goal import JointGoal
from views.components.buttons import LinkButton, PrimaryLink, SecondaryLink
from views.components.cards import NoticeKind, notice, section, stack
from views.components.page import Page
from views.components.paging import paged
from views.components.states import empty, shown
from views.components.text import isolated
from views.context import use_app
from views.guard import component
from views.loading import use_loaded

_SHOWS_STEPS = {GoalState.ACTIVE, GoalState.PAUSED}

ShowGoal = Callable[[Goal], None]


@component
def FamilyScreen() -> ft.Control:
    """Draw the households of the citizen."""
    app = use_app()
    loaded = use_loaded(app.client.households, on={"goal", "household", "person"})

    def draw(found: HouseholdList) -> ft.Control:
        def show(goal: Goal) -> None:
            loaded.replace(_with_goal(found, goal))

        if not found.households:
            return _no_household(app.t)
        return stack(
            _who_sees_this(app.t),
            *(_household(app.t, household, show) for household in found.households),
            spacing=theme.SPACE_6,
        )

    return Page(app.t("Familie"), shown(loaded, draw))


def _no_household(t: Translator) -> ft.Control:
    return empty(
        t("Her kan I som familie have mål sammen. Du er ikke med i en familie her endnu."),
        SecondaryLink(t("Spørg din kontaktperson"), "/contact"),
    )


def _who_sees_this(t: Translator) -> ft.Control:
    return notice(
        NoticeKind.INFO,
        t(
            "Alle i familien her kan se det, der står på denne side. "
            "Din egen plan ser de ikke, medmindre du selv siger ja til det."
        ),
        LinkButton(t("Se, hvad du deler"), "/sharing"),
    )


def _household(t: Translator, household: Household, show: ShowGoal) -> ft.Control:
    return stack(
        section(isolated(household.name), household_members(t, household.members)),
        section(t("Jeres fælles mål"), *_goals(t, household, show)),
        spacing=theme.SPACE_5,
    )


def _goals(t: Translator, household: Household, show: ShowGoal) -> list[ft.Control]:
    open_goals = [goal for goal in household.goals if goal.state in _SHOWS_STEPS]
    others = [goal for goal in household.goals if goal.state not in _SHOWS_STEPS]
    drawn: list[ft.Control] = []
    if open_goals:
        drawn.append(paged(open_goals, lambda goal: _joint(goal, household, show)))
    if not household.goals:
        drawn.append(empty(t("I har ingen fælles mål endnu. Hvad vil I gerne nå sammen?")))
    if household.may_create_goal:
        new_goal = PrimaryLink(
            t("Nyt fælles mål"), f"/family/{household.id}/new-goal", ft.Icons.ADD
        )
        drawn.append(new_goal)
    if others:
        drawn.append(paged(others, lambda goal: goal_row(t, goal)))
    return drawn


def _joint(goal: Goal, household: Household, show: ShowGoal) -> ft.Control:
    return JointGoal(goal, household.members, show, key=str(goal.id))


def _with_goal(found: HouseholdList, changed: Goal) -> HouseholdList:
    return HouseholdList(
        households=tuple(
            household.model_copy(
                update={
                    "goals": tuple(
                        changed if goal.id == changed.id else goal for goal in household.goals
                    )
                }
            )
            for household in found.households
        )
    )
