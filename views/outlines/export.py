"""The outline of an export: everything that a citizen may see, to be read on paper.

It is made of the outlines of the screens, so that it says the same in the same words. Nothing is
left out for being old; what only makes sense on a screen, such as a link, is. For the web host.
"""

from collections.abc import Iterable
from datetime import date
from typing import Final

from i18n import formats
from i18n.translator import Translator
from portal.contract.exports import Export, PlanExport
from portal.contract.follow_ups import FollowUp
from portal.contract.goals import GoalState
from portal.contract.messages import Thread
from portal.contract.people import PlanRequest
from portal.contract.plans import Decision, Intervention, InterventionState
from portal.contract.told_facts import FactRequest, ToldFactList
from views.citizen.ask_for_plan import asked_on
from views.citizen.facts.wording import request_about, request_state, request_title
from views.notification_choices import channels
from views.outlines.citizen import about_me_outline, family_outline
from views.outlines.days import appointment_outline, follow_up_outline, minutes_outline
from views.outlines.document import (
    Block,
    Facts,
    Item,
    Items,
    Link,
    Outline,
    Section,
    Words,
    own,
    quiet,
)
from views.outlines.export_trust import consents, helpers, readings, requests, sharing
from views.outlines.facts import fact_outline
from views.outlines.goal import goal_outline, history_outline
from views.outlines.plan import assessment_outline, decision_item, intervention_item, promise_item
from views.outlines.shared import contact_blocks
from views.outlines.thread import thread_outline
from views.viewer import Viewer

_ON_PAPER: Final = ("tel:", "/attachments/")
"""What links say that is worth reading where one cannot follow them: a number, a file's name."""

_AS_READ: Final = {"may_write_own": False}


def export_outline(t: Translator, export: Export, viewer: Viewer) -> Outline:
    """Return the whole export, the plan first and who has read it last."""
    # With its year: who reads this in some years knows no "today".
    made = formats.moment_in_words(t, export.made_at, now=date.min)
    about = Facts(((t("Navn"), export.me.name or t("Dit navn er ikke oplyst")),))
    blocks: list[Block] = [
        Words(t("Her er alt, hvad du kan se om dig i Én Plan. Lavet {moment}.", moment=made)),
        about,
        *_contact(t, export),
        *_asked(t, export.plan_request),
        *(_plan(t, export.plan, viewer) if export.plan else ()),
        *_goals(t, export, viewer),
        *_threads(t, export.threads, viewer),
        *([_section(family_outline(t, export.households))] if export.households.households else []),
        *_invitations(t, export),
        *helpers(t, export.helpers),
        *consents(t, export.consents),
        *sharing(t, export.sharing),
        *_choices(t, export),
        *requests(t, export.requests),
        *readings(t, export.access_log),
    ]
    return Outline(t("Dine oplysninger"), _on_paper(blocks))


def _on_paper(blocks: Iterable[Block]) -> tuple[Block, ...]:
    """Return what is left of an outline where nobody can tap."""
    kept: list[Block] = []
    for block in blocks:
        match block:
            case Link(text=text, to=to) if to.startswith(_ON_PAPER):
                kept.append(Words(text))
            case Link():
                pass
            case Section(title=title, blocks=inner):
                kept.append(Section(title, _on_paper(inner)))
            case Items(items=items):
                kept.append(Items(tuple(Item(one.title, _on_paper(one.blocks)) for one in items)))
            case _:
                kept.append(block)
    return tuple(kept)


def _section(outline: Outline) -> Section:
    return Section(outline.title, outline.blocks)


def _list(title: str, items: Iterable[Item]) -> tuple[Block, ...]:
    found = tuple(items)
    return (Section(title, (Items(found),)),) if found else ()


def _contact(t: Translator, export: Export) -> tuple[Block, ...]:
    person = export.contact_person
    if person is None:
        return ()
    blocks = contact_blocks(t, person, export.deputy, export.handover)
    others = [person] if export.deputy else []
    others += [export.handover.coming] if export.handover else []
    also = (block for one in others for block in contact_blocks(t, one, None))
    return (Section(t("Din kontaktperson"), (*blocks, *also)),)


def _asked(t: Translator, request: PlanRequest | None) -> tuple[Block, ...]:
    if request is None:
        return ()
    said = (t("Du skrev:"), request.text), (t("Kommunen skrev:"), request.answer)
    words = [part for title, text in said if text for part in (quiet(title), own(text))]
    return (Section(t("Du bad om en plan"), (Words(asked_on(t, request)), *words)),)


def _plan(t: Translator, found: PlanExport, viewer: Viewer) -> tuple[Block, ...]:
    plan = found.plan
    by_time = sorted(found.follow_ups.follow_ups, key=lambda one: one.day)
    return (
        _section(about_me_outline(t, plan.about_me)),
        *_list(t("Din hjælp"), (_help(t, one) for one in plan.interventions)),
        *_list(t("Afgørelser"), (_decision(t, one) for one in plan.decisions)),
        *_list(
            t("Dine aftaler"), (_item(appointment_outline(t, one)) for one in plan.appointments)
        ),
        *_list(t("Løfter"), (promise_item(t, one) for one in plan.promises)),
        *_list(t("Opfølgninger"), (_follow_up(t, one) for one in by_time)),
        *_list(
            t("Referater"),
            (_item(minutes_outline(t, one, viewer)) for one in found.minutes.minutes),
        ),
        _section(assessment_outline(t, found.assessment.model_copy(update=_AS_READ))),
        *_told(t, found.facts),
    )


def _item(outline: Outline) -> Item:
    return Item(outline.title, outline.blocks)


def _help(t: Translator, one: Intervention) -> Item:
    item = intervention_item(t, one)
    over = (quiet(t("Slut")),) if one.state is InterventionState.ENDED else ()
    return Item(item.title, (*over, *item.blocks))


def _decision(t: Translator, one: Decision) -> Item:
    """Return a decision with the way to appeal, also where it is too late: it was said so."""
    item = decision_item(t, one)
    how = (t("Sådan klager du"), one.how_to_appeal)
    said = any(isinstance(block, Facts) and how in block.facts for block in item.blocks)
    late = () if said else (Facts((how,)),)
    rule = (quiet(one.appeal_rule.text),) if one.appeal_rule else ()
    return Item(item.title, (*item.blocks, *late, *rule))


def _follow_up(t: Translator, one: FollowUp) -> Item:
    outline = follow_up_outline(t, one)
    return Item(formats.at_start(formats.day_in_words(t, one.day)), outline.blocks)


def _told(t: Translator, found: ToldFactList) -> tuple[Block, ...]:
    facts = (_item(fact_outline(t, found, fact.topic)) for fact in found.facts)
    asked = (_answered(t, request) for request in found.requests)
    return (*_list(t("Det har du fortalt"), facts), *_list(t("Dine svar"), asked))


def _answered(t: Translator, request: FactRequest) -> Item:
    reason = (own(request.reason),) if request.reason else ()
    said = (Words(request_about(t, request)), quiet(request_state(t, request)), *reason)
    return Item(request_title(t, request), said)


def _goals(t: Translator, export: Export, viewer: Viewer) -> tuple[Block, ...]:
    parts: list[Block] = []
    for one in export.goals:
        outline = goal_outline(t, one.goal)
        wanted = one.goal.state_reason if one.goal.state is not GoalState.REACHED else ""
        said = (own(wanted),) if wanted else ()
        changes = _section(history_outline(t, one.goal, one.history, viewer))
        parts.append(Section(outline.title, (*outline.blocks, *said, changes)))
    return (Section(t("Mål"), tuple(parts)),) if parts else ()


def _threads(t: Translator, threads: Iterable[Thread], viewer: Viewer) -> tuple[Block, ...]:
    parts = tuple(_section(thread_outline(t, one, viewer)) for one in threads)
    return (Section(t("Beskeder"), parts),) if parts else ()


def _invitations(t: Translator, export: Export) -> tuple[Block, ...]:
    found = (*export.invitations.to_me, *export.invitations.of_households)
    return _list(
        t("Invitationer"),
        (
            Item(
                one.household,
                (
                    Words(one.name),
                    quiet(one.invited_by),
                    quiet(formats.date_in_words(t, one.invited_on)),
                ),
            )
            for one in found
        ),
    )


def _choices(t: Translator, export: Export) -> tuple[Block, ...]:
    chosen = export.notifications
    if chosen is None:
        return ()
    names = dict(channels(t))
    return (Section(t("Når der er nyt"), (Words(names[chosen.channel.value]),)),)
