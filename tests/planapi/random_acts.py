"""What people around a random citizen have done: wherever a plan keeps who did something.

Anybody may have done any of it: they were near once, and may not be any more.
"""

from datetime import UTC, datetime, timedelta
from random import Random
from uuid import UUID, uuid4

from planapi.policy.resources import ResourceKind
from tests.planapi.conftest import World


class Acts:
    """Writes traces of people into a plan whose items are there already."""

    def __init__(self, world: World, random: Random, people: list[UUID]) -> None:
        self._world, self._random, self._people = world, random, people

    def somebody(self) -> UUID:
        """One of those who may have acted."""
        return self._random.choice(self._people)

    def in_goal(self, goal: UUID) -> None:
        """Steps, a rating and history."""
        insert = self._world.insert
        step = self._world.a_step(
            goal, assignee_id=self.somebody(), done_by=self.somebody(), done_at=datetime.now(UTC)
        )
        insert("rating", goal_id=goal, kind="own", value=3, rated_by=self.somebody())
        insert(
            "history",
            goal_id=goal,
            resource_kind=ResourceKind.STEP,
            resource_id=step,
            change="ticked",
            actor_id=self.somebody(),
            actor_role="citizen",
        )

    def in_item(self, kind: ResourceKind, item: UUID) -> None:
        """History, as everything has it."""
        self._world.insert(
            "history",
            resource_kind=kind,
            resource_id=item,
            change="edited",
            actor_id=self.somebody(),
            actor_role="citizen",
        )

    def in_appointment(self, appointment: UUID, starts_at: datetime) -> None:
        """An answer to the invitation."""
        self._world.insert(
            "appointment_answer",
            appointment_id=appointment,
            starts_at=starts_at,
            ends_at=starts_at + timedelta(hours=1),
            answer="cannot",
            answered_by=self.somebody(),
        )

    def in_minutes(self, minutes: UUID) -> None:
        """A comment."""
        self._world.insert(
            "minutes_remark",
            minutes_id=minutes,
            kind="comment",
            text="Enig",
            author_id=self.somebody(),
            author_role="citizen",
        )

    def in_thread(self, thread: UUID) -> None:
        """The last message."""
        self._world.a_message(thread, self.somebody())

    def in_plan(self, plan: UUID, citizen: UUID, household: UUID, worker: UUID) -> None:
        """What was told, wished for and asked; who was invited, who read. Booked by ``worker``."""
        insert, today = self._world.insert, self._world.today
        theme, topic = (
            self._world.rows(f"SELECT code FROM {table} ORDER BY code LIMIT 1")[0]["code"]  # noqa: S608
            for table in ("assessment_theme", "fact_topic")
        )
        insert("own_view", plan_id=plan, theme=theme, text="Svært", written_by=self.somebody())
        insert("told_fact", plan_id=plan, topic=topic, text="Ja", given_by=self.somebody())
        follow_up = insert(
            "follow_up", plan_id=plan, day=today + timedelta(days=3), created_by=worker
        )
        insert(
            "agenda_item",
            follow_up_id=follow_up,
            text="Søvn",
            added_by=self.somebody(),
            added_role="citizen",
        )
        insert(
            "household_invitation",
            household_id=household,
            name="Farmor",
            cpr_hash=uuid4().bytes,
            relation="grandparent",
            invited_by=self.somebody(),
        )
        insert(
            "access_entry",
            citizen_id=citizen,
            reader_id=self.somebody(),
            reader_role="citizen",
            resource_kind=ResourceKind.PLAN,
            resource_id=plan,
            ground="household_member",
        )
