"""The contact person's app, with the fake plan and its conversations behind it."""

from functools import partial

import pytest

from portal.contract.people import Role
from tests.views.conftest import OpenApp
from tests.views.fake_messages import FakeConversations


@pytest.fixture
def plan() -> FakeConversations:
    plan = FakeConversations()
    plan.side = Role.CONTACT_PERSON
    return plan


@pytest.fixture
def open_work(open_app: OpenApp) -> OpenApp:
    """Open the app as the contact person."""
    return partial(open_app, role=Role.CONTACT_PERSON)
