-- Who looks with or on behalf of a citizen, what is kept from them, and what citizens are answered.
-- As in 0001: municipality_id on every row of a municipality, and row-level security.

-- People around a citizen

CREATE TABLE custody (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    municipality_id uuid NOT NULL DEFAULT current_municipality() REFERENCES municipality,
    child_id uuid NOT NULL REFERENCES person,
    holder_id uuid NOT NULL REFERENCES person CHECK (holder_id <> child_id),
    starts_on date NOT NULL,
    ends_on date CHECK (ends_on >= starts_on)
);
CREATE UNIQUE INDEX custody_current ON custody (child_id, holder_id) WHERE ends_on IS NULL;
CREATE INDEX custody_holder ON custody (holder_id);

-- A helper is named by CPR number, so that adding one tells nobody who is known here. They see
-- something when they log in.
CREATE TABLE helper (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    municipality_id uuid NOT NULL DEFAULT current_municipality() REFERENCES municipality,
    citizen_id uuid NOT NULL REFERENCES person,
    kind text NOT NULL CHECK (kind IN ('power_of_attorney', 'guardian', 'bisidder')),
    name text NOT NULL CHECK (length(name) BETWEEN 1 AND 200),
    cpr_hash bytea NOT NULL,
    categories text[] NOT NULL CHECK (cardinality(categories) > 0),
    valid_from date NOT NULL,
    valid_until date NOT NULL
        CHECK (valid_until >= valid_from AND valid_until <= valid_from + interval '12 months'),
    added_by uuid NOT NULL REFERENCES person,
    added_at timestamptz NOT NULL DEFAULT now(),
    ended_at timestamptz,
    ended_by uuid REFERENCES person,
    version int NOT NULL DEFAULT 1,
    CHECK ((ended_at IS NULL) = (ended_by IS NULL))
);
CREATE INDEX helper_citizen ON helper (citizen_id);
CREATE INDEX helper_cpr_hash ON helper (cpr_hash) WHERE ended_at IS NULL;

CREATE TABLE goal_share (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    municipality_id uuid NOT NULL DEFAULT current_municipality() REFERENCES municipality,
    goal_id uuid NOT NULL REFERENCES goal,
    person_id uuid NOT NULL REFERENCES person,
    shared_by uuid NOT NULL REFERENCES person CHECK (shared_by <> person_id),
    shared_at timestamptz NOT NULL DEFAULT now(),
    ended_at timestamptz
);
CREATE UNIQUE INDEX goal_share_current ON goal_share (goal_id, person_id) WHERE ended_at IS NULL;
CREATE INDEX goal_share_person ON goal_share (person_id) WHERE ended_at IS NULL;

-- A professional who works with a citizen without being the contact person.
CREATE TABLE case_worker (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    municipality_id uuid NOT NULL DEFAULT current_municipality() REFERENCES municipality,
    citizen_id uuid NOT NULL REFERENCES person,
    professional_id uuid NOT NULL REFERENCES professional,
    starts_on date NOT NULL,
    ends_on date CHECK (ends_on >= starts_on)
);
CREATE UNIQUE INDEX case_worker_current ON case_worker (citizen_id, professional_id)
    WHERE ends_on IS NULL;
CREATE INDEX case_worker_professional ON case_worker (professional_id);

CREATE TABLE household_invitation (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    municipality_id uuid NOT NULL DEFAULT current_municipality() REFERENCES municipality,
    household_id uuid NOT NULL REFERENCES household,
    name text NOT NULL CHECK (length(name) BETWEEN 1 AND 200),
    cpr_hash bytea NOT NULL,
    relation text NOT NULL
        CHECK (relation IN ('mother', 'father', 'parent', 'partner', 'child', 'sibling',
                            'grandparent', 'other')),
    state text NOT NULL DEFAULT 'open'
        CHECK (state IN ('open', 'accepted', 'declined', 'withdrawn')),
    invited_by uuid NOT NULL REFERENCES person,
    invited_at timestamptz NOT NULL DEFAULT now(),
    answered_at timestamptz,
    version int NOT NULL DEFAULT 1,
    CHECK ((state = 'open') = (answered_at IS NULL))
);
CREATE UNIQUE INDEX household_invitation_open ON household_invitation (household_id, cpr_hash)
    WHERE state = 'open';
CREATE INDEX household_invitation_cpr_hash ON household_invitation (cpr_hash)
    WHERE state = 'open';

-- Safety: what reaches nobody who looks with or on behalf of the citizen.

CREATE TABLE safety_hiding (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    municipality_id uuid NOT NULL DEFAULT current_municipality() REFERENCES municipality,
    citizen_id uuid NOT NULL REFERENCES person,
    resource_kind text NOT NULL,
    resource_id uuid NOT NULL,
    reason text NOT NULL CHECK (length(reason) > 0),
    hidden_by uuid NOT NULL REFERENCES professional,
    hidden_at timestamptz NOT NULL DEFAULT now(),
    lifted_by uuid REFERENCES professional,
    lifted_at timestamptz,
    lift_reason text,
    version int NOT NULL DEFAULT 1,
    CHECK ((lifted_at IS NULL) = (lifted_by IS NULL)),
    CHECK ((lifted_at IS NULL) = (lift_reason IS NULL))
);
CREATE UNIQUE INDEX safety_hiding_current ON safety_hiding (resource_id)
    WHERE lifted_at IS NULL;
CREATE INDEX safety_hiding_citizen ON safety_hiding (citizen_id);

-- What a citizen asks by right: a correction, or why somebody read something.

CREATE TABLE rights_request (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    municipality_id uuid NOT NULL DEFAULT current_municipality() REFERENCES municipality,
    citizen_id uuid NOT NULL REFERENCES person,
    kind text NOT NULL CHECK (kind IN ('correction', 'access_question')),
    resource_kind text,
    resource_id uuid,
    access_entry_id bigint REFERENCES access_entry,
    text text NOT NULL CHECK (length(text) > 0),
    state text NOT NULL DEFAULT 'received' CHECK (state IN ('received', 'answered')),
    outcome text CHECK (outcome IN ('corrected', 'noted', 'declined', 'explained')),
    answer text,
    answered_by uuid REFERENCES professional,
    answered_at timestamptz,
    created_at timestamptz NOT NULL DEFAULT now(),
    version int NOT NULL DEFAULT 1,
    CHECK ((kind = 'correction') = (resource_id IS NOT NULL AND resource_kind IS NOT NULL)),
    CHECK ((kind = 'access_question') = (access_entry_id IS NOT NULL)),
    CHECK ((state = 'answered') = (answer IS NOT NULL)),
    CHECK ((answer IS NULL) = (outcome IS NULL)),
    CHECK ((answer IS NULL) = (answered_by IS NULL)),
    CHECK ((answer IS NULL) = (answered_at IS NULL))
);
CREATE INDEX rights_request_citizen ON rights_request (citizen_id, created_at DESC);

ALTER TABLE plan_request
    ADD answer text NOT NULL DEFAULT '',
    ADD answered_by uuid REFERENCES professional,
    ADD answered_at timestamptz;

-- The consent that a renewed one takes the place of.
ALTER TABLE consent ADD renews uuid UNIQUE REFERENCES consent;

-- An absence that has not begun is cancelled by taking it away; history keeps it.
ALTER TABLE absence ADD version int NOT NULL DEFAULT 1;
GRANT DELETE ON absence TO enplan_app;

-- Rights

GRANT SELECT ON custody, helper, goal_share, case_worker, household_invitation, safety_hiding,
    rights_request TO enplan_app;
GRANT INSERT ON helper, goal_share, household_invitation, safety_hiding, rights_request
    TO enplan_app;
GRANT UPDATE (ended_at, ended_by, version) ON helper TO enplan_app;
GRANT UPDATE (ended_at) ON goal_share TO enplan_app;
GRANT UPDATE (state, answered_at, version) ON household_invitation TO enplan_app;
GRANT UPDATE (lifted_by, lifted_at, lift_reason, version) ON safety_hiding TO enplan_app;
GRANT UPDATE (state, outcome, answer, answered_by, answered_at, version) ON rights_request
    TO enplan_app;

DO $$
DECLARE
    name text;
BEGIN
    FOREACH name IN ARRAY ARRAY[
        'custody', 'helper', 'goal_share', 'case_worker', 'household_invitation',
        'safety_hiding', 'rights_request']
    LOOP
        EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', name);
        EXECUTE format(
            'CREATE POLICY own_municipality ON %I TO enplan_app '
            'USING (municipality_id = current_municipality()) '
            'WITH CHECK (municipality_id = current_municipality())', name);
    END LOOP;
END
$$;
