"""Keeps what a person types outside this process, so that a lost connection costs no text."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field
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
    """Give a form its fields: those of the saved draft ``name``, else ``initial``."""
    app = use_app()
    ready, show_ready = ft.use_state(initial=False)
    keeper: _Keeper = ft.use_memo(lambda: _Keeper(app.client, name, dict(initial)), [])

    async def load() -> None:
        await keeper.load()
        show_ready(True)

    ft.use_effect(load, dependencies=[], cleanup=keeper.save)
    return Draft(ready, keeper)


@dataclass(eq=False)
class _Keeper:
    """Saves at most once a second while somebody types, and what came last in any case."""

    client: PlanClient
    name: str
    fields: dict[str, str]
    _unsaved: bool = False
    _saver: asyncio.Task[None] | None = None
    _saving: asyncio.Lock = field(default_factory=asyncio.Lock)

    async def load(self) -> None:
        try:
            draft = await self.client.draft(self.name)
        except PlanError:
            return  # the form works without; saving will be tried anyway
        self.fields.update(draft.fields)

    def change(self, name: str, text: str) -> None:
        if self.fields.get(name, "") == text:
            return
        self.fields[name] = text
        self._unsaved = True
        if self._saver is None:
            self._saver = asyncio.get_running_loop().create_task(self._save_soon())

    async def save(self) -> bool:
        """Save what is unsaved; tells whether the plan API answered."""
        async with self._saving:
            if not self._unsaved:
                return True
            self._unsaved = False
            try:
                await self.client.save_draft(self.name, SaveDraft(fields=dict(self.fields)))
            except PlanUnavailable:
                self._unsaved = True
                return False
            except (PlanError, ValueError) as error:  # the same text will not be kept later either
                _log.warning("draft_refused", name=self.name, error=type(error).__name__)
            return True

    async def drop(self) -> None:
        if self._saver:
            self._saver.cancel()
            self._saver = None
        async with self._saving:
            self._unsaved = False
            try:
                await self.client.drop_draft(self.name)
            except PlanError:
                return  # an old draft that comes back is better than a failed act

    async def _save_soon(self) -> None:
        failures = 0
        try:
            while self._unsaved and failures < _RETRIES:
                await asyncio.sleep(_RETRY_SECONDS if failures else _SAVE_SECONDS)
                failures = 0 if await self.save() else failures + 1
        finally:
            self._saver = None
