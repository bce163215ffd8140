"""What a contact person works with: the inbox, their citizens and one citizen's briefing."""

from datetime import date, datetime
from typing import Final
from uuid import UUID

from psycopg.sql import SQL

from planapi.database import Statement
from planapi.store.follow_ups import FOLLOW_UP_FIELDS, FollowUpRow
from planapi.store.names import person, ref
from planapi.store.plans import (
    CONTACT_PERSON_OF_REQUEST,
    PlanRequestRow,
    PlanRow,
    whole_plan,
)
from planapi.store.projections import (
    APPOINTMENT_FIELDS,
    PLAN_REQUEST_FIELDS,
    THREAD_JOINS,
    THREAD_SUMMARY_FIELDS,
)
from planapi.store.reading import Reading
from planapi.store.threads import ThreadSummaryRow, threads_of_plan
from portal.contract.base import Model
from portal.contract.people import PersonRef, Role
from portal.contract.work import CitizenSummary, DeclinedAppointment

MOST_WAITING: Final = 200
MOST_OTHERS: Final = 50
MOST_REQUESTS: Final = 100
MOST_DECLINED: Final = 100
MOST_FOLLOW_UPS: Final = 100
MOST_CITIZENS: Final = 500
THREADS_IN_BRIEFING: Final = 20


class DueFollowUpRow(Model):
    """A follow-up that is near or overdue, before the policy."""

    citizen: PersonRef
    follow_up: FollowUpRow
    title: str


class InboxRows(Model):
    """Threads of the reader's citizens, and requests for a plan of theirs and of nobody's."""

    waiting: tuple[ThreadSummaryRow, ...] = ()
    others: tuple[ThreadSummaryRow, ...] = ()
    requests: tuple[PlanRequestRow, ...] = ()
    declined: tuple[DeclinedAppointment, ...] = ()
    follow_ups: tuple[DueFollowUpRow, ...] = ()


class CitizenRows(Model):
    """The reader's citizens, and those they are deputy for."""

    citizens: tuple[CitizenSummary, ...] = ()


class HouseholdOfCitizen(Model):
    """Those whom a citizen lives with."""

    id: UUID
    others: tuple[PersonRef, ...] = ()


class BriefingRow(Model):
    """All there is about one citizen, before the policy."""

    citizen: CitizenSummary
    age: int = 0
    phone: str | None = None
    plan: PlanRow | None = None
    threads: tuple[ThreadSummaryRow, ...] = ()
    households: tuple[HouseholdOfCitizen, ...] = ()


def reading_of_inbox(
    professional_id: UUID, today: date, now: datetime, follow_ups_until: date
) -> Reading[InboxRows]:
    """Read what waits of those whom a professional answers for today."""
    parameters = {
        "professional": professional_id,
        "side": Role.CONTACT_PERSON,
        "today": today,
        "now": now,
        "follow_ups_until": follow_ups_until,
    }
    return Reading(Statement(_INBOX, parameters), InboxRows)


def reading_of_citizens(professional_id: UUID, today: date) -> Reading[CitizenRows]:
    """Read whom a professional answers for today, by name."""
    return Reading(
        Statement(_CITIZENS, {"professional": professional_id, "today": today}), CitizenRows
    )


def reading_of_briefing(
    citizen_id: UUID, professional_id: UUID, today: date
) -> Reading[BriefingRow]:
    """Read all there is about a citizen."""
    parameters = {
        "citizen": citizen_id,
        "professional": professional_id,
        "side": Role.CONTACT_PERSON,
        "today": today,
    }
    return Reading(Statement(_BRIEFING, parameters), BriefingRow)


_MINE: Final = SQL("""
    SELECT a.citizen_id, NULL::uuid AS deputy_for FROM contact_assignment a
    WHERE a.professional_id = %(professional)s AND a.starts_on <= %(today)s
      AND (a.ends_on IS NULL OR a.ends_on >= %(today)s)
    UNION
    SELECT a.citizen_id, a.professional_id FROM absence ab
    JOIN contact_assignment a ON a.professional_id = ab.professional_id
    WHERE ab.deputy_id = %(professional)s AND %(today)s BETWEEN ab.starts_on AND ab.ends_on
      AND a.starts_on <= %(today)s AND (a.ends_on IS NULL OR a.ends_on >= %(today)s)
""")
"""The citizens whom `professional` answers for on `today`."""

_CITIZEN_FIELDS: Final = SQL("""
    'id', pe.id, 'name', pe.name, 'plan_id', pl.id, 'protected', pe.protected,
    'deputy_for', (SELECT json_build_object('id', id, 'name', name) FROM person
                   WHERE id = mine.deputy_for),
    'waiting_messages', w.waiting, 'next_due', w.next_due
""")
_CITIZEN_JOINS: Final = SQL("""
    LEFT JOIN plan pl ON pl.citizen_id = pe.id
    CROSS JOIN LATERAL (
        SELECT count(*) AS waiting, min(answer_expected_by) AS next_due FROM thread
        WHERE plan_id = pl.id AND waits_for = 'contact_person'
    ) w
""")

_INBOX: Final = (
    SQL("""
    WITH mine AS ({mine}), threads AS (
        SELECT th.* FROM (SELECT DISTINCT citizen_id FROM mine) m
        JOIN plan own USING (citizen_id) JOIN thread th ON th.plan_id = own.id
    )
    SELECT json_build_object(
        'waiting', (
            SELECT coalesce(json_agg(json_build_object({thread})
                    ORDER BY t.answer_expected_by NULLS LAST, t.last_message_at, t.id), '[]')
            FROM (SELECT * FROM threads WHERE waits_for = 'contact_person'
                  ORDER BY answer_expected_by NULLS LAST, last_message_at, id
                  LIMIT {most_waiting}) t {joins}
        ),
        'others', (
            SELECT coalesce(json_agg(json_build_object({thread})
                    ORDER BY t.last_message_at DESC, t.id), '[]')
            FROM (SELECT * FROM threads WHERE waits_for <> 'contact_person'
                  ORDER BY last_message_at DESC, id LIMIT {most_others}) t {joins}
        ),
        'requests', (
            SELECT coalesce(json_agg(json_build_object(
                'citizen', {who},
                'request', json_build_object({request}),
                'contact_person_id', q.contact_person_id) ORDER BY q.created_at, q.id), '[]')
            FROM (SELECT * FROM (
                      SELECT q.*, {contact_person} AS contact_person_id
                      FROM plan_request q WHERE state = 'received'
                  ) received
                  WHERE contact_person_id IS NULL OR citizen_id IN (SELECT citizen_id FROM mine)
                  ORDER BY created_at, id LIMIT {most_requests}) q
            JOIN person pe ON pe.id = q.citizen_id
        ),
        'declined', (
            SELECT coalesce(json_agg(json_build_object(
                'citizen', {citizen}, 'appointment', json_build_object({appointment})
            ) ORDER BY ap.starts_at, ap.id), '[]')
            FROM (
                SELECT a.*, own.citizen_id FROM (SELECT DISTINCT citizen_id FROM mine) m
                JOIN plan own USING (citizen_id)
                JOIN appointment a ON a.plan_id = own.id AND a.starts_at > %(now)s
                WHERE 'cannot' = (
                    SELECT an.answer FROM appointment_answer an
                    WHERE an.appointment_id = a.id
                      AND (an.starts_at, an.ends_at) = (a.starts_at, a.ends_at)
                    ORDER BY an.id DESC LIMIT 1
                )
                ORDER BY a.starts_at, a.id LIMIT {most_declined}
            ) ap
        ),
        'follow_ups', (
            SELECT coalesce(json_agg(json_build_object(
                'citizen', {followed}, 'follow_up', json_build_object({follow_up}),
                'title', coalesce((SELECT title FROM goal WHERE id = f.goal_id),
                    (SELECT title FROM intervention WHERE id = f.intervention_id), '')
            ) ORDER BY f.day, f.starts, f.id), '[]')
            FROM (
                SELECT fu.* FROM (SELECT DISTINCT citizen_id FROM mine) m
                JOIN plan own USING (citizen_id)
                JOIN follow_up fu ON fu.plan_id = own.id
                    AND fu.state = 'planned' AND fu.day <= %(follow_ups_until)s
                ORDER BY fu.day, fu.starts, fu.id LIMIT {most_follow_ups}
            ) f JOIN plan p ON p.id = f.plan_id
        )
    )::text AS json
    """)
    .format(
        mine=_MINE,
        thread=THREAD_SUMMARY_FIELDS,
        joins=THREAD_JOINS,
        request=PLAN_REQUEST_FIELDS,
        contact_person=CONTACT_PERSON_OF_REQUEST,
        citizen=person("ap.citizen_id"),
        followed=person("p.citizen_id"),
        follow_up=FOLLOW_UP_FIELDS,
        most_follow_ups=MOST_FOLLOW_UPS,
        who=ref("pe"),
        appointment=APPOINTMENT_FIELDS,
        most_declined=MOST_DECLINED,
        most_waiting=MOST_WAITING,
        most_others=MOST_OTHERS,
        most_requests=MOST_REQUESTS,
    )
    .as_string()
)

_CITIZENS: Final = (
    SQL("""
    WITH mine AS ({mine})
    SELECT json_build_object('citizens', coalesce(json_agg(json_build_object({fields})
                                                  ORDER BY pe.name, pe.id), '[]'))::text AS json
    FROM (SELECT DISTINCT ON (citizen_id) * FROM mine
          ORDER BY citizen_id, deputy_for NULLS FIRST LIMIT {most}) mine
    JOIN person pe ON pe.id = mine.citizen_id {joins}
    """)
    .format(mine=_MINE, fields=_CITIZEN_FIELDS, joins=_CITIZEN_JOINS, most=MOST_CITIZENS)
    .as_string()
)

_BRIEFING: Final = (
    SQL("""
    SELECT json_build_object(
        'citizen', json_build_object({fields}),
        'age', coalesce(extract(year FROM age(%(today)s::date, pe.birth_date)), 0),
        'phone', pe.phone,
        'plan', CASE WHEN pl.id IS NOT NULL THEN json_build_object({plan}) END,
        'threads', {threads},
        'households', (
            SELECT coalesce(json_agg(json_build_object('id', m.household_id, 'others', (
                SELECT coalesce(json_agg({other} ORDER BY o.name, o.id), '[]')
                FROM household_member om JOIN person o ON o.id = om.person_id
                WHERE om.household_id = m.household_id AND om.left_on IS NULL
                  AND om.person_id <> pe.id
            )) ORDER BY m.household_id), '[]')
            FROM household_member m WHERE m.person_id = pe.id AND m.left_on IS NULL
        )
    )::text AS json
    FROM person pe
    LEFT JOIN LATERAL (
        SELECT deputy_for FROM ({mine}) of_all WHERE citizen_id = pe.id
        ORDER BY deputy_for NULLS FIRST LIMIT 1
    ) mine ON true
    {joins}
    WHERE pe.id = %(citizen)s
    """)
    .format(
        fields=_CITIZEN_FIELDS,
        plan=whole_plan(SQL("pl")),
        threads=threads_of_plan(SQL("pl.id"), THREADS_IN_BRIEFING),
        mine=_MINE,
        joins=_CITIZEN_JOINS,
        other=ref("o"),
    )
    .as_string()
)
