"""Outlines of the overview, of all that waits, of the contact person and of the welcome."""

from datetime import datetime

from i18n import formats
from i18n.translator import Translator
from portal.contract.overview import DuePromise, Overview, Waiting
from portal.contract.people import PlanRequest, PlanRequestState
from views.citizen.ask_for_plan import asked_on
from views.citizen.overview import greeting
from views.citizen.waiting import (
    ADDRESS as WAITING,
)
from views.citizen.waiting import (
    due_in_words,
    nothing_waits,
    waiting_in_words,
    waiting_path,
    waiting_title,
)
from views.citizen.welcome import ADDRESS as WELCOME
from views.citizen.welcome import is_new, steps
from views.outlines.document import (
    Block,
    Item,
    Items,
    Link,
    Outline,
    Section,
    Words,
    notice,
    own,
    quiet,
)
from views.outlines.shared import contact_blocks, goal_item, meeting_item

_FIRST = 3


def overview_outline(t: Translator, overview: Overview) -> Outline:
    """Return what a citizen needs to know or do now."""
    blocks: list[Block] = [Words(greeting(t, overview.me.name, datetime.now(formats.DENMARK)))]
    if is_new(overview):
        blocks.append(Link(t("Sådan bruger du Én Plan"), WELCOME))
    if overview.plan_id is None:
        blocks += _todo(t, overview) if overview.waiting else ()
        return Outline(t("Overblik"), (*blocks, *_without_plan(t, overview.plan_request)))
    blocks += _todo(t, overview)
    if overview.next_appointment:
        item = meeting_item(t, overview.next_appointment)
        blocks.append(Section(t("Din næste aftale"), (Items((item,)),)))
    if overview.contact_person:
        blocks.append(Section(t("Din kontaktperson"), _contact(t, overview)))
    if overview.promises:
        promises = Items(tuple(_promise(t, item) for item in overview.promises[:_FIRST]))
        blocks.append(Section(t("Kommunen har lovet"), (promises,)))
    return Outline(t("Overblik"), (*blocks, *_goals(t, overview)))


def waiting_outline(t: Translator, overview: Overview) -> Outline:
    """Return everything that waits."""
    items = tuple(_waiting(t, item) for item in overview.waiting)
    blocks = (Items(items),) if items else (Words(nothing_waits(t)),)
    return Outline(t("Det venter på dig"), blocks, back=Link(t("Overblik"), "/"))


def welcome_outline(t: Translator) -> Outline:
    """Return the steps of the welcome."""
    parts = tuple(Section(step.title, (Words(step.text),)) for step in steps(t))
    return Outline(t("Velkommen"), parts, back=Link(t("Overblik"), "/"))


def contact_outline(t: Translator, overview: Overview) -> Outline:
    """Return who one's contact person is and how to reach them."""
    if overview.contact_person is None:
        text = t("Du har ikke en kontaktperson endnu. Du får én sammen med en plan.")
        return Outline(t("Din kontaktperson"), (Words(text),))
    return Outline(t("Din kontaktperson"), _contact(t, overview))


def _contact(t: Translator, overview: Overview) -> tuple[Block, ...]:
    assert overview.contact_person is not None  # noqa: S101 - both callers have looked
    return contact_blocks(t, overview.contact_person, overview.deputy, overview.handover)


def _todo(t: Translator, overview: Overview) -> list[Block]:
    blocks: list[Block] = []
    if waiting := overview.waiting:
        items = Items(tuple(_waiting(t, item) for item in waiting[:_FIRST]))
        rest = (Link(t("Vis alle {n}", n=len(waiting)), WAITING),)
        more = rest if len(waiting) > _FIRST else ()
        blocks.append(Section(t("Det venter på dig"), (items, *more)))
    if number := overview.unread_messages:
        text = t.plural("Du har {n} ulæst besked", "Du har {n} ulæste beskeder", number)
        blocks.append(Section(t("Beskeder"), (Link(text, "/messages"),)))
    return blocks or [Words(nothing_waits(t))]


def _waiting(t: Translator, item: Waiting) -> Item:
    return Item(waiting_title(t, item), (quiet(waiting_in_words(t, item)),), waiting_path(item))


def _promise(t: Translator, promise: DuePromise) -> Item:
    due = formats.at_start(due_in_words(t, promise.due))
    return Item(promise.text, (quiet(f"{due} · {promise.owner}"),), "/promises")


def _goals(t: Translator, overview: Overview) -> list[Block]:
    if overview.goals:
        goals = Items(tuple(goal_item(t, goal) for goal in overview.goals[:_FIRST]))
        parts: list[Block] = [Section(t("Dine mål"), (goals, Link(t("Se alle mål"), "/goals")))]
    else:
        invitation = Words(t("Du har ikke skrevet et mål endnu. Hvad vil du gerne nå?"))
        parts = [Section(t("Dine mål"), (invitation, Link(t("Nyt mål"), "/goals/new")))]
    if overview.household_goals:
        goals = Items(tuple(goal_item(t, goal) for goal in overview.household_goals[:_FIRST]))
        parts.append(Section(t("Familiens mål"), (goals,)))
    return parts


def _without_plan(t: Translator, request: PlanRequest | None) -> tuple[Block, ...]:
    if request and request.state is not PlanRequestState.DECLINED:
        said = (Section(t("Du skrev"), (own(request.text),)),) if request.text else ()
        return (notice(asked_on(t, request)), *said)
    declined = t("Kommunen har sagt nej til en plan. Du kan bede igen.")
    answer = request.answer if request else ""
    return (
        *((notice(declined),) if request else ()),
        *((quiet(t("Kommunen skrev:")), own(answer)) if answer else ()),
        Words(t("Du har ikke en plan endnu. I en plan samler vi al din hjælp ét sted.")),
        Words(t("Du får én kontaktperson, og du skriver dine egne mål.")),
    )
