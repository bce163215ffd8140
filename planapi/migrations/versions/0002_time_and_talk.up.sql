-- What a plan needs beyond goals and messages. As in 0001: municipality_id on every row of a
-- municipality, row-level security, and no right to change what is append-only.

-- The assessment, by theme

-- Fælles Faglige Begreber (VUM 2.0). The same in every municipality: no municipality_id.
CREATE TABLE assessment_theme (
    code text PRIMARY KEY CHECK (code ~ '^[a-z_]{1,40}$'),
    area text NOT NULL CHECK (area IN ('activity', 'functions', 'surroundings')),
    name text NOT NULL,
    position int NOT NULL UNIQUE,
    valid_from date NOT NULL,
    valid_to date CHECK (valid_to >= valid_from)
);
INSERT INTO assessment_theme (code, area, name, position, valid_from) VALUES
    ('practical_tasks', 'activity', 'Praktiske opgaver', 10, '2020-01-01'),
    ('self_care', 'activity', 'Egenomsorg', 20, '2020-01-01'),
    ('mobility', 'activity', 'Mobilitet', 30, '2020-01-01'),
    ('communication', 'activity', 'Kommunikation', 40, '2020-01-01'),
    ('community_life', 'activity', 'Samfundsliv', 50, '2020-01-01'),
    ('relations', 'activity', 'Relationer', 60, '2020-01-01'),
    ('mental_functions', 'functions', 'Mentale funktioner', 70, '2020-01-01'),
    ('health_conditions', 'functions', 'Sundhedsforhold', 80, '2020-01-01'),
    ('physical_functions', 'functions', 'Fysiske funktioner', 90, '2020-01-01'),
    ('social_conditions', 'functions', 'Sociale forhold', 100, '2020-01-01'),
    ('surroundings', 'surroundings', 'Omgivelser', 110, '2020-01-01');

CREATE TABLE own_view (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    municipality_id uuid NOT NULL DEFAULT current_municipality() REFERENCES municipality,
    plan_id uuid NOT NULL REFERENCES plan,
    theme text NOT NULL REFERENCES assessment_theme,
    text text NOT NULL,
    level text CHECK (level IN ('none', 'mild', 'moderate', 'severe', 'complete', 'not_assessed')),
    written_by uuid NOT NULL REFERENCES person,
    written_at timestamptz NOT NULL DEFAULT now(),
    version int NOT NULL DEFAULT 1,
    UNIQUE (plan_id, theme)
);

CREATE TABLE professional_view (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    municipality_id uuid NOT NULL DEFAULT current_municipality() REFERENCES municipality,
    plan_id uuid NOT NULL REFERENCES plan,
    theme text NOT NULL REFERENCES assessment_theme,
    administration text NOT NULL
        CHECK (administration IN ('employment', 'adult_social', 'family', 'health')),
    text text NOT NULL CHECK (length(text) > 0),
    level text NOT NULL
        CHECK (level IN ('none', 'mild', 'moderate', 'severe', 'complete', 'not_assessed')),
    written_by uuid NOT NULL REFERENCES person,
    written_at timestamptz NOT NULL DEFAULT now(),
    version int NOT NULL DEFAULT 1,
    UNIQUE (plan_id, theme, administration)
);

-- Follow-ups

CREATE TABLE follow_up (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    municipality_id uuid NOT NULL DEFAULT current_municipality() REFERENCES municipality,
    plan_id uuid NOT NULL REFERENCES plan,
    goal_id uuid REFERENCES goal,
    intervention_id uuid REFERENCES intervention,
    day date NOT NULL,
    state text NOT NULL DEFAULT 'planned' CHECK (state IN ('planned', 'held', 'cancelled')),
    outcome text CHECK (outcome IN ('continue', 'end', 'end_and_replace')),
    conclusion text NOT NULL DEFAULT '',   -- what was agreed, or why it was cancelled
    replacement text,
    next_id uuid UNIQUE REFERENCES follow_up CHECK (next_id <> id),
    created_by uuid NOT NULL REFERENCES person,
    created_at timestamptz NOT NULL DEFAULT now(),
    version int NOT NULL DEFAULT 1,
    CHECK (goal_id IS NULL OR intervention_id IS NULL),
    CHECK ((state = 'held') = (outcome IS NOT NULL)),
    CHECK ((outcome IS NOT DISTINCT FROM 'end_and_replace') = (replacement IS NOT NULL)),
    CHECK (next_id IS NULL OR outcome IN ('continue', 'end_and_replace'))
);
CREATE INDEX follow_up_plan ON follow_up (plan_id, day DESC);
CREATE INDEX follow_up_goal ON follow_up (goal_id) WHERE goal_id IS NOT NULL;
CREATE INDEX follow_up_intervention ON follow_up (intervention_id)
    WHERE intervention_id IS NOT NULL;

CREATE TABLE agenda_item (                 -- append-only
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    municipality_id uuid NOT NULL DEFAULT current_municipality() REFERENCES municipality,
    follow_up_id uuid NOT NULL REFERENCES follow_up,
    text text NOT NULL CHECK (length(text) BETWEEN 1 AND 200),
    added_by uuid NOT NULL REFERENCES person,
    added_role text NOT NULL CHECK (added_role IN ('citizen', 'contact_person')),
    added_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX agenda_item_follow_up ON agenda_item (follow_up_id, added_at);

-- Time

CREATE TABLE intervention_time (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    municipality_id uuid NOT NULL DEFAULT current_municipality() REFERENCES municipality,
    intervention_id uuid NOT NULL REFERENCES intervention,
    weekday int NOT NULL CHECK (weekday BETWEEN 1 AND 7),
    starts time NOT NULL,                  -- Danish local time
    ends time NOT NULL CHECK (ends > starts),
    UNIQUE (intervention_id, weekday, starts)
);

-- An answer is to a meeting at the time that it had. When the meeting is moved, it counts no more.
CREATE TABLE appointment_answer (          -- append-only
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    municipality_id uuid NOT NULL DEFAULT current_municipality() REFERENCES municipality,
    appointment_id uuid NOT NULL REFERENCES appointment,
    starts_at timestamptz NOT NULL,
    ends_at timestamptz NOT NULL,
    answer text NOT NULL CHECK (answer IN ('coming', 'cannot')),
    wish text NOT NULL DEFAULT '',
    wished_times timestamptz[] NOT NULL DEFAULT '{}' CHECK (cardinality(wished_times) <= 3),
    answered_by uuid NOT NULL REFERENCES person,
    answered_at timestamptz NOT NULL DEFAULT now(),
    CHECK (answer = 'cannot' OR (wish = '' AND wished_times = '{}'))
);
CREATE INDEX appointment_answer_appointment ON appointment_answer (appointment_id, id DESC);

-- Decisions

-- How long one can appeal, as dated data: a new rule is a new row. The same in every municipality.
CREATE TABLE appeal_rule (
    code text NOT NULL CHECK (code ~ '^[a-z_]{1,40}$'),
    valid_from date NOT NULL,
    valid_to date CHECK (valid_to >= valid_from),
    days int NOT NULL CHECK (days BETWEEN 1 AND 400),
    law text NOT NULL,
    section text NOT NULL,
    text text NOT NULL,                    -- in plain Danish
    PRIMARY KEY (code, valid_from)
);
INSERT INTO appeal_rule (code, valid_from, days, law, section, text) VALUES
    ('four_weeks', '2007-01-01', 28, 'retssikkerhedsloven', '§ 67',
     'Du kan klage i fire uger fra den dag, du fik afgørelsen. Er den sidste dag en lørdag, '
     'en søndag eller en helligdag, kan du klage til og med den næste hverdag.');

ALTER TABLE decision
    ADD notified_on date CHECK (notified_on >= decided_on),
    ADD appeal_rule text,
    ADD appeal_rule_from date,
    ADD CHECK ((appeal_rule IS NULL) = (appeal_rule_from IS NULL)),
    ADD CHECK (appeal_rule IS NULL OR notified_on IS NOT NULL),
    ADD CONSTRAINT decision_appeal_rule
        FOREIGN KEY (appeal_rule, appeal_rule_from) REFERENCES appeal_rule;

-- Minutes

CREATE TABLE minutes (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    municipality_id uuid NOT NULL DEFAULT current_municipality() REFERENCES municipality,
    plan_id uuid NOT NULL REFERENCES plan,
    administration text NOT NULL
        CHECK (administration IN ('employment', 'adult_social', 'family', 'health')),
    title text NOT NULL CHECK (length(title) BETWEEN 1 AND 200),
    held_on date NOT NULL,
    appointment_id uuid REFERENCES appointment,
    follow_up_id uuid REFERENCES follow_up,
    text text NOT NULL CHECK (length(text) BETWEEN 1 AND 10000),
    state text NOT NULL DEFAULT 'draft'
        CHECK (state IN ('draft', 'shared', 'confirmed', 'commented')),
    written_by uuid NOT NULL REFERENCES person,
    created_at timestamptz NOT NULL DEFAULT now(),
    shared_at timestamptz,
    version int NOT NULL DEFAULT 1,
    CHECK ((state = 'draft') = (shared_at IS NULL))
);
CREATE INDEX minutes_plan ON minutes (plan_id, held_on DESC);

CREATE TABLE minutes_remark (              -- append-only
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    municipality_id uuid NOT NULL DEFAULT current_municipality() REFERENCES municipality,
    minutes_id uuid NOT NULL REFERENCES minutes,
    kind text NOT NULL CHECK (kind IN ('confirmation', 'comment', 'disagreement')),
    text text NOT NULL DEFAULT '',
    author_id uuid NOT NULL REFERENCES person,
    author_role text NOT NULL CHECK (author_role IN ('citizen', 'contact_person')),
    at timestamptz NOT NULL DEFAULT now(),
    CHECK (kind = 'confirmation' OR length(text) > 0)
);
CREATE INDEX minutes_remark_minutes ON minutes_remark (minutes_id, at);

-- Tell it once

-- What citizens are asked about. The same in every municipality.
CREATE TABLE fact_topic (
    code text PRIMARY KEY CHECK (code ~ '^[a-z_]{1,40}$'),
    category text NOT NULL
        CHECK (category IN ('goals', 'employment', 'social', 'family', 'health', 'appointments',
                            'decisions', 'messages')),
    name text NOT NULL,
    position int NOT NULL UNIQUE
);
INSERT INTO fact_topic (code, category, name, position) VALUES
    ('education', 'employment', 'Skole og uddannelse', 10),
    ('work_history', 'employment', 'Job, du har haft', 20),
    ('working_capacity', 'employment', 'Hvad du kan holde til', 30),
    ('income', 'social', 'Indtægt og gæld', 40),
    ('housing', 'social', 'Bolig', 50),
    ('transport', 'social', 'Transport', 60),
    ('network', 'social', 'Familie og venner, der hjælper', 70),
    ('children', 'family', 'Børn', 80),
    ('school_of_children', 'family', 'Børnenes skole og fritid', 90),
    ('illness', 'health', 'Sygdom og behandling', 100),
    ('medicine', 'health', 'Medicin', 110),
    ('doctor', 'health', 'Læge og andre behandlere', 120);

CREATE TABLE told_fact (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    municipality_id uuid NOT NULL DEFAULT current_municipality() REFERENCES municipality,
    plan_id uuid NOT NULL REFERENCES plan,
    topic text NOT NULL REFERENCES fact_topic,
    text text NOT NULL CHECK (length(text) > 0),
    given_by uuid NOT NULL REFERENCES person,
    given_at timestamptz NOT NULL DEFAULT now(),
    version int NOT NULL DEFAULT 1,
    UNIQUE (plan_id, topic)
);

CREATE TABLE fact_request (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    municipality_id uuid NOT NULL DEFAULT current_municipality() REFERENCES municipality,
    plan_id uuid NOT NULL REFERENCES plan,
    topic text NOT NULL REFERENCES fact_topic,
    administration text NOT NULL
        CHECK (administration IN ('employment', 'adult_social', 'family', 'health')),
    purpose text NOT NULL CHECK (length(purpose) BETWEEN 1 AND 200),
    state text NOT NULL DEFAULT 'open'
        CHECK (state IN ('open', 'granted', 'refused', 'stopped')),
    asked_by uuid NOT NULL REFERENCES person,
    asked_at timestamptz NOT NULL DEFAULT now(),
    answered_at timestamptz,
    reason text NOT NULL DEFAULT '',
    valid_from date,
    valid_until date
        CHECK (valid_until >= valid_from AND valid_until <= valid_from + interval '12 months'),
    version int NOT NULL DEFAULT 1,
    CHECK ((state = 'open') = (answered_at IS NULL)),
    CHECK (state NOT IN ('granted', 'stopped')
           OR (valid_from IS NOT NULL AND valid_until IS NOT NULL))
);
-- One question at a time.
CREATE UNIQUE INDEX fact_request_open ON fact_request (plan_id, topic, administration)
    WHERE state = 'open';
CREATE INDEX fact_request_plan ON fact_request (plan_id, asked_at DESC);

-- Attachments: what is known of a file, its bytes where the database keeps them, and the message
-- that it went with. A file without a message is seen by whoever uploaded it.

CREATE TABLE attachment (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    municipality_id uuid NOT NULL DEFAULT current_municipality() REFERENCES municipality,
    plan_id uuid NOT NULL REFERENCES plan,
    owner_id uuid NOT NULL REFERENCES person,
    name text NOT NULL CHECK (length(name) BETWEEN 1 AND 200),
    media_type text NOT NULL,
    size int NOT NULL CHECK (size > 0),
    sha256 bytea NOT NULL CHECK (length(sha256) = 32),
    uploaded_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX attachment_owner ON attachment (owner_id);

CREATE TABLE attachment_content (
    attachment_id uuid PRIMARY KEY REFERENCES attachment ON DELETE CASCADE,
    municipality_id uuid NOT NULL DEFAULT current_municipality() REFERENCES municipality,
    content bytea NOT NULL
);
-- The files are compressed already.
ALTER TABLE attachment_content ALTER content SET STORAGE EXTERNAL;

CREATE TABLE message_attachment (          -- append-only
    attachment_id uuid PRIMARY KEY REFERENCES attachment,
    municipality_id uuid NOT NULL DEFAULT current_municipality() REFERENCES municipality,
    message_id uuid NOT NULL REFERENCES message,
    position int NOT NULL
);
CREATE INDEX message_attachment_message ON message_attachment (message_id, position);

CREATE INDEX history_resource ON history (resource_kind, resource_id, id DESC);

-- Rights

GRANT SELECT ON assessment_theme, appeal_rule, fact_topic TO enplan_app;
GRANT SELECT, INSERT ON own_view, professional_view, follow_up, agenda_item, intervention_time,
    appointment_answer, minutes, minutes_remark, told_fact, fact_request, attachment,
    attachment_content, message_attachment TO enplan_app;
GRANT UPDATE ON own_view, professional_view, follow_up, minutes, told_fact, fact_request
    TO enplan_app;
GRANT DELETE ON intervention_time, attachment TO enplan_app;

DO $$
DECLARE
    name text;
BEGIN
    FOREACH name IN ARRAY ARRAY[
        'own_view', 'professional_view', 'follow_up', 'agenda_item', 'intervention_time',
        'appointment_answer', 'minutes', 'minutes_remark', 'told_fact', 'fact_request',
        'attachment', 'attachment_content', 'message_attachment']
    LOOP
        EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', name);
        EXECUTE format(
            'CREATE POLICY own_municipality ON %I TO enplan_app '
            'USING (municipality_id = current_municipality()) '
            'WITH CHECK (municipality_id = current_municipality())', name);
    END LOOP;
END
$$;
