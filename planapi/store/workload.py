"""What takes time in a plan: its interventions and the meetings of a period."""

from datetime import date, datetime
from typing import Final
from uuid import UUID

from psycopg.sql import SQL

from planapi.database import Statement
from planapi.store.plans import PlanPlace
from planapi.store.projections import APPOINTMENT_FIELDS, INTERVENTION_FIELDS, PLACE_FIELDS
from planapi.store.reading import Reading
from portal.contract.base import Model
from portal.contract.goals import GoalOwner, GoalState
from portal.contract.people import Administration
from portal.contract.plans import Appointment, Intervention

_MOST: Final = 500


class ServedGoal(Model):
    """A goal that an intervention serves: what the policy asks about it."""

    id: UUID
    household_id: UUID | None = None
    owner: GoalOwner
    administration: Administration | None = None
    state: GoalState


class WorkloadRow(PlanPlace):
    """Interventions and meetings of a plan, before the policy."""

    served: tuple[ServedGoal, ...] = ()

    interventions: tuple[Intervention, ...] = ()
    appointments: tuple[Appointment, ...] = ()


def reading_of_workload(
    plan_id: UUID, first_day: date, begins: datetime, ends: datetime
) -> Reading[WorkloadRow]:
    """Read what has not ended before `first_day`, and meetings between two moments."""
    parameters = {"plan": plan_id, "first_day": first_day, "begins": begins, "ends": ends}
    return Reading(Statement(_WORKLOAD, parameters), WorkloadRow)


_WORKLOAD: Final = (
    SQL("""
    SELECT json_build_object({place},
        'served', (
            SELECT coalesce(json_agg(json_build_object('id', g.id, 'owner', g.owner,
                'household_id', g.household_id, 'administration', g.administration,
                'state', g.state)), '[]')
            FROM goal g WHERE g.id IN (
                SELECT goal_id FROM intervention_goal
                JOIN intervention ON intervention.id = intervention_id WHERE plan_id = p.id)
        ),
        'interventions', (
            SELECT coalesce(json_agg(json_build_object({intervention})
                                     ORDER BY i.starts_on, i.id), '[]')
            FROM (SELECT * FROM intervention
                  WHERE plan_id = p.id AND (ends_on IS NULL OR ends_on >= %(first_day)s)
                  ORDER BY starts_on DESC, id LIMIT {most}) i
        ),
        'appointments', (
            SELECT coalesce(json_agg(json_build_object({appointment})
                                     ORDER BY ap.starts_at, ap.id), '[]')
            FROM (SELECT * FROM appointment
                  WHERE plan_id = p.id AND starts_at < %(ends)s AND ends_at > %(begins)s
                  ORDER BY starts_at, id LIMIT {most}) ap
        )
    )::text AS json
    FROM plan p WHERE p.id = %(plan)s
    """)
    .format(
        place=PLACE_FIELDS,
        intervention=INTERVENTION_FIELDS,
        appointment=APPOINTMENT_FIELDS,
        most=_MOST,
    )
    .as_string()
)
