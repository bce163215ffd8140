"""Tell it once: what the citizen has told, who asked for it, who uses it, and since when.

An administration asks about a topic and is told nothing but that it has asked. Where the citizen
has answered before, they let the answer be used; where not, they give it. Nobody learns from
asking whether there is an answer.
"""

from datetime import date
from typing import Annotated, Literal
from uuid import UUID

from pydantic import AwareDatetime, Field

from portal.contract.base import Code, Command, Model, Paragraphs, Resource, Title, Words
from portal.contract.consents import Category
from portal.contract.people import Administration, PersonRef
from portal.contract.words import Word


class FactTopic(Model):
    """Something that a citizen is asked about; ``name`` is what people call it, in Danish."""

    code: str = Field(examples=["housing"])
    category: Category
    name: str = Field(examples=["Bolig"])


class FactUse(Model):
    """An administration that uses an answer."""

    administration: Administration
    purpose: str
    since: date
    until: date = Field(description="The last day")


class ToldFact(Resource):
    """What the citizen has told about a topic. Only the citizen is told who uses it.

    ``given_by`` wrote it down: the citizen, or their contact person for them (``on_behalf``).
    """

    topic: FactTopic
    text: str
    given_by: PersonRef
    given_at: AwareDatetime
    on_behalf: bool = Field(
        default=False, description="Whether the contact person wrote down what the citizen told"
    )
    first_asked_by: Administration | None = None
    uses: tuple[FactUse, ...] = ()


class FactRequestState(Word):
    """Where a request is. ``expired`` is granted with the last day gone by."""

    OPEN = "open"
    GRANTED = "granted"
    REFUSED = "refused"
    STOPPED = "stopped"
    EXPIRED = "expired"


class FactRequest(Resource):
    """An administration would like to know something."""

    plan_id: UUID
    topic: FactTopic
    administration: Administration
    purpose: str
    state: FactRequestState
    asked_by: PersonRef
    asked_at: AwareDatetime
    answered_at: AwareDatetime | None = None
    reason: str = Field(default="", description="Why not, where the citizen said so")
    valid_until: date | None = None
    already_told: bool = Field(
        default=False, description="To the citizen only: there is an answer to let be used"
    )


class ToldFactList(Model):
    """What was told, by topic, and what is asked for, newest first."""

    plan_id: UUID
    topics: tuple[FactTopic, ...] = ()
    facts: tuple[ToldFact, ...] = ()
    requests: tuple[FactRequest, ...] = ()
    may_tell: bool = False
    may_ask: bool = False
    may_grant: bool = Field(
        default=False, description="True also where the login is too old: one can log in again"
    )


class TellFact(Command):
    """The whole new answer about a topic."""

    text: Words


class AskForFact(Command):
    """What the asking professional's administration needs to know, and for what."""

    topic: Code
    purpose: Title


class GrantFact(Command):
    """Yes: until ``valid_until``, at most 12 months. ``text`` where nothing was told before."""

    answer: Literal["grant"]
    valid_until: date
    text: Words | None = None


class RefuseFact(Command):
    """No; nobody has to say why."""

    answer: Literal["refuse"]
    reason: Paragraphs = ""


class StopFact(Command):
    """No more, from the next reading on."""

    answer: Literal["stop"]


AnswerFactRequest = Annotated[GrantFact | RefuseFact | StopFact, Field(discriminator="answer")]
