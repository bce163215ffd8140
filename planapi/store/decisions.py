"""Decisions and the rules of appeal in the database."""

from collections.abc import Collection, Mapping
from datetime import date
from typing import Final
from uuid import UUID

from psycopg.sql import SQL
from pydantic import Field

from planapi.database import Statement, Transaction
from planapi.store.projections import DECISION_FIELDS
from planapi.store.reading import Reading
from portal.contract.base import Model
from portal.contract.people import Administration
from portal.contract.plans import AppealRule, Decision, NewDecision


class DecisionRow(Decision):
    """A decision, with what the policy asks about it; that part is never answered."""

    plan_id: UUID = Field(exclude=True)
    citizen_id: UUID = Field(exclude=True)


class AppealRules(Model):
    """The rules of one day."""

    rules: tuple[AppealRule, ...] = ()


def reading_of_decision(decision_id: UUID) -> Reading[DecisionRow]:
    """Read a decision."""
    return Reading(Statement(_FIND, {"id": decision_id}), DecisionRow)


def reading_of_appeal_rules(day: date) -> Reading[AppealRules]:
    """Read the rules that count for what was decided on `day`."""
    return Reading(Statement(_RULES, {"day": day}), AppealRules)


async def insert_decision(
    tx: Transaction,
    plan_id: UUID,
    decision: NewDecision,
    *,
    administration: Administration,
    rule: AppealRule,
    appeal_by: date,
) -> UUID:
    """Write a decision; returns its id."""
    (row,) = await tx.rows(
        """
        INSERT INTO decision (plan_id, administration, title, text, decided_on, notified_on,
            appeal_by, how_to_appeal, rule, appeal_rule, appeal_rule_from)
        VALUES (%(plan)s, %(administration)s, %(title)s, %(text)s, %(decided_on)s,
            %(notified_on)s, %(appeal_by)s, %(how_to_appeal)s, %(rule)s, %(appeal_rule)s,
            %(appeal_rule_from)s)
        RETURNING id
        """,
        **decision.model_dump(),
        plan=plan_id,
        administration=administration,
        appeal_by=appeal_by,
        appeal_rule_from=rule.valid_from,
    )
    new_id: UUID = row["id"]
    return new_id


async def read_days_to_appeal(
    tx: Transaction, code: str, decided_on: Collection[date]
) -> Mapping[date, int]:
    """Return, for each day that a rule was in force on, how long one could appeal by it."""
    rows = await tx.rows(
        "SELECT day, days FROM unnest(%(days)s::date[]) AS day JOIN appeal_rule"
        " ON code = %(code)s AND valid_from <= day AND (valid_to IS NULL OR valid_to >= day)",
        code=code,
        days=sorted(decided_on),
    )
    return {row["day"]: row["days"] for row in rows}


_FIND: Final = (
    SQL("""
    SELECT json_build_object({fields}, 'plan_id', p.id, 'citizen_id', p.citizen_id)::text AS json
    FROM decision d JOIN plan p ON p.id = d.plan_id WHERE d.id = %(id)s
    """)
    .format(fields=DECISION_FIELDS)
    .as_string()
)

_RULES: Final = """
    SELECT json_build_object('rules', coalesce(json_agg(json_build_object(
        'code', code, 'valid_from', valid_from, 'days', days, 'law', law, 'section', section,
        'text', text) ORDER BY code, valid_from), '[]'))::text AS json
    FROM appeal_rule
    WHERE valid_from <= %(day)s AND (valid_to IS NULL OR valid_to >= %(day)s)
"""
