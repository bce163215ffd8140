"""Spares Flet a tenth of what a tap costs: it works out anew each time what kind of event a
handler gets, though that is the same for each kind of control. Called once by `portal.asgi`.
"""

from typing import Any

import flet as ft
from flet.controls import base_control
from flet.controls.control_event import get_event_field_type

_known: dict[tuple[type[ft.BaseControl], str], Any] = {}


def remember_event_types() -> None:
    """Have Flet ask for each kind of control and each event once."""
    base_control.get_event_field_type = _event_type  # type: ignore[attr-defined] # imported there


def _event_type(control: ft.BaseControl, field_name: str) -> Any:
    """Return the type of the event that `field_name` handles; None where there is no such field."""
    of = type(control), field_name
    if of not in _known:
        _known[of] = get_event_field_type(control, field_name)
    return _known[of]
