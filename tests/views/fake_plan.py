"""A plan client that keeps everything in memory: the double of the plan API for the screens."""

import asyncio
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from uuid import UUID, uuid4

from pydantic import TypeAdapter

from i18n import formats
from portal.contract.actions import Action
from portal.contract.consents import (
    CONSENT,
    Category,
    Consent,
    ConsentKind,
    ConsentList,
    ConsentOffer,
    ConsentOffers,
    ConsentState,
    ConsentText,
    GiveConsent,
    Recipient,
    SignConsent,
    ToAdministration,
    ToPerson,
)
from portal.contract.follow_ups import AgendaItem, FollowUp, FollowUpList, NewAgendaItem
from portal.contract.goals import (
    GOAL,
    EditGoal,
    Goal,
    GoalList,
    GoalOwner,
    GoalState,
    GoalSummary,
    History,
    HistoryEntry,
    MarkGoalSeen,
    MoveGoal,
    NewGoal,
    NewRating,
    NewStep,
    OrderGoals,
    Rating,
    RatingKind,
    Step,
    Theme,
    TickStep,
)
from portal.contract.helpers import OtherPerson
from portal.contract.households import Household, HouseholdList, Member
from portal.contract.messages import Draft, SaveDraft
from portal.contract.notifications import ChooseNotifications, NotificationChoice
from portal.contract.overview import DuePromise, Overview, Waiting, WaitingKind
from portal.contract.people import (
    AboutMe,
    Administration,
    AskForPlan,
    ChooseLanguage,
    ContactPerson,
    EditAboutMe,
    Handover,
    Me,
    OfficeHours,
    PersonRef,
    PlanRequest,
    PlanRequestState,
    Role,
)
from portal.contract.plans import (
    Appointment,
    Decision,
    Intervention,
    InterventionState,
    Plan,
    Promise,
    PromiseState,
)
from portal.contract.sharing import OtherPeople
from portal.plan_client import PlanClient, PlanConflict, PlanNotFound

ME = UUID(int=1)
PLAN = UUID(int=2)
METTE = UUID(int=3)
WALK = UUID(int=10)
JOB = UUID(int=11)
PROPOSED = UUID(int=12)
DINNER = UUID(int=13)
HOUSEHOLD = UUID(int=20)
ACTIVE_CONSENT = UUID(int=70)
EXPIRED_CONSENT = UUID(int=71)
WITHDRAWN_CONSENT = UUID(int=72)

_I = PersonRef(id=ME, name="Lone Lund")
FREJA = PersonRef(id=UUID(int=5), name="Freja Lund")
JONAS = PersonRef(id=UUID(int=4), name="Jonas Lund")
_MAY_CHANGE = frozenset(
    {
        Action.EDIT,
        Action.ADD_STEP,
        Action.RATE,
        Action.ACTIVATE,
        Action.PAUSE,
        Action.DROP,
        Action.REACH,
    }
)


def step(
    goal_id: UUID,
    title: str,
    *,
    done: bool = False,
    due: date | None = None,
    assignee: PersonRef | None = _I,
    may_tick: bool = True,
) -> Step:
    return Step(
        id=uuid4(),
        version=1,
        allowed=frozenset({Action.TICK} if may_tick else ()),
        goal_id=goal_id,
        title=title,
        assignee=assignee,
        due=due,
        done_at=datetime.now(UTC) if done else None,
        done_by=_I if done else None,
    )


def goal(goal_id: UUID, title: str, *steps: Step, **fields: Any) -> Goal:
    given: dict[str, Any] = {
        "id": goal_id,
        "title": title,
        "steps": steps,
        "steps_done": 0,
        "steps_total": 0,
        "version": 1,
        "allowed": _MAY_CHANGE,
        "plan_id": PLAN,
        "owner": GoalOwner.CITIZEN,
        "state": GoalState.ACTIVE,
        "created_by": _I,
        "created_at": datetime.now(UTC) - timedelta(days=90),
    }
    return _counted(GOAL.validate_python(given | fields))


def contact_person(name: str = "Mette Holm") -> ContactPerson:
    hours = [
        OfficeHours(weekday=day, opens=time(9), closes=time(15 if day < 5 else 12))
        for day in range(1, 6)
    ]
    return ContactPerson(
        id=METTE,
        name=name,
        title="Socialrådgiver",
        unit="Én indgang",
        administration=Administration.EMPLOYMENT,
        phone="+4587654321",
        hours=tuple(hours),
        reply_working_days=2,
        since=date(2026, 1, 5),
    )


class FakePlan(PlanClient):
    """Answers like the plan API would. ``failure`` makes calls fail, ``held`` makes them wait."""

    given: GiveConsent
    signature: SignConsent

    def __init__(self) -> None:
        self.calls: list[str] = []
        self.failure: Exception | None = None
        self.held: asyncio.Event | None = None
        self.read_by_the_page: dict[str, Any] = {}
        self.drafts: dict[str, dict[str, str]] = {}
        self.draft_versions: dict[str, int] = {}
        self.keys: dict[str, Any] = {}
        self.goals_by_id = {item.id: item for item in _sample_goals()}
        self.household_goal_ids = {DINNER}
        self.members: tuple[Member, ...] = (
            Member(id=JONAS.id, name=JONAS.name, relation="father"),
            Member(id=ME, name=_I.name, relation="mother", is_me=True),
        )
        self.has_plan = True
        self.roles: tuple[Role, ...] = (Role.CITIZEN,)
        self.request: PlanRequest | None = None
        self.language = "da"
        self.language_version = 0
        self.order_version = 1
        self.notified = NotificationChoice()
        self.contact: ContactPerson | None = contact_person()
        self.deputy = None
        self.due_promises: tuple[DuePromise, ...] = ()
        self.handover: Handover | None = None
        self.next_appointment: Appointment | None = appointment(2)
        self.waiting: tuple[Waiting, ...] = (
            Waiting(
                kind=WaitingKind.PROPOSED_GOAL,
                resource_id=PROPOSED,
                title="Tal med en mentor hver uge",
            ),
            Waiting(
                kind=WaitingKind.REPLY,
                resource_id=UUID(int=30),
                title="Skal vi flytte mødet?",
                due=formats.today() + timedelta(days=1),
            ),
        )
        self.entries: dict[UUID, list[HistoryEntry]] = {}
        self.seen: dict[UUID, int] = {}
        self.planned: tuple[FollowUp, ...] = ()
        self.text_version = 1
        self.consents_by_id = {item.id: item for item in _sample_consents()}
        self.childrens_consents: tuple[Consent, ...] = ()

    def at_hand(self, read: Any) -> Any:
        return self.read_by_the_page.pop(getattr(read, "__name__", ""), None)

    async def _called(self, name: str) -> None:
        self.calls.append(name)
        if self.held:
            await self.held.wait()
        if self.failure:
            raise self.failure

    def count(self, name: str) -> int:
        return self.calls.count(name)

    # -- who

    async def me(self) -> Me:
        await self._called("me")
        topics = frozenset({f"plan:{PLAN}", f"person:{ME}", f"household:{HOUSEHOLD}"})
        return Me(
            version=self.language_version,
            id=ME,
            name="Lone Lund",
            role=Role.CITIZEN,
            roles=self.roles,
            plan_id=PLAN if self.has_plan else None,
            topics=topics,
        )

    async def choose_language(self, command: ChooseLanguage, version: int) -> Me:
        await self._called("choose_language")
        if version != self.language_version:
            raise PlanConflict((await self.me()).model_dump(mode="json"))
        self.language = command.language
        self.language_version += 1
        return await self.me()

    async def notifications(self) -> NotificationChoice:
        await self._called("notifications")
        return self.notified

    async def choose_notifications(
        self, command: ChooseNotifications, version: int
    ) -> NotificationChoice:
        await self._called("choose_notifications")
        if version != self.notified.version:
            raise PlanConflict(self.notified.model_dump(mode="json"))
        self.notified = NotificationChoice(version=version + 1, **command.model_dump())
        return self.notified

    # -- reading

    async def overview(self) -> Overview:
        await self._called("overview")
        if not self.has_plan:
            return Overview(me=_I, plan_request=self.request)
        return Overview(
            me=_I,
            plan_id=PLAN,
            contact_person=self.contact,
            deputy=self.deputy,
            next_appointment=self.next_appointment,
            waiting=self.waiting,
            goals=tuple(_summary(item) for item in self._own() if item.state is GoalState.ACTIVE),
            household_goals=tuple(map(_summary, self._household())),
            promises=self.due_promises,
            handover=self.handover,
            unread_messages=1,
        )

    async def plan(self) -> Plan:
        await self._called("plan")
        if not self.has_plan:
            raise PlanNotFound
        return Plan(
            id=PLAN,
            version=1,
            citizen=_I,
            about_me=AboutMe(id=UUID(int=5), version=1, matters="Mine børn og ro om morgenen."),
            goals=tuple(map(_summary, self._own())),
            interventions=_interventions(),
            appointments=(appointment(2), appointment(9)),
            decisions=(_decision(),),
            promises=_promises(),
        )

    async def edit_about_me(self, command: EditAboutMe, version: int) -> AboutMe:
        await self._called("edit_about_me")
        return AboutMe(id=UUID(int=5), version=version + 1, **command.model_dump())

    async def request_plan(self, command: AskForPlan, key: str) -> PlanRequest:
        await self._called("request_plan")
        self.request = PlanRequest(
            id=uuid4(),
            version=1,
            text=command.text,
            state=PlanRequestState.RECEIVED,
            created_on=formats.today(),
        )
        return self.request

    # -- goals

    async def goals(self) -> GoalList:
        await self._called("goals")
        return GoalList(
            version=self.order_version,
            own=tuple(map(_summary, self._own())),
            household=tuple(map(_summary, self._household())),
            may_create=self.has_plan,
            may_order=True,
        )

    async def order_goals(self, command: OrderGoals, version: int) -> GoalList:
        await self._called("order_goals")
        if version != self.order_version:
            raise PlanConflict((await self.goals()).model_dump(mode="json"))
        self.order_version += 1
        place = {goal_id: number for number, goal_id in enumerate(command.goal_ids)}
        ordered = sorted(self.goals_by_id.items(), key=lambda one: place.get(one[0], len(place)))
        self.goals_by_id = dict(ordered)
        return await self.goals()

    async def mark_goal_seen(self, goal_id: UUID, command: MarkGoalSeen) -> None:
        await self._called("mark_goal_seen")
        self.seen[goal_id] = command.up_to

    async def follow_ups(self, plan_id: UUID) -> FollowUpList:
        await self._called("follow_ups")
        return FollowUpList(plan_id=plan_id, follow_ups=self.planned)

    async def add_agenda_item(
        self, follow_up_id: UUID, command: NewAgendaItem, key: str
    ) -> FollowUp:
        await self._called("add_agenda_item")
        (found,) = (one for one in self.planned if one.id == follow_up_id)
        item = AgendaItem(
            id=uuid4(),
            text=command.text,
            added_by=_I,
            added_role=Role.CITIZEN,
            added_at=datetime.now(UTC),
        )
        added = found.model_copy(update={"agenda": (*found.agenda, item)})
        self.planned = tuple(added if one.id == follow_up_id else one for one in self.planned)
        return added

    async def goal(self, goal_id: UUID) -> Goal:
        await self._called("goal")
        if goal_id not in self.goals_by_id:
            raise PlanNotFound
        return self.goals_by_id[goal_id]

    async def create_goal(self, command: NewGoal, key: str) -> Goal:
        await self._called("create_goal")
        if key in self.keys:
            return self.keys[key]
        place: dict[str, Any] = {}
        if command.household_id:
            place = {"owner": GoalOwner.HOUSEHOLD, "household_id": command.household_id}
        elif command.plan_id:
            place = {
                "owner": GoalOwner.ADMINISTRATION,
                "administration": Administration.EMPLOYMENT,
                "state": GoalState.PROPOSED,
            }
        made = goal(
            uuid4(),
            command.title,
            why=command.why,
            theme=command.theme,
            emoji=command.emoji,
            target_date=command.target_date,
            helped_by=command.helped_by,
            **place,
        )
        if command.first_step:
            first = self._step(
                made.id,
                command.first_step,
                command.first_step_assignee_id,
                for_everybody=command.first_step_for_everybody,
            )
            made = _counted(made.model_copy(update={"steps": (first,)}))
        self.goals_by_id[made.id] = self.keys[key] = made
        if command.household_id:
            self.household_goal_ids.add(made.id)
        return made

    async def edit_goal(self, goal_id: UUID, command: EditGoal, version: int) -> Goal:
        await self._called("edit_goal")
        kept = {"helped_by", "wanted_rating"}
        given = {
            name: value
            for name, value in command.model_dump().items()
            if name not in kept or value is not None
        }
        return self._change(goal_id, version, given)

    async def move_goal(self, goal_id: UUID, command: MoveGoal, version: int) -> Goal:
        await self._called("move_goal")
        return self._change(
            goal_id, version, {"state": command.state, "state_reason": command.reason}
        )

    async def add_step(self, goal_id: UUID, command: NewStep, key: str) -> Step:
        await self._called("add_step")
        if key not in self.keys:
            made = self.keys[key] = self._step(
                goal_id, command.title, command.assignee_id, for_everybody=command.for_everybody
            )
            found = self.goals_by_id[goal_id]
            self._change(goal_id, found.version, {"steps": (*found.steps, made)})
        return self.keys[key]

    def _step(
        self, goal_id: UUID, title: str, assignee_id: UUID | None, *, for_everybody: bool
    ) -> Step:
        assignee = next(
            (PersonRef(id=one.id, name=one.name) for one in self.members if one.id == assignee_id),
            None if for_everybody else _I,
        )
        return step(goal_id, title, assignee=assignee, may_tick=assignee in {None, _I})

    async def tick_step(self, step_id: UUID, command: TickStep, version: int) -> Step:
        await self._called("tick_step")
        for found in self.goals_by_id.values():
            for old in found.steps:
                if old.id != step_id:
                    continue
                if old.version != version:
                    raise PlanConflict(old.model_dump(mode="json"))
                new = old.model_copy(
                    update={
                        "version": version + 1,
                        "done_at": datetime.now(UTC) if command.done else None,
                        "done_by": _I if command.done else None,
                    }
                )
                steps = tuple(new if item.id == step_id else item for item in found.steps)
                self._change(found.id, found.version, {"steps": steps})
                return new
        raise PlanNotFound

    async def rate_goal(self, goal_id: UUID, command: NewRating, key: str) -> Goal:
        await self._called("rate_goal")
        if key in self.keys:
            return self.keys[key]
        found = self.goals_by_id[goal_id]
        given = rating(command.value, days_ago=0, note=command.note)
        self.keys[key] = self._change(
            goal_id,
            found.version,
            {"ratings": (*found.ratings, given), "latest_rating": command.value},
        )
        return self.keys[key]

    async def goal_history(self, goal_id: UUID) -> History:
        await self._called("goal_history")
        entry = HistoryEntry(
            id=1,
            at=datetime.now(UTC) - timedelta(days=90),
            actor=_I,
            resource_kind="goal",
            resource_id=goal_id,
            change="created",
            after={"title": self.goals_by_id[goal_id].title},
        )
        return History(
            entries=(*self.entries.get(goal_id, ()), entry), seen_up_to=self.seen.get(goal_id)
        )

    async def households(self) -> HouseholdList:
        await self._called("households")
        if not self.members:
            return HouseholdList()
        household = Household(
            id=HOUSEHOLD,
            name="Familien Lund",
            members=self.members,
            goals=tuple(self._household()),
            may_create_goal=True,
        )
        return HouseholdList(households=(household,))

    # -- consents

    async def consents(self) -> ConsentList:
        await self._called("consents")
        found = tuple(self.consents_by_id.values())
        return ConsentList(consents=found, may_give=self.has_plan)

    async def people(self) -> OtherPeople:
        await self._called("people")
        ground = "custody" if self.childrens_consents else "household"
        return OtherPeople(people=(OtherPerson(person=FREJA, ground=ground),))

    async def consents_of_child(self, citizen_id: UUID) -> ConsentList:
        await self._called("consents_of_child")
        assert citizen_id == FREJA.id
        return ConsentList(consents=self.childrens_consents)

    async def sign_consent(self, consent_id: UUID, command: SignConsent, key: str) -> Consent:
        await self._called("sign_consent")
        self.signature = command
        signed = {"state": ConsentState.ACTIVE, "allowed": frozenset({Action.WITHDRAW})}
        new = self.consents_by_id[consent_id].model_copy(update=signed)
        self.consents_by_id[consent_id] = new
        return new

    async def consent(self, consent_id: UUID) -> Consent:
        await self._called("consent")
        if consent_id not in self.consents_by_id:
            raise PlanNotFound
        return self.consents_by_id[consent_id]

    async def consent_offers(self, language: str) -> ConsentOffers:
        await self._called("consent_offers")
        return ConsentOffers(offers=tuple(_offers(language, self.text_version)))

    async def give_consent(self, command: GiveConsent, key: str) -> Consent:
        await self._called("give_consent")
        if key in self.keys:
            return self.keys[key]
        text = consent_text(command.kind, command.text_language, self.text_version)
        if command.text_sha256 != text.sha256:
            raise PlanConflict(None)
        self.given = command
        recipient: Recipient = ToPerson(person=JONAS)
        if command.recipient_administration:
            recipient = ToAdministration(administration=command.recipient_administration)
        made = consent(
            uuid4(),
            text,
            recipient,
            source=command.source,
            categories=command.categories,
            case=command.case,
            valid_until=command.valid_until,
        )
        self.consents_by_id[made.id] = self.keys[key] = made
        return made

    async def withdraw_consent(self, consent_id: UUID, key: str) -> Consent:
        await self._called("withdraw_consent")
        ended = {
            "state": ConsentState.WITHDRAWN,
            "withdrawn_at": datetime.now(UTC),
            "allowed": frozenset(),
        }
        new = self.consents_by_id[consent_id].model_copy(update=ended)
        self.consents_by_id[consent_id] = new
        return new

    # -- drafts

    async def draft(self, name: str) -> Draft:
        await self._called("draft")
        return self._draft(name)

    async def save_draft(self, name: str, command: SaveDraft, version: int) -> Draft:
        await self._called("save_draft")
        if version != self._draft(name).version:
            raise PlanConflict(self._draft(name).model_dump(mode="json"))
        self.draft_versions[name] = version + 1
        self.drafts[name] = command.fields
        return self._draft(name)

    def _draft(self, name: str) -> Draft:
        if name not in self.drafts:
            return Draft()
        return Draft(fields=self.drafts[name], version=self.draft_versions.get(name, 1))

    async def drop_draft(self, name: str, version: int) -> None:
        await self._called("drop_draft")
        if name in self.drafts and version != self._draft(name).version:
            raise PlanConflict(self._draft(name).model_dump(mode="json"))
        self.drafts.pop(name, None)

    # -- inside

    def _own(self) -> list[Goal]:
        return [
            item for key, item in self.goals_by_id.items() if key not in self.household_goal_ids
        ]

    def _household(self) -> list[Goal]:
        return [self.goals_by_id[key] for key in sorted(self.household_goal_ids)]

    def _change(self, goal_id: UUID, version: int, fields: dict[str, Any]) -> Goal:
        found = self.goals_by_id[goal_id]
        if found.version != version:
            raise PlanConflict(found.model_dump(mode="json"))
        new = _counted(found.model_copy(update={**fields, "version": version + 1}))
        self.goals_by_id[goal_id] = new
        return new


def _counted(found: Goal) -> Goal:
    waiting = [item.title for item in found.steps if not item.done_at]
    return found.model_copy(
        update={
            "steps_total": len(found.steps),
            "steps_done": len(found.steps) - len(waiting),
            "next_step": waiting[0] if waiting else None,
        }
    )


_SUMMARY: TypeAdapter[GoalSummary] = TypeAdapter(GoalSummary)


def _summary(found: Goal) -> GoalSummary:
    return _SUMMARY.validate_python(found.model_dump())


def rating(value: int, *, days_ago: int, note: str = "") -> Rating:
    return Rating(
        id=uuid4(),
        kind=RatingKind.OWN,
        value=value,
        note=note,
        rated_by=_I,
        rated_at=datetime.now(UTC) - timedelta(days=days_ago),
    )


def appointment(days: int) -> Appointment:
    start = datetime.now(UTC).replace(hour=9, minute=0, second=0, microsecond=0)
    return Appointment(
        id=uuid4(),
        version=1,
        title="Opfølgning på din plan",
        starts_at=start + timedelta(days=days),
        ends_at=start + timedelta(days=days, hours=1),
        place="Jobcentret, lokale 2",
        with_names=("Mette Holm",),
        administration=Administration.EMPLOYMENT,
    )


def _sample_goals() -> list[Goal]:
    return [
        goal(
            WALK,
            "Gå en tur hver dag",
            step(WALK, "Find mine sko", done=True),
            step(WALK, "Gå til søen"),
            step(WALK, "Spørg Bente, om hun vil med"),
            emoji="🚶",
            theme=Theme.HEALTH,
            why="Jeg sover bedre, når jeg har været ude.",
            ratings=(rating(3, days_ago=60), rating(5, days_ago=20)),
            latest_rating=5,
        ),
        goal(
            JOB,
            "Et fleksjob på 10 timer",
            step(JOB, "Skriv mit cv", done=True),
            step(JOB, "Besøg en virksomhed"),
            theme=Theme.WORK,
        ),
        goal(
            PROPOSED,
            "Tal med en mentor hver uge",
            owner=GoalOwner.ADMINISTRATION,
            administration=Administration.EMPLOYMENT,
            state=GoalState.PROPOSED,
            allowed=frozenset({Action.ACTIVATE, Action.DECLINE}),
            created_by=PersonRef(id=METTE, name="Mette Holm"),
        ),
        goal(
            DINNER,
            "Spis sammen tre aftener om ugen",
            step(DINNER, "Lav en madplan", done=True),
            step(DINNER, "Læg telefonen væk"),
            step(DINNER, "Lav mad om torsdagen", assignee=JONAS, may_tick=False),
            household_id=HOUSEHOLD,
            owner=GoalOwner.HOUSEHOLD,
            theme=Theme.FAMILY,
        ),
    ]


def _interventions() -> tuple[Intervention, ...]:
    today = formats.today()
    common: dict[str, Any] = {"version": 1, "state": InterventionState.ACTIVE}
    return (
        Intervention(
            id=UUID(int=40),
            title="Mentor",
            what="Du mødes med en mentor hver uge.",
            why="Så har du en at tale med om vejen til job.",
            rule="Lov om en aktiv beskæftigelsesindsats, § 167",
            administration=Administration.EMPLOYMENT,
            unit="Jobcenter",
            responsible="Mette Holm",
            phone="+4587654321",
            starts_on=today - timedelta(days=30),
            ends_on=today + timedelta(days=150),
            hours_per_week=2,
            place="Jobcentret",
            theme=Theme.WORK,
            goal_ids=(JOB,),
            **common,
        ),
        Intervention(
            id=UUID(int=41),
            title="Genoptræning af ryggen",
            what="Træning på et hold to gange om ugen.",
            why="Så du kan gå uden smerter.",
            rule="Sundhedsloven, § 140",
            administration=Administration.HEALTH,
            unit="Træningscentret",
            responsible="Ali Demir",
            starts_on=today - timedelta(days=10),
            hours_per_week=3,
            theme=Theme.HEALTH,
            goal_ids=(WALK,),
            **common,
        ),
        Intervention(
            id=UUID(int=42),
            title="Familiebehandling",
            what="En behandler kommer hjem til jer.",
            why="Så I får ro om aftenen.",
            rule="Barnets lov, § 32",
            administration=Administration.FAMILY,
            unit="Familiehuset",
            responsible="Hanne Krogh",
            starts_on=today - timedelta(days=200),
            theme=Theme.FAMILY,
            **common,
        ),
    )


def _decision() -> Decision:
    today = formats.today()
    return Decision(
        id=UUID(int=50),
        version=1,
        title="Du får støtte i hjemmet",
        text="Du får to timers støtte om ugen.",
        administration=Administration.ADULT_SOCIAL,
        decided_on=today - timedelta(days=9),
        appeal_by=today + timedelta(days=19),
        how_to_appeal="Skriv eller ring til Voksen-social. De sender klagen videre.",
        rule="Serviceloven, § 85",
    )


def _promises() -> tuple[Promise, ...]:
    today = formats.today()
    return (
        Promise(
            id=UUID(int=60),
            version=1,
            text="Ring til lægen om din erklæring",
            owner="Mette Holm",
            administration=Administration.EMPLOYMENT,
            due=today - timedelta(days=3),
            state=PromiseState.OVERDUE,
        ),
        Promise(
            id=UUID(int=61),
            version=1,
            text="Send papirer om boligstøtte",
            owner="Lone Lund",
            due=today + timedelta(days=6),
            state=PromiseState.OPEN,
        ),
    )


def consent_text(kind: ConsentKind, language: str = "da", version: int = 1) -> ConsentText:
    danish = language == "da"
    return ConsentText(
        id=kind.replace("_", "-"),
        version=version,
        language=language,
        kind=kind,
        title=f"Samtykke: {kind}" if danish else f"Consent: {kind}",
        purpose="Så du ikke skal sige det igen." if danish else "So you need not say it again.",
        body=f"Du siger ja, udgave {version}." if danish else f"You say yes, version {version}.",
        consequence="Så spørger vi dig selv." if danish else "Then we ask you.",
        legal_ground="Retssikkerhedsloven § 11 a",
        sha256=f"{version:064x}",
    )


def consent(consent_id: UUID, text: ConsentText, recipient: Recipient, **fields: Any) -> Consent:
    today = formats.today()
    given: dict[str, Any] = {
        "version": 1,
        "allowed": frozenset({Action.WITHDRAW}),
        "state": ConsentState.ACTIVE,
        "categories": (Category.FAMILY, Category.APPOINTMENTS),
        "valid_from": today - timedelta(days=100),
        "valid_until": today + timedelta(days=200),
        "given_at": datetime.now(UTC) - timedelta(days=100),
        "given_loa": "substantial",
    }
    given |= {"id": consent_id, "kind": text.kind, "purpose": text.purpose, "text": text}
    return CONSENT.validate_python(given | {"recipient": recipient} | fields)


def _sample_consents() -> list[Consent]:
    collection = consent_text(ConsentKind.COLLECTION)
    employment = ToAdministration(administration=Administration.EMPLOYMENT)
    today = formats.today()
    return [
        consent(
            ACTIVE_CONSENT,
            collection,
            employment,
            source=Administration.FAMILY,
            case="Sagen om din plan",
            valid_until=today + timedelta(days=12),
        ),
        consent(
            EXPIRED_CONSENT,
            consent_text(ConsentKind.HEALTH_DISCLOSURE),
            employment,
            source=Administration.HEALTH,
            categories=(Category.HEALTH,),
            state=ConsentState.EXPIRED,
            valid_until=today - timedelta(days=1),
            allowed=frozenset(),
        ),
        consent(
            WITHDRAWN_CONSENT,
            consent_text(ConsentKind.FAMILY),
            ToPerson(person=JONAS),
            categories=(Category.GOALS,),
            state=ConsentState.WITHDRAWN,
            withdrawn_at=datetime.now(UTC) - timedelta(days=1),
            allowed=frozenset(),
        ),
    ]


def _offers(language: str, version: int) -> list[ConsentOffer]:
    until = date.today() + timedelta(days=365)  # noqa: DTZ011
    casework = (Administration.EMPLOYMENT, Administration.FAMILY)
    has = {
        Administration.EMPLOYMENT: (Category.EMPLOYMENT,),
        Administration.FAMILY: (Category.FAMILY,),
    }
    return [
        ConsentOffer(
            text=consent_text(ConsentKind.COLLECTION, language, version),
            sources=casework,
            recipients=tuple(ToAdministration(administration=code) for code in casework),
            categories=(Category.EMPLOYMENT, Category.FAMILY),
            categories_of=has,
            case_needed=True,
            longest_until=until,
        ),
        ConsentOffer(
            text=consent_text(ConsentKind.FAMILY, language, version),
            sources=(),
            recipients=(ToPerson(person=JONAS),),
            categories=(Category.GOALS,),
            longest_until=until,
        ),
        ConsentOffer(
            text=consent_text(ConsentKind.HOLISTIC_PLAN, language, version),
            sources=casework,
            source_may_be_open=True,
            recipients=(ToAdministration(administration=Administration.EMPLOYMENT),),
            categories=(Category.EMPLOYMENT, Category.FAMILY),
            categories_of=has,
            longest_until=until,
        ),
    ]
