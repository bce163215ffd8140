"""Conversations and the contact person's work, in memory beside the fake plan."""

from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from i18n.formats import today
from portal.contract.actions import Action
from portal.contract.consents import (
    AdministrationConsent,
    Category,
    Consent,
    ConsentKind,
    ConsentState,
    ConsentText,
    ToAdministration,
)
from portal.contract.messages import (
    MarkRead,
    Message,
    NewMessage,
    NewThread,
    Thread,
    ThreadList,
    ThreadSummary,
    WaitsFor,
)
from portal.contract.people import (
    Administration,
    Author,
    PersonRef,
    PlanRequest,
    PlanRequestState,
    Role,
)
from portal.contract.work import (
    Briefing,
    CitizenList,
    CitizenRequest,
    CitizenSummary,
    DueFollowUp,
    Inbox,
)
from portal.plan_client import PlanNotFound
from tests.views.fake_plan import ME, METTE, PLAN, FakePlan

LONE = Author(id=ME, name="Lone Lund")
HOLM = Author(id=METTE, name="Mette Holm", picture="0123456789abcdef")
MEETING = UUID(int=30)
CHAIR = UUID(int=31)
_PAGE = 50


def message(author: Author, body: str, *, hours_ago: float = 1, read: bool = False) -> Message:
    at = datetime.now(UTC) - timedelta(hours=hours_ago)
    return Message(
        id=uuid4(),
        author=author,
        author_role=Role.CITIZEN if author == LONE else Role.CONTACT_PERSON,
        body=body,
        sent_at=at,
        read_at=at + timedelta(minutes=5) if read else None,
    )


def thread(thread_id: UUID, subject: str, *messages: Message, **fields: Any) -> Thread:
    last = messages[-1]
    given: dict[str, Any] = {
        "version": 1,
        "allowed": frozenset({Action.REPLY}),
        "plan_id": PLAN,
        "citizen": LONE,
        "waits_for": WaitsFor.NOBODY,
        "last_message_at": last.sent_at,
        "last_author": last.author,
        "excerpt": last.body[:140],
        "unread": 0,
    }
    return Thread(id=thread_id, subject=subject, messages=messages, **given | fields)


class FakeConversations(FakePlan):
    """Answers as ``side`` sees it."""

    def __init__(self) -> None:
        super().__init__()
        self.side = Role.CITIZEN
        self.marked: list[UUID] = []
        self.sent: list[NewMessage] = []
        self.dropped: list[UUID] = []
        self.requests: tuple[CitizenRequest, ...] = ()
        self.due_follow_ups: tuple[DueFollowUp, ...] = ()
        self.withheld: tuple[str, ...] = ()
        self.protected = False
        self.deputy_for: PersonRef | None = None
        self.threads_by_id = {found.id: found for found in _sample_threads()}

    @property
    def me_ref(self) -> Author:
        return LONE if self.side is Role.CITIZEN else HOLM

    # -- both sides

    async def threads(self, cursor: str | None = None, q: str | None = None) -> ThreadList:
        await self._called("threads")
        found = sorted(self._summaries(), key=lambda one: one.last_message_at, reverse=True)
        if q:
            found = [
                one.model_copy(update={"found": hit}) for one in found if (hit := self._hit(one, q))
            ]
        start = int(cursor or 0)
        page = tuple(found[start : start + 20])
        more = len(found) > start + 20
        return ThreadList(
            threads=page, may_create=self.has_plan, next_cursor=str(start + 20) if more else None
        )

    def _hit(self, summary: ThreadSummary, words: str) -> str:
        texts = (one.body for one in reversed(self.threads_by_id[summary.id].messages))
        return next((text for text in texts if words.lower() in text.lower()), "")

    async def drop_attachment(self, attachment_id: UUID) -> None:
        await self._called("drop_attachment")
        self.dropped.append(attachment_id)

    async def thread(self, thread_id: UUID, older: str | None = None) -> Thread:
        await self._called("thread")
        if thread_id not in self.threads_by_id:
            raise PlanNotFound
        found = self.threads_by_id[thread_id]
        end = int(older) if older else len(found.messages)
        start = max(end - _PAGE, 0)
        return found.model_copy(
            update={
                "messages": found.messages[start:end],
                "older_cursor": str(start) if start else None,
            }
        )

    async def start_thread(self, command: NewThread, key: str) -> Thread:
        await self._called("start_thread")
        if key not in self.keys:
            made = thread(
                uuid4(),
                command.subject,
                message(self.me_ref, command.body, hours_ago=0),
                goal_id=command.goal_id,
                plan_id=command.plan_id or PLAN,
            )
            self.threads_by_id[made.id] = self.keys[key] = made
        return self.keys[key]

    async def send_message(self, thread_id: UUID, command: NewMessage, key: str) -> Thread:
        await self._called("send_message")
        if key not in self.keys:
            self.keys[key] = command
            self.sent.append(command)
            self.write(thread_id, message(self.me_ref, command.body, hours_ago=0))
        return await self.thread(thread_id)

    async def mark_read(self, thread_id: UUID, command: MarkRead) -> None:
        await self._called("mark_read")
        self.marked.append(command.up_to)
        found = self.threads_by_id[thread_id]
        self.threads_by_id[thread_id] = found.model_copy(update={"unread": 0})

    def write(self, thread_id: UUID, written: Message) -> None:
        """Add what either side writes."""
        found = self.threads_by_id[thread_id]
        mine = written.author == self.me_ref
        self.threads_by_id[thread_id] = found.model_copy(
            update={
                "messages": (*found.messages, written),
                "unread": 0 if mine else found.unread + 1,
                "last_message_at": written.sent_at,
                "last_author": written.author,
                "excerpt": written.body[:140],
                "version": found.version + 1,
            }
        )

    def _summaries(self) -> list[ThreadSummary]:
        return [
            ThreadSummary.model_validate(found.model_dump())
            for found in self.threads_by_id.values()
        ]

    # -- the contact person's side

    async def inbox(self) -> Inbox:
        await self._called("inbox")
        found = self._summaries()
        waiting = [one for one in found if one.waits_for is WaitsFor.CONTACT_PERSON]
        return Inbox(
            waiting=tuple(sorted(waiting, key=lambda one: one.answer_expected_by or date.max)),
            others=tuple(one for one in found if one not in waiting),
            requests=self.requests,
            follow_ups=self.due_follow_ups,
        )

    async def citizens(self) -> CitizenList:
        await self._called("citizens")
        return CitizenList(citizens=(self._citizen(),))

    async def briefing(self, citizen_id: UUID) -> Briefing:
        await self._called("briefing")
        if citizen_id != ME:
            raise PlanNotFound
        return Briefing(
            citizen=self._citizen(),
            age=43,
            phone="+4512345678",
            plan=await self.plan() if self.has_plan else None,
            threads=tuple(self._summaries()),
            consents=(_consent(),),
            household=(PersonRef(id=uuid4(), name="Jonas Lund"),),
            withheld=self.withheld,
            may_propose_goal=self.has_plan,
        )

    def _citizen(self) -> CitizenSummary:
        return CitizenSummary(
            id=ME,
            name="Lone Lund",
            plan_id=PLAN if self.has_plan else None,
            protected=self.protected,
            deputy_for=self.deputy_for,
            waiting_messages=1,
            next_due=today() - timedelta(days=3),
        )


def asking_for_a_plan(text: str) -> CitizenRequest:
    return CitizenRequest(
        citizen=PersonRef(id=uuid4(), name="Bent Bak"),
        request=PlanRequest(
            id=uuid4(),
            version=1,
            text=text,
            state=PlanRequestState.RECEIVED,
            created_on=today(),
        ),
    )


def _sample_threads() -> list[Thread]:
    return [
        thread(
            MEETING,
            "Skal vi flytte mødet?",
            message(LONE, "Kan vi mødes om onsdagen?", hours_ago=30, read=True),
            message(HOLM, "Ja, kl. 10 passer fint. Kan du?", hours_ago=3),
            waits_for=WaitsFor.CITIZEN,
            unread=1,
        ),
        thread(
            CHAIR,
            "Stolen til praktikken",
            message(LONE, "Der er ikke kommet nogen stol.", hours_ago=90),
            waits_for=WaitsFor.CONTACT_PERSON,
            answer_expected_by=today() + timedelta(days=1),
        ),
    ]


def _consent() -> Consent:
    text = ConsentText(
        id="holistic_plan",
        version=1,
        language="da",
        kind=ConsentKind.HOLISTIC_PLAN,
        title="Én plan",
        purpose="Én samlet plan",
        body="…",
        consequence="…",
        legal_ground="…",
        sha256="0" * 64,
    )
    return AdministrationConsent(
        id=uuid4(),
        version=1,
        kind=text.kind,
        state=ConsentState.ACTIVE,
        purpose=text.purpose,
        recipient=ToAdministration(administration=Administration.EMPLOYMENT),
        categories=(Category.GOALS, Category.HEALTH),
        valid_from=today(),
        valid_until=today() + timedelta(days=200),
        text=text,
        given_at=datetime.now(UTC),
        given_loa="substantial",
    )
