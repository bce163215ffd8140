"""Fields in the real app: what is wrong is seen, and heard at once."""

import flet as ft

from tests.views.harness import walk, words_of


async def test_what_is_wrong_with_a_field_is_read_aloud_in_the_words_that_are_seen(open_app):
    screen = await open_app("/goals/new")
    await screen.click("Gem")
    heard = [
        text
        for live in screen.controls()
        if isinstance(live, ft.Semantics) and live.live_region
        for part in walk(live.content)
        for text in words_of(part)
    ]
    assert "Skriv dit mål" in heard
