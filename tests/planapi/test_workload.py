"""Is it too much? Overlaps and full weeks, of what the actor may see."""

from datetime import UTC, date, datetime, time, timedelta
from uuid import uuid4

import pytest

from planapi.calendar import DANISH_TIME
from planapi.services.overlaps import find_overlaps
from planapi.services.weeks import count_weeks, monday_of
from portal.contract.plans import Appointment, Intervention, WeeklyTime

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)  # a Friday
TODAY = date(2026, 11, 20)
MONDAY = date(2026, 11, 23)


def an_intervention(**fields):
    return Intervention(
        **{
            "id": uuid4(),
            "version": 1,
            "title": "Praktik",
            "what": "",
            "why": "",
            "rule": "",
            "administration": "employment",
            "unit": "",
            "responsible": "",
            "starts_on": date(2026, 11, 1),
            "theme": "work",
            "state": "active",
            **fields,
        }
    )


def a_meeting(day=MONDAY, clock="10:00", minutes=60, **fields):
    starts_at = datetime.combine(day, time.fromisoformat(clock), DANISH_TIME)
    return Appointment(
        **{
            "id": uuid4(),
            "version": 1,
            "title": "Samtale",
            "starts_at": starts_at,
            "ends_at": starts_at + timedelta(minutes=minutes),
            "place": "",
            "administration": "health",
            **fields,
        }
    )


def mondays(starts="09:00", ends="12:00"):
    return (
        WeeklyTime(weekday=1, starts=time.fromisoformat(starts), ends=time.fromisoformat(ends)),
    )


def kinds(interventions=(), appointments=()):
    return [one.kind for one in find_overlaps(interventions, appointments, NOW)]


def test_two_meetings_at_the_same_time_clash_for_the_time_they_share():
    first, second = a_meeting(clock="10:00"), a_meeting(clock="10:30")

    (found,) = find_overlaps((), (second, first), NOW)

    assert (found.kind, found.first.id, found.second.id) == ("meetings_clash", first.id, second.id)
    assert (found.starts_at, found.ends_at) == (second.starts_at, first.ends_at)


@pytest.mark.parametrize(
    "other",
    [
        a_meeting(clock="11:00"),
        a_meeting(day=MONDAY + timedelta(days=1)),
        a_meeting(
            answer={
                "answer": "cannot",
                "answered_by": {"id": uuid4(), "name": "Anna"},
                "answered_at": NOW,
            }
        ),
    ],
    ids=["right after", "another day", "one that the citizen cannot come to"],
)
def test_meetings_that_do_not_clash(other):
    assert kinds((), (a_meeting(), other)) == []


def test_what_is_over_clashes_with_nothing():
    yesterday = TODAY - timedelta(days=1)

    assert kinds((), (a_meeting(day=yesterday), a_meeting(day=yesterday))) == []


def test_a_meeting_in_the_fixed_hours_of_a_work_trial_is_found_in_danish_time():
    trial = an_intervention(weekly_times=mondays())
    meeting = a_meeting(clock="11:30", minutes=60)

    (found,) = find_overlaps((trial,), (meeting,), NOW)

    assert (found.kind, found.first.id, found.second.id) == (
        "meeting_in_fixed_hours",
        meeting.id,
        trial.id,
    )
    assert found.ends_at.astimezone(DANISH_TIME).time() == time(12)


@pytest.mark.parametrize(
    ("trial", "meeting"),
    [
        (an_intervention(weekly_times=mondays()), a_meeting(clock="12:00")),
        (an_intervention(weekly_times=mondays()), a_meeting(day=MONDAY + timedelta(days=1))),
        (an_intervention(weekly_times=mondays(), ends_on=TODAY), a_meeting()),
        (an_intervention(weekly_times=mondays(), state="ended"), a_meeting()),
    ],
    ids=["right after", "another weekday", "the trial is over by then", "ended"],
)
def test_meetings_outside_of_fixed_hours(trial, meeting):
    assert kinds((trial,), (meeting,)) == []


def test_fixed_hours_of_two_interventions_clash_while_both_run():
    first = an_intervention(weekly_times=mondays(), ends_on=date(2026, 12, 31))
    second = an_intervention(
        theme="health", weekly_times=mondays("11:00", "13:00"), starts_on=date(2026, 12, 1)
    )

    (found,) = find_overlaps((first, second), (), NOW)

    assert (found.kind, found.weekday, found.starts, found.ends) == (
        "fixed_hours_clash",
        1,
        time(11),
        time(12),
    )
    assert (found.starts_on, found.ends_on) == (date(2026, 12, 1), date(2026, 12, 31))


def test_a_common_period_without_that_weekday_is_no_clash():
    first = an_intervention(weekly_times=mondays(), ends_on=date(2026, 11, 22))
    second = an_intervention(theme="health", weekly_times=mondays())

    assert kinds((first, second)) == []


def test_the_same_goal_and_theme_is_the_same_purpose_whoever_does_it():
    goal = uuid4()
    first = an_intervention(goal_ids=(goal, uuid4()))
    second = an_intervention(goal_ids=(goal,))

    (found,) = find_overlaps((first, second), (), NOW)

    assert (found.kind, found.goal_ids, found.ends_on) == ("same_purpose", (goal,), None)


def test_two_administrations_with_the_same_theme():
    pair = (an_intervention(), an_intervention(administration="health"))

    assert kinds(pair) == ["same_theme"]
    assert kinds((an_intervention(), an_intervention())) == []
    assert kinds((an_intervention(), an_intervention(administration="health", theme="home"))) == []
    assert kinds((an_intervention(ends_on=date(2026, 11, 30)), an_intervention(
        administration="health", starts_on=date(2026, 12, 1)))) == []  # fmt: skip


def test_weeks_count_hours_by_fixed_times_or_by_days_and_meetings():
    by_times = an_intervention(weekly_times=mondays(), hours_per_week=37)
    by_days = an_intervention(hours_per_week=10, starts_on=MONDAY + timedelta(days=9))
    meetings = (a_meeting(minutes=90), a_meeting(day=MONDAY + timedelta(days=6)))

    first, second = count_weeks((by_times, by_days), meetings, (MONDAY, MONDAY + timedelta(days=7)))

    assert (first.intervention_hours, first.meeting_hours, first.meetings) == (3.0, 2.5, 2)
    assert second.intervention_hours == 3.0 + 10 * 3 / 5  # Wednesday to Friday
    assert second.meetings == 0


def test_a_week_begins_on_monday():
    assert monday_of(MONDAY) == monday_of(MONDAY + timedelta(days=6)) == MONDAY


@pytest.fixture
def anna(world):
    return world.a_person()


@pytest.fixture
def plan(world, anna):
    plan = world.a_plan(anna)
    soon = datetime.now(UTC) + timedelta(days=3)
    world.an_appointment(plan, soon)
    world.an_appointment(plan, soon, "family", title="Familiesamtale")
    trial = world.an_intervention(plan, hours_per_week=15)
    world.insert(
        "intervention_time", intervention_id=trial, weekday=1, starts="09:00", ends="12:00"
    )
    world.an_intervention(plan, "health", theme="work", hours_per_week=2)
    return plan


async def test_the_citizen_is_told_of_every_overlap(api, anna, plan):
    citizen = await api.as_citizen(anna)

    found = (await citizen.get(f"/v1/plans/{plan}/overlaps")).json()["overlaps"]

    assert {"meetings_clash", "same_theme"} <= {one["kind"] for one in found}


async def test_a_contact_person_is_told_of_nothing_that_they_may_not_see(api, world, anna, plan):
    worker = await api.as_contact_person(world.a_contact_person(anna))
    path = f"/v1/plans/{plan}/overlaps"
    found = (await worker.get(path)).json()["overlaps"]
    assert not {"meetings_clash", "same_theme"} & {one["kind"] for one in found}
    read = world.rows("SELECT DISTINCT resource_kind, ground FROM access_entry")
    assert {entry["ground"] for entry in read} == {"same_administration"}

    world.a_consent(anna, categories=["family"])
    found = (await worker.get(path)).json()["overlaps"]
    assert "meetings_clash" in {one["kind"] for one in found}


async def test_the_load_of_the_weeks_around_this_one(api, world, anna, plan):
    citizen = await api.as_citizen(anna)

    load = (
        await citizen.get(f"/v1/plans/{plan}/load", params={"weeks_back": 2, "weeks_ahead": 3})
    ).json()

    assert load["this_week"] == monday_of(world.today).isoformat()
    assert len(load["weeks"]) == 6
    assert load["weeks"][2]["monday"] == load["this_week"]
    assert sum(week["meetings"] for week in load["weeks"]) == 2
    assert load["weeks"][-1]["intervention_hours"] == 5.0  # three fixed hours and two more


@pytest.mark.parametrize("part", ["overlaps", "load"])
async def test_a_stranger_finds_no_plan_to_count_in(api, world, plan, part):
    stranger = await api.as_citizen(world.a_person())

    assert (await stranger.get(f"/v1/plans/{plan}/{part}")).status_code == 404
