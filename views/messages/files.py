"""Files beside what one writes: chosen, sent ahead one by one, kept with the draft, taken away.

``Files`` belongs to one form; only what is complete goes with the message. Which kinds are taken
and who may send them, the server says.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any, Final
from urllib.parse import urlencode
from uuid import UUID, uuid4

from i18n import formats
from i18n.translator import Translator
from portal.contract.attachments import LARGEST_ATTACHMENT, MOST_ATTACHMENTS
from views.drafts import Draft

FIELD: Final = "attachments"
"""The field of a draft that remembers complete files. The plan API finds their ids in it."""

UPLOADS: Final = "/uploads"
ENDINGS: Final = ("pdf", "png", "jpg", "jpeg", "webp", "txt", "docx")

_KILO: Final = 1000
_LONGEST_NAME: Final = 120


class FileState(StrEnum):
    """Where a file is."""

    WAITING = "waiting"
    COMPLETE = "complete"
    FAILED = "failed"
    TOO_LARGE = "too_large"
    TOO_MANY = "too_many"


@dataclass(frozen=True)
class ChosenFile:
    """A file that somebody chose; ``id`` is what the plan API will know it by."""

    id: UUID
    name: str
    size: int
    state: FileState = FileState.WAITING


@dataclass(eq=False)
class Files:
    """The files of one form, in the order in which they were chosen."""

    draft: Draft
    changed: Callable[[], None] = lambda: None
    chosen: list[ChosenFile] = field(default_factory=list)

    def load(self) -> None:
        """Take over what the draft remembers; once, when it is ready."""
        self.chosen = _read(self.draft.text(FIELD))
        self.changed()

    @property
    def ids(self) -> tuple[UUID, ...]:
        """What goes with the message."""
        return tuple(one.id for one in self.chosen if one.state is FileState.COMPLETE)

    @property
    def waiting(self) -> bool:
        """Whether something is still on its way."""
        return any(one.state is FileState.WAITING for one in self.chosen)

    def add(self, name: str, size: int) -> ChosenFile:
        """Take a file; its state says whether it can be sent ahead."""
        taken = sum(one.state in {FileState.WAITING, FileState.COMPLETE} for one in self.chosen)
        state = FileState.WAITING
        if size > LARGEST_ATTACHMENT:
            state = FileState.TOO_LARGE
        elif taken >= MOST_ATTACHMENTS:
            state = FileState.TOO_MANY
        added = ChosenFile(uuid4(), name, size, state)
        self.chosen.append(added)
        self.changed()
        return added

    async def finish(self, name: str, *, failed: bool) -> None:
        """Note that the first file of this name which was on its way has arrived, or has not."""
        for place, one in enumerate(self.chosen):
            if one.name == name and one.state is FileState.WAITING:
                state = FileState.FAILED if failed else FileState.COMPLETE
                self.chosen[place] = replace(one, state=state)
                break
        await self._keep()

    async def remove(self, file_id: UUID) -> None:
        """Leave a file out."""
        self.chosen = [one for one in self.chosen if one.id != file_id]
        await self._keep()

    async def clear(self) -> None:
        """Forget all files: they went with a message."""
        self.chosen = []
        await self._keep()

    async def _keep(self) -> None:
        self.changed()
        kept = [one for one in self.chosen if one.state is FileState.COMPLETE]
        await self.draft.change(FIELD, _written(kept))


def upload_address(file: ChosenFile, plan_id: UUID) -> str:
    """Return where a file is sent; its name goes along without what makes a name too long."""
    stem, dot, ending = file.name.rpartition(".")
    name = f"{stem[: _LONGEST_NAME - len(ending) - 1]}{dot}{ending}"
    query = {"plan_id": str(plan_id), "name": name, "key": str(file.id)}
    return f"{UPLOADS}?{urlencode(query)}"


def size_in_words(t: Translator, size: int) -> str:
    """Return a number of bytes as "1,2 MB" or "340 kB"."""
    if size >= _KILO**2:
        return t("{n} MB", n=formats.number(t, round(size / _KILO**2, 1)))
    return t("{n} kB", n=formats.number(t, max(round(size / _KILO), 1)))


def _written(files: list[ChosenFile]) -> str:
    if not files:
        return ""
    return json.dumps([[str(one.id), one.name, one.size] for one in files])


def _read(text: str) -> list[ChosenFile]:
    """Return the files that a draft remembers; nothing where it makes no sense any more."""
    try:
        found: list[list[Any]] = json.loads(text) if text else []
        return [
            ChosenFile(UUID(file_id), str(name), int(size), FileState.COMPLETE)
            for file_id, name, size in found
        ]
    except (ValueError, TypeError):
        return []
