"""Reads what an address names."""

from uuid import UUID

import flet as ft


def use_id(name: str) -> UUID | None:
    """Return the id at ``:name`` in the address, None where it is no id; a hook."""
    try:
        return UUID(ft.use_route_params().get(name, ""))
    except ValueError:
        return None
