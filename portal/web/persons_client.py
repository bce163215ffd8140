"""A plan client in somebody's name that also tells the portal which language they chose.

It saves drafts for a moment longer than the login lasts, and does nothing else then.
"""

from collections.abc import Awaitable, Callable

import httpx

from portal.contract.messages import Draft, SaveDraft
from portal.contract.people import ChooseLanguage, Me
from portal.plan_client import PlanClient, Shelf


class PersonsClient(PlanClient):
    """The client that the screens of a signed-in person get.

    ``token`` raises `SignedOut` once the login has ended, ``last_words_token`` a little later.
    """

    def __init__(
        self,
        http: httpx.AsyncClient,
        token: Callable[[], str],
        shelf: Shelf,
        *,
        last_words_token: Callable[[], str],
        tell_logins: Callable[[str], Awaitable[None]],
    ) -> None:
        super().__init__(http, token, shelf)
        self._last_words = PlanClient(http, last_words_token, shelf)
        self._tell_logins = tell_logins

    async def save_draft(self, name: str, command: SaveDraft, version: int) -> Draft:
        """Keep what was typed, also when the login ended within the last seconds."""
        return await self._last_words.save_draft(name, command, version)

    async def choose_language(self, command: ChooseLanguage, version: int) -> Me:
        """Keep the language with the person, and with their logins: pages are in it too."""
        me = await super().choose_language(command, version)
        await self._tell_logins(command.language)
        return me
