-- Bytes that are kept outside of the database are there before their file's row is committed. What
-- was begun is written down before, and goes with that commit: what stays was cut off in between.
-- As in 0001: municipality_id on every row, row-level security.

CREATE TABLE upload_begun (
    attachment_id uuid PRIMARY KEY,
    municipality_id uuid NOT NULL DEFAULT current_municipality() REFERENCES municipality,
    at timestamptz NOT NULL
);
CREATE INDEX upload_begun_at ON upload_begun (at);

-- Forgets at most so many that were begun before; returns the ids of those that no file has.
CREATE FUNCTION forget_uploads_cut_off(before timestamptz, most int) RETURNS SETOF uuid
    LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp
    AS $$
        WITH gone AS (
            DELETE FROM upload_begun WHERE attachment_id IN (
                SELECT attachment_id FROM upload_begun WHERE at < $1
                ORDER BY at LIMIT $2 FOR UPDATE SKIP LOCKED)
            RETURNING attachment_id
        )
        SELECT attachment_id FROM gone
        WHERE NOT EXISTS (SELECT FROM attachment WHERE id = attachment_id)
    $$;

-- Rights

REVOKE ALL ON FUNCTION forget_uploads_cut_off FROM PUBLIC;
GRANT EXECUTE ON FUNCTION forget_uploads_cut_off TO enplan_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON upload_begun TO enplan_app;
ALTER TABLE upload_begun ENABLE ROW LEVEL SECURITY;
CREATE POLICY own_municipality ON upload_begun TO enplan_app
    USING (municipality_id = current_municipality())
    WITH CHECK (municipality_id = current_municipality());
