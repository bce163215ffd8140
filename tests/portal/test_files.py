"""The public files: what is served, how, and that nothing else is."""

import json
import shutil
from io import BytesIO
from pathlib import Path

import brotli
import httpx
import pytest
from fontTools.ttLib import TTFont
from starlette.applications import Starlette

import assets
from portal.web.compression import Compressed, Encoding
from portal.web.files import PublicFiles, engine_files, own_files
from views import theme


@pytest.fixture(scope="module")
def files() -> PublicFiles:
    return PublicFiles()


def test_the_address_changes_with_the_content(files):
    assert files.prefix == PublicFiles().prefix
    assert files.prefix.startswith("/engine/1.")


def test_neither_python_in_the_browser_nor_unused_fonts_are_served(files):
    assert "main.dart.wasm" in files.names
    for name in files.names:
        for unwanted in ("pyodide", "python", "KaTeX", "Cupertino", ".map", "service_worker"):
            assert unwanted not in name
    assert "index.html" not in files.names


def test_the_font_manifest_names_only_files_that_exist(files):
    manifest = json.loads(files.read("assets/FontManifest.json"))
    families = {entry["family"] for entry in manifest}
    assert families == {"MaterialIcons", "Roboto", theme.FONT, *theme.FONTS_BEHIND}
    for entry in manifest:
        for font in entry["fonts"]:
            assert f"assets/{font['asset']}" in files.names


async def test_files_may_be_kept_for_ever_and_come_compressed(portal, files):
    async with portal.browser() as browser:
        script = await browser.get(files.url("flutter.js"), headers={"Accept-Encoding": "br"})
    assert script.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert script.headers["content-encoding"] == "br"
    assert script.headers["vary"] == "Accept-Encoding"
    assert script.headers["content-type"].startswith("text/javascript")
    assert script.content == files.read("flutter.js")
    assert len(brotli.compress(script.content)) < len(script.content)


@pytest.mark.parametrize("accepted", ["gzip", "gzip, br;q=0", "gzip, deflate"])
async def test_whoever_cannot_read_brotli_gets_gzip(portal, files, accepted):
    async with portal.browser() as browser:
        script = await browser.get(files.url("flutter.js"), headers={"Accept-Encoding": accepted})
    assert script.headers["content-encoding"] == "gzip"
    assert script.content == files.read("flutter.js")


async def test_whoever_has_a_file_already_is_told_so(portal, files):
    async with portal.browser() as browser:
        for url in ("/favicon.ico", "/manifest.webmanifest", files.url("flutter.js")):
            first = await browser.get(url)
            again = await browser.get(url, headers={"If-None-Match": first.headers["etag"]})
            assert again.status_code == 304
            assert again.content == b""
            other = await browser.get(url, headers={"If-None-Match": '"something-else"'})
            assert other.status_code == 200


@pytest.mark.parametrize(
    ("asked", "part"),
    [
        ("bytes=0-9", slice(0, 10)),
        ("bytes=10-", slice(10, None)),
        ("bytes=-5", slice(-5, None)),
        ("bytes=0-999999999", slice(None)),
    ],
)
async def test_a_part_of_a_file_is_that_part(portal, files, asked, part):
    url, whole = files.url("flutter.js"), files.read("flutter.js")
    async with portal.browser() as browser:
        answer = await browser.get(url, headers={"Range": asked})
        stale = await browser.get(url, headers={"Range": asked, "If-Range": '"another"'})
    assert answer.status_code == 206
    assert answer.content == whole[part]
    assert answer.headers["content-range"].endswith(f"/{len(whole)}")
    assert stale.status_code == 200


@pytest.mark.parametrize("asked", ["bytes=999999999-", "bytes=-0", "bytes=5-2"])
async def test_a_part_that_is_not_there_is_refused(portal, files, asked):
    async with portal.browser() as browser:
        answer = await browser.get(files.url("flutter.js"), headers={"Range": asked})
    assert answer.status_code == 416
    assert answer.headers["content-range"] == f"bytes */{len(files.read('flutter.js'))}"


@pytest.mark.parametrize(
    "asked",
    [
        "bytes=x",
        "bytes=-",
        "lines=1-2",
        "bytes=0-1,5-6",
        pytest.param(f"bytes=0-{'9' * 5_000}", id="a number that is none"),
    ],
)
async def test_a_range_that_means_nothing_gets_the_whole(portal, files, asked):
    async with portal.browser() as browser:
        answer = await browser.get(files.url("flutter.js"), headers={"Range": asked})
    assert answer.status_code == 200
    assert answer.content == files.read("flutter.js")


@pytest.mark.parametrize("asked", [{}, {"Range": "bytes=0-9"}])
async def test_head_says_what_get_of_the_whole_would(portal, files, asked):
    async with portal.browser() as browser:
        got = await browser.get(files.url("flutter.js"))
        head = await browser.head(files.url("flutter.js"), headers=asked)
    assert head.status_code == 200
    assert head.content == b""
    for name in ("content-length", "content-type", "content-encoding", "etag", "cache-control"):
        assert head.headers[name] == got.headers[name]


async def test_the_best_compression_is_served_once_it_is_made(tmp_path):
    compressed, content = Compressed(tmp_path / "build"), b"the same words again " * 1000
    quick = await compressed.get("a.js", lambda: content, Encoding.BROTLI)
    assert brotli.decompress(quick) == content
    assert compressed.keep_best(content, Encoding.BROTLI)
    assert not compressed.keep_best(content, Encoding.BROTLI)
    best = await Compressed(tmp_path / "build").get("a.js", lambda: content, Encoding.BROTLI)
    assert len(best) == compressed.size(content, Encoding.BROTLI) <= len(quick)


async def test_the_app_learns_which_version_the_server_has(portal, files):
    async with portal.browser() as browser:
        answer = await browser.get("/version")
    assert answer.json() == {"version": files.prefix}
    assert answer.headers["cache-control"] == "no-store"


@pytest.mark.parametrize("accepted", ["identity", "br;q=0", ""])
async def test_whoever_cannot_read_compressed_files_gets_the_plain_one(portal, files, accepted):
    async with portal.browser() as browser:
        script = await browser.get(files.url("flutter.js"), headers={"Accept-Encoding": accepted})
    assert "content-encoding" not in script.headers
    assert script.content == files.read("flutter.js")


async def test_webassembly_has_its_type(portal, files):
    async with portal.browser() as browser:
        wasm = await browser.head(files.url("canvaskit/skwasm.wasm"))
    assert wasm.headers["content-type"] == "application/wasm"
    assert wasm.content == b""


@pytest.mark.parametrize(
    "path",
    [
        "../../pyproject.toml",
        "..%2f..%2fpyproject.toml",
        "%2e%2e/%2e%2e/pyproject.toml",
        "..%252f..%252fpyproject.toml",
        "/etc/passwd",
        "%2fetc%2fpasswd",
        "fonts/../templates/shell.html",
        "fonts/..%5c..%5cpyproject.toml",
        "main.dart.wasm%00.png",
        "templates/shell.html",
        "fonts/README.md",
        "pyodide/pyodide.mjs",
        "index.html",
        "",
    ],
)
async def test_no_address_leaves_the_table(portal, files, path):
    async with portal.browser() as browser:
        request = browser.build_request("GET", portal.url)
        request = browser.build_request("GET", portal.url)
        request.url = request.url.copy_with(raw_path=(files.prefix + path).encode())
        answer = await browser.send(request)
    assert answer.status_code == 404
    assert b"[project]" not in answer.content
    assert b"root:" not in answer.content


def test_a_link_that_leads_out_of_its_folder_is_no_file(tmp_path):
    secret = tmp_path / "secret"
    secret.mkdir()
    (secret / "main.dart.js").write_text("a secret")
    (secret / "inner.css").write_text("a secret")
    root = tmp_path / "public"
    for folder in ("fonts", "icons", "scripts", "styles"):
        (root / folder).mkdir(parents=True)
    (root / "flutter.js").write_text("the loader")
    (root / "styles/page.css").write_text("the page")
    (root / "main.dart.js").symlink_to(secret / "main.dart.js")
    (root / "canvaskit").symlink_to(secret)
    (root / "styles/outer.css").symlink_to(secret / "inner.css")
    assert set(engine_files(root)) == {"flutter.js"}
    assert set(own_files(root)) == {"styles/page.css", "manifest.webmanifest"}


async def test_a_file_of_the_next_version_is_not_served_at_the_address_of_this_one(tmp_path):
    ours = Path(assets.__file__).parent
    shutil.copytree(ours, tmp_path / "assets", ignore=shutil.ignore_patterns("build", "*.py"))
    (tmp_path / "assets/build").symlink_to(ours / "build")  # it takes long to make
    files = PublicFiles(tmp_path / "assets")
    for name in ("styles/page.css", "icons/apple-touch-icon.png"):
        (tmp_path / "assets" / name).write_bytes(b"of the next version")
    transport = httpx.ASGITransport(Starlette(routes=files.routes()))
    async with httpx.AsyncClient(transport=transport, base_url="http://localhost") as browser:
        for name in ("styles/page.css", "icons/apple-touch-icon.png"):
            for accepted in ("br", "identity"):
                file = await browser.get(files.url(name), headers={"Accept-Encoding": accepted})
                assert file.status_code == 404
                assert "cache-control" not in file.headers  # the portal adds that nobody keeps it
        assert (await browser.get(files.url("styles/shell.css"))).status_code == 200


async def test_the_service_worker_changes_with_the_version_and_is_asked_for_each_time(
    portal, files
):
    async with portal.browser() as browser:
        worker = await browser.get("/service-worker.js")
    assert worker.headers["cache-control"] == "no-cache"
    assert worker.text.startswith(f'const VERSION = "{files.prefix}";')
    assert "skipWaiting" in worker.text


async def test_a_character_that_no_font_has_is_answered_from_here(portal, files):
    async with portal.browser() as browser:
        chinese = await browser.get(f"{files.prefix}fallback/notosanssc/v37/abc.118.woff2")
        assert chinese.headers["location"] == files.url("assets/fonts/IBMPlexSans-Regular.woff2")
        font = await browser.get(chinese.headers["location"])
    assert font.headers["content-type"] == "font/woff2"


async def test_an_emoji_that_the_app_does_not_bring_is_there_when_somebody_writes_it(portal, files):
    async with portal.browser() as browser:
        asked = await browser.get(f"{files.prefix}fallback/notocoloremoji/v32/abc.9.woff2")
        font = await browser.get(asked.headers["location"])
    drawn = {chr(code) for code in TTFont(BytesIO(font.content)).getBestCmap()}
    more = Path("assets/fonts/emoji-more.txt").read_text("utf-8").split()  # noqa: ASYNC240
    assert set("".join(more)) <= drawn
    assert not drawn & known_to(files, "NotoColorEmoji.woff2") - set(" \u200d\ufe0f")


def known_to(files: PublicFiles, font: str) -> set[str]:
    return {chr(code) for code in TTFont(BytesIO(files.read(f"assets/fonts/{font}"))).getBestCmap()}


def test_the_fonts_have_every_character_of_all_texts_and_sample_people(files):
    """So no screen makes Flutter fetch another font."""
    plain, strong = (known_to(files, f"IBMPlexSans-{one}.woff2") for one in ("Regular", "SemiBold"))
    behind = ("IBMPlexSansArabic-Regular.woff2", "NotoColorEmoji.woff2")
    known = (plain & strong).union(*(known_to(files, font) for font in behind))
    texts = [*Path("i18n").rglob("*.po"), *Path("sandbox").rglob("*.py")]
    written = set().union(*(path.read_text(encoding="utf-8") for path in texts))
    assert {"å", "ш", "ش", "⏰"} & written > {"å"}
    assert {one for one in written if one.isprintable()} - known == set()


async def test_what_a_browser_asks_for_unbidden_is_there(portal):
    async with portal.browser() as browser:
        assert (await browser.get("/favicon.ico")).headers["content-type"] == "image/png"
        manifest = await browser.get("/manifest.webmanifest")
        for icon in manifest.json()["icons"]:
            assert (await browser.get(icon["src"])).status_code == 200
