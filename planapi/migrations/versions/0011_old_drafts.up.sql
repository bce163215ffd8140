-- What somebody began to write and never sent is forgotten, wherever it was begun. Without an index:
-- one would be written at each save of a draft, and this is read once an hour.

CREATE FUNCTION forget_old_drafts() RETURNS void
    LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp
    AS $$
        DELETE FROM draft WHERE saved_at < now() - interval '30 days';
    $$;

REVOKE ALL ON FUNCTION forget_old_drafts FROM PUBLIC;
GRANT EXECUTE ON FUNCTION forget_old_drafts TO enplan_app;
