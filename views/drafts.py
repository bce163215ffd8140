"""Keeps what a person types outside this process, so that a lost connection costs no text."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import flet as ft
import structlog

from portal.contract.messages import SaveDraft
from portal.plan_client import PlanClient, PlanError, PlanUnavailable
from views.context import use_app

_SAVE_SECONDS: Final = 1.0
_RETRY_SECONDS: Final = 5.0
_RETRIES: Final = 60

_log = structlog.get_logger(__name__)


@dataclass(frozen=True, eq=False)
class Draft:
    """The fields of a form as typed so far. ``ready`` once a saved draft has been looked for.

    Changing a field draws nothing: the text field itself shows what is typed.
    """

    ready: bool
    _keeper: "_Keeper"

    def text(self, name: str) -> str:
        """Return the text of a field, as it is now."""
        return self._keeper.fields.get(name, "")

    async def change(self, name: str, text: str) -> None:
        """Take over what was typed; it is saved within two seconds."""
        self._keeper.change(name, text)

    async def save(self) -> None:
        """Save now, for example when the person leaves the field."""
        await self._keeper.save()

    async def drop(self) -> None:
        """Forget the draft: it has become what the person wanted."""
        await self._keeper.drop()


def use_draft(name: str, initial: Mapping[str, str]) -> Draft:
    """Give a form its fields: those of the saved draft ``name``, else ``initial``.

    Where the saved draft cannot be read now, the form works without, and takes over later what it
    finds.
    """
    app = use_app()
    drawn, draw = ft.use_state(0)  # how often the fields were filled in; 0 before the first time
    keeper: _Keeper = ft.use_memo(lambda: _Keeper(app.client, name, dict(initial)), [])

    async def load() -> None:
        found = await keeper.read()
        draw(1)
        if not found and await keeper.read_later():
            draw(2)

    ft.use_effect(load, dependencies=[], cleanup=keeper.leave)
    return Draft(drawn > 0, keeper)


class _Keeper:
    """Saves at most once a second while somebody types, and what came last in any case."""

    def __init__(self, client: PlanClient, name: str, initial: dict[str, str]) -> None:
        self._client = client
        self._name = name
        self._initial = initial
        self.fields = dict(initial)
        self._is_read = False
        self._left = False
        self._unsaved = False
        self._saver: asyncio.Task[None] | None = None
        self._reading = asyncio.Lock()
        self._saving = asyncio.Lock()

    async def read(self) -> bool:
        """Take over what is kept; tells whether the plan API answered."""
        async with self._reading:
            if self._is_read:
                return True
            try:
                draft = await self._client.draft(self._name)
            except PlanUnavailable:
                return False
            except PlanError as error:  # it will not be read later either
                _log.warning("draft_not_read", name=self._name, error=type(error).__name__)
            else:
                self._take_over(draft.fields)
            self._is_read = True
            return True

    async def read_later(self) -> bool:
        """Take over what is kept once it can be read; False when the person has left before."""
        while not self._left:
            await asyncio.sleep(_RETRY_SECONDS)
            if await self.read():
                return True
        return False

    def _take_over(self, kept: Mapping[str, str]) -> None:
        """Fill in what was kept. Words that were typed meanwhile come after those of before."""
        for name, before in kept.items():
            typed = self.fields.get(name, "")
            if typed == self._initial.get(name, "") or typed == before:
                self.fields[name] = before
            elif _are_words(before) and _are_words(typed):
                self.fields[name] = f"{before} {typed}"
                self._unsaved = True

    def change(self, name: str, text: str) -> None:
        if self.fields.get(name, "") == text:
            return
        self.fields[name] = text
        self._unsaved = True
        if self._saver is None:
            self._saver = asyncio.get_running_loop().create_task(self._save_soon())

    async def save(self) -> bool:
        """Save what is unsaved; tells whether the plan API answered.

        Nothing is saved over what was kept before and could not be read yet.
        """
        async with self._saving:
            if not self._unsaved:
                return True
            if not await self.read():
                return False
            self._unsaved = False
            try:
                await self._client.save_draft(self._name, SaveDraft(fields=dict(self.fields)))
            except PlanUnavailable:
                self._unsaved = True
                return False
            except (PlanError, ValueError) as error:  # the same text will not be kept later either
                _log.warning("draft_refused", name=self._name, error=type(error).__name__)
            return True

    async def leave(self) -> None:
        """Save for the last time: the person has gone to another page."""
        self._left = True
        await self.save()

    async def drop(self) -> None:
        if self._saver:
            self._saver.cancel()
            self._saver = None
        async with self._saving:
            self._unsaved = False
            if not self._is_read:
                return
            try:
                await self._client.drop_draft(self._name)
            except PlanError:
                return  # an old draft that comes back is better than a failed act

    async def _save_soon(self) -> None:
        """Save, again and again while that fails; for some minutes after the person has left."""
        failures = 0
        try:
            while self._unsaved and not (self._left and failures >= _RETRIES):
                await asyncio.sleep(_RETRY_SECONDS if failures else _SAVE_SECONDS)
                failures = 0 if await self.save() else failures + 1
        finally:
            self._saver = None


def _are_words(text: str) -> bool:
    """Tell words from what was chosen: a choice is kept as a code, without a space."""
    return " " in text.strip()
