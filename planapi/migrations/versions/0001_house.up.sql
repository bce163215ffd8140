-- The tables of the plan API. Core SQL only: the embedded server has no btree_gist and no pgcrypto.
--
-- municipality_id stands on every row of a municipality. Row-level security compares it with the
-- setting enplan.municipality, which the plan API sets in each transaction; a forgotten setting
-- shows nothing. The role enplan_app reads and writes, but cannot change or delete what is
-- append-only.

DO $$
BEGIN
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'enplan_app') THEN
        CREATE ROLE enplan_app LOGIN;
    END IF;
END
$$;

CREATE FUNCTION current_municipality() RETURNS uuid
    LANGUAGE sql STABLE
    RETURN nullif(current_setting('enplan.municipality', true), '')::uuid;

CREATE TABLE municipality (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    name text NOT NULL,
    cvr text NOT NULL UNIQUE CHECK (cvr ~ '^\d{8}$')
);

-- People

CREATE TABLE person (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    municipality_id uuid NOT NULL DEFAULT current_municipality() REFERENCES municipality,
    name text NOT NULL CHECK (length(name) BETWEEN 1 AND 200),
    birth_date date,
    cpr_hash bytea,                        -- HMAC-SHA-256 of the number under the look-up key
    protected boolean NOT NULL DEFAULT false, -- name and address protection
    phone text,
    address text,
    language text CHECK (language ~ '^[a-z]{2}$'),
    UNIQUE (municipality_id, cpr_hash)
);
CREATE INDEX person_cpr_hash ON person (cpr_hash); -- at a login the municipality is not known yet

-- A login by (issuer, subject), tied to a person in a capacity at the first login.
CREATE TABLE identity (
    issuer text NOT NULL,
    subject text NOT NULL,
    role text NOT NULL CHECK (role IN ('citizen', 'contact_person')),
    municipality_id uuid NOT NULL DEFAULT current_municipality() REFERENCES municipality,
    person_id uuid NOT NULL REFERENCES person,
    linked_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (issuer, subject, role)
);

CREATE TABLE professional (
    person_id uuid PRIMARY KEY REFERENCES person,
    municipality_id uuid NOT NULL DEFAULT current_municipality() REFERENCES municipality,
    professional_id text NOT NULL,         -- MitID Erhverv's persistent_professional_id
    administration text NOT NULL
        CHECK (administration IN ('employment', 'adult_social', 'family', 'health')),
    unit text NOT NULL,
    title text NOT NULL,
    phone text NOT NULL,
    hours jsonb NOT NULL DEFAULT '[]',     -- [{"weekday": 1, "opens": "09:00", "closes": "14:00"}]
    reply_working_days int NOT NULL DEFAULT 3 CHECK (reply_working_days BETWEEN 0 AND 30),
    is_leader boolean NOT NULL DEFAULT false,
    UNIQUE (municipality_id, professional_id)
);

CREATE TABLE absence (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    municipality_id uuid NOT NULL DEFAULT current_municipality() REFERENCES municipality,
    professional_id uuid NOT NULL REFERENCES professional,
    deputy_id uuid NOT NULL REFERENCES professional CHECK (deputy_id <> professional_id),
    starts_on date NOT NULL,
    ends_on date NOT NULL CHECK (ends_on >= starts_on),
    greeting text NOT NULL DEFAULT ''
);
CREATE INDEX absence_professional ON absence (professional_id, ends_on);
CREATE INDEX absence_deputy ON absence (deputy_id, ends_on);

CREATE TABLE plan (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    municipality_id uuid NOT NULL DEFAULT current_municipality() REFERENCES municipality,
    citizen_id uuid NOT NULL UNIQUE REFERENCES person,
    version int NOT NULL DEFAULT 1,
    created_at timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE contact_assignment (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    municipality_id uuid NOT NULL DEFAULT current_municipality() REFERENCES municipality,
    citizen_id uuid NOT NULL REFERENCES person,
    professional_id uuid NOT NULL REFERENCES professional,
    starts_on date NOT NULL,
    ends_on date CHECK (ends_on >= starts_on),
    greeting text NOT NULL DEFAULT ''
);
-- At most one current contact person a citizen.
CREATE UNIQUE INDEX contact_assignment_current ON contact_assignment (citizen_id)
    WHERE ends_on IS NULL;
CREATE INDEX contact_assignment_citizen ON contact_assignment (citizen_id, starts_on);
CREATE INDEX contact_assignment_professional ON contact_assignment (professional_id, ends_on);

CREATE TABLE about_me (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    municipality_id uuid NOT NULL DEFAULT current_municipality() REFERENCES municipality,
    plan_id uuid NOT NULL UNIQUE REFERENCES plan,
    matters text NOT NULL DEFAULT '',
    strengths text NOT NULL DEFAULT '',
    dreams text NOT NULL DEFAULT '',
    bad_day text NOT NULL DEFAULT '',
    version int NOT NULL DEFAULT 1
);

CREATE TABLE plan_request (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    municipality_id uuid NOT NULL DEFAULT current_municipality() REFERENCES municipality,
    citizen_id uuid NOT NULL REFERENCES person,
    text text NOT NULL DEFAULT '',
    state text NOT NULL DEFAULT 'received' CHECK (state IN ('received', 'accepted', 'declined')),
    version int NOT NULL DEFAULT 1,
    created_at timestamptz NOT NULL DEFAULT now()
);
CREATE UNIQUE INDEX plan_request_open ON plan_request (citizen_id) WHERE state = 'received';
CREATE INDEX plan_request_citizen ON plan_request (citizen_id, created_at);

-- Families

CREATE TABLE household (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    municipality_id uuid NOT NULL DEFAULT current_municipality() REFERENCES municipality,
    name text NOT NULL
);

CREATE TABLE household_member (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    municipality_id uuid NOT NULL DEFAULT current_municipality() REFERENCES municipality,
    household_id uuid NOT NULL REFERENCES household,
    person_id uuid NOT NULL REFERENCES person,
    relation text NOT NULL
        CHECK (relation IN ('mother', 'father', 'parent', 'partner', 'child', 'sibling',
                            'grandparent', 'other')),
    joined_on date NOT NULL,
    left_on date CHECK (left_on >= joined_on)
);
CREATE UNIQUE INDEX household_member_current ON household_member (household_id, person_id)
    WHERE left_on IS NULL;
CREATE INDEX household_member_person ON household_member (person_id) WHERE left_on IS NULL;

-- The plan's content. A goal belongs to one plan or to one household, never to both.

CREATE TABLE goal (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    municipality_id uuid NOT NULL DEFAULT current_municipality() REFERENCES municipality,
    plan_id uuid REFERENCES plan,
    household_id uuid REFERENCES household,
    owner text NOT NULL CHECK (owner IN ('citizen', 'administration', 'household')),
    administration text
        CHECK (administration IN ('employment', 'adult_social', 'family', 'health')),
    title text NOT NULL CHECK (length(title) BETWEEN 1 AND 200),
    why text NOT NULL DEFAULT '',
    emoji text NOT NULL DEFAULT '',
    theme text CHECK (theme IN ('work', 'health', 'family', 'everyday', 'social', 'home', 'money')),
    state text NOT NULL CHECK (state IN ('proposed', 'active', 'paused', 'reached', 'dropped')),
    state_reason text NOT NULL DEFAULT '',
    target_date date,
    position int NOT NULL DEFAULT 0,
    created_by uuid NOT NULL REFERENCES person,
    created_at timestamptz NOT NULL DEFAULT now(),
    version int NOT NULL DEFAULT 1,
    CHECK ((plan_id IS NULL) <> (household_id IS NULL)),
    CHECK ((owner = 'household') = (household_id IS NOT NULL)),
    CHECK (owner <> 'administration' OR administration IS NOT NULL)
);
CREATE INDEX goal_plan ON goal (plan_id);
CREATE INDEX goal_household ON goal (household_id);

CREATE TABLE step (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    municipality_id uuid NOT NULL DEFAULT current_municipality() REFERENCES municipality,
    goal_id uuid NOT NULL REFERENCES goal,
    title text NOT NULL CHECK (length(title) BETWEEN 1 AND 200),
    assignee_id uuid REFERENCES person,
    due date,
    done_at timestamptz,
    done_by uuid REFERENCES person,
    position int NOT NULL DEFAULT 0,
    version int NOT NULL DEFAULT 1,
    CHECK ((done_at IS NULL) = (done_by IS NULL))
);
CREATE INDEX step_goal ON step (goal_id);

CREATE TABLE rating (                      -- append-only
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    municipality_id uuid NOT NULL DEFAULT current_municipality() REFERENCES municipality,
    goal_id uuid NOT NULL REFERENCES goal,
    kind text NOT NULL CHECK (kind IN ('own', 'professional')),
    value int NOT NULL CHECK (value BETWEEN 0 AND 10),
    note text NOT NULL DEFAULT '',
    rated_by uuid NOT NULL REFERENCES person,
    rated_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX rating_goal ON rating (goal_id, rated_at);

CREATE TABLE intervention (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    municipality_id uuid NOT NULL DEFAULT current_municipality() REFERENCES municipality,
    plan_id uuid NOT NULL REFERENCES plan,
    administration text NOT NULL
        CHECK (administration IN ('employment', 'adult_social', 'family', 'health')),
    unit text NOT NULL,
    responsible text NOT NULL,
    phone text,
    title text NOT NULL,
    what text NOT NULL,
    why text NOT NULL,
    rule text NOT NULL,
    starts_on date NOT NULL,
    ends_on date CHECK (ends_on >= starts_on),
    hours_per_week numeric(4, 1) CHECK (hours_per_week >= 0),
    place text NOT NULL DEFAULT '',
    theme text NOT NULL
        CHECK (theme IN ('work', 'health', 'family', 'everyday', 'social', 'home', 'money')),
    state text NOT NULL CHECK (state IN ('planned', 'active', 'ended')),
    version int NOT NULL DEFAULT 1
);
CREATE INDEX intervention_plan ON intervention (plan_id);

CREATE TABLE intervention_goal (
    intervention_id uuid NOT NULL REFERENCES intervention,
    goal_id uuid NOT NULL REFERENCES goal,
    municipality_id uuid NOT NULL DEFAULT current_municipality() REFERENCES municipality,
    PRIMARY KEY (intervention_id, goal_id)
);
CREATE INDEX intervention_goal_goal ON intervention_goal (goal_id);

CREATE TABLE appointment (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    municipality_id uuid NOT NULL DEFAULT current_municipality() REFERENCES municipality,
    plan_id uuid NOT NULL REFERENCES plan,
    administration text NOT NULL
        CHECK (administration IN ('employment', 'adult_social', 'family', 'health')),
    title text NOT NULL,
    starts_at timestamptz NOT NULL,
    ends_at timestamptz NOT NULL CHECK (ends_at > starts_at),
    place text NOT NULL DEFAULT '',
    with_names text[] NOT NULL DEFAULT '{}',
    version int NOT NULL DEFAULT 1
);
CREATE INDEX appointment_plan ON appointment (plan_id, starts_at);

CREATE TABLE decision (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    municipality_id uuid NOT NULL DEFAULT current_municipality() REFERENCES municipality,
    plan_id uuid NOT NULL REFERENCES plan,
    administration text NOT NULL
        CHECK (administration IN ('employment', 'adult_social', 'family', 'health')),
    title text NOT NULL,
    text text NOT NULL,
    decided_on date NOT NULL,
    appeal_by date NOT NULL CHECK (appeal_by >= decided_on),
    how_to_appeal text NOT NULL,
    rule text NOT NULL,
    version int NOT NULL DEFAULT 1
);
CREATE INDEX decision_plan ON decision (plan_id, appeal_by);

CREATE TABLE promise (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    municipality_id uuid NOT NULL DEFAULT current_municipality() REFERENCES municipality,
    plan_id uuid NOT NULL REFERENCES plan,
    administration text             -- absent where the citizen promised
        CHECK (administration IN ('employment', 'adult_social', 'family', 'health')),
    owner text NOT NULL,
    text text NOT NULL,
    due date NOT NULL,
    kept_on date,
    version int NOT NULL DEFAULT 1
);
CREATE INDEX promise_plan ON promise (plan_id, due);

-- Messages

CREATE TABLE thread (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    municipality_id uuid NOT NULL DEFAULT current_municipality() REFERENCES municipality,
    plan_id uuid NOT NULL REFERENCES plan,
    goal_id uuid REFERENCES goal,
    subject text NOT NULL CHECK (length(subject) BETWEEN 1 AND 200),
    waits_for text NOT NULL CHECK (waits_for IN ('citizen', 'contact_person', 'nobody')),
    answer_expected_by date,
    last_message_at timestamptz NOT NULL,
    version int NOT NULL DEFAULT 1
);
CREATE INDEX thread_plan ON thread (plan_id, last_message_at DESC, id);

CREATE TABLE message (                     -- append-only
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    number bigint GENERATED ALWAYS AS IDENTITY,
    municipality_id uuid NOT NULL DEFAULT current_municipality() REFERENCES municipality,
    thread_id uuid NOT NULL REFERENCES thread,
    author_id uuid NOT NULL REFERENCES person,
    author_role text NOT NULL CHECK (author_role IN ('citizen', 'contact_person')),
    body text NOT NULL CHECK (length(body) BETWEEN 1 AND 10000),
    sent_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX message_thread ON message (thread_id, number DESC);

-- How far each side of a thread has read, a row for each time it read on: a message was first seen
-- when the first mark reached it. A deputy reads for the municipality.
CREATE TABLE thread_read (                 -- append-only
    thread_id uuid NOT NULL REFERENCES thread,
    side text NOT NULL CHECK (side IN ('citizen', 'contact_person')),
    municipality_id uuid NOT NULL DEFAULT current_municipality() REFERENCES municipality,
    up_to bigint NOT NULL,                 -- message.number
    read_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (thread_id, side, up_to)
);

CREATE TABLE draft (
    person_id uuid NOT NULL REFERENCES person,
    name text NOT NULL CHECK (name ~ '^[a-z0-9:_-]{1,80}$'),
    municipality_id uuid NOT NULL DEFAULT current_municipality() REFERENCES municipality,
    fields jsonb NOT NULL,
    saved_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (person_id, name)
);

-- Consent and trust

CREATE TABLE consent_text (                -- append-only
    id text NOT NULL,
    version int NOT NULL,
    language text NOT NULL CHECK (language ~ '^[a-z]{2}$'),
    municipality_id uuid NOT NULL DEFAULT current_municipality() REFERENCES municipality,
    kind text NOT NULL
        CHECK (kind IN ('holistic_plan', 'collection', 'health_disclosure', 'family')),
    title text NOT NULL,
    purpose text NOT NULL,
    body text NOT NULL,
    consequence text NOT NULL,
    legal_ground text NOT NULL,
    sha256 text NOT NULL CHECK (sha256 ~ '^[0-9a-f]{64}$'),
    valid_from date NOT NULL,
    valid_to date CHECK (valid_to >= valid_from),
    PRIMARY KEY (municipality_id, id, version, language)
);

CREATE TABLE consent (                     -- append-only
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    municipality_id uuid NOT NULL DEFAULT current_municipality() REFERENCES municipality,
    citizen_id uuid NOT NULL REFERENCES person,
    given_by uuid NOT NULL REFERENCES person,
    kind text NOT NULL
        CHECK (kind IN ('holistic_plan', 'collection', 'health_disclosure', 'family')),
    source text CHECK (source IN ('employment', 'adult_social', 'family', 'health')),
    recipient_administration text
        CHECK (recipient_administration IN ('employment', 'adult_social', 'family', 'health')),
    recipient_person uuid REFERENCES person,
    categories text[] NOT NULL CHECK (cardinality(categories) > 0),
    "case" text NOT NULL DEFAULT '',
    valid_from date NOT NULL,
    valid_until date NOT NULL
        CHECK (valid_until >= valid_from AND valid_until <= valid_from + interval '12 months'),
    text_id text NOT NULL,
    text_version int NOT NULL,
    text_language text NOT NULL,
    given_at timestamptz NOT NULL DEFAULT now(),
    given_loa text NOT NULL CHECK (given_loa IN ('low', 'substantial', 'high')),
    given_by_way text NOT NULL DEFAULT 'portal',
    FOREIGN KEY (municipality_id, text_id, text_version, text_language) REFERENCES consent_text,
    CHECK ((recipient_administration IS NULL) <> (recipient_person IS NULL)),
    CHECK ((kind = 'family') = (recipient_person IS NOT NULL))
);
CREATE INDEX consent_citizen ON consent (citizen_id);
CREATE INDEX consent_recipient_person ON consent (recipient_person)
    WHERE recipient_person IS NOT NULL;

CREATE TABLE consent_withdrawal (          -- append-only
    consent_id uuid PRIMARY KEY REFERENCES consent,
    municipality_id uuid NOT NULL DEFAULT current_municipality() REFERENCES municipality,
    withdrawn_by uuid NOT NULL REFERENCES person,
    withdrawn_at timestamptz NOT NULL DEFAULT now(),
    way text NOT NULL DEFAULT 'portal'
);

CREATE TABLE access_entry (                -- append-only
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    municipality_id uuid NOT NULL DEFAULT current_municipality() REFERENCES municipality,
    citizen_id uuid NOT NULL REFERENCES person,
    reader_id uuid NOT NULL REFERENCES person,
    reader_role text NOT NULL,
    resource_kind text NOT NULL,
    resource_id uuid NOT NULL,
    ground text NOT NULL,
    request_id text NOT NULL DEFAULT '',
    at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX access_entry_citizen ON access_entry (citizen_id, id DESC);

CREATE TABLE history (                     -- append-only
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    municipality_id uuid NOT NULL DEFAULT current_municipality() REFERENCES municipality,
    goal_id uuid REFERENCES goal,          -- where a goal or its parts changed
    resource_kind text NOT NULL,
    resource_id uuid NOT NULL,
    change text NOT NULL,
    actor_id uuid NOT NULL REFERENCES person,
    actor_role text NOT NULL,
    before jsonb NOT NULL DEFAULT '{}',
    after jsonb NOT NULL DEFAULT '{}',
    at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX history_goal ON history (goal_id, id DESC);

-- Machinery

CREATE TABLE idempotency (
    person_id uuid NOT NULL,
    key text NOT NULL CHECK (length(key) BETWEEN 8 AND 100),
    municipality_id uuid NOT NULL DEFAULT current_municipality() REFERENCES municipality,
    request_hash bytea NOT NULL,           -- SHA-256 of method, path and body
    status int,                            -- absent while the first call is under way
    response jsonb,
    created_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (person_id, key)
);
CREATE INDEX idempotency_created_at ON idempotency (created_at);

-- What the event stream replays after a reconnect; ids and kinds only. Not under row-level security,
-- since it names nobody and the portal listens for every municipality it serves.
CREATE TABLE event (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    topic text NOT NULL,
    kind text NOT NULL,
    resource_id uuid NOT NULL,
    at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX event_at ON event (at);

-- Publishing holds a lock until the commit, so that ids are in the order in which events become
-- visible: a listener that has seen one id never misses a smaller one. NOTIFY serialises commits in
-- the same way.
CREATE FUNCTION publish_event(topic text, kind text, resource_id uuid) RETURNS void
    LANGUAGE sql
    AS $$
        SELECT pg_advisory_xact_lock(7001);
        INSERT INTO event (topic, kind, resource_id) VALUES ($1, $2, $3);
        SELECT pg_notify('enplan_event', '');
    $$;

-- What the plan API must know before it knows the municipality. SECURITY DEFINER: these look past
-- row-level security.

-- Begins a transaction in the name of a person: their municipality is visible until it ends.
-- Returns the administration that a professional works in. Unknown person: no_data_found.
CREATE FUNCTION enter_as(person_id uuid) RETURNS text
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp
    AS $$
    DECLARE
        found_municipality uuid;
        found_administration text;
    BEGIN
        SELECT p.municipality_id, f.administration
            INTO found_municipality, found_administration
            FROM person p LEFT JOIN professional f ON f.person_id = p.id
            WHERE p.id = enter_as.person_id;
        IF NOT FOUND THEN
            RAISE no_data_found;
        END IF;
        PERFORM set_config('enplan.municipality', found_municipality::text, true);
        RETURN found_administration;
    END
    $$;

-- The person behind a login: linked before, or found now by CPR (citizens) or by employer and
-- MitID Erhverv's id (contact persons), and linked from now on. No row where nobody fits, or where
-- several municipalities know the number.
CREATE FUNCTION link_identity(
    issuer text, subject text, role text, cpr_hash bytea, cvr text, professional_id text
) RETURNS TABLE (person_id uuid, name text, language text)
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp
    AS $$
    #variable_conflict use_column
    BEGIN
        INSERT INTO identity (issuer, subject, role, municipality_id, person_id)
            SELECT $1, $2, $3, (array_agg(fit.municipality_id))[1], (array_agg(fit.id))[1]
            FROM (
                SELECT p.municipality_id, p.id FROM person p
                    WHERE $3 = 'citizen' AND p.cpr_hash = $4
                UNION ALL
                SELECT f.municipality_id, f.person_id
                    FROM professional f JOIN municipality m ON m.id = f.municipality_id
                    WHERE $3 = 'contact_person' AND m.cvr = $5 AND f.professional_id = $6
            ) fit
            HAVING count(*) = 1
            ON CONFLICT DO NOTHING;
        RETURN QUERY
            SELECT p.id, p.name, p.language
            FROM identity i JOIN person p ON p.id = i.person_id
            WHERE i.issuer = $1 AND i.subject = $2 AND i.role = $3;
    END
    $$;

-- Drops what machinery kept for a day: answers to repeated requests, events to replay.
CREATE FUNCTION forget_old_machinery() RETURNS void
    LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp
    AS $$
        DELETE FROM idempotency WHERE created_at < now() - interval '24 hours';
        DELETE FROM event WHERE at < now() - interval '24 hours';
    $$;

REVOKE ALL ON FUNCTION enter_as, link_identity, forget_old_machinery FROM PUBLIC;
GRANT EXECUTE ON FUNCTION enter_as, link_identity, forget_old_machinery TO enplan_app;

-- Rights

GRANT USAGE ON SCHEMA public TO enplan_app;
GRANT SELECT ON ALL TABLES IN SCHEMA public TO enplan_app;
GRANT INSERT ON ALL TABLES IN SCHEMA public TO enplan_app;
REVOKE INSERT ON municipality, consent_text, identity, alembic_version FROM enplan_app;
GRANT UPDATE (language) ON person TO enplan_app;
GRANT UPDATE ON plan, contact_assignment, about_me, plan_request, goal, step,
    intervention, appointment, decision, promise, thread, draft, household_member,
    absence, idempotency TO enplan_app;
GRANT DELETE ON draft, intervention_goal TO enplan_app;

DO $$
DECLARE
    name text;
BEGIN
    FOR name IN
        SELECT c.table_name FROM information_schema.columns c
        JOIN information_schema.tables t USING (table_schema, table_name)
        WHERE c.table_schema = 'public' AND c.column_name = 'municipality_id'
          AND t.table_type = 'BASE TABLE'
    LOOP
        EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', name);
        EXECUTE format(
            'CREATE POLICY own_municipality ON %I TO enplan_app '
            'USING (municipality_id = current_municipality()) '
            'WITH CHECK (municipality_id = current_municipality())', name);
    END LOOP;
END
$$;
