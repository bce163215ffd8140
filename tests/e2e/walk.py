"""Looks once at every screen: Danish and Arabic on a phone, light and dark; main ones on a desk.

What was seen is kept as data, so that one walk serves all tests, and the pictures in docs/screens.
The app stays open: a screen costs about a second.
"""

import asyncio
import base64
import re
import tempfile
from collections.abc import Collection, Iterator, Sequence
from contextlib import AbstractAsyncContextManager, contextmanager, nullcontext
from dataclasses import dataclass, field
from itertools import groupby
from operator import attrgetter
from pathlib import Path
from time import monotonic
from typing import Literal

from playwright.async_api import Browser, CDPSession, expect
from playwright.async_api import Error as PlaywrightError

from i18n.translator import LANGUAGES, Translator, translator
from tests.e2e.phone import DESK, PATIENCE_MILLISECONDS, PHONE, Phone
from tests.e2e.screens import EVERYBODY, SIGNED_OUT, Screen
from tests.e2e.transcript import problems, transcript
from tests.support.demo import RunningDemo
from tests.support.still_town import StillTown
from views import theme

Look = Literal["light", "dark"]

OFFLINE = "Der er ingen forbindelse lige nu. Prøv igen om lidt."
NARROW = 320
_LARGE_TEXT = "200%"
_LONG_WORDS = frozenset({"uk", "pl"})
"""The languages in which words take most room."""
_BETWEEN_PICTURES = 0.05
_MOST_PICTURES = 200
_STILL_AFTER_A_VISIT = 0.2
_STILL_AFTER_A_TAP = 1.0
"""What was tapped looks chosen at once; what the portal draws then may take a while."""
_MOST_LOOKS = 100
_QUALITY = 75

# What does not fit in the width, as a screen reader's tree has it: it reaches beyond the window, or
# to its very edge, where what scrolls cuts it off. Below the fold is no fault.
_CUT_OFF = """() => {
    const named = element => element.role || element.getAttribute("role") || element.ariaLabel;
    const measured = where => [...document.querySelectorAll(where)]
        .filter(named).map(element => [element, element.getBoundingClientRect()])
        .filter(([, box]) => box.width > 1);
    const beyond = ([, box]) => box.right > innerWidth + 1 || box.left < -1;
    const atTheEdge = ([element, box]) => box.width < innerWidth - 1
        && (box.right > innerWidth - 1 || box.left < 1)
        && !element.closest("[role=navigation]");
    const drawn = measured(["flt-semantics", "a", "input", "textarea", "h1", "h2", "h3"]
        .map(one => `flutter-view ${one}`).join());
    const found = [...drawn.filter(atTheEdge), ...[...drawn, ...measured("main *")].filter(beyond)];
    return found.map(([element]) => (element.ariaLabel || element.textContent).slice(0, 60));
}"""
# What can be tapped, but is smaller than a finger. What an edge covers is no fault: that of the
# window, of what scrolls, of the menu at the bottom.
_TOO_SMALL = """least => {
    const tapped = ["button", "link", "checkbox", "radio", "tab"].map(role => `[role=${role}]`);
    const menu = document.querySelector("flutter-view [role=navigation]")?.getBoundingClientRect();
    const end = menu && menu.top > innerHeight / 2 ? menu.top : innerHeight;
    const scrolls = element => /scroll|auto/.test(getComputedStyle(element).overflowY);
    const room = element => {
        let around = element.parentElement;
        while (around && !scrolls(around)) {
            around = around.parentElement;
        }
        const { top, bottom } = (around ?? document.documentElement).getBoundingClientRect();
        return { top: Math.max(top, 0), bottom: Math.min(bottom, end) };
    };
    const isWhole = ([element, box]) => {
        const { top, bottom } = room(element);
        return box.top > top + 1 && box.bottom < bottom - 1;
    };
    const all = document.querySelectorAll(
        ["a", "input", "textarea", ...tapped].map(one => `flutter-view ${one}`).join());
    return [...all].map(element => [element, element.getBoundingClientRect()])
        .filter(([, box]) => box.width > 1 && box.height > 1)
        .filter(([, box]) => box.width < least - 1 || box.height < least - 1)
        .filter(isWhole)
        .map(([element, box]) => `${(element.ariaLabel || element.textContent).slice(0, 60)}: `
            + `${Math.round(box.width)} × ${Math.round(box.height)}`);
}"""
_SOMETHING = re.compile(r"\S")
_LEAVE_THE_FIELD = "() => document.activeElement.blur()"
_TEXT_SIZE = "size => { document.documentElement.style.fontSize = size; }"


@dataclass
class Walked:
    """What one walk has found."""

    pictures: dict[str, bytes] = field(default_factory=dict)
    """WebP files by name, of what is the same in each run."""
    transcripts: dict[str, str] = field(default_factory=dict)
    """What a screen reader says in Danish, by the screen's name."""
    violations: list[str] = field(default_factory=list)
    """What axe-core found."""
    wrong_in_order: list[str] = field(default_factory=list)
    """Headings, landmarks and names that are wrong for somebody who listens."""
    cut_off: list[str] = field(default_factory=list)
    """What does not fit: on a narrow window, with large text, in another language."""
    too_small: list[str] = field(default_factory=list)
    """What is hard to hit with a finger."""
    troubles: list[str] = field(default_factory=list)
    """Screens that did not come, and what the browser complained about."""

    def wrong(self) -> list[str]:
        """Return all that is wrong."""
        return [
            *self.troubles,
            *self.violations,
            *self.wrong_in_order,
            *self.cut_off,
            *self.too_small,
        ]


async def walk(browser: Browser, port: int, only: Collection[str] = ()) -> Walked:
    """Start a still town on `port` and look at every screen in it, or at some by name."""
    walked = Walked()
    with tempfile.TemporaryDirectory(prefix="enplan-walk-") as folder:
        Path(folder).chmod(0o755)  # noqa: ASYNC240 - PostgreSQL's user passes through it
        with StillTown(Path(folder) / "demo", port) as town:
            await asyncio.to_thread(town.wait_until_ready)
            for person, screens in {None: SIGNED_OUT, **EVERYBODY}.items():
                wanted = [screen for screen in screens if not only or screen.picture in only]
                if wanted:
                    await Walker.walk(browser, town, walked, person, wanted)
    return walked


@dataclass
class Walker:
    """One person's walk through some screens."""

    phone: Phone
    chromium: CDPSession
    town: RunningDemo
    walked: Walked
    signed_in: bool
    look: Look = "light"
    loading: bool = False
    """Whether what is looked at is still on its way, and is to be."""

    @classmethod
    async def walk(
        cls,
        browser: Browser,
        town: RunningDemo,
        walked: Walked,
        person: str | None,
        screens: Sequence[Screen],
    ) -> None:
        """Look at `screens` as `person`, in every language."""
        context = await browser.new_context(
            viewport=PHONE,
            locale="da-DK",
            timezone_id="Europe/Copenhagen",
            has_touch=True,
            reduced_motion="reduce",
            color_scheme="light",
        )
        phone = await Phone.open(context, town.url)
        if person is not None:
            await phone.log_in(person)
        chromium = await context.new_cdp_session(phone.page)
        walker = cls(phone, chromium, town, walked, signed_in=person is not None)
        await walker.on_a_phone("da", screens)
        await walker.on_a_phone("ar", screens)
        await walker.on_a_desk("en", screens)
        await walker.on_the_way("en", [screen for screen in screens if screen.english])
        if any(screen.main for screen in screens):
            for language in sorted(LANGUAGES.keys() - {"da", "ar", "en"}):
                await walker.in_another_language(language, screens)
        walked.troubles += phone.troubles
        await context.close()

    async def on_a_phone(self, language: str, screens: Sequence[Screen]) -> None:
        """Look at each screen, at all in light and dark in Danish.

        Colours are the same in every language: two modes of the main screens tell it for Arabic.
        """
        await self.read(language)
        await expect(self.phone.page.locator("html")).to_have_attribute("lang", language)
        await self.check_direction(language)
        for away, some in groupby(screens, key=attrgetter("away")):
            with self.nobody_answers() if away else nullcontext():
                for screen in some:
                    with self.noting(screen, language):
                        await self.look_at(screen, language)

    async def look_at(self, screen: Screen, language: str) -> None:
        """Look at one screen as it stands on a phone."""
        await self.visit(screen, language)
        await self.point(screen, language)
        if language == "da":
            await self.listen(screen)
        await self.see(screen, language, both=language == "da" or screen.main)
        if screen.main or (language == "da" and screen.taps):
            await self.squeeze(screen, language)

    async def on_a_desk(self, language: str, screens: Sequence[Screen]) -> None:
        """Look at those screens that are different, or most looked at, where there is room."""
        await self.wear("light")
        await self.phone.page.set_viewport_size(DESK)
        await self.read(language)
        for screen in screens:
            if not (screen.wide or screen.main):
                continue
            with self.noting(screen, language):
                await self.visit(screen, language)
                await self.examine(screen, language, "on a desk")
                if screen.wide:
                    await self.keep(screen, f"{screen.picture}.wide")
                if screen.main:
                    await self.phone.page.set_viewport_size(PHONE)
                    await self.settle(translator(language), _STILL_AFTER_A_VISIT)
                    await self.keep(screen, f"{screen.picture}.{language}")
                    await self.phone.page.set_viewport_size(DESK)
        await self.phone.page.set_viewport_size(PHONE)

    async def on_the_way(self, language: str, screens: Sequence[Screen]) -> None:
        """Look at what the main job passes, on a phone, in the language that is read already."""
        for screen in screens:
            with self.noting(screen, language):
                await self.visit(screen, language)
                await self.examine(screen, language, "light")
                await self.keep(screen, f"{screen.picture}.{language}")

    async def in_another_language(self, language: str, screens: Sequence[Screen]) -> None:
        """See that axe finds nothing on the main screens, and that they fit and run rightly."""
        await self.read(language)
        await self.check_direction(language)
        for screen in screens:
            if not screen.main:
                continue
            with self.noting(screen, language):
                await self.visit(screen, language)
                await self.examine(screen, language, "on a phone")
                if language in _LONG_WORDS:
                    await self.squeeze(screen, language)
                else:
                    await self.measure(screen, language)

    async def read(self, language: str) -> None:
        """Choose a language: in the profile, or by the links of a plain page."""
        if self.signed_in:
            await self.phone.page.evaluate(_VISIT_PROFILE)
            chosen = self.phone.named(LANGUAGES[language]).first
            await chosen.click(timeout=PATIENCE_MILLISECONDS)
            await self.phone.on_screen(translator(language)("Profil"))
            await self.point_at_nothing()
        else:
            await self.phone.go(f"/language?lang={language}&next=/privacy")

    async def check_direction(self, language: str) -> None:
        """Note when the menu, or the plain page, begins on the wrong side.

        The words of a page change a moment before its sides do.
        """
        wanted = translator(language).direction
        for _ in range(_MOST_LOOKS):
            if (found := await self.direction()) == wanted:
                break
            await asyncio.sleep(_BETWEEN_PICTURES)
        else:
            self.walked.troubles.append(f"{language} runs {found}")

    async def direction(self) -> str:
        """Return in which direction the menu, or the plain page, runs now."""
        if not self.signed_in:
            return await self.phone.page.locator("html").get_attribute("dir") or "ltr"
        menu = self.phone.page.get_by_role("navigation").get_by_role("link")
        first = await menu.first.bounding_box()
        at_left = first is not None and first["x"] < PHONE["width"] / 2
        return "ltr" if at_left else "rtl"

    async def visit(self, screen: Screen, language: str) -> None:
        """Go to a screen, and wait until it stands as it is to be looked at."""
        t, heading = translator(language), screen.heading_in(language)
        if self.signed_in:
            await self.phone.visit(screen.path, heading)
        else:
            await self.phone.go(screen.path)
            first = self.phone.page.get_by_role("heading", level=1)
            await expect(first).to_have_text(heading)
        self.loading = screen.loading
        if screen.away:
            await self.phone.sees(t("Henter …" if screen.loading else OFFLINE))
        await self.settle(t, _STILL_AFTER_A_VISIT)
        if screen.written:
            label = re.compile("^" + re.escape(t(screen.written.label)))
            await self.phone.rewrite(label, screen.written.words[language])
            await self.phone.page.evaluate(_LEAVE_THE_FIELD)
        async with self.meanwhile(screen, language):
            for name in screen.taps:
                await self.phone.tap(t(name))
                await self.point_at_nothing()
                await self.settle(t, _STILL_AFTER_A_TAP)

    def meanwhile(self, screen: Screen, language: str) -> AbstractAsyncContextManager[None]:
        """Let somebody else act, where the screen is to be seen after that."""
        browser = self.phone.page.context.browser
        if screen.meanwhile is None or browser is None:
            return nullcontext()
        return screen.meanwhile(browser, self.town, language)

    async def point_at_nothing(self) -> None:
        """Take the pointer away: what it stands on looks different."""
        await self.phone.page.mouse.move(0, 0)

    async def settle(self, t: Translator, still: float = 0) -> None:
        """Wait until nothing loads, and nothing moves for so many seconds."""
        loading = self.phone.text(t("Henter …"))
        before, since, now = "", monotonic(), await self.sight()
        for _ in range(_MOST_PICTURES):
            if before != now or (not self.loading and await loading.count()):
                since = monotonic()
            elif monotonic() - since >= still:
                break
            await asyncio.sleep(_BETWEEN_PICTURES)
            before, now = now, await self.sight()

    async def sight(self) -> str:
        """Take a picture to compare with another: a third of the work of a small one."""
        shot = await self.chromium.send(
            "Page.captureScreenshot", {"format": "png", "optimizeForSpeed": True}
        )
        return shot["data"]

    async def picture(self) -> bytes:
        """Take a picture as a small WebP file."""
        shot = await self.chromium.send(
            "Page.captureScreenshot", {"format": "webp", "quality": _QUALITY}
        )
        return base64.b64decode(shot["data"])

    async def listen(self, screen: Screen) -> None:
        """Note what a screen reader says, after what was only announced is gone."""
        announced = self.phone.page.locator("flt-announcement-host", has_text=_SOMETHING)
        await expect(announced).to_have_count(0)
        snapshot = await self.phone.page.locator("body").aria_snapshot()
        self.walked.wrong_in_order += [f"{screen.picture}: {one}" for one in problems(snapshot)]
        if screen.still:
            self.walked.transcripts[screen.picture] = transcript(snapshot)

    async def point(self, screen: Screen, language: str) -> None:
        """Note what is smaller than a finger."""
        found = await self.phone.page.evaluate(_TOO_SMALL, theme.TOUCH)
        self.walked.too_small += [f"{screen.picture} ({language}): {one}" for one in found]

    async def see(self, screen: Screen, language: str, *, both: bool) -> None:
        """Look in the light, and in both modes beginning with the one that there is."""
        for look in (self.look, _other(self.look)) if both else ("light",):
            if look != self.look and screen.loading:  # it is seen for some seconds only
                await self.phone.visit("/profile", translator(language)("Profil"))
                await self.visit(screen, language)
            if look != self.look:  # else it has just settled
                await self.wear(look)
                await self.settle(translator(language))
            await self.examine(screen, language, look)
            if language == "da":
                await self.keep(screen, f"{screen.picture}.{'da' if look == 'light' else look}")
            elif look == "light":
                await self.keep(screen, f"{screen.picture}.{language}")
            if screen.loading:
                assert await self.phone.text(translator(language)("Henter …")).count()

    async def wear(self, look: Look) -> None:
        """Let the device ask for light or dark."""
        if look != self.look:
            await self.phone.page.emulate_media(color_scheme=look)
            self.look = look

    async def keep(self, screen: Screen, name: str) -> None:
        """Keep the picture where it is the same in each run."""
        if screen.still:
            self.walked.pictures[name] = await self.picture()

    async def examine(self, screen: Screen, language: str, how: str) -> None:
        """Let axe-core look."""
        self.walked.violations += [
            f"{screen.picture} ({language}, {how}) {violation}"
            for violation in await self.phone.accessibility_violations()
        ]

    async def squeeze(self, screen: Screen, language: str) -> None:
        """See that all fits in 320 pixels, and with text of double size."""
        page, t = self.phone.page, translator(language)
        await page.set_viewport_size({"width": NARROW, "height": PHONE["height"]})
        await self.settle(t)
        await self.measure(screen, f"{language}, {NARROW} wide")
        await page.set_viewport_size(PHONE)
        await page.evaluate(_TEXT_SIZE, _LARGE_TEXT)
        await self.settle(t)
        await self.measure(screen, f"{language}, text of {_LARGE_TEXT}")
        await page.evaluate(_TEXT_SIZE, "")

    async def measure(self, screen: Screen, how: str) -> None:
        """Note what reaches beyond the window."""
        found = await self.phone.page.evaluate(_CUT_OFF)
        self.walked.cut_off += [f"{screen.picture} ({how}): {one}" for one in found]

    @contextmanager
    def noting(self, screen: Screen, language: str) -> Iterator[None]:
        """Note that a screen does not come, and go on: the others are to be seen too."""
        try:
            yield
        except (AssertionError, PlaywrightError) as error:
            self.walked.troubles.append(f"{screen.picture} ({language}) does not come: {error}")

    @contextmanager
    def nobody_answers(self) -> Iterator[None]:
        """Take the plan API away for a while."""
        plan_api = self.town.server("planapi")
        plan_api.suspend()
        try:
            yield
        finally:
            plan_api.resume()


_VISIT_PROFILE = """() => {
    history.pushState(null, "", "/profile");
    dispatchEvent(new PopStateEvent("popstate", { state: null }));
}"""


def _other(look: Look) -> Look:
    return "dark" if look == "light" else "light"
