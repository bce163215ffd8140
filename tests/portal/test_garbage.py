"""Old garbage is looked for when enough screens were closed, and not before."""

import asyncio
import gc
import weakref
from contextlib import asynccontextmanager
from dataclasses import dataclass

import pytest

from portal.serve import tune_garbage_collection
from portal.web.garbage import FEWEST_CLOSED, sweep_after_closing

A_MOMENT = 0.01


@dataclass
class Sockets:
    open_sockets: int = 0
    closed_sockets: int = 0


class Screen:
    def __init__(self):
        self.control = self  # as controls and their handlers hold each other


@pytest.fixture
def seldom():
    before = gc.get_threshold()
    tune_garbage_collection(sweeps_itself=True)
    yield
    gc.unfreeze()
    gc.set_threshold(*before)


@asynccontextmanager
async def sweeping(sockets):
    task = asyncio.create_task(sweep_after_closing(sockets, look_seconds=A_MOMENT))
    await asyncio.sleep(A_MOMENT)
    yield
    task.cancel()


def an_old_screen_that_was_left():
    screen = Screen()
    gc.collect()  # now it is old
    return weakref.ref(screen)


async def after_a_look():
    await asyncio.sleep(10 * A_MOMENT)


async def test_python_itself_never_looks_through_all_open_screens(seldom):
    screen = an_old_screen_that_was_left()

    kept = [[] for _ in range(300_000)]
    looks_at_older = gc.get_stats()[1]["collections"]
    kept += [[] for _ in range(300_000)]

    assert gc.get_stats()[1]["collections"] > looks_at_older
    assert screen() is not None


async def test_what_closed_screens_left_is_found_once_as_many_were_closed_as_are_open(seldom):
    sockets = Sockets(open_sockets=FEWEST_CLOSED * 2)
    async with sweeping(sockets):
        screen = an_old_screen_that_was_left()
        sockets.closed_sockets = FEWEST_CLOSED * 2 - 1
        await after_a_look()
        assert screen() is not None

        sockets.closed_sockets += 1
        await after_a_look()
        assert screen() is None


async def test_a_few_screens_are_not_worth_a_look(seldom):
    sockets = Sockets(open_sockets=1)
    async with sweeping(sockets):
        screen = an_old_screen_that_was_left()
        sockets.closed_sockets = FEWEST_CLOSED - 1
        await after_a_look()

        assert screen() is not None
