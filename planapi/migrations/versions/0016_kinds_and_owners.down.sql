ALTER TABLE consent
    DROP CONSTRAINT consent_plan_alone_waits,
    DROP CONSTRAINT consent_family_without_source;
ALTER TABLE goal DROP CONSTRAINT goal_administration_of_its_owner;
