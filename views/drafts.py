"""Keeps what a person types outside this process, so that a lost connection costs no text."""

import asyncio
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

import flet as ft
import structlog

from portal.contract.messages import Draft as Kept
from portal.contract.messages import SaveDraft
from portal.plan_client import PlanClient, PlanConflict, PlanError, PlanUnavailable
from views.context import use_app

_SAVE_SECONDS: Final = 1.0
_RETRY_SECONDS: Final = 5.0
_RETRIES: Final = 60
_TRIES: Final = 3
"""So often at once where another device is faster each time; then it waits like after a failure."""
_PAUSE_SECONDS: Final = 0.4
"""Without a key for so long, somebody has paused; most keys come sooner."""

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

    def fill_in() -> None:
        draw(lambda times: times + 1)

    keeper: _Keeper = ft.use_memo(lambda: _Keeper(app.client, name, dict(initial), fill_in), [])

    async def load() -> None:
        found = await keeper.read()
        fill_in()
        if not found and await keeper.read_later():
            fill_in()

    ft.use_effect(load, dependencies=[], cleanup=keeper.leave)
    return Draft(drawn > 0, keeper)


class _Keeper:
    """Saves at most once a second while somebody types, and what came last in any case.

    Each save names the version that was seen. Where another device of the same person has saved
    since, what both have typed is put together, shown with ``fill_in``, and saved.
    """

    def __init__(
        self,
        client: PlanClient,
        name: str,
        initial: dict[str, str],
        fill_in: Callable[[], None],
    ) -> None:
        self._client = client
        self._name = name
        self._initial = initial
        self._fill_in = fill_in
        self.fields = dict(initial)
        self._kept = Kept()
        self._unheard: list[dict[str, str]] = []
        self._shown: dict[str, str] = {}
        self._typed_at = 0.0
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
                self._take_over(draft)
            self._is_read = True
            return True

    async def read_later(self) -> bool:
        """Take over what is kept once it can be read; False when the person has left before."""
        while not self._left:
            await asyncio.sleep(_RETRY_SECONDS)
            if await self.read():
                return True
        return False

    def _take_over(self, newest: Kept) -> None:
        """Put what is kept together with what was typed here since ``self._kept``."""
        before, self._kept = self._kept.fields, newest
        if newest.version == 0 or newest.fields in self._unheard:
            return  # sent or dropped elsewhere; or saved here, and only the answer was lost
        for name, theirs in newest.fields.items():
            known = before.get(name, self._initial.get(name, ""))
            self.fields[name] = both(known, theirs, self.fields.get(name, ""))
            if self.fields[name] != theirs:
                self._unsaved = True

    def change(self, name: str, text: str) -> None:
        if self.fields.get(name, "") == text:
            return
        shown = self._shown.pop(name, "")
        if shown and text.startswith(shown) and not text.startswith(self.fields[name]):
            # Typed before the browser showed what has just been filled in.
            text = self.fields[name] + text.removeprefix(shown)
            self._fill_in()
        self.fields[name] = text
        self._typed_at = time.monotonic()
        self._unsaved = True
        if self._saver is None:
            self._saver = asyncio.get_running_loop().create_task(self._save_soon())

    async def save(self) -> bool:
        """Save what is unsaved; tells whether it is saved, or never can be.

        Nothing is saved over what was kept before and could not be read yet.
        """
        async with self._saving:
            if not self._unsaved:
                return True
            if not await self.read():
                return False
            for _ in range(_TRIES):
                try:
                    return await self._save_once()
                except PlanConflict as newer:
                    await self._meet(Kept.model_validate(newer.current or {}))
            return False

    async def _save_once(self) -> bool:
        self._unsaved = False
        try:
            command = SaveDraft(fields=dict(self.fields))
        except ValueError as error:  # the same text will not be kept later either
            _log.warning("draft_refused", name=self._name, error=type(error).__name__)
            return True
        try:
            kept = await self._client.save_draft(self._name, command, self._kept.version)
        except (PlanUnavailable, asyncio.CancelledError) as lost:
            self._unsaved = True
            if command.fields not in self._unheard:
                self._unheard.append(command.fields)  # perhaps only the answer is lost
            if isinstance(lost, asyncio.CancelledError):
                raise
            return False
        except PlanConflict:
            self._unsaved = True
            raise
        except PlanError as error:  # nor will it be later
            _log.warning("draft_refused", name=self._name, error=type(error).__name__)
        else:
            self._kept, self._unheard = kept, []
        return True

    def _is_typing(self) -> bool:
        return time.monotonic() - self._typed_at < _PAUSE_SECONDS

    async def _meet(self, newest: Kept) -> None:
        """Take over what another device has saved, when no key is being pressed."""
        while not self._left and self._is_typing():  # noqa: ASYNC110 - a pause tells nobody
            await asyncio.sleep(_PAUSE_SECONDS / 4)
        self._shown = dict(self.fields)
        self._take_over(newest)
        if not self._left:
            self._fill_in()

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
                await self._drop_own()
            except PlanConflict:
                pass  # another device has typed on: that stays
            except PlanError:
                return  # an old draft that comes back is better than a failed act
            self._kept, self._unheard = Kept(), []

    async def _drop_own(self) -> None:
        try:
            await self._client.drop_draft(self._name, self._kept.version)
        except PlanConflict as newer:
            newest = Kept.model_validate(newer.current or {})
            if newest.fields not in self._unheard:
                raise
            await self._client.drop_draft(self._name, newest.version)

    async def _save_soon(self) -> None:
        """Save, again and again while that fails; for some minutes after the person has left."""
        failures = 0
        try:
            while self._unsaved and not (self._left and failures >= _RETRIES):
                await asyncio.sleep(_RETRY_SECONDS if failures else _SAVE_SECONDS)
                failures = 0 if await self.save() else failures + 1
        finally:
            self._saver = None


def both(before: str, theirs: str, ours: str) -> str:
    """Return what was written in two places, knowing what stood there before: no words are lost.

    Of what was chosen in both, or is a single word, the one here stays.
    """
    are_words = any(map(_are_words, (before, theirs, ours)))
    if ours == before or (are_words and theirs.startswith(ours)):
        return theirs
    if theirs == before or not are_words or ours.startswith(theirs):
        return ours
    if before and ours.startswith(before):
        return theirs + ours.removeprefix(before)
    if before and theirs.startswith(before):
        return ours + theirs.removeprefix(before)
    return f"{theirs} {ours}"


def _are_words(text: str) -> bool:
    """Tell words from what was chosen: a choice is kept as a code or a list, as JSON."""
    return " " in text.strip() and not text.startswith("[")
