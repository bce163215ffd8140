"""The collected assessment by theme: what professionals see, and the citizen's own view beside it.

Themes and levels are those of Fælles Faglige Begreber (VUM 2.0). The themes are dated data.
"""

from uuid import UUID

from pydantic import AwareDatetime, Field

from portal.contract.base import Command, Model, Paragraphs, Resource, Words
from portal.contract.people import Administration, PersonRef
from portal.contract.words import Word


class ThemeArea(Word):
    """The three areas that the themes are grouped in."""

    ACTIVITY = "activity"
    FUNCTIONS = "functions"
    SURROUNDINGS = "surroundings"


class FunctionLevel(Word):
    """How much a person is limited within a theme (Funktionsniveau), least first."""

    NONE = "none"
    MILD = "mild"
    MODERATE = "moderate"
    SEVERE = "severe"
    COMPLETE = "complete"
    NOT_ASSESSED = "not_assessed"


class AssessmentTheme(Model):
    """A theme of the assessment; ``name`` is the Danish term of the field."""

    code: str = Field(examples=["self_care"])
    area: ThemeArea
    name: str = Field(examples=["Egenomsorg"])


class OwnView(Resource):
    """How the citizen sees a theme themselves."""

    text: str
    level: FunctionLevel | None = Field(default=None, description="The citizen's own estimate")
    written_by: PersonRef
    written_at: AwareDatetime


class ProfessionalView(Resource):
    """How an administration sees a theme. Each writes its own."""

    administration: Administration
    text: str
    level: FunctionLevel
    written_by: PersonRef
    written_at: AwareDatetime


class ThemeAssessment(Model):
    """Everything about one theme that the actor may see."""

    theme: AssessmentTheme
    own: OwnView | None = None
    professional: tuple[ProfessionalView, ...] = ()


class Assessment(Model):
    """All themes, in the order of the field, also those that nobody wrote about yet."""

    plan_id: UUID
    citizen: PersonRef
    themes: tuple[ThemeAssessment, ...] = ()
    may_write_own: bool = False
    may_assess: bool = False
    withheld: tuple[Administration, ...] = Field(
        default=(), description="Administrations with a view that the actor may not see"
    )


class EditOwnView(Command):
    """The whole new own view of a theme."""

    text: Paragraphs
    level: FunctionLevel | None = None


class EditProfessionalView(Command):
    """The whole new view of the asking professional's administration."""

    text: Words
    level: FunctionLevel
