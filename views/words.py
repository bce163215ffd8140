"""Words for the contract's codes, and the sentences that several screens say."""

from collections.abc import Iterable
from datetime import time
from itertools import groupby

from i18n import formats
from i18n.translator import Translator
from portal.contract.access import AccessVisit
from portal.contract.consents import Category, ConsentKind, ConsentText
from portal.contract.goals import GoalOwner, GoalState, GoalSummary, Theme
from portal.contract.people import Administration, ContactPerson, OfficeHours, PersonRef
from views.components.text import isolated


def administration(t: Translator, code: Administration) -> str:
    """Return the name of a part of the municipality."""
    return {
        Administration.EMPLOYMENT: t("Beskæftigelse"),
        Administration.ADULT_SOCIAL: t("Voksen-social"),
        Administration.FAMILY: t("Familie"),
        Administration.HEALTH: t("Sundhed"),
    }[code]


def category(t: Translator, code: Category) -> str:
    """Return a type of information, as it stands inside a sentence."""
    return {
        Category.GOALS: t("mål"),
        Category.EMPLOYMENT: t("arbejde"),
        Category.SOCIAL: t("social støtte"),
        Category.FAMILY: t("familie"),
        Category.HEALTH: t("helbred"),
        Category.APPOINTMENTS: t("aftaler"),
        Category.DECISIONS: t("afgørelser"),
        Category.MESSAGES: t("beskeder"),
    }[code]


def consent_title(t: Translator, text: ConsentText) -> str:
    """Return what a consent is called: by its own text, or by its kind for who reads another."""
    if text.language == t.language:
        return text.title
    return {
        ConsentKind.HOLISTIC_PLAN: t("Én samlet plan"),
        ConsentKind.COLLECTION: t("Hent oplysninger fra en anden afdeling"),
        ConsentKind.HEALTH_DISCLOSURE: t("Del oplysninger om dit helbred"),
        ConsentKind.FAMILY: t("Vis noget til en i din familie"),
    }[text.kind]


def relation(t: Translator, code: str) -> str:
    """Return what somebody is in the household; empty for a code that has no word here."""
    return {
        "mother": t("Mor"),
        "father": t("Far"),
        "partner": t("Partner"),
        "child": t("Barn"),
        "sibling": t("Søskende"),
        "grandparent": t("Bedsteforælder"),
    }.get(code, "")


def theme(t: Translator, code: Theme) -> str:
    """Return the name of a part of life."""
    return {
        Theme.WORK: t("Arbejde og uddannelse"),
        Theme.HEALTH: t("Helbred"),
        Theme.FAMILY: t("Familie"),
        Theme.EVERYDAY: t("Hverdag"),
        Theme.SOCIAL: t("Venner og fritid"),
        Theme.HOME: t("Bolig"),
        Theme.MONEY: t("Økonomi"),
    }[code]


def goal_state(t: Translator, code: GoalState) -> str:
    """Return where a goal is, as one word or two."""
    return {
        GoalState.PROPOSED: t("Foreslået"),
        GoalState.ACTIVE: t("I gang"),
        GoalState.PAUSED: t("På pause"),
        GoalState.REACHED: t("Nået"),
        GoalState.DROPPED: t("Droppet"),
    }[code]


def goal_owner(t: Translator, code: GoalOwner) -> str:
    """Return whose goal it is."""
    return {
        GoalOwner.CITIZEN: t("Dit eget mål"),
        GoalOwner.ADMINISTRATION: t("Kommunens mål"),
        GoalOwner.HOUSEHOLD: t("Fælles mål"),
    }[code]


def goal_title(goal: GoalSummary) -> str:
    """Return a goal's title after its emoji."""
    return f"{goal.emoji} {goal.title}" if goal.emoji else goal.title


def steps_done(t: Translator, goal: GoalSummary) -> str:
    """Return "2 af 5 skridt er taget"."""
    if not goal.steps_total:
        return t("Ingen skridt endnu")
    return t("{done} af {total} skridt er taget", done=goal.steps_done, total=goal.steps_total)


def resource_kind(t: Translator, code: str) -> str:
    """Return what somebody has read, as the person it is about says it."""
    return {
        "person": t("hvem du er"),
        "plan": t("din plan"),
        "about_me": t("det, du skrev om dig selv"),
        "plan_request": t("at du bad om en plan"),
        "goal": t("et mål"),
        "step": t("et skridt"),
        "intervention": t("en indsats"),
        "appointment": t("en aftale"),
        "decision": t("en afgørelse"),
        "promise": t("et løfte"),
        "thread": t("en samtale"),
        "household": t("din familie"),
        "consent": t("et samtykke"),
        "follow_up": t("en opfølgning"),
        "minutes": t("et referat"),
        "own_view": t("din egen vurdering"),
        "professional_view": t("en vurdering"),
        "told_fact": t("noget, du har fortalt"),
        "fact_request": t("et spørgsmål til dig"),
        "attachment": t("en fil"),
        "rights_request": t("en anmodning fra dig"),
    }.get(code, t("andet"))


def who_read_what(t: Translator, visit: AccessVisit) -> str:
    """Return "Mette Holm læste: et mål", or "Mette Holm læste 12 ting: mål, samtaler"."""
    reader = visit.reader or t("Beskyttet navn")
    if visit.count == 1:
        what = resource_kind(t, visit.kinds[0].resource_kind)
        return t("{name} læste: {what}", name=reader, what=what)
    names = dict.fromkeys(
        resource_kind(t, kind.resource_kind) if kind.count == 1 else _several(t, kind.resource_kind)
        for kind in visit.kinds
    )
    return t(
        "{name} læste {count} ting: {what}",
        name=reader,
        count=visit.count,
        what=formats.listed(t, names),
    )


def _several(t: Translator, code: str) -> str:
    """Return what somebody has read, where it was several of a kind."""
    return {
        "goal": t("mål"),
        "step": t("skridt"),
        "intervention": t("indsatser"),
        "appointment": t("aftaler"),
        "decision": t("afgørelser"),
        "promise": t("løfter"),
        "thread": t("samtaler"),
        "consent": t("samtykker"),
        "follow_up": t("opfølgninger"),
        "minutes": t("referater"),
        "own_view": t("dine egne vurderinger"),
        "professional_view": t("vurderinger"),
        "told_fact": t("noget, du har fortalt"),
        "fact_request": t("spørgsmål til dig"),
        "attachment": t("filer"),
        "rights_request": t("anmodninger fra dig"),
    }.get(code, resource_kind(t, code))


def ground(t: Translator, code: str) -> str:
    """Return why somebody was allowed to read, from a ground of the policy."""
    return {
        "household_member": t("I er i samme familie og har et fælles mål."),
        "contact_person": t("Personen er din kontaktperson."),
        "deputy": t("Personen hjalp dig, mens din kontaktperson var væk."),
        "intake": t("Personen tager imod nye borgere."),
        "same_administration": t("Personen arbejder der, hvor sagen hører til."),
        "holistic_plan_consent": t("Du har givet samtykke til en samlet plan."),
        "collection_consent": t("Du har givet samtykke til, at kommunen henter oplysninger."),
        "health_disclosure_consent": t("Du har givet samtykke til at dele om dit helbred."),
        "family_consent": t("Du har givet samtykke til at dele med din familie."),
        "fact_grant": t("Du har sagt ja til, at de bruger dit svar."),
        "goal_share": t("Du deler målet med personen."),
        "custody": t("Personen har forældremyndigheden over dig."),
        "power_of_attorney": t("Personen har fuldmagt fra dig."),
        "guardian": t("Personen er din værge."),
        "bisidder": t("Personen er din bisidder."),
        "case_worker": t("Personen arbejder med din sag."),
    }.get(code, t("Grunden står i kommunens system."))


def person(t: Translator, who: PersonRef) -> str:
    """Return a person's name, or that it is protected from the reader."""
    return isolated(who.name) if who.name else t("Beskyttet navn")


def steps_of(t: Translator, who: PersonRef) -> str:
    """Return "Frejas skridt" or "Jonas' skridt", by the first name."""
    if not who.name:
        return person(t, who)
    first = isolated(who.name.split(maxsplit=1)[0])
    if first.endswith(("s", "x", "z")):
        return t("{name}' skridt", name=first)
    return t("{name}s skridt", name=first)


def office_hours(t: Translator, hours: Iterable[OfficeHours]) -> str:
    """Return "mandag–torsdag kl. 9.00–15.00, fredag kl. 9.00–12.00"."""
    ordered = sorted(hours, key=lambda day: (day.weekday, day.opens))
    parts: list[str] = []
    for (opens, closes), days in groupby(ordered, key=lambda day: (day.opens, day.closes)):
        weekdays = [day.weekday for day in days]
        parts.append(f"{_weekdays(t, weekdays)} {_span(t, opens, closes)}")
    return formats.listed(t, parts)


def reply_time(t: Translator, person: ContactPerson) -> str:
    """Return within how long messages are answered."""
    return t.plural(
        "Svarer inden for {n} hverdag", "Svarer inden for {n} hverdage", person.reply_working_days
    )


def _weekdays(t: Translator, days: list[int]) -> str:
    names = [formats.weekday(t, day) for day in days]
    in_a_row = days == list(range(days[0], days[0] + len(days)))
    if in_a_row and len(days) > 1:
        return t("{first} til {last}", first=names[0], last=names[-1])
    return formats.listed(t, names)


def _span(t: Translator, opens: time, closes: time) -> str:
    return t("kl. {opens}–{closes}", opens=formats.clock(t, opens), closes=formats.clock(t, closes))
