CREATE OR REPLACE FUNCTION forget_old_machinery() RETURNS void
    LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp
    AS $$
        DELETE FROM idempotency WHERE created_at < now() - interval '24 hours';
        DELETE FROM event WHERE at < now() - interval '24 hours';
        DELETE FROM used_assertion WHERE expires_at < now() - interval '1 hour';
        DELETE FROM recent_reading WHERE at < now() - interval '1 hour';
    $$;
DROP TABLE portal_request;
