"""Files beside a message: chosen, sent ahead, kept with the draft, sent once, taken away."""

import json
from urllib.parse import parse_qs, urlsplit
from uuid import UUID, uuid4

import flet as ft
import pytest

from i18n.translator import translator
from portal.contract.attachments import LARGEST_ATTACHMENT, MOST_ATTACHMENTS, Attachment, MediaType
from tests.views.fake_messages import HOLM, LONE, MEETING, message
from tests.views.fake_plan import PLAN
from views.messages.files import ChosenFile, size_in_words, upload_address

ADDRESS = f"/messages/{MEETING}"


def picker(screen) -> ft.FilePicker:
    services = screen.session.page._services._services
    return next(one for one in services if isinstance(one, ft.FilePicker))


async def choose(screen, *files: tuple[str, int]) -> None:
    """What the browser tells when somebody has chosen files."""
    found = [{"id": n, "name": name, "size": size} for n, (name, size) in enumerate(files)]
    await screen.send(picker(screen), "result", {"files": found})


async def arrive(screen, name: str, *, error: str | None = None) -> None:
    """What the browser tells when a file has gone to the server, or has not."""
    progress = None if error else 1.0
    data = {"file_name": name, "progress": progress, "error": error}
    await screen.send(picker(screen), "upload", data)


async def test_a_file_is_sent_ahead_and_goes_with_the_message(open_app, plan):
    screen = await open_app(ADDRESS)
    await choose(screen, ("brev.pdf", 340_000))
    assert screen.sees("brev.pdf (340 kB)")
    assert screen.sees("Henter filen …")
    await arrive(screen, "brev.pdf")
    assert screen.sees("Klar til at sende")
    await screen.leave("Dit svar")
    ((kept, _, _),) = json.loads(plan.drafts[f"message:{MEETING}"]["attachments"])
    await screen.write("Dit svar", "Her er brevet.")
    await screen.click("Send")
    (sent,) = plan.sent
    assert [str(one) for one in sent.attachment_ids] == [kept]
    assert not screen.sees("brev.pdf (340 kB)")


async def test_a_message_waits_for_its_files(open_app, plan):
    screen = await open_app(ADDRESS)
    await choose(screen, ("brev.pdf", 340_000))
    await screen.write("Dit svar", "Her er brevet.")
    await screen.click("Send")
    assert screen.sees("Vent lidt, til filen er hentet")
    assert plan.sent == []


async def test_files_survive_a_reload_with_the_draft(open_app, plan):
    screen = await open_app(ADDRESS)
    await choose(screen, ("brev.pdf", 340_000))
    await arrive(screen, "brev.pdf")
    await screen.leave("Dit svar")
    again = await open_app(ADDRESS)
    await again.until_sees("brev.pdf (340 kB)")
    await again.write("Dit svar", "Her er brevet.")
    await again.click("Send")
    assert len(plan.sent[0].attachment_ids) == 1


async def test_a_file_can_be_left_out(open_app, plan):
    screen = await open_app(ADDRESS)
    await choose(screen, ("brev.pdf", 340_000))
    await arrive(screen, "brev.pdf")
    await screen.click("Fjern: brev.pdf")
    assert not screen.sees("brev.pdf (340 kB)")
    assert len(plan.dropped) == 1
    await screen.write("Dit svar", "Uden brev.")
    await screen.click("Send")
    assert plan.sent[0].attachment_ids == ()


async def test_a_file_that_is_not_taken_says_what_to_do(open_app, plan):
    screen = await open_app(ADDRESS)
    await choose(screen, ("film.mov", 340_000))
    await arrive(screen, "film.mov", error="415")
    assert screen.sees("Filen kunne ikke hentes")
    await screen.write("Dit svar", "Så uden.")
    await screen.click("Send")
    assert plan.sent[0].attachment_ids == ()


async def test_what_is_too_large_or_too_many_is_not_sent_ahead(open_app):
    screen = await open_app(ADDRESS)
    await choose(screen, ("stor.pdf", LARGEST_ATTACHMENT + 1))
    assert screen.sees("Filen er for stor")
    await choose(screen, *((f"{n}.pdf", 10) for n in range(MOST_ATTACHMENTS + 1)))
    assert screen.sees("Du kan højst sende 5 filer")


async def test_a_new_thread_takes_files_too(open_app, plan):
    screen = await open_app("/messages/new")
    await screen.write("Emne", "Brev")
    await screen.write("Din besked", "Se her")
    await choose(screen, ("brev.pdf", 10))
    await arrive(screen, "brev.pdf")
    await screen.click("Send")
    assert plan.count("start_thread") == 1


async def test_a_picture_is_shown_and_other_files_by_name_and_size(open_app, plan):
    def file(name: str, kind: MediaType) -> Attachment:
        return Attachment(
            id=uuid4(),
            name=name,
            media_type=kind,
            size=1_240_000,
            uploaded_at=message(LONE, "").sent_at,
        )

    image, letter = file("stol.jpg", MediaType.JPEG), file("brev.pdf", MediaType.PDF)
    written = message(HOLM, "Se her").model_copy(update={"attachments": (image, letter)})
    plan.write(MEETING, written)
    screen = await open_app(ADDRESS)
    pictures = {one.src: one for one in screen.controls() if isinstance(one, ft.Image)}
    shown = pictures[f"/attachments/{image.id}"]
    assert shown.semantics_label == "Billede: stol.jpg"
    assert screen.sees("brev.pdf")
    assert screen.texts().count("1,2 MB") == 2
    opened = screen.button("Åbn filen: brev.pdf").action
    assert (opened.url, opened.target) == (f"/attachments/{letter.id}", ft.UrlTarget.BLANK)


@pytest.mark.parametrize(
    ("size", "words"), [(1, "1 kB"), (999, "1 kB"), (340_000, "340 kB"), (2_500_000, "2,5 MB")]
)
def test_sizes_in_words(size, words):
    assert size_in_words(translator("da"), size) == words


def test_a_long_name_is_shortened_and_keeps_its_ending():
    file = ChosenFile(UUID(int=7), "å" * 300 + ".pdf", 10)
    query = parse_qs(urlsplit(upload_address(file, PLAN)).query)
    assert len(query["name"][0]) <= 120
    assert query["name"][0].endswith(".pdf")
    assert (query["plan_id"], query["key"]) == ([str(PLAN)], [str(UUID(int=7))])
