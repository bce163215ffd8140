"""Everything that the overview shows or counts, in one statement."""

from datetime import date, datetime
from typing import Final
from uuid import UUID

from psycopg.sql import SQL

from planapi.database import Statement
from planapi.policy.resources import ResourceKind
from planapi.store.goals import MOST_GOALS, GoalSummaryRow
from planapi.store.projections import (
    APPOINTMENT_FIELDS,
    CONTACT_PERSON_FIELDS,
    GOAL_COLUMNS,
    GOAL_FIELDS,
    goal_figures,
)
from planapi.store.reading import Reading
from portal.contract.base import Model
from portal.contract.consents import ConsentKind
from portal.contract.people import (
    Administration,
    ContactPerson,
    Deputy,
    PersonRef,
)
from portal.contract.plans import Appointment


class ThreadThatWaits(Model):
    """A thread in which it is the citizen's turn and something is unread."""

    id: UUID
    subject: str


class DecisionThatWaits(Model):
    """A decision that can be appealed for a short while yet."""

    id: UUID
    administration: Administration
    title: str
    appeal_by: date


class PromiseThatWaits(Model):
    """A promise that is due soon or overdue; one of the citizen's own has no administration."""

    id: UUID
    administration: Administration | None
    text: str
    owner: str
    due: date


class ConsentThatWaits(Model):
    """A consent that lapses soon, or that waits for a second signature; a child's too."""

    id: UUID
    citizen_id: UUID
    kind: ConsentKind
    given_by: UUID
    title: str
    valid_until: date
    unsigned: bool


class AskedRow(Model):
    """Something that somebody asks of the citizen: to read, to answer, to come, to join."""

    kind: ResourceKind
    id: UUID
    title: str
    administration: Administration | None
    due: date | None
    part_of: UUID | None


class AssignmentRow(Model):
    """That somebody is, was or will be contact person; ``person.since`` is the first day."""

    person: ContactPerson
    until: date | None
    greeting: str
    deputy: Deputy | None


class OverviewRow(Model):
    """What there is for one citizen, before the policy and the order of things."""

    me: PersonRef
    plan_id: UUID | None = None
    assignments: tuple[AssignmentRow, ...] = ()
    next_appointment: Appointment | None = None
    goals: tuple[GoalSummaryRow, ...] = ()
    unread_messages: int = 0
    threads: tuple[ThreadThatWaits, ...] = ()
    decisions: tuple[DecisionThatWaits, ...] = ()
    promises: tuple[PromiseThatWaits, ...] = ()
    consents: tuple[ConsentThatWaits, ...] = ()
    asked: tuple[AskedRow, ...] = ()


_STEPS_AHEAD: Final = 7
_PROMISES_AHEAD: Final = 7
_APPEALS_AHEAD: Final = 14
_CONSENTS_AHEAD: Final = 30
_FOLLOW_UPS_AHEAD: Final = 14
"""So many days before its day something waits for the citizen."""
HANDOVER_TOLD: Final = 30
"""So many days after a change of contact person both are still shown."""


def reading_of_overview(citizen_id: UUID, today: date, now: datetime) -> Reading[OverviewRow]:
    """Read what there is for a citizen."""
    parameters = {"person": citizen_id, "today": today, "now": now}
    return Reading(Statement(_OVERVIEW, parameters), OverviewRow)


# The base of each hot read's cost is the number of tables that it names, not that of its rows:
# so each table stands here once where that will do, and what follows from rows is left to services.
_OVERVIEW: Final = (
    SQL("""
    SELECT json_build_object(
        'me', json_build_object('id', me.id, 'name', me.name),
        'plan_id', p.id,
        'assignments', {assignments},
        'next_appointment', (
            SELECT json_build_object({appointment}) FROM appointment ap
            WHERE ap.plan_id = p.id AND ap.ends_at > %(now)s ORDER BY ap.starts_at, ap.id LIMIT 1
        ),
        'goals', {goals},
        'unread_messages', mail.unread,
        'threads', mail.waiting,
        'decisions', (
            SELECT coalesce(json_agg(json_build_object('id', id, 'administration', administration,
                                     'title', title, 'appeal_by', appeal_by)), '[]')
            FROM decision
            WHERE plan_id = p.id AND appeal_by BETWEEN %(today)s AND %(today)s::date + {appeals}
        ),
        'promises', (
            SELECT coalesce(json_agg(json_build_object('id', id, 'administration', administration,
                                     'text', text, 'owner', owner, 'due', due)
                                     ORDER BY due, id), '[]')
            FROM promise
            WHERE plan_id = p.id AND kept_on IS NULL AND due <= %(today)s::date + {promises}
        ),
        'consents', {consents},
        'asked', {asked}
    )::text AS json
    FROM person me
    LEFT JOIN plan p ON p.citizen_id = me.id
    CROSS JOIN LATERAL {mail} mail
    WHERE me.id = %(person)s
    """)
    .format(
        appeals=_APPEALS_AHEAD,
        promises=_PROMISES_AHEAD,
        appointment=APPOINTMENT_FIELDS,
        assignments=SQL("""(
            SELECT coalesce(json_agg(json_build_object(
                'person', json_build_object({professional}, 'since', a.starts_on),
                'until', a.ends_on, 'greeting', a.greeting, 'deputy', (
                    SELECT json_build_object('until', ab.ends_on, 'greeting', ab.greeting,
                        'person', json_build_object({professional}, 'since', ab.starts_on))
                    FROM absence ab
                    JOIN professional pr ON pr.person_id = ab.deputy_id
                    JOIN person pe ON pe.id = pr.person_id
                    WHERE ab.professional_id = a.professional_id
                      AND %(today)s BETWEEN ab.starts_on AND ab.ends_on
                    ORDER BY ab.starts_on LIMIT 1
                )) ORDER BY a.starts_on), '[]')
            FROM contact_assignment a
            JOIN professional pr ON pr.person_id = a.professional_id
            JOIN person pe ON pe.id = pr.person_id
            WHERE a.citizen_id = me.id
              AND (a.ends_on IS NULL OR a.ends_on >= %(today)s::date - {told})
        )""").format(professional=CONTACT_PERSON_FIELDS, told=HANDOVER_TOLD + 1),
        goals=SQL("""(
            SELECT coalesce(json_agg(json_build_object(
                {fields}, 'citizen_id', g.owner_id, 'steps_due', s.due
            ) ORDER BY g.position, g.created_at, g.id), '[]')
            FROM (
                SELECT * FROM (
                    SELECT {columns}, me.id AS owner_id FROM goal g WHERE plan_id = p.id
                    UNION ALL
                    SELECT {columns}, NULL FROM household_member m JOIN goal g USING (household_id)
                    WHERE m.person_id = me.id AND m.left_on IS NULL
                ) mine
                WHERE state IN ('proposed', 'active', 'paused')
                ORDER BY position, created_at, id LIMIT {most}
            ) g
            {figures}
        )""").format(
            fields=GOAL_FIELDS,
            columns=GOAL_COLUMNS,
            most=MOST_GOALS,
            figures=goal_figures(
                SQL(""", coalesce(json_agg(json_build_object('title', title, 'due', due)) FILTER (
                WHERE g.state = 'active' AND done_at IS NULL AND due <= %(today)s::date + {steps}
                  AND coalesce(assignee_id, g.owner_id) = me.id), '[]') AS due""").format(
                    steps=_STEPS_AHEAD
                )
            ),
        ),
        mail=SQL("""(
            SELECT coalesce(sum(u.unread), 0) AS unread,
                coalesce(json_agg(json_build_object('id', t.id, 'subject', t.subject)
                                  ORDER BY t.last_message_at, t.id)
                         FILTER (WHERE t.waits_for = 'citizen' AND u.unread > 0), '[]') AS waiting
            FROM thread t CROSS JOIN LATERAL (
                SELECT count(*) AS unread FROM message m
                WHERE m.thread_id = t.id AND m.author_role <> 'citizen' AND m.number > coalesce((
                    SELECT max(up_to) FROM thread_read
                    WHERE thread_id = t.id AND side = 'citizen'
                ), 0)
            ) u
            WHERE t.plan_id = p.id
        )"""),
        consents=SQL("""(
            SELECT coalesce(json_agg(json_build_object(
                'id', co.id, 'citizen_id', co.citizen_id, 'kind', co.kind,
                'given_by', co.given_by, 'title', (
                    SELECT title FROM consent_text
                    WHERE municipality_id = co.municipality_id
                      AND (id, version, language)
                        = (co.text_id, co.text_version, co.text_language)
                ), 'valid_until', co.valid_until, 'unsigned', co.unsigned)), '[]')
            FROM (
                SELECT *, waits_for IS NOT NULL AND NOT EXISTS (
                    SELECT FROM consent second WHERE second.signs = consent.id) AS unsigned
                FROM consent
                WHERE citizen_id = ANY (array(
                        SELECT me.id UNION ALL
                        SELECT child_id FROM custody
                        WHERE holder_id = me.id AND starts_on <= %(today)s
                          AND (ends_on IS NULL OR ends_on >= %(today)s)
                    )) AND signs IS NULL AND valid_until >= %(today)s
                OFFSET 0 -- a signature is looked for once
            ) co
            WHERE (co.unsigned
                   OR co.citizen_id = me.id AND co.valid_until <= %(today)s::date + {ahead})
              AND NOT EXISTS (SELECT FROM consent_withdrawal w WHERE w.consent_id = co.id)
        )""").format(ahead=_CONSENTS_AHEAD),
        asked=SQL("""(
            SELECT coalesce(json_agg(json_build_object('kind', kind, 'id', id, 'title', title,
                'administration', administration, 'due', due, 'part_of', part_of)), '[]')
            FROM (
                SELECT 'minutes' AS kind, id, title, administration, NULL::date AS due,
                    NULL::uuid AS part_of
                FROM minutes WHERE plan_id = p.id AND state = 'shared'
                UNION ALL
                SELECT 'fact_request', id, purpose, administration, NULL, NULL
                FROM fact_request WHERE plan_id = p.id AND state = 'open'
                UNION ALL
                SELECT 'follow_up', id, coalesce(
                    (SELECT title FROM goal WHERE id = goal_id),
                    (SELECT title FROM intervention WHERE id = intervention_id), ''),
                    NULL, day, coalesce(goal_id, intervention_id)
                FROM follow_up WHERE plan_id = p.id AND state = 'planned'
                  AND day BETWEEN %(today)s AND %(today)s::date + {follow_ups}
                UNION ALL
                SELECT 'invitation', i.id, h.name, NULL, NULL, NULL
                FROM household_invitation i JOIN household h ON h.id = i.household_id
                WHERE i.cpr_hash = me.cpr_hash AND i.state = 'open'
            ) asked
        )""").format(follow_ups=_FOLLOW_UPS_AHEAD),
    )
    .as_string()
)
