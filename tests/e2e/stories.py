"""What people come for, tapped and typed in any language and window. The tests say how quickly."""

import re
from uuid import UUID

from playwright.async_api import expect
from psycopg import Connection

from i18n.translator import Translator
from sandbox.sample.ids import person_id
from tests.e2e.phone import Phone

_NEXT_MONTH = {"da": "Næste måned", "ar": "الشهر التالي"}
"""The words are Flutter's own."""
_A_DAY = re.compile(r"^\d+[,،]")


async def write_a_goal(phone: Phone, t: Translator, title: str) -> None:
    """From the overview to a goal with its own page."""
    await phone.tap(t("Mål"))
    await phone.on_screen(t("Mål"))
    await phone.tap(t("Nyt mål"))
    await phone.on_screen(t("Nyt mål"))
    await phone.write(_beginning(t("Hvad vil du gerne nå?")), title)
    await phone.tap(t("Gem"))
    await phone.on_screen(_holding(title))


async def answer_a_message(phone: Phone, t: Translator, subject: str, reply: str) -> None:
    """From the overview, where the message waits, to its answer."""
    await phone.tap(_holding(subject))
    await phone.on_screen(_holding(subject))
    await phone.write(_beginning(t("Dit svar")), reply)
    await phone.tap(t("Send"))
    await phone.sees(t("Din besked er sendt"))


async def find_whom_to_call(phone: Phone, t: Translator) -> None:
    """From anywhere to the telephone number."""
    await phone.tap(t("Kontaktperson"))
    await phone.on_screen(t("Din kontaktperson"))
    await phone.sees("Louise Abildtrup")
    call = t("Ring {phone}", phone="").strip()
    await expect(phone.named(_beginning(call)).first).to_be_in_viewport()


async def ask_for_another_time(phone: Phone, t: Translator, title: str, why: str) -> None:
    """From the calendar to an answer with a day that fits better."""
    await phone.visit("/calendar", t("Kalender"))
    await phone.tap(_holding(title))
    await phone.on_screen(_holding(title))
    await phone.tap(t("Jeg kan ikke"))
    await phone.on_screen(t("Jeg kan ikke"))
    await phone.write(_beginning(t("Skriv en besked")), why)
    await phone.tap(t("Vælg en dag"))
    await _choose_a_day_of_next_month(phone, t)
    await phone.tap(t("Send"))
    await phone.on_screen(_holding(title))
    await phone.sees(why)


async def disagree_with_minutes(phone: Phone, t: Translator, title: str, words: str) -> None:
    """From the list of minutes to words of one's own beside them, and back."""
    await phone.visit("/minutes", t("Referater"))
    await phone.tap(_holding(title))
    await phone.on_screen(_holding(title))
    await phone.tap(t("Jeg er uenig"))
    await phone.write(_beginning(t("Skriv med dine egne ord")), words)
    await phone.tap(t("Send"))
    await phone.sees(t("Her er du uenig"))
    await phone.sees(words)


def write_to(database: Connection, person: str, subject: str) -> None:
    """Let Louise begin a thread with somebody, who is to answer."""
    database.execute(
        """
        WITH begun AS (
            INSERT INTO thread (municipality_id, plan_id, subject, waits_for, last_message_at)
            SELECT municipality_id, id, %(subject)s, 'citizen', now() FROM plan
            WHERE citizen_id = %(citizen)s RETURNING id, municipality_id
        )
        INSERT INTO message (municipality_id, thread_id, author_id, author_role, body)
        SELECT municipality_id, id, %(louise)s, 'contact_person', 'Passer det dig?' FROM begun
        """,
        {"subject": subject, "citizen": person_id(person), "louise": person_id("louise")},
    )


def call_to_a_meeting(database: Connection, person: str, title: str) -> UUID:
    """Put a meeting into somebody's plan, and return its id."""
    (meeting,) = database.execute(
        """
        INSERT INTO appointment
            (municipality_id, plan_id, administration, title, starts_at, ends_at)
        SELECT municipality_id, id, 'employment', %(title)s, now() + interval '1 day',
               now() + interval '25 hours'
        FROM plan WHERE citizen_id = %(citizen)s RETURNING id
        """,
        {"title": title, "citizen": person_id(person)},
    ).fetchone()
    return meeting


def share_minutes(database: Connection, person: str, title: str) -> None:
    """Let Louise share minutes with somebody."""
    database.execute(
        """
        INSERT INTO minutes (municipality_id, plan_id, administration, title, held_on, text, state,
                             written_by, shared_at)
        SELECT municipality_id, id, 'employment', %(title)s, current_date, 'Vi talte om arbejde.',
               'shared', %(louise)s, now()
        FROM plan WHERE citizen_id = %(citizen)s
        """,
        {"title": title, "citizen": person_id(person), "louise": person_id("louise")},
    )


async def _choose_a_day_of_next_month(phone: Phone, t: Translator) -> None:
    calendar = phone.page.get_by_role("dialog")
    days = calendar.get_by_role("button", name=_A_DAY)
    this_month = await days.last.inner_text()
    await phone.tap(_NEXT_MONTH[t.language])
    await expect(days.last).not_to_have_text(this_month)
    await days.last.click()
    await calendar.get_by_role("button").last.click()


def _holding(words: str) -> re.Pattern[str]:
    """Return what finds words also between the marks that keep their direction."""
    return re.compile(re.escape(words))


def _beginning(words: str) -> re.Pattern[str]:
    return re.compile("^" + re.escape(words))
