-- As in 0001: municipality_id on every row of a municipality, row-level security, and no right to
-- change what is append-only.

-- A login whose CPR number has changed.

CREATE OR REPLACE FUNCTION link_identity(
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
        -- Whoever the login is tied to keeps what is theirs, and is found by the new number from
        -- now on, unless it is another person's already.
        UPDATE person p SET cpr_hash = $4
            FROM identity i
            WHERE i.issuer = $1 AND i.subject = $2 AND i.role = $3 AND i.role = 'citizen'
              AND p.id = i.person_id AND p.cpr_hash IS DISTINCT FROM $4 AND $4 IS NOT NULL
              AND NOT EXISTS (SELECT FROM person other WHERE other.cpr_hash = $4);
        RETURN QUERY
            SELECT p.id, p.name, p.language
            FROM identity i JOIN person p ON p.id = i.person_id
            WHERE i.issuer = $1 AND i.subject = $2 AND i.role = $3;
    END
    $$;

-- What a login session has read within the last minutes: the access log has it already. The mark is
-- a digest of reader, session, item and ground.

CREATE TABLE recent_reading (
    mark bytea PRIMARY KEY CHECK (length(mark) = 32),
    municipality_id uuid NOT NULL DEFAULT current_municipality() REFERENCES municipality,
    at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX recent_reading_at ON recent_reading (at);

-- Follow-ups at a time of the day, with an agenda that those who wrote it can change.

ALTER TABLE follow_up ADD starts time;         -- Danish local time
GRANT UPDATE (text) ON agenda_item TO enplan_app;
GRANT DELETE ON agenda_item TO enplan_app;

-- A contact person can write down what a citizen told.

ALTER TABLE told_fact ADD on_behalf boolean NOT NULL DEFAULT false;

-- A consent that two must give works when the second signature, a consent of its own that says the
-- same, is there.

ALTER TABLE consent
    ADD waits_for text CHECK (waits_for IN ('young_person', 'custody_holder')),
    ADD signs uuid UNIQUE REFERENCES consent,
    ADD CHECK (waits_for IS NULL OR signs IS NULL);
GRANT INSERT (waits_for, signs) ON consent TO enplan_app;

-- Case workers are assigned by the contact person.

GRANT INSERT ON case_worker TO enplan_app;
GRANT UPDATE (ends_on) ON case_worker TO enplan_app;

-- What its source has withdrawn is kept, and shown to nobody: row-level security leaves it out.

ALTER TABLE intervention ADD withdrawn_at timestamptz;
ALTER TABLE appointment ADD withdrawn_at timestamptz;
ALTER TABLE decision ADD withdrawn_at timestamptz;
ALTER TABLE delivered_item ADD withdrawn boolean NOT NULL DEFAULT false;

DO $$
DECLARE
    name text;
BEGIN
    FOREACH name IN ARRAY ARRAY['intervention', 'appointment', 'decision'] LOOP
        EXECUTE format('DROP POLICY own_municipality ON %I', name);
        EXECUTE format(
            'CREATE POLICY own_municipality ON %I TO enplan_app '
            'USING (municipality_id = current_municipality() AND withdrawn_at IS NULL) '
            'WITH CHECK (municipality_id = current_municipality())', name);
        EXECUTE format('REVOKE INSERT, UPDATE ON %I FROM enplan_app', name);
        EXECUTE (
            SELECT format('GRANT INSERT (%1$s), UPDATE (%1$s) ON %2$I TO enplan_app',
                string_agg(quote_ident(column_name), ', '), name)
            FROM information_schema.columns
            WHERE table_schema = 'public' AND table_name = name AND column_name <> 'withdrawn_at');
    END LOOP;
END
$$;

-- Takes an item of the current municipality out of its plan; the application cannot see it
-- afterwards, so it cannot do this itself. Returns the plan, nothing where it was out already.
CREATE FUNCTION withdraw_item(kind text, id uuid) RETURNS uuid
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp
    AS $$
    DECLARE
        found uuid;
    BEGIN
        IF kind NOT IN ('intervention', 'appointment', 'decision') THEN
            RAISE invalid_parameter_value;
        END IF;
        EXECUTE format(
            'UPDATE %I SET withdrawn_at = now(), version = version + 1 WHERE id = $1'
            ' AND municipality_id = current_municipality() AND withdrawn_at IS NULL'
            ' RETURNING plan_id', kind)
            INTO found USING id;
        RETURN found;
    END
    $$;

-- Files that were uploaded and never sent.

CREATE INDEX attachment_uploaded_at ON attachment (uploaded_at);

-- Forgets at most so many that were uploaded before; returns their ids, for whoever keeps the bytes.
CREATE FUNCTION forget_unsent_attachments(before timestamptz, most int) RETURNS SETOF uuid
    LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp
    AS $$
        DELETE FROM attachment WHERE id IN (
            SELECT a.id FROM attachment a
            WHERE uploaded_at < $1
              AND NOT EXISTS (SELECT FROM message_attachment WHERE attachment_id = a.id)
            ORDER BY uploaded_at LIMIT $2 FOR UPDATE SKIP LOCKED)
        RETURNING id
    $$;

CREATE OR REPLACE FUNCTION forget_old_machinery() RETURNS void
    LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp
    AS $$
        DELETE FROM idempotency WHERE created_at < now() - interval '24 hours';
        DELETE FROM event WHERE at < now() - interval '24 hours';
        DELETE FROM used_assertion WHERE expires_at < now() - interval '1 hour';
        DELETE FROM recent_reading WHERE at < now() - interval '1 hour';
    $$;

-- Rights

REVOKE ALL ON FUNCTION withdraw_item, forget_unsent_attachments FROM PUBLIC;
GRANT EXECUTE ON FUNCTION withdraw_item, forget_unsent_attachments TO enplan_app;
GRANT SELECT, INSERT, UPDATE ON recent_reading TO enplan_app;
ALTER TABLE recent_reading ENABLE ROW LEVEL SECURITY;
CREATE POLICY own_municipality ON recent_reading TO enplan_app
    USING (municipality_id = current_municipality())
    WITH CHECK (municipality_id = current_municipality());
