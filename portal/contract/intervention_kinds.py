"""What only some interventions have: a work trial has a workplace, a course a number of times.

What all of them have is in `portal.contract.plans`; each says its kind beside that.
"""

from typing import Annotated, Literal

from pydantic import Field
from typing_extensions import TypeAliasType

from portal.contract.base import Command, Model, Title
from portal.contract.words import Word, WrittenAsText


class InterventionKind(Word):
    """What an intervention is.

    ``talks`` are with a professional, alone or with the family. ``support`` is given by somebody
    who comes along in everyday life. ``other`` is everything else, such as a whole programme.
    """

    WORK_TRIAL = "work_trial"
    COURSE = "course"
    TALKS = "talks"
    SUPPORT = "support"
    GRANT = "grant"
    OTHER = "other"


class SupportPlace(Word):
    """Where support is given."""

    AT_HOME = "at_home"
    AWAY = "away"
    HOST_FAMILY = "host_family"
    REMOTE = "remote"


_WORKPLACE = "Name of the workplace"
_CONTACT = "Name of whoever is there for the citizen at the workplace"
_SESSIONS = "How many times in all; absent where that is open"
_IN_GROUP = "Whether others take part"
_PAYS_FOR = "What the municipality pays, in plain words"


class WorkTrial(Model):
    """Unpaid work for a time, to find out what one can do."""

    kind: Annotated[Literal[InterventionKind.WORK_TRIAL], WrittenAsText()]
    workplace: str = Field(description=_WORKPLACE, examples=["Solby Bibliotek"])
    contact: str | None = Field(default=None, description=_CONTACT)


class Course(Model):
    """Teaching or training."""

    kind: Annotated[Literal[InterventionKind.COURSE], WrittenAsText()]
    sessions: int | None = Field(default=None, description=_SESSIONS, examples=[8])
    in_group: bool = Field(default=True, description=_IN_GROUP)


class Talks(Model):
    """Talks with a professional."""

    kind: Annotated[Literal[InterventionKind.TALKS], WrittenAsText()]
    sessions: int | None = Field(default=None, description=_SESSIONS, examples=[6])


class Support(Model):
    """Somebody who helps in everyday life."""

    kind: Annotated[Literal[InterventionKind.SUPPORT], WrittenAsText()]
    given: SupportPlace


class Grant(Model):
    """Money for something."""

    kind: Annotated[Literal[InterventionKind.GRANT], WrittenAsText()]
    pays_for: str = Field(description=_PAYS_FOR, examples=["Fodbold i et år"])


class OtherIntervention(Model):
    """Anything else."""

    kind: Annotated[Literal[InterventionKind.OTHER], WrittenAsText()] = InterventionKind.OTHER


InterventionDetails = TypeAliasType(
    "InterventionDetails",
    Annotated[
        WorkTrial | Course | Talks | Support | Grant | OtherIntervention,
        Field(discriminator="kind", description="What only this kind of intervention has."),
    ],
)
"""What only this kind of intervention has."""


class DeliverWorkTrial(Command):
    """A work trial, as a source delivers it."""

    kind: Literal[InterventionKind.WORK_TRIAL]
    workplace: Title = Field(description=_WORKPLACE, examples=["Solby Bibliotek"])
    contact: Title | None = Field(default=None, description=_CONTACT)


class DeliverCourse(Command):
    """Teaching or training, as a source delivers it."""

    kind: Literal[InterventionKind.COURSE]
    sessions: int | None = Field(default=None, ge=1, le=1_000, description=_SESSIONS)
    in_group: bool = Field(default=True, description=_IN_GROUP)


class DeliverTalks(Command):
    """Talks with a professional, as a source delivers them."""

    kind: Literal[InterventionKind.TALKS]
    sessions: int | None = Field(default=None, ge=1, le=1_000, description=_SESSIONS)


class DeliverSupport(Command):
    """Somebody who helps in everyday life, as a source delivers it."""

    kind: Literal[InterventionKind.SUPPORT]
    given: SupportPlace


class DeliverGrant(Command):
    """Money for something, as a source delivers it."""

    kind: Literal[InterventionKind.GRANT]
    pays_for: Title = Field(description=_PAYS_FOR, examples=["Fodbold i et år"])


class DeliverOther(Command):
    """Anything else, as a source delivers it."""

    kind: Literal[InterventionKind.OTHER] = InterventionKind.OTHER


DeliverDetails = TypeAliasType(
    "DeliverDetails",
    Annotated[
        DeliverWorkTrial
        | DeliverCourse
        | DeliverTalks
        | DeliverSupport
        | DeliverGrant
        | DeliverOther,
        Field(discriminator="kind", description="What only this kind of intervention has."),
    ],
)
"""What only this kind of intervention has, as a source delivers it."""
