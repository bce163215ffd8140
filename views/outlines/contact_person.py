"""Outlines of the contact person's screens: who waits, which citizens, one citizen."""

from collections.abc import Iterable
from datetime import date

from i18n import formats
from i18n.translator import Translator
from portal.contract.consents import Consent, ConsentState
from portal.contract.goals import GoalState
from portal.contract.messages import ThreadSummary, WaitsFor
from portal.contract.people import AboutMe, Administration
from portal.contract.plans import Intervention, InterventionState, Plan, PromiseState
from portal.contract.work import (
    Briefing,
    CitizenList,
    CitizenRequest,
    CitizenSummary,
    DeclinedAppointment,
    DueFollowUp,
    Inbox,
)
from views import words
from views.citizen.calendar.answers import appointment_when, wished_in_words
from views.citizen.sharing.facts import to_whom, what
from views.components.text import isolated
from views.contact_person.inbox import follow_up_of, follow_up_when
from views.messages.turns import is_overdue
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
from views.outlines.shared import appointment_item, thread_item
from views.viewer import Viewer

_SHOWN_GOALS = (GoalState.ACTIVE, GoalState.PROPOSED, GoalState.PAUSED)


def inbox_outline(t: Translator, inbox: Inbox, viewer: Viewer) -> Outline:
    """Return who waits, the nearest deadline first."""
    today = formats.today()
    groups = (
        (t("Over tiden"), [one for one in inbox.waiting if is_overdue(one, today)]),
        (t("Venter på dit svar"), [one for one in inbox.waiting if not is_overdue(one, today)]),
    )
    blocks: list[Block] = []
    if not inbox.waiting:
        blocks.append(Words(t("Ingen venter på svar fra dig lige nu.")))
    for title, threads in groups:
        blocks += _threads(t, title, threads, viewer)
    if inbox.follow_ups:
        title = t("{title} ({n})", title=t("Opfølgninger"), n=len(inbox.follow_ups))
        blocks.append(
            Section(title, (Items(tuple(_follow_up(t, one) for one in inbox.follow_ups)),))
        )
    if inbox.declined:
        title = t("{title} ({n})", title=t("Skal have en ny tid"), n=len(inbox.declined))
        meetings = Items(tuple(_meeting(t, one) for one in inbox.declined))
        blocks.append(Section(title, (meetings,)))
    if inbox.requests:
        title = t("{title} ({n})", title=t("Vil gerne have en plan"), n=len(inbox.requests))
        requests = Items(tuple(_request(t, asked) for asked in inbox.requests))
        blocks.append(Section(title, (requests,)))
    blocks += _threads(t, t("Andre samtaler"), inbox.others, viewer)
    return Outline(t("Indbakke"), tuple(blocks))


def _threads(
    t: Translator, title: str, threads: Iterable[ThreadSummary], viewer: Viewer
) -> list[Block]:
    items = tuple(thread_item(t, thread, viewer, named=True) for thread in threads)
    if not items:
        return []
    return [Section(t("{title} ({n})", title=title, n=len(items)), (Items(items),))]


def _follow_up(t: Translator, due: DueFollowUp) -> Item:
    when = f"{formats.at_start(follow_up_when(t, due))} · {follow_up_of(t, due)}"
    return Item(due.citizen.name, (quiet(when),), f"/work/citizens/{due.citizen.id}")


def _meeting(t: Translator, declined: DeclinedAppointment) -> Item:
    appointment, answer = declined.appointment, declined.appointment.answer
    wished = wished_in_words(t, answer) if answer else ()
    blocks: list[Block] = [Words(appointment.title), quiet(appointment_when(t, appointment))]
    if answer and answer.wish:
        blocks.append(own(answer.wish))
    if wished:
        blocks.append(quiet(t("Det passer bedre:")))
        blocks += [Words(one) for one in wished]
    return Item(declined.citizen.name, tuple(blocks), f"/work/citizens/{declined.citizen.id}/write")


def _request(t: Translator, asked: CitizenRequest) -> Item:
    day = formats.day_in_words(t, asked.request.created_on)
    said = (own(asked.request.text),) if asked.request.text else ()
    return Item(asked.citizen.name, (quiet(t("Bad om en plan {day}", day=day)), *said))


def citizens_outline(t: Translator, found: CitizenList) -> Outline:
    """Return the citizens by name."""
    if not found.citizens:
        return Outline(t("Borgere"), (Words(t("Du er ikke kontaktperson for nogen endnu.")),))
    items = Items(tuple(_citizen(t, citizen) for citizen in found.citizens))
    return Outline(t("Borgere"), (items,))


def _citizen(t: Translator, citizen: CitizenSummary) -> Item:
    waiting = t("Ingen beskeder venter")
    if citizen.waiting_messages:
        waiting = t.plural(
            "{n} besked venter på svar", "{n} beskeder venter på svar", citizen.waiting_messages
        )
        if citizen.next_due:
            day = formats.day_in_words(t, citizen.next_due)
            waiting = t("{messages}, senest {day}", messages=waiting, day=day)
    to = f"/work/citizens/{citizen.id}"
    return Item(citizen.name, (Words(waiting), *_signs(t, citizen)), to)


def _signs(t: Translator, citizen: CitizenSummary) -> list[Block]:
    """Return what one must know before anything else about a citizen."""
    signs: list[Block] = []
    if citizen.protected:
        signs.append(notice(t("Navn og adresse er beskyttet")))
    if citizen.deputy_for:
        signs.append(quiet(t("Du er stedfortræder for {name}", name=citizen.deputy_for.name)))
    if citizen.plan_id is None:
        signs.append(quiet(t("Har ikke en plan")))
    return signs


def briefing_outline(t: Translator, briefing: Briefing, viewer: Viewer) -> Outline:
    """Return one citizen's whole situation."""
    citizen, plan = briefing.citizen, briefing.plan
    blocks: list[Block] = [
        Words(t.plural("{n} år", "{n} år", briefing.age)),
        *_signs(t, citizen),
    ]
    if briefing.phone:
        blocks.append(phone(t("Ring {phone}", phone=formats.phone(briefing.phone)), briefing.phone))
    if citizen.plan_id:
        blocks.append(Link(t("Skriv besked"), f"/work/citizens/{citizen.id}/write"))
    if briefing.may_propose_goal:
        blocks.append(Link(t("Foreslå et mål"), f"/work/citizens/{citizen.id}/propose-goal"))
    blocks += [_withheld(t, Administration(code)) for code in briefing.withheld]
    waiting = [one for one in briefing.threads if one.waits_for is WaitsFor.CONTACT_PERSON]
    waiting.sort(key=lambda one: one.answer_expected_by or date.max)
    blocks += _threads(t, t("Venter på dit svar"), waiting, viewer)
    if plan is None:
        blocks.append(Words(t("Borgeren har ikke en plan, som du kan se.")))
    else:
        blocks += _plan(t, plan)
    others = [one for one in briefing.threads if one not in waiting]
    blocks += _threads(t, t("Andre samtaler"), others, viewer)
    blocks += _consents(t, briefing.consents)
    if briefing.household:
        people = Items(tuple(Item(words.person(t, person)) for person in briefing.household))
        blocks.append(Section(t("Husstand"), (people,)))
    return Outline(citizen.name, tuple(blocks), Link(t("Borgere"), "/work/citizens"))


def _withheld(t: Translator, code: Administration) -> Block:
    return notice(
        t(
            "{administration} har flere oplysninger. "
            "Du kan kun se dem, hvis borgeren giver samtykke.",
            administration=words.administration(t, code),
        )
    )


def _plan(t: Translator, plan: Plan) -> list[Block]:
    today = formats.today()
    coming = [
        one
        for one in sorted(plan.appointments, key=lambda one: one.starts_at)
        if one.ends_at.astimezone(formats.DENMARK).date() >= today
    ]
    promised = [one for one in plan.promises if one.state is not PromiseState.KEPT]
    appealable = [one for one in plan.decisions if one.appeal_by >= today]
    parts: tuple[tuple[str, list[Item]], ...] = (
        (t("Mål"), _goals(t, plan)),
        (
            t("Løfter"),
            [
                Item(one.text, (quiet(f"{one.owner} · {_due(t, one.due, today)}"),))
                for one in sorted(promised, key=lambda one: one.due)
            ],
        ),
        (t("Næste aftaler"), [appointment_item(t, one) for one in coming]),
        (
            t("Afgørelser, der kan klages over"),
            [
                Item(one.title, (quiet(_due(t, one.appeal_by, today)),))
                for one in sorted(appealable, key=lambda one: one.appeal_by)
            ],
        ),
        (t("Indsatser"), [_intervention(t, one) for one in plan.interventions if _is_on(one)]),
    )
    lists = [Section(title, (Items(tuple(items)),)) for title, items in parts if items]
    return [*_own_words(t, plan.about_me), *lists]


def _due(t: Translator, day: date, today: date) -> str:
    text = formats.day_in_words(t, day)
    if day < today:
        return t("Over tiden. Senest {day}", day=text)
    return t("Senest {day}", day=text)


def _own_words(t: Translator, about_me: AboutMe | None) -> list[Block]:
    if about_me is None:
        return []
    told = (
        (t("Det er vigtigt"), about_me.matters),
        (t("Det er jeg god til"), about_me.strengths),
        (t("Det drømmer jeg om"), about_me.dreams),
        (t("Det hjælper på en dårlig dag"), about_me.bad_day),
    )
    facts = tuple((name, text) for name, text in told if text)
    return [Section(t("Med egne ord"), (Facts(facts),))] if facts else []


def _goals(t: Translator, plan: Plan) -> list[Item]:
    shown = [goal for state in _SHOWN_GOALS for goal in plan.goals if goal.state is state]
    items = []
    for goal in shown:
        about = [words.goal_state(t, goal.state), words.steps_done(t, goal)]
        if goal.latest_rating is not None:
            about.append(t("Egen vurdering: {value} af 10", value=goal.latest_rating))
        next_step = (
            (Words(t("Næste skridt: {step}", step=isolated(goal.next_step))),)
            if goal.next_step
            else ()
        )
        items.append(Item(words.goal_title(goal), (quiet(" · ".join(about)), *next_step)))
    return items


def _is_on(one: Intervention) -> bool:
    return one.state is not InterventionState.ENDED


def _intervention(t: Translator, one: Intervention) -> Item:
    who = t("{person}, {unit}", person=one.responsible, unit=one.unit)
    period = formats.at_start(formats.period(t, one.starts_on, one.ends_on))
    where = words.administration(t, one.administration)
    return Item(one.title, (quiet(f"{where} · {who}"), quiet(period)))


def _consents(t: Translator, consents: Iterable[Consent]) -> list[Block]:
    facts = tuple(
        (
            t(
                "{recipient} må se: {what}",
                recipient=to_whom(t, one.recipient),
                what=what(t, one.categories).lower(),
            ),
            t("Til og med {day}", day=formats.date_in_words(t, one.valid_until)),
        )
        for one in consents
        if one.state is ConsentState.ACTIVE
    )
    return [Section(t("Samtykker"), (Facts(facts),))] if facts else []
