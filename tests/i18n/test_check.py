"""The check that CI runs tells what a catalog lacks."""

from babel.messages.catalog import Catalog

from i18n import check
from i18n.sources import TEMPLATE, extract, written


def catalog_with(**translations: str) -> Catalog:
    catalog = Catalog(locale="en")
    for text, said in translations.items():
        catalog.add(text, said)
    return catalog


def arabic(*forms: str) -> Catalog:
    catalog = Catalog(locale="ar")
    catalog.add(("{n} dag", "{n} dage"), forms)
    return catalog


def template(*texts) -> Catalog:
    catalog = Catalog()
    for text in texts:
        catalog.add(text)
    return catalog


def faults(template: Catalog, catalog: Catalog) -> list[str]:
    return list(check.catalog_faults("en", template, catalog))


def test_nothing_is_wrong_with_a_complete_catalog():
    assert faults(template("Gem"), catalog_with(Gem="Save")) == []


def test_a_missing_text_is_told():
    assert faults(template("Gem"), catalog_with()) == ["en: missing: Gem"]
    assert faults(template("Gem"), catalog_with(Gem="")) == ["en: missing: Gem"]


def test_a_fuzzy_text_is_told():
    catalog = Catalog(locale="en")
    catalog.add("Gem", "Save", flags=["fuzzy"])
    assert faults(template("Gem"), catalog) == ["en: fuzzy: Gem"]


def test_a_placeholder_that_differs_is_told():
    catalog = Catalog(locale="en")
    catalog.add("Hej {name}", "Hi {nam}")
    assert faults(template("Hej {name}"), catalog) == ["en: placeholders differ: Hej {name}"]


def test_both_forms_of_a_plural_are_needed():
    catalog = Catalog(locale="en")
    catalog.add(("{n} dag", "{n} dage"), ("{n} day", ""))
    assert faults(template(("{n} dag", "{n} dage")), catalog) == ["en: missing: {n} dag"]


def test_each_plural_form_of_the_language_is_needed():
    too_few = arabic("{n}", "{n}")
    told = list(check.catalog_faults("ar", template(("{n} dag", "{n} dage")), too_few))
    assert told == ["ar: 2 plural forms of 6: {n} dag"]


def test_a_form_for_one_number_alone_need_not_name_it():
    days = template(("{n} dag", "{n} dage"))
    without = arabic("لا أيام", "يوم واحد", "يومان", "{n} أيام", "{n} يوم", "{n} يومًا")
    assert list(check.catalog_faults("ar", days, without)) == []
    missing = arabic("لا أيام", "يوم واحد", "يومان", "أيام", "{n} يوم", "{n} يومًا")
    told = list(check.catalog_faults("ar", days, missing))
    assert told == ["ar: placeholders differ: {n} dag"]


def test_what_the_code_says_no_more_is_stale():
    assert faults(template(), catalog_with(Gem="Save")) == ["en: stale: Gem"]


def test_an_em_dash_is_told_in_danish_and_in_translations():
    assert faults(template("Gem"), catalog_with(Gem="Save — now")) == ["en: em dash: Gem"]
    assert "em dash: Gem — nu" in list(check.text_faults(template("Gem — nu")))


def test_the_template_on_disk_is_what_the_code_says():
    assert TEMPLATE.read_text(encoding="utf-8") == written(extract())


def test_every_catalog_is_complete():
    assert list(check.faults()) == []
