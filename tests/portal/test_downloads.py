"""Downloads: by those who may see a file, as the plan API says, saved and never run."""

import asyncio
import threading
from io import BytesIO
from urllib.parse import quote
from uuid import UUID, uuid4

import pytest
from pypdf import PdfReader
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from portal.contract.errors import MEDIA_TYPE as PROBLEM
from portal.contract.exports import Export
from portal.contract.receipts import ConsentReceipt
from portal.web.paper import pdf_of
from tests.support.filled import FITTING, Filler

NAME = 'Ære "være" brev.png'
PICTURE = b"\x89PNG and more"
ADDRESS = f"/attachments/{uuid4()}"


class Town:
    """A plan API with one file, one consent, and everything about one citizen."""

    def __init__(self) -> None:
        self.problem: tuple[int, str] | None = None
        self.headers = {
            "Content-Type": "image/png",
            "Content-Disposition": f"attachment; filename*=UTF-8''{quote(NAME)}",
        }
        self.asked: list[str] = []
        self.life = Filler(FITTING).model(Export)
        self.receipt = Filler(FITTING).model(ConsentReceipt)
        self.patience = 0.0

    async def download(self, request: Request) -> Response:
        self.asked.append(request.url.path)
        if self.problem:
            status, name = self.problem
            body = {"type": f"urn:enplan:problem:{name}", "title": "x", "status": status}
            return JSONResponse(body, status, media_type=PROBLEM)
        if request.url.path.endswith("/receipt"):
            return Response(self.receipt.model_dump_json(), media_type="application/json")
        if request.url.path == "/v1/export":
            await asyncio.sleep(self.patience)
            if request.query_params["format"] == "fhir":
                return Response(b'{"resourceType": "Bundle"}', media_type="application/fhir+json")
            return Response(self.life.model_dump_json(), media_type="application/json")
        return Response(PICTURE, headers=self.headers)


@pytest.fixture
def town(plan_api):
    town = Town()
    for path in ("/v1/attachments/{id}", "/v1/consents/{id}/receipt", "/v1/export"):
        plan_api.add_route(path, town.download)
    return town


async def download(portal, login, address=ADDRESS):
    async with portal.browser(login) as browser:
        return await browser.get(address)


async def test_a_file_comes_under_its_name_and_is_kept_by_nobody(portal, town):
    answer = await download(portal, await portal.log_in())
    assert answer.content == PICTURE
    assert town.asked == [f"/v1{ADDRESS}"]
    headers = answer.headers
    assert headers["content-type"] == "image/png"
    assert headers["content-disposition"] == f"attachment; filename*=UTF-8''{quote(NAME, safe='')}"
    assert headers["cache-control"] == "no-store"
    assert headers["x-content-type-options"] == "nosniff"
    assert "sandbox" in headers["content-security-policy"]
    assert headers["cross-origin-resource-policy"] == "same-origin"


async def test_whoever_is_signed_out_logs_in_first(portal, town):
    answer = await download(portal, None)
    assert answer.headers["location"] == f"/?next={quote(ADDRESS, safe='')}"
    assert town.asked == []


@pytest.mark.parametrize(
    ("problem", "status"),
    [
        ((404, "not-found"), 404),
        ((403, "not-allowed"), 404),
        ((503, "unavailable"), 503),
    ],
)
async def test_what_the_plan_api_refuses_is_not_there(portal, town, problem, status):
    town.problem = problem
    assert (await download(portal, await portal.log_in())).status_code == status


@pytest.mark.parametrize(
    "headers",
    [
        {"Content-Type": "text/html"},
        {"Content-Disposition": "inline"},
        {"Content-Disposition": "attachment; filename*=UTF-8''a%0D%0ASet-Cookie:x"},
    ],
)
async def test_a_file_that_the_contract_does_not_know_is_not_passed_on(portal, town, headers):
    town.headers |= headers
    answer = await download(portal, await portal.log_in())
    assert answer.status_code == 502
    assert answer.content == b""


@pytest.mark.parametrize("name", ["not-an-id", "..%2fmessages", ""])
async def test_other_addresses_have_no_file(portal, town, name):
    answer = await download(portal, await portal.log_in(), f"/attachments/{name}")
    assert answer.status_code == 404
    assert town.asked == []


@pytest.mark.parametrize(
    ("form", "media_type", "ending"),
    [
        ("pdf", "application/pdf", ".pdf"),
        ("json", "application/json", ".json"),
        ("fhir", "application/fhir+json", ".fhir.json"),
    ],
)
async def test_everything_about_oneself_is_saved_in_each_form(
    portal, town, form, media_type, ending
):
    answer = await download(portal, await portal.log_in(), f"/export/{form}")

    assert answer.status_code == 200
    assert answer.headers["content-type"] == media_type
    disposition = answer.headers["content-disposition"]
    assert disposition.startswith("attachment; filename*=UTF-8''en-plan-")
    assert disposition.endswith(ending)
    assert answer.headers["cache-control"] == "no-store"
    if form == "json":
        assert Export.model_validate_json(answer.content) == town.life
    if form == "pdf":
        pages = PdfReader(BytesIO(answer.content)).pages
        assert town.life.threads[0].messages[0].body in "".join(
            page.extract_text() for page in pages
        )


async def test_two_taps_make_one_export(portal, town):
    town.patience = 0.3
    login = await portal.log_in()

    answers = await asyncio.gather(*(download(portal, login, "/export/pdf") for _ in range(2)))

    assert [answer.status_code for answer in answers] == [200, 200]
    assert town.asked == ["/v1/export"]
    again = await download(portal, login, "/export/pdf")
    assert again.status_code == 200
    assert len(town.asked) == 2


async def test_a_pdf_is_written_beside_the_event_loop(portal, town, monkeypatch):
    written_in = []

    def write(outline, t) -> bytes:
        written_in.append(threading.current_thread())
        return pdf_of(outline, t)

    monkeypatch.setattr("portal.web.paper.pdf_of", write)
    await download(portal, await portal.log_in(), "/export/pdf")

    assert [one is threading.current_thread() for one in written_in] == [False]


@pytest.mark.parametrize(
    ("problem", "status", "said"),
    [
        ((403, "not-allowed"), 404, "Siden findes ikke"),
        ((503, "unavailable"), 503, "Prøv igen om lidt"),
    ],
)
@pytest.mark.parametrize("path", ["/export/pdf", "/export/fhir", f"/receipts/{UUID(int=1)}"])
async def test_whoever_gets_no_file_reads_why(portal, town, path, problem, status, said):
    town.problem = problem

    answer = await download(portal, await portal.log_in(), path)

    assert answer.status_code == status
    assert said in answer.text


async def test_an_export_needs_a_login_and_a_form_that_there_is(portal, town):
    signed_out = await download(portal, None, "/export/pdf")
    unknown = await download(portal, await portal.log_in(), "/export/xml")

    assert signed_out.headers["location"] == f"/?next={quote('/export/pdf', safe='')}"
    assert unknown.status_code == 404
    assert town.asked == []


async def test_the_record_of_a_consent_is_saved(portal, town):
    consent_id = uuid4()

    answer = await download(portal, await portal.log_in(), f"/receipts/{consent_id}")

    assert town.asked == [f"/v1/consents/{consent_id}/receipt"]
    assert ConsentReceipt.model_validate_json(answer.content) == town.receipt
    assert f"samtykke-{town.receipt.record_id}.json" in answer.headers["content-disposition"]
