"""Om mig, and who has seen what, in the real app."""

from datetime import UTC, datetime
from uuid import UUID

from portal.contract.access import AccessVisit, AccessVisitList, ReadKind
from portal.contract.people import AboutMe, PersonRef
from portal.contract.rights import (
    NewRightsRequest,
    Outcome,
    RequestState,
    RightsRequest,
    RightsRequestList,
)
from portal.plan_client import PlanConflict


def visit(number: int, reader: str, ground: str, **kinds: int) -> AccessVisit:
    return AccessVisit(
        newest_entry_id=number,
        first_at=datetime.now(UTC),
        last_at=datetime.now(UTC),
        reader=reader,
        reader_role="contact_person",
        kinds=tuple(ReadKind(resource_kind=kind, count=count) for kind, count in kinds.items()),
        count=sum(kinds.values()),
        ground=ground,
    )


def asked(command: NewRightsRequest, **answer) -> RightsRequest:
    return RightsRequest(
        id=UUID(int=1),
        version=1,
        citizen=PersonRef(id=UUID(int=2), name="Anna Holm"),
        about=command.about.model_dump(),
        text=command.text,
        state=RequestState.ANSWERED if answer else RequestState.RECEIVED,
        created_on=datetime.now(UTC).date(),
        **answer,
    )


async def nothing_asked() -> RightsRequestList:
    return RightsRequestList()


async def test_own_words_are_saved_and_said_to_be(open_app, plan):
    screen = await open_app("/about-me")
    assert screen.heading() == "Om mig"
    assert screen.field("Hvad er vigtigt for dig?").value == "Mine børn og ro om morgenen."
    await screen.write("Hvad drømmer du om?", "Et hus med have")
    await screen.click("Gem")
    assert screen.sees("Det er gemt.")
    assert plan.count("edit_about_me") == 1


async def test_who_read_what_and_why_is_told_page_by_page(open_app, plan):
    pages = {
        None: AccessVisitList(
            visits=(visit(2, "Mette Holm", "contact_person", goal=40, thread=5),),
            next_cursor="more",
        ),
        "more": AccessVisitList(visits=(visit(1, "Ali Demir", "same_administration", goal=1),)),
    }

    async def access_visits(cursor: str | None = None) -> AccessVisitList:
        return pages[cursor]

    plan.access_visits, plan.rights_requests = access_visits, nothing_asked
    screen = await open_app("/log")
    assert screen.heading() == "Hvem har set mine oplysninger"
    assert screen.sees("Mette Holm læste 45 ting: mål, samtaler")
    assert screen.sees("Personen er din kontaktperson.")
    await screen.click("Vis ældre")
    assert screen.sees("Ali Demir læste: et mål")
    assert screen.sees("Mette Holm læste 45 ting: mål, samtaler")


async def test_the_citizen_asks_about_a_visit_and_reads_the_answer(open_app, plan):
    sent: list[NewRightsRequest] = []

    async def access_visits(cursor: str | None = None) -> AccessVisitList:
        return AccessVisitList(visits=(visit(7, "Mette Holm", "deputy", thread=1),))

    async def ask_by_right(command: NewRightsRequest, key: str) -> RightsRequest:
        sent.append(command)
        return asked(command)

    async def rights_requests() -> RightsRequestList:
        answer = {"outcome": Outcome.EXPLAINED, "answer": "Louise havde ferie."}
        return RightsRequestList(requests=tuple(asked(one, **answer) for one in sent))

    plan.access_visits, plan.ask_by_right = access_visits, ask_by_right
    plan.rights_requests = rights_requests
    screen = await open_app("/log")
    await screen.click("Spørg om dette")
    await screen.click("Send spørgsmål")
    assert screen.sees("Skriv dit spørgsmål")
    await screen.write("Hvad vil du vide?", "Hvorfor læste Mette min samtale?")
    await screen.click("Send spørgsmål")
    assert screen.sees("Dit spørgsmål er sendt. Du får svar her.")
    assert sent[0].about.access_entry_id == 7

    later = await open_app("/log")
    assert later.sees("Dine spørgsmål")
    assert later.sees("Louise havde ferie.")


async def test_nobody_has_read_anything(open_app, plan):
    async def access_visits(cursor: str | None = None) -> AccessVisitList:
        return AccessVisitList()

    plan.access_visits = access_visits
    screen = await open_app("/log")
    assert screen.sees("Ingen andre har set dine oplysninger endnu.")


async def test_each_question_has_examples_on_request(open_app):
    screen = await open_app("/about-me")
    assert not screen.sees("At mine børn har det godt.")

    await screen.click("Vis eksempler")

    assert screen.sees("At mine børn har det godt.")


async def test_own_words_that_stood_before_are_shown_on_request(open_app):
    screen = await open_app("/about-me")

    await screen.click("Se, hvad der stod før")

    assert screen.sees("Ro")
    assert screen.sees("Nu:")


async def test_words_changed_on_another_device_are_shown_beside_ones_own(open_app, plan):
    edit = plan.edit_about_me
    newer = AboutMe(id=UUID(int=5), version=2, matters="Skrevet på computeren")

    async def edit_about_me(command, version):
        if version != newer.version:
            raise PlanConflict(newer.model_dump(mode="json"))
        return await edit(command, version)

    plan.edit_about_me = edit_about_me
    screen = await open_app("/about-me")
    await screen.write("Hvad er vigtigt for dig?", "Skrevet på telefonen")
    await screen.click("Gem")
    assert screen.sees("Skrevet på computeren")
    assert screen.field("Hvad er vigtigt for dig?").value == "Skrevet på telefonen"

    await screen.click("Gem")

    assert screen.sees("Det er gemt.")


async def test_without_a_plan_one_is_told_how_to_get_one(open_app, plan):
    plan.has_plan = False

    screen = await open_app("/about-me")

    assert screen.sees("Her kan du skrive om dig selv, når du har en plan.")
