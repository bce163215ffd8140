"""Somebody opens an address: what the drawing of an outline is given."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from uuid import UUID

from i18n.translator import Translator
from portal.plan_client import PlanClient, PlanNotFound
from views.outlines.document import Outline
from views.viewer import Viewer


@dataclass(frozen=True)
class Visit:
    """Somebody opens an address; ``named`` is what stands at its ``:name`` places.

    ``more`` is where a page goes on that was too long: see ``views.outlines.document.more``.
    """

    client: PlanClient
    viewer: Viewer
    t: Translator
    named: dict[str, str] = field(default_factory=dict)
    more: str | None = None

    def id(self, name: str) -> UUID:
        """Return the id at ``:name``. Raises ``PlanNotFound`` where it is no id."""
        try:
            return UUID(self.named[name])
        except ValueError:
            raise PlanNotFound(name) from None


Draw = Callable[[Visit], Awaitable[Outline]]
