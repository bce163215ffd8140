"""Tells the person in the app that a screen failed: no internals, a number to ask about."""

import flet as ft

from i18n.translator import translator
from portal.web.logins import SignedIn

SHOWN_MILLISECONDS = 15_000


def show_failure(page: ft.Page, signed_in: SignedIn, reference: str) -> None:
    """Show a notice over the screen, or instead of one that never came up."""
    t = translator(signed_in.language)
    text = t("Noget gik galt. Det, du skrev, er gemt. Nummer: {reference}", reference=reference)
    if _has_screen(page):
        page.show_dialog(
            ft.SnackBar(
                ft.Text(text),
                duration=SHOWN_MILLISECONDS,
                show_close_icon=True,
            )
        )
        return
    page.views = [ft.View(controls=[ft.SafeArea(ft.Text(text, size=18))], padding=24)]
    page.update()


def _has_screen(page: ft.Page) -> bool:
    # An app of components has one component instead of views.
    return not isinstance(page.views, list) or any(view.controls for view in page.views)
