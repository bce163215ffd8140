-- What sector systems deliver, the chain that shows whether a record was changed or removed, and
-- periods that cannot overlap. As in 0001: municipality_id on every row, row-level security, and no
-- right to change what is append-only.

-- Periods. Exclusion constraints on a uuid would need btree_gist, so a trigger looks, after it has
-- locked the row that the periods belong to: of two who write at once the second sees the first.

CREATE FUNCTION refuse_overlapping_absence() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp
    AS $$
    BEGIN
        PERFORM FROM professional WHERE person_id = NEW.professional_id FOR NO KEY UPDATE;
        IF EXISTS (
            SELECT FROM absence
            WHERE professional_id = NEW.professional_id AND id <> NEW.id
              AND starts_on <= NEW.ends_on AND ends_on >= NEW.starts_on
        ) THEN
            RAISE exclusion_violation USING
                MESSAGE = 'one absence, and one deputy, at a time',
                CONSTRAINT = 'absence_without_overlap', TABLE = 'absence';
        END IF;
        RETURN NULL;
    END
    $$;
CREATE TRIGGER absence_without_overlap
    AFTER INSERT OR UPDATE OF professional_id, starts_on, ends_on ON absence
    FOR EACH ROW EXECUTE FUNCTION refuse_overlapping_absence();

CREATE FUNCTION refuse_overlapping_assignment() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp
    AS $$
    BEGIN
        PERFORM FROM person WHERE id = NEW.citizen_id FOR NO KEY UPDATE;
        IF EXISTS (
            SELECT FROM contact_assignment
            WHERE citizen_id = NEW.citizen_id AND id <> NEW.id
              AND (NEW.ends_on IS NULL OR starts_on <= NEW.ends_on)
              AND (ends_on IS NULL OR ends_on >= NEW.starts_on)
        ) THEN
            RAISE exclusion_violation USING
                MESSAGE = 'one contact person at a time',
                CONSTRAINT = 'contact_assignment_without_overlap', TABLE = 'contact_assignment';
        END IF;
        RETURN NULL;
    END
    $$;
CREATE TRIGGER contact_assignment_without_overlap
    AFTER INSERT OR UPDATE OF citizen_id, starts_on, ends_on ON contact_assignment
    FOR EACH ROW EXECUTE FUNCTION refuse_overlapping_assignment();

-- The chain: one for each municipality, over three tables. Rows are sealed in batches, soon after
-- they were committed: each seal is the SHA-256 of the seal before it and of the row's content.

CREATE TABLE chain_head (
    municipality_id uuid PRIMARY KEY REFERENCES municipality,
    number bigint NOT NULL,                -- of the newest seal
    hash bytea NOT NULL CHECK (length(hash) = 32)
);

DO $$
DECLARE
    name text;
    columns text;
BEGIN
    FOREACH name IN ARRAY ARRAY['access_entry', 'consent', 'consent_withdrawal'] LOOP
        SELECT string_agg(quote_ident(column_name), ', ') INTO columns
            FROM information_schema.columns
            WHERE table_schema = 'public' AND table_name = name AND is_identity = 'NO';
        -- The seal's columns are not for the application.
        EXECUTE format('REVOKE INSERT ON %I FROM enplan_app', name);
        EXECUTE format('GRANT INSERT (%s) ON %I TO enplan_app', columns, name);
        EXECUTE format(
            'ALTER TABLE %I ADD chain_number bigint, ADD chain_hash bytea, '
            'ADD CHECK ((chain_number IS NULL) = (chain_hash IS NULL))', name);
        EXECUTE format(
            'CREATE UNIQUE INDEX %I ON %I (municipality_id, chain_number) '
            'WHERE chain_number IS NOT NULL', name || '_chain', name);
        EXECUTE format(
            'CREATE INDEX %I ON %I (municipality_id) WHERE chain_number IS NULL',
            name || '_unsealed', name);
    END LOOP;
END
$$;

-- Seals what is not sealed yet, at most so many rows of each table and municipality; returns how
-- many it sealed. Of those who call it at once, one works on a municipality and the others pass by.
CREATE FUNCTION seal_chain(most int) RETURNS int
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp SET timezone = 'UTC'
    AS $$
    DECLARE
        town uuid;
        head chain_head;
        unsealed record;
        sealed int := 0;
    BEGIN
        FOR town IN
            SELECT municipality_id FROM access_entry WHERE chain_number IS NULL
            UNION SELECT municipality_id FROM consent WHERE chain_number IS NULL
            UNION SELECT municipality_id FROM consent_withdrawal WHERE chain_number IS NULL
        LOOP
            INSERT INTO chain_head VALUES (town, 0, sha256(convert_to(town::text, 'UTF8')))
                ON CONFLICT DO NOTHING;
            SELECT * INTO head FROM chain_head WHERE municipality_id = town
                FOR UPDATE SKIP LOCKED;
            CONTINUE WHEN NOT FOUND;
            FOR unsealed IN
                (SELECT 'access_entry' AS source, e.ctid AS at,
                    jsonb_strip_nulls(to_jsonb(e) - 'chain_number' - 'chain_hash') AS content
                FROM access_entry e WHERE municipality_id = town AND chain_number IS NULL
                ORDER BY id LIMIT most)
                UNION ALL
                (SELECT 'consent', c.ctid,
                    jsonb_strip_nulls(to_jsonb(c) - 'chain_number' - 'chain_hash')
                FROM consent c WHERE municipality_id = town AND chain_number IS NULL
                ORDER BY given_at, id LIMIT most)
                UNION ALL
                (SELECT 'consent_withdrawal', w.ctid,
                    jsonb_strip_nulls(to_jsonb(w) - 'chain_number' - 'chain_hash')
                FROM consent_withdrawal w WHERE municipality_id = town AND chain_number IS NULL
                ORDER BY withdrawn_at, consent_id LIMIT most)
            LOOP
                head.number := head.number + 1;
                head.hash := sha256(head.hash
                    || convert_to(unsealed.source || ' ' || unsealed.content, 'UTF8'));
                CASE unsealed.source
                WHEN 'access_entry' THEN
                    UPDATE access_entry SET chain_number = head.number, chain_hash = head.hash
                        WHERE ctid = unsealed.at;
                WHEN 'consent' THEN
                    UPDATE consent SET chain_number = head.number, chain_hash = head.hash
                        WHERE ctid = unsealed.at;
                WHEN 'consent_withdrawal' THEN
                    UPDATE consent_withdrawal
                        SET chain_number = head.number, chain_hash = head.hash
                        WHERE ctid = unsealed.at;
                END CASE;
                sealed := sealed + 1;
            END LOOP;
            UPDATE chain_head SET number = head.number, hash = head.hash
                WHERE municipality_id = town;
        END LOOP;
        RETURN sealed;
    END
    $$;

-- The policy asks for the threads of a goal that is hidden.
CREATE INDEX thread_goal ON thread (goal_id) WHERE goal_id IS NOT NULL;

-- Sector systems

CREATE TABLE integration_client (
    id text PRIMARY KEY CHECK (id ~ '^[A-Za-z0-9._-]{3,100}$'),
    municipality_id uuid NOT NULL DEFAULT current_municipality() REFERENCES municipality,
    administration text NOT NULL
        CHECK (administration IN ('employment', 'adult_social', 'family', 'health')),
    name text NOT NULL CHECK (length(name) BETWEEN 1 AND 200),
    jwks jsonb NOT NULL CHECK (jsonb_typeof(jwks -> 'keys') = 'array'), -- its public keys
    active boolean NOT NULL DEFAULT true,
    registered_at timestamptz NOT NULL DEFAULT now()
);

-- Client assertions that were used; each is good for one token. Names nobody.
CREATE TABLE used_assertion (
    client_id text NOT NULL REFERENCES integration_client,
    jti text NOT NULL,
    expires_at timestamptz NOT NULL,
    PRIMARY KEY (client_id, jti)
);
CREATE INDEX used_assertion_expires_at ON used_assertion (expires_at);

ALTER TABLE person ADD cpr_encrypted bytea; -- AES-GCM; the number in clear is kept nowhere

-- What a source has delivered, and where it is in the plan.
CREATE TABLE delivered_item (
    client_id text NOT NULL REFERENCES integration_client,
    kind text NOT NULL CHECK (kind IN ('intervention', 'appointment', 'decision')),
    external_id text NOT NULL CHECK (length(external_id) BETWEEN 1 AND 100),
    municipality_id uuid NOT NULL DEFAULT current_municipality() REFERENCES municipality,
    source_version bigint NOT NULL CHECK (source_version > 0),
    digest bytea NOT NULL,                 -- HMAC-SHA-256 of what was delivered
    citizen_id uuid NOT NULL REFERENCES person,
    intervention_id uuid UNIQUE REFERENCES intervention,
    appointment_id uuid UNIQUE REFERENCES appointment,
    decision_id uuid UNIQUE REFERENCES decision,
    PRIMARY KEY (client_id, kind, external_id),
    CHECK (CASE kind WHEN 'intervention' THEN intervention_id WHEN 'appointment' THEN appointment_id
           ELSE decision_id END IS NOT NULL),
    CHECK (num_nonnulls(intervention_id, appointment_id, decision_id) = 1)
);

-- For people who are not here, or have no plan, yet: the newest version of each.
CREATE TABLE waiting_delivery (
    client_id text NOT NULL REFERENCES integration_client,
    kind text NOT NULL CHECK (kind IN ('intervention', 'appointment', 'decision')),
    external_id text NOT NULL CHECK (length(external_id) BETWEEN 1 AND 100),
    municipality_id uuid NOT NULL DEFAULT current_municipality() REFERENCES municipality,
    source_version bigint NOT NULL CHECK (source_version > 0),
    digest bytea NOT NULL,
    cpr_hash bytea NOT NULL,
    cpr_encrypted bytea NOT NULL,
    content jsonb NOT NULL,
    received_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (client_id, kind, external_id)
);
CREATE INDEX waiting_delivery_person ON waiting_delivery (municipality_id, cpr_hash);

CREATE TABLE delivery (                    -- append-only: the history of what sources wrote
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    municipality_id uuid NOT NULL DEFAULT current_municipality() REFERENCES municipality,
    client_id text NOT NULL REFERENCES integration_client,
    kind text NOT NULL,
    external_id text NOT NULL,
    source_version bigint NOT NULL,
    item_id uuid NOT NULL,
    before jsonb,                          -- absent where it was new
    after jsonb NOT NULL,
    at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX delivery_item ON delivery (item_id, id DESC);

-- As enter_as, for a sector system: its municipality is visible until the transaction ends.
-- Returns the administration that it delivers for. Unknown or inactive: no_data_found.
CREATE FUNCTION enter_as_client(client_id text) RETURNS text
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp
    AS $$
    DECLARE
        registered integration_client;
    BEGIN
        SELECT * INTO registered FROM integration_client WHERE id = enter_as_client.client_id AND active;
        IF NOT FOUND THEN
            RAISE no_data_found;
        END IF;
        PERFORM set_config('enplan.municipality', registered.municipality_id::text, true);
        RETURN registered.administration;
    END
    $$;

-- The public keys of an active client; no row for any other.
CREATE FUNCTION keys_of_client(client_id text) RETURNS jsonb
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp
    RETURN (SELECT jwks FROM integration_client WHERE id = $1 AND active);

-- True the first time that an assertion is used.
CREATE FUNCTION use_assertion(client_id text, jti text, expires_at timestamptz) RETURNS boolean
    LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp
    AS $$
        WITH first AS (
            INSERT INTO used_assertion VALUES ($1, $2, $3) ON CONFLICT DO NOTHING RETURNING 1
        )
        SELECT EXISTS (SELECT FROM first);
    $$;

-- Clients of whom something waits for a person who is here, with a plan, by now.
CREATE FUNCTION clients_with_deliveries_due() RETURNS SETOF text
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp
    AS $$
        SELECT DISTINCT w.client_id FROM waiting_delivery w
        JOIN integration_client c ON c.id = w.client_id AND c.active
        JOIN person p ON p.municipality_id = w.municipality_id AND p.cpr_hash = w.cpr_hash
        JOIN plan ON plan.citizen_id = p.id
    $$;

CREATE OR REPLACE FUNCTION forget_old_machinery() RETURNS void
    LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp
    AS $$
        DELETE FROM idempotency WHERE created_at < now() - interval '24 hours';
        DELETE FROM event WHERE at < now() - interval '24 hours';
        DELETE FROM used_assertion WHERE expires_at < now() - interval '1 hour';
    $$;

-- Rights

REVOKE ALL ON FUNCTION seal_chain, enter_as_client, keys_of_client, use_assertion,
    clients_with_deliveries_due FROM PUBLIC;
GRANT EXECUTE ON FUNCTION seal_chain, enter_as_client, keys_of_client, use_assertion,
    clients_with_deliveries_due TO enplan_app;
GRANT SELECT, INSERT ON delivered_item, waiting_delivery, delivery TO enplan_app;
GRANT UPDATE ON delivered_item, waiting_delivery TO enplan_app;
GRANT DELETE ON waiting_delivery TO enplan_app;
GRANT UPDATE (cpr_encrypted) ON person TO enplan_app;

DO $$
DECLARE
    name text;
BEGIN
    FOREACH name IN ARRAY ARRAY[
        'chain_head', 'integration_client', 'delivered_item', 'waiting_delivery', 'delivery']
    LOOP
        EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', name);
        EXECUTE format(
            'CREATE POLICY own_municipality ON %I TO enplan_app '
            'USING (municipality_id = current_municipality()) '
            'WITH CHECK (municipality_id = current_municipality())', name);
    END LOOP;
END
$$;
