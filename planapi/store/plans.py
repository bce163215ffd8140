"""One whole plan, and the citizen's own words on top of it, in the database."""

from datetime import date
from typing import Final
from uuid import UUID

from psycopg.sql import SQL, Composable
from pydantic import Field

from planapi.database import Statement, Transaction
from planapi.store.goals import PlanGoalSummaryRow, goals_of_plan
from planapi.store.names import person
from planapi.store.projections import (
    APPOINTMENT_FIELDS,
    CURRENT_ASSIGNMENT,
    DECISION_FIELDS,
    INTERVENTION_FIELDS,
    PLACE_FIELDS,
    PLAN_REQUEST_FIELDS,
    PROMISE_FIELDS,
)
from planapi.store.reading import Reading
from portal.contract.base import Model
from portal.contract.people import AboutMe, AnswerPlanRequest, EditAboutMe, PersonRef, PlanRequest
from portal.contract.plans import Plan
from portal.contract.work import CitizenRequest


class PlanRow(Plan):
    """A plan with all that it holds, before the policy."""

    goals: tuple[PlanGoalSummaryRow, ...] = ()


class PlanPlace(Model):
    """A plan, and whose it is."""

    plan_id: UUID
    citizen: PersonRef


class PlanRequestRow(CitizenRequest):
    """A request for a plan, whose it is, and their contact person, who is never answered."""

    contact_person_id: UUID | None = Field(default=None, exclude=True)


class AboutMeRow(Model):
    """A citizen's own words, or that nothing was written yet."""

    plan_id: UUID
    about_me: AboutMe | None = None


def whole_plan(plan: Composable) -> Composable:
    """Return the fields of plan `plan` (an alias) with everything in it, as it stands `today`."""
    return _PLAN_FIELDS.format(
        plan=plan,
        citizen=person(SQL("{plan}.citizen_id").format(plan=plan)),
        goals=goals_of_plan(SQL("{plan}.id").format(plan=plan)),
        intervention=INTERVENTION_FIELDS,
        appointment=APPOINTMENT_FIELDS,
        decision=DECISION_FIELDS,
        promise=PROMISE_FIELDS,
        most=_MOST,
    )


def reading_of_plan(citizen_id: UUID, today: date) -> Reading[PlanRow]:
    """Read a citizen's plan."""
    return Reading(Statement(_PLAN, {"citizen": citizen_id, "today": today}), PlanRow)


def reading_of_about_me(citizen_id: UUID) -> Reading[AboutMeRow]:
    """Read a citizen's own words; nothing for a citizen without a plan."""
    return Reading(Statement(_ABOUT_ME, {"citizen": citizen_id}), AboutMeRow)


def reading_of_place(plan_id: UUID) -> Reading[PlanPlace]:
    """Read whose plan it is."""
    return Reading(Statement(_PLACE, {"plan": plan_id}), PlanPlace)


async def find_citizen_of_plan(tx: Transaction, plan_id: UUID) -> UUID | None:
    """Return the citizen whose plan it is."""
    row = await tx.row("SELECT citizen_id FROM plan WHERE id = %(plan)s", plan=plan_id)
    return None if row is None else row["citizen_id"]


async def insert_about_me(tx: Transaction, plan_id: UUID, words: EditAboutMe) -> bool:
    """Write a citizen's first words; False where there are some already."""
    touched = await tx.execute(
        """
        INSERT INTO about_me (plan_id, matters, strengths, dreams, bad_day)
        VALUES (%(plan)s, %(matters)s, %(strengths)s, %(dreams)s, %(bad_day)s)
        ON CONFLICT (plan_id) DO NOTHING
        """,
        **words.model_dump(),
        plan=plan_id,
    )
    return touched == 1


async def update_about_me(tx: Transaction, plan_id: UUID, words: EditAboutMe, version: int) -> bool:
    """Replace a citizen's own words; False where `version` is not the newest."""
    touched = await tx.execute(
        """
        UPDATE about_me SET matters = %(matters)s, strengths = %(strengths)s,
            dreams = %(dreams)s, bad_day = %(bad_day)s, version = version + 1
        WHERE plan_id = %(plan)s AND version = %(version)s
        """,
        **words.model_dump(),
        plan=plan_id,
        version=version,
    )
    return touched == 1


async def insert_plan_request(tx: Transaction, citizen_id: UUID, text: str) -> PlanRequest | None:
    """Write a citizen's request for a plan; None where one is under way."""
    written = Reading(
        Statement(_INSERT_REQUEST, {"citizen": citizen_id, "text": text}), PlanRequest
    )
    return await written.run(tx)


def reading_of_plan_request(request_id: UUID, today: date) -> Reading[PlanRequestRow]:
    """Read one request for a plan."""
    return Reading(Statement(_REQUEST, {"id": request_id, "today": today}), PlanRequestRow)


def reading_of_latest_plan_request(citizen_id: UUID) -> Reading[PlanRequest]:
    """Read what a citizen asked for last."""
    return Reading(Statement(_LATEST_REQUEST, {"citizen": citizen_id}), PlanRequest)


async def answer_plan_request(
    tx: Transaction, request_id: UUID, command: AnswerPlanRequest, by: UUID, version: int
) -> bool:
    """Answer a request for a plan; False where `version` is not the newest."""
    touched = await tx.execute(
        "UPDATE plan_request SET state = %(state)s, answer = %(answer)s, answered_by = %(by)s,"
        " answered_at = now(), version = version + 1"
        " WHERE id = %(id)s AND version = %(version)s AND state = 'received'",
        id=request_id,
        state="accepted" if command.accept else "declined",
        answer=command.answer,
        by=by,
        version=version,
    )
    return touched == 1


async def insert_plan(tx: Transaction, citizen_id: UUID) -> UUID:
    """Write an empty plan; return its id."""
    (row,) = await tx.rows(
        "INSERT INTO plan (citizen_id) VALUES (%(citizen)s) RETURNING id", citizen=citizen_id
    )
    plan_id: UUID = row["id"]
    return plan_id


CONTACT_PERSON_OF_REQUEST: Final = SQL(
    "(SELECT professional_id FROM ({assignment}) current_assignment)"
).format(assignment=CURRENT_ASSIGNMENT.format(citizen=SQL("q.citizen_id")))
"""Who is contact person `today` of whoever made request `q`."""

_MOST: Final = 500

_PLAN_FIELDS: Final = SQL("""
    'id', {plan}.id, 'version', {plan}.version,
    'citizen', {citizen},
    'about_me', (
        SELECT json_build_object('id', am.id, 'version', am.version, 'matters', am.matters,
            'strengths', am.strengths, 'dreams', am.dreams, 'bad_day', am.bad_day)
        FROM about_me am WHERE am.plan_id = {plan}.id
    ),
    'goals', {goals},
    'interventions', (
        SELECT coalesce(json_agg(json_build_object({intervention}) ORDER BY i.starts_on, i.id),
                        '[]')
        FROM (SELECT * FROM intervention WHERE plan_id = {plan}.id
              ORDER BY starts_on DESC, id LIMIT {most}) i
    ),
    'appointments', (
        SELECT coalesce(json_agg(json_build_object({appointment}) ORDER BY ap.starts_at, ap.id),
                        '[]')
        FROM (SELECT * FROM appointment WHERE plan_id = {plan}.id
              ORDER BY starts_at DESC, id LIMIT {most}) ap
    ),
    'decisions', (
        SELECT coalesce(json_agg(json_build_object({decision}) ORDER BY d.appeal_by DESC, d.id),
                        '[]')
        FROM (SELECT * FROM decision WHERE plan_id = {plan}.id
              ORDER BY appeal_by DESC, id LIMIT {most}) d
    ),
    'promises', (
        SELECT coalesce(json_agg(json_build_object({promise}) ORDER BY pm.due, pm.id), '[]')
        FROM (SELECT * FROM promise WHERE plan_id = {plan}.id
              ORDER BY due DESC, id LIMIT {most}) pm
    )
""")

_PLAN: Final = (
    SQL("""
    SELECT json_build_object({fields})::text AS json FROM plan p WHERE p.citizen_id = %(citizen)s
    """)
    .format(fields=whole_plan(SQL("p")))
    .as_string()
)

_PLACE: Final = (
    SQL("SELECT json_build_object({place})::text AS json FROM plan p WHERE p.id = %(plan)s")
    .format(place=PLACE_FIELDS)
    .as_string()
)

_ABOUT_ME: Final = """
    SELECT json_build_object('plan_id', p.id, 'about_me', CASE WHEN am.id IS NOT NULL THEN
        json_build_object('id', am.id, 'version', am.version, 'matters', am.matters,
            'strengths', am.strengths, 'dreams', am.dreams, 'bad_day', am.bad_day)
    END)::text AS json
    FROM plan p LEFT JOIN about_me am ON am.plan_id = p.id WHERE p.citizen_id = %(citizen)s
"""

_REQUEST: Final = (
    SQL("""
    SELECT json_build_object('citizen', {citizen}, 'request', json_build_object({request}),
        'contact_person_id', {contact_person}
    )::text AS json FROM plan_request q WHERE q.id = %(id)s
    """)
    .format(
        citizen=person("q.citizen_id"),
        request=PLAN_REQUEST_FIELDS,
        contact_person=CONTACT_PERSON_OF_REQUEST,
    )
    .as_string()
)

_LATEST_REQUEST: Final = (
    SQL("""
    SELECT json_build_object({fields})::text AS json FROM plan_request q
    WHERE q.citizen_id = %(citizen)s ORDER BY q.created_at DESC, q.id LIMIT 1
    """)
    .format(fields=PLAN_REQUEST_FIELDS)
    .as_string()
)

_INSERT_REQUEST: Final = (
    SQL("""
    INSERT INTO plan_request AS q (citizen_id, text) VALUES (%(citizen)s, %(text)s)
    ON CONFLICT (citizen_id) WHERE state = 'received' DO NOTHING
    RETURNING json_build_object({fields})::text AS json
    """)
    .format(fields=PLAN_REQUEST_FIELDS)
    .as_string()
)
