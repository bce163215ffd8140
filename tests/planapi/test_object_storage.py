"""Attachments in a bucket: signed as the specification says, kept, given back, forgotten."""

import hashlib
import hmac
import re
from datetime import UTC, datetime, timedelta

import httpx
import pytest
from pydantic import SecretStr

from planapi.app import create_app
from planapi.attachments import HttpScanner
from planapi.clock import utc_now
from planapi.errors import Unavailable
from planapi.object_storage import Bucket, ObjectStorage, SignatureV4
from planapi.services.attachments import forget_cut_off, forget_unsent
from portal.contract.attachments import MediaType

PDF = b"%PDF-1.7\n1 0 obj"
BUCKET = Bucket("https://s3.example.dk/enplan", "us-east-1", "enplan", SecretStr("s3cret"))


def test_a_request_is_signed_as_in_the_examples_of_the_specification():
    bucket = Bucket(
        "https://examplebucket.s3.amazonaws.com",
        "us-east-1",
        "AKIAIOSFODNN7EXAMPLE",
        SecretStr("wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"),
    )
    request = httpx.Request("GET", f"{bucket.url}/test.txt", headers={"Range": "bytes=0-9"})

    flow = SignatureV4(bucket, lambda: datetime(2013, 5, 24, tzinfo=UTC)).auth_flow(request)
    signed = next(flow).headers["Authorization"]

    assert signed.endswith(
        "SignedHeaders=host;range;x-amz-content-sha256;x-amz-date,"
        "Signature=f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41"
    )


class Store:
    """Keeps objects for whoever signs with its secret, and refuses everybody else."""

    def __init__(self, secret: str = "s3cret") -> None:  # noqa: S107 - of a test
        self.secret = secret
        self.objects: dict[str, bytes] = {}
        self.down = False

    def __call__(self, request: httpx.Request) -> httpx.Response:
        if self.down:
            raise httpx.ConnectError("nobody there")
        if not self.is_signed(request):
            return httpx.Response(403)
        path = request.url.path
        match request.method:
            case "PUT":
                self.objects[path] = request.content
                return httpx.Response(200)
            case "GET" if path in self.objects:
                return httpx.Response(200, content=self.objects[path])
            case "DELETE":
                self.objects.pop(path, None)
                return httpx.Response(204)
        return httpx.Response(404)

    def is_signed(self, request: httpx.Request) -> bool:
        said = request.headers["Authorization"]
        day, region, service = re.search(r"Credential=enplan/(\d+)/([^/]+)/(\w+)/", said).groups()
        names = re.search(r"SignedHeaders=([^,]+)", said)[1].split(";")
        body = hashlib.sha256(request.content).hexdigest()
        if {"host", "x-amz-date", "x-amz-content-sha256"} - set(names):
            return False
        lines = [request.method, request.url.path, ""]
        lines += [f"{name}:{request.headers[name]}" for name in names]
        lines += ["", ";".join(names), body]
        digest = hashlib.sha256("\n".join(lines).encode()).hexdigest()
        scope = f"{day}/{region}/{service}/aws4_request"
        text = f"AWS4-HMAC-SHA256\n{request.headers['x-amz-date']}\n{scope}\n{digest}"
        key = b"AWS4" + self.secret.encode()
        for part in (day, region, service, "aws4_request"):
            key = hmac.digest(key, part.encode(), "sha256")
        return said.endswith("Signature=" + hmac.digest(key, text.encode(), "sha256").hex())


@pytest.fixture
def store() -> Store:
    return Store()


@pytest.fixture
async def storage(store):
    async with httpx.AsyncClient(transport=httpx.MockTransport(store)) as http:
        yield ObjectStorage(http, BUCKET, utc_now)


@pytest.fixture
async def api_client(settings, signer, world, storage):
    """Anna, with a plan, of a plan API that keeps attachments in a bucket."""
    anna = world.a_person()
    plan = world.a_plan(anna)
    portal = httpx.MockTransport(lambda _request: httpx.Response(200, json=signer.jwks))
    async with httpx.AsyncClient(transport=portal) as http:
        app = create_app(settings, clock=utc_now, http=http, storage=storage)
        async with (
            app.router.lifespan_context(app),
            httpx.AsyncClient(
                transport=httpx.ASGITransport(app),
                base_url="http://plan-api",
                params={"plan_id": str(plan), "name": "Brev.pdf"},
                headers={"Authorization": f"Bearer {signer.for_person(anna, 'citizen')}"},
            ) as client,
        ):
            client.context = app.state.context
            yield client


async def test_a_file_is_in_the_bucket_and_what_is_known_of_it_in_the_database(
    api_client, store, world, key
):
    sent = await api_client.post("/v1/attachments", content=PDF, headers=key())
    found = await api_client.get(f"/v1/attachments/{sent.json()['id']}")

    assert found.content == PDF
    assert store.objects == {f"/enplan/{sent.json()['id']}": PDF}
    assert world.rows("SELECT * FROM attachment_content") == []
    assert world.rows("SELECT name FROM attachment") == [{"name": "Brev.pdf"}]

    await api_client.delete(f"/v1/attachments/{sent.json()['id']}")
    assert store.objects == {}


async def test_a_store_that_is_down_or_knows_another_secret_costs_no_file(
    api_client, store, world, key
):
    store.down = True
    away = await api_client.post("/v1/attachments", content=PDF, headers=key())
    store.down, store.secret = False, "another"
    refused = await api_client.post("/v1/attachments", content=PDF, headers=key())

    assert (away.status_code, refused.status_code) == (503, 503)
    assert world.rows("SELECT * FROM attachment") == []


async def test_what_was_never_sent_is_forgotten_after_a_month_with_its_bytes(
    api_client, store, world, key
):
    context = api_client.context
    old, new, sent = [
        (await api_client.post("/v1/attachments", content=PDF, headers=key())).json()["id"]
        for _ in range(3)
    ]
    message = {"subject": "Brev", "body": "Se her", "attachment_ids": [sent]}
    assert (await api_client.post("/v1/threads", json=message, headers=key())).status_code == 201
    for attachment in (old, sent):
        world.execute(
            "UPDATE attachment SET uploaded_at = uploaded_at - interval '31 days'"
            " WHERE id = %(id)s",
            id=attachment,
        )

    store.down = True
    with pytest.raises(Unavailable):
        await forget_unsent(context.database, context.attachments, utc_now())
    store.down = False
    forgotten = await forget_unsent(context.database, context.attachments, utc_now())
    again = await forget_unsent(context.database, context.attachments, utc_now() - timedelta(1))

    assert (forgotten, again) == (1, 0)
    assert set(store.objects) == {f"/enplan/{new}", f"/enplan/{sent}"}
    assert {str(row["id"]) for row in world.rows("SELECT id FROM attachment")} == {new, sent}


async def test_bytes_of_an_upload_that_was_cut_off_are_dropped_within_hours(
    api_client, store, world, key
):
    context = api_client.context
    kept = (await api_client.post("/v1/attachments", content=PDF, headers=key())).json()["id"]
    # The commit fails, after the bytes were put into the bucket.
    world.execute("ALTER TABLE idempotency ADD CONSTRAINT broken CHECK (status = 0) NOT VALID")
    failed = await api_client.post("/v1/attachments", content=PDF, headers=key())
    world.execute("ALTER TABLE idempotency DROP CONSTRAINT broken")
    left_behind = len(store.objects)

    at_once = await forget_cut_off(context.database, context.attachments, utc_now())
    later = await forget_cut_off(
        context.database, context.attachments, utc_now() + timedelta(hours=2)
    )

    assert (failed.status_code, left_behind) == (500, 2)
    assert (at_once, later) == (0, 1)
    assert set(store.objects) == {f"/enplan/{kept}"}
    assert world.rows("SELECT * FROM upload_begun") == []


@pytest.mark.parametrize(("status", "accepted"), [(200, True), (204, True), (406, False)])
async def test_a_scanner_on_the_network_lets_pass_or_not(status, accepted):
    heard = []

    def scanner(request: httpx.Request) -> httpx.Response:
        heard.append((request.content, request.headers["Content-Type"]))
        return httpx.Response(status)

    async with httpx.AsyncClient(transport=httpx.MockTransport(scanner)) as http:
        answer = await HttpScanner(http, "http://localhost/scan").accepts(PDF, MediaType.PDF)

    assert answer is accepted
    assert heard == [(PDF, "application/pdf")]


@pytest.mark.parametrize("answer", [httpx.Response(500), httpx.ConnectTimeout("late")])
async def test_what_nobody_has_looked_into_is_not_kept(answer):
    def scanner(_request: httpx.Request) -> httpx.Response:
        if isinstance(answer, Exception):
            raise answer
        return answer

    async with httpx.AsyncClient(transport=httpx.MockTransport(scanner)) as http:
        with pytest.raises(Unavailable):
            await HttpScanner(http, "http://localhost/scan").accepts(PDF, MediaType.PDF)
