"""Small pictures: each says in words what it shows, and is mirrored where one reads so."""

from datetime import date

import flet as ft
import flet.canvas as cv
import pytest

from i18n.translator import translator
from tests.views.components.drawing import Drawn, draw, spoken
from views import theme
from views.components.charts import Bar, RatingsChart, Series, goal_ring, load_chart
from views.components.time_line import Span, time_line

T = translator("da")
MINE = Series("Dig", ((date(2026, 9, 1), 2), (date(2026, 9, 11), 4), (date(2026, 9, 21), 7)))
HERS = Series("Louise", ((date(2026, 9, 11), 5),))


async def test_a_curve_of_ratings_says_every_rating():
    drawn = await draw(lambda: RatingsChart((MINE, HERS)))
    said = "Kurve fra 0 til 10. Dig: 2 den 1. september, 4 den 11. september"
    assert said in spoken(drawn)


def canvas_of(drawn: Drawn) -> cv.Canvas:
    return next(part for part in drawn.parts() if isinstance(part, cv.Canvas))


async def points(language: str) -> list[tuple[float, float]]:
    """Where the points of a curve stand in a canvas 210 px wide."""
    drawn = await draw(lambda: RatingsChart((MINE,)), language=language)
    await drawn.send(canvas_of(drawn), "resize", {"w": 210.0, "h": 160.0})
    shapes = canvas_of(drawn).shapes
    return [(shape.x, shape.y) for shape in shapes if isinstance(shape, cv.Circle)]


async def test_a_higher_rating_stands_higher_and_a_later_one_further_on():
    spots = await points("da")
    assert [x for x, _ in spots] == [5, 105, 205]
    assert [y for _, y in spots] == sorted((y for _, y in spots), reverse=True)


async def test_large_text_finds_room_for_the_numbers_beside_a_curve():
    drawn = await draw(lambda: RatingsChart((MINE,)))
    numbers = [part for part in drawn.parts() if isinstance(part, ft.Text) and part.value == "10"]

    around = [part for part in drawn.parts() if isinstance(part, ft.Container) and part.content]

    assert len(numbers) == 1
    assert all(part.width is None for part in around)


async def test_a_curve_begins_at_the_right_where_one_reads_from_there():
    assert [x for x, _ in await points("ar")] == [205, 105, 5]


async def test_two_persons_can_be_told_apart_without_color():
    drawn = await draw(lambda: RatingsChart((MINE, HERS)))
    kinds = [type(shape) for shape in canvas_of(drawn).shapes]
    assert (kinds.count(cv.Circle), kinds.count(cv.Rect)) == (3, 1)


async def test_a_curve_without_ratings_is_nothing():
    drawn = await draw(lambda: RatingsChart((Series("Dig", ()),)))
    assert spoken(drawn) == ""


@pytest.mark.parametrize(
    ("done", "total", "said"),
    [(0, 0, "Ingen skridt endnu"), (2, 5, "2 af 5 skridt er taget"), (5, 5, "5 af 5 skridt")],
)
def test_a_ring_says_how_many_steps_are_taken(done, total, said):
    assert said in goal_ring(T, done, total).label


def test_the_heaviest_week_is_the_tallest_and_a_full_one_carries_a_sign():
    weeks = [Bar("47", 12, "Uge 47: 12 timer"), Bar("48", 36, "Uge 48: 36 timer", full=True)]
    chart = load_chart(T, weeks)
    columns = [slot.content for slot in chart.controls]
    assert [column.label for column in columns] == ["Uge 47: 12 timer", "Uge 48: 36 timer"]
    heights = [
        next(part.height for part in column.content.controls if isinstance(part, ft.Container))
        for column in columns
    ]
    assert heights == [theme.LOAD_HEIGHT / 3, theme.LOAD_HEIGHT]
    signs = [
        any(isinstance(part, ft.Icon) for part in column.content.controls) for column in columns
    ]
    assert signs == [False, True]


def test_a_week_without_anything_has_no_share_of_nothing():
    chart = load_chart(T, [Bar("47", 0, "Uge 47: 0 timer")])
    assert len(chart.controls) == 1


def test_more_weeks_than_fit_scroll():
    assert load_chart(T, [Bar("1", 1, "")] * 7).scroll is None
    assert load_chart(T, [Bar("1", 1, "")] * 8).scroll is ft.ScrollMode.AUTO


def bar_of(span: Span) -> list[int]:
    """The weeks before, of and after a bar."""
    line = time_line(
        T, [span], first=date(2026, 11, 2), last=date(2026, 11, 29), today=date(2026, 11, 20)
    )
    row = line.controls[1].content.controls[1].content.controls[1]
    return [part.expand for part in row.controls]


def test_a_bar_stands_in_the_weeks_that_it_lasts():
    assert bar_of(Span("Mentor", date(2026, 11, 11), date(2026, 11, 18))) == [1, 2, 1]


def test_a_bar_that_began_before_and_has_no_end_fills_the_line():
    assert bar_of(Span("Mentor", date(2026, 1, 1), None)) == [4]


def test_a_bar_of_another_time_stays_on_the_line():
    assert sum(bar_of(Span("Mentor", date(2027, 5, 1), None))) == 4
    assert sum(bar_of(Span("Mentor", date(2020, 5, 1), date(2020, 6, 1)))) == 4
