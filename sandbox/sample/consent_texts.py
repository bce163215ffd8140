"""The words that people agree to, in four kinds: in Danish, English and Arabic.

Health disclosure has an older version too: an expired consent shows the text it was given on.
Whoever reads a language without a text gets the Danish one. Used by `municipality`.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from planapi.consent_texts import digest
from sandbox.sample import rows
from sandbox.sample.days import Days

_IN_FORCE_SINCE = -500
_NEW_HEALTH_TEXT = -130


@dataclass(frozen=True, slots=True, kw_only=True)
class TextSketch:
    """One text in one language; in force from the day `since` up to `until`, calendar days."""

    kind: str
    language: str
    title: str
    purpose: str
    body: str
    consequence: str
    legal_ground: str
    version: int = 1
    since: int = _IN_FORCE_SINCE
    until: int | None = None


TEXTS = (
    TextSketch(
        kind="holistic_plan",
        language="da",
        title="Én samlet plan",
        purpose="Vi laver én plan sammen med dig, så du ikke skal have flere planer.",
        body="Du siger ja til én samlet plan. Din kontaktperson må se de dele af din sag, som du "
        "vælger her. Det gælder kun de afdelinger, du vælger. Ingen andre får mere at se. "
        "Du kan sige nej igen når som helst. Det gør du på samme side. "
        "Samtykket stopper selv på den dato, du vælger, og senest efter 12 måneder.",
        consequence="Siger du nej, får du stadig den hjælp, du har ret til. "
        "Så har hver afdeling sin egen plan for dig. Du kan komme til at fortælle det samme "
        "flere gange.",
        legal_ground="Retssikkerhedsloven § 11 a og serviceloven § 141 (eksempel)",
    ),
    TextSketch(
        kind="holistic_plan",
        language="en",
        title="One plan for everything",
        purpose="We make one plan with you, so that you do not have to have several.",
        body="You say yes to one plan. Your contact person may see the parts of your case that "
        "you choose here. It only covers the departments you choose. Nobody else gets to see "
        "more. You can say no again at any time. You do it on the same page. "
        "The consent ends by itself on the date you choose, and after 12 months at the latest.",
        consequence="If you say no, you still get the help you have a right to. "
        "Each department then has its own plan for you. You may have to tell the same things "
        "more than once.",
        legal_ground="The Legal Rights Act § 11 a and the Social Services Act § 141 (sample)",
    ),
    TextSketch(
        kind="collection",
        language="da",
        title="Hent oplysninger fra en anden afdeling",
        purpose="Den ene afdeling kan hente det, den anden ved, så du ikke skal sige det igen.",
        body="Du siger ja til, at én afdeling henter oplysninger om dig hos en anden. "
        "Du vælger, hvilke oplysninger det er. Du vælger også, hvor de kommer fra, og hvem der "
        "må se dem. De må kun bruges i den sag, der står her. "
        "Du kan trække dit ja tilbage når som helst. Så stopper det med det samme. "
        "Det, der alt er brugt i en sag, bliver i sagen.",
        consequence="Siger du nej, må vi spørge dig selv. Det kan tage længere tid. "
        "Mangler vi noget vigtigt, kan vi være nødt til at afgøre sagen uden. "
        "Det siger vi til dig først.",
        legal_ground="Retssikkerhedsloven § 11 a, stk. 1 (eksempel)",
    ),
    TextSketch(
        kind="collection",
        language="en",
        title="Fetch information from another department",
        purpose="One department can fetch what another one knows, so you need not say it again.",
        body="You say yes to one department fetching information about you from another. "
        "You choose what kind of information it is. You also choose where it comes from and who "
        "may see it. It may only be used in the case named here. "
        "You can take back your yes at any time. It then stops at once. "
        "What has been used in a case already stays in that case.",
        consequence="If you say no, we have to ask you. That can take longer. "
        "If we lack something important, we may have to decide the case without it. "
        "We will tell you first.",
        legal_ground="The Legal Rights Act § 11 a (1) (sample)",
    ),
    TextSketch(
        kind="health_disclosure",
        language="da",
        title="Del oplysninger om dit helbred",
        purpose="Din kontaktperson kan se, hvordan du får det bedre, og tage hensyn til det.",
        body="Sundhed må vise din kontaktperson, hvilken hjælp du får til dit helbred. "
        "Det er træning, kurser og aftaler. Din journal hos lægen er ikke med. "
        "Samtykket gælder højst et år. Så skal vi spørge dig igen.",
        consequence="Siger du nej, ser din kontaktperson ikke noget om dit helbred. "
        "Du får den samme hjælp hos Sundhed.",
        legal_ground="Sundhedsloven § 43 (eksempel)",
        until=_NEW_HEALTH_TEXT - 1,
    ),
    TextSketch(
        kind="health_disclosure",
        language="en",
        title="Share information about your health",
        purpose="Your contact person can see how you are getting better, and plan for it.",
        body="The health department may show your contact person what help you get for your "
        "health. That means training, courses and appointments. Your doctor's notes are not "
        "part of it. The consent lasts for one year at most. Then we have to ask you again.",
        consequence="If you say no, your contact person sees nothing about your health. "
        "You get the same help from the health department.",
        legal_ground="The Health Act § 43 (sample)",
        until=_NEW_HEALTH_TEXT - 1,
    ),
    TextSketch(
        kind="health_disclosure",
        language="da",
        version=2,
        title="Del oplysninger om dit helbred",
        purpose="Din kontaktperson kan se, hvordan du får det bedre, og tage hensyn til det.",
        body="Sundhed må vise din kontaktperson, hvilken hjælp du får til dit helbred. "
        "Det er træning, kurser, aftaler og mål. Din journal hos lægen er ikke med. "
        "Dit ja bliver skrevet ned i din sag. Det gælder højst et år. Så skal vi spørge dig "
        "igen. Du kan trække det tilbage når som helst. Så stopper det med det samme.",
        consequence="Siger du nej, ser din kontaktperson ikke noget om dit helbred. "
        "Du får den samme hjælp hos Sundhed. Men vi kan ikke tage hensyn til noget, vi ikke ved.",
        legal_ground="Sundhedsloven §§ 43-44 (eksempel)",
        since=_NEW_HEALTH_TEXT,
    ),
    TextSketch(
        kind="health_disclosure",
        language="en",
        version=2,
        title="Share information about your health",
        purpose="Your contact person can see how you are getting better, and plan for it.",
        body="The health department may show your contact person what help you get for your "
        "health. That means training, courses, appointments and goals. Your doctor's notes are "
        "not part of it. Your yes is written down in your case. It lasts for one year at most. "
        "Then we have to ask you again. You can take it back at any time. It then stops at once.",
        consequence="If you say no, your contact person sees nothing about your health. "
        "You get the same help from the health department. "
        "But we cannot plan for something we do not know.",
        legal_ground="The Health Act §§ 43-44 (sample)",
        since=_NEW_HEALTH_TEXT,
    ),
    TextSketch(
        kind="family",
        language="da",
        title="Vis noget til en i din familie",
        purpose="En, du selv vælger, kan følge med i dine mål og hjælpe dig på vej.",
        body="Du siger ja til, at én person i din familie må se det, du vælger her. "
        "Personen logger ind med sit eget MitID. Personen kan læse, men ikke ændre noget. "
        "Du kan stoppe det når som helst. Så kan personen ikke se mere.",
        consequence="Siger du nej, sker der ikke noget. I kan stadig have mål sammen. "
        "Det, der kun er dit, er stadig kun dit.",
        legal_ground="Databeskyttelsesforordningen artikel 6, stk. 1, litra a (eksempel)",
    ),
    TextSketch(
        kind="family",
        language="en",
        title="Show something to one of your family",
        purpose="Somebody you choose can follow your goals and help you on the way.",
        body="You say yes to one person in your family seeing what you choose here. "
        "The person logs in with their own MitID. They can read, but not change anything. "
        "You can stop it at any time. The person then sees no more.",
        consequence="If you say no, nothing happens. You can still have goals together. "
        "What is yours alone stays yours alone.",
        legal_ground="General Data Protection Regulation, article 6 (1) (a) (sample)",
    ),
    TextSketch(
        kind="holistic_plan",
        language="ar",
        title="خطة واحدة شاملة",
        purpose="نضع معك خطة واحدة، حتى لا تكون لديك عدة خطط.",
        body="أنت توافق على خطة واحدة شاملة. يجوز لشخص الاتصال أن يرى أجزاء ملفك التي تختارها "
        "هنا. يشمل ذلك الأقسام التي تختارها فقط. لا يرى أحد آخر أكثر من ذلك. "
        "يمكنك أن تقول لا في أي وقت، وفي الصفحة نفسها. "
        "تنتهي الموافقة من تلقاء نفسها في اليوم الذي تختاره، وبعد 12 شهرًا على الأكثر.",
        consequence="إذا قلت لا، فستحصل مع ذلك على المساعدة التي هي من حقك. "
        "عندئذ تكون لكل قسم خطته الخاصة لك. وقد تضطر إلى أن تحكي الشيء نفسه عدة مرات.",
        legal_ground="Retssikkerhedsloven § 11 a, serviceloven § 141 (مثال)",
    ),
    TextSketch(
        kind="collection",
        language="ar",
        title="جلب معلومات من قسم آخر",
        purpose="يستطيع قسم أن يجلب ما يعرفه قسم آخر، حتى لا تقوله مرة أخرى.",
        body="أنت توافق على أن يجلب قسم معلومات عنك من قسم آخر. "
        "أنت تختار ما هي المعلومات. وتختار أيضًا من أين تأتي ومن يجوز له أن يراها. "
        "يجوز استخدامها فقط في الملف المذكور هنا. "
        "يمكنك سحب موافقتك في أي وقت. عندئذ يتوقف ذلك فورًا. "
        "ما استُخدم من قبل في ملف يبقى في ذلك الملف.",
        consequence="إذا قلت لا، فعلينا أن نسألك أنت. قد يستغرق ذلك وقتًا أطول. "
        "إذا نقصنا شيء مهم، فقد نضطر إلى اتخاذ القرار بدونه. سنخبرك بذلك أولًا.",
        legal_ground="Retssikkerhedsloven § 11 a, stk. 1 (مثال)",
    ),
    TextSketch(
        kind="health_disclosure",
        language="ar",
        version=2,
        title="مشاركة معلومات عن صحتك",
        purpose="يستطيع شخص الاتصال أن يرى كيف تتحسن، وأن يراعي ذلك.",
        body="يجوز لقسم الصحة أن يُري شخص الاتصال المساعدة التي تحصل عليها من أجل صحتك. "
        "وهي التدريب والدورات والمواعيد والأهداف. سجلّك عند الطبيب ليس منها. "
        "تُكتب موافقتك في ملفك. وهي تسري سنة واحدة على الأكثر. ثم علينا أن نسألك مرة أخرى. "
        "يمكنك سحبها في أي وقت. عندئذ يتوقف ذلك فورًا.",
        consequence="إذا قلت لا، فلن يرى شخص الاتصال شيئًا عن صحتك. "
        "تحصل على المساعدة نفسها من قسم الصحة. لكننا لا نستطيع مراعاة ما لا نعرفه.",
        legal_ground="Sundhedsloven §§ 43-44 (مثال)",
        since=_NEW_HEALTH_TEXT,
    ),
    TextSketch(
        kind="family",
        language="ar",
        title="عرض شيء لأحد أفراد عائلتك",
        purpose="شخص تختاره بنفسك يستطيع متابعة أهدافك ومساعدتك في الطريق.",
        body="أنت توافق على أن يرى شخص واحد من عائلتك ما تختاره هنا. "
        "يسجّل هذا الشخص الدخول باستخدام MitID الخاص به. يستطيع القراءة، لكنه لا يغيّر شيئًا. "
        "يمكنك إيقاف ذلك في أي وقت. عندئذ لا يرى الشخص شيئًا بعد ذلك.",
        consequence="إذا قلت لا، فلن يحدث شيء. يمكن أن تبقى لكم أهداف مشتركة. "
        "ما هو لك وحدك يبقى لك وحدك.",
        legal_ground="اللائحة العامة لحماية البيانات، المادة 6 (1) (أ) (مثال)",
    ),
)


def consent_text_rows(days: Days) -> Iterator[rows.ConsentText]:
    """Yield every version of every text."""
    for text in TEXTS:
        yield rows.ConsentText(
            id=text.kind.replace("_", "-"),
            version=text.version,
            language=text.language,
            kind=text.kind,
            title=text.title,
            purpose=text.purpose,
            body=text.body,
            consequence=text.consequence,
            legal_ground=text.legal_ground,
            sha256=digest(text.title, text.body, text.consequence),
            valid_from=days.calendar(text.since),
            valid_to=None if text.until is None else days.calendar(text.until),
        )
