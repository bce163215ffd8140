"""The portal's way to the plan API: one method per endpoint, one error per thing that happens.

Views hold one client per signed-in person; ``portal.asgi`` builds it. A ``key`` names one act of a
person: sent twice, the plan API does it once (``Idempotency-Key``). A ``version`` is what the
person saw: where somebody was faster, ``PlanConflict`` carries the newest state (``If-Match``).

- PlanError
  - PlanUnavailable: no answer, or one that says "later"; the same call may be tried again
  - PlanResponseInvalid: an answer that is not the contract's
  - SignedOut: the actor token was refused
  - StepUpNeeded: the login is too old or too weak for this
  - PlanRefused: the policy says no
  - PlanNotFound: nothing there, or nothing that this person may know of
  - PlanConflict: changed meanwhile
  - PlanInvalid: fields that the plan API does not accept
"""

from collections.abc import Awaitable, Callable
from email.message import EmailMessage
from inspect import iscoroutine
from typing import Any, Final, Protocol, TypeVar
from urllib.parse import quote
from uuid import UUID

import httpx
import structlog
from asgi_correlation_id import correlation_id
from pydantic import BaseModel, SecretStr, TypeAdapter, ValidationError

from portal.contract.access import AccessLog, AccessVisitList
from portal.contract.assessments import (
    Assessment,
    EditOwnView,
    EditProfessionalView,
    OwnView,
    ProfessionalView,
)
from portal.contract.attachments import Attachment, DownloadedFile, MediaType
from portal.contract.base import from_json
from portal.contract.calendar import (
    CalendarAddress,
    FollowCalendar,
    FollowedCalendar,
    IssueCalendarAddress,
)
from portal.contract.case_workers import AssignCaseWorker, CaseWorkerList
from portal.contract.consents import (
    CONSENT,
    Consent,
    ConsentList,
    ConsentOffers,
    GiveConsent,
    RenewConsent,
    SignConsent,
)
from portal.contract.errors import FieldProblem, Problem, ProblemType
from portal.contract.exports import Export, ExportFormat
from portal.contract.figures import Figures
from portal.contract.follow_ups import (
    CancelFollowUp,
    ConcludeFollowUp,
    EditAgendaItem,
    EditFollowUp,
    FollowUp,
    FollowUpList,
    NewAgendaItem,
    NewFollowUp,
)
from portal.contract.goals import (
    GOAL,
    EditGoal,
    EditStep,
    Goal,
    GoalList,
    History,
    MarkGoalSeen,
    MoveGoal,
    NewGoal,
    NewRating,
    NewStep,
    OrderGoals,
    Step,
    TickStep,
)
from portal.contract.handovers import Absence, AbsenceList, ColleagueList, HandOver, NewAbsence
from portal.contract.helpers import AddHelper, AppointGuardian, Helper, HelperList
from portal.contract.households import (
    AnswerInvitation,
    HouseholdList,
    Invitation,
    InvitationList,
    InviteMember,
    NewHousehold,
)
from portal.contract.messages import (
    Draft,
    MarkRead,
    NewMessage,
    NewThread,
    SaveDraft,
    Thread,
    ThreadList,
)
from portal.contract.minutes import (
    CommentMinutes,
    EditMinutes,
    Minutes,
    MinutesList,
    NewMinutes,
)
from portal.contract.notifications import ChooseNotifications, NotificationChoice
from portal.contract.overview import Overview
from portal.contract.people import (
    AboutMe,
    AnswerPlanRequest,
    AskForPlan,
    ChooseLanguage,
    DownloadedPicture,
    EditAboutMe,
    LinkedIdentity,
    LinkIdentity,
    Me,
    PictureType,
    PlanRequest,
)
from portal.contract.plans import (
    AnswerAppointment,
    Appointment,
    Decision,
    EditPromise,
    KeepPromise,
    MoveAppointment,
    NewDecision,
    NewPromise,
    Plan,
    Promise,
)
from portal.contract.receipts import ConsentReceipt
from portal.contract.rights import (
    AnswerRightsRequest,
    NewRightsRequest,
    RightsRequest,
    RightsRequestList,
)
from portal.contract.safety import HideForSafety, LiftHiding, SafetyHiding, SafetyHidings
from portal.contract.sharing import (
    GoalShares,
    OtherPeople,
    SharedView,
    ShareGoal,
    SharingMatrix,
)
from portal.contract.told_facts import (
    AnswerFactRequest,
    AskForFact,
    FactRequest,
    TellFact,
    ToldFact,
    ToldFactList,
)
from portal.contract.work import Briefing, CitizenList, Inbox
from portal.contract.workload import Load, Overlaps

_log = structlog.get_logger(__name__)

_Answer = TypeVar("_Answer", bound=BaseModel)
_Value = TypeVar("_Value")

REQUEST_ID_HEADER: Final = "X-Request-ID"
EXPORT_TIMEOUT_SECONDS: Final = 60.0
"""An export reads a whole life, which takes longer than a screen."""


class PlanError(Exception):
    """Anything that kept a call from doing what was asked."""


class PlanUnavailable(PlanError):
    """No answer from the plan API; the same call may be tried again."""


class PlanResponseInvalid(PlanError):
    """The plan API answered something that is not in the contract."""


class SignedOut(PlanError):
    """The plan API does not know the caller any more."""


class StepUpNeeded(PlanError):
    """The login is too old or too weak for this; log in again and repeat."""


class PlanRefused(PlanError):
    """The policy says no."""


class PlanNotFound(PlanError):
    """Nothing there, or nothing that this person may know of."""


class PlanConflict(PlanError):
    """Somebody changed it meanwhile; ``current`` is the newest state as JSON, if known."""

    def __init__(self, current: dict[str, Any] | None) -> None:
        super().__init__("changed meanwhile")
        self.current = current


class PlanInvalid(PlanError):
    """Fields that the plan API does not accept."""

    def __init__(self, errors: tuple[FieldProblem, ...]) -> None:
        super().__init__("not accepted")
        self.errors = errors


class _MustAsk(Exception):
    """What is wanted is not at hand."""


_BY_TYPE: Final[dict[ProblemType, type[PlanError]]] = {
    ProblemType.NOT_AUTHENTICATED: SignedOut,
    ProblemType.STEP_UP_NEEDED: StepUpNeeded,
    ProblemType.NOT_ALLOWED: PlanRefused,
    ProblemType.NOT_FOUND: PlanNotFound,
    ProblemType.UNAVAILABLE: PlanUnavailable,
    ProblemType.INTERNAL: PlanUnavailable,
}


async def on_newest(change: Callable[[_Answer], Awaitable[_Value]], seen: _Answer) -> _Value:
    """Make a change to what was ``seen``; where it is stale, once more to what stands there now.

    Only for what is right whatever was changed meanwhile, such as a person's own last choice.
    """
    try:
        return await change(seen)
    except PlanConflict as newer:
        if newer.current is None:
            raise
        return await change(type(seen).model_validate(newer.current))


class Shelf(Protocol):
    """Answers that are still true, so that they need not be asked for again."""

    def take(self, address: str) -> BaseModel | None:
        """Return the answer for ``address``, None where it must be asked for."""

    def put(self, address: str, answer: BaseModel) -> None:
        """Keep an answer."""

    def clear(self) -> None:
        """Forget everything: something was written."""


class PlanClient:
    """Calls the plan API in the name of one actor."""

    def __init__(
        self,
        http: httpx.AsyncClient,
        token: Callable[[], str],
        shelf: Shelf | None = None,
    ) -> None:
        """``http`` has the plan API's base URL; ``token`` signs a fresh actor token.

        ``shelf`` is where readings come from and go to.
        """
        self._http = http
        self._token = token
        self._shelf = shelf
        self._may_ask = True

    def at_hand(self, read: Callable[[], Awaitable[_Value]]) -> _Value | None:
        """Return what ``read``, a method of this client, knows without asking; else None.

        So a screen can begin with what its page has just read, instead of a sign that it waits.
        """
        if self._shelf is None or getattr(read, "__self__", None) is not self:
            return None
        reading = read()
        if not iscoroutine(reading):
            return None
        self._may_ask = False
        try:
            reading.send(None)
        except StopIteration as known:
            found: _Value = known.value
            return found
        except _MustAsk:
            return None
        finally:
            self._may_ask = True
            reading.close()
        return None

    # -- who is it

    async def link_identity(self, identity: LinkIdentity, key: str) -> LinkedIdentity:
        """Tie a verified login to a person. Raises ``PlanNotFound`` where nobody fits."""
        body = identity.model_dump(mode="json")
        if isinstance(identity.cpr, SecretStr):
            body["cpr"] = identity.cpr.get_secret_value()
        return await self._call("POST", "/v1/identities", LinkedIdentity, json=body, key=key)

    async def me(self) -> Me:
        """Return who is signed in."""
        return await self._call("GET", "/v1/me", Me)

    async def choose_language(self, command: ChooseLanguage, version: int) -> Me:
        """Keep the language that the person reads; ``version`` 0 where none was chosen yet."""
        return await self._call("PUT", "/v1/me/language", Me, json=_json(command), version=version)

    async def keep_language(self, command: ChooseLanguage) -> Me:
        """Keep the language that the person has chosen just now, over one chosen elsewhere."""
        return await on_newest(
            lambda me: self.choose_language(command, me.version), await self.me()
        )

    async def notifications(self) -> NotificationChoice:
        """Return how the person wants to be told of news."""
        return await self._call("GET", "/v1/me/notifications", NotificationChoice)

    async def choose_notifications(
        self, command: ChooseNotifications, version: int
    ) -> NotificationChoice:
        """Keep how the person wants to be told of news; ``version`` 0 for the first choice."""
        path = "/v1/me/notifications"
        return await self._call(
            "PUT", path, NotificationChoice, json=_json(command), version=version
        )

    # -- reading

    async def overview(self) -> Overview:
        """Return what the citizen needs to know or do now."""
        return await self._call("GET", "/v1/overview", Overview)

    async def plan(self) -> Plan:
        """Return the citizen's own plan. Raises ``PlanNotFound`` where there is none."""
        return await self._call("GET", "/v1/plan", Plan)

    async def edit_about_me(self, command: EditAboutMe, version: int) -> AboutMe:
        """Replace the citizen's own words; ``version`` 0 where nothing was written yet."""
        return await self._call(
            "PUT", "/v1/about-me", AboutMe, json=_json(command), version=version
        )

    async def about_me_history(self) -> History:
        """Return what was changed in the citizen's own words, newest first."""
        return await self._call("GET", "/v1/about-me/history", History)

    async def request_plan(self, command: AskForPlan, key: str) -> PlanRequest:
        """Ask for a plan."""
        return await self._call(
            "POST", "/v1/plan-requests", PlanRequest, json=_json(command), key=key
        )

    # -- goals

    async def goals(self) -> GoalList:
        """Return own goals and those of the households."""
        return await self._call("GET", "/v1/goals", GoalList)

    async def goal(self, goal_id: UUID) -> Goal:
        """Return one goal with its steps and ratings."""
        return await self._call("GET", f"/v1/goals/{goal_id}", GOAL)

    async def create_goal(self, command: NewGoal, key: str) -> Goal:
        """Write a new goal."""
        return await self._call("POST", "/v1/goals", GOAL, json=_json(command), key=key)

    async def edit_goal(self, goal_id: UUID, command: EditGoal, version: int) -> Goal:
        """Change a goal's wording."""
        return await self._call(
            "PUT", f"/v1/goals/{goal_id}", GOAL, json=_json(command), version=version
        )

    async def move_goal(self, goal_id: UUID, command: MoveGoal, version: int) -> Goal:
        """Accept, pause, take up again, drop or reach a goal."""
        return await self._call(
            "PUT", f"/v1/goals/{goal_id}/state", GOAL, json=_json(command), version=version
        )

    async def add_step(self, goal_id: UUID, command: NewStep, key: str) -> Step:
        """Add a step to a goal."""
        return await self._call(
            "POST", f"/v1/goals/{goal_id}/steps", Step, json=_json(command), key=key
        )

    async def edit_step(self, step_id: UUID, command: EditStep, version: int) -> Step:
        """Change a step's wording, assignee or day."""
        return await self._call(
            "PUT", f"/v1/steps/{step_id}", Step, json=_json(command), version=version
        )

    async def tick_step(self, step_id: UUID, command: TickStep, version: int) -> Step:
        """Mark a step as done, or undo that."""
        return await self._call(
            "PUT", f"/v1/steps/{step_id}/done", Step, json=_json(command), version=version
        )

    async def rate_goal(self, goal_id: UUID, command: NewRating, key: str) -> Goal:
        """Say how close the goal feels now."""
        return await self._call(
            "POST", f"/v1/goals/{goal_id}/ratings", GOAL, json=_json(command), key=key
        )

    async def goal_history(self, goal_id: UUID) -> History:
        """Return what was changed in a goal and its steps, newest first."""
        return await self._call("GET", f"/v1/goals/{goal_id}/history", History)

    async def mark_goal_seen(self, goal_id: UUID, command: MarkGoalSeen) -> None:
        """Tell how much of a goal's history was on the screen."""
        await self._send("PUT", f"/v1/goals/{goal_id}/seen", json=_json(command))

    async def order_goals(self, command: OrderGoals, version: int) -> GoalList:
        """Put the citizen's own goals in another order; returns them so."""
        path = "/v1/goals/order"
        return await self._call("PUT", path, GoalList, json=_json(command), version=version)

    async def households(self) -> HouseholdList:
        """Return the households with members and joint goals."""
        return await self._call("GET", "/v1/households", HouseholdList)

    # -- messages

    async def threads(self, cursor: str | None = None, q: str | None = None) -> ThreadList:
        """Return the person's threads, last written first, 20 a page; with ``q``, what is found."""
        params = {"cursor": cursor, "q": q}
        return await self._call("GET", "/v1/threads", ThreadList, params=params)

    async def thread(self, thread_id: UUID, older: str | None = None) -> Thread:
        """Return the newest 50 messages of a thread, or the 50 before ``older``."""
        return await self._call("GET", f"/v1/threads/{thread_id}", Thread, params={"older": older})

    async def start_thread(self, command: NewThread, key: str) -> Thread:
        """Write a first message."""
        return await self._call("POST", "/v1/threads", Thread, json=_json(command), key=key)

    async def send_message(self, thread_id: UUID, command: NewMessage, key: str) -> Thread:
        """Reply in a thread."""
        return await self._call(
            "POST", f"/v1/threads/{thread_id}/messages", Thread, json=_json(command), key=key
        )

    async def mark_read(self, thread_id: UUID, command: MarkRead) -> None:
        """Tell that the messages up to one were on the screen."""
        await self._send("PUT", f"/v1/threads/{thread_id}/read", json=_json(command))

    # -- drafts; ``name`` is for example ``goal:new`` or ``message:<thread id>``

    async def draft(self, name: str) -> Draft:
        """Return the saved fields of a form, none when there is no draft."""
        return await self._call("GET", f"/v1/drafts/{quote(name)}", Draft)

    async def save_draft(self, name: str, command: SaveDraft, version: int) -> Draft:
        """Keep the fields of a form as typed so far; ``version`` 0 where there is no draft."""
        return await self._call(
            "PUT", f"/v1/drafts/{quote(name)}", Draft, json=_json(command), version=version
        )

    async def drop_draft(self, name: str, version: int) -> None:
        """Forget a draft, unless it was saved since; none that is gone already."""
        await self._send("DELETE", f"/v1/drafts/{quote(name)}", version=version)

    # -- consent and trust

    async def consents(self) -> ConsentList:
        """Return all consents, active first."""
        return await self._call("GET", "/v1/consents", ConsentList)

    async def consent(self, consent_id: UUID) -> Consent:
        """Return one consent."""
        return await self._call("GET", f"/v1/consents/{consent_id}", CONSENT)

    async def consent_offers(self, language: str) -> ConsentOffers:
        """Return what the person can consent to, with texts in ``language`` (Danish if none)."""
        return await self._call(
            "GET", "/v1/consent-offers", ConsentOffers, params={"language": language}
        )

    async def give_consent(self, command: GiveConsent, key: str) -> Consent:
        """Give a consent. Raises ``StepUpNeeded`` when the login is over 60 minutes old."""
        return await self._call("POST", "/v1/consents", CONSENT, json=_json(command), key=key)

    async def withdraw_consent(self, consent_id: UUID, key: str) -> Consent:
        """Withdraw a consent; it works at the next read."""
        return await self._call("POST", f"/v1/consents/{consent_id}/withdrawal", CONSENT, key=key)

    async def sign_consent(self, consent_id: UUID, command: SignConsent, key: str) -> Consent:
        """Sign a consent that waits for the person. Raises ``StepUpNeeded`` for an old login."""
        path = f"/v1/consents/{consent_id}/signature"
        return await self._call("POST", path, CONSENT, json=_json(command), key=key)

    async def consents_of_child(self, citizen_id: UUID) -> ConsentList:
        """Return a child's consents, to a custody holder."""
        return await self._call("GET", f"/v1/people/{citizen_id}/consents", ConsentList)

    async def consent_offers_for_child(self, citizen_id: UUID, language: str) -> ConsentOffers:
        """Return what a custody holder can consent to for a child."""
        path = f"/v1/people/{citizen_id}/consent-offers"
        return await self._call("GET", path, ConsentOffers, params={"language": language})

    async def give_consent_for_child(
        self, citizen_id: UUID, command: GiveConsent, key: str
    ) -> Consent:
        """Give a consent as a custody holder. Raises ``StepUpNeeded`` for an old login."""
        path = f"/v1/people/{citizen_id}/consents"
        return await self._call("POST", path, CONSENT, json=_json(command), key=key)

    async def access_log(self, cursor: str | None = None) -> AccessLog:
        """Return who read what about the person, newest first."""
        return await self._call("GET", "/v1/access-log", AccessLog, params={"cursor": cursor})

    async def access_visits(self, cursor: str | None = None) -> AccessVisitList:
        """Return who read about the person, as visits of a quarter of an hour, newest first."""
        return await self._call(
            "GET", "/v1/access-log/visits", AccessVisitList, params={"cursor": cursor}
        )

    async def readings_of_visit(self, entry_id: int, cursor: str | None = None) -> AccessLog:
        """Return each reading of the visit that an entry belongs to, newest first."""
        params = {"visit": str(entry_id), "cursor": cursor}
        return await self._call("GET", "/v1/access-log", AccessLog, params=params)

    # -- the assessment by theme; ``version`` 0 where nothing was written yet

    async def assessment(self, plan_id: UUID) -> Assessment:
        """Return all themes with own and professional views."""
        return await self._call("GET", f"/v1/plans/{plan_id}/assessment", Assessment)

    async def edit_own_view(
        self, plan_id: UUID, theme: str, command: EditOwnView, version: int
    ) -> OwnView:
        """Replace the citizen's own view of a theme."""
        path = f"/v1/plans/{plan_id}/assessment/{quote(theme)}/own"
        return await self._call("PUT", path, OwnView, json=_json(command), version=version)

    async def edit_professional_view(
        self, plan_id: UUID, theme: str, command: EditProfessionalView, version: int
    ) -> ProfessionalView:
        """Replace the own administration's view of a theme."""
        path = f"/v1/plans/{plan_id}/assessment/{quote(theme)}/professional"
        return await self._call("PUT", path, ProfessionalView, json=_json(command), version=version)

    async def assessment_history(self, plan_id: UUID, theme: str) -> History:
        """Return what was changed in the views of a theme that the person sees, newest first."""
        path = f"/v1/plans/{plan_id}/assessment/{quote(theme)}/history"
        return await self._call("GET", path, History)

    # -- follow-ups

    async def follow_ups(self, plan_id: UUID) -> FollowUpList:
        """Return the follow-ups of a plan, latest day first."""
        return await self._call("GET", f"/v1/plans/{plan_id}/follow-ups", FollowUpList)

    async def follow_up(self, follow_up_id: UUID) -> FollowUp:
        """Return one follow-up."""
        return await self._call("GET", f"/v1/follow-ups/{follow_up_id}", FollowUp)

    async def book_follow_up(self, plan_id: UUID, command: NewFollowUp, key: str) -> FollowUp:
        """Book a follow-up of the plan, of a goal or of an intervention."""
        path = f"/v1/plans/{plan_id}/follow-ups"
        return await self._call("POST", path, FollowUp, json=_json(command), key=key)

    async def edit_follow_up(
        self, follow_up_id: UUID, command: EditFollowUp, version: int
    ) -> FollowUp:
        """Give a follow-up another day."""
        path = f"/v1/follow-ups/{follow_up_id}"
        return await self._call("PUT", path, FollowUp, json=_json(command), version=version)

    async def add_agenda_item(
        self, follow_up_id: UUID, command: NewAgendaItem, key: str
    ) -> FollowUp:
        """Say what one wants to talk about."""
        path = f"/v1/follow-ups/{follow_up_id}/agenda"
        return await self._call("POST", path, FollowUp, json=_json(command), key=key)

    async def edit_agenda_item(
        self, follow_up_id: UUID, item_id: UUID, command: EditAgendaItem, version: int
    ) -> FollowUp:
        """Reword what one's own side wants to talk about; ``version`` is the follow-up's."""
        path = f"/v1/follow-ups/{follow_up_id}/agenda/{item_id}"
        return await self._call("PUT", path, FollowUp, json=_json(command), version=version)

    async def remove_agenda_item(self, follow_up_id: UUID, item_id: UUID, version: int) -> FollowUp:
        """Take away what one's own side wanted to talk about."""
        path = f"/v1/follow-ups/{follow_up_id}/agenda/{item_id}"
        return await self._call("DELETE", path, FollowUp, version=version)

    async def conclude_follow_up(
        self, follow_up_id: UUID, command: ConcludeFollowUp, version: int
    ) -> FollowUp:
        """Write what a follow-up led to; the next one is booked where it goes on."""
        path = f"/v1/follow-ups/{follow_up_id}/conclusion"
        return await self._call("PUT", path, FollowUp, json=_json(command), version=version)

    async def cancel_follow_up(
        self, follow_up_id: UUID, command: CancelFollowUp, version: int
    ) -> FollowUp:
        """Say that a follow-up will not be held."""
        path = f"/v1/follow-ups/{follow_up_id}/cancellation"
        return await self._call("PUT", path, FollowUp, json=_json(command), version=version)

    async def follow_up_history(self, follow_up_id: UUID) -> History:
        """Return what was changed in a follow-up, newest first."""
        return await self._call("GET", f"/v1/follow-ups/{follow_up_id}/history", History)

    # -- time

    async def appointment(self, appointment_id: UUID) -> Appointment:
        """Return one meeting."""
        return await self._call("GET", f"/v1/appointments/{appointment_id}", Appointment)

    async def answer_appointment(
        self, appointment_id: UUID, command: AnswerAppointment, version: int
    ) -> Appointment:
        """Say that one comes, or that one cannot and what would fit better."""
        path = f"/v1/appointments/{appointment_id}/answer"
        return await self._call("PUT", path, Appointment, json=_json(command), version=version)

    async def move_appointment(
        self, appointment_id: UUID, command: MoveAppointment, version: int
    ) -> Appointment:
        """Give a meeting another time; the citizen answers anew."""
        path = f"/v1/appointments/{appointment_id}/time"
        return await self._call("PUT", path, Appointment, json=_json(command), version=version)

    async def appointment_history(self, appointment_id: UUID) -> History:
        """Return what was answered and moved, newest first."""
        return await self._call("GET", f"/v1/appointments/{appointment_id}/history", History)

    async def overlaps(self, plan_id: UUID) -> Overlaps:
        """Return what overlaps from now on."""
        return await self._call("GET", f"/v1/plans/{plan_id}/overlaps", Overlaps)

    async def load(self, plan_id: UUID, *, weeks_back: int = 4, weeks_ahead: int = 8) -> Load:
        """Return hours and meetings of each week, at most 52 back and 52 ahead."""
        weeks: dict[str, str | None] = {
            "weeks_back": str(weeks_back),
            "weeks_ahead": str(weeks_ahead),
        }
        return await self._call("GET", f"/v1/plans/{plan_id}/load", Load, params=weeks)

    async def calendar_address(self) -> CalendarAddress:
        """Return whether there is a private calendar address."""
        return await self._call("GET", "/v1/calendar-address", CalendarAddress)

    async def issue_calendar_address(
        self, command: IssueCalendarAddress, version: int
    ) -> CalendarAddress:
        """Issue an address, whose secret this answer alone holds; ``version`` 0 for the first."""
        return await self._call(
            "PUT", "/v1/calendar-address", CalendarAddress, json=_json(command), version=version
        )

    async def revoke_calendar_address(self, version: int) -> CalendarAddress:
        """End the address."""
        return await self._call("DELETE", "/v1/calendar-address", CalendarAddress, version=version)

    async def follow_calendar(self, command: FollowCalendar, key: str) -> FollowedCalendar:
        """Return what an address shows; for the portal itself. Raises ``PlanNotFound``."""
        path = "/v1/calendar-address/followed"
        return await self._call("POST", path, FollowedCalendar, json=_json(command), key=key)

    # -- promises and decisions

    async def make_promise(self, plan_id: UUID, command: NewPromise, key: str) -> Promise:
        """Write a citizen's own promise, or one of the own administration."""
        path = f"/v1/plans/{plan_id}/promises"
        return await self._call("POST", path, Promise, json=_json(command), key=key)

    async def promise(self, promise_id: UUID) -> Promise:
        """Return one promise."""
        return await self._call("GET", f"/v1/promises/{promise_id}", Promise)

    async def edit_promise(self, promise_id: UUID, command: EditPromise, version: int) -> Promise:
        """Replace a promise's wording."""
        path = f"/v1/promises/{promise_id}"
        return await self._call("PUT", path, Promise, json=_json(command), version=version)

    async def keep_promise(self, promise_id: UUID, command: KeepPromise, version: int) -> Promise:
        """Mark a promise as kept today, or undo that."""
        path = f"/v1/promises/{promise_id}/kept"
        return await self._call("PUT", path, Promise, json=_json(command), version=version)

    async def promise_history(self, promise_id: UUID) -> History:
        """Return what was changed in a promise, newest first."""
        return await self._call("GET", f"/v1/promises/{promise_id}/history", History)

    async def record_decision(self, plan_id: UUID, command: NewDecision, key: str) -> Decision:
        """Record a decision of the own administration; the last day to appeal is computed."""
        path = f"/v1/plans/{plan_id}/decisions"
        return await self._call("POST", path, Decision, json=_json(command), key=key)

    async def decision(self, decision_id: UUID) -> Decision:
        """Return one decision."""
        return await self._call("GET", f"/v1/decisions/{decision_id}", Decision)

    async def decision_history(self, decision_id: UUID) -> History:
        """Return what was changed in a decision, newest first."""
        return await self._call("GET", f"/v1/decisions/{decision_id}/history", History)

    # -- minutes

    async def all_minutes(self, plan_id: UUID) -> MinutesList:
        """Return the minutes of a plan, latest meeting first."""
        return await self._call("GET", f"/v1/plans/{plan_id}/minutes", MinutesList)

    async def minutes(self, minutes_id: UUID) -> Minutes:
        """Return the minutes of one meeting."""
        return await self._call("GET", f"/v1/minutes/{minutes_id}", Minutes)

    async def write_minutes(self, plan_id: UUID, command: NewMinutes, key: str) -> Minutes:
        """Write a draft, which the citizen does not see."""
        path = f"/v1/plans/{plan_id}/minutes"
        return await self._call("POST", path, Minutes, json=_json(command), key=key)

    async def edit_minutes(self, minutes_id: UUID, command: EditMinutes, version: int) -> Minutes:
        """Replace the wording of a draft."""
        path = f"/v1/minutes/{minutes_id}"
        return await self._call("PUT", path, Minutes, json=_json(command), version=version)

    async def share_minutes(self, minutes_id: UUID, version: int) -> Minutes:
        """Show a draft to the citizen; from now on its text stays as it is."""
        return await self._call(
            "PUT", f"/v1/minutes/{minutes_id}/sharing", Minutes, version=version
        )

    async def confirm_minutes(self, minutes_id: UUID, version: int) -> Minutes:
        """Say that this is how it was."""
        return await self._call(
            "PUT", f"/v1/minutes/{minutes_id}/confirmation", Minutes, version=version
        )

    async def comment_minutes(self, minutes_id: UUID, command: CommentMinutes, key: str) -> Minutes:
        """Write a comment or a disagreement, which stands beside the text."""
        path = f"/v1/minutes/{minutes_id}/comments"
        return await self._call("POST", path, Minutes, json=_json(command), key=key)

    async def minutes_history(self, minutes_id: UUID) -> History:
        """Return what was changed, newest first."""
        return await self._call("GET", f"/v1/minutes/{minutes_id}/history", History)

    # -- tell it once

    async def fact_request_history(self, request_id: UUID) -> History:
        """Return how a request was answered, newest first."""
        return await self._call("GET", f"/v1/fact-requests/{request_id}/history", History)

    async def told_facts(self, plan_id: UUID) -> ToldFactList:
        """Return what was told, and what is asked for."""
        return await self._call("GET", f"/v1/plans/{plan_id}/facts", ToldFactList)

    async def tell_fact(
        self, plan_id: UUID, topic: str, command: TellFact, version: int
    ) -> ToldFact:
        """Replace what the citizen told; ``version`` 0 where nothing was told yet."""
        path = f"/v1/plans/{plan_id}/facts/{quote(topic)}"
        return await self._call("PUT", path, ToldFact, json=_json(command), version=version)

    async def fact_history(self, plan_id: UUID, topic: str) -> History:
        """Return what was changed in what the citizen told, newest first."""
        path = f"/v1/plans/{plan_id}/facts/{quote(topic)}/history"
        return await self._call("GET", path, History)

    async def ask_for_fact(self, plan_id: UUID, command: AskForFact, key: str) -> FactRequest:
        """Ask about a topic in the name of the own administration."""
        path = f"/v1/plans/{plan_id}/fact-requests"
        return await self._call("POST", path, FactRequest, json=_json(command), key=key)

    async def answer_fact_request(
        self, request_id: UUID, command: AnswerFactRequest, version: int
    ) -> FactRequest:
        """Grant, refuse or stop. A grant raises ``StepUpNeeded`` when the login is too old."""
        path = f"/v1/fact-requests/{request_id}/answer"
        return await self._call("PUT", path, FactRequest, json=_json(command), version=version)

    # -- attachments

    async def upload_attachment(
        self,
        plan_id: UUID,
        name: str,
        content: bytes,
        key: str,
        *,
        attachment_id: UUID | None = None,
    ) -> Attachment:
        """Upload a file, to send with a message; ``attachment_id`` is the id that it gets.

        Raises ``PlanInvalid`` for what is not taken.
        """
        place: dict[str, str | None] = {
            "plan_id": str(plan_id),
            "name": name,
            "id": str(attachment_id) if attachment_id else None,
        }
        return await self._call(
            "POST", "/v1/attachments", Attachment, params=place, content=content, key=key
        )

    async def download_attachment(self, attachment_id: UUID) -> DownloadedFile:
        """Return a file of a message that one sees, or that one has uploaded."""
        path = f"/v1/attachments/{attachment_id}"
        response = await self._send("GET", path)
        described = EmailMessage()
        described["Content-Type"] = response.headers.get("Content-Type", "")
        described["Content-Disposition"] = response.headers.get("Content-Disposition", "")
        try:
            return DownloadedFile(
                name=described.get_filename(""),
                media_type=MediaType(described.get_content_type()),
                content=response.content,
            )
        except ValueError as error:
            raise PlanResponseInvalid(f"GET {path}") from error

    async def picture(self, person_id: UUID) -> DownloadedPicture:
        """Return what a person looks like whom one may know. Raises ``PlanNotFound`` otherwise."""
        path = f"/v1/people/{person_id}/picture"
        response = await self._send("GET", path)
        try:
            return DownloadedPicture(
                media_type=PictureType(response.headers.get("Content-Type", "")),
                content=response.content,
            )
        except ValueError as error:
            raise PlanResponseInvalid(f"GET {path}") from error

    async def drop_attachment(self, attachment_id: UUID) -> None:
        """Forget an own file that was not sent."""
        await self._send("DELETE", f"/v1/attachments/{attachment_id}")

    async def renew_consent(self, consent_id: UUID, command: RenewConsent, key: str) -> Consent:
        """Give the same consent for another period. Raises ``StepUpNeeded`` as giving one does."""
        return await self._call(
            "POST", f"/v1/consents/{consent_id}/renewal", CONSENT, json=_json(command), key=key
        )

    async def consent_receipt(self, consent_id: UUID) -> ConsentReceipt:
        """Return one consent as a record to keep."""
        return await self._call("GET", f"/v1/consents/{consent_id}/receipt", ConsentReceipt)

    async def sharing(self) -> SharingMatrix:
        """Return who sees what, by category, each with its ground."""
        return await self._call("GET", "/v1/sharing", SharingMatrix)

    async def see_as(self, person_id: UUID) -> SharedView:
        """Return exactly what another person sees of the citizen who asks."""
        return await self._call("GET", f"/v1/see-as/{person_id}", SharedView)

    async def rights_requests(self) -> RightsRequestList:
        """Return own requests by right; for a contact person those that wait for an answer."""
        return await self._call("GET", "/v1/rights-requests", RightsRequestList)

    async def ask_by_right(self, command: NewRightsRequest, key: str) -> RightsRequest:
        """Ask for a correction, or about an entry of the access log."""
        return await self._call(
            "POST", "/v1/rights-requests", RightsRequest, json=_json(command), key=key
        )

    async def answer_rights_request(
        self, request_id: UUID, command: AnswerRightsRequest, version: int
    ) -> RightsRequest:
        """Answer a citizen's request by right."""
        return await self._call(
            "PUT",
            f"/v1/rights-requests/{request_id}/answer",
            RightsRequest,
            json=_json(command),
            version=version,
        )

    async def export(self) -> Export:
        """Return everything that the citizen may see."""
        content = await self.download_export(ExportFormat.JSON)
        try:
            return Export.model_validate_json(content)
        except ValidationError as error:
            raise PlanResponseInvalid("GET /v1/export") from error

    async def download_export(self, form: ExportFormat) -> bytes:
        """Return everything that the citizen may see, as it is written for download."""
        response = await self._send(
            "GET", "/v1/export", params={"format": form}, timeout=EXPORT_TIMEOUT_SECONDS
        )
        return response.content

    # -- people around a citizen

    async def people(self) -> OtherPeople:
        """Return of whom the person sees something."""
        return await self._call("GET", "/v1/people", OtherPeople)

    async def person(self, person_id: UUID) -> SharedView:
        """Return what the person sees of another."""
        return await self._call("GET", f"/v1/people/{person_id}", SharedView)

    async def goal_shares(self, goal_id: UUID) -> GoalShares:
        """Return with whom an own goal is shared."""
        return await self._call("GET", f"/v1/goals/{goal_id}/shares", GoalShares)

    async def share_goal(self, goal_id: UUID, command: ShareGoal, key: str) -> GoalShares:
        """Show a goal to somebody. Raises ``StepUpNeeded`` when the login is too old."""
        return await self._call(
            "POST", f"/v1/goals/{goal_id}/shares", GoalShares, json=_json(command), key=key
        )

    async def unshare_goal(self, goal_id: UUID, person_id: UUID) -> GoalShares:
        """Show a goal to somebody no longer."""
        return await self._call("DELETE", f"/v1/goals/{goal_id}/shares/{person_id}", GoalShares)

    async def helpers(self) -> HelperList:
        """Return who helps the person, and whom the person helps."""
        return await self._call("GET", "/v1/helpers", HelperList)

    async def add_helper(self, command: AddHelper, key: str) -> Helper:
        """Let somebody help. Raises ``StepUpNeeded`` when the login is too old."""
        body = _json(command) | {"cpr": command.cpr.get_secret_value()}
        return await self._call("POST", "/v1/helpers", Helper, json=body, key=key)

    async def helpers_of_citizen(self, citizen_id: UUID) -> HelperList:
        """Return who helps a citizen, to their contact person."""
        return await self._call("GET", f"/v1/work/citizens/{citizen_id}/helpers", HelperList)

    async def appoint_guardian(
        self, citizen_id: UUID, command: AppointGuardian, key: str
    ) -> Helper:
        """Write down who is a citizen's guardian. Raises ``StepUpNeeded`` for an old login."""
        path = f"/v1/work/citizens/{citizen_id}/guardian"
        sent = _json(command) | {"cpr": command.cpr.get_secret_value()}
        return await self._call("POST", path, Helper, json=sent, key=key)

    async def case_workers(self, citizen_id: UUID) -> CaseWorkerList:
        """Return who works with a citizen today."""
        path = f"/v1/work/citizens/{citizen_id}/case-workers"
        return await self._call("GET", path, CaseWorkerList)

    async def assign_case_worker(
        self, citizen_id: UUID, command: AssignCaseWorker, key: str
    ) -> CaseWorkerList:
        """Let a colleague work with a citizen from today on."""
        path = f"/v1/work/citizens/{citizen_id}/case-workers"
        return await self._call("POST", path, CaseWorkerList, json=_json(command), key=key)

    async def end_case_worker(self, citizen_id: UUID, professional_id: UUID) -> CaseWorkerList:
        """Let a colleague's work with a citizen end."""
        path = f"/v1/work/citizens/{citizen_id}/case-workers/{professional_id}"
        return await self._call("DELETE", path, CaseWorkerList)

    async def end_helper(self, helper_id: UUID, key: str) -> Helper:
        """End a helper's task."""
        return await self._call("POST", f"/v1/helpers/{helper_id}/end", Helper, key=key)

    async def create_household(self, command: NewHousehold, key: str) -> HouseholdList:
        """Found a household."""
        return await self._call(
            "POST", "/v1/households", HouseholdList, json=_json(command), key=key
        )

    async def invite_member(
        self, household_id: UUID, command: InviteMember, key: str
    ) -> Invitation:
        """Invite somebody to a household. Raises ``StepUpNeeded`` when the login is too old."""
        body = _json(command) | {"cpr": command.cpr.get_secret_value()}
        return await self._call(
            "POST", f"/v1/households/{household_id}/invitations", Invitation, json=body, key=key
        )

    async def leave_household(self, household_id: UUID, key: str) -> HouseholdList:
        """Leave a household."""
        return await self._call(
            "POST", f"/v1/households/{household_id}/leave", HouseholdList, key=key
        )

    async def invitations(self) -> InvitationList:
        """Return open invitations to the person and of their households."""
        return await self._call("GET", "/v1/invitations", InvitationList)

    async def answer_invitation(
        self, invitation_id: UUID, command: AnswerInvitation, key: str
    ) -> Invitation:
        """Accept or decline an invitation. To accept raises ``StepUpNeeded`` for an old login."""
        return await self._call(
            "POST",
            f"/v1/invitations/{invitation_id}/answer",
            Invitation,
            json=_json(command),
            key=key,
        )

    async def withdraw_invitation(self, invitation_id: UUID, key: str) -> Invitation:
        """Take back an invitation of one's household."""
        return await self._call(
            "POST", f"/v1/invitations/{invitation_id}/withdrawal", Invitation, key=key
        )

    # -- the contact person's side

    async def answer_plan_request(
        self, request_id: UUID, command: AnswerPlanRequest, version: int
    ) -> PlanRequest:
        """Accept a request, which makes the plan, or decline it."""
        return await self._call(
            "PUT",
            f"/v1/work/plan-requests/{request_id}/answer",
            PlanRequest,
            json=_json(command),
            version=version,
        )

    async def colleagues(self) -> ColleagueList:
        """Return who could take over or stand in."""
        return await self._call("GET", "/v1/work/colleagues", ColleagueList)

    async def hand_over(self, citizen_id: UUID, command: HandOver, key: str) -> ColleagueList:
        """Let a colleague be contact person from a day on."""
        return await self._call(
            "POST",
            f"/v1/work/citizens/{citizen_id}/handover",
            ColleagueList,
            json=_json(command),
            key=key,
        )

    async def absences(self) -> AbsenceList:
        """Return one's absences that are not over."""
        return await self._call("GET", "/v1/work/absences", AbsenceList)

    async def add_absence(self, command: NewAbsence, key: str) -> Absence:
        """Let a deputy stand in for a time."""
        return await self._call("POST", "/v1/work/absences", Absence, json=_json(command), key=key)

    async def end_absence(self, absence_id: UUID, version: int) -> AbsenceList:
        """Be back."""
        return await self._call(
            "DELETE", f"/v1/work/absences/{absence_id}", AbsenceList, version=version
        )

    async def figures(self) -> Figures:
        """Return a leader's numbers."""
        return await self._call("GET", "/v1/work/figures", Figures)

    async def safety_hidings(self, citizen_id: UUID) -> SafetyHidings:
        """Return what is hidden of a citizen for safety, and was."""
        return await self._call(
            "GET", f"/v1/work/citizens/{citizen_id}/safety-hidings", SafetyHidings
        )

    async def hide_for_safety(
        self, citizen_id: UUID, command: HideForSafety, key: str
    ) -> SafetyHiding:
        """Hide something from all who look with or for the citizen.

        Raises ``StepUpNeeded`` when the login is too old.
        """
        return await self._call(
            "POST",
            f"/v1/work/citizens/{citizen_id}/safety-hidings",
            SafetyHiding,
            json=_json(command),
            key=key,
        )

    async def lift_hiding(self, hiding_id: UUID, command: LiftHiding, version: int) -> SafetyHiding:
        """Let something be seen again. Raises ``StepUpNeeded`` when the login is too old."""
        return await self._call(
            "PUT",
            f"/v1/work/safety-hidings/{hiding_id}/lifted",
            SafetyHiding,
            json=_json(command),
            version=version,
        )

    async def inbox(self) -> Inbox:
        """Return who waits, the nearest deadline first."""
        return await self._call("GET", "/v1/work/inbox", Inbox)

    async def citizens(self) -> CitizenList:
        """Return the contact person's citizens and those they are deputy for."""
        return await self._call("GET", "/v1/work/citizens", CitizenList)

    async def briefing(self, citizen_id: UUID) -> Briefing:
        """Return one citizen's whole situation."""
        return await self._call("GET", f"/v1/work/citizens/{citizen_id}", Briefing)

    # -- transport

    async def _call(
        self,
        method: str,
        path: str,
        model: type[_Answer] | TypeAdapter[_Answer],
        *,
        json: dict[str, Any] | None = None,
        params: dict[str, str | None] | None = None,
        version: int | None = None,
        key: str | None = None,
        content: bytes | None = None,
    ) -> _Answer:
        shelf = self._shelf if method == "GET" else None
        address = f"{path}?{params}"
        if shelf and (known := _kept(model, shelf.take(address))):
            return known
        response = await self._send(
            method, path, json=json, params=params, version=version, key=key, content=content
        )
        try:
            answer = from_json(model, response.content)
        except ValidationError as error:
            raise PlanResponseInvalid(f"{method} {path}") from error
        if shelf:
            shelf.put(address, answer)
        return answer

    async def _send(
        self,
        method: str,
        path: str,
        *,
        json: dict[str, Any] | None = None,
        params: dict[str, str | None] | None = None,
        version: int | None = None,
        key: str | None = None,
        content: bytes | None = None,
        timeout: float | None = None,  # noqa: ASYNC109 - httpx knows when the bytes stop coming
    ) -> httpx.Response:
        if not self._may_ask:
            raise _MustAsk
        headers = {"Authorization": f"Bearer {self._token()}"}
        if request_id := correlation_id.get():
            headers[REQUEST_ID_HEADER] = request_id
        if version is not None:
            headers["If-Match"] = f'"{version}"'
        if key is not None:
            headers["Idempotency-Key"] = key
        given = {name: value for name, value in (params or {}).items() if value is not None}
        try:
            response = await self._http.request(
                method,
                path,
                json=json,
                content=content,
                params=given,
                headers=headers,
                timeout=httpx.USE_CLIENT_DEFAULT if timeout is None else timeout,
            )
        except httpx.HTTPError as error:
            raise PlanUnavailable(f"{method} {path}") from error
        finally:
            if self._shelf and method != "GET":
                self._shelf.clear()
        if method != "GET":  # a write is followed from here by its request id; reads are many
            _log.info("plan_written", method=method, path=path, status=response.status_code)
        if response.is_success:
            return response
        raise _error(response)


def _kept(model: type[_Answer] | TypeAdapter[_Answer], answer: BaseModel | None) -> _Answer | None:
    if isinstance(model, TypeAdapter):
        return model.validate_python(answer) if answer else None  # a model passes as it is
    return answer if isinstance(answer, model) else None


def _json(command: BaseModel) -> dict[str, Any]:
    return command.model_dump(mode="json")


def _error(response: httpx.Response) -> PlanError:
    try:
        problem = Problem.model_validate_json(response.content)
    except ValidationError:
        if response.status_code in {429, 502, 503, 504}:
            return PlanUnavailable(f"status {response.status_code}")
        return PlanResponseInvalid(f"status {response.status_code} without a problem")
    if problem.type in {ProblemType.STALE, ProblemType.CONFLICT}:
        return PlanConflict(problem.current)
    if known := _BY_TYPE.get(problem.type):
        return known(problem.type)
    return PlanInvalid(problem.errors)
