"""The map of the outlines: one address, one reading, one document. Used by the web host.

The addresses are those of ``views/routes.py``; a test compares the two.
"""

import re
from itertools import groupby
from typing import Final

from i18n.translator import LANGUAGES, Translator
from portal.contract.people import Role
from portal.plan_client import PlanClient, PlanInvalid, PlanNotFound
from views.citizen.sharing.reading import read_sharing
from views.navigation import destinations, part_name
from views.outlines.citizen import (
    about_me_outline,
    family_outline,
    log_outline,
)
from views.outlines.contact_person import briefing_outline, citizens_outline, inbox_outline
from views.outlines.days import DAYS
from views.outlines.document import Block, Facts, Item, Items, Link, Outline, Section, Words
from views.outlines.facts import FACTS
from views.outlines.goal import goal_outline, goal_visit, goals_outline, history_outline
from views.outlines.overview import (
    contact_outline,
    overview_outline,
    waiting_outline,
    welcome_outline,
)
from views.outlines.plan import PLAN
from views.outlines.rights import rights_outline
from views.outlines.shared import nothing_here
from views.outlines.sharing import consent_outline, offer_outline, offers_outline, sharing_outline
from views.outlines.thread import messages_outline, thread_outline
from views.outlines.visit import Draw, Visit
from views.viewer import Viewer


async def outline_of(
    path: str, client: PlanClient, viewer: Viewer, t: Translator, more: str | None = None
) -> Outline:
    """Read what the screen at ``path`` shows, from ``more`` on, and return its outline.

    Raises a ``PlanError``, but not for an address that leads nowhere: that has an outline.
    """
    for pattern, draw in _COMPILED[viewer.role]:
        if found := pattern.fullmatch(path):
            try:
                return await draw(Visit(client, viewer, t, found.groupdict(), more))
            except (PlanNotFound, PlanInvalid):  # no such place to go on from
                return nothing_here(t)
    return nothing_here(t)


def addresses(role: Role) -> frozenset[str]:
    """Return the patterns of the addresses that have an outline."""
    return frozenset(_SCREENS[role])


async def _overview(visit: Visit) -> Outline:
    return overview_outline(visit.t, await visit.client.overview())


async def _waiting(visit: Visit) -> Outline:
    return waiting_outline(visit.t, await visit.client.overview())


async def _welcome(visit: Visit) -> Outline:
    return welcome_outline(visit.t)


async def _contact(visit: Visit) -> Outline:
    return contact_outline(visit.t, await visit.client.overview())


async def _about_me(visit: Visit) -> Outline:
    try:
        return about_me_outline(visit.t, (await visit.client.plan()).about_me)
    except PlanNotFound:
        return about_me_outline(visit.t, None)


async def _goals(visit: Visit) -> Outline:
    return goals_outline(visit.t, await visit.client.goals())


async def _goal(visit: Visit) -> Outline:
    return goal_outline(visit.t, await visit.client.goal(visit.id("goal_id")))


async def _history(visit: Visit) -> Outline:
    goal_id = visit.id("goal_id")
    goal, history = await visit.client.goal(goal_id), await visit.client.goal_history(goal_id)
    return history_outline(visit.t, goal, history, visit.viewer)


async def _messages(visit: Visit) -> Outline:
    return messages_outline(visit.t, await visit.client.threads(visit.more), visit.viewer)


async def _thread(visit: Visit) -> Outline:
    thread = await visit.client.thread(visit.id("thread_id"), visit.more)
    return thread_outline(visit.t, thread, visit.viewer)


async def _family(visit: Visit) -> Outline:
    return family_outline(visit.t, await visit.client.households())


async def _sharing(visit: Visit) -> Outline:
    return sharing_outline(visit.t, await read_sharing(visit.client))


async def _consent(visit: Visit) -> Outline:
    return consent_outline(
        visit.t, await visit.client.consent(visit.id("consent_id")), visit.viewer
    )


async def _offers(visit: Visit) -> Outline:
    return offers_outline(visit.t, await visit.client.consent_offers(visit.t.language))


async def _offer(visit: Visit) -> Outline:
    found = await visit.client.consent_offers(visit.t.language)
    for offer in found.offers:
        if offer.text.id == visit.named["offer"]:
            return offer_outline(visit.t, offer)
    raise PlanNotFound(visit.named["offer"])


async def _log(visit: Visit) -> Outline:
    return log_outline(visit.t, await visit.client.access_visits(visit.more))


async def _rights(visit: Visit) -> Outline:
    return rights_outline(visit.t)


async def _inbox(visit: Visit) -> Outline:
    return inbox_outline(visit.t, await visit.client.inbox(), visit.viewer)


async def _citizens(visit: Visit) -> Outline:
    return citizens_outline(visit.t, await visit.client.citizens())


async def _briefing(visit: Visit) -> Outline:
    found = await visit.client.briefing(visit.id("citizen_id"))
    return briefing_outline(visit.t, found, visit.viewer)


async def _write(visit: Visit) -> Outline:
    t, citizen_id = visit.t, visit.id("citizen_id")
    return _form(t, t("Skriv besked"), Link(t("Borgeren"), f"/work/citizens/{citizen_id}"))


async def _propose_goal(visit: Visit) -> Outline:
    t, citizen_id = visit.t, visit.id("citizen_id")
    return _form(t, t("Foreslå et mål"), Link(t("Borgeren"), f"/work/citizens/{citizen_id}"))


async def _move_appointment(visit: Visit) -> Outline:
    t, citizen_id = visit.t, visit.id("citizen_id")
    return _form(t, t("Flyt mødet"), Link(t("Borgeren"), f"/work/citizens/{citizen_id}"))


async def _new_message(visit: Visit) -> Outline:
    t = visit.t
    return _form(t, t("Skriv besked"), Link(t("Beskeder"), "/messages"))


async def _promise_question(visit: Visit) -> Outline:
    return _form(visit.t, visit.t("Skriv besked"), Link(visit.t("Løfter"), "/promises"))


async def _new_goal(visit: Visit) -> Outline:
    return _form(visit.t, visit.t("Nyt mål"), Link(visit.t("Mål"), "/goals"))


async def _new_joint_goal(visit: Visit) -> Outline:
    return _form(visit.t, visit.t("Nyt fælles mål"), Link(visit.t("Familie"), "/family"))


def _form(t: Translator, title: str, back: Link) -> Outline:
    """Return the outline of a page that one writes on: writing needs the app."""
    text = t("Du kan skrive her, så snart siden er hentet helt.")
    return Outline(title, (Words(text), Words(t("Haster det, så ring."))), back)


async def _more(visit: Visit) -> Outline:
    t = visit.t
    places = [place for place in destinations(t, visit.viewer.role) if not place.main]
    return Outline(
        t("Mere"),
        tuple(
            Section(
                part_name(t, part),
                (Items(tuple(Item(place.label, to=place.path) for place in group)),),
            )
            for part, group in groupby(places, lambda place: place.part)
        ),
    )


async def _profile(visit: Visit) -> Outline:
    t = visit.t
    languages: tuple[Block, ...] = tuple(
        Link(name, f"/language?lang={code}&next=/profile") for code, name in LANGUAGES.items()
    )
    name = visit.viewer.name or t("Dit navn er ikke oplyst")
    return Outline(
        t("Profil"),
        (
            Facts(((t("Du er logget ind som"), name),)),
            Section(t("Sprog"), languages),
            Section(
                t("Om siden"),
                (
                    Link(t("Tilgængelighed"), "/accessibility"),
                    Link(t("Dine oplysninger"), "/privacy"),
                ),
            ),
            Link(t("Log ud"), "/logout"),
        ),
    )


async def _sessions(visit: Visit) -> Outline:
    """The logins are the portal's, not the plan's: here is the way to end this one."""
    t = visit.t
    text = t("Du kan læse her, så snart siden er hentet helt.")
    back = Link(t("Profil"), "/profile")
    return Outline(t("Hvor du er logget ind"), (Words(text), Link(t("Log ud"), "/logout")), back)


_EVERYBODY: Final[dict[str, Draw]] = {"/profile": _profile, "/profile/sessions": _sessions}
_SCREENS: Final[dict[Role, dict[str, Draw]]] = {
    Role.CITIZEN: {
        "/": _overview,
        "/waiting": _waiting,
        "/welcome": _welcome,
        **PLAN,
        "/goals": _goals,
        "/goals/new": _new_goal,
        "/goals/order": _goals,
        "/goals/:goal_id": goal_visit,
        "/goals/:goal_id/edit": _goal,
        "/goals/:goal_id/history": _history,
        "/goals/:goal_id/:move": _goal,
        "/contact": _contact,
        "/messages": _messages,
        "/messages/new": _new_message,
        "/messages/:thread_id": _thread,
        "/family": _family,
        "/family/:household_id/new-goal": _new_joint_goal,
        "/sharing": _sharing,
        "/sharing/new": _offers,
        "/sharing/new/:offer": _offer,
        "/sharing/new/:offer/check": _offer,
        "/sharing/:consent_id": _consent,
        "/sharing/:consent_id/receipt": _consent,
        "/sharing/:consent_id/sign": _consent,
        "/sharing/:consent_id/withdraw": _consent,
        "/about-me": _about_me,
        **DAYS,
        "/promises/:promise_id/ask": _promise_question,
        **FACTS,
        "/log": _log,
        "/rights": _rights,
        "/more": _more,
        **_EVERYBODY,
    },
    Role.CONTACT_PERSON: {
        "/work": _inbox,
        "/work/citizens": _citizens,
        "/work/citizens/:citizen_id": _briefing,
        "/work/citizens/:citizen_id/write": _write,
        "/work/citizens/:citizen_id/propose-goal": _propose_goal,
        "/work/citizens/:citizen_id/appointments/:appointment_id": _move_appointment,
        "/messages/:thread_id": _thread,
        **_EVERYBODY,
    },
}


def _compiled(screens: dict[str, Draw]) -> list[tuple[re.Pattern[str], Draw]]:
    """Return the addresses as patterns, those that name more first."""
    fixed_first = sorted(screens.items(), key=lambda item: item[0].count(":"))
    return [
        (re.compile(re.sub(r":(\w+)", r"(?P<\1>[^/]+)", path)), draw) for path, draw in fixed_first
    ]


_COMPILED: Final = {role: _compiled(screens) for role, screens in _SCREENS.items()}
