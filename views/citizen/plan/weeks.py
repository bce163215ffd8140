"""The plan as a picture of weeks: what lasts from when to when, and how full each week is."""

from datetime import timedelta
from typing import Final
from uuid import UUID

import flet as ft

from i18n import formats
from i18n.translator import Translator
from portal.contract.plans import Intervention
from portal.contract.workload import Load, WeekLoad
from views import theme, words
from views.components.cards import card, section, stack
from views.components.charts import Bar, load_chart
from views.components.states import shown
from views.components.text import body, quiet
from views.components.time_line import Span, time_line
from views.context import use_app
from views.guard import component
from views.loading import use_loaded

_WEEKS_BACK: Final = 4
_WEEKS_AHEAD: Final = 12
_LOAD_AHEAD: Final = 6
_FULL_HOURS: Final = 37.0
"""An ordinary Danish working week. A week with more than that is marked as full."""
_MANY_MEETINGS: Final = 4


@component
def PlanInWeeks(
    plan_id: UUID, items: tuple[Intervention, ...], key: str | None = None
) -> ft.Control:
    """Draw the time line of ``items``, then the load of the weeks around today."""
    del key
    app = use_app()
    t = app.t
    loaded = use_loaded(
        lambda: app.client.load(plan_id, weeks_back=0, weeks_ahead=_LOAD_AHEAD), on={"plan"}
    )
    today = formats.today()
    spans = [
        Span(item.title, item.starts_on, item.ends_on, words.administration(t, item.administration))
        for item in sorted(items, key=lambda item: item.starts_on)
    ]
    return stack(
        card(
            time_line(
                t,
                spans,
                first=today - timedelta(weeks=_WEEKS_BACK),
                last=today + timedelta(weeks=_WEEKS_AHEAD),
                today=today,
            )
        ),
        section(
            t("Så meget fylder ugerne"),
            shown(loaded, lambda load: _weeks(t, load)),
            level=3,
        ),
        spacing=theme.SPACE_5,
    )


def _weeks(t: Translator, load: Load) -> ft.Control:
    bars = [_bar(t, week) for week in load.weeks]
    full = any(bar.full for bar in bars)
    return card(
        quiet(t("Timer om ugen, møder talt med.")),
        load_chart(t, bars),
        *([body(t("En uge er fuld. Tal med din kontaktperson om det."))] if full else []),
    )


def _bar(t: Translator, week: WeekLoad) -> Bar:
    hours = week.intervention_hours + week.meeting_hours
    day = formats.date_in_words(t, week.monday)
    in_words = formats.number(t, round(hours, 1))
    said = t.plural(
        "Ugen fra {day}: {hours} timer, {n} møde",
        "Ugen fra {day}: {hours} timer, {n} møder",
        week.meetings,
        day=day,
        hours=in_words,
    )
    return Bar(
        label=t("Uge {number}", number=week.monday.isocalendar().week),
        value=hours,
        said=said,
        full=hours > _FULL_HOURS or week.meetings > _MANY_MEETINGS,
    )
