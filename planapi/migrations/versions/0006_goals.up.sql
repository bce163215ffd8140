-- As in 0001: municipality_id on every row of a municipality, and row-level security.

ALTER TABLE goal
    ADD helped_by text NOT NULL DEFAULT '' CHECK (length(helped_by) <= 200),
    ADD wanted_rating int CHECK (wanted_rating BETWEEN 0 AND 10);

CREATE TABLE goal_seen (
    goal_id uuid NOT NULL REFERENCES goal,
    person_id uuid NOT NULL REFERENCES person,
    municipality_id uuid NOT NULL DEFAULT current_municipality() REFERENCES municipality,
    up_to bigint NOT NULL,                 -- history.id
    seen_at timestamptz NOT NULL,
    PRIMARY KEY (goal_id, person_id)
);

GRANT SELECT, INSERT, UPDATE ON goal_seen TO enplan_app;
ALTER TABLE goal_seen ENABLE ROW LEVEL SECURITY;
CREATE POLICY own_municipality ON goal_seen TO enplan_app
    USING (municipality_id = current_municipality())
    WITH CHECK (municipality_id = current_municipality());
