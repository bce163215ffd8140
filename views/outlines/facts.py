"""Outlines of what was told once: all facts, one of them, somebody's question."""

from collections.abc import Iterable
from typing import Final

from i18n.translator import Translator
from portal.contract.told_facts import (
    FactRequest,
    FactRequestState,
    FactTopic,
    ToldFact,
    ToldFactList,
)
from portal.plan_client import PlanNotFound
from views import words
from views.citizen.facts.wording import (
    fact_of,
    fact_source,
    fact_users,
    read_facts,
    request_about,
    request_state,
    request_title,
    topic_name,
    use_in_words,
)
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
from views.outlines.visit import Draw, Visit


def facts_outline(t: Translator, found: ToldFactList | None) -> Outline:
    """Return who asks, what was told, and what can be told; None is a citizen without a plan."""
    title = t("Fakta om mig")
    if found is None:
        text = t("Her kan du fortælle om dig selv, når du har en plan.")
        return Outline(title, (Words(text), Link(t("Bed om en plan"), "/")))
    told = [fact for topic in found.topics if (fact := fact_of(found, topic.code))]
    untold = [topic for topic in found.topics if fact_of(found, topic.code) is None]
    asks = [one for one in found.requests if one.state is FactRequestState.OPEN]
    answered = [one for one in found.requests if one.state is not FactRequestState.OPEN]
    nothing = quiet(t("Du har ikke fortalt noget endnu."))
    blocks: list[Block] = [Words(t("Fortæl det én gang. Så bestemmer du, hvem der må bruge det."))]
    if asks:
        blocks.append(Section(t("Nogen spørger dig"), (_requests(t, asks),)))
    facts = Items(tuple(_fact(t, fact) for fact in told))
    blocks.append(Section(t("Det har du fortalt"), (facts if told else nothing,)))
    if untold and found.may_tell:
        rows = tuple(Item(topic_name(t, one), to=f"/facts/{one.code}") for one in untold)
        blocks.append(Section(t("Det kan du fortælle om"), (Items(rows),)))
    if answered:
        blocks.append(Section(t("Dine svar"), (_requests(t, answered),)))
    return Outline(title, tuple(blocks))


def fact_outline(t: Translator, found: ToldFactList, topic: FactTopic) -> Outline:
    """Return what was told about a topic, and who uses it."""
    fact = fact_of(found, topic.code)
    back = Link(t("Fakta om mig"), "/facts")
    if fact is None:
        text = t("Du har ikke fortalt noget endnu.")
        return Outline(topic_name(t, topic), (Words(text),), back)
    uses = tuple(
        Item(words.administration(t, use.administration), (quiet(use_in_words(t, use)),))
        for use in fact.uses
    )
    nobody = quiet(t("Ingen bruger det lige nu. De må spørge dig først."))
    return Outline(
        topic_name(t, topic),
        (
            own(fact.text),
            quiet(fact_source(t, fact)),
            Section(t("Hvem bruger det?"), (Items(uses) if uses else nobody,)),
        ),
        back,
    )


def request_outline(t: Translator, found: ToldFactList, request: FactRequest) -> Outline:
    """Return who asks for what, and what was answered."""
    blocks: list[Block] = [Words(request_about(t, request)), notice(request_state(t, request))]
    if fact := fact_of(found, request.topic.code):
        blocks.append(Section(t("Det har du fortalt"), (own(fact.text),)))
    blocks.append(Words(t("Du kan skrive her, så snart siden er hentet helt.")))
    back = Link(t("Fakta om mig"), "/facts")
    return Outline(request_title(t, request), tuple(blocks), back)


def _fact(t: Translator, fact: ToldFact) -> Item:
    to = f"/facts/{fact.topic.code}"
    return Item(topic_name(t, fact.topic), (own(fact.text), quiet(fact_users(t, fact))), to)


def _requests(t: Translator, requests: Iterable[FactRequest]) -> Items:
    return Items(
        tuple(
            Item(
                request_title(t, one),
                (quiet(one.purpose), quiet(request_state(t, one))),
                f"/facts/requests/{one.id}",
            )
            for one in requests
        )
    )


async def _facts(visit: Visit) -> Outline:
    try:
        return facts_outline(visit.t, await read_facts(visit.client))
    except PlanNotFound:
        return facts_outline(visit.t, None)


async def _fact_page(visit: Visit) -> Outline:
    found, code = await read_facts(visit.client), visit.named["topic"]
    for topic in found.topics:
        if topic.code == code:
            return fact_outline(visit.t, found, topic)
    raise PlanNotFound(code)


async def _request_page(visit: Visit) -> Outline:
    found, request_id = await read_facts(visit.client), visit.id("request_id")
    for request in found.requests:
        if request.id == request_id:
            return request_outline(visit.t, found, request)
    raise PlanNotFound(str(request_id))


FACTS: Final[dict[str, Draw]] = {
    "/facts": _facts,
    "/facts/:topic": _fact_page,
    "/facts/requests/:request_id": _request_page,
}
