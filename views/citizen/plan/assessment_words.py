"""Words of the assessment. Themes and levels are those of Fælles Faglige Begreber (VUM 2.0)."""

from i18n import formats
from i18n.translator import Translator
from portal.contract.assessments import (
    Assessment,
    AssessmentTheme,
    FunctionLevel,
    OwnView,
    ProfessionalView,
    ThemeAssessment,
)
from portal.plan_client import PlanClient
from views.components.text import isolated


async def read_assessment(client: PlanClient) -> Assessment:
    """Read all themes. Raises ``PlanNotFound`` where there is no plan."""
    return await client.assessment((await client.plan()).id)


def theme_of(found: Assessment, code: str) -> ThemeAssessment | None:
    """Return what is written about a theme."""
    return next((one for one in found.themes if one.theme.code == code), None)


def theme_name(t: Translator, theme: AssessmentTheme) -> str:
    """Return what a theme is called in everyday words; an unknown one in those of the field."""
    return {
        "practical_tasks": t("Det praktiske derhjemme"),
        "self_care": t("At passe på dig selv"),
        "mobility": t("At komme rundt"),
        "communication": t("At tale med andre og blive forstået"),
        "community_life": t("Job, skole og fritid"),
        "relations": t("Familie og venner"),
        "mental_functions": t("Tanker, humør og hukommelse"),
        "health_conditions": t("Sygdom og helbred"),
        "physical_functions": t("Kroppen"),
        "social_conditions": t("Penge, alkohol og livet omkring dig"),
        "surroundings": t("Bolig og omgivelser"),
    }.get(theme.code, theme.name)


def level(t: Translator, code: FunctionLevel) -> str:
    """Return how hard something is."""
    return {
        FunctionLevel.NONE: t("Går godt"),
        FunctionLevel.MILD: t("Lidt svært"),
        FunctionLevel.MODERATE: t("Noget svært"),
        FunctionLevel.SEVERE: t("Meget svært"),
        FunctionLevel.COMPLETE: t("Kan ikke"),
        FunctionLevel.NOT_ASSESSED: t("Ikke vurderet"),
    }[code]


def written(t: Translator, view: OwnView | ProfessionalView) -> str:
    """Return who wrote a view, and when."""
    day = formats.day_in_words(t, view.written_at.astimezone(formats.DENMARK).date())
    return t("{name}, {day}", name=isolated(view.written_by.name), day=day)
