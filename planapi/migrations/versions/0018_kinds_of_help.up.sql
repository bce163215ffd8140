-- What only some interventions have, by kind: each has what its kind needs, and no other keys.
-- Rows of before are of no particular kind.

ALTER TABLE intervention ADD details jsonb NOT NULL DEFAULT '{"kind": "other"}'
    CONSTRAINT intervention_details CHECK (
        coalesce(CASE details->>'kind'
            WHEN 'work_trial' THEN details->>'workplace' <> ''
                AND details - '{kind,workplace,contact}'::text[] = '{}'
            WHEN 'course' THEN coalesce((details->>'sessions')::int, 1) >= 1
                AND jsonb_typeof(details->'in_group') = 'boolean'
                AND details - '{kind,sessions,in_group}'::text[] = '{}'
            WHEN 'talks' THEN coalesce((details->>'sessions')::int, 1) >= 1
                AND details - '{kind,sessions}'::text[] = '{}'
            WHEN 'support' THEN details->>'given' IN ('at_home', 'away', 'host_family', 'remote')
                AND details - '{kind,given}'::text[] = '{}'
            WHEN 'grant' THEN details->>'pays_for' <> ''
                AND details - '{kind,pays_for}'::text[] = '{}'
            WHEN 'other' THEN details - 'kind' = '{}'
        END, false)
    );

GRANT INSERT (details), UPDATE (details) ON intervention TO enplan_app;
