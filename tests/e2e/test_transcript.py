"""How a screen's tree becomes lines that a person can read, and what is found wrong in it."""

import re

import pytest

from tests.e2e.transcript import problems, transcript

SNAPSHOT = """\
- status
- main:
  - heading "Mål" [level=1]
  - 'link "Gå en tur Næste skridt: \\"ud\\""':
    - /url: /goals
  - checkbox "Købe sko" [checked]
  - textbox "Emne": Nøgler
  - text: Mette"""


async def test_it_reads_like_what_is_said():
    marked = SNAPSHOT.replace("Mette", "\u2066Mette\u2069")
    assert transcript(marked) == (
        "main\n"
        "  heading 1: Mål\n"
        '  link: Gå en tur Næste skridt: "ud"\n'
        "  checkbox: Købe sko (checked)\n"
        "  textbox: Emne = Nøgler\n"
        "  text: Mette\n"
    )


async def test_nothing_is_wrong_with_a_screen_in_order():
    assert problems(SNAPSHOT) == []


@pytest.mark.parametrize(
    ("before", "after", "problem"),
    [
        ("level=1", "level=2", "0 headings of the first level"),
        ("text: Mette", 'heading "Skridt" [level=3]', "a heading of level 3 after one of level 1"),
        ("main:", "group:", "0 main landmarks"),
        ('checkbox "Købe sko"', "checkbox", "a checkbox without a name"),
    ],
)
async def test_what_is_wrong_is_told(before, after, problem):
    assert problem in problems(re.sub(re.escape(before), after, SNAPSHOT))
