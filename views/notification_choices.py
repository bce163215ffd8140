"""How one wants to be told of news, and when not. For Profil."""

from collections.abc import Awaitable, Callable
from datetime import time
from typing import Final

import flet as ft

from i18n import formats
from i18n.translator import Translator
from portal.contract.notifications import (
    Channel,
    ChooseNotifications,
    ChooseQuietHours,
    NotificationChoice,
    QuietHours,
)
from portal.plan_client import on_newest
from views.acting import use_act
from views.components.cards import NoticeKind, notice, section, stack
from views.components.fields import Choice, Tick
from views.components.select import Select
from views.components.states import FailureNote, shown
from views.components.text import quiet
from views.context import use_app
from views.guard import component
from views.loading import use_loaded

_NIGHT: Final = ChooseQuietHours(starts=time(21), ends=time(8))
_HOURS: Final = tuple(time(hour) for hour in range(24))

Choose = Callable[[ChooseQuietHours], Awaitable[None]]
Change = Callable[[NotificationChoice], ChooseNotifications]
"""What is chosen, in place of that part of what has been chosen before."""


@component
def NotificationChoices() -> ft.Control:
    """Draw the choices as they are kept, and what they mean today."""
    app = use_app()
    loaded = use_loaded(app.client.notifications)
    return section(
        app.t("Når der er nyt"),
        shown(loaded, lambda choice: NotificationForm(choice, loaded.replace)),
    )


@component
def NotificationForm(
    choice: NotificationChoice, show: Callable[[NotificationChoice], None]
) -> ft.Control:
    """Draw channel and quiet hours; each choice is kept at once."""
    app = use_app()
    t = app.t
    act = use_act()

    async def keep(change: Change) -> None:
        # What was chosen in another tab meanwhile stays, but for what is chosen here.
        def send(_key: str) -> Awaitable[NotificationChoice]:
            return on_newest(
                lambda seen: app.client.choose_notifications(change(seen), seen.version), choice
            )

        kept = await act.run(send, change(choice))
        if kept:
            show(kept)

    async def choose_channel(value: str) -> None:
        await keep(lambda seen: command(Channel(value), chosen(seen.quiet)))

    async def rest(ticked: bool) -> None:
        await keep(lambda seen: command(seen.channel, _NIGHT if ticked else None))

    async def choose_hours(hours: ChooseQuietHours) -> None:
        await keep(lambda seen: command(seen.channel, hours))

    return stack(
        Choice(t("Hvordan vil du have besked?"), channels(t), choice.channel.value, choose_channel),
        Tick(t("Lad mig være i fred om natten"), choice.quiet is not None, rest),
        *([Hours(choice.quiet, choose_hours)] if choice.quiet else []),
        *([FailureNote(act.failure)] if act.failure else []),
        notice(
            NoticeKind.INFO,
            t("Vi sender ikke besked ud endnu. Dit valg er gemt, til vi begynder."),
        ),
        quiet(t("En besked siger kun, at der er nyt. Den siger aldrig, hvad det handler om.")),
    )


@component
def Hours(hours: QuietHours, choose: Choose) -> ft.Control:
    """Draw when the night begins and ends."""
    t = use_app().t
    options = tuple((f"{hour:%H:%M}", formats.clock(t, hour)) for hour in _HOURS)

    async def starts(value: str) -> None:
        if (start := time.fromisoformat(value)) != hours.ends:
            await choose(ChooseQuietHours(starts=start, ends=hours.ends))

    async def ends(value: str) -> None:
        if (end := time.fromisoformat(value)) != hours.starts:
            await choose(ChooseQuietHours(starts=hours.starts, ends=end))

    return stack(
        Select(t("Fra klokken"), options, f"{hours.starts:%H:%M}", starts),
        Select(t("Til klokken"), options, f"{hours.ends:%H:%M}", ends),
    )


def command(channel: Channel, quiet_hours: ChooseQuietHours | None) -> ChooseNotifications:
    """Return the whole choice."""
    return ChooseNotifications(channel=channel, quiet=quiet_hours)


def chosen(hours: QuietHours | None) -> ChooseQuietHours | None:
    """Return what to send so that the hours stay as they are."""
    return None if hours is None else ChooseQuietHours(starts=hours.starts, ends=hours.ends)


def channels(t: Translator) -> tuple[tuple[str, str], ...]:
    """Return the channels and what they are called."""
    return (
        (Channel.NONE.value, t("Ingen besked")),
        (Channel.DIGITAL_POST.value, t("Digital Post")),
        (Channel.SMS.value, t("Sms")),
    )
