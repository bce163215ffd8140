"""Figures for a leader: numbers only, and none that fewer than five people are behind."""

from pydantic import Field

from portal.contract.base import Model
from portal.contract.people import Administration

FEWEST: int = 5
"""A number of fewer people is not told."""


class Figure(Model):
    """One number; absent where it would be about fewer than five people."""

    code: str
    administration: Administration
    people: int | None = Field(default=None, ge=FEWEST)


class Figures(Model):
    """How many citizens something is true of, for each administration."""

    figures: tuple[Figure, ...] = ()
