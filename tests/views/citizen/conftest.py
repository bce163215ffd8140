"""The fake plan with everything in it that a citizen meets."""

import pytest

from tests.views.fake_life import FakeLife


@pytest.fixture
def plan() -> FakeLife:
    return FakeLife()
