"""What is acted on, in the few words that the policy needs to know about it."""

from enum import StrEnum
from typing import Final, NamedTuple
from uuid import UUID

from portal.contract.goals import GoalOwner
from portal.contract.people import Administration


class ResourceKind(StrEnum):
    """A kind of resource; also the word in the access log and the history."""

    PERSON = "person"
    PLAN = "plan"
    ABOUT_ME = "about_me"
    PLAN_REQUEST = "plan_request"
    GOAL = "goal"
    STEP = "step"
    INTERVENTION = "intervention"
    APPOINTMENT = "appointment"
    DECISION = "decision"
    PROMISE = "promise"
    THREAD = "thread"
    HOUSEHOLD = "household"
    CONSENT = "consent"
    DRAFT = "draft"
    ACCESS_LOG = "access_log"
    OWN_VIEW = "own_view"
    PROFESSIONAL_VIEW = "professional_view"
    FOLLOW_UP = "follow_up"
    MINUTES = "minutes"
    TOLD_FACT = "told_fact"
    FACT_REQUEST = "fact_request"
    ATTACHMENT = "attachment"
    INVITATION = "invitation"
    HELPER = "helper"
    SAFETY_HIDING = "safety_hiding"
    RIGHTS_REQUEST = "rights_request"
    CONTACT_ASSIGNMENT = "contact_assignment"
    CASE_WORKER = "case_worker"
    ABSENCE = "absence"
    COLLEAGUES = "colleagues"
    FIGURES = "figures"
    SHARING = "sharing"
    EXPORT = "export"
    CALENDAR_ADDRESS = "calendar_address"


UPCOMING: Final = "upcoming"
PAST: Final = "past"
"""The ``state`` of a meeting."""


class Resource(NamedTuple):
    """A resource as the policy sees it. A tuple, for many are made for each request.

    - ``id``: absent for what does not exist yet (``CREATE``, ``GIVE``).
    - ``citizen_id``: whose plan it belongs to; absent for what a household shares.
    - ``administration``: who owns it; of a consent, the administration it lets see.
    - ``state``: its own where it has one; of a step, its goal's. For attachments and professional
      views the words are in `planapi.policy.decide`.
    - ``created_by``: of a draft, an unsent attachment or an absence, whose it is;
      of a consent, who gave it.
    - ``part_of``: what it stands and falls with, such as a step's goal: hidden together.
    - ``variety``: the kind of a consent or of a helper.
    - ``granted_to``: of what the citizen told once, the administrations that may use it today.
    - ``contact_person_id``: of a request for a plan, whom its citizen has today, if anybody.
    """

    kind: ResourceKind
    id: UUID | None
    citizen_id: UUID | None
    household_id: UUID | None = None
    administration: Administration | None = None
    owner: GoalOwner | None = None
    state: str | None = None
    assignee_id: UUID | None = None
    created_by: UUID | None = None
    granted_to: frozenset[Administration] = frozenset()
    part_of: UUID | None = None
    variety: str | None = None
    contact_person_id: UUID | None = None
