"""Meetings, promises, minutes and facts, in memory beside the fake conversations."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from i18n.formats import today
from portal.contract.actions import Action
from portal.contract.calendar import CalendarAddress, IssueCalendarAddress
from portal.contract.consents import Category
from portal.contract.follow_ups import FollowUp, FollowUpState
from portal.contract.goals import History, HistoryEntry
from portal.contract.minutes import (
    CommentMinutes,
    Minutes,
    MinutesList,
    MinutesState,
    Remark,
    RemarkKind,
)
from portal.contract.people import Administration, Author, Role
from portal.contract.plans import (
    AnswerAppointment,
    Appointment,
    AppointmentAnswer,
    EditPromise,
    KeepPromise,
    MoveAppointment,
    NewPromise,
    Plan,
    Promise,
    PromiseState,
)
from portal.contract.told_facts import (
    AnswerFactRequest,
    FactRequest,
    FactRequestState,
    FactTopic,
    FactUse,
    GrantFact,
    StopFact,
    TellFact,
    ToldFact,
    ToldFactList,
)
from portal.plan_client import PlanConflict, PlanNotFound
from tests.views.fake_assessment import HOLM, LONE, FakeAssessment
from tests.views.fake_plan import PLAN, appointment

MEETING_SOON = UUID(int=90)
MEETING_LATER = UUID(int=91)
THEIR_PROMISE = UUID(int=60)
LATE_PROMISE = UUID(int=60)
OWN_PROMISE = UUID(int=61)
TALK = UUID(int=92)
ASKED = UUID(int=93)
FOLLOW_UP = UUID(int=95)
GRANTED = UUID(int=94)
SECRET = "s" * 43

HOUSING = FactTopic(code="housing", category=Category.SOCIAL, name="Bolig")
MEDICINE = FactTopic(code="medicine", category=Category.HEALTH, name="Medicin")


class FakeLife(FakeAssessment):
    """What stands in the calendar, was promised, said and told."""

    def __init__(self) -> None:
        super().__init__()
        self.meetings = {
            one.id: one for one in (_meeting(MEETING_SOON, 2), _meeting(MEETING_LATER, 40))
        }
        self.planned = (_planned(),)
        self.promises_by_id: dict[UUID, Promise] = {}
        self.minutes_by_id = {TALK: _minutes()}
        self.told = {"housing": _told()}
        self.fact_requests = {one.id: one for one in (_asked(), _granted())}
        self.address = CalendarAddress(
            version=0, active=False, allowed=frozenset({Action.READ, Action.EDIT})
        )
        self.may_grant = True

    async def plan(self) -> Plan:
        found = await super().plan()
        if not self.promises_by_id:
            self.promises_by_id = {one.id: _kept_by(one) for one in found.promises}
        return found.model_copy(
            update={
                "appointments": tuple(self.meetings.values()),
                "promises": tuple(self.promises_by_id.values()),
            }
        )

    # -- time

    async def follow_up(self, follow_up_id: UUID) -> FollowUp:
        await self._called("follow_up")
        return _found({one.id: one for one in self.planned}, follow_up_id)

    async def appointment(self, appointment_id: UUID) -> Appointment:
        await self._called("appointment")
        return _found(self.meetings, appointment_id)

    async def answer_appointment(
        self, appointment_id: UUID, command: AnswerAppointment, version: int
    ) -> Appointment:
        await self._called("answer_appointment")
        there = _current(self.meetings, appointment_id, version)
        answer = AppointmentAnswer(
            **command.model_dump(), answered_by=LONE, answered_at=datetime.now(UTC)
        )
        return _put(self.meetings, there, {"answer": answer})

    async def move_appointment(
        self, appointment_id: UUID, command: MoveAppointment, version: int
    ) -> Appointment:
        await self._called("move_appointment")
        there = _current(self.meetings, appointment_id, version)
        return _put(self.meetings, there, {**dict(command), "answer": None})

    async def calendar_address(self) -> CalendarAddress:
        await self._called("calendar_address")
        return self.address.model_copy(update={"secret": None})

    async def issue_calendar_address(
        self, command: IssueCalendarAddress, version: int
    ) -> CalendarAddress:
        await self._called("issue_calendar_address")
        return self._new_address(version, active=True, secret=SECRET, **command.model_dump())

    async def revoke_calendar_address(self, version: int) -> CalendarAddress:
        await self._called("revoke_calendar_address")
        return self._new_address(version, active=False, secret=None)

    def _new_address(self, version: int, **fields: Any) -> CalendarAddress:
        if version != self.address.version:
            raise PlanConflict(self.address.model_dump(mode="json"))
        given = {"version": version + 1, "issued_at": datetime.now(UTC), **fields}
        self.address = self.address.model_copy(update=given)
        return self.address

    # -- promises

    async def keep_promise(self, promise_id: UUID, command: KeepPromise, version: int) -> Promise:
        await self._called("keep_promise")
        there = _current(self.promises_by_id, promise_id, version)
        kept = {"state": PromiseState.KEPT, "kept_on": today()}
        again = {"state": PromiseState.OPEN, "kept_on": None}
        return _put(self.promises_by_id, there, kept if command.kept else again)

    async def edit_promise(self, promise_id: UUID, command: EditPromise, version: int) -> Promise:
        await self._called("edit_promise")
        there = _current(self.promises_by_id, promise_id, version)
        return _put(self.promises_by_id, there, command.model_dump())

    async def make_promise(self, plan_id: UUID, command: NewPromise, key: str) -> Promise:
        await self._called("make_promise")
        if key not in self.keys:
            made = Promise(
                id=uuid4(),
                version=1,
                allowed=frozenset({Action.KEEP, Action.EDIT}),
                owner=LONE.name,
                state=PromiseState.OPEN,
                **command.model_dump(),
            )
            self.keys[key] = self.promises_by_id[made.id] = made
        return self.keys[key]

    # -- minutes

    async def all_minutes(self, plan_id: UUID) -> MinutesList:
        await self._called("all_minutes")
        return MinutesList(plan_id=plan_id, minutes=tuple(self.minutes_by_id.values()))

    async def minutes(self, minutes_id: UUID) -> Minutes:
        await self._called("minutes")
        return _found(self.minutes_by_id, minutes_id)

    async def confirm_minutes(self, minutes_id: UUID, version: int) -> Minutes:
        await self._called("confirm_minutes")
        there = _current(self.minutes_by_id, minutes_id, version)
        remarks = (*there.remarks, remark(RemarkKind.CONFIRMATION, ""))
        changed = {"state": MinutesState.CONFIRMED, "allowed": frozenset({Action.COMMENT})}
        return _put(self.minutes_by_id, there, {**changed, "remarks": remarks})

    async def comment_minutes(self, minutes_id: UUID, command: CommentMinutes, key: str) -> Minutes:
        await self._called("comment_minutes")
        if key not in self.keys:
            there = _found(self.minutes_by_id, minutes_id)
            kind = RemarkKind.DISAGREEMENT if command.disagrees else RemarkKind.COMMENT
            remarks = (*there.remarks, remark(kind, command.text))
            changed = {"state": MinutesState.COMMENTED, "remarks": remarks}
            self.keys[key] = _put(self.minutes_by_id, there, changed)
        return self.keys[key]

    # -- told once

    async def told_facts(self, plan_id: UUID) -> ToldFactList:
        await self._called("told_facts")
        return ToldFactList(
            plan_id=plan_id,
            topics=(HOUSING, MEDICINE),
            facts=tuple(self.told.values()),
            requests=tuple(self.fact_requests.values()),
            may_tell=True,
            may_grant=self.may_grant,
        )

    async def tell_fact(
        self, plan_id: UUID, topic: str, command: TellFact, version: int
    ) -> ToldFact:
        await self._called("tell_fact")
        there = self.told.get(topic)
        if version != (there.version if there else 0):
            raise PlanConflict(there.model_dump(mode="json") if there else None)
        self.told[topic] = _told(text=command.text, topic=topic, version=version + 1)
        return self.told[topic]

    async def answer_fact_request(
        self, request_id: UUID, command: AnswerFactRequest, version: int
    ) -> FactRequest:
        await self._called("answer_fact_request")
        there = _current(self.fact_requests, request_id, version)
        if isinstance(command, GrantFact):
            changed = {
                "state": FactRequestState.GRANTED,
                "valid_until": command.valid_until,
                "allowed": frozenset({Action.WITHDRAW}),
            }
            if command.text:
                self.told[there.topic.code] = _told(text=command.text, topic=there.topic.code)
        elif isinstance(command, StopFact):
            changed = {"state": FactRequestState.STOPPED, "allowed": frozenset({Action.GIVE})}
            self.told["housing"] = self.told["housing"].model_copy(update={"uses": ()})
        else:
            changed = {"state": FactRequestState.REFUSED, "allowed": frozenset({Action.GIVE})}
        return _put(self.fact_requests, there, changed)

    async def fact_history(self, plan_id: UUID, topic: str) -> History:
        await self._called("fact_history")
        return _history({"text": "Jeg bor hos min mor."}, {"text": self.told[topic].text})

    async def about_me_history(self) -> History:
        await self._called("about_me_history")
        return _history({"matters": "Ro"}, {"matters": "Mine børn og ro om morgenen."})


def remark(kind: RemarkKind, text: str, author: Author = LONE) -> Remark:
    role = Role.CITIZEN if author == LONE else Role.CONTACT_PERSON
    return Remark(
        id=uuid4(), kind=kind, text=text, author=author, author_role=role, at=datetime.now(UTC)
    )


def _found(items: dict[UUID, Any], key: UUID) -> Any:
    if key not in items:
        raise PlanNotFound
    return items[key]


def _current(items: dict[UUID, Any], key: UUID, version: int) -> Any:
    there = _found(items, key)
    if there.version != version:
        raise PlanConflict(there.model_dump(mode="json"))
    return there


def _put(items: dict[UUID, Any], there: Any, fields: dict[str, Any]) -> Any:
    items[there.id] = there.model_copy(update={**fields, "version": there.version + 1})
    return items[there.id]


def _meeting(meeting_id: UUID, days: int) -> Appointment:
    allowed = frozenset({Action.READ, Action.ANSWER})
    return appointment(days).model_copy(update={"id": meeting_id, "allowed": allowed})


def _kept_by(promise: Promise) -> Promise:
    own = promise.administration is None
    allowed = frozenset({Action.KEEP, Action.EDIT} if own else ())
    return promise.model_copy(update={"allowed": allowed})


def _planned() -> FollowUp:
    return FollowUp(
        id=FOLLOW_UP,
        version=1,
        allowed=frozenset({Action.READ, Action.ADD_ITEM}),
        plan_id=PLAN,
        day=today() + timedelta(days=12),
        state=FollowUpState.PLANNED,
        created_by=HOLM,
    )


def _minutes() -> Minutes:
    return Minutes(
        id=TALK,
        version=2,
        allowed=frozenset({Action.CONFIRM, Action.COMMENT}),
        plan_id=PLAN,
        administration=Administration.EMPLOYMENT,
        title="Møde om praktik",
        held_on=today() - timedelta(days=3),
        text="Vi talte om praktik på biblioteket.\nLone vil gerne have flere timer.",
        state=MinutesState.SHARED,
        written_by=HOLM,
        shared_at=datetime.now(UTC) - timedelta(days=2),
    )


def _told(
    text: str = "Jeg lejer en toværelses.", topic: str = "housing", version: int = 1
) -> ToldFact:
    use = FactUse(
        administration=Administration.ADULT_SOCIAL,
        purpose="Støtte i hjemmet",
        since=today() - timedelta(days=20),
        until=today() + timedelta(days=300),
    )
    return ToldFact(
        id=uuid4(),
        version=version,
        topic=HOUSING if topic == "housing" else MEDICINE,
        text=text,
        given_by=LONE,
        given_at=datetime.now(UTC) - timedelta(days=30),
        first_asked_by=Administration.EMPLOYMENT,
        uses=(use,) if topic == "housing" else (),
    )


def _asked() -> FactRequest:
    return FactRequest(
        id=ASKED,
        version=1,
        allowed=frozenset({Action.GIVE, Action.DECLINE}),
        plan_id=PLAN,
        topic=MEDICINE,
        administration=Administration.EMPLOYMENT,
        purpose="En praktik, du kan holde til",
        state=FactRequestState.OPEN,
        asked_by=HOLM,
        asked_at=datetime.now(UTC) - timedelta(days=1),
    )


def _granted() -> FactRequest:
    given = {
        "id": GRANTED,
        "topic": HOUSING,
        "administration": Administration.ADULT_SOCIAL,
        "purpose": "Støtte i hjemmet",
        "state": FactRequestState.GRANTED,
        "valid_until": today() + timedelta(days=300),
        "allowed": frozenset({Action.WITHDRAW}),
        "already_told": True,
    }
    return _asked().model_copy(update=given)


def _history(before: dict[str, Any], after: dict[str, Any]) -> History:
    entry = HistoryEntry(
        id=1,
        at=datetime.now(UTC) - timedelta(days=1),
        actor=LONE,
        resource_kind="told_fact",
        resource_id=UUID(int=1),
        change="edited",
        before=before,
        after=after,
    )
    return History(entries=(entry,))
