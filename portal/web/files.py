"""The files that everybody may fetch: Flutter's engine from the flet_web package, and our own.

Every file is looked up in a fixed table made at start, so no address can leave the folders.
All addresses share a prefix with a fingerprint of all contents, so they may be kept for ever
and versions never mix. Used by `portal.asgi`.
"""

import asyncio
import hashlib
import importlib.metadata
import importlib.resources
import json
import mimetypes
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property, partial
from http import HTTPStatus
from pathlib import Path
from typing import Any, Final, Self

from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from assets.grammars import program_without_grammars
from assets.icons_font import icon_font, icons_in_use
from portal.web.compression import Compressed, Encoding
from portal.web.file_response import accepted_encodings, respond

KEEP_FOR_EVER = "public, max-age=31536000, immutable"
COMPRESSED_SUFFIXES = frozenset(
    {".css", ".frag", ".js", ".json", ".mjs", ".otf", ".svg", ".ttf", ".wasm"}
)
BUILD_DIRECTORY = "build"  # under assets/: what was made at leisure, named by content

_OWN_SUFFIXES = frozenset({".css", ".js", ".png", ".svg", ".woff2"})

# What Flutter fetches of the engine. Left out: Pyodide (Python in the browser), source maps,
# fonts that no screen uses, and the page and service worker that ours replace.
_ENGINE_FILES = re.compile(
    r"flutter\.js|main\.dart\.(js|mjs|wasm)"
    r"|canvaskit/(chromium/)?(canvaskit|skwasm|skwasm_heavy)\.(js|wasm)"
    r"|assets/(AssetManifest\.bin(\.json)?|NOTICES)"
    r"|assets/shaders/[a-z_]+\.frag"
    r"|assets/packages/(wakelock_plus|record_web)/.*\.js"
)
_FONTS: dict[str, dict[int, str]] = {
    # Flutter downloads Roboto for text without a family unless the manifest names one.
    "Roboto": {400: "IBMPlexSans-Regular"},
    "IBM Plex Sans": {400: "IBMPlexSans-Regular", 600: "IBMPlexSans-SemiBold"},
    # Those below stand behind it in the theme (`views.theme`).
    "IBM Plex Sans Arabic": {400: "IBMPlexSansArabic-Regular"},
    "Noto Color Emoji": {400: "NotoColorEmoji"},
}
# For a character that all of these lack, Flutter asks for `fallback/<face>/<version>/<file>`.
_FALLBACKS: Final = {"notocoloremoji": "NotoColorEmoji-More"}
# This answers for other faces instead of Google: it is harmless, so that it stops.
_LAST_FALLBACK = "IBMPlexSans-Regular"


class Browsers(StrEnum):
    """The two kinds that Flutter has a build for."""

    CHROMIUM = "Chromium"
    OTHERS = "Safari, Firefox"


ENGINES: Final = {
    Browsers.CHROMIUM: (
        "canvaskit/skwasm.js",
        "canvaskit/skwasm.wasm",
        "main.dart.mjs",
        "scripts/compiler.js",
        "main.dart.wasm",
    ),
    Browsers.OTHERS: ("canvaskit/canvaskit.js", "canvaskit/canvaskit.wasm", "main.dart.js"),
}
"""What each build of the engine consists of."""

_PROGRAMS: Final = ("main.dart.wasm", "main.dart.js")
_GRAPHICS: Final = "scripts/graphics.js"
_COMPILER: Final = "scripts/compiler.js"
_OF_COMPILER: Final = frozenset({_COMPILER, "main.dart.wasm"})
"""What a worker fetches: a page can ask for nothing beforehand that another thread will use."""

OF_EVERY_VISIT: Final = (
    "flutter.js",
    "scripts/engine.js",
    "scripts/boot.js",
    "scripts/stay.js",
    "scripts/graphics.js",
    "icons/mark.svg",
    "assets/FontManifest.json",
    "assets/fonts/IBMPlexSans-Regular.woff2",
    "assets/fonts/IBMPlexSans-SemiBold.woff2",
    "assets/fonts/IBMPlexSansArabic-Regular.woff2",
    "assets/fonts/NotoColorEmoji.woff2",
    "assets/fonts/MaterialIcons-Regular.otf",
)
"""What the app fetches in any browser."""

_READ_BY_FLUTTER: Final = (
    "assets/FontManifest.json",
    "assets/fonts/MaterialIcons-Regular.otf",
    "assets/fonts/IBMPlexSansArabic-Regular.woff2",
    "assets/fonts/NotoColorEmoji.woff2",
)
"""What it fetches once its program runs, besides the fonts of the page. `boot.js` asks for it when
the program has come: until then the program gets all of the line, and then the line is idle."""

OFFLINE_PAGE: Final = "/offline"
_OF_OFFLINE_PAGE: Final = (
    "styles/page.css",
    "icons/mark.svg",
    "fonts/IBMPlexSans-Regular-Latin.woff2",
    "fonts/IBMPlexSans-SemiBold-Latin.woff2",
)

_ICON_FONT = "fonts/MaterialIcons-Regular.otf"


@dataclass(frozen=True)
class PublicFile:
    """One file in memory's reach: where it is, or what it holds."""

    media_type: str
    path: Path | None = None
    content: bytes | None = None

    @classmethod
    def made(cls, media_type: str, made: Path | bytes) -> Self:
        """A file that we made: where it is kept, or what it holds."""
        if isinstance(made, Path):
            return cls(media_type, path=made)
        return cls(media_type, content=made)

    def read(self) -> bytes:
        """The bytes; reads from disk."""
        if self.content is not None:
            return self.content
        assert self.path is not None  # noqa: S101 - one of the two is always given
        return self.path.read_bytes()


@dataclass(frozen=True)
class Preload:
    """A `<link>` for something that the page needs soon: its `href`, `rel` and `as`."""

    url: str
    relation: str
    kind: str


class FileReplaced(Exception):
    """The file is not the one of the start any more: a new version is being put in place."""


class PublicFiles:
    """The table of public files and the routes that serve it.

    Args:
        assets: where our own files are, if not where they are installed.
    """

    def __init__(self, assets: Path | None = None) -> None:
        web_root = Path(str(importlib.resources.files("flet_web"))) / "web"
        assets = assets or Path(str(importlib.resources.files("assets")))
        kept = assets / BUILD_DIRECTORY
        self._files: dict[str, PublicFile] = {
            **engine_files(web_root),
            **own_files(assets),
            "assets/FontManifest.json": PublicFile("application/json", content=_font_manifest()),
            f"assets/{_ICON_FONT}": PublicFile.made(
                "font/otf",
                icon_font(web_root / "assets" / _ICON_FONT, icons_in_use(_screens()), kept),
            ),
            **{
                name: PublicFile.made(
                    _media_type(name), program_without_grammars(web_root / name, kept)
                )
                for name in _PROGRAMS
            },
        }
        self._digests = {name: _digest(file.read()) for name, file in self._files.items()}
        self._service_worker = self.read("scripts/service-worker.js")
        self._build_config = _build_config(web_root)
        self.compressed = Compressed(kept)

    @cached_property
    def prefix(self) -> str:
        """Where the files are, such as `/engine/1.0.5-0a1b2c3d4e5f/`."""
        digest = hashlib.sha256()
        for name, of_file in sorted(self._digests.items()):
            digest.update(name.encode() + b"\0")
            digest.update(of_file)
        version = importlib.metadata.version("flet-web")
        return f"/engine/{version}-{digest.hexdigest()[:12]}/"

    @property
    def names(self) -> frozenset[str]:
        """All file names, relative to `prefix`."""
        return frozenset(self._files)

    def url(self, name: str) -> str:
        """The address of a file; raises `KeyError` for an unknown one."""
        self._files[name]
        return self.prefix + name

    def of_first_visit(self, browsers: Browsers) -> list[str]:
        """Addresses of all that the app fetches in such a browser, what it needs first first."""
        names = (*OF_EVERY_VISIT[:3], *ENGINES[browsers], *OF_EVERY_VISIT[3:])
        return [self.url(name) for name in names]

    def preloads(self, browsers: Browsers) -> list[Preload]:
        """What the page asks for at once: one thing leads to the next only when it has run."""
        return [
            Preload(self.url(name), *_how_fetched(name))
            for name in ENGINES[browsers]
            if name not in _OF_COMPILER
        ]

    def flutter_config(self, browsers: Browsers) -> dict[str, Any]:
        """What `boot.js` needs to start the engine from our own addresses alone."""
        return {
            "build": self._build_config,
            "base": self.prefix,
            "graphics": self.url(_GRAPHICS),
            "compiler": self.url(_COMPILER) if _COMPILER in ENGINES[browsers] else None,
            "canvasKit": f"{self.prefix}canvaskit/",
            "fallbackFonts": f"{self.prefix}fallback/",
            "readOnStart": [self.url(name) for name in _READ_BY_FLUTTER],
        }

    def compressible(self) -> Iterator[str]:
        """Names of the files that are worth compressing."""
        return (name for name in self._files if Path(name).suffix in COMPRESSED_SUFFIXES)

    def read(self, name: str) -> bytes:
        """A file's bytes, as they were at the start.

        Raises `KeyError` for an unknown name, and `FileReplaced`: what is kept for ever at an
        address that names one version must not be of another.
        """
        content = self._files[name].read()
        if _digest(content) != self._digests[name]:
            raise FileReplaced(name)
        return content

    async def improve_compression(self) -> None:
        """Make the best compression of everything that has none yet; takes minutes."""
        await self.compressed.improve([partial(self.read, name) for name in self.compressible()])

    def routes(self) -> list[Route]:
        """The routes for all of them, and for the addresses that browsers ask for unbidden."""
        return [
            Route(f"{self.prefix}fallback/{{face}}/{{rest:path}}", self._serve_fallback_font),
            Route(f"{self.prefix}{{name:path}}", self._serve),
            Route("/engine/{other}/scripts/boot.js", self._serve_other_version),
            Route("/version", self._serve_version),
            Route("/service-worker.js", self._serve_service_worker),
            Route("/favicon.ico", self._serve_favicon),
            Route("/manifest.webmanifest", self._serve_manifest),
            Route("/icons/{name}", self._serve_icon),
        ]

    async def _serve(self, request: Request) -> Response:
        return await self._respond(request, request.path_params["name"], KEEP_FOR_EVER)

    async def _serve_fallback_font(self, request: Request) -> Response:
        """Lead to the rest of the emoji, or to a font that is there already."""
        font = _FALLBACKS.get(request.path_params["face"], _LAST_FALLBACK)
        return RedirectResponse(
            self.url(f"assets/fonts/{font}.woff2"),
            HTTPStatus.MOVED_PERMANENTLY,
            headers={"Cache-Control": KEEP_FOR_EVER},
        )

    async def _serve_other_version(self, request: Request) -> Response:
        """Have a page that another version has drawn come again: its files are not here."""
        return await self._respond(request, "scripts/other-version.js", "no-store")

    async def _serve_version(self, _request: Request) -> Response:
        """What `boot.js` compares with what it was given."""
        return JSONResponse({"version": self.prefix}, headers={"Cache-Control": "no-store"})

    async def _serve_service_worker(self, request: Request) -> Response:
        """The worker, after its version: it changes with any file, so that none gets stuck."""
        offline = [OFFLINE_PAGE, *map(self.url, _OF_OFFLINE_PAGE)]
        named = {"VERSION": self.prefix, "ENGINE": self.prefix, "OFFLINE": offline}
        head = "".join(f"const {name} = {json.dumps(value)};\n" for name, value in named.items())
        content = head.encode() + self._service_worker
        return respond(request, content, "text/javascript", {"Cache-Control": "no-cache"})

    async def _serve_favicon(self, request: Request) -> Response:
        return await self._respond(request, "icons/favicon.png", "public, max-age=86400")

    async def _serve_icon(self, request: Request) -> Response:
        """The manifest's icons: addresses that last, as a telephone keeps them."""
        return await self._respond(
            request, f"icons/{request.path_params['name']}", "public, max-age=86400"
        )

    async def _serve_manifest(self, request: Request) -> Response:
        return await self._respond(request, "manifest.webmanifest", "public, max-age=3600")

    async def _respond(self, request: Request, name: str, cache_control: str) -> Response:
        file = self._files.get(name)
        if file is None:
            return Response(status_code=404)
        headers = {"Cache-Control": cache_control}
        encodings: list[Encoding] = []
        if Path(name).suffix in COMPRESSED_SUFFIXES:
            headers["Vary"] = "Accept-Encoding"
            encodings = accepted_encodings(request)
        read = partial(self.read, name)
        try:
            if encodings and not (request.method == "GET" and "range" in request.headers):
                headers["Content-Encoding"] = encodings[0].value
                content = await self.compressed.get(name, read, encodings[0])
            else:
                content = await asyncio.to_thread(read)
        except (FileReplaced, FileNotFoundError):
            return Response(status_code=404)
        return respond(request, content, file.media_type, headers)


def _digest(content: bytes) -> bytes:
    return hashlib.sha256(content).digest()


def _screens() -> list[Path]:
    """Where icons are drawn."""
    return [Path(str(importlib.resources.files(package))) for package in ("views", "portal")]


def engine_files(web_root: Path) -> dict[str, PublicFile]:
    """What is served of Flutter's engine, by name; no link that leads out of its folder."""
    return {
        name: PublicFile(_media_type(name), path=path)
        for path in web_root.rglob("*")
        if _ENGINE_FILES.fullmatch(name := path.relative_to(web_root).as_posix())
        and _is_file_within(path, web_root)
    }


def own_files(assets: Path) -> dict[str, PublicFile]:
    """What is served of our own files, by name; no link that leads out of their folder."""
    files = {}
    for folder in ("fonts", "icons", "scripts", "styles"):
        for path in sorted((assets / folder).iterdir()):
            if path.suffix in _OWN_SUFFIXES and _is_file_within(path, assets):
                name = f"{folder}/{path.name}"
                files[name] = PublicFile(_media_type(name), path=path)
    # Flutter looks for fonts of its manifest below `assets/`.
    files |= {f"assets/{name}": file for name, file in files.items() if name.endswith(".woff2")}
    manifest = assets / "manifest.webmanifest"
    files[manifest.name] = PublicFile("application/manifest+json", path=manifest)
    return files


def _is_file_within(path: Path, folder: Path) -> bool:
    return path.is_file() and path.resolve().is_relative_to(folder.resolve())


def _font_manifest() -> bytes:
    icons = {
        "family": "MaterialIcons",
        "fonts": [{"asset": _ICON_FONT}],
    }
    families = [
        {
            "family": family,
            "fonts": [
                {"asset": f"fonts/{file}.woff2", "weight": weight}
                for weight, file in weights.items()
            ],
        }
        for family, weights in _FONTS.items()
    ]
    return json.dumps([icons, *families]).encode()


def _build_config(web_root: Path) -> Mapping[str, Any]:
    """The engine's revision and builds, as its own boot script states them."""
    script = (web_root / "flutter_bootstrap.js").read_text(encoding="utf-8")
    found = re.search(r"_flutter\.buildConfig = (\{.*\});", script)
    if found is None:
        raise RuntimeError("flet_web's flutter_bootstrap.js names no build")
    config: Mapping[str, Any] = json.loads(found[1])
    return config


def _how_fetched(name: str) -> tuple[str, str]:
    """The relation and kind of a `<link>` that fetches as Flutter's loader does."""
    if name == "main.dart.js":
        return "preload", "script"
    return (
        ("modulepreload", "script")
        if Path(name).suffix in {".js", ".mjs"}
        else ("preload", "fetch")
    )


def _media_type(name: str) -> str:
    known = {
        ".mjs": "text/javascript",
        ".js": "text/javascript",
        ".wasm": "application/wasm",
        ".woff2": "font/woff2",
        ".otf": "font/otf",
        ".frag": "text/plain",
    }
    suffix = Path(name).suffix
    return known.get(suffix) or mimetypes.guess_type(name)[0] or "application/octet-stream"
