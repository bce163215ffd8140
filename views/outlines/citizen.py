"""Outlines of the citizen's screens: family, own words, the access log."""

from i18n import formats
from i18n.translator import Translator
from portal.contract.access import AccessVisit, AccessVisitList
from portal.contract.households import Household, HouseholdList, Member
from portal.contract.people import AboutMe
from views import words
from views.components.people import initials, picture_address
from views.outlines.document import (
    Block,
    Item,
    Items,
    Link,
    Outline,
    Section,
    Tone,
    Who,
    Words,
    more,
    notice,
    own,
    quiet,
)
from views.outlines.goal import step_items
from views.outlines.shared import goal_item

# -- family


def family_outline(t: Translator, found: HouseholdList) -> Outline:
    """Return the households with their members and joint goals."""
    if not found.households:
        text = t("Her kan I som familie have mål sammen. Du er ikke med i en familie her endnu.")
        blocks = (Words(text), Link(t("Spørg din kontaktperson"), "/contact"))
        return Outline(t("Familie"), blocks)
    who_sees = t(
        "Alle i familien her kan se det, der står på denne side. "
        "Din egen plan ser de ikke, medmindre du selv siger ja til det."
    )
    return Outline(
        t("Familie"),
        (
            notice(who_sees),
            Link(t("Se, hvad du deler"), "/sharing"),
            *(_household(t, household) for household in found.households),
        ),
    )


def _household(t: Translator, household: Household) -> Block:
    members = sorted(household.members, key=lambda member: not member.is_me)
    blocks: list[Block] = [Items(tuple(_member(t, member) for member in members))]
    if not household.goals:
        blocks.append(Words(t("I har ingen fælles mål endnu. Hvad vil I gerne nå sammen?")))
    for goal in household.goals:
        item = goal_item(t, goal)
        steps = Items(step_items(t, goal.steps))
        more = Link(t("Åbn målet"), f"/goals/{goal.id}", about=goal.title)
        blocks.append(Section(item.title, (*item.blocks, *((steps,) if goal.steps else ()), more)))
    return Section(household.name, tuple(blocks))


def _member(t: Translator, member: Member) -> Item:
    name = t("{name} (dig)", name=member.name) if member.is_me else member.name
    relation = words.relation(t, member.relation)
    who = Who(name, initials(member.name), picture_address(member.id, member.picture))
    return Item(name, (quiet(relation),) if relation else (), who=who)


# -- own words, the access log


def about_me_outline(t: Translator, about_me: AboutMe | None) -> Outline:
    """Return what the citizen has written about themselves."""
    nothing = t("Du har ikke skrevet noget endnu.")
    if about_me is None:
        return Outline(t("Om mig"), (quiet(nothing),), back=Link(t("Min plan"), "/plan"))
    questions = (
        (t("Hvad er vigtigt for dig?"), about_me.matters),
        (t("Hvad er du god til?"), about_me.strengths),
        (t("Hvad drømmer du om?"), about_me.dreams),
        (t("Hvad hjælper på en dårlig dag?"), about_me.bad_day),
    )
    return Outline(
        t("Om mig"),
        tuple(
            Section(question, (own(text) if text else quiet(nothing),))
            for question, text in questions
        ),
        back=Link(t("Min plan"), "/plan"),
    )


def log_outline(t: Translator, found: AccessVisitList) -> Outline:
    """Return who read what, when, and on which ground."""
    title, back = t("Hvem har set mine oplysninger"), Link(t("Overblik"), "/")
    if not found.visits:
        text = t("Ingen andre har set dine oplysninger endnu.")
        return Outline(title, (Words(text),), back)
    intro = t("Her står, hvem i kommunen der har læst om dig, og hvorfor de måtte.")
    visits = Items(tuple(visit_item(t, visit) for visit in found.visits))
    older = more(t("Vis ældre"), "/log", found.next_cursor)
    return Outline(title, (Words(intro), visits), back, older)


def visit_item(t: Translator, visit: AccessVisit) -> Item:
    """Return one visit: when, who, what, and on which ground."""
    return Item(
        formats.at_start(formats.moment_in_words(t, visit.first_at)),
        (
            Words(words.who_read_what(t, visit), Tone.STRONG),
            quiet(words.ground(t, visit.ground)),
        ),
    )
