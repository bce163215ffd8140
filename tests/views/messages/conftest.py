"""The fake plan with conversations in it."""

import pytest

from tests.views.fake_messages import FakeConversations


@pytest.fixture
def plan() -> FakeConversations:
    return FakeConversations()
