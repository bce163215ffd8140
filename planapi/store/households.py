"""Households, who belongs to them, and their joint goals, in the database."""

from datetime import date
from typing import Final
from uuid import UUID

from psycopg.sql import SQL

from planapi.database import Statement
from planapi.store.goals import MOST_GOALS, HouseholdGoalRow
from planapi.store.projections import (
    GOAL_DETAILS,
    GOAL_FIGURES,
    GOAL_SUMMARY_FIELDS,
    PICTURE,
)
from planapi.store.reading import Reading
from portal.contract.base import Model
from portal.contract.households import Household


class HouseholdRow(Household):
    """A household with its members and joint goals, before the policy."""

    goals: tuple[HouseholdGoalRow, ...] = ()


class HouseholdRows(Model):
    """The households of one person."""

    households: tuple[HouseholdRow, ...] = ()


def reading_of_households(person_id: UUID, today: date) -> Reading[HouseholdRows]:
    """Read the households that a person belongs to; ages are those of `today`."""
    return Reading(Statement(_LIST, {"person": person_id, "today": today}), HouseholdRows)


_LIST: Final = (
    SQL("""
    SELECT json_build_object('households', coalesce(json_agg(json_build_object(
        'id', h.id, 'name', h.name,
        'members', (
            SELECT coalesce(json_agg(json_build_object(
                'id', pe.id, 'name', pe.name, 'relation', m.relation,
                'is_me', pe.id = %(person)s,
                'age', extract(year FROM age(%(today)s::date, pe.birth_date)),
                'picture', {picture}
            ) ORDER BY pe.birth_date, pe.name, pe.id), '[]')
            FROM household_member m JOIN person pe ON pe.id = m.person_id
            WHERE m.household_id = h.id AND m.left_on IS NULL
        ),
        'goals', (
            SELECT coalesce(json_agg(json_build_object({summary}, {details})
                                     ORDER BY g.position, g.created_at, g.id), '[]')
            FROM (SELECT * FROM goal WHERE household_id = h.id
                  ORDER BY position, created_at, id LIMIT {most}) g {figures}
        )
    ) ORDER BY h.name, h.id), '[]'))::text AS json
    FROM household_member mine JOIN household h ON h.id = mine.household_id
    WHERE mine.person_id = %(person)s AND mine.left_on IS NULL
    """)
    .format(
        summary=GOAL_SUMMARY_FIELDS,
        details=GOAL_DETAILS,
        figures=GOAL_FIGURES,
        most=MOST_GOALS,
        picture=PICTURE,
    )
    .as_string()
)
