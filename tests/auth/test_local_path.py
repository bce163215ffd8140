"""Where a login may lead: only into the portal."""

import pytest

from auth.local_path import local_path


@pytest.mark.parametrize("path", ["/", "/goals", "/goals/1?tab=history#top", "/m%C3%A5l", "/mål"])
def test_paths_of_the_portal_are_kept(path):
    assert local_path(path) == path


@pytest.mark.parametrize(
    "path",
    [
        None,
        "",
        "goals",
        "https://evil.example/",
        "//evil.example/",
        "///evil.example",
        "/\\evil.example",
        "\\\\evil.example",
        "/\t/evil.example",
        "/a\r\nSet-Cookie: x=y",
        " /goals",
        "javascript:alert(1)",
        "//[evil",
        "/auth/login",
        "/auth/logout?x=1",
        "/auth",
        "/" + "a" * 2000,
    ],
)
def test_everything_else_leads_to_the_first_page(path):
    assert local_path(path) == "/"
