"""What a telephone's calendar is told of a meeting: see `portal.web.calendar_files`."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Meeting:
    """A meeting. ``sequence`` rises with each change."""

    id: UUID
    sequence: int
    title: str
    starts_at: datetime
    ends_at: datetime
    place: str = ""
    description: str = ""
