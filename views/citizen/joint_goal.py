"""A joint goal on the family's page: how far it is, and the steps of each one."""

from collections.abc import Callable, Iterator
from uuid import UUID

import flet as ft

from i18n.translator import Translator
from portal.contract.goals import Goal, Step
from portal.contract.households import Member
from views import theme, words
from views.citizen.goal_steps import StepRow, with_step
from views.components.buttons import LinkButton
from views.components.cards import card, stack
from views.components.charts import progress
from views.components.text import body, heading, isolated
from views.context import use_app
from views.guard import component

Show = Callable[[Goal], None]


@component
def JointGoal(
    goal: Goal, members: tuple[Member, ...], show: Show, key: str | None = None
) -> ft.Control:
    """Draw ``goal`` with one's own steps first; a changed goal is given to ``show``."""
    del key
    t = use_app().t

    def replace(step: Step) -> None:
        show(with_step(goal, step))

    return card(
        heading(isolated(words.goal_title(goal)), 3),
        progress(goal.steps_done, goal.steps_total, words.steps_done(t, goal)),
        *(
            stack(
                body(title, strong=True),
                *(StepRow(step, replace, key=str(step.id)) for step in steps),
                spacing=theme.SPACE_1,
            )
            for title, steps in _parts(t, goal, members)
        ),
        LinkButton(t("Åbn målet"), f"/goals/{goal.id}", ft.Icons.FLAG_OUTLINED),
    )


def _parts(
    t: Translator, goal: Goal, members: tuple[Member, ...]
) -> Iterator[tuple[str, list[Step]]]:
    """Yield the steps of each one, the reader's first, then those of people not here any more."""
    of_person: dict[UUID | None, list[Step]] = {}
    names: dict[UUID | None, str] = {None: t("Skridt for alle")}
    for step in goal.steps:
        person = step.assignee
        of_person.setdefault(person.id if person else None, []).append(step)
        if person:
            names[person.id] = words.steps_of(t, person)
    for member in sorted(members, key=lambda member: not member.is_me):
        if steps := of_person.pop(member.id, None):
            yield t("Dine skridt") if member.is_me else names[member.id], steps
    for person_id, steps in of_person.items():
        yield names[person_id], steps
