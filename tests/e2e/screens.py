"""Every screen and important state, by address and first heading: for the checks and pictures."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from i18n.translator import LANGUAGES, translator
from sandbox.sample.ids import person_id, sample_id
from tests.e2e.meanwhile import (
    JOINT_GOAL,
    Meanwhile,
    goals_are_lost,
    mette_rewords_the_goal,
    moved_out,
)

_GOAL = f"/goals/{sample_id('goal', 'mette', 'ud-hver-dag')}"
_ABOUT_A_PROMISE = f"/promises/{sample_id('promise', 'mette', 0)}/ask"
_FAMILY = f"/family/{sample_id('household', 'lauridsen-bang')}"
_CONSENT = f"/sharing/{sample_id('consent', 'mette', 'familie-til-beskaeftigelse')}"
_TO_SIGN = f"/sharing/{sample_id('consent', 'freja', 'samlet-plan')}/sign"
_OFFER = "/sharing/new/health-disclosure"
METTES_THREAD = f"/messages/{sample_id('thread', 'mette', 'flere-timer')}"
_MEETING = f"/calendar/{sample_id('appointment', 'mette', 2)}"
_FOLLOW_UP = f"/calendar/follow-ups/{sample_id('follow-up', 'mette', 'vinter')}"
_FOLLOWED_UP = f"/calendar/follow-ups/{sample_id('follow-up', 'mette', 'efteraar')}"
_MINUTES = f"/minutes/{sample_id('minutes', 'mette', 'efteraar')}"
_ASKED = f"/facts/requests/{sample_id('fact-request', 'mette', 'medicine', 'employment')}"
METTE_AT_WORK = f"/work/citizens/{person_id('mette')}"
MOVE_A_MEETING = f"{METTE_AT_WORK}/appointments/{sample_id('appointment', 'mette', 0)}"


@dataclass(frozen=True)
class Written:
    """Words that are typed into a field before one looks."""

    label: str
    """In Danish."""
    words: Mapping[str, str]
    """By language."""


@dataclass(frozen=True)
class Screen:
    """One screen. A `heading` of ours is in Danish; a pattern is somebody's own words."""

    picture: str
    path: str
    heading: str | re.Pattern[str]
    taps: tuple[str, ...] = ()
    """What is tapped before one looks, in Danish."""
    written: Written | None = None
    """What is typed before that."""
    meanwhile: Meanwhile | None = None
    """What somebody else does between the two."""
    away: bool = False
    """Whether the plan API does not answer meanwhile."""
    loading: bool = False
    """Whether one looks before it is clear that it does not."""
    wide: bool = False
    """Whether it looks different, not only wider, where there is room."""
    main: bool = False
    """Whether it is among those that most people see most: looked at in every language and size."""
    english: bool = False
    """Whether the main job passes it: kept in English too, as the main ones are."""
    still: bool = True
    """Whether it is the same in each run: PostgreSQL's clock, for one, cannot be stopped."""

    def heading_in(self, language: str) -> str | re.Pattern[str]:
        """Return the first heading as a reader of `language` has it."""
        if isinstance(self.heading, re.Pattern):
            return self.heading
        return translator(language)(self.heading)


def _about(word: str) -> re.Pattern[str]:
    """Return what finds a heading that holds a word of ours among other words."""
    return re.compile("|".join(re.escape(translator(code)(word)) for code in LANGUAGES))


SIGNED_OUT = (
    Screen("start", "/", "Din plan på ét sted", main=True),
    Screen("expired", "/?reason=expired&next=%2Fgoals", "Din plan på ét sted"),
    Screen("accessibility", "/accessibility", "Tilgængelighed"),
    Screen("privacy", "/privacy", "Dine oplysninger"),
    Screen("logout", "/logout", "Log ud"),
)

CITIZEN = (
    Screen("overview", "/", "Overblik", wide=True, main=True),
    Screen("waiting", "/waiting", "Det venter på dig"),
    Screen("welcome", "/welcome", "Velkommen"),
    Screen("plan", "/plan", "Min plan", wide=True, main=True),
    Screen("plan-by-theme", "/plan", "Min plan", taps=("Emne",)),
    Screen("plan-by-week", "/plan", "Min plan", taps=("Uger",)),
    Screen("plan-by-helper", "/plan", "Min plan", taps=("Hvem der hjælper",)),
    Screen("assessment", "/plan/assessment", "Min udredning"),
    Screen("own-view", "/plan/assessment/mobility", "At komme rundt"),
    Screen("goals", "/goals", "Mål", wide=True, main=True),
    Screen("goals-order", "/goals/order", "Rækkefølge"),
    Screen("new-goal", "/goals/new", "Nyt mål", main=True),
    Screen("new-goal-empty", "/goals/new", "Nyt mål", taps=("Gem",)),
    Screen("goal", _GOAL, re.compile("Jeg vil ud af huset hver dag"), wide=True, main=True),
    Screen("goal-edit", f"{_GOAL}/edit", "Ret målet", english=True),
    Screen("goal-reach", f"{_GOAL}/reach", "Jeg har nået målet", english=True),
    Screen("goal-drop", f"{_GOAL}/drop", "Drop målet"),
    Screen("goal-history", f"{_GOAL}/history", "Historik", english=True),
    Screen("messages", "/messages", "Beskeder", main=True),
    Screen("new-message", "/messages/new", "Skriv besked", english=True),
    Screen("new-message-empty", "/messages/new", "Skriv besked", taps=("Send",)),
    Screen("thread", METTES_THREAD, re.compile("Flere timer på biblioteket"), wide=True, main=True),
    Screen("family", "/family", "Familie", main=True),
    Screen("new-joint-goal", f"{_FAMILY}/new-goal", "Nyt fælles mål", english=True),
    Screen("sharing", "/sharing", "Deling", main=True),
    Screen("consent-offers", "/sharing/new", "Giv samtykke", english=True),
    Screen("consent-form", _OFFER, "Del oplysninger om dit helbred", english=True),
    Screen("consent", _CONSENT, "Hent oplysninger fra en anden afdeling"),
    Screen("consent-to-sign", _TO_SIGN, "Én samlet plan"),
    Screen("consent-receipt", f"{_CONSENT}/receipt", "Kvittering", english=True),
    Screen("consent-withdraw", f"{_CONSENT}/withdraw", "Træk samtykke tilbage", english=True),
    Screen("calendar", "/calendar", "Kalender", wide=True, main=True),
    Screen("calendar-month", "/calendar", "Kalender", taps=("Måned",)),
    Screen("calendar-address", "/calendar/address", "Kalenderen på din telefon"),
    Screen("appointment", _MEETING, re.compile("Ryghold")),
    Screen("appointment-cannot", f"{_MEETING}/cannot", "Jeg kan ikke"),
    Screen("follow-up", _FOLLOW_UP, "Opfølgning"),
    Screen("promises", "/promises", "Løfter"),
    Screen("promise-question", _ABOUT_A_PROMISE, "Skriv besked"),
    Screen("follow-up-held", _FOLLOWED_UP, "Opfølgning"),
    Screen("all-minutes", "/minutes", "Referater"),
    Screen("minutes", _MINUTES, re.compile("Opfølgning på din plan")),
    Screen("facts", "/facts", "Fakta om mig"),
    Screen("fact", "/facts/transport", "Transport"),
    Screen("fact-asked", _ASKED, _about("Medicin")),
    Screen("log", "/log", "Hvem har set mine oplysninger", still=False),
    Screen("rights", "/rights", "Mine rettigheder"),
    Screen("about-me", "/about-me", "Om mig"),
    Screen("contact", "/contact", "Din kontaktperson"),
    Screen("profile", "/profile", "Profil", main=True),
    Screen("logins", "/profile/sessions", "Hvor du er logget ind", still=False),
    Screen("more", "/more", "Mere"),
    Screen("not-found", "/findes-ikke", "Siden findes ikke"),
    Screen("goal-gone", f"/goals/{sample_id('goal', 'nobody', 'none')}", "Mål"),
    Screen("goals-loading", "/goals", "Mål", away=True, loading=True),
    Screen("goals-offline", "/goals", "Mål", away=True),
)

NEWCOMER = (
    Screen("first-visit", "/", "Overblik"),
    Screen("goals-none", "/goals", "Mål"),
    Screen("messages-none", "/messages", "Beskeder"),
    Screen("family-none", "/family", "Familie"),
    Screen("calendar-none", "/calendar", "Kalender"),
    Screen("profile-long-name", "/profile", "Profil"),
)
"""A plan in its first week, and a name of 60 characters."""

WITHOUT_PLAN = (
    Screen("no-plan", "/", "Overblik"),
    Screen("goals-no-plan", "/goals", "Mål"),
    Screen("plan-none", "/plan", "Min plan"),
)

PLAN_ASKED_FOR = (Screen("plan-asked-for", "/", "Overblik"),)

CONTACT_PERSON = (
    Screen("inbox", "/work", "Indbakke", wide=True, main=True),
    Screen("citizens", "/work/citizens", "Borgere", main=True),
    Screen("briefing", METTE_AT_WORK, re.compile("Mette Holm Lauridsen"), wide=True, english=True),
    Screen("write-to-citizen", f"{METTE_AT_WORK}/write", "Skriv besked"),
    Screen("propose-goal", f"{METTE_AT_WORK}/propose-goal", "Foreslå et mål"),
    Screen("move-meeting", MOVE_A_MEETING, "Flyt mødet"),
    Screen("answer", METTES_THREAD, re.compile("Flere timer på biblioteket")),
    Screen("citizen-withheld", f"/work/citizens/{person_id('freja')}", re.compile("Freja")),
    Screen("citizen-no-right", f"/work/citizens/{person_id('kirsten')}", "Borgeren"),
)

_LONG_GOAL = Written(
    "Hvad vil du gerne nå?",
    {
        "da": "Jeg vil kunne søge om boligsikring og arbejdsmarkedsuddannelsesgodtgørelse i "
        "kommunens selvbetjeningsløsning, så jeg ikke skal ringe og vente i kø, hver gang der "
        "kommer et nyt brev",
        "ar": "أريد أن أتمكن من تقديم طلب إعانة السكن وطلب بدل التدريب المهني عبر الخدمة "
        "الإلكترونية للبلدية حتى لا أضطر إلى الاتصال والانتظار في كل مرة تصلني فيها رسالة جديدة",
    },
)
_OWN_WORDS = Written(
    "Hvad vil du gerne nå?",
    {
        "da": "Vi spiser sammen uden telefoner hver aften",
        "ar": "نأكل معًا بلا هواتف كل مساء",
    },
)
_SUNDAYS = Written(
    "Hvad vil du gerne nå?",
    {"da": "Vi går en tur sammen om søndagen", "ar": "نتنزه معًا يوم الأحد"},
)

PARTNER = (
    Screen("goal-long", "/goals/new", "Nyt mål", written=_LONG_GOAL, taps=("Gem",)),
    Screen(
        "goal-error",
        "/goals/new",
        "Nyt mål",
        written=_SUNDAYS,
        meanwhile=goals_are_lost,
        taps=("Gem",),
    ),
    Screen(
        "goal-changed-meanwhile",
        f"{JOINT_GOAL}/edit",
        "Ret målet",
        written=_OWN_WORDS,
        meanwhile=mette_rewords_the_goal,
        taps=("Gem",),
    ),
    Screen(
        "goal-no-right",
        f"{_FAMILY}/new-goal",
        "Nyt fælles mål",
        written=_SUNDAYS,
        meanwhile=moved_out,
        taps=("Gem",),
    ),
)
"""What needs writing, and somebody else who acts meanwhile. Last: it changes what others see."""

EVERYBODY = {
    "mette": CITIZEN,
    "anne-sofie": NEWCOMER,
    "bent": WITHOUT_PLAN,
    "lone": PLAN_ASKED_FOR,
    "louise": CONTACT_PERSON,
    "jonas": PARTNER,
}
"""Who shows which screens, in the order in which they are looked at."""
