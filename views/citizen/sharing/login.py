"""What a page of Deling shows where the login is too old for saying yes."""

import flet as ft

from i18n.translator import Translator
from portal.contract.people import Role
from views.components.buttons import outside_button
from views.components.states import login_address
from views.components.text import body


def log_in_again(t: Translator, back_to: str) -> list[ft.Control]:
    """Return why, and the way to MitID, which comes back to the address ``back_to``."""
    return [
        body(t("Det er længe siden, du loggede ind. Derfor skal du vise igen, at det er dig.")),
        body(t("Du kommer tilbage hertil bagefter.")),
        outside_button(
            t("Log ind med MitID"),
            login_address(Role.CITIZEN, back_to, fresh=True),
            primary=True,
        ),
    ]
