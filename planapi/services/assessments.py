"""The assessment by theme: the citizen's own view, and beside it what each administration sees."""

from datetime import datetime
from uuid import UUID

from planapi.calendar import danish_date
from planapi.database import Transaction
from planapi.errors import NotFound, Stale
from planapi.policy.actors import Actor
from planapi.policy.decide import WRITTEN
from planapi.policy.resources import Resource, ResourceKind
from planapi.services.changes import change_by
from planapi.services.places import (
    administration_of,
    read_history,
    require_place,
    write_down,
)
from planapi.services.resources import own
from planapi.services.sight import Sight, look
from planapi.store import assessments as assessment_store
from planapi.store.assessments import AssessmentRow
from portal.contract.actions import Action
from portal.contract.assessments import (
    Assessment,
    EditOwnView,
    EditProfessionalView,
    OwnView,
    ProfessionalView,
    ThemeAssessment,
)
from portal.contract.goals import History
from portal.contract.people import Administration


async def assessment(tx: Transaction, actor: Actor, now: datetime, plan_id: UUID) -> Assessment:
    """Return all themes with the views that the actor may see."""
    sight, row = await _look_at_assessment(tx, actor, now, plan_id)
    citizen = row.citizen.id
    shown = Assessment(
        plan_id=plan_id,
        citizen=row.citizen,
        themes=tuple(_show_theme(sight, citizen, theme) for theme in row.themes),
        may_write_own=sight.may(Action.CREATE, own(ResourceKind.OWN_VIEW, citizen)),
        may_assess=sight.may(Action.CREATE, _new_view(sight, citizen)),
        withheld=_withheld(sight, row),
    )
    sight.log()
    return shown


async def edit_own_view(
    tx: Transaction,
    actor: Actor,
    now: datetime,
    plan_id: UUID,
    theme: str,
    command: EditOwnView,
    version: int,
) -> OwnView:
    """Replace the citizen's own view of a theme; `version` 0 writes the first one."""
    sight, row = await _look_at_assessment(tx, actor, now, plan_id)
    there = _theme_of(row, theme).own
    sight.require(Action.EDIT, own(ResourceKind.OWN_VIEW, row.citizen.id))
    changed = change_by(command, dict(there) if there else {"text": "", "level": None})
    if there is not None and not changed:
        return _show_own(sight, row.citizen.id, there)
    if version != (there.version if there else 0):
        raise Stale(current=_show_own(sight, row.citizen.id, there) if there else None)
    written: UUID | None
    if there is None:
        written = await assessment_store.insert_own_view(
            tx, plan_id, theme, command, by=actor.person_id, at=now
        )
    else:
        done = await assessment_store.update_own_view(
            tx, there.id, command, by=actor.person_id, at=now, version=version
        )
        written = there.id if done else None
    newest = _show_own(sight, row.citizen.id, (await _theme_again(tx, sight, plan_id, theme)).own)
    if written is None:
        raise await sight.stale(newest)
    write_down(
        tx,
        ResourceKind.OWN_VIEW,
        newest.id,
        "edited" if there else "created",
        changed,
        plan_id=plan_id,
        event="assessment",
    )
    return newest


async def assessment_history(
    tx: Transaction, actor: Actor, now: datetime, plan_id: UUID, theme: str
) -> History:
    """Return what was changed in those views of a theme that the actor sees, newest first."""
    sight, row = await _look_at_assessment(tx, actor, now, plan_id)
    shown = _show_theme(sight, row.citizen.id, _theme_of(row, theme))
    sight.log()
    own_view = [shown.own.id] if shown.own else []
    found = await read_history(tx, ResourceKind.OWN_VIEW, *own_view)
    others = await read_history(
        tx, ResourceKind.PROFESSIONAL_VIEW, *(view.id for view in shown.professional)
    )
    entries = sorted((*found.entries, *others.entries), key=lambda entry: entry.id, reverse=True)
    return History(entries=tuple(entries))


async def edit_professional_view(
    tx: Transaction,
    actor: Actor,
    now: datetime,
    plan_id: UUID,
    theme: str,
    command: EditProfessionalView,
    version: int,
) -> ProfessionalView:
    """Replace the view of the contact person's administration; `version` 0 writes the first."""
    sight, row = await _look_at_assessment(tx, actor, now, plan_id)
    citizen = row.citizen.id
    administration = administration_of(sight.actor)
    there = _view_of(_theme_of(row, theme), administration)
    sight.require(Action.CREATE, _new_view(sight, citizen))
    assert administration is not None  # noqa: S101 - the policy lets nobody else assess
    changed = change_by(command, dict(there) if there else {})
    if there is not None and not changed:
        return _show_view(sight, citizen, there)
    if there is not None:
        _show_view(sight, citizen, there)
        await sight.require_version(there, version)
    elif version:
        raise Stale
    written: UUID | None
    if there is None:
        written = await assessment_store.insert_professional_view(
            tx, plan_id, theme, administration, command, by=actor.person_id, at=now
        )
    else:
        done = await assessment_store.update_professional_view(
            tx, there.id, command, by=actor.person_id, at=now, version=version
        )
        written = there.id if done else None
    again = await _theme_again(tx, sight, plan_id, theme)
    newest = _show_view(sight, citizen, _view_of(again, administration))
    if written is None:
        raise await sight.stale(newest)
    write_down(
        tx,
        ResourceKind.PROFESSIONAL_VIEW,
        newest.id,
        "edited" if there else "created",
        changed,
        plan_id=plan_id,
        event="assessment",
    )
    return newest


def _new_view(sight: Sight, citizen_id: UUID) -> Resource:
    return Resource(
        ResourceKind.PROFESSIONAL_VIEW,
        None,
        citizen_id,
        administration=administration_of(sight.actor),
    )


def _of_view(citizen_id: UUID, view: ProfessionalView) -> Resource:
    return Resource(
        ResourceKind.PROFESSIONAL_VIEW,
        view.id,
        citizen_id,
        administration=view.administration,
        state=WRITTEN,
    )


async def _look_at_assessment(
    tx: Transaction, actor: Actor, now: datetime, plan_id: UUID
) -> tuple[Sight, AssessmentRow]:
    reading = assessment_store.reading_of_assessment(plan_id, danish_date(now))
    sight, row = await look(tx, actor, now, reading)
    require_place(sight, row)
    assert row is not None  # noqa: S101 - there is a place
    return sight, row


async def _theme_again(tx: Transaction, sight: Sight, plan_id: UUID, theme: str) -> ThemeAssessment:
    row = await assessment_store.reading_of_assessment(plan_id, sight.today).run(tx)
    if row is None:
        raise NotFound
    return _theme_of(row, theme)


def _theme_of(row: AssessmentRow, code: str) -> ThemeAssessment:
    """One theme. Raises `NotFound` where today's themes have none of that code."""
    for one in row.themes:
        if one.theme.code == code:
            return one
    raise NotFound


def _view_of(
    theme: ThemeAssessment, administration: Administration | None
) -> ProfessionalView | None:
    for view in theme.professional:
        if view.administration is administration:
            return view
    return None


def _show_theme(sight: Sight, citizen_id: UUID, theme: ThemeAssessment) -> ThemeAssessment:
    return ThemeAssessment(
        theme=theme.theme,
        own=sight.show_one(theme.own, lambda view: own(ResourceKind.OWN_VIEW, citizen_id, view.id)),
        professional=sight.show(theme.professional, lambda view: _of_view(citizen_id, view)),
    )


def _show_own(sight: Sight, citizen_id: UUID, view: OwnView | None) -> OwnView:
    shown = sight.show_one(view, lambda one: own(ResourceKind.OWN_VIEW, citizen_id, one.id))
    if shown is None:
        raise NotFound
    sight.log()
    return shown


def _show_view(sight: Sight, citizen_id: UUID, view: ProfessionalView | None) -> ProfessionalView:
    shown = sight.show_one(view, lambda one: _of_view(citizen_id, one))
    if shown is None:
        raise NotFound
    sight.log()
    return shown


def _withheld(sight: Sight, row: AssessmentRow) -> tuple[Administration, ...]:
    hidden = {
        view.administration
        for theme in row.themes
        for view in theme.professional
        if not sight.may(Action.READ, _of_view(row.citizen.id, view))
    }
    return tuple(one for one in Administration if one in hidden)
