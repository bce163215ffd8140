"""The places one can go to from anywhere, for each role."""

from dataclasses import dataclass
from enum import StrEnum

import flet as ft

from i18n.translator import Translator
from portal.contract.people import Role


class Part(StrEnum):
    """Where a place stands on the page "Mere"."""

    PLAN = "plan"
    ME = "me"
    OTHERS = "others"
    PROFILE = "profile"


@dataclass(frozen=True)
class Destination:
    """A place in the menu. ``main`` ones have room in the bar of a phone.

    ``also`` is where pages of this place have an address elsewhere.
    """

    path: str
    label: str
    icon: ft.IconData
    main: bool = True
    also: tuple[str, ...] = ()
    part: Part = Part.PLAN

    def holds(self, location: str) -> bool:
        """Tell whether ``location`` is this place or below it."""
        if location == self.path or location.startswith(self.also):
            return True
        return self.path not in {"/", "/work"} and location.startswith(f"{self.path}/")


def destinations(t: Translator, role: Role) -> list[Destination]:
    """Return where the menu leads, in order."""
    if role is Role.CONTACT_PERSON:
        return [
            Destination("/work", t("Indbakke"), ft.Icons.INBOX_OUTLINED, also=("/messages/",)),
            Destination("/work/citizens", t("Borgere"), ft.Icons.PEOPLE_OUTLINE),
            Destination("/profile", t("Profil"), ft.Icons.PERSON_OUTLINE),
        ]
    return [
        Destination(
            "/", t("Overblik"), ft.Icons.HOME_OUTLINED, also=("/waiting", "/welcome", "/contact")
        ),
        Destination("/plan", t("Min plan"), ft.Icons.MAP_OUTLINED),
        Destination("/goals", t("Mål"), ft.Icons.FLAG_OUTLINED),
        Destination("/messages", t("Beskeder"), ft.Icons.CHAT_BUBBLE_OUTLINE),
        *(_more(path, label, icon, Part.PLAN) for path, label, icon in _of_plan(t)),
        *(_more(path, label, icon, Part.ME) for path, label, icon in _of_me(t)),
        *(_more(path, label, icon, Part.OTHERS) for path, label, icon in _of_others(t)),
        _more("/profile", t("Profil"), ft.Icons.PERSON_OUTLINE, Part.PROFILE),
    ]


def part_name(t: Translator, part: Part) -> str:
    """Return the heading of a part of the page "Mere"."""
    return {
        Part.PLAN: t("Det, der sker"),
        Part.ME: t("Med dine egne ord"),
        Part.OTHERS: t("Dig og andre"),
        Part.PROFILE: t("Sprog, udseende og login"),
    }[part]


def more(t: Translator) -> Destination:
    """Return the last place in the bar of a phone: the page with all the others."""
    return Destination("/more", t("Mere"), ft.Icons.MENU)


def _of_plan(t: Translator) -> list[tuple[str, str, ft.IconData]]:
    return [
        ("/calendar", t("Kalender"), ft.Icons.CALENDAR_MONTH_OUTLINED),
        ("/promises", t("Løfter"), ft.Icons.HANDSHAKE_OUTLINED),
        ("/minutes", t("Referater"), ft.Icons.DESCRIPTION_OUTLINED),
    ]


def _of_me(t: Translator) -> list[tuple[str, str, ft.IconData]]:
    return [
        ("/about-me", t("Om mig"), ft.Icons.FAVORITE_BORDER),
        ("/facts", t("Fakta om mig"), ft.Icons.FACT_CHECK_OUTLINED),
    ]


def _of_others(t: Translator) -> list[tuple[str, str, ft.IconData]]:
    return [
        ("/family", t("Familie"), ft.Icons.PEOPLE_OUTLINE),
        ("/sharing", t("Deling"), ft.Icons.LOCK_OUTLINE),
        ("/log", t("Hvem har set mine oplysninger"), ft.Icons.VISIBILITY_OUTLINED),
        ("/rights", t("Mine rettigheder"), ft.Icons.VERIFIED_USER_OUTLINED),
    ]


def _more(path: str, label: str, icon: ft.IconData, part: Part) -> Destination:
    return Destination(path, label, icon, main=False, part=part)
