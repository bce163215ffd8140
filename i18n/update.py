"""``python -m i18n.update``: writes the template of all texts and brings every catalog up to it."""

from i18n.sources import TEMPLATE, extract, written
from i18n.translator import catalog_path, catalogs, read_catalog


def main() -> None:
    """Rewrite ``enplan.pot`` and each ``enplan.po``; new texts are empty in the catalogs."""
    template = extract()
    TEMPLATE.write_text(written(template), encoding="utf-8")
    for language in catalogs():
        catalog = read_catalog(language)
        catalog.update(template, no_fuzzy_matching=True)
        catalog.obsolete.clear()
        catalog_path(language).write_text(written(catalog), encoding="utf-8")


if __name__ == "__main__":
    main()
