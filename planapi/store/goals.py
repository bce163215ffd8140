"""Goals, steps and ratings in the database."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Annotated, Any, Final, LiteralString
from uuid import UUID

from psycopg.sql import SQL, Composable
from pydantic import Field, TypeAdapter

from planapi.database import Statement, Transaction
from planapi.store.names import person
from planapi.store.projections import GOAL_DETAILS, GOAL_FIGURES, GOAL_SUMMARY_FIELDS
from planapi.store.reading import Reading
from portal.contract.base import Model
from portal.contract.goals import (
    AdministrationGoal,
    AdministrationGoalSummary,
    CitizenGoal,
    CitizenGoalSummary,
    EditGoal,
    EditStep,
    GoalOwner,
    GoalState,
    History,
    HouseholdGoal,
    HouseholdGoalSummary,
    NewRating,
    RatingKind,
)
from portal.contract.people import Administration

MOST_GOALS: Final = 500
MOST_HISTORY: Final = 500


class _Asked(Model):
    """What the policy asks about a goal beyond the contract; never answered."""

    citizen_id: UUID | None = Field(default=None, exclude=True)
    created_by_id: UUID = Field(exclude=True)


class StepThatWaits(Model):
    """An own step that is due soon or overdue."""

    title: str
    due: date


class _InList(_Asked):
    """Of a goal in a list: in the overview also its steps that wait; never answered there."""

    steps_due: tuple[StepThatWaits, ...] = Field(default=(), exclude=True)


class CitizenGoalSummaryRow(_InList, CitizenGoalSummary):
    """A citizen's own goal in a list, before the policy."""


class AdministrationGoalSummaryRow(_InList, AdministrationGoalSummary):
    """A goal that an administration has proposed, in a list, before the policy."""


class HouseholdGoalSummaryRow(_InList, HouseholdGoalSummary):
    """A joint goal in a list, before the policy."""


class CitizenGoalRow(_Asked, CitizenGoal):
    """A citizen's own whole goal, before the policy."""


class AdministrationGoalRow(_Asked, AdministrationGoal):
    """A whole goal that an administration has proposed, before the policy."""


class HouseholdGoalRow(_Asked, HouseholdGoal):
    """A whole joint goal, before the policy."""


PlanGoalSummaryRow = Annotated[
    CitizenGoalSummaryRow | AdministrationGoalSummaryRow, Field(discriminator="owner")
]
GoalSummaryRow = Annotated[
    CitizenGoalSummaryRow | AdministrationGoalSummaryRow | HouseholdGoalSummaryRow,
    Field(discriminator="owner"),
]
GoalRow = Annotated[
    CitizenGoalRow | AdministrationGoalRow | HouseholdGoalRow, Field(discriminator="owner")
]
_GOAL_ROW: Final[TypeAdapter[GoalRow]] = TypeAdapter(GoalRow)


class GoalRows(Model):
    """A person's goals and those of their households."""

    plan_id: UUID | None = None
    order_version: int = 0
    own: tuple[PlanGoalSummaryRow, ...] = ()
    household: tuple[HouseholdGoalSummaryRow, ...] = ()


@dataclass(frozen=True, slots=True)
class GoalToWrite:
    """A new goal. Exactly one of `plan_id` and `household_id` is there."""

    plan_id: UUID | None
    household_id: UUID | None
    owner: GoalOwner
    administration: Administration | None
    state: GoalState
    title: str
    why: str
    emoji: str
    theme: str | None
    target_date: date | None
    helped_by: str
    wanted_rating: int | None
    created_by: UUID


def goals_of_plan(plan: Composable) -> Composable:
    """Return SQL for the goals, as summaries, of the plan that the expression `plan` names."""
    return _SUMMARIES.format(
        fields=GOAL_SUMMARY_FIELDS,
        figures=GOAL_FIGURES,
        source=SQL("SELECT * FROM goal WHERE plan_id = {plan}").format(plan=plan),
        most=MOST_GOALS,
    )


def joint_goals() -> Composable:
    """Return SQL for the goals, as summaries, of the households that `person` belongs to."""
    return _SUMMARIES.format(
        fields=GOAL_SUMMARY_FIELDS, figures=GOAL_FIGURES, source=_JOINT, most=MOST_GOALS
    )


def reading_of_goals(person_id: UUID) -> Reading[GoalRows]:
    """Read a citizen's own goals and those of their households."""
    return Reading(Statement(_LIST, {"person": person_id}), GoalRows)


def reading_of_goal(goal_id: UUID) -> Reading[GoalRow]:
    """Read a goal with its steps and ratings."""
    return Reading(Statement(_FIND, {"id": goal_id}), _GOAL_ROW)


def reading_of_goal_by_step(step_id: UUID) -> Reading[GoalRow]:
    """Read the goal that a step belongs to."""
    return Reading(Statement(_FIND_BY_STEP, {"id": step_id}), _GOAL_ROW)


def reading_of_history(goal_id: UUID, person_id: UUID) -> Reading[History]:
    """Read what was changed in a goal and its parts, newest first, and what a person has seen."""
    return Reading(Statement(_HISTORY, {"goal": goal_id, "person": person_id}), History)


async def insert_goal(tx: Transaction, goal: GoalToWrite) -> UUID:
    """Write a goal at the end of the list; returns its id."""
    return await _new_id(
        tx,
        """
        INSERT INTO goal (plan_id, household_id, owner, administration, state, title, why, emoji,
                          theme, target_date, helped_by, wanted_rating, created_by, position)
        SELECT %(plan_id)s, %(household_id)s, %(owner)s, %(administration)s, %(state)s, %(title)s,
               %(why)s, %(emoji)s, %(theme)s, %(target_date)s, %(helped_by)s, %(wanted_rating)s,
               %(created_by)s, 1 + coalesce(
                   (SELECT max(position) FROM goal WHERE plan_id = %(plan_id)s),
                   (SELECT max(position) FROM goal WHERE household_id = %(household_id)s), 0)
        RETURNING id
        """,
        **asdict(goal),
    )


async def update_goal(tx: Transaction, goal_id: UUID, edit: EditGoal, version: int) -> bool:
    """Replace a goal's wording; False where `version` is not the newest."""
    touched = await tx.execute(
        """
        UPDATE goal SET title = %(title)s, why = %(why)s, emoji = %(emoji)s, theme = %(theme)s,
            target_date = %(target_date)s, helped_by = %(helped_by)s,
            wanted_rating = %(wanted_rating)s, version = version + 1
        WHERE id = %(id)s AND version = %(version)s
        """,
        **edit.model_dump(),
        id=goal_id,
        version=version,
    )
    return touched == 1


async def update_goal_state(
    tx: Transaction, goal_id: UUID, state: GoalState, reason: str, version: int
) -> bool:
    """Move a goal; False where `version` is not the newest."""
    touched = await tx.execute(
        """
        UPDATE goal SET state = %(state)s, state_reason = %(reason)s, version = version + 1
        WHERE id = %(id)s AND version = %(version)s
        """,
        state=state,
        reason=reason,
        id=goal_id,
        version=version,
    )
    return touched == 1


async def order_goals(
    tx: Transaction, plan_id: UUID, goal_ids: Sequence[UUID], version: int
) -> bool:
    """Give a plan's goals the places 1, 2, 3, …; False where `version` is not the newest."""
    touched = await tx.execute(
        """
        WITH ordered AS (
            UPDATE plan SET order_version = order_version + 1
            WHERE id = %(plan)s AND order_version = %(version)s
            RETURNING id
        )
        UPDATE goal SET position = wanted.position
        FROM unnest(%(ids)s::uuid[]) WITH ORDINALITY wanted (id, position), ordered
        WHERE goal.id = wanted.id
        """,
        plan=plan_id,
        ids=list(goal_ids),
        version=version,
    )
    return touched > 0


async def mark_seen(
    tx: Transaction, goal_id: UUID, person_id: UUID, up_to: int, now: datetime
) -> None:
    """Move a person's mark in a goal's history on to an entry."""
    await tx.execute(
        """
        INSERT INTO goal_seen (goal_id, person_id, up_to, seen_at)
        VALUES (%(goal)s, %(person)s, %(up_to)s, %(now)s)
        ON CONFLICT (goal_id, person_id) DO UPDATE
            SET up_to = EXCLUDED.up_to, seen_at = EXCLUDED.seen_at
            WHERE goal_seen.up_to < EXCLUDED.up_to
        """,
        goal=goal_id,
        person=person_id,
        up_to=up_to,
        now=now,
    )


async def insert_step(
    tx: Transaction,
    goal_id: UUID,
    *,
    title: str,
    assignee_id: UUID | None,
    due: date | None,
) -> UUID:
    """Write a step after the goal's others; returns its id."""
    return await _new_id(
        tx,
        """
        INSERT INTO step (goal_id, title, assignee_id, due, position)
        SELECT %(goal)s, %(title)s, %(assignee)s, %(due)s, coalesce(max(position), 0) + 1
        FROM step WHERE goal_id = %(goal)s
        RETURNING id
        """,
        goal=goal_id,
        title=title,
        assignee=assignee_id,
        due=due,
    )


async def update_step(tx: Transaction, step_id: UUID, edit: EditStep, version: int) -> bool:
    """Replace a step's wording; False where `version` is not the newest."""
    touched = await tx.execute(
        """
        UPDATE step SET title = %(title)s, assignee_id = %(assignee_id)s, due = %(due)s,
            version = version + 1
        WHERE id = %(id)s AND version = %(version)s
        """,
        **edit.model_dump(),
        id=step_id,
        version=version,
    )
    return touched == 1


async def update_step_done(
    tx: Transaction,
    step_id: UUID,
    *,
    done_at: datetime | None,
    done_by: UUID | None,
    version: int,
) -> bool:
    """Tick a step, or undo that with both None; False where `version` is not the newest."""
    touched = await tx.execute(
        """
        UPDATE step SET done_at = %(done_at)s, done_by = %(done_by)s, version = version + 1
        WHERE id = %(id)s AND version = %(version)s
        """,
        done_at=done_at,
        done_by=done_by,
        id=step_id,
        version=version,
    )
    return touched == 1


async def insert_rating(
    tx: Transaction, goal_id: UUID, rating: NewRating, kind: RatingKind, rated_by: UUID
) -> UUID:
    """Add a rating; returns its id."""
    return await _new_id(
        tx,
        """
        INSERT INTO rating (goal_id, kind, value, note, rated_by)
        VALUES (%(goal)s, %(kind)s, %(value)s, %(note)s, %(by)s) RETURNING id
        """,
        goal=goal_id,
        kind=kind,
        value=rating.value,
        note=rating.note,
        by=rated_by,
    )


async def takes_part(tx: Transaction, goal_id: UUID, person_id: UUID) -> bool:
    """Tell whether a step can be given to a person.

    They are the citizen, a member of the household, or the citizen's contact person.
    """
    row = await tx.row(
        """
        SELECT 1 FROM goal g
        LEFT JOIN plan p ON p.id = g.plan_id
        WHERE g.id = %(goal)s AND (
            p.citizen_id = %(person)s
            OR EXISTS (SELECT FROM household_member m WHERE m.household_id = g.household_id
                       AND m.person_id = %(person)s AND m.left_on IS NULL)
            OR EXISTS (SELECT FROM contact_assignment a WHERE a.citizen_id = p.citizen_id
                       AND a.professional_id = %(person)s AND a.ends_on IS NULL)
        )
        """,
        goal=goal_id,
        person=person_id,
    )
    return row is not None


async def _new_id(tx: Transaction, query: LiteralString, **parameters: Any) -> UUID:
    (row,) = await tx.rows(query, **parameters)
    new_id: UUID = row["id"]
    return new_id


_SUMMARIES: Final = SQL("""(
    SELECT coalesce(json_agg(json_build_object({fields}) ORDER BY g.position, g.created_at, g.id),
                    '[]')
    FROM ({source} ORDER BY position, created_at, id LIMIT {most}) g {figures}
)""")

_JOINT: Final = SQL("""
    SELECT * FROM goal WHERE household_id IN (
        SELECT household_id FROM household_member WHERE person_id = %(person)s AND left_on IS NULL
    )
""")

_LIST: Final = (
    SQL("""
    SELECT json_build_object('plan_id', p.id, 'order_version', coalesce(p.order_version, 0),
        'own', {own}, 'household', {joint})::text AS json
    FROM (VALUES (1)) one LEFT JOIN plan p ON p.citizen_id = %(person)s
    """)
    .format(own=goals_of_plan(SQL("p.id")), joint=joint_goals())
    .as_string()
)

_GOAL: Final = SQL("""
    SELECT json_build_object({summary}, {details})::text AS json
    FROM goal g {figures} WHERE g.id = {id}
""")

_FIND: Final = _GOAL.format(
    summary=GOAL_SUMMARY_FIELDS, details=GOAL_DETAILS, figures=GOAL_FIGURES, id=SQL("%(id)s")
).as_string()

_FIND_BY_STEP: Final = _GOAL.format(
    summary=GOAL_SUMMARY_FIELDS,
    details=GOAL_DETAILS,
    figures=GOAL_FIGURES,
    id=SQL("(SELECT goal_id FROM step WHERE id = %(id)s)"),
).as_string()

_HISTORY: Final = (
    SQL("""
    SELECT json_build_object('entries', coalesce(json_agg(json_build_object(
        'id', h.id, 'at', h.at, 'actor', {actor}, 'resource_kind', h.resource_kind,
        'resource_id', h.resource_id, 'change', h.change, 'before', h.before, 'after', h.after
    ) ORDER BY h.id DESC), '[]'), 'seen_up_to', (
        SELECT up_to FROM goal_seen WHERE goal_id = %(goal)s AND person_id = %(person)s
    ))::text AS json
    FROM (SELECT * FROM history WHERE goal_id = %(goal)s ORDER BY id DESC LIMIT {most}) h
    """)
    .format(actor=person("h.actor_id", at_work=SQL("h.actor_role <> 'citizen'")), most=MOST_HISTORY)
    .as_string()
)
