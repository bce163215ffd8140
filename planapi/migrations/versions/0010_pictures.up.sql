-- Pictures of people. As in 0001: municipality_id on every row, row-level security.

CREATE TABLE person_picture (
    person_id uuid PRIMARY KEY REFERENCES person,
    municipality_id uuid NOT NULL DEFAULT current_municipality() REFERENCES municipality,
    media_type text NOT NULL CHECK (media_type IN ('image/jpeg', 'image/png', 'image/webp')),
    content bytea NOT NULL CHECK (octet_length(content) BETWEEN 1 AND 65536)
);

-- Which picture somebody has, beside their name: who reads the name needs no further table.
ALTER TABLE person ADD COLUMN picture text CHECK (picture ~ '^[0-9a-f]{16}$');

CREATE FUNCTION name_picture() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp
    AS $$
    BEGIN
        IF TG_OP = 'DELETE' THEN
            UPDATE person SET picture = NULL WHERE id = OLD.person_id;
        ELSE
            UPDATE person SET picture = left(encode(sha256(NEW.content), 'hex'), 16)
            WHERE id = NEW.person_id;
        END IF;
        RETURN NULL;
    END
    $$;
CREATE TRIGGER name_picture AFTER INSERT OR UPDATE OR DELETE ON person_picture
    FOR EACH ROW EXECUTE FUNCTION name_picture();

-- Rights: pictures come from the municipality's own systems.

REVOKE ALL ON FUNCTION name_picture FROM PUBLIC;
GRANT SELECT ON person_picture TO enplan_app;
ALTER TABLE person_picture ENABLE ROW LEVEL SECURITY;
CREATE POLICY own_municipality ON person_picture TO enplan_app
    USING (municipality_id = current_municipality())
    WITH CHECK (municipality_id = current_municipality());
