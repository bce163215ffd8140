"""Rania, who writes in Arabic, her husband Khaled without a plan, and Yusuf, 19. Used by
`municipality`. What the municipality writes is in plain Danish, what Rania writes is Arabic.
"""

from sandbox.sample.sketches import (
    AboutMeSketch,
    AppointmentSketch,
    AssignmentSketch,
    ConsentSketch,
    DecisionSketch,
    GoalSketch,
    HouseholdSketch,
    InterventionSketch,
    MessageSketch,
    MoveSketch,
    PlanSketch,
    PromiseSketch,
    RatingSketch,
    StepSketch,
    ThreadSketch,
)

RANIA = PlanSketch(
    citizen="rania",
    created=-60,
    contacts=(AssignmentSketch(professional="louise", starts=-105),),
    about_me=AboutMeSketch(
        matters="عائلتي وصحتي. يهمني أن أفهم ما يُكتب عني، وأن يشرح لي الموظفون الأمور بهدوء.",
        strengths="أنا صبورة ومنظمة. عملت معلمة رياضيات لمدة عشر سنوات، وأحب مساعدة الآخرين.",
        dreams="أحلم بأن أعمل في مدرسة من جديد، وأن أتحدث الدنماركية بثقة مع زملائي.",
        bad_day="في الأيام الصعبة يساعدني أن أمشي قليلاً وأن أتصل بأختي. أرجو إرسال رسالة قصيرة "
        "بدلاً من الاتصال.",
    ),
    goals=(
        GoalSketch(
            slug="tale-dansk",
            title="أريد أن أتحدث الدنماركية في العمل دون خوف",
            why="أفهم كثيراً مما يقال، لكنني أخجل من الكلام. أريد أن أشارك في الحديث وقت الاستراحة.",
            emoji="👋",
            theme="work",
            created=-54,
            by="rania",
            target=90,
            steps=(
                StepSketch(title="أن أقول صباح الخير لزملائي كل يوم", done=-41),
                StepSketch(title="أن أسأل عن كلمة جديدة في كل نوبة عمل", done=-19),
                StepSketch(title="أن أحكي لهم عن عطلة نهاية الأسبوع", due=6),
                StepSketch(title="أن أرد على الهاتف في المطبخ", due=24),
            ),
            ratings=(
                RatingSketch(day=-53, value=2, note="كنت أصمت معظم الوقت."),
                RatingSketch(day=-30, value=4),
                RatingSketch(day=-7, value=5, note="صرت أضحك معهم."),
                RatingSketch(day=-6, value=5, by="louise", note="Rania taler mere og mere dansk."),
            ),
        ),
        GoalSketch(
            slug="blodsukker",
            title="أريد أن أضبط مستوى السكر في دمي",
            why="أشعر بالتعب بعد الظهر، ولا أريد أن يقلق أولادي عليّ.",
            emoji="🍎",
            theme="health",
            created=-49,
            by="rania",
            target=45,
            steps=(
                StepSketch(title="أن أقيس السكر كل صباح قبل الفطور", done=-35),
                StepSketch(title="أن أمشي نصف ساعة بعد العشاء", due=8),
                StepSketch(title="أن أطبخ وصفة من دورة الطعام الصحي", due=13),
            ),
            ratings=(RatingSketch(day=-48, value=3), RatingSketch(day=-15, value=6)),
        ),
        GoalSketch(
            slug="cykle",
            title="أريد أن أتعلم ركوب الدراجة",
            why="لكي أصل إلى العمل وحدي حتى عندما لا تمر الحافلة.",
            emoji="🚴",
            theme="everyday",
            created=-50,
            by="rania",
            steps=(StepSketch(title="أن أتدرب مع يوسف في الحديقة", done=-28),),
            ratings=(RatingSketch(day=-20, value=10),),
            moves=(
                MoveSketch(
                    day=-18, state="reached", reason="ذهبت إلى العمل بالدراجة أسبوعاً كاملاً."
                ),
            ),
        ),
    ),
    interventions=(
        InterventionSketch(
            slug="praktik",
            administration="employment",
            unit="Virksomhedsservice",
            responsible="Rasmus Tøttrup Holm",
            phone="+4555501244",
            title="Praktik i skolens køkken",
            what="Du er i køkkenet på Søndre Skole tre dage om ugen. Din makker Gitte taler "
            "langsomt dansk med dig.",
            why="Du lærer mest dansk, når du bruger det. Og du er igen på en skole.",
            rule="Du kan komme i praktik for at øve sprog og arbejde. "
            "Lov om en aktiv beskæftigelsesindsats § 57 (eksempel).",
            starts=-58,
            ends=33,
            hours_per_week=18,
            place="Søndre Skole, Skolegade 9",
            theme="work",
            details={"kind": "work_trial", "workplace": "Søndre Skole", "contact": "Gitte"},
            goals=("tale-dansk",),
        ),
        InterventionSketch(
            slug="diabetes",
            administration="health",
            unit="Solby Sundhedscenter",
            responsible="Tine Holmgaard Bruun",
            phone="+4555501144",
            title="Hold for dig med sukkersyge",
            what="Du lærer om mad og motion i otte uger. Der er tolk på arabisk.",
            why="Din læge foreslog holdet, fordi dit blodsukker er for højt.",
            rule="Kommunen kan tilbyde kurser, der hjælper dig til et bedre helbred. "
            "Sundhedsloven § 119 (eksempel).",
            starts=-20,
            ends=36,
            hours_per_week=2,
            place="Solby Sundhedscenter, Parkvej 6",
            theme="health",
            details={"kind": "course", "sessions": 8, "in_group": True},
            goals=("blodsukker",),
        ),
    ),
    appointments=(
        AppointmentSketch(
            administration="employment",
            title="Opfølgning med tolk",
            day=3,
            starts="12:30",
            ends="13:30",
            place="Solby Rådhus, Rådhuspladsen 1, mødelokale 5",
            with_names=("Louise Abildtrup", "Tolk i arabisk"),
        ),
    ),
    decisions=(
        DecisionSketch(
            administration="employment",
            title="Du får tolk til møderne i et halvt år",
            text="Du får tolk til alle møder om din plan i seks måneder.",
            day=-13,
            rule="Lov om en aktiv beskæftigelsesindsats § 9 (eksempel).",
            how_to_appeal="Skriv eller ring til kommunen, inden fristen er gået. Du må skrive på "
            "arabisk.",
        ),
    ),
    promises=(
        PromiseSketch(
            owner="Louise Abildtrup",
            text="Louise bestiller den samme tolk som sidst.",
            due=1,
            administration="employment",
        ),
    ),
    threads=(
        ThreadSketch(
            slug="tolk",
            subject="موعد الاجتماع القادم",
            waits_for="contact_person",
            unread=1,
            messages=(
                MessageSketch(
                    by="rania",
                    day=-3,
                    clock="14:05",
                    body="مرحباً لويز. هل سيكون معنا المترجم نفسه في الاجتماع القادم؟ "
                    "أرتاح في الحديث معه.",
                ),
                MessageSketch(
                    by="louise",
                    day=-2,
                    clock="10:10",
                    body="Hej Rania. Jeg har fået din besked oversat. Jeg beder om den samme tolk. "
                    "Jeg skriver, når jeg har fået svar.",
                ),
                MessageSketch(
                    by="rania",
                    day=-2,
                    clock="15:22",
                    body="شكراً جزيلاً. وهل يمكنني أن أحضر معي شهادتي القديمة؟ "
                    "أود أن أعرف إن كانت صالحة هنا.",
                ),
            ),
        ),
    ),
    consents=(
        ConsentSketch(
            slug="samlet-plan",
            kind="holistic_plan",
            to_administration="employment",
            categories=("social",),
            case="Sagen om din samlede plan",
            given=-55,
            days=340,
        ),
        ConsentSketch(
            slug="sundhed-til-beskaeftigelse",
            kind="health_disclosure",
            source="health",
            to_administration="employment",
            categories=("health",),
            case="Sagen om din samlede plan",
            given=-21,
            days=180,
            text_version=2,
        ),
    ),
)

YUSUF = PlanSketch(
    citizen="yusuf",
    created=-35,
    contacts=(AssignmentSketch(professional="henrik", starts=-65),),
    about_me=AboutMeSketch(
        matters="At jeg kan være stolt af mig selv. Min familie. Biler.",
        strengths="Jeg er god med hænderne, og jeg kan fire sprog.",
        dreams="Mit eget værksted en dag.",
        bad_day="Giv mig noget at lave. Så bliver jeg rolig.",
    ),
    goals=(
        GoalSketch(
            slug="mekaniker",
            title="Jeg vil i lære som mekaniker",
            why="Jeg har skruet biler med min onkel, siden jeg var tolv.",
            emoji="🔧",
            theme="work",
            created=-33,
            by="yusuf",
            target=120,
            steps=(
                StepSketch(title="Tage matematik om på VUC", done=-9),
                StepSketch(title="Skrive en ansøgning sammen med Henrik", due=10),
                StepSketch(title="Besøge to værksteder", due=17),
            ),
            ratings=(RatingSketch(day=-32, value=3), RatingSketch(day=-8, value=5)),
        ),
        GoalSketch(
            slug="falde-til-ro",
            title="Jeg vil blive bedre til at sige fra uden at blive vred",
            emoji="🧘",
            theme="social",
            created=-26,
            by="yusuf",
            steps=(StepSketch(title="Tale med Malthe om det hver uge", due=7),),
            ratings=(RatingSketch(day=-25, value=3),),
        ),
    ),
    interventions=(
        InterventionSketch(
            slug="stoette-ung",
            administration="adult_social",
            unit="Voksenrådgivningen, ungeteamet",
            responsible="Malthe Krogsgaard Ley",
            phone="+4555501366",
            title="Støtte til at holde fast",
            what="Malthe taler med dig hver uge. I øver det, du skal sige, før du siger det.",
            why="Du har mistet to pladser, fordi du blev vred. Det vil du gerne lave om på.",
            rule="Du kan få støtte en kort tid, før det bliver svært. "
            "Serviceloven § 82 b (eksempel).",
            starts=-28,
            ends=140,
            hours_per_week=1,
            place="Ungehuset, Engvej 21",
            theme="social",
            details={"kind": "support", "given": "away"},
            goals=("falde-til-ro",),
        ),
        InterventionSketch(
            slug="vejledning",
            administration="employment",
            unit="Ungeindsatsen",
            responsible="Camilla Egeskov Dam",
            phone="+4555501277",
            title="Vejledning om uddannelse",
            what="Camilla hjælper dig med at finde den rigtige vej og det rigtige sted.",
            why="Du ved, hvad du vil. Du mangler bare hjælp til at komme ind.",
            rule="Unge under 25 kan få vejledning om uddannelse. "
            "Lov om kommunal indsats for unge § 2 c (eksempel).",
            starts=-30,
            ends=150,
            hours_per_week=1,
            place="Ungehuset, Engvej 21",
            theme="work",
            details={"kind": "talks"},
            goals=("mekaniker",),
        ),
    ),
    appointments=(
        AppointmentSketch(
            administration="employment",
            title="Besøg på Solby Auto",
            day=6,
            starts="09:00",
            ends="10:30",
            place="Solby Auto, Industrivej 14",
            with_names=("Camilla Egeskov Dam",),
        ),
    ),
    threads=(
        ThreadSketch(
            slug="ansoegning",
            subject="Min ansøgning",
            goal="mekaniker",
            waits_for="contact_person",
            unread=1,
            messages=(
                MessageSketch(
                    by="henrik",
                    day=-8,
                    clock="10:20",
                    body="Hej Yusuf. Skriv et par linjer om, hvad du har lavet hos din onkel. "
                    "Så laver vi resten sammen. Er jeg væk, så svarer Naja.",
                ),
                MessageSketch(
                    by="yusuf",
                    day=-1,
                    clock="22:14",
                    body="Hej. Jeg har skiftet bremser og kobling mange gange. Skal jeg skrive det "
                    "hele, eller er det nok med noget af det?",
                ),
            ),
        ),
    ),
)

HOUSEHOLD = HouseholdSketch(
    slug="al-sabbagh",
    name="Familien Al-Sabbagh",
    joined=-65,
    members=(("rania", "mother"), ("khaled", "father"), ("yusuf", "child")),
    goals=(
        GoalSketch(
            slug="groentsager",
            title="Vi laver sund mad sammen om fredagen",
            why="Det hjælper Rania, og vi får talt sammen.",
            emoji="🥦",
            theme="family",
            created=-24,
            by="khaled",
            target=55,
            steps=(
                StepSketch(title="Købe grøntsager på torvet", who="khaled", done=-12),
                StepSketch(title="اختيار الوصفة", who="rania", due=4),
                StepSketch(title="Dække bord og vaske op", who="yusuf", due=4),
            ),
            ratings=(RatingSketch(day=-10, value=4, by="khaled"),),
        ),
    ),
)
