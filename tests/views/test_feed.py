"""A session hears of changes to its own topics, and catches up after a lost connection."""

from uuid import UUID

from portal.contract.events import Event, EventKind
from tests.views.fake_plan import HOUSEHOLD, ME, PLAN, WALK


def event(kind: EventKind, topic: str) -> Event:
    return Event(id=1, topic=topic, kind=kind, resource_id=UUID(int=99))


def rename(plan, title: str) -> None:
    plan.goals_by_id[WALK] = plan.goals_by_id[WALK].model_copy(update={"title": title})


async def test_the_topics_are_those_of_the_person(open_app):
    screen = await open_app("/")
    assert screen.live.topics == {f"plan:{PLAN}", f"person:{ME}", f"household:{HOUSEHOLD}"}


async def test_an_open_goal_shows_what_somebody_else_changed(open_app, plan):
    screen = await open_app(f"/goals/{WALK}")
    rename(plan, "Cykl hver dag")
    screen.live.send(event("goal", f"plan:{PLAN}"))
    await screen.until(lambda: "Cykl hver dag" in screen.heading())


async def test_many_changes_at_once_are_read_once(open_app, plan):
    screen = await open_app(f"/goals/{WALK}")
    before = plan.count("goal")
    rename(plan, "Cykl hver dag")
    for _ in range(20):
        screen.live.send(event("goal", f"plan:{PLAN}"))
    await screen.until(lambda: "Cykl hver dag" in screen.heading())
    assert plan.count("goal") - before <= 2


async def test_what_a_screen_does_not_show_makes_it_read_nothing(open_app, plan):
    screen = await open_app(f"/goals/{WALK}")
    before = plan.count("goal")
    screen.live.send(event("consent", f"person:{ME}"))
    screen.live.send(event("goal", f"plan:{PLAN}"))
    await screen.until(lambda: plan.count("goal") == before + 1)


async def test_a_person_who_joins_a_household_hears_of_it_from_then_on(open_app, plan):
    screen = await open_app("/")
    before = plan.count("me")
    screen.live.send(event("person", f"person:{ME}"))
    await screen.until(lambda: plan.count("me") == before + 1)


async def test_after_a_lost_connection_the_screen_is_read_again(open_app, plan):
    screen = await open_app(f"/goals/{WALK}")
    rename(plan, "Cykl hver dag")
    await screen.session.dispatch_connect_event()
    await screen.until(lambda: "Cykl hver dag" in screen.heading())


async def test_leaving_a_screen_ends_its_listening(open_app, plan):
    screen = await open_app("/goals")
    await screen.go("/profile")
    before = plan.count("goals")
    screen.live.send(event("goal", f"plan:{PLAN}"))
    await screen.settle()
    assert plan.count("goals") == before


async def test_a_closed_session_leaves_the_live_events(open_app):
    screen = await open_app("/")
    assert screen.live.listeners
    await screen.session.dispatch_event(screen.session.page._i, "close", None)
    assert not screen.live.listeners
