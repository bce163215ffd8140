"""The words of the pages that say what went wrong and what to do now."""

from dataclasses import dataclass, replace

from auth.failures import LoginFailureReason
from i18n.translator import Translator


@dataclass(frozen=True, slots=True)
class PageMessage:
    """A title, what happened, and the one thing to do next."""

    title: str
    paragraphs: tuple[str, ...]
    action: str | None = None
    action_url: str = "/"


def boot_texts(t: Translator, *, readable: bool) -> dict[str, str]:
    """What `boot.js` says, by the names that it knows; `readable`: the page has something on it."""
    nothing_here = t("Der er ingen forbindelse lige nu. Prøv igen om lidt.")
    return {
        "offline": t("Du er ikke på nettet lige nu. Det, du har skrevet, er gemt."),
        "reconnecting": t("Forbindelsen er væk. Vi prøver igen …"),
        "ending": t("Du bliver logget ud kl. {time}. Det, du har skrevet, er gemt.", time="{time}"),
        "loading": t("Henter …"),
        "readable": t("Du kan læse her. Resten er på vej …"),
        "unsupported": t(
            "Din browser kan ikke vise hele siden. Du kan læse her, ringe, skrive ud og logge ud."
        )
        if readable
        else nothing_here,
        "unreachable": t(
            "Vi kan ikke få fat i resten af siden. Du kan læse her, ringe, skrive ud og logge ud."
        )
        if readable
        else nothing_here,
    }


def for_nothing_here(t: Translator) -> PageMessage:
    """No such page."""
    return PageMessage(
        t("Siden findes ikke"),
        (t("Måske er adressen forkert, eller også er siden flyttet."),),
        t("Gå til forsiden"),
    )


def for_our_failure(t: Translator) -> PageMessage:
    """An error of ours."""
    return PageMessage(
        t("Noget gik galt"),
        (
            t("Fejlen er vores. Det, du skrev, er gemt."),
            t("Prøv igen om lidt. Ring til kommunen, hvis det haster."),
        ),
        t("Gå til forsiden"),
    )


def for_login_failure(t: Translator, reason: LoginFailureReason, back_to: str = "/") -> PageMessage:
    """Why somebody could not log in, and the way on: where it may help, another try.

    That leads ``back_to`` where they were going, by the start page or, for somebody whose older
    login is still there, at once: an aborted step-up costs nothing.
    """
    message = _LOGIN_FAILURES.get(reason, _try_again_later)(t)
    return message if reason in _NO_USE_TO_TRY_AGAIN else replace(message, action_url=back_to)


def _aborted(t: Translator) -> PageMessage:
    return PageMessage(
        t("Du blev ikke logget ind"),
        (t("Du stoppede, før du var færdig med MitID. Der er ikke sket noget."),),
        t("Prøv igen"),
    )


def _timed_out(t: Translator) -> PageMessage:
    return PageMessage(
        t("Tiden løb ud"),
        (t("Du nåede ikke at bruge MitID i tide. Tag den tid, du skal bruge, og prøv igen."),),
        t("Prøv igen"),
    )


def _stale(t: Translator) -> PageMessage:
    return PageMessage(
        t("Begynd forfra"),
        (
            t("Vi kan ikke bruge dette svar fra MitID. Måske var siden åben for længe."),
            t("Begynd forfra i samme browser. Brug ikke Tilbage-knappen undervejs."),
        ),
        t("Prøv igen"),
    )


def _loa_too_low(t: Translator) -> PageMessage:
    return PageMessage(
        t("Dit MitID er ikke sikkert nok til det her"),
        (
            t("Din plan rummer private oplysninger. Derfor skal du logge ind på en sikrere måde."),
            t("Brug MitID-app eller kodeviser. Har du dem ikke, kan Borgerservice hjælpe dig."),
        ),
        t("Prøv igen"),
    )


def _browser_not_supported(t: Translator) -> PageMessage:
    return PageMessage(
        t("MitID virker ikke i denne browser"),
        (t("Opdater din browser, eller brug en anden. Prøv så igen."),),
        t("Prøv igen"),
    )


def _not_known_here(t: Translator) -> PageMessage:
    return PageMessage(
        t("Vi kender dig ikke her endnu"),
        (
            t("Dit MitID virker, men kommunen har ikke oprettet dig i Én Plan."),
            t("Ring til kommunen, og bed om en plan. Bor du i en anden kommune, så ring dertil."),
        ),
        t("Gå til forsiden"),
    )


def _not_employee(t: Translator) -> PageMessage:
    return PageMessage(
        t("Du er ikke oprettet som kontaktperson"),
        (
            t("Denne indgang er for ansatte i kommunen, der logger ind med MitID Erhverv."),
            t("Spørg din leder, hvis du skal have adgang. Er du borger, så log ind på forsiden."),
        ),
        t("Gå til forsiden"),
    )


def _not_our_employer(t: Translator) -> PageMessage:
    return PageMessage(
        t("Din arbejdsplads bruger ikke Én Plan her"),
        (
            t("Du loggede ind med MitID Erhverv for en arbejdsplads, som vi ikke kender."),
            t("Log ind igen, og vælg din identitet i kommunen. Er du borger, så gå til forsiden."),
        ),
        t("Gå til forsiden"),
    )


def _refused_by_broker(t: Translator) -> PageMessage:
    return PageMessage(
        t("MitID kunne ikke logge dig ind"),
        (
            t("Måske er dit MitID spærret, eller også har du ikke fået MitID endnu."),
            t("Se i MitID-appen eller på mitid.dk. Borgerservice kan også hjælpe dig."),
        ),
        t("Prøv igen"),
    )


def _too_many_attempts(t: Translator) -> PageMessage:
    return PageMessage(
        t("Vent et øjeblik"),
        (t("Der er forsøgt at logge ind mange gange på kort tid. Vent et minut, og prøv igen."),),
        t("Prøv igen"),
    )


def _no_cpr(t: Translator) -> PageMessage:
    return PageMessage(
        t("Vi kunne ikke finde dig"),
        (
            t("MitID fortalte os ikke, hvem du er. Du skal sige ja til at dele dit CPR-nummer."),
            t("Prøv igen, eller ring til kommunen."),
        ),
        t("Prøv igen"),
    )


def _try_again_later(t: Translator) -> PageMessage:
    return PageMessage(
        t("Du kan ikke logge ind lige nu"),
        (
            t("Du har ikke gjort noget forkert. Noget virker ikke hos os eller hos MitID."),
            t("Prøv igen om lidt. Ring til kommunen, hvis det haster."),
        ),
        t("Prøv igen"),
    )


_LOGIN_FAILURES = {
    LoginFailureReason.ABORTED: _aborted,
    LoginFailureReason.TIMED_OUT: _timed_out,
    LoginFailureReason.STATE_UNKNOWN: _stale,
    LoginFailureReason.LOA_TOO_LOW: _loa_too_low,
    LoginFailureReason.BROWSER_NOT_SUPPORTED: _browser_not_supported,
    LoginFailureReason.NOT_KNOWN_HERE: _not_known_here,
    LoginFailureReason.NOT_EMPLOYEE: _not_employee,
    LoginFailureReason.NO_CPR: _no_cpr,
    LoginFailureReason.NOT_OUR_EMPLOYER: _not_our_employer,
    LoginFailureReason.REFUSED_BY_BROKER: _refused_by_broker,
    LoginFailureReason.TOO_MANY_ATTEMPTS: _too_many_attempts,
}

_NO_USE_TO_TRY_AGAIN = {
    LoginFailureReason.NOT_KNOWN_HERE,
    LoginFailureReason.NOT_EMPLOYEE,
    LoginFailureReason.NOT_OUR_EMPLOYER,
}
