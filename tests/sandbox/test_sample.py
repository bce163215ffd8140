"""The sample municipality holds what the demo promises, on every day of the year."""

import re
from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import psycopg
import pytest
from psycopg.rows import dict_row
from pydantic import TypeAdapter

import assets
from planapi.calendar import DANISH_TIME, add_working_days, is_working_day
from planapi.consent_texts import digest
from planapi.migrations import upgrade
from planapi.people import cpr_hash
from planapi.policy.decide import CATEGORY_OF
from portal.contract.base import MessageBody, Paragraphs, Title
from portal.contract.consents import Category
from portal.contract.people import Administration
from sandbox import sample
from sandbox.broker.identities import IdentityKind

TODAY = date(2026, 11, 20)  # a Friday
KEY = "a secret key that only this test uses"

LIX_AT_MOST = 35

Query = Callable[..., list[dict[str, Any]]]


def seed_new_database(postgres, today: date) -> str:
    url = postgres.new_database()
    upgrade(url)
    sample.seed(url, today, secret_key=KEY)
    return url


def reader(url: str) -> Query:
    def query(statement: str, *values: Any) -> list[dict[str, Any]]:
        with psycopg.connect(url, row_factory=dict_row) as connection:
            return connection.execute(statement, values).fetchall()

    return query


@pytest.fixture(scope="module")
def query(postgres) -> Query:
    return reader(seed_new_database(postgres, TODAY))


@pytest.fixture(scope="module")
def mette(query) -> dict[str, Any]:
    """The sample case: the person and the id of her plan."""
    (found,) = query(
        "SELECT person.id, person.name, plan.id AS plan FROM person"
        " JOIN plan ON plan.citizen_id = person.id WHERE cpr_hash = %s",
        cpr_hash(KEY, sample.identities(TODAY)[0].cpr),
    )
    return found


def age_on(day: date, birth_date: date) -> int:
    had_no_birthday_yet = (day.month, day.day) < (birth_date.month, birth_date.day)
    return day.year - birth_date.year - had_no_birthday_yet


def lix(text: str) -> float:
    """Björnsson's readability: words a sentence plus the share of words over six letters."""
    words = re.findall(r"[^\W\d_][\w-]*", text)
    sentences = len(re.findall(r"[.!?:](?=\s|$)", text)) or 1
    return len(words) / sentences + 100 * sum(len(word) > 6 for word in words) / len(words)


# People


def test_it_is_one_municipality_with_a_cvr_that_no_real_one_can_have(query):
    (municipality,) = query("SELECT name, cvr FROM municipality")
    weights = (2, 7, 6, 5, 4, 3, 2, 1)
    digits = map(int, municipality["cvr"])
    assert municipality["name"] == "Solby Kommune"
    assert sum(w * d for w, d in zip(weights, digits, strict=True)) % 11 != 0


def test_at_least_14_citizens_live_in_it(query):
    (row,) = query("SELECT count(*) FROM person WHERE birth_date IS NOT NULL")
    assert row["count"] >= 14


def test_cpr_numbers_are_kept_as_keyed_hashes_only(query):
    people = {i.name: i for i in sample.identities(TODAY) if i.professional is None}
    stored = {p["name"]: p for p in query("SELECT * FROM person WHERE cpr_hash IS NOT NULL")}
    assert people.keys() <= stored.keys()
    for name, identity in people.items():
        assert stored[name]["cpr_hash"] == cpr_hash(KEY, identity.cpr)
        assert stored[name]["birth_date"] == identity.birth_date


def test_test_cprs_are_of_no_real_person():
    for identity in sample.identities(TODAY):
        assert re.fullmatch(r"\d{10}", identity.cpr)
        assert int(identity.cpr[:2]) == identity.birth_date.day + 60
        assert identity.cpr[2:6] == f"{identity.birth_date:%m%y}"


def test_children_and_young_people_are_9_14_16_and_19(query):
    people = query("SELECT birth_date FROM person WHERE birth_date IS NOT NULL")
    ages = {age_on(TODAY, person["birth_date"]) for person in people}
    assert {9, 14, 16, 19} <= ages


def test_names_have_e_acute_and_o_slash_and_one_has_60_characters(query):
    names = [person["name"] for person in query("SELECT name FROM person")]
    assert any("é" in name and "ø" in name for name in names)
    assert any(len(name) == 60 for name in names)


def test_one_citizen_has_neither_a_plan_nor_a_request(query):
    assert query(
        "SELECT FROM person WHERE birth_date < '2000-01-01'"
        " AND id NOT IN (SELECT citizen_id FROM plan)"
        " AND id NOT IN (SELECT citizen_id FROM plan_request)"
        " AND id NOT IN (SELECT person_id FROM household_member)"
    )


def test_one_citizen_without_a_plan_has_asked_for_one(query):
    (request,) = query("SELECT * FROM plan_request WHERE state = 'received'")
    assert not query("SELECT FROM plan WHERE citizen_id = %s", request["citizen_id"])
    assert query("SELECT FROM contact_assignment WHERE citizen_id = %s", request["citizen_id"])


def test_one_citizen_has_a_protected_name_and_address(query):
    (person,) = query("SELECT * FROM person WHERE protected")
    assert person["address"]
    assert query("SELECT FROM plan WHERE citizen_id = %s", person["id"])


def test_one_citizen_has_40_goals_and_2000_messages(query):
    (heavy,) = query(
        "SELECT plan.id FROM plan JOIN goal ON goal.plan_id = plan.id"
        " GROUP BY plan.id HAVING count(*) = 40"
    )
    (messages,) = query(
        "SELECT count(*) FROM message JOIN thread ON thread.id = thread_id WHERE plan_id = %s",
        heavy["id"],
    )
    assert messages["count"] == 2000


def test_one_citizen_writes_in_arabic(query):
    (person,) = query("SELECT id FROM person WHERE language = 'ar'")
    texts = query(
        "SELECT title AS text FROM goal WHERE created_by = %s"
        " UNION ALL SELECT body FROM message WHERE author_id = %s"
        " UNION ALL SELECT matters FROM about_me JOIN plan ON plan.id = plan_id"
        "  WHERE citizen_id = %s",
        *[person["id"]] * 3,
    )
    assert len(texts) >= 5
    for row in texts:
        assert re.search(r"[\u0600-\u06ff]", row["text"])


def test_three_households_have_joint_goals_with_a_part_for_each_member(query):
    households = query("SELECT id FROM household")
    assert len(households) == 3
    for household in households:
        members = query(
            "SELECT person_id FROM household_member WHERE household_id = %s", household["id"]
        )
        parts = query(
            "SELECT DISTINCT assignee_id FROM step JOIN goal ON goal.id = goal_id"
            " WHERE household_id = %s",
            household["id"],
        )
        assert {m["person_id"] for m in members} == {p["assignee_id"] for p in parts}


# Professionals


def test_three_contact_persons_and_a_leader_cover_all_administrations(query):
    professionals = query("SELECT * FROM professional")
    assert sorted(p["is_leader"] for p in professionals) == [False, False, False, True]
    assert {p["administration"] for p in professionals} == set(Administration)


def test_contact_persons_have_a_unit_a_title_a_direct_telephone_and_hours(query):
    for professional in query("SELECT * FROM professional"):
        assert professional["unit"]
        assert professional["title"]
        assert re.fullmatch(r"\+455550\d{4}", professional["phone"])
        assert {1, 2, 3, 4, 5} >= {hours["weekday"] for hours in professional["hours"]} != set()


def test_one_contact_person_is_on_leave_today_with_a_deputy_and_a_greeting(query):
    (absence,) = query("SELECT * FROM absence")
    assert absence["starts_on"] < TODAY < absence["ends_on"]
    assert absence["greeting"]
    away = query(
        "SELECT FROM absence WHERE professional_id = %s AND %s BETWEEN starts_on AND ends_on",
        absence["deputy_id"],
        TODAY,
    )
    assert not away


def test_nobody_writes_while_on_leave(query):
    assert not query(
        "SELECT body FROM message JOIN absence ON author_id = professional_id"
        " WHERE sent_at::date BETWEEN starts_on AND ends_on"
    )


def test_everybody_with_a_plan_has_one_contact_person_now(query):
    plans = query("SELECT citizen_id FROM plan")
    current = query("SELECT citizen_id FROM contact_assignment WHERE ends_on IS NULL")
    assert {p["citizen_id"] for p in plans} <= {c["citizen_id"] for c in current}


# The sample case


def test_the_first_contact_person_who_can_log_in_is_the_one_of_the_sample_case(query, mette):
    first = next(i for i in sample.identities(TODAY) if i.kind is IdentityKind.CONTACT_PERSON)
    (current,) = query(
        "SELECT professional.professional_id FROM contact_assignment a"
        " JOIN professional ON person_id = a.professional_id"
        " WHERE citizen_id = %s AND ends_on IS NULL",
        mette["id"],
    )
    assert first.professional is not None
    assert first.professional.professional_id == current["professional_id"]


def test_she_was_handed_over_warmly_from_an_earlier_contact_person(query, mette):
    earlier, now = query(
        "SELECT * FROM contact_assignment WHERE citizen_id = %s ORDER BY starts_on", mette["id"]
    )
    assert earlier["ends_on"] < now["starts_on"] <= TODAY
    assert now["greeting"]


def test_her_plan_has_interventions_of_all_four_administrations(query, mette):
    interventions = query("SELECT * FROM intervention WHERE plan_id = %s", mette["plan"])
    assert {i["administration"] for i in interventions} == set(Administration)
    assert {i["state"] for i in interventions} == {"planned", "active", "ended"}
    for intervention in interventions:
        for field in ("what", "why", "rule", "responsible", "unit", "place", "ends_on"):
            assert intervention[field], (intervention["title"], field)


def test_intervention_states_fit_their_periods(query):
    for i in query("SELECT * FROM intervention"):
        expected = (
            "planned"
            if i["starts_on"] > TODAY
            else "ended"
            if i["ends_on"] is not None and i["ends_on"] < TODAY
            else "active"
        )
        assert i["state"] == expected, i["title"]


def test_her_interventions_serve_goals(query, mette):
    served = query(
        "SELECT DISTINCT i.administration FROM intervention i"
        " JOIN intervention_goal ON intervention_id = i.id JOIN goal ON goal.id = goal_id"
        " WHERE i.plan_id = %s AND goal.plan_id = i.plan_id",
        mette["plan"],
    )
    assert {s["administration"] for s in served} >= {"employment", "adult_social", "health"}


def test_her_goals_are_at_every_stage(query, mette):
    goals = query("SELECT owner, state FROM goal WHERE plan_id = %s", mette["plan"])
    own = {goal["state"] for goal in goals if goal["owner"] == "citizen"}
    assert own == {"active", "paused", "reached", "dropped"}
    assert {"owner": "administration", "state": "proposed"} in goals
    assert {"owner": "administration", "state": "active"} in goals


def test_paused_dropped_and_reached_goals_say_why(query):
    assert not query(
        "SELECT title FROM goal WHERE state IN ('paused', 'dropped', 'reached')"
        " AND state_reason = ''"
    )


def test_her_steps_are_done_and_open_with_somebody_to_do_them_and_dues(query, mette):
    steps = query(
        "SELECT step.* FROM step JOIN goal ON goal.id = goal_id WHERE plan_id = %s", mette["plan"]
    )
    assert all(step["assignee_id"] for step in steps)
    assert any(step["done_at"] for step in steps)
    open_dues = [step["due"] for step in steps if step["done_at"] is None and step["due"]]
    assert min(open_dues) < TODAY < max(open_dues)


def test_she_and_the_professional_rated_over_months(query, mette):
    for kind in ("own", "professional"):
        ratings = query(
            "SELECT rated_at FROM rating JOIN goal ON goal.id = goal_id"
            " WHERE plan_id = %s AND kind = %s ORDER BY rated_at",
            mette["plan"],
            kind,
        )
        assert len(ratings) >= 3
        assert ratings[-1]["rated_at"] - ratings[0]["rated_at"] > timedelta(days=90)


def test_she_has_meetings_behind_her_and_one_in_the_next_days(query, mette):
    meetings = query("SELECT starts_at FROM appointment WHERE plan_id = %s", mette["plan"])
    days = [meeting["starts_at"].astimezone(DANISH_TIME).date() for meeting in meetings]
    assert any(day < TODAY for day in days)
    assert any(TODAY < day <= TODAY + timedelta(days=7) for day in days)


def test_two_of_her_meetings_clash(query, mette):
    assert query(
        "SELECT FROM appointment a JOIN appointment b ON a.plan_id = b.plan_id AND a.id < b.id"
        " WHERE a.plan_id = %s AND a.starts_at < b.ends_at AND b.starts_at < a.ends_at",
        mette["plan"],
    )


def test_promises_to_her_are_kept_open_and_overdue_and_one_is_her_own(query, mette):
    promises = query("SELECT * FROM promise WHERE plan_id = %s", mette["plan"])
    assert any(promise["kept_on"] for promise in promises)
    assert any(promise["kept_on"] is None and promise["due"] > TODAY for promise in promises)
    assert any(promise["kept_on"] is None and promise["due"] < TODAY for promise in promises)
    (own,) = [promise for promise in promises if promise["administration"] is None]
    assert own["owner"] == mette["name"]


def test_of_her_two_decisions_one_can_still_be_appealed(query, mette):
    decisions = query("SELECT * FROM decision WHERE plan_id = %s", mette["plan"])
    assert sorted(decision["appeal_by"] >= TODAY for decision in decisions) == [False, True]
    assert all(decision["how_to_appeal"] and decision["rule"] for decision in decisions)


def test_she_has_a_thread_in_every_state(query, mette):
    threads = query("SELECT * FROM thread WHERE plan_id = %s", mette["plan"])
    states = sorted(
        (thread["waits_for"], thread["answer_expected_by"] and thread["answer_expected_by"] < TODAY)
        for thread in threads
    )
    assert states == sorted(
        [
            ("citizen", None),
            ("contact_person", False),
            ("contact_person", True),
            ("nobody", None),
        ],
        key=str,
    )


def test_what_waits_for_her_is_unread(query, mette):
    (unread,) = query(
        "SELECT count(*) FROM message m JOIN thread t ON t.id = thread_id"
        " WHERE plan_id = %s AND waits_for = 'citizen' AND author_role = 'contact_person'"
        " AND number > (SELECT max(up_to) FROM thread_read r"
        "  WHERE r.thread_id = t.id AND side = 'citizen')",
        mette["plan"],
    )
    assert unread["count"] == 1


def test_an_answer_is_expected_within_the_contact_persons_working_days(query):
    threads = query(
        "SELECT t.answer_expected_by, t.last_message_at, p.reply_working_days FROM thread t"
        " JOIN plan ON plan.id = t.plan_id"
        " JOIN contact_assignment a ON a.citizen_id = plan.citizen_id AND a.ends_on IS NULL"
        " JOIN professional p ON p.person_id = a.professional_id"
        " WHERE waits_for = 'contact_person'"
    )
    assert threads
    for thread in threads:
        written_on = thread["last_message_at"].astimezone(DANISH_TIME).date()
        expected = add_working_days(written_on, thread["reply_working_days"])
        assert thread["answer_expected_by"] == expected


def test_whose_turn_it_is_fits_who_wrote_last(query):
    for thread in query(
        "SELECT t.waits_for, t.last_message_at, m.author_role, m.sent_at FROM thread t"
        " JOIN LATERAL (SELECT * FROM message WHERE thread_id = t.id ORDER BY number DESC LIMIT 1)"
        " m ON true"
    ):
        assert thread["waits_for"] != thread["author_role"]
        assert thread["last_message_at"] == thread["sent_at"]


def test_she_tells_about_herself(query, mette):
    (words,) = query("SELECT * FROM about_me WHERE plan_id = %s", mette["plan"])
    assert all(words[field] for field in ("matters", "strengths", "dreams", "bad_day"))


def test_her_goals_have_a_history_of_every_kind_of_change(query, mette):
    changes = query(
        "SELECT DISTINCT change FROM history JOIN goal ON goal.id = goal_id WHERE plan_id = %s",
        mette["plan"],
    )
    assert {c["change"] for c in changes} == {"created", "edited", "moved", "ticked", "rated"}


def test_the_last_move_in_the_history_is_the_state_of_the_goal(query):
    moved = query(
        "SELECT DISTINCT ON (goal.id) goal.state, history.after FROM history"
        " JOIN goal ON goal.id = goal_id WHERE change = 'moved' ORDER BY goal.id, history.id DESC"
    )
    assert moved
    assert all(goal["state"] == goal["after"]["state"] for goal in moved)


def test_her_contact_person_stands_in_the_access_log(query, mette):
    entries = query("SELECT * FROM access_entry WHERE citizen_id = %s", mette["id"])
    assert {entry["resource_kind"] for entry in entries} == {"plan", "thread", "intervention"}
    grounds = {entry["ground"].partition(":")[0] for entry in entries}
    assert grounds == {"contact_person", "consent"}


def test_consents_in_the_access_log_worked_on_that_day(query):
    for entry in query(
        "SELECT access_entry.at, consent.* FROM access_entry"
        " JOIN consent ON ground = 'consent:' || consent.id"
    ):
        assert entry["valid_from"] <= entry["at"].date() <= entry["valid_until"]


def consent_states(query: Query, citizen: UUID, today: date) -> set[tuple[str, str]]:
    consents = query(
        "SELECT kind, valid_until, withdrawn_at FROM consent"
        " LEFT JOIN consent_withdrawal ON consent_id = id WHERE citizen_id = %s",
        citizen,
    )
    return {
        (
            consent["kind"],
            "withdrawn"
            if consent["withdrawn_at"]
            else "active"
            if consent["valid_until"] >= today
            else "expired",
        )
        for consent in consents
    }


def test_her_consents_are_active_expired_and_withdrawn(query, mette):
    assert consent_states(query, mette["id"], TODAY) == {
        ("holistic_plan", "active"),
        ("collection", "active"),
        ("family", "active"),
        ("family", "withdrawn"),
        ("health_disclosure", "expired"),
        ("health_disclosure", "withdrawn"),
    }


def test_one_of_her_consents_expires_within_a_month(query, mette):
    assert query(
        "SELECT FROM consent WHERE citizen_id = %s AND valid_until BETWEEN %s AND %s"
        " AND id NOT IN (SELECT consent_id FROM consent_withdrawal)",
        mette["id"],
        TODAY,
        TODAY + timedelta(days=30),
    )


def test_consents_name_categories_and_texts_of_their_own_day_and_kind(query):
    for consent in query(
        "SELECT c.*, t.kind AS text_kind, t.valid_from AS text_from, t.valid_to AS text_to"
        " FROM consent c JOIN consent_text t"
        "  ON t.id = text_id AND version = text_version AND language = text_language"
    ):
        assert set(consent["categories"]) <= set(Category)
        assert consent["text_kind"] == consent["kind"]
        assert consent["text_from"] <= consent["valid_from"]
        assert consent["text_to"] is None or consent["valid_from"] <= consent["text_to"]


def test_consents_to_departments_name_only_what_they_open(query):
    for consent in query("SELECT * FROM consent WHERE recipient_administration IS NOT NULL"):
        sources = set(Administration) if consent["source"] is None else {consent["source"]}
        opened = {CATEGORY_OF[one] for one in sources - {consent["recipient_administration"]}}
        assert set(consent["categories"]) <= opened, consent["id"]


def test_her_family_has_a_joint_goal_with_steps_of_her_the_father_and_the_teenager(query, mette):
    (goal,) = query(
        "SELECT goal.id FROM goal JOIN household_member m USING (household_id)"
        " WHERE m.person_id = %s AND goal.state = 'active'",
        mette["id"],
    )
    parts = query(
        "SELECT DISTINCT p.birth_date, m.relation FROM step"
        " JOIN person p ON p.id = assignee_id JOIN household_member m ON m.person_id = p.id"
        " WHERE goal_id = %s",
        goal["id"],
    )
    assert {part["relation"] for part in parts} == {"mother", "father", "child"}
    assert 16 in {age_on(TODAY, part["birth_date"]) for part in parts}


# Texts


def test_parents_have_custody_of_the_children_of_the_sample(query):
    children = query(
        "SELECT child.name, count(*) FROM custody JOIN person child ON child.id = child_id"
        " GROUP BY child.name ORDER BY 1"
    )
    assert [(row["name"].split()[0], row["count"]) for row in children] == [
        ("Alba", 1),
        ("Freja", 2),
        ("Villads", 1),
    ]


def test_helpers_of_each_kind_can_log_in_and_see_something_today(query):
    helpers = query(
        "SELECT he.kind, person.name = he.name AS known FROM helper he"
        " JOIN person USING (cpr_hash) WHERE %s BETWEEN valid_from AND valid_until",
        TODAY,
    )
    assert {row["kind"] for row in helpers} == {"bisidder", "power_of_attorney", "guardian"}
    assert all(row["known"] for row in helpers)


def test_her_goal_is_shared_with_one_of_her_family_alone(query, mette):
    (share,) = query(
        "SELECT person.name FROM goal_share JOIN goal ON goal.id = goal_id"
        " JOIN person ON person.id = person_id WHERE goal.plan_id = %s AND ended_at IS NULL",
        mette["plan"],
    )
    assert share["name"].startswith("Freja")


def test_a_meeting_of_the_teenager_is_hidden_from_her_family_with_a_reason(query):
    (hidden,) = query(
        "SELECT appointment.title, reason FROM safety_hiding"
        " JOIN appointment ON appointment.id = resource_id WHERE lifted_at IS NULL"
    )
    assert "Naja" in hidden["title"]
    assert hidden["reason"]


def test_she_asked_for_a_correction_and_about_readings_one_of_them_unanswered(query, mette):
    asked = query(
        "SELECT request.kind, request.state, entry.resource_kind FROM rights_request request"
        " LEFT JOIN access_entry entry ON entry.id = access_entry_id"
        " WHERE request.citizen_id = %s ORDER BY 1, 2",
        mette["id"],
    )
    assert [(row["kind"], row["state"], row["resource_kind"]) for row in asked] == [
        ("access_question", "answered", "intervention"),
        ("access_question", "received", "thread"),
        ("correction", "answered", None),
    ]


def test_somebody_was_handed_over_within_the_last_month(query):
    changes = query(
        "SELECT coming.greeting FROM contact_assignment coming"
        " JOIN contact_assignment leaving ON leaving.citizen_id = coming.citizen_id"
        " AND leaving.ends_on = coming.starts_on - 1 WHERE coming.starts_on > %s",
        TODAY - timedelta(days=30),
    )
    assert [bool(row["greeting"]) for row in changes] == [True]


def test_minutes_a_question_a_follow_up_and_an_invitation_wait(query, mette):
    plan = mette["plan"]
    (minutes,) = query("SELECT title FROM minutes WHERE plan_id = %s AND state = 'shared'", plan)
    (question,) = query(
        "SELECT topic FROM fact_request WHERE plan_id = %s AND state = 'open'", plan
    )
    (talk,) = query(
        "SELECT starts::text, (SELECT count(DISTINCT added_role) FROM agenda_item"
        " WHERE follow_up_id = follow_up.id) AS sides FROM follow_up"
        " WHERE plan_id = %s AND state = 'planned' AND day BETWEEN %s AND %s",
        plan,
        TODAY,
        TODAY + timedelta(days=14),
    )
    (invited,) = query(
        "SELECT person.name FROM household_invitation JOIN person USING (cpr_hash)"
        " WHERE state = 'open'"
    )
    assert (minutes["title"], question["topic"]) == ("Møde om en god stol", "medicine")
    assert talk == {"starts": "10:00:00", "sides": 2}
    assert invited["name"].startswith("Lone")


def test_what_her_contact_person_wrote_down_for_her_says_so(query, mette):
    (fact,) = query(
        "SELECT person.name FROM told_fact JOIN person ON person.id = given_by"
        " WHERE plan_id = %s AND on_behalf",
        mette["plan"],
    )
    assert fact["name"] == "Louise Abildtrup"


def test_all_four_kinds_of_consent_have_a_current_text_in_each_sample_language(query):
    current = query(
        "SELECT kind, language FROM consent_text WHERE valid_from <= %s"
        " AND coalesce(valid_to, 'infinity') >= %s",
        TODAY,
        TODAY,
    )
    kinds = ("holistic_plan", "collection", "health_disclosure", "family")
    assert sorted((text["kind"], text["language"]) for text in current) == sorted(
        (kind, language) for kind in kinds for language in ("da", "en", "ar")
    )


def test_consent_texts_say_the_purpose_the_consequence_and_the_law_and_are_hashed(query):
    for text in query("SELECT * FROM consent_text"):
        assert text["purpose"]
        assert text["consequence"]
        assert text["legal_ground"].endswith(("(eksempel)", "(sample)", "(مثال)"))
        assert text["sha256"] == digest(text["title"], text["body"], text["consequence"])


def test_texts_for_citizens_are_in_plain_words(query):
    texts = [
        *query(
            "SELECT concat_ws(' ', purpose, body, consequence) AS text FROM consent_text"
            " WHERE language <> 'ar'"  # LIX counts letters of alphabets with vowels
        ),
        *query("SELECT concat_ws(' ', what, why, rule) AS text FROM intervention"),
        *query("SELECT concat_ws(' ', text, rule, how_to_appeal) AS text FROM decision"),
    ]
    hard = {row["text"]: lix(row["text"]) for row in texts if lix(row["text"]) > LIX_AT_MOST}
    assert hard == {}


def test_every_text_is_one_that_the_contract_would_accept(query):
    kinds = {
        Title: "SELECT title FROM goal UNION SELECT title FROM step"
        " UNION SELECT subject FROM thread",
        Paragraphs: "SELECT why FROM goal UNION SELECT state_reason FROM goal"
        " UNION SELECT note FROM rating UNION SELECT matters FROM about_me",
        MessageBody: "SELECT body FROM message",
    }
    for kind, statement in kinds.items():
        adapter = TypeAdapter(kind)
        for row in query(statement):
            (text,) = row.values()
            assert adapter.validate_python(text) == text


def test_goals_use_only_emoji_that_the_app_has_a_font_for(query):
    listed = Path(assets.__file__).with_name("fonts").joinpath("emoji.txt").read_text("utf-8")
    emoji = {row["emoji"] for row in query("SELECT emoji FROM goal WHERE emoji <> ''")}
    assert emoji <= set(listed.split())


# Who can log in


def test_the_first_who_can_log_in_is_the_sample_case():
    first = sample.identities(TODAY)[0]
    assert first.kind is IdentityKind.CITIZEN
    assert first.slug == "mette"


def test_everybody_who_can_log_in_has_a_line_about_them():
    identities = [(i.slug, i.name, i.kind) for i in sample.identities(TODAY)]
    introductions = sample.introductions()
    assert [(i.slug, i.name, i.kind) for i in introductions] == identities
    assert all(i.line and "\n" not in i.line for i in introductions)


def test_one_professional_is_a_citizen_too(query):
    (both,) = [i for i in sample.identities(TODAY) if i.also_citizen]
    (person,) = query("SELECT cpr_hash FROM person WHERE name = %s", both.name)
    assert both.professional is not None
    assert person["cpr_hash"] == cpr_hash(KEY, both.cpr)


def test_nobody_under_13_can_log_in_and_every_kind_is_there():
    identities = sample.identities(TODAY)
    assert min(age_on(TODAY, i.birth_date) for i in identities) == 14
    assert {i.kind for i in identities} == set(IdentityKind)
    for unique in ("slug", "cpr", "uuid"):
        assert len({getattr(i, unique) for i in identities}) == len(identities)


def test_professionals_log_in_with_the_id_and_cvr_that_the_plan_api_knows(query):
    known = query("SELECT professional_id, cvr FROM professional, municipality")
    employed = [i.professional for i in sample.identities(TODAY) if i.professional is not None]
    assert {(k["professional_id"], k["cvr"]) for k in known} == {
        (p.professional_id, p.cvr) for p in employed
    }


# Every day


SEED_DAYS = (
    date(2028, 2, 29),
    date(2026, 12, 31),
    date(2026, 11, 22),  # a Sunday
    date(2027, 3, 27),  # Easter Saturday
)


@pytest.mark.parametrize("day", SEED_DAYS, ids=str)
def test_on_any_day_people_keep_their_ages_and_the_sample_case_its_states(postgres, day):
    query = reader(seed_new_database(postgres, day))
    ages = {i.slug: age_on(day, i.birth_date) for i in sample.identities(day)}
    assert (ages["mette"], ages["freja"], ages["villads"], ages["yusuf"]) == (43, 16, 14, 19)
    (mette,) = query(
        "SELECT plan.id, citizen_id FROM plan JOIN person ON person.id = citizen_id"
        " WHERE cpr_hash = %s",
        cpr_hash(KEY, sample.identities(day)[0].cpr),
    )
    meetings = query("SELECT starts_at FROM appointment WHERE plan_id = %s", mette["id"])
    days = [meeting["starts_at"].astimezone(DANISH_TIME).date() for meeting in meetings]
    assert all(is_working_day(meeting_day) for meeting_day in days)
    assert any(day < meeting_day <= day + timedelta(days=7) for meeting_day in days)
    deadlines = query(
        "SELECT answer_expected_by < %s AS overdue FROM thread"
        " WHERE plan_id = %s AND waits_for = 'contact_person'",
        day,
        mette["id"],
    )
    assert sorted(deadline["overdue"] for deadline in deadlines) == [False, True]
    assert {state for _, state in consent_states(query, mette["citizen_id"], day)} == {
        "active",
        "expired",
        "withdrawn",
    }
    (late,) = query(
        "SELECT count(*) FROM promise WHERE plan_id = %s AND kept_on IS NULL AND due < %s",
        mette["id"],
        day,
    )
    assert late["count"] == 1
    appeals = query(
        "SELECT appeal_by >= %s AS possible FROM decision WHERE plan_id = %s", day, mette["id"]
    )
    assert sorted(appeal["possible"] for appeal in appeals) == [False, True]


def test_nothing_that_happened_lies_after_the_day_of_the_seed(query):
    this_morning = datetime.combine(TODAY, datetime.min.time(), DANISH_TIME)
    for table, column in (
        ("message", "sent_at"),
        ("rating", "rated_at"),
        ("history", "at"),
        ("access_entry", "at"),
        ("step", "done_at"),
        ("consent", "given_at"),
        ("thread_read", "read_at"),
        ("goal", "created_at"),
        ("rights_request", "created_at"),
        ("safety_hiding", "hidden_at"),
        ("helper", "added_at"),
    ):
        (row,) = query(f"SELECT max({column}) AS latest FROM {table}")  # noqa: S608 - constants
        assert row["latest"] < this_morning, table


def test_nothing_of_a_goal_happened_before_it_was_written(query):
    assert not query(
        "SELECT FROM history JOIN goal ON goal.id = goal_id WHERE history.at < goal.created_at"
    )


def test_messages_are_numbered_in_the_order_in_which_they_were_sent(query):
    sent = [row["sent_at"] for row in query("SELECT sent_at FROM message ORDER BY number")]
    assert sent == sorted(sent)


TABLES_WITH_IDS = (
    "person", "plan", "goal", "step", "rating", "intervention", "appointment", "decision",
    "promise", "thread", "message", "consent", "household", "household_member", "absence",
    "contact_assignment", "about_me", "plan_request", "custody", "helper", "goal_share",
    "case_worker", "household_invitation", "safety_hiding", "rights_request",
)  # fmt: skip


def test_two_seeds_on_the_same_day_are_the_same(postgres, query):
    again = reader(seed_new_database(postgres, TODAY))
    for table in TABLES_WITH_IDS:
        everything = f"SELECT * FROM {table} ORDER BY id"  # noqa: S608 - constants
        assert again(everything) == query(everything), table


def test_ids_stay_the_same_on_another_day(postgres, query):
    later = reader(seed_new_database(postgres, TODAY + timedelta(days=40)))
    for table in TABLES_WITH_IDS:
        ids = f"SELECT id FROM {table} ORDER BY id"  # noqa: S608 - constants
        assert later(ids) == query(ids), table


def test_a_second_seed_is_refused_and_changes_nothing(postgres):
    url = seed_new_database(postgres, TODAY)
    before = reader(url)("SELECT count(*) FROM message")
    with pytest.raises(psycopg.errors.UniqueViolation):
        sample.seed(url, TODAY, secret_key=KEY)
    assert reader(url)("SELECT count(*) FROM message") == before
