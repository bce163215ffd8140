"""Everything about a citizen as a file: a PDF to read, JSON and FHIR for other programs.

The plan API decides what is in it and writes JSON and FHIR; the PDF is made here out of the same
JSON, because words in the reader's language are the portal's. Used by `portal.web.downloads`.
"""

import asyncio
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from i18n import formats
from i18n.translator import Translator
from portal.contract.exports import EXPORT_MEDIA_TYPES, Export, ExportFormat
from portal.contract.receipts import ConsentReceipt
from portal.plan_client import PlanClient
from portal.web.first_look import viewer_of
from portal.web.logins import SignedIn
from views.outlines.export import export_outline
from views.viewer import Viewer


class ExportForm(StrEnum):
    """What somebody can have their export as; the last part of its address."""

    PDF = "pdf"
    JSON = "json"
    FHIR = "fhir"


FORMS: Final = {form.value: form for form in ExportForm}

_ENDING: Final = {ExportForm.PDF: "pdf", ExportForm.JSON: "json", ExportForm.FHIR: "fhir.json"}


@dataclass(frozen=True, slots=True)
class SavedFile:
    """What a browser saves."""

    name: str
    media_type: str
    content: bytes


class Exports:
    """Makes exports, each once however often it is tapped, and one PDF at a time."""

    def __init__(self) -> None:
        self._under_way: dict[tuple[str, ExportForm, str], asyncio.Task[SavedFile]] = {}
        # A long one keeps a processor busy for seconds; the others are for everybody else.
        self._one_at_a_time = asyncio.Semaphore(1)

    async def fetch(
        self, client: PlanClient, signed_in: SignedIn, form: ExportForm, t: Translator
    ) -> SavedFile:
        """Return an export; whoever asks again meanwhile gets the same. Raises ``PlanError``."""
        key = (signed_in.login.key, form, t.language)
        task = self._under_way.get(key)
        if task is None:
            viewer = viewer_of(signed_in, t.language)
            task = asyncio.create_task(self._make(client, viewer, form, t))
            self._under_way[key] = task
            task.add_done_callback(lambda _: self._under_way.pop(key))
        return await asyncio.shield(task)

    async def _make(
        self, client: PlanClient, viewer: Viewer, form: ExportForm, t: Translator
    ) -> SavedFile:
        name = f"en-plan-{formats.today().isoformat()}.{_ENDING[form]}"
        if form is ExportForm.PDF:
            export = await client.export()
            async with self._one_at_a_time:
                content = await asyncio.to_thread(_pdf, t, export, viewer)
            return SavedFile(name, "application/pdf", content)
        written = ExportFormat(form)
        return SavedFile(name, EXPORT_MEDIA_TYPES[written], await client.download_export(written))


def _pdf(t: Translator, export: Export, viewer: Viewer) -> bytes:
    # The library takes a second to load, which a portal that starts again need not wait for.
    from portal.web.paper import pdf_of  # noqa: PLC0415

    return pdf_of(export_outline(t, export, viewer), t)


def receipt_file(receipt: ConsentReceipt) -> SavedFile:
    """Return the record of a consent as a file (ISO/IEC TS 27560)."""
    content = receipt.model_dump_json(indent=2).encode()
    return SavedFile(f"samtykke-{receipt.record_id}.json", "application/json", content)
