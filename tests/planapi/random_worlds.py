"""A random citizen with everything that a plan can hold and everybody who could be around them.

The model that the oracle asks and the rows in the database are made side by side, so that what the
policy decides about the model can be held against what the plan API answers.
"""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from random import Random
from typing import Any, get_args
from uuid import UUID, uuid4

from psycopg.types.json import Jsonb

from planapi.policy.actors import Actor, Loa
from planapi.policy.decide import WRITTEN
from planapi.policy.facts import ConsentFact, Facts, HelperFact
from planapi.policy.resources import UPCOMING, Resource, ResourceKind
from portal.contract.goals import GoalOwner
from portal.contract.people import Administration, Role
from portal.contract.safety import HidableKind
from tests.planapi.conftest import World
from tests.planapi.random_acts import Acts
from tests.planapi.random_trust import (
    ask_by_right,
    ask_for_plans,
    attach,
    give_consents,
    let_help,
)

ADMINISTRATIONS = list(Administration)


@dataclass
class Item:
    """Something in the plan: a word that stands nowhere else, and what the policy is asked."""

    word: str
    resource: Resource


@dataclass
class RandomWorld:
    """Anna, Bo and Cleo, Dina who left them, three professionals, and what is between them."""

    world: World
    random: Random
    items: list[Item] = field(default_factory=list)
    consents: list[ConsentFact] = field(default_factory=list)
    helpers: list[tuple[UUID, HelperFact]] = field(default_factory=list)
    shares: list[tuple[UUID, UUID]] = field(default_factory=list)
    hidden: set[UUID] = field(default_factory=set)
    names: dict[UUID, str] = field(default_factory=dict)
    protected: set[UUID] = field(default_factory=set)

    def __post_init__(self) -> None:
        world, today = self.world, self.world.today
        self.born = self._a_birth_date()
        self.anna = self._a_citizen(birth_date=self.born)
        self.numbers = {name: f"{uuid4().int % 10**10:010}" for name in ("bo", "cleo")}
        self.bo = self._a_citizen(cpr=self.numbers["bo"])
        self.cleo = self._a_citizen(cpr=self.numbers["cleo"])
        self.dina = self._a_citizen()
        self.acts = Acts(world, self.random, [self.anna, self.bo, self.cleo, self.dina])
        self.plan = world.a_plan(self.anna)
        self.administration_of = {}
        self.mette = self._a_professional()
        self.lars = self._a_professional()
        self.nora = self._a_professional()
        self.contact_persons = {self.anna: self.mette}
        if self.random.random() < 0.5:
            self.contact_persons[self.bo] = self.random.choice(self.professionals)
        for citizen, professional in self.contact_persons.items():
            world.an_assignment(citizen, professional)
        self.deputy = self.random.random() < 0.5
        if self.deputy:
            world.an_absence(self.mette, self.lars)
        self.case_worker = self.random.random() < 0.6
        if self.case_worker:
            world.insert(
                "case_worker", citizen_id=self.anna, professional_id=self.nora, starts_on=today
            )
        self.custody = self.random.random() < 0.5
        if self.custody:
            world.insert("custody", child_id=self.anna, holder_id=self.bo, starts_on=today)
        self.members = frozenset(
            {self.anna, *self.random.sample([self.bo, self.cleo], self.random.randrange(3))}
        )
        self.household = world.a_household(*sorted(self.members))
        world.insert(
            "household_member",
            household_id=self.household,
            person_id=self.dina,
            relation="other",
            joined_on=today,
            left_on=today,
        )
        self._fill_the_plan()
        ask_by_right(self)
        ask_for_plans(self)
        give_consents(self)
        let_help(self)
        self._share_goals()
        self._hide()

    # -- what the policy is told

    @property
    def citizens(self) -> tuple[UUID, ...]:
        return (self.anna, self.bo, self.cleo, self.dina)

    @property
    def professionals(self) -> tuple[UUID, ...]:
        return (self.mette, self.lars, self.nora)

    def actor(self, person: UUID) -> Actor:
        administration = self.administration_of.get(person)
        role = Role.CONTACT_PERSON if administration else Role.CITIZEN
        return Actor(person, role, Loa.SUBSTANTIAL, datetime.now(UTC), "s", administration)

    def facts(self, person: UUID) -> Facts:
        if person in self.administration_of:
            deputy, worker = person == self.lars and self.deputy, person == self.nora
            return Facts(
                contact_person_of=self._citizens_of(person),
                deputy_for=self._citizens_of(self.mette) if deputy else frozenset(),
                works_with=frozenset({self.anna} if worker and self.case_worker else ()),
                consents=tuple(self.consents),
            )
        at_home = person in self.members
        return Facts(
            households={self.household: self.members} if at_home else {},
            consents=tuple(self.consents),
            born=self.born if person == self.anna else None,
            custody_of={self.anna: self.born}
            if self.custody and person == self.bo and self.born
            else {},
            helps=tuple(fact for helping, fact in self.helpers if helping == person),
            shared_goals=frozenset(goal for who, goal in self.shares if who == person),
            hidden=frozenset() if person == self.anna else frozenset(self.hidden),
        )

    def _citizens_of(self, professional: UUID) -> frozenset[UUID]:
        return frozenset(
            citizen for citizen, one in self.contact_persons.items() if one == professional
        )

    # -- making it

    def _a_citizen(self, **values: Any) -> UUID:
        """Somebody with a name that stands nowhere else, which may be protected."""
        name, protected = f"navn{uuid4().hex}", self.random.random() < 0.5
        person = self.world.a_person(name=name, protected=protected, **values)
        self.names[person] = name
        if protected:
            self.protected.add(person)
        return person

    def _a_birth_date(self) -> date | None:
        years = self.random.choice([None, 8, 11, 15, 17, 18, 40])
        return None if years is None else self.world.today - timedelta(days=years * 366)

    def _a_professional(self) -> UUID:
        administration = self.random.choice(ADMINISTRATIONS)
        person = self.world.a_contact_person(administration=administration)
        self.administration_of[person] = administration
        return person

    def a_word(self) -> str:
        return f"ord{uuid4().hex}"  # a world may be made twice in one database

    def keep(self, word: str, kind: ResourceKind, resource_id: UUID, **fields: Any) -> UUID:
        citizen = None if "household_id" in fields else fields.pop("citizen_id", self.anna)
        self.items.append(Item(word, Resource(kind, resource_id, citizen, **fields)))
        return resource_id

    def _fill_the_plan(self) -> None:
        self.goals = [self._a_goal(GoalOwner.CITIZEN) for _ in range(2)]
        self.goals.append(self._a_goal(GoalOwner.ADMINISTRATION))
        self._a_joint_goal()
        for administration in ADMINISTRATIONS:
            self._things_of(administration)
        for goal in (None, self.random.choice(self.goals)):
            self._a_thread(goal)
        for owner in self.random.sample((*self.citizens, *self.professionals), 2):
            attach(self, owner, None, None)
        for of in (None, self.random.choice(self._ids_of(ResourceKind.INTERVENTION)), *self.goals):
            self._a_follow_up(of)
        self._what_is_known()
        self._tie_together()
        word = self.a_word()
        about = self.world.insert("about_me", plan_id=self.plan, matters=word)
        self.keep(word, ResourceKind.ABOUT_ME, about)
        self.acts.in_plan(self.plan, self.anna, self.household, self.mette)

    def _a_goal(self, owner: GoalOwner) -> UUID:
        word, administration = self.a_word(), self.random.choice(ADMINISTRATIONS)
        ours = administration if owner is GoalOwner.ADMINISTRATION else None
        goal = self.world.a_goal(
            plan_id=self.plan,
            created_by=self.mette if ours else self.acts.somebody(),
            owner=owner,
            administration=ours,
            title=word,
            why=word,
        )
        self.world.a_step(goal, title=word, due=self.world.today, assignee_id=self.anna)
        self.acts.in_goal(goal)
        return self.keep(
            word, ResourceKind.GOAL, goal, owner=owner, administration=ours, state="active"
        )

    def _a_joint_goal(self) -> None:
        word = self.a_word()
        goal = self.world.a_goal(
            household_id=self.household, created_by=self.acts.somebody(), title=word
        )
        self.acts.in_goal(goal)
        self.keep(
            word,
            ResourceKind.GOAL,
            goal,
            household_id=self.household,
            owner=GoalOwner.HOUSEHOLD,
            state="active",
        )

    def _things_of(self, administration: Administration) -> None:
        world, today, plan = self.world, self.world.today, self.plan
        word = self.a_word()
        made = world.an_intervention(plan, administration, title=word)
        self.keep(word, ResourceKind.INTERVENTION, made, administration=administration)
        word, begins = self.a_word(), datetime.now(UTC) + timedelta(days=1)
        made = world.insert(
            "appointment",
            plan_id=plan,
            administration=administration,
            title=word,
            starts_at=begins,
            ends_at=begins + timedelta(hours=1),
        )
        self.keep(
            word, ResourceKind.APPOINTMENT, made, administration=administration, state=UPCOMING
        )
        self.acts.in_appointment(made, begins)
        self.acts.in_item(ResourceKind.APPOINTMENT, made)
        word = self.a_word()
        made = world.insert(
            "decision",
            plan_id=plan,
            administration=administration,
            title=word,
            text=word,
            decided_on=today,
            appeal_by=today + timedelta(days=7),
            how_to_appeal="",
            rule="",
        )
        self.keep(word, ResourceKind.DECISION, made, administration=administration)
        word = self.a_word()
        made = world.insert(
            "promise",
            plan_id=plan,
            administration=administration,
            owner="Mette",
            text=word,
            due=today,
        )
        self.keep(word, ResourceKind.PROMISE, made, administration=administration, state="open")
        self.acts.in_item(ResourceKind.PROMISE, made)
        word, state = self.a_word(), self.random.choice(["draft", "shared"])
        made = world.insert(
            "minutes",
            plan_id=plan,
            administration=administration,
            title=word,
            held_on=today,
            text=word,
            state=state,
            shared_at=datetime.now(UTC) if state == "shared" else None,
            written_by=self.mette,
        )
        self.keep(word, ResourceKind.MINUTES, made, administration=administration, state=state)
        self.acts.in_minutes(made)

    def _a_thread(self, goal: UUID | None) -> None:
        word = self.a_word()
        thread = self.world.a_thread(
            self.plan,
            subject=word,
            goal_id=goal,
            waits_for=self.random.choice(["citizen", "contact_person"]),
        )
        message = self.world.a_message(thread, self.anna, body=word)
        self.acts.in_thread(thread)
        self.keep(word, ResourceKind.THREAD, thread, part_of=goal)
        attach(self, self.anna, message, thread)

    def _ids_of(self, kind: ResourceKind) -> list[UUID]:
        return [one.resource.id for one in self.items if one.resource.kind is kind]

    def _a_follow_up(self, of: UUID | None) -> None:
        """Of the plan, of a goal or of an intervention; its history says of which."""
        word, day = self.a_word(), self.world.today + timedelta(days=3)
        column = "goal_id" if of in self.goals else "intervention_id"
        subject = {} if of is None else {column: of}
        follow_up = self.world.insert(
            "follow_up", plan_id=self.plan, day=day, created_by=self.mette, **subject
        )
        self.world.insert(
            "agenda_item",
            follow_up_id=follow_up,
            text=word,
            added_by=self.anna,
            added_role="citizen",
        )
        self.in_history(ResourceKind.FOLLOW_UP, follow_up, **subject)
        self.keep(word, ResourceKind.FOLLOW_UP, follow_up, part_of=of, state="planned")

    def _what_is_known(self) -> None:
        """Views of a theme, what was told about a topic, and who asked for it."""
        insert, plan, today = self.world.insert, self.plan, self.world.today
        of_theme = {"plan_id": plan, "theme": "surroundings"}
        word = self.a_word()
        view = insert("own_view", **of_theme, text=word, written_by=self.anna)
        self.keep(word, ResourceKind.OWN_VIEW, view)
        granted = self.random.sample(ADMINISTRATIONS, self.random.randrange(3))
        for administration in ADMINISTRATIONS:
            ours = {"administration": administration}
            word = self.a_word()
            view = insert(
                "professional_view",
                **of_theme,
                **ours,
                text=word,
                level="mild",
                written_by=self.mette,
            )
            self.keep(word, ResourceKind.PROFESSIONAL_VIEW, view, **ours, state=WRITTEN)
            word, state = self.a_word(), "granted" if administration in granted else "refused"
            asked = insert(
                "fact_request",
                plan_id=plan,
                topic="transport",
                **ours,
                purpose=word,
                asked_by=self.mette,
                state=state,
                answered_at=datetime.now(UTC),
                valid_from=today,
                valid_until=today,
            )
            self.keep(word, ResourceKind.FACT_REQUEST, asked, **ours, state=state)
        word = self.a_word()
        fact = insert("told_fact", plan_id=plan, topic="transport", text=word, given_by=self.anna)
        self.keep(word, ResourceKind.TOLD_FACT, fact, granted_to=frozenset(granted))

    def _tie_together(self) -> None:
        """Interventions serve goals, minutes are of meetings and of follow-ups."""
        for intervention in self._ids_of(ResourceKind.INTERVENTION):
            self.world.insert(
                "intervention_goal",
                intervention_id=intervention,
                goal_id=self.random.choice(self.goals),
            )
        for item in self.items:
            if item.resource.kind is not ResourceKind.MINUTES:
                continue
            kind = self.random.choice([ResourceKind.APPOINTMENT, ResourceKind.FOLLOW_UP])
            of = self.random.choice(self._ids_of(kind))
            self.world.execute(
                f"UPDATE minutes SET {kind}_id = %(of)s WHERE id = %(id)s",  # noqa: S608 - two words
                of=of,
                id=item.resource.id,
            )
            self.in_history(ResourceKind.MINUTES, item.resource.id, **{f"{kind}_id": of})
            item.resource = item.resource._replace(part_of=of)

    def in_history(self, kind: ResourceKind, resource_id: UUID, **after: UUID | str) -> None:
        self.world.insert(
            "history",
            resource_kind=kind,
            resource_id=resource_id,
            change="created",
            actor_id=self.mette,
            actor_role="contact_person",
            after=Jsonb({name: str(value) for name, value in after.items()}),
        )

    def _share_goals(self) -> None:
        for person in (self.bo, self.cleo):
            for goal in self.random.sample(self.goals, self.random.randrange(3)):
                ended = self.random.random() < 0.3
                self.world.insert(
                    "goal_share",
                    goal_id=goal,
                    person_id=person,
                    shared_by=self.anna,
                    ended_at=datetime.now(UTC) if ended else None,
                )
                if not ended:
                    self.shares.append((person, goal))

    def _hide(self) -> None:
        hidable = [
            one.resource
            for one in self.items
            if one.resource.kind in get_args(HidableKind) and one.resource.citizen_id
        ]
        for resource in self.random.sample(hidable, self.random.randrange(len(hidable) // 2)):
            lifted = self.random.random() < 0.2
            self.world.insert(
                "safety_hiding",
                citizen_id=self.anna,
                resource_kind=resource.kind,
                resource_id=resource.id,
                reason="Vold",
                hidden_by=self.mette,
                **(
                    {
                        "lifted_at": datetime.now(UTC),
                        "lifted_by": self.mette,
                        "lift_reason": "Trygt",
                    }
                    if lifted
                    else {}
                ),
            )
            if not lifted:
                self.hidden.add(resource.id)
        # With it everything that is about it.
        self.hidden |= {
            one.resource.id for one in self.items if one.resource.part_of in self.hidden
        }
