"""The last parts of an export's outline: helpers, consents, who sees what, requests, the log."""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from itertools import groupby
from typing import Final

from i18n import formats
from i18n.translator import Translator
from portal.contract.access import AccessEntry, AccessVisit, ReadKind
from portal.contract.consents import Category
from portal.contract.helpers import Helper, HelperKind, HelperList
from portal.contract.people import Administration
from portal.contract.receipts import ConsentReceipt, ReceiptEvent, ReceiptParty
from portal.contract.rights import RightsRequest, RightsRequestList
from portal.contract.sharing import Extent, SharingMatrix, SharingRow
from views import words
from views.citizen.sharing.facts import what
from views.outlines.citizen import visit_item
from views.outlines.document import Block, Facts, Item, Items, Section, Words, own, quiet

_ONE_VISIT: Final = timedelta(minutes=15)


def helpers(t: Translator, found: HelperList) -> tuple[Block, ...]:
    """Return who helps, and whom one helps."""
    return (
        *_list(t("Hjælpere"), (_helper(t, one, one.name) for one in found.helpers)),
        *_list(t("Dem, du hjælper"), (_helper(t, one, one.citizen.name) for one in found.helping)),
    )


def consents(t: Translator, receipts: Iterable[ConsentReceipt]) -> tuple[Block, ...]:
    """Return each consent with its exact words and what happened to it."""
    return _list(t("Samtykker"), (_consent(t, one) for one in receipts))


def sharing(t: Translator, matrix: SharingMatrix) -> tuple[Block, ...]:
    """Return who sees what."""
    return _list(t("Hvem kan se hvad?"), (_row(t, row) for row in matrix.rows))


def requests(t: Translator, found: RightsRequestList) -> tuple[Block, ...]:
    """Return what was asked by right, with the answers."""
    return _list(t("Dine spørgsmål"), (_request(t, one) for one in found.requests))


def readings(t: Translator, log: Iterable[AccessEntry]) -> tuple[Block, ...]:
    """Return who has read, as visits, newest first."""
    return _list(t("Hvem har set mine oplysninger"), (visit_item(t, one) for one in visits_of(log)))


def visits_of(log: Iterable[AccessEntry]) -> Iterator[AccessVisit]:
    """Return readings as visits: what one reader saw on one ground within a quarter of an hour.

    ``log`` is newest first, as the plan API answers it; so are the visits.
    """
    open_: dict[tuple[object, ...], list[AccessEntry]] = {}
    for entry in log:
        key = (entry.reader, entry.reader_role, entry.ground, entry.consent_id)
        known = open_.get(key)
        if known and known[0].at - entry.at <= _ONE_VISIT:
            known.append(entry)
            continue
        if known:
            yield _visit(known)
        open_[key] = [entry]
    yield from map(_visit, open_.values())


def _visit(entries: list[AccessEntry]) -> AccessVisit:
    newest = entries[0]
    kinds = sorted(entry.resource_kind for entry in entries)
    counted = (ReadKind(resource_kind=kind, count=len([*of])) for kind, of in groupby(kinds))
    return AccessVisit(
        newest_entry_id=newest.id,
        first_at=entries[-1].at,
        last_at=newest.at,
        reader=newest.reader,
        reader_role=newest.reader_role,
        ground=newest.ground,
        consent_id=newest.consent_id,
        kinds=tuple(sorted(counted, key=lambda kind: -kind.count)),
        count=len(entries),
    )


def _list(title: str, items: Iterable[Item]) -> tuple[Block, ...]:
    found = tuple(items)
    return (Section(title, (Items(found),)),) if found else ()


def _helper(t: Translator, one: Helper, name: str) -> Item:
    kind = {
        HelperKind.POWER_OF_ATTORNEY: t("Fuldmagt"),
        HelperKind.GUARDIAN: t("Værge"),
        HelperKind.BISIDDER: t("Bisidder"),
    }[one.kind]
    period = formats.at_start(formats.period(t, one.valid_from, one.valid_until))
    return Item(name, (Words(kind), quiet(what(t, one.categories)), quiet(period)))


def _consent(t: Translator, receipt: ConsentReceipt) -> Item:
    notice, processing = receipt.notice, receipt.pii_processing
    to = [_party(t, one) for one in receipt.parties if one.party_role == "recipient"]
    givers = [one.party_name for one in receipt.parties if one.party_role == "consent_giver"]
    facts = [
        (t("Hvad"), what(t, map(Category, processing.pii_types))),
        (t("Til"), formats.listed(t, to)),
        (t("Hvorfor"), processing.purpose),
        (t("Hvornår"), formats.period(t, processing.valid_from, processing.valid_until)),
        (t("Givet af"), formats.listed(t, givers)),
        *((_event(t, one), _when(t, one)) for one in receipt.events),
        (t("Loven"), processing.lawful_basis),
        (t("Kvitteringens nummer"), str(receipt.record_id)),
    ]
    if processing.case:
        facts.insert(2, (t("Sag"), processing.case))
    if processing.source:
        source = words.administration(t, Administration(processing.source))
        facts.insert(1, (t("Fra"), source))
    said = (own(notice.text), own(notice.consequence_of_refusal))
    return Item(notice.title, (Facts(tuple(facts)), *said))


def _party(t: Translator, party: ReceiptParty) -> str:
    """Return somebody's name, or what a part of the municipality is called."""
    if party.party_id.startswith("administration:"):
        return words.administration(t, Administration(party.party_name))
    return party.party_name


def _event(t: Translator, event: ReceiptEvent) -> str:
    return {
        "given": t("Givet"),
        "renewed": t("Fornyet"),
        "signed": t("Skrevet under"),
        "withdrawn": t("Trukket tilbage"),
        "expired": t("Udløbet"),
    }[event.event_type]


def _when(t: Translator, event: ReceiptEvent) -> str:
    at = event.event_time
    if isinstance(at, datetime):
        return formats.moment_in_words(t, at)
    return formats.day_in_words(t, at)


def _row(t: Translator, row: SharingRow) -> Item:
    who = row.recipient
    if who.person:
        name = words.person(t, who.person)
    else:
        name = words.administration(t, who.administration) if who.administration else ""
    extents = {Extent.ALL: t("Alt"), Extent.SOME: t("Noget"), Extent.NONE: t("Intet")}
    cells = (
        (formats.at_start(words.category(t, cell.category)), extents[cell.extent])
        for cell in row.cells
    )
    return Item(name, (Facts(tuple(cells)),))


def _request(t: Translator, request: RightsRequest) -> Item:
    day = formats.day_in_words(t, request.created_on)
    answer = request.answer or t("Kommunen har ikke svaret endnu.")
    title = formats.at_start(t("{day} spurgte du", day=day))
    by = (quiet(request.answered_by.name),) if request.answered_by else ()
    return Item(title, (own(request.text), own(answer) if request.answer else quiet(answer), *by))
