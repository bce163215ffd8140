"""Who one is, what one consents to, who looked, what to take along. By the portal's client."""

from datetime import date, timedelta
from functools import partial
from uuid import uuid4

import pytest
from pydantic import BaseModel, SecretStr

from portal.contract.calendar import FollowCalendar, IssueCalendarAddress
from portal.contract.consents import ConsentState, GiveConsent, RenewConsent, SignConsent
from portal.contract.exports import ExportFormat
from portal.contract.messages import SaveDraft
from portal.contract.notifications import Channel, ChooseNotifications
from portal.contract.people import ChooseLanguage, LinkIdentity, Me, Role
from portal.contract.rights import (
    AnswerRightsRequest,
    AskAboutAccess,
    NewRightsRequest,
    RequestState,
)
from portal.plan_client import PlanClient, PlanConflict, PlanNotFound


def key() -> str:
    return str(uuid4())


@pytest.fixture(scope="module")
def texts(world):
    """What people consent to."""
    return {kind: world.a_consent_text(kind) for kind in ("collection", "holistic_plan")}


def of_text(text) -> dict:
    return {
        "text_version": text["version"],
        "text_language": text["language"],
        "text_sha256": text["sha256"],
    }


async def test_somebody_is_known_and_says_how_to_be_told(portal_itself, client_of, world, cpr):
    number = cpr()
    person = world.a_person(name="Anna Holm", cpr=number)
    login = LinkIdentity(
        issuer="https://mitid", subject=number, role=Role.CITIZEN, cpr=SecretStr(number)
    )
    assert (await portal_itself.link_identity(login, key())).person_id == person

    anna = client_of(person, "citizen")
    assert (await anna.choose_language(ChooseLanguage(language="ar"), 0)).language == "ar"
    assert (await anna.me()).name == "Anna Holm"
    await anna.choose_notifications(ChooseNotifications(channel=Channel.SMS), 0)
    assert (await anna.notifications()).channel is Channel.SMS
    saved = await anna.save_draft("goal:new", SaveDraft(fields={"title": "Gå"}), 0)
    with pytest.raises(PlanConflict):
        await anna.drop_draft("goal:new", 0)
    await anna.drop_draft("goal:new", saved.version)
    assert (await anna.draft("goal:new")).fields == {}


async def test_the_language_that_is_chosen_now_replaces_one_chosen_elsewhere_meanwhile(
    http, signer, world
):
    class OldReading:
        """What was read before the language was chosen elsewhere."""

        def take(self, _address: str) -> Me:
            return seen

        def put(self, _address: str, _answer: BaseModel) -> None:
            raise AssertionError

        def clear(self) -> None:
            """Stay as old as it is."""

    token = partial(signer.for_person, world.a_person(), "citizen")
    here, elsewhere = PlanClient(http, token, OldReading()), PlanClient(http, token)
    seen = await elsewhere.me()
    await elsewhere.choose_language(ChooseLanguage(language="ar"), seen.version)

    kept = await here.keep_language(ChooseLanguage(language="pl"))

    assert (kept.language, kept.version) == ("pl", 2)


async def test_a_consent_is_offered_given_renewed_and_withdrawn(citizen, worker, world, texts):
    offers = (await citizen.consent_offers("da")).offers
    text, until = texts["collection"], world.today + timedelta(days=30)
    command = GiveConsent(
        kind="collection",
        source="adult_social",
        recipient_administration="employment",
        categories=("social",),
        case="Min sag",
        valid_until=until,
        text_id=text["id"],
        **of_text(text),
    )
    given = await citizen.give_consent(command, key())
    renewal = RenewConsent(valid_until=until + timedelta(days=30), **of_text(text))
    renewed = await citizen.renew_consent(given.id, renewal, key())
    withdrawn = await citizen.withdraw_consent(renewed.id, key())

    assert "collection" in {one.text.kind for one in offers}
    assert renewed.renews == given.id
    assert withdrawn.state is ConsentState.WITHDRAWN
    assert (await citizen.consent(given.id)).state is ConsentState.WITHDRAWN
    assert len((await citizen.consents()).consents) == 2
    assert (await citizen.consent_receipt(renewed.id)).record_id == renewed.id


async def test_two_sign_the_plan_of_somebody_who_is_16(client_of, world, texts):
    born = date(world.today.year - 16, 1, 1) - timedelta(days=1)
    young, parent = world.a_person(birth_date=born), world.a_person(name="Bo Holm")
    plan = world.a_plan(young)
    world.a_contact_person(young)
    world.an_intervention(plan, "adult_social")
    world.insert("custody", child_id=young, holder_id=parent, starts_on=world.today)
    holder, self_ = client_of(parent, "citizen"), client_of(young, "citizen")
    text = texts["holistic_plan"]
    command = GiveConsent(
        kind="holistic_plan",
        recipient_administration="employment",
        categories=("social",),
        valid_until=world.today + timedelta(days=30),
        text_id=text["id"],
        **of_text(text),
    )

    assert (await holder.consent_offers_for_child(young, "da")).offers
    given = await holder.give_consent_for_child(young, command, key())
    signed = await self_.sign_consent(given.id, SignConsent(**of_text(text)), key())

    assert (given.state, signed.state) == (ConsentState.WAITING, ConsentState.ACTIVE)
    assert [one.id for one in (await holder.consents_of_child(young)).consents] == [given.id]


async def test_who_looked_is_told_and_asked_about(citizen, worker, anna):
    await worker.briefing(anna)
    (visit, *_) = (await citizen.access_visits()).visits
    readings = (await citizen.readings_of_visit(visit.newest_entry_id)).entries
    assert visit.count == len(readings)
    assert (await citizen.access_log()).entries[0].reader == "Mette Krog"

    about = AskAboutAccess(access_entry_id=visit.newest_entry_id)
    asked = await citizen.ask_by_right(NewRightsRequest(about=about, text="Hvorfor?"), key())
    (waiting,) = (await worker.rights_requests()).requests
    answered = await worker.answer_rights_request(
        waiting.id, AnswerRightsRequest(outcome="explained", answer="Vi skal mødes"), asked.version
    )
    assert answered.state is RequestState.ANSWERED


async def test_everything_is_taken_along_and_meetings_are_followed(citizen, portal_itself, anna):
    assert (await citizen.export()).me.id == anna
    assert b"Bundle" in await citizen.download_export(ExportFormat.FHIR)

    issued = await citizen.issue_calendar_address(IssueCalendarAddress(), 0)
    assert issued.secret is not None
    assert (await citizen.calendar_address()).active
    followed = FollowCalendar(secret=issued.secret)
    assert (await portal_itself.follow_calendar(followed, key())).meetings == ()
    assert not (await citizen.revoke_calendar_address(issued.version)).active
    with pytest.raises(PlanNotFound):
        await portal_itself.follow_calendar(followed, key())
