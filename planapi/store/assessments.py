"""The assessment by theme in the database: one own view, and one view of each administration."""

from datetime import date, datetime
from typing import Final
from uuid import UUID

from psycopg.sql import SQL

from planapi.database import Statement, Transaction
from planapi.store.names import person
from planapi.store.plans import PlanPlace
from planapi.store.projections import PLACE_FIELDS
from planapi.store.reading import Reading
from portal.contract.assessments import EditOwnView, EditProfessionalView, ThemeAssessment
from portal.contract.people import Administration


class AssessmentRow(PlanPlace):
    """All themes of the field with what was written about them, before the policy."""

    themes: tuple[ThemeAssessment, ...] = ()


def reading_of_assessment(plan_id: UUID, today: date) -> Reading[AssessmentRow]:
    """Read the assessment by the themes of today."""
    return Reading(Statement(_ASSESSMENT, {"plan": plan_id, "today": today}), AssessmentRow)


async def insert_own_view(
    tx: Transaction, plan_id: UUID, theme: str, view: EditOwnView, *, by: UUID, at: datetime
) -> UUID | None:
    """Write a first own view; None where there is one already."""
    row = await tx.row(
        """
        INSERT INTO own_view (plan_id, theme, text, level, written_by, written_at)
        VALUES (%(plan)s, %(theme)s, %(text)s, %(level)s, %(by)s, %(at)s)
        ON CONFLICT (plan_id, theme) DO NOTHING RETURNING id
        """,
        **view.model_dump(),
        plan=plan_id,
        theme=theme,
        by=by,
        at=at,
    )
    return None if row is None else row["id"]


async def update_own_view(
    tx: Transaction, view_id: UUID, view: EditOwnView, *, by: UUID, at: datetime, version: int
) -> bool:
    """Replace an own view; False where `version` is not the newest."""
    touched = await tx.execute(
        """
        UPDATE own_view SET text = %(text)s, level = %(level)s, written_by = %(by)s,
            written_at = %(at)s, version = version + 1
        WHERE id = %(id)s AND version = %(version)s
        """,
        **view.model_dump(),
        by=by,
        at=at,
        id=view_id,
        version=version,
    )
    return touched == 1


async def insert_professional_view(
    tx: Transaction,
    plan_id: UUID,
    theme: str,
    administration: Administration,
    view: EditProfessionalView,
    *,
    by: UUID,
    at: datetime,
) -> UUID | None:
    """Write an administration's first view; None where it has one already."""
    row = await tx.row(
        """
        INSERT INTO professional_view
            (plan_id, theme, administration, text, level, written_by, written_at)
        VALUES (%(plan)s, %(theme)s, %(administration)s, %(text)s, %(level)s, %(by)s, %(at)s)
        ON CONFLICT (plan_id, theme, administration) DO NOTHING RETURNING id
        """,
        **view.model_dump(),
        plan=plan_id,
        theme=theme,
        administration=administration,
        by=by,
        at=at,
    )
    return None if row is None else row["id"]


async def update_professional_view(
    tx: Transaction,
    view_id: UUID,
    view: EditProfessionalView,
    *,
    by: UUID,
    at: datetime,
    version: int,
) -> bool:
    """Replace an administration's view; False where `version` is not the newest."""
    touched = await tx.execute(
        """
        UPDATE professional_view SET text = %(text)s, level = %(level)s, written_by = %(by)s,
            written_at = %(at)s, version = version + 1
        WHERE id = %(id)s AND version = %(version)s
        """,
        **view.model_dump(),
        by=by,
        at=at,
        id=view_id,
        version=version,
    )
    return touched == 1


_VIEW_FIELDS: Final = SQL("""
    'id', v.id, 'version', v.version, 'text', v.text, 'level', v.level,
    'written_by', {written_by}, 'written_at', v.written_at
""")

_ASSESSMENT: Final = (
    SQL("""
    SELECT json_build_object({place}, 'themes', (
        SELECT json_agg(json_build_object(
            'theme', json_build_object('code', t.code, 'area', t.area, 'name', t.name),
            'own', (SELECT json_build_object({own_view}) FROM own_view v
                    WHERE v.plan_id = p.id AND v.theme = t.code),
            'professional', (
                SELECT coalesce(json_agg(json_build_object({professional_view},
                    'administration', v.administration) ORDER BY v.administration), '[]')
                FROM professional_view v WHERE v.plan_id = p.id AND v.theme = t.code
            )
        ) ORDER BY t.position)
        FROM assessment_theme t
        WHERE t.valid_from <= %(today)s AND (t.valid_to IS NULL OR t.valid_to >= %(today)s)
    ))::text AS json
    FROM plan p WHERE p.id = %(plan)s
    """)
    .format(
        place=PLACE_FIELDS,
        own_view=_VIEW_FIELDS.format(written_by=person("v.written_by")),
        professional_view=_VIEW_FIELDS.format(
            written_by=person("v.written_by", at_work=SQL("true"))
        ),
    )
    .as_string()
)
