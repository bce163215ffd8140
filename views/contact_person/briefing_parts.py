"""The parts of a briefing: each a section, and nothing at all where there is nothing to tell."""

from collections.abc import Iterable, Sequence
from datetime import date
from itertools import groupby
from typing import Final
from uuid import UUID

import flet as ft

from i18n import formats
from i18n.translator import Translator
from portal.contract.actions import Action
from portal.contract.consents import Consent, ConsentState, ToAdministration
from portal.contract.goals import GoalState, GoalSummary
from portal.contract.messages import ThreadSummary, WaitsFor
from portal.contract.people import AboutMe, Administration, PersonRef
from portal.contract.plans import (
    Appointment,
    Decision,
    Intervention,
    InterventionState,
    Promise,
    PromiseState,
)
from portal.contract.work import Briefing
from views import theme, words
from views.citizen.appointment_card import appointment_card
from views.components.buttons import SecondaryLink
from views.components.cards import badge, card, section, stack
from views.components.charts import progress
from views.components.text import body, fact, heading, isolated, own_words, quiet
from views.contact_person.move_appointment import move_address
from views.context import App
from views.messages.rows import thread_row

_SHOWN_GOALS: Final = (GoalState.ACTIVE, GoalState.PROPOSED, GoalState.PAUSED)
_NEXT_APPOINTMENTS: Final = 3
_LAST_CONTACTS: Final = 5


def waiting_threads(app: App, threads: Iterable[ThreadSummary]) -> list[ft.Control]:
    """Return what waits for an answer of the municipality, the nearest deadline first."""
    waiting = sorted(
        (thread for thread in threads if thread.waits_for is WaitsFor.CONTACT_PERSON),
        key=lambda thread: thread.answer_expected_by or date.max,
    )
    rows = [thread_row(app.t, thread, app.viewer) for thread in waiting]
    return [section(app.t("Venter på dit svar"), *rows)] if rows else []


def about_the_person(t: Translator, words_of: AboutMe) -> list[ft.Control]:
    """Return the citizen's own words."""
    told = (
        (t("Det er vigtigt"), words_of.matters),
        (t("Det er jeg god til"), words_of.strengths),
        (t("Det drømmer jeg om"), words_of.dreams),
        (t("Det hjælper på en dårlig dag"), words_of.bad_day),
    )
    parts = [
        stack(quiet(name), own_words(text), spacing=theme.SPACE_1) for name, text in told if text
    ]
    return [section(t("Med egne ord"), card(*parts))] if parts else []


def goals(t: Translator, found: Sequence[GoalSummary]) -> list[ft.Control]:
    """Return goals that are being worked on, and how many are behind the citizen."""
    current = [goal for state in _SHOWN_GOALS for goal in found if goal.state is state]
    reached = sum(goal.state is GoalState.REACHED for goal in found)
    cards = [_goal(t, goal) for goal in current]
    if reached:
        cards.append(quiet(t.plural("{n} mål er nået", "{n} mål er nået", reached)))
    return [section(t("Mål"), *cards)] if cards else []


def _goal(t: Translator, goal: GoalSummary) -> ft.Control:
    rated = goal.latest_rating
    signs = [badge(words.goal_state(t, goal.state))]
    if rated is not None:
        signs.append(badge(t("Egen vurdering: {value} af 10", value=rated)))
    next_step = isolated(goal.next_step) if goal.next_step else ""
    return card(
        stack(
            body(isolated(words.goal_title(goal)), strong=True),
            ft.Row(
                wrap=True, spacing=theme.SPACE_2, run_spacing=theme.SPACE_2, controls=list(signs)
            ),
            progress(goal.steps_done, goal.steps_total, words.steps_done(t, goal)),
            *([quiet(t("Næste skridt: {step}", step=next_step))] if next_step else []),
            spacing=theme.SPACE_2,
        )
    )


def promises(t: Translator, found: Sequence[Promise]) -> list[ft.Control]:
    """Return what was promised and is not kept yet, the longest overdue first."""
    due = sorted(
        (one for one in found if one.state is not PromiseState.KEPT), key=lambda one: one.due
    )
    return [section(t("Løfter"), *(_promise(t, one) for one in due))] if due else []


def _promise(t: Translator, promise: Promise) -> ft.Control:
    overdue = promise.state is PromiseState.OVERDUE
    day = formats.day_in_words(t, promise.due)
    text = t("Over tiden. Senest {day}", day=day) if overdue else t("Senest {day}", day=day)
    return stack(
        body(promise.text, strong=True),
        quiet(promise.owner),
        ft.Row(wrap=True, controls=[badge(text, strong=overdue)]),
        spacing=theme.SPACE_1,
    )


def appointments(t: Translator, found: Sequence[Appointment], citizen_id: UUID) -> list[ft.Control]:
    """Return the next meetings, with what the citizen said to them and the way to another time."""
    today = formats.today()
    coming = sorted(
        (one for one in found if one.ends_at.astimezone(formats.DENMARK).date() >= today),
        key=lambda one: one.starts_at,
    )[:_NEXT_APPOINTMENTS]
    rows = [_appointment(t, one, citizen_id) for one in coming]
    return [section(t("Næste aftaler"), *rows)] if rows else []


def _appointment(t: Translator, one: Appointment, citizen_id: UUID) -> ft.Control:
    cannot = one.answer is not None and one.answer.answer == "cannot"
    move = SecondaryLink(t("Flyt mødet"), move_address(citizen_id, one), about=one.title)
    return appointment_card(
        t,
        one,
        *([badge(t("Borgeren kan ikke komme."), strong=True)] if cannot else []),
        *([move] if one.may(Action.MOVE) else []),
    )


def decisions(t: Translator, found: Sequence[Decision]) -> list[ft.Control]:
    """Return decisions that can still be appealed, the nearest deadline first."""
    today = formats.today()
    still_open = sorted(
        (one for one in found if one.appeal_by >= today), key=lambda one: one.appeal_by
    )
    rows = [_decision(t, one) for one in still_open]
    return [section(t("Afgørelser, der kan klages over"), *rows)] if rows else []


def _decision(t: Translator, decision: Decision) -> ft.Control:
    return card(
        body(decision.title, strong=True),
        quiet(
            t(
                "{administration}, {day}",
                administration=words.administration(t, decision.administration),
                day=formats.date_in_words(t, decision.decided_on),
            )
        ),
        ft.Row(
            wrap=True,
            controls=[
                badge(
                    t(
                        "Klage senest {day}, {days}",
                        day=formats.date_in_words(t, decision.appeal_by),
                        days=formats.days_until(t, decision.appeal_by),
                    ),
                    strong=True,
                )
            ],
        ),
    )


def interventions(t: Translator, found: Sequence[Intervention]) -> list[ft.Control]:
    """Return what each administration does now or is about to do."""
    now = [one for one in found if one.state is not InterventionState.ENDED]
    order = list(Administration)
    now.sort(key=lambda one: (order.index(one.administration), one.starts_on))
    groups = [
        stack(
            heading(words.administration(t, code), 3),
            card(*(_intervention(t, one) for one in group)),
            spacing=theme.SPACE_2,
        )
        for code, group in groupby(now, key=lambda one: one.administration)
    ]
    return [section(t("Indsatser"), *groups)] if groups else []


def _intervention(t: Translator, one: Intervention) -> ft.Control:
    who = t("{person}, {unit}", person=one.responsible, unit=one.unit)
    period = formats.period(t, one.starts_on, one.ends_on)
    hours = [_hours(t, one.hours_per_week)] if one.hours_per_week else []
    return stack(
        body(one.title, strong=True),
        quiet(who),
        quiet(" · ".join([f"{period[:1].upper()}{period[1:]}", *hours])),
        spacing=theme.SPACE_1,
    )


def _hours(t: Translator, hours: float) -> str:
    return t("Timer om ugen: {hours}", hours=formats.number(t, hours))


def contacts(t: Translator, briefing: Briefing) -> list[ft.Control]:
    """Return when and about what there was contact last: messages and meetings."""
    today = formats.today()
    past = briefing.plan.appointments if briefing.plan else ()
    touched = [
        *((thread.last_message_at, _message(t, thread)) for thread in briefing.threads),
        *(
            (one.starts_at, t("Møde: {title}", title=one.title))
            for one in past
            if one.ends_at.astimezone(formats.DENMARK).date() < today
        ),
    ]
    touched.sort(key=lambda contact: contact[0], reverse=True)
    rows = [
        fact(_sentence(formats.moment_in_words(t, at)), text)
        for at, text in touched[:_LAST_CONTACTS]
    ]
    return [section(t("Seneste kontakt"), card(*rows))] if rows else []


def _message(t: Translator, thread: ThreadSummary) -> str:
    return t(
        "Besked fra {name}: {subject}",
        name=words.person(t, thread.last_author),
        subject=isolated(thread.subject),
    )


def consents(t: Translator, found: Sequence[Consent]) -> list[ft.Control]:
    """Return the consents that work today, each in a line."""
    rows = [_consent(t, one) for one in found if one.state is ConsentState.ACTIVE]
    return [section(t("Samtykker"), card(*rows))] if rows else []


def _consent(t: Translator, consent: Consent) -> ft.Control:
    to = consent.recipient
    recipient = (
        words.administration(t, to.administration)
        if isinstance(to, ToAdministration)
        else words.person(t, to.person)
    )
    what = formats.listed(t, (words.category(t, one) for one in consent.categories))
    return fact(
        t("{recipient} må se: {what}", recipient=recipient, what=what),
        t("Til og med {day}", day=formats.date_in_words(t, consent.valid_until)),
    )


def household(t: Translator, people: Iterable[PersonRef]) -> list[ft.Control]:
    """Return who lives there."""
    names = [body(words.person(t, person)) for person in people]
    return [section(t("Husstand"), card(*names))] if names else []


def _sentence(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}"
