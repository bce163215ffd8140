"""How readings of one thread become what is on the screen."""

import pytest

from portal.contract.people import Role
from tests.views.fake_messages import HOLM, LONE, MEETING, message, thread
from views.messages.conversation import arrived_after, newest_unread, with_newest, with_older

MESSAGES = [message(HOLM if number % 3 else LONE, str(number)) for number in range(12)]


def page(first, last, cursor=None, **fields):
    return thread(MEETING, "Emne", *MESSAGES[first:last], older_cursor=cursor, **fields)


def bodies(found):
    return [int(written.body) for written in found.messages]


def test_the_first_reading_is_shown_as_it_is():
    assert with_newest(None, page(7, 12, "7")) == page(7, 12, "7")


@pytest.mark.parametrize("newest_first", [2, 5, 8])
def test_older_messages_stay_before_a_newer_reading(newest_first):
    found = with_newest(page(2, 9, "2"), page(newest_first, 12, str(newest_first)))
    assert bodies(found) == list(range(2, 12))
    assert found.older_cursor == "2"


def test_where_readings_do_not_touch_no_gap_is_hidden():
    found = with_newest(page(0, 4), page(8, 12, "8"))
    assert bodies(found) == [8, 9, 10, 11]
    assert found.older_cursor == "8"


def test_a_newer_reading_brings_what_changed_in_what_was_shown():
    found = with_newest(page(0, 9, unread=3), page(4, 9, "4", unread=0))
    assert bodies(found) == list(range(9))
    assert found.unread == 0


def test_an_older_page_comes_before_and_nothing_twice():
    found = with_older(page(6, 12, "6"), page(2, 7, "2"))
    assert bodies(found) == list(range(2, 12))
    assert found.older_cursor == "2"


def test_only_what_the_other_side_wrote_since_then_has_arrived():
    found = arrived_after(page(0, 6), MESSAGES[2].id, Role.CITIZEN)
    assert [written.body for written in found] == ["4", "5"]


def test_nothing_has_arrived_after_a_message_that_is_not_shown():
    assert arrived_after(page(6, 12), MESSAGES[2].id, Role.CITIZEN) == ()
    assert arrived_after(page(6, 12), None, Role.CITIZEN) == ()


def test_the_newest_unread_message_is_the_other_sides_last_one():
    assert newest_unread(page(0, 10, unread=1), Role.CITIZEN) == MESSAGES[8].id
    assert newest_unread(page(0, 10, unread=1), Role.CONTACT_PERSON) == MESSAGES[9].id
    assert newest_unread(page(0, 10), Role.CITIZEN) is None
