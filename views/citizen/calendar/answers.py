"""What a citizen has said to a meeting, in words. For the screen and its outline."""

from i18n import formats
from i18n.translator import Translator
from portal.contract.plans import Appointment, AppointmentAnswer


def appointment_when(t: Translator, appointment: Appointment) -> str:
    """Return "I morgen kl. 10.00 til 11.00"."""
    return formats.at_start(
        t(
            "{start} til {end}",
            start=formats.moment_in_words(t, appointment.starts_at),
            end=formats.clock_of(t, appointment.ends_at),
        )
    )


def answer_in_words(t: Translator, answer: AppointmentAnswer) -> str:
    """Return what was said, and what happens now."""
    if answer.answer == "coming":
        return t("Du har sagt, at du kommer.")
    return t("Du har sagt, at du ikke kan. Kommunen finder en ny tid og skriver til dig.")


def wished_in_words(t: Translator, answer: AppointmentAnswer) -> tuple[str, ...]:
    """Return the times that would fit better."""
    return tuple(formats.at_start(formats.moment_in_words(t, at)) for at in answer.wished_times)
