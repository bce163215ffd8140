"""Finds every text in the code and the page templates, for ``i18n.update`` and ``i18n.check``."""

from io import BytesIO
from pathlib import Path
from typing import Final

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

ROOT: Final = Path(__file__).parent.parent
TEMPLATE: Final = Path(__file__).parent / "enplan.pot"

_CODE: Final = ("i18n", "portal/web", "views")
_PAGES: Final = ("assets/templates",)
_METHODS: Final = [("**.py", "python"), ("**.html", "jinja2"), ("**.txt", "jinja2")]
_KEYWORDS: Final = {"t": None, "plural": (1, 2)}
_OPTIONS: Final = {"**.html": {"silent": "false"}, "**.txt": {"silent": "false"}}


def extract() -> Catalog:
    """Return the catalog of all texts, without line numbers, so that only a text changes it."""
    catalog = Catalog(
        project="enplan", header_comment="# Texts of Én Plan.", charset="utf-8", fuzzy=False
    )
    for folder in (*_CODE, *_PAGES):
        for file, line, text, comments, context in extract_from_dir(
            ROOT / folder,
            method_map=_METHODS,
            options_map=_OPTIONS,
            keywords=_KEYWORDS,
            comment_tags=("For translators:",),
        ):
            place = (Path(folder) / file).as_posix()
            catalog.add(text, None, [(place, line)], auto_comments=comments, context=context)
    return catalog


def template_texts() -> Catalog:
    """Return the template as it is written on disk."""
    with TEMPLATE.open("rb") as file:
        return read_po(file)


def written(catalog: Catalog) -> str:
    """Return a catalog as the text of its file, in a fixed order."""
    buffer = BytesIO()
    write_po(buffer, catalog, width=100, sort_output=True, omit_header=False, include_lineno=False)
    lines = buffer.getvalue().decode().splitlines()
    changing = (
        '"POT-Creation-Date',
        '"PO-Revision-Date',
        '"Generated-By',
        '"Last-Translator',
        '"Language-Team',
        '"Report-Msgid',
        '"Project-Id',
    )
    return "\n".join(line for line in lines if not line.startswith(changing)).strip() + "\n"
