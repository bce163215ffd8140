"""No method of the portal's client is without a story in this folder."""

import inspect
import re
from pathlib import Path

from portal.plan_client import PlanClient


def test_every_method_of_the_client_is_called_in_some_story():
    methods = {name for name, _ in inspect.getmembers(PlanClient, inspect.iscoroutinefunction)}
    stories = "".join(one.read_text("utf-8") for one in Path(__file__).parent.glob("test_*.py"))

    called = set(re.findall(r"await \w+\.(\w+)\(", stories))

    assert {name for name in methods if name[0] != "_"} - called == set()
