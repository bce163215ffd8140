"""The outline of what a citizen has a right to: the files can be fetched without the app, too."""

from i18n.translator import Translator
from views.citizen.rights import careful, correcting, forms, what_is_in_it
from views.outlines.document import Item, Items, Link, Outline, Section, Words, notice, quiet


def rights_outline(t: Translator) -> Outline:
    """Return the same as the screen."""
    files = Items(
        tuple(Item(one.title, (Words(one.text), Link(one.button, one.address))) for one in forms(t))
    )
    return Outline(
        t("Mine rettigheder"),
        (
            Section(
                t("Hent alt om dig"),
                (
                    Words(what_is_in_it(t)),
                    files,
                    notice(careful(t)),
                    quiet(t("Er der meget, kan det tage et minut.")),
                ),
            ),
            Section(
                t("Er noget forkert?"),
                (Words(correcting(t)), Link(t("Skriv besked"), "/messages/new")),
            ),
            Section(
                t("Se og bestem selv"),
                (
                    Link(t("Hvem har set mine oplysninger"), "/log"),
                    Link(t("Deling"), "/sharing"),
                ),
            ),
        ),
    )
