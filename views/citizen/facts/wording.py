"""Words about what was told once, for the screens and their outlines."""

from i18n import formats
from i18n.translator import Translator
from portal.contract.told_facts import (
    FactRequest,
    FactRequestState,
    FactTopic,
    FactUse,
    ToldFact,
    ToldFactList,
)
from portal.plan_client import PlanClient
from views import words
from views.citizen.own_plan import own_plan_id
from views.components.text import isolated


async def read_facts(client: PlanClient) -> ToldFactList:
    """Read what the citizen told. Raises ``PlanNotFound`` where there is no plan."""
    return await client.told_facts(await own_plan_id(client))


def fact_of(found: ToldFactList, code: str) -> ToldFact | None:
    """Return what was told about a topic."""
    return next((fact for fact in found.facts if fact.topic.code == code), None)


def topic_name(t: Translator, topic: FactTopic) -> str:
    """Return what a topic is called; one that the municipality has added, in its own words."""
    return {
        "education": t("Skole og uddannelse"),
        "work_history": t("Job, du har haft"),
        "working_capacity": t("Hvad du kan holde til"),
        "income": t("Indtægt og gæld"),
        "housing": t("Bolig"),
        "transport": t("Transport"),
        "network": t("Familie og venner, der hjælper"),
        "children": t("Børn"),
        "school_of_children": t("Børnenes skole og fritid"),
        "illness": t("Sygdom og behandling"),
        "medicine": t("Medicin"),
        "doctor": t("Læge og andre behandlere"),
    }.get(topic.code, topic.name)


def fact_source(t: Translator, fact: ToldFact) -> str:
    """Return who told it, and since when it has stood so."""
    day = formats.day_in_words(t, fact.given_at.astimezone(formats.DENMARK).date())
    return t("Fortalt af {name} {day}", name=words.person(t, fact.given_by), day=day)


def fact_users(t: Translator, fact: ToldFact) -> str:
    """Return how many use it."""
    if not fact.uses:
        return t("Ingen bruger det lige nu")
    names = [words.administration(t, use.administration) for use in fact.uses]
    return t("Bruges af {names}", names=formats.listed(t, names))


def use_in_words(t: Translator, use: FactUse) -> str:
    """Return for what and from when until when an administration uses it."""
    return t(
        "Til: {purpose}. {period}.",
        purpose=isolated(use.purpose).rstrip("."),
        period=formats.at_start(formats.period(t, use.since, use.until)),
    )


def request_title(t: Translator, request: FactRequest) -> str:
    """Return who asks about what."""
    return t(
        "{administration} spørger om {topic}",
        administration=words.administration(t, request.administration),
        topic=topic_name(t, request.topic),
    )


def request_about(t: Translator, request: FactRequest) -> str:
    """Return who asked, when, and for what."""
    day = formats.day_in_words(t, request.asked_at.astimezone(formats.DENMARK).date())
    return t(
        "{name} spurgte {day}. De skal bruge det til: {purpose}.",
        name=isolated(request.asked_by.name),
        day=day,
        purpose=isolated(request.purpose).rstrip("."),
    )


def request_state(t: Translator, request: FactRequest) -> str:
    """Return what was answered."""
    match request.state:
        case FactRequestState.OPEN:
            return t("Venter på dit svar")
        case FactRequestState.GRANTED if request.valid_until:
            day = formats.date_in_words(t, request.valid_until)
            return t("Du har sagt ja til og med {day}", day=day)
        case FactRequestState.GRANTED:
            return t("Du har sagt ja")
        case FactRequestState.REFUSED:
            return t("Du har sagt nej")
        case FactRequestState.STOPPED:
            return t("Du har stoppet det")
        case FactRequestState.EXPIRED:
            return t("Dit ja er udløbet")
