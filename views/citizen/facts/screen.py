"""Fakta om mig: who asks, what was told, and what one can tell once for all."""

from functools import partial
from typing import Final

import flet as ft

from i18n.translator import Translator
from portal.contract.told_facts import FactRequest, FactRequestState, ToldFact, ToldFactList
from views import theme
from views.citizen.facts.wording import (
    fact_of,
    fact_users,
    read_facts,
    request_state,
    request_title,
    topic_name,
)
from views.components.buttons import PrimaryLink
from views.components.cards import LinkRow, badge, section, stack
from views.components.page import Page
from views.components.paging import paged
from views.components.states import empty, shown
from views.components.text import body, isolated, quiet
from views.context import use_app
from views.failures import FailureKind
from views.guard import component
from views.loading import Failed, use_loaded

_EXCERPT: Final = 80


@component
def FactsScreen() -> ft.Control:
    """Draw everything that was told or asked."""
    app = use_app()
    t = app.t
    loaded = use_loaded(lambda: read_facts(app.client), on={"fact", "plan"})
    match loaded.state:
        case Failed(failure=failure) if failure.kind is FailureKind.NOT_FOUND:
            content = empty(
                t("Her kan du fortælle om dig selv, når du har en plan."),
                PrimaryLink(t("Bed om en plan"), "/"),
            )
        case _:
            content = shown(loaded, lambda found: facts_view(t, found))
    return Page(t("Fakta om mig"), content)


def facts_view(t: Translator, found: ToldFactList) -> ft.Control:
    """Return who asks first, then what was told, then what can be told."""
    told = [fact for topic in found.topics if (fact := fact_of(found, topic.code))]
    untold = [topic for topic in found.topics if fact_of(found, topic.code) is None]
    asks = [one for one in found.requests if one.state is FactRequestState.OPEN]
    answered = [one for one in found.requests if one.state is not FactRequestState.OPEN]
    parts = [
        body(t("Fortæl det én gang. Så bestemmer du, hvem der må bruge det.")),
        *([section(t("Nogen spørger dig"), *(_request(t, one) for one in asks))] if asks else []),
        section(
            t("Det har du fortalt"),
            *(_fact(t, fact) for fact in told),
            *([] if told else [quiet(t("Du har ikke fortalt noget endnu."))]),
        ),
    ]
    if untold and found.may_tell:
        rows = [
            LinkRow(
                topic_name(t, topic),
                f"/facts/{topic.code}",
                leading=ft.Icon(ft.Icons.ADD, color=theme.ACCENT),
                key=topic.code,
            )
            for topic in untold
        ]
        parts.append(section(t("Det kan du fortælle om"), *rows))
    if answered:
        parts.append(section(t("Dine svar"), paged(answered, partial(_request, t))))
    return stack(*parts, spacing=theme.SPACE_6)


def _fact(t: Translator, fact: ToldFact) -> ft.Control:
    text = fact.text.replace("\n", " ")
    excerpt = text if len(text) <= _EXCERPT else f"{text[:_EXCERPT].rstrip()} …"
    return LinkRow(
        topic_name(t, fact.topic),
        f"/facts/{fact.topic.code}",
        isolated(excerpt),
        leading=ft.Icon(ft.Icons.FACT_CHECK_OUTLINED, color=theme.ACCENT),
        below=quiet(fact_users(t, fact)),
        key=fact.topic.code,
    )


def _request(t: Translator, request: FactRequest) -> ft.Control:
    is_open = request.state is FactRequestState.OPEN
    return LinkRow(
        request_title(t, request),
        f"/facts/requests/{request.id}",
        isolated(request.purpose),
        leading=ft.Icon(ft.Icons.HELP_OUTLINE, color=theme.ACCENT),
        below=badge(request_state(t, request), strong=is_open),
        key=str(request.id),
    )
