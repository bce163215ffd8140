"""Reads a screen's outline for the page, in the person's name and with their rights.

The app that takes over gets what was read here, so it is read and counted once. Used by
`portal.web.pages`; built in `portal.asgi`.
"""

import asyncio
from collections.abc import Callable
from typing import Final

import structlog

from i18n.translator import Translator
from portal.contract.people import Role
from portal.plan_client import PlanClient, PlanError, Shelf
from portal.web.handover import Handover, Subscribe
from portal.web.logins import SignedIn
from views.outlines.document import Outline
from views.outlines.screens import outline_of
from views.viewer import Viewer

logger = structlog.get_logger(__name__)

PATIENCE_SECONDS: Final = 3.0
"""After that the page goes out without its content: the app will ask again."""

MakeClient = Callable[[SignedIn, Shelf], PlanClient]


class FirstLook:
    """Reads outlines.

    Args:
        client_of: makes a plan client in somebody's name.
        handover: keeps what was read for the app.
        subscribe: hears of changes.
    """

    def __init__(self, client_of: MakeClient, handover: Handover, subscribe: Subscribe) -> None:
        self._client_of = client_of
        self._handover = handover
        self._subscribe = subscribe

    async def __call__(
        self, signed_in: SignedIn, path: str, t: Translator, more: str | None = None
    ) -> Outline | None:
        """Return what the screen at `path` shows, from `more` on; None when there is no answer."""
        look = self._handover.begin(signed_in.login.key)
        client = self._client_of(signed_in, look)
        try:
            async with asyncio.timeout(PATIENCE_SECONDS):
                me = await client.me()
                look.only_while_unchanged(me.topics, self._subscribe)
                viewer = viewer_of(signed_in, t.language)
                return await outline_of(path, client, viewer, t, more)
        except (PlanError, TimeoutError) as error:
            look.clear()
            logger.warning("first_look_failed", error=type(error).__name__)
            return None


def viewer_of(signed_in: SignedIn, language: str) -> Viewer:
    """Return who looks."""
    login = signed_in.login
    return Viewer(
        person_id=login.person_id, name=login.name, role=Role(login.role), language=language
    )
