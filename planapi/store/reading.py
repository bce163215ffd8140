"""A read of a whole tree in one statement, which can share its round trip with other reads."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from pydantic import BaseModel, TypeAdapter

from planapi.database import Row, Statement, Transaction
from planapi.store.names import Knows, revealed_text
from portal.contract.base import from_json

M = TypeVar("M", bound=BaseModel)


@dataclass(frozen=True, slots=True)
class Reading(Generic[M]):
    """A statement that answers at most one row, with a column ``json``: the text of a ``model``.

    Where there are several kinds of it, ``model`` is the adapter of their union.
    """

    statement: Statement
    model: type[M] | TypeAdapter[M]

    def parse(self, rows: Sequence[Row], knows: Knows) -> M | None:
        """Return what the rows of the statement say, None where there are none.

        Protected names are empty but for those that ``knows`` lets pass.
        """
        if not rows:
            return None
        return from_json(self.model, revealed_text(rows[0]["json"], knows))

    async def run(self, tx: Transaction) -> M | None:
        """Read alone, in a round trip of its own."""
        rows = await tx.rows(self.statement.query, **self.statement.parameters)
        return self.parse(rows, tx.knows)
