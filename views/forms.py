"""What a form says about fields that cannot be kept; used by every form."""

from collections.abc import Mapping

from pydantic import ValidationError

from i18n.translator import Translator
from views.failures import Failure

Problems = Mapping[str, str]
"""From the name of a field to what to do about it, in the reader's language."""


def problems_of(t: Translator, error: ValidationError, missing: Problems) -> dict[str, str]:
    """Return what to do about each field that the contract refuses.

    ``missing`` holds the words for fields that must be filled in or chosen, such as
    "Skriv dit mål".
    """
    found: dict[str, str] = {}
    for problem in error.errors():
        name = str(problem["loc"][0])
        found[name] = _advice(t, name, problem["type"], missing)
    return found


def problems_in(t: Translator, failure: Failure | None, missing: Problems) -> dict[str, str]:
    """Return the same for what the plan API did not accept."""
    fields = failure.fields if failure else ()
    return {field.path: _advice(t, field.path, field.code, missing) for field in fields}


def _advice(t: Translator, name: str, code: str, missing: Problems) -> str:
    if code in {"string_too_short", "missing", "unknown"} and name in missing:
        return missing[name]
    if code == "string_too_long":
        return t("Teksten er for lang. Skriv den kortere.")
    return t("Teksten har tegn, som vi ikke kan gemme. Skriv den igen uden dem.")
