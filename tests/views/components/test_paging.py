"""A long list: some rows at a time."""

import flet as ft

from tests.views.components.drawing import Drawn, draw, spoken
from views.components.paging import paged


def rows(number: int) -> ft.Control:
    return paged(range(1, number + 1), lambda n: ft.Text(f"Række {n}."))


def button(drawn: Drawn) -> ft.BaseControl:
    return next(part for part in drawn.parts() if isinstance(part, ft.OutlinedButton))


async def test_twenty_rows_need_no_button():
    drawn = await draw(lambda: rows(20))
    assert "Række 20." in spoken(drawn)
    assert "Vis flere" not in spoken(drawn)


async def test_more_come_on_a_tap():
    drawn = await draw(lambda: rows(41))
    assert "Række 21." not in spoken(drawn)
    assert "Vis flere (21 tilbage)" in spoken(drawn)
    await drawn.send(button(drawn), "click")
    assert "Række 40." in spoken(drawn)
    await drawn.send(button(drawn), "click")
    assert "Række 41." in spoken(drawn)
    assert "Vis flere" not in spoken(drawn)
