-- What the portal asks in its own name (who is behind a login, what a calendar address shows) has a
-- key like every other POST. It is about no person until it is answered, so it stands under no
-- municipality; and asked again it finds the same, so the answer is not kept. `request_hash` is keyed.

CREATE TABLE portal_request (
    key text PRIMARY KEY CHECK (length(key) BETWEEN 8 AND 100),
    request_hash bytea NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX portal_request_created_at ON portal_request (created_at);

CREATE OR REPLACE FUNCTION forget_old_machinery() RETURNS void
    LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp
    AS $$
        DELETE FROM idempotency WHERE created_at < now() - interval '24 hours';
        DELETE FROM portal_request WHERE created_at < now() - interval '24 hours';
        DELETE FROM event WHERE at < now() - interval '24 hours';
        DELETE FROM used_assertion WHERE expires_at < now() - interval '1 hour';
        DELETE FROM recent_reading WHERE at < now() - interval '1 hour';
    $$;

-- Rights

GRANT SELECT, INSERT ON portal_request TO enplan_app;
