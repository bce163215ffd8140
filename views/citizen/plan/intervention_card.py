"""What the municipality does with the citizen, as a card that opens to all of it."""

import flet as ft

from i18n import formats
from i18n.translator import Translator
from portal.contract.plans import Intervention, InterventionState
from views import words
from views.components.buttons import QuietButton, outside_button
from views.components.cards import badge, card, stack
from views.components.text import body, fact
from views.context import use_app
from views.guard import component
from views.intervention_facts import facts_of_kind


@component
def InterventionCard(item: Intervention, key: str | None = None) -> ft.Control:
    """Draw what it is, why, by whom and when; the rest on request."""
    del key
    t = use_app().t
    return card(
        body(item.title, strong=True),
        *([badge(t("Begynder snart"))] if item.state is InterventionState.PLANNED else []),
        body(item.why),
        fact(t("Ansvarlig"), f"{item.responsible}, {item.unit}"),
        fact(t("Hvornår"), formats.at_start(formats.period(t, item.starts_on, item.ends_on))),
        OnRequest(item),
    )


@component
def OnRequest(item: Intervention) -> ft.Control:
    """Draw the rest, and the button that opens and shuts it: a tap draws nothing else anew.

    What was opened once is only hidden afterwards: most of what a tap costs is new controls.
    """
    app = use_app()
    t = app.t
    is_open, show_open = ft.use_state(initial=False)
    opened = ft.use_ref(initial_value=False)
    opened.current = opened.current or is_open
    details = ft.use_memo(
        lambda: _details(t, item) if opened.current else [], [opened.current, app, item]
    )

    async def toggle() -> None:
        show_open(not is_open)

    toggle_text = t("Vis mindre") if is_open else t("Vis mere")
    toggle_icon = ft.Icons.EXPAND_LESS if is_open else ft.Icons.EXPAND_MORE
    return stack(
        stack(*details, visible=is_open),
        QuietButton(toggle_text, toggle, toggle_icon, about=item.title),
    )


def _details(t: Translator, item: Intervention) -> list[ft.Control]:
    details = [
        fact(t("Hvad sker der?"), item.what),
        fact(t("Hvem i kommunen?"), words.administration(t, item.administration)),
    ]
    if item.hours_per_week is not None:
        hours = formats.number(t, item.hours_per_week)
        details.append(fact(t("Timer om ugen"), hours))
    if item.place:
        details.append(fact(t("Hvor"), item.place))
    details += [fact(name, value) for name, value in facts_of_kind(t, item)]
    details.append(fact(t("Det bygger på"), item.rule))
    if item.phone:
        call = t("Ring {phone}", phone=formats.phone(item.phone))
        details.append(outside_button(call, f"tel:{item.phone}", ft.Icons.PHONE))
    return details
