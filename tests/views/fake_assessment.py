"""An assessment, overlaps and weeks, in memory beside the fake conversations."""

from datetime import UTC, datetime, time, timedelta
from typing import Any
from uuid import UUID

from i18n.formats import today
from portal.contract.assessments import (
    Assessment,
    AssessmentTheme,
    EditOwnView,
    FunctionLevel,
    OwnView,
    ProfessionalView,
    ThemeArea,
    ThemeAssessment,
)
from portal.contract.goals import Theme
from portal.contract.people import Administration, Author
from portal.contract.workload import (
    FixedHoursClash,
    Load,
    MeetingsClash,
    OverlapItem,
    Overlaps,
    SamePurpose,
    SameTheme,
    WeekLoad,
)
from portal.plan_client import PlanConflict
from tests.views.fake_messages import FakeConversations
from tests.views.fake_plan import ME, METTE, PLAN

LONE = Author(id=ME, name="Lone Lund")
HOLM = Author(id=METTE, name="Mette Holm")

SELF_CARE = AssessmentTheme(code="self_care", area=ThemeArea.ACTIVITY, name="Egenomsorg")
MOBILITY = AssessmentTheme(code="mobility", area=ThemeArea.ACTIVITY, name="Mobilitet")
RELATIONS = AssessmentTheme(code="relations", area=ThemeArea.ACTIVITY, name="Relationer")


class FakeAssessment(FakeConversations):
    """What is written about how it goes, and how full the weeks are."""

    def __init__(self) -> None:
        super().__init__()
        self.own_views = {"self_care": own_view("Jeg glemmer at spise.")}
        self.may_write_own = True
        self.found_overlaps = (_same_purpose(), _same_theme(), _meetings(), _hours())
        self.full_week = True

    async def assessment(self, plan_id: UUID) -> Assessment:
        await self._called("assessment")
        return Assessment(
            plan_id=plan_id,
            citizen=LONE,
            themes=tuple(
                ThemeAssessment(
                    theme=theme,
                    own=self.own_views.get(theme.code),
                    professional=(_professional(),) if theme is SELF_CARE else (),
                )
                for theme in (SELF_CARE, MOBILITY, RELATIONS)
            ),
            may_write_own=self.may_write_own,
        )

    async def edit_own_view(
        self, plan_id: UUID, theme: str, command: EditOwnView, version: int
    ) -> OwnView:
        await self._called("edit_own_view")
        there = self.own_views.get(theme)
        if version != (there.version if there else 0):
            raise PlanConflict(there.model_dump(mode="json") if there else {})
        self.own_views[theme] = own_view(command.text, command.level, version + 1)
        return self.own_views[theme]

    async def overlaps(self, plan_id: UUID) -> Overlaps:
        await self._called("overlaps")
        return Overlaps(plan_id=plan_id, overlaps=self.found_overlaps)

    async def load(self, plan_id: UUID, *, weeks_back: int = 4, weeks_ahead: int = 8) -> Load:
        await self._called("load")
        monday = today() - timedelta(days=today().weekday())
        weeks = tuple(
            WeekLoad(
                monday=monday + timedelta(weeks=number),
                intervention_hours=38.5 if self.full_week and number == 0 else 12,
                meeting_hours=1,
                meetings=1,
            )
            for number in range(-weeks_back, weeks_ahead + 1)
        )
        return Load(plan_id=plan_id, this_week=monday, weeks=weeks)


def own_view(text: str, level: FunctionLevel | None = None, version: int = 1) -> OwnView:
    """Return what the citizen wrote about a theme."""
    return OwnView(
        id=UUID(int=701),
        version=version,
        text=text,
        level=level,
        written_by=LONE,
        written_at=datetime.now(UTC),
    )


def _professional() -> ProfessionalView:
    return ProfessionalView(
        id=UUID(int=702),
        version=1,
        administration=Administration.ADULT_SOCIAL,
        text="Lone har brug for en at lave mad sammen med.",
        level=FunctionLevel.MODERATE,
        written_by=HOLM,
        written_at=datetime.now(UTC) - timedelta(days=9),
    )


def _item(number: int, title: str) -> OverlapItem:
    return OverlapItem(id=UUID(int=number), title=title, administration=Administration.HEALTH)


def _two(first: str, second: str) -> dict[str, Any]:
    return {"first": _item(711, first), "second": _item(712, second)}


def _same_purpose() -> SamePurpose:
    return SamePurpose(
        **_two("Mentor", "Bostøtte"),
        theme=Theme.WORK,
        goal_ids=(PLAN,),
        starts_on=today(),
        ends_on=None,
    )


def _same_theme() -> SameTheme:
    return SameTheme(
        **_two("Samtaler", "Træning"), theme=Theme.HEALTH, starts_on=today(), ends_on=None
    )


def _meetings() -> MeetingsClash:
    starts = datetime.now(UTC) + timedelta(days=3)
    return MeetingsClash(
        **_two("Møde på jobcentret", "Lægen"),
        starts_at=starts,
        ends_at=starts + timedelta(hours=1),
    )


def _hours() -> FixedHoursClash:
    return FixedHoursClash(
        **_two("Praktik", "Genoptræning"),
        weekday=2,
        starts=time(10),
        ends=time(11),
        starts_on=today(),
        ends_on=None,
    )
