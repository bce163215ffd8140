"""What was changed in a goal, in plain words: for history, for what is new, and for outlines."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID

from i18n import formats
from i18n.translator import Translator
from portal.contract.goals import Goal, GoalState, History, HistoryEntry, Theme
from views import words
from views.components.text import isolated


@dataclass(frozen=True)
class Wording:
    """A part of a goal before and after somebody changed it; empty where nothing stood there."""

    name: str
    before: str
    after: str


_SHOWN: Final = ("title", "why", "target_date", "theme", "emoji", "helped_by", "wanted_rating")


def change_in_words(t: Translator, who: str, goal: Goal, entry: HistoryEntry) -> str:
    """Return what ``who`` changed, as one sentence."""
    if entry.resource_kind == "step":
        return _step_sentence(t, who, isolated(_step_title(goal, entry)), entry.change)
    match entry.change:
        case "created":
            return t("{name} skrev målet.", name=who)
        case "moved":
            return _move_sentence(t, who, entry)
        case "rated":
            return t(
                "{name} gav målet {value} ud af 10.", name=who, value=entry.after.get("value", "")
            )
        case _:
            return t("{name} rettede målet.", name=who)


def who_changed(t: Translator, entry: HistoryEntry, reader: UUID) -> str:
    """Return who changed something, as ``reader`` says it."""
    return t("Du") if entry.actor.id == reader else words.person(t, entry.actor)


def wordings(t: Translator, entry: HistoryEntry) -> tuple[Wording, ...]:
    """Return which parts of a goal or step were changed, each with both texts."""
    if entry.change != "edited":
        return ()
    return tuple(
        Wording(
            _part(t, name),
            _said(t, name, entry.before.get(name)),
            _said(t, name, entry.after[name]),
        )
        for name in _SHOWN
        if name in entry.after
    )


def news(history: History, reader: UUID) -> tuple[HistoryEntry, ...]:
    """Return what others changed since ``reader`` saw the goal; nothing at the first visit."""
    if history.seen_up_to is None:
        return ()
    return tuple(_unseen(history.entries, history.seen_up_to, reader))


def _unseen(
    entries: Iterable[HistoryEntry], seen_up_to: int, reader: UUID
) -> Iterator[HistoryEntry]:
    return (entry for entry in entries if entry.id > seen_up_to and entry.actor.id != reader)


def _move_sentence(t: Translator, who: str, entry: HistoryEntry) -> str:
    try:
        state = words.goal_state(t, GoalState(entry.after.get("state", "")))
    except ValueError:
        return t("{name} rettede målet.", name=who)
    return t("{name} flyttede målet til: {state}.", name=who, state=state)


def _step_sentence(t: Translator, who: str, step: str, change: str) -> str:
    match change:
        case "created":
            return t("{name} skrev skridtet “{step}”.", name=who, step=step)
        case "ticked":
            return t("{name} tog skridtet “{step}”.", name=who, step=step)
        case "unticked":
            return t("{name} fortrød skridtet “{step}”.", name=who, step=step)
        case _:
            return t("{name} rettede skridtet “{step}”.", name=who, step=step)


def _step_title(goal: Goal, entry: HistoryEntry) -> str:
    title = entry.after.get("title")
    known = {step.id: step.title for step in goal.steps}
    return str(title or known.get(entry.resource_id, ""))


def _part(t: Translator, name: str) -> str:
    return {
        "title": t("Ordene"),
        "why": t("Hvorfor"),
        "target_date": t("Dagen"),
        "theme": t("Emnet"),
        "emoji": t("Billedet"),
        "helped_by": t("Hjælpen"),
        "wanted_rating": t("Ønsket"),
    }[name]


def _said(t: Translator, name: str, value: object) -> str:
    """Return a value of the history in words; unknown codes as they are."""
    if value is None or value == "":
        return ""
    text = str(value)
    try:
        if name == "target_date":
            return formats.day_in_words(t, date.fromisoformat(text))
        if name == "theme":
            return words.theme(t, Theme(text))
    except ValueError:
        return text
    return t("{value} ud af 10", value=text) if name == "wanted_rating" else text
