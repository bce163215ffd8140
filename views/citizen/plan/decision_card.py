"""A decision of the municipality: what, by whom, how many days are left to appeal, and how."""

import flet as ft

from i18n import formats
from i18n.translator import Translator
from portal.contract.plans import Decision
from views import words
from views.components.cards import NoticeKind, card, notice
from views.components.text import body, fact, quiet


def decision_card(t: Translator, decision: Decision) -> ft.Control:
    """Return a decision with its days left counted from today, Danish time."""
    days = (decision.appeal_by - formats.today()).days
    day = formats.day_in_words(t, decision.appeal_by)
    if days >= 0:
        left = t.plural(
            "Du kan klage til og med {day}. Der er {n} dag tilbage.",
            "Du kan klage til og med {day}. Der er {n} dage tilbage.",
            days,
            day=day,
        )
        appeal = [
            notice(NoticeKind.WARNING, left),
            fact(t("Sådan klager du"), decision.how_to_appeal),
        ]
    else:
        appeal = [quiet(t("Fristen for at klage var {day}.", day=day))]
    return card(
        body(decision.title, strong=True),
        quiet(
            t(
                "{administration}, {day}",
                administration=words.administration(t, decision.administration),
                day=formats.date_in_words(t, decision.decided_on),
            )
        ),
        body(decision.text),
        *appeal,
        fact(t("Det bygger på"), decision.rule),
    )
