"""The fields that a goal is made of, and what a draft of them means; for every form of goals."""

from collections.abc import Mapping
from typing import Final

from i18n.translator import Translator
from portal.contract.goals import EditGoal, Goal
from views.drafts import Draft
from views.forms import Problems

NO_THEME: Final = ""
_MAY_BE_ABSENT: Final = ("theme", "target_date", "first_step", "wanted_rating")


def empty_fields() -> dict[str, str]:
    """Return the fields of a goal that is not written yet."""
    return {
        "title": "",
        "why": "",
        "first_step": "",
        "target_date": "",
        "helped_by": "",
        "theme": NO_THEME,
        "emoji": "",
    }


def fields_of(goal: Goal) -> dict[str, str]:
    """Return the fields of a goal as they stand."""
    return {
        "title": goal.title,
        "why": goal.why,
        "emoji": goal.emoji,
        "theme": goal.theme or NO_THEME,
        "target_date": goal.target_date.isoformat() if goal.target_date else "",
        "helped_by": goal.helped_by,
        "wanted_rating": "" if goal.wanted_rating is None else str(goal.wanted_rating),
    }


def values_of(draft: Draft, names: Mapping[str, str]) -> dict[str, str | None]:
    """Return what a command is made of: the fields ``names``, an empty choice as None."""
    found: dict[str, str | None] = {name: draft.text(name) for name in names}
    for name in _MAY_BE_ABSENT:
        if name in found:
            found[name] = (found[name] or "").strip() or None
    return found


def missing_words(t: Translator) -> Problems:
    """Return what to do about fields that must be filled in."""
    return {
        "title": t("Skriv dit mål"),
        "first_step_assignee_id": t("Vælg en, der er med i familien nu"),
    }


def edit_of(goal: Goal, **changed: object) -> EditGoal:
    """Return the wording of ``goal`` with some fields ``changed``."""
    kept = goal.model_dump(include=set(EditGoal.model_fields))
    return EditGoal.model_validate(kept | changed)
