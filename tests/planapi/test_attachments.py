"""Files that are sent with a message: what they are, whose they are, and who may open them."""

from io import BytesIO
from uuid import uuid4
from zipfile import ZipFile

import httpx
import pytest

from planapi.app import create_app
from planapi.clock import utc_now
from planapi.media_types import safe_name, sniff
from planapi.services.attachments import MOST_UNSENT
from portal.contract.attachments import LARGEST_ATTACHMENT, MediaType

PDF = b"%PDF-1.7\n1 0 obj"
PNG = b"\x89PNG\r\n\x1a\n" + bytes(20)


def a_zip(*names: str) -> bytes:
    packed = BytesIO()
    with ZipFile(packed, "w") as archive:
        for name in names:
            archive.writestr(name, "x")
    return packed.getvalue()


@pytest.mark.parametrize(
    ("content", "media_type"),
    [
        (PDF, MediaType.PDF),
        (PNG, MediaType.PNG),
        (b"\xff\xd8\xff\xe0" + bytes(20), MediaType.JPEG),
        (b"RIFF\x24\0\0\0WEBPVP8 ", MediaType.WEBP),
        ("Kære Mette\r\n\tHej æøå".encode(), MediaType.TEXT),
        (a_zip("[Content_Types].xml", "word/document.xml"), MediaType.DOCX),
        (a_zip("[Content_Types].xml", "word/document.xml", "word/vbaProject.bin"), None),
        (a_zip("evil.exe"), None),
        (b"PK\x03\x04 not a zip", None),
        (b"MZ\x90\x00", None),
        (b"RIFF\x24\0\0\0WAVEfmt ", None),
        ("æøå".encode("latin-1"), None),
        (b"text with a \x00", None),
    ],
)
def test_what_a_file_is_stands_in_its_bytes(content, media_type):
    assert sniff(content) is media_type


@pytest.mark.parametrize(
    ("name", "media_type", "safe"),
    [
        ("Brev.pdf", MediaType.PDF, "Brev.pdf"),
        ("Brev.PDF", MediaType.PDF, "Brev.PDF"),
        ("side.html", MediaType.TEXT, "side.html.txt"),
        ("../../etc/passwd", MediaType.TEXT, "etcpasswd.txt"),
        ("foto.jpeg", MediaType.JPEG, "foto.jpeg"),
        ("....", MediaType.PNG, "fil.png"),
        ("brev fra læge ÆØÅ", MediaType.DOCX, "brev fra læge ÆØÅ.docx"),
        ("a" * 120, MediaType.PDF, "a" * 116 + ".pdf"),
    ],
)
def test_a_name_is_safe_to_save_under(name, media_type, safe):
    assert safe_name(name, media_type) == safe


@pytest.fixture
def anna(world):
    return world.a_person(name="Anna Holm")


@pytest.fixture
def plan(world, anna):
    return world.a_plan(anna)


@pytest.fixture
def mette(world, anna):
    return world.a_contact_person(anna)


@pytest.fixture
async def citizen(api, anna, plan):
    return await api.as_citizen(anna)


@pytest.fixture
async def worker(api, mette, plan):
    return await api.as_contact_person(mette)


async def upload(client, plan, key, content=PDF, name="Brev.pdf") -> httpx.Response:
    return await client.post(
        "/v1/attachments",
        params={"plan_id": str(plan), "name": name},
        content=content,
        headers={**key(), "Content-Type": "text/html"},
    )


async def uploaded(client, plan, key, **file) -> str:
    answer = await upload(client, plan, key, **file)
    assert answer.status_code == 201, answer.text
    return answer.json()["id"]


async def send(client, key, *attachments, **fields) -> httpx.Response:
    return await client.post(
        "/v1/threads",
        json={"subject": "Brev", "body": "Se her", "attachment_ids": attachments, **fields},
        headers=key(),
    )


async def test_a_file_goes_with_a_message_and_the_other_side_opens_it(
    citizen, worker, world, plan, key
):
    file = await uploaded(citizen, plan, key, name="Brev fra læge.pdf")
    sent = await send(citizen, key, file)
    assert sent.status_code == 201, sent.text

    thread = (await worker.get(f"/v1/threads/{sent.json()['id']}")).json()
    (attachment,) = thread["messages"][0]["attachments"]
    assert (attachment["name"], attachment["media_type"], attachment["size"]) == (
        "Brev fra læge.pdf",
        "application/pdf",
        len(PDF),
    )
    opened = await worker.get(f"/v1/attachments/{file}")

    assert opened.content == PDF
    assert opened.headers["Content-Type"] == "application/pdf"
    assert opened.headers["X-Content-Type-Options"] == "nosniff"
    assert opened.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert opened.headers["Content-Disposition"] == (
        "attachment; filename*=UTF-8''Brev%20fra%20l%C3%A6ge.pdf"
    )
    (entry,) = world.rows("SELECT ground FROM access_entry WHERE resource_kind = 'attachment'")
    assert entry == {"ground": "contact_person"}


async def test_an_unsent_file_is_its_uploaders_alone(citizen, worker, plan, key):
    for uploader, other in ((citizen, worker), (worker, citizen)):
        file = f"/v1/attachments/{await uploaded(uploader, plan, key)}"

        assert (await uploader.get(file)).status_code == 200
        assert (await other.get(file)).status_code == 404
        assert (await other.delete(file)).status_code == 404


async def test_somebody_elses_file_cannot_be_sent(api, citizen, worker, world, plan, key):
    stranger = world.a_person()
    elsewhere = world.a_plan(stranger)
    other = await uploaded(await api.as_citizen(stranger), elsewhere, key)
    workers = await uploaded(worker, plan, key)
    sent_before = await uploaded(citizen, plan, key)
    await send(citizen, key, sent_before)

    for file in (other, workers, sent_before, str(uuid4())):
        refused = await send(citizen, key, file)
        assert refused.json()["errors"] == [{"path": "attachment_ids", "code": "unknown"}]
    twice = await uploaded(citizen, plan, key)
    assert (await send(citizen, key, twice, twice)).status_code == 422
    assert len(world.rows("SELECT * FROM message")) == 1


async def test_a_sent_file_is_open_to_those_who_see_the_thread_and_stays(
    api, citizen, worker, world, plan, key
):
    file = await uploaded(citizen, plan, key)
    await send(citizen, key, file)
    path = f"/v1/attachments/{file}"

    for stranger in (
        await api.as_citizen(world.a_person()),
        await api.as_contact_person(world.a_contact_person()),
    ):
        assert (await stranger.get(path)).status_code == 404
    assert (await citizen.delete(path)).status_code == 403
    assert (await citizen.get(path)).content == PDF


async def test_an_unsent_file_is_forgotten(citizen, world, plan, key):
    file = f"/v1/attachments/{await uploaded(citizen, plan, key)}"

    assert (await citizen.delete(file)).status_code == 204
    assert (await citizen.get(file)).status_code == 404
    assert world.rows("SELECT * FROM attachment_content") == []


async def test_what_is_not_taken(citizen, plan, key):
    for content, code in ((b"MZ\x90\x00", "type_not_taken"), (b"", "missing")):
        refused = await upload(citizen, plan, key, content)
        assert refused.json()["errors"] == [{"path": "content", "code": code}]
    largest = PNG + bytes(LARGEST_ATTACHMENT - len(PNG))
    assert (await upload(citizen, plan, key, largest)).status_code == 201
    assert (await upload(citizen, plan, key, largest + b"x")).status_code == 413
    assert (await upload(citizen, plan, key, name="a\x00b")).status_code == 422
    assert (await upload(citizen, uuid4(), key)).status_code == 404


async def test_a_person_keeps_so_many_unsent_files_and_no_more(citizen, plan, key):
    for _ in range(MOST_UNSENT):
        await uploaded(citizen, plan, key, content=b"Hej", name="a.txt")

    assert (await upload(citizen, plan, key)).status_code == 409


async def test_the_same_upload_twice_is_one_file_and_another_name_another_act(citizen, plan, key):
    headers = key()
    first, again = [await upload(citizen, plan, lambda: headers) for _ in range(2)]
    assert first.json() == again.json()

    other = await upload(citizen, plan, lambda: headers, name="Andet.pdf")
    assert other.json()["type"].endswith("idempotency-key-reused")


class RefuseEverything:
    """A scanner that finds something in every file."""

    async def accepts(self, content: bytes, media_type: MediaType) -> bool:
        return False


async def test_a_scanner_has_the_last_word(settings, signer, world, anna, plan, key):
    portal = httpx.MockTransport(lambda _request: httpx.Response(200, json=signer.jwks))
    async with httpx.AsyncClient(transport=portal) as http:
        app = create_app(settings, clock=utc_now, http=http, scanner=RefuseEverything())
        async with (
            app.router.lifespan_context(app),
            httpx.AsyncClient(
                transport=httpx.ASGITransport(app),
                base_url="http://plan-api",
                headers={"Authorization": f"Bearer {signer.for_person(anna, 'citizen')}"},
            ) as citizen,
        ):
            refused = await upload(citizen, plan, key)

    assert refused.json()["errors"] == [{"path": "content", "code": "refused_by_scanner"}]
    assert world.rows("SELECT * FROM attachment") == []


async def test_a_file_gets_the_id_that_its_sender_knows_beforehand(citizen, plan, key):
    wanted = str(uuid4())
    place = {"plan_id": str(plan), "name": "Brev.pdf", "id": wanted}

    kept = await citizen.post("/v1/attachments", params=place, content=PDF, headers=key())
    again = await citizen.post("/v1/attachments", params=place, content=PDF, headers=key())

    assert (kept.status_code, kept.json()["id"]) == (201, wanted)
    assert again.status_code == 409
    assert (await send(citizen, key, wanted)).status_code == 201
