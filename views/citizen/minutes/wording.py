"""Words about minutes, for the screens and their outlines."""

from uuid import UUID

from i18n import formats
from i18n.translator import Translator
from portal.contract.minutes import Minutes, MinutesList, MinutesState, Remark, RemarkKind
from portal.plan_client import PlanClient
from views import words
from views.citizen.own_plan import own_plan_id
from views.components.text import isolated


async def read_all_minutes(client: PlanClient) -> MinutesList:
    """Read the minutes of the citizen's plan. Raises ``PlanNotFound`` where there is none."""
    return await client.all_minutes(await own_plan_id(client))


def minutes_state(t: Translator, minutes: Minutes) -> str:
    """Return where minutes are, as the citizen sees it."""
    if any(remark.kind is RemarkKind.DISAGREEMENT for remark in minutes.remarks):
        return t("Du er uenig i noget")
    return {
        MinutesState.DRAFT: t("Kladde"),
        MinutesState.SHARED: t("Venter på, at du læser det"),
        MinutesState.CONFIRMED: t("Du har sagt, at det passer"),
        MinutesState.COMMENTED: t("Der er en kommentar"),
    }[minutes.state]


def minutes_about(t: Translator, minutes: Minutes) -> str:
    """Return which day, and who wrote it."""
    return t(
        "{day} · {name}, {administration}",
        day=formats.at_start(formats.day_in_words(t, minutes.held_on)),
        name=isolated(minutes.written_by.name),
        administration=words.administration(t, minutes.administration),
    )


def remark_title(t: Translator, remark: Remark, me: UUID) -> str:
    """Return who said what kind of thing."""
    name = words.person(t, remark.author)
    if remark.author.id == me:
        return {
            RemarkKind.CONFIRMATION: t("Du sagde, at det passer"),
            RemarkKind.COMMENT: t("Din kommentar"),
            RemarkKind.DISAGREEMENT: t("Her er du uenig"),
        }[remark.kind]
    return {
        RemarkKind.CONFIRMATION: t("{name} siger, at det passer", name=name),
        RemarkKind.COMMENT: t("Kommentar fra {name}", name=name),
        RemarkKind.DISAGREEMENT: t("{name} er uenig", name=name),
    }[remark.kind]
