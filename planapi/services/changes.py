"""What a change changed, for the history. Used by the services that write."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel


@dataclass(frozen=True, slots=True)
class Change:
    """The fields that differ, before and after; falsy where nothing does."""

    before: Mapping[str, Any]
    after: Mapping[str, Any]

    def __bool__(self) -> bool:
        return bool(self.after)


def change(before: Mapping[str, Any], after: Mapping[str, Any]) -> Change:
    """Compare the fields of `after` with what they were."""
    changed = [name for name, value in after.items() if before.get(name) != value]
    return Change(
        {name: before.get(name) for name in changed}, {name: after[name] for name in changed}
    )


def change_by(command: BaseModel, before: Mapping[str, Any]) -> Change:
    """Compare a whole new wording with what it was."""
    return change(before, {name: getattr(command, name) for name in type(command).model_fields})
