-- A private address by which a phone's calendar follows somebody's meetings without a login, and
-- how people want to be told of news. As in 0001: municipality_id on every row, row-level security.

CREATE TABLE calendar_address (
    person_id uuid PRIMARY KEY REFERENCES person,
    municipality_id uuid NOT NULL DEFAULT current_municipality() REFERENCES municipality,
    -- Of the secret in the address, which is told once and kept nowhere; absent once revoked.
    secret_sha256 bytea UNIQUE CHECK (length(secret_sha256) = 32),
    with_place boolean NOT NULL,
    issued_at timestamptz NOT NULL,
    version int NOT NULL DEFAULT 1
);

CREATE TABLE notification_choice (
    person_id uuid PRIMARY KEY REFERENCES person,
    municipality_id uuid NOT NULL DEFAULT current_municipality() REFERENCES municipality,
    channel text NOT NULL CHECK (channel IN ('none', 'digital_post', 'sms')),
    quiet_from time,
    quiet_until time,
    CHECK ((quiet_from IS NULL) = (quiet_until IS NULL))
);

-- Whoever knows the secret has no login, so nobody's municipality is entered yet. No row where the
-- address is not valid (any more).
CREATE FUNCTION find_calendar_address(sha256 bytea)
    RETURNS TABLE (person_id uuid, with_place boolean, issued_at timestamptz, language text)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp
    AS $$
        SELECT a.person_id, a.with_place, a.issued_at, p.language
        FROM calendar_address a JOIN person p ON p.id = a.person_id
        WHERE a.secret_sha256 = $1
    $$;

-- Rights

REVOKE ALL ON FUNCTION find_calendar_address FROM PUBLIC;
GRANT EXECUTE ON FUNCTION find_calendar_address TO enplan_app;
GRANT SELECT, INSERT, UPDATE ON calendar_address, notification_choice TO enplan_app;

DO $$
DECLARE
    name text;
BEGIN
    FOREACH name IN ARRAY ARRAY['calendar_address', 'notification_choice']
    LOOP
        EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', name);
        EXECUTE format(
            'CREATE POLICY own_municipality ON %I TO enplan_app '
            'USING (municipality_id = current_municipality()) '
            'WITH CHECK (municipality_id = current_municipality())', name);
    END LOOP;
END
$$;
