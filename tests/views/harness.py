"""Runs the real app in process: a real Flet session over a connection that only remembers.

``Screen`` is what a person has: it finds controls by what they say, taps, types and goes places.
"""

import asyncio
import dataclasses
from collections.abc import Callable, Iterator
from typing import Any

import flet as ft
import msgpack
from flet.components.component import Component
from flet.controls.context import _context_page
from flet.messaging.connection import Connection
from flet.messaging.protocol import Message, MessageAction, configure_encode_object_for_msgpack
from flet.messaging.session import Session
from flet.pubsub.pubsub_hub import PubSubHub

from portal.contract.events import Event
from portal.contract.people import Role
from tests.views.fake_plan import ME, METTE, FakePlan
from views.app import start
from views.login import Ending, OwnLogins
from views.viewer import Viewer

_PATIENCE_SECONDS = 3.0
_CLICKABLE = (ft.Button, ft.FilledButton, ft.OutlinedButton, ft.TextButton, ft.IconButton)


class FakeLive:
    """Live events that a test sends itself."""

    def __init__(self) -> None:
        self.listeners: list[Callable[[Event], None]] = []
        self.topics: frozenset[str] = frozenset()

    def subscribe(self, topics, listener):
        self.topics = frozenset(topics)
        self.listeners.append(listener)
        return lambda: self.listeners.remove(listener)

    def send(self, event: Event) -> None:
        for listener in list(self.listeners):
            listener(event)


class FakeLogin:
    """Logins that a test makes up; ``tell`` is what the web host does when the time is near."""

    def __init__(self) -> None:
        self.ending: Ending | None = None
        self.own = OwnLogins(())
        self.ended: list[str] = []
        self.stayed = 0
        self._listeners: list[Callable[[Ending | None], None]] = []

    def on_ending(self, listener):
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    def tell(self, ending: Ending | None) -> None:
        self.ending = ending
        for listener in list(self._listeners):
            listener(ending)

    async def stay(self) -> None:
        self.stayed += 1
        self.tell(None)

    async def own_logins(self) -> OwnLogins:
        return self.own

    async def end_login(self, login_id: str) -> None:
        self.ended.append(login_id)
        kept = tuple(login for login in self.own.logins if login.id != login_id)
        self.own = OwnLogins(kept, self.own.powers)


class FakeConnection(Connection):
    """A browser that shows nothing, follows addresses, and cannot be sent what it cannot read."""

    def __init__(self, kept: dict[str, Any] | None = None) -> None:
        super().__init__()
        self.kept: dict[str, Any] = kept or {}
        self.loop = asyncio.get_running_loop()
        self.pubsubhub = PubSubHub(self.loop)
        self.page_url = "ws://localhost"
        self.session: Session | None = None
        self.crashes: list[str] = []
        self.calls: list[tuple[int, str, Any]] = []
        self._encode = configure_encode_object_for_msgpack(ft.BaseControl)
        self._tasks: set[asyncio.Task[None]] = set()

    def send_message(self, message: Message) -> None:
        self.receive([message.action, message.body])
        if message.action is MessageAction.SESSION_CRASHED:
            self.crashes.append(message.body.message)
        if message.action is MessageAction.INVOKE_METHOD:
            self.calls.append((message.body.control_id, message.body.name, message.body.args))
            task = self.loop.create_task(self._answer(message.body))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)

    def receive(self, sent: Any) -> None:
        """Pack what is sent: from then on Flet tells only what changes."""
        msgpack.packb(sent, default=self._encode)

    async def _answer(self, call: Any) -> None:
        assert self.session
        result = self._preference(call.name, call.args or {})
        self.session.handle_invoke_method_results(call.control_id, call.call_id, result, None)
        if call.name == "push_route":
            await self.go(call.args["route"])

    def _preference(self, call: str, args: dict[str, Any]) -> Any:
        """What this browser keeps, in and out."""
        if call == "set":
            self.kept[args["key"]] = args["value"]
        return self.kept.get(args["key"]) if call == "get" else None

    async def go(self, route: str) -> None:
        assert self.session
        self.session.apply_page_patch({"route": route})
        page = self.session.page
        await self.session.dispatch_event(page._i, "route_change", {"route": route})


class Screen:
    """One person's open app."""

    def __init__(
        self,
        plan: FakePlan,
        live: FakeLive,
        login: FakeLogin,
        session: Session,
        browser: FakeConnection,
    ):
        self.plan = plan
        self.live = live
        self.login = login
        self.session = session
        self.browser = browser

    # -- seeing

    def controls(self) -> Iterator[ft.BaseControl]:
        """Everything that is drawn, in reading order."""
        yield from walk(self.session.page.views)

    def texts(self) -> list[str]:
        """All words on the screen, those of fields and boxes included."""
        return [text for control in self.controls() for text in words_of(control)]

    def sees(self, text: str) -> bool:
        return any(text in found for found in self.texts())

    def heading(self) -> str:
        """The text of the only heading of level 1."""
        found = [
            control.content.value
            for control in self.controls()
            if isinstance(control, ft.Semantics) and control.heading_level == 1
        ]
        assert len(found) == 1, found
        return found[0]

    async def until_sees(self, text: str) -> None:
        await self.until(lambda: self.sees(text), f"{text!r} in {self.texts()}")

    async def until_gone(self, text: str) -> None:
        await self.until(lambda: not self.sees(text), f"{text!r} to go from {self.texts()}")

    async def until(self, holds: Callable[[], bool], what: str = "") -> None:
        async def poll() -> None:
            while not holds():  # noqa: ASYNC110 - what is waited for is drawn, not announced
                await asyncio.sleep(0.01)

        try:
            await asyncio.wait_for(poll(), _PATIENCE_SECONDS)
        except TimeoutError:
            raise AssertionError(f"waited in vain for {what or holds}") from None

    def options(self, question: str) -> dict[str | None, str | None]:
        """What can be chosen in answer to a question: values and their words."""
        asked = next(
            column
            for column in self.controls()
            if isinstance(column, ft.Column)
            and column.controls
            and getattr(column.controls[0], "value", None) == question
        )
        return {
            named.content.value: named.label
            for named in walk(asked)
            if isinstance(named, ft.Semantics) and isinstance(named.content, ft.Radio)
        }

    # -- acting

    def button(self, name: str) -> ft.BaseControl:
        """The first button or link whose words hold ``name``."""
        for control in self.controls():
            if isinstance(control, _CLICKABLE) and name in _spoken(control):
                return control
        raise AssertionError(f"no button {name!r} among {self.texts()}")

    def field(self, label: str) -> ft.TextField:
        for control in self.controls():
            if isinstance(control, ft.Semantics) and (control.label or "").startswith(label):
                return control.content
        raise AssertionError(f"no field {label!r} among {self.texts()}")

    def box(self, label: str) -> ft.Checkbox:
        for control in self.controls():
            if isinstance(control, ft.Checkbox) and label in (control.semantics_label or ""):
                return control
        raise AssertionError(f"no box {label!r} among {self.texts()}")

    async def click(self, name: str) -> None:
        await self.send(self.button(name), "click")

    async def tick(self, label: str) -> None:
        box = self.box(label)
        self.session.apply_patch(box._i, {"value": not box.value})
        await self.send(box, "change", not box.value)

    async def choose(self, value: str) -> None:
        """Choose the radio button ``value`` in the first group that has it."""
        group = next(
            group
            for group in self.controls()
            if isinstance(group, ft.RadioGroup)
            and any(isinstance(c, ft.Radio) and c.value == value for c in walk(group))
        )
        self.session.apply_patch(group._i, {"value": value})
        await self.send(group, "change", value)

    async def tap_words(self, text: str) -> None:
        """Tap the words beside a box or a radio button."""
        words = next(
            control
            for control in self.controls()
            if isinstance(control, ft.Container) and control.on_click and text in _spoken(control)
        )
        await self.send(words, "click")

    async def select(self, label: str, value: str) -> None:
        """Choose ``value`` from the list ``label``."""
        chosen = self.field(label)
        self.session.apply_patch(chosen._i, {"value": value})
        await self.send(chosen, "select", value)

    async def write(self, label: str, text: str) -> None:
        """Type ``text`` into a field, as the browser tells it: value first, then the event."""
        field = self.field(label)
        self.session.apply_patch(field._i, {"value": text})
        await self.send(field, "change", text)

    async def leave(self, label: str) -> None:
        await self.send(self.field(label), "blur")

    async def send(self, control: ft.BaseControl, event: str, data: Any = None) -> None:
        await self.session.dispatch_event(control._i, event, data)
        await self.settle()

    async def go(self, route: str) -> None:
        await self.browser.go(route)
        await self.settle()

    async def settle(self) -> None:
        """Let everything that needs no time happen."""
        for _ in range(60):
            await asyncio.sleep(0)

    @property
    def route(self) -> str:
        return self.session.page.route

    def close(self) -> None:
        drawing = self.session._Session__updates_task
        assert not drawing.done(), "Flet stopped drawing"
        self.session.close()
        assert self.browser.crashes == [], "\n".join(self.browser.crashes)


async def open_screen(
    plan: FakePlan,
    *,
    route: str = "/",
    language: str = "da",
    role: Role = Role.CITIZEN,
    width: int = 390,
    login: FakeLogin | None = None,
    name: str | None = None,
    kept: dict[str, Any] | None = None,
) -> Screen:
    """Open the app as a browser does, and wait until it has read what it shows.

    ``kept`` is what this browser has kept from an earlier visit.
    """
    browser = FakeConnection(kept)
    session = Session(browser)
    browser.session = session
    _context_page.set(session.page)
    session.apply_page_patch({"route": route, "width": width, "height": 844, "web": True})
    browser.receive(session.get_page_patch())
    live, login = FakeLive(), login or FakeLogin()
    person, usual = (ME, "Lone Lund") if role is Role.CITIZEN else (METTE, "Mette Holm")
    viewer = Viewer(person, usual if name is None else name, role=role, language=language)
    start(session.page, client=plan, viewer=viewer, live=live, login=login)
    screen = Screen(plan, live, login, session, browser)
    await screen.settle()
    return screen


def walk(value: Any) -> Iterator[ft.BaseControl]:
    """Every control in ``value`` that is shown, in reading order."""
    if isinstance(value, ft.BaseControl) and not getattr(value, "visible", True):
        return
    if isinstance(value, ft.BaseControl) and not isinstance(value, Component):
        yield value
    for part in parts_of(value):
        yield from walk(part)


def parts_of(value: Any) -> Iterator[Any]:
    """What is directly in a control, a component or a list."""
    if isinstance(value, (list, tuple)):
        yield from value
    elif isinstance(value, Component):
        yield value._b
    elif isinstance(value, ft.BaseControl):
        for field in dataclasses.fields(value):
            if not field.metadata.get("skip") and field.name != "_parent":
                yield getattr(value, field.name, None)


def words_of(control: ft.BaseControl) -> Iterator[str]:
    """The words of one control, those of what is in it left out."""
    for name in ("value", "text", "label", "tooltip", "content", "semantics_label"):
        text = getattr(control, name, None)
        if isinstance(text, str) and text:
            yield text


def _spoken(control: ft.BaseControl) -> str:
    return " ".join(text for part in walk(control) for text in words_of(part))
