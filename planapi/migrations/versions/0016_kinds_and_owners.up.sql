-- Whose goal it is, and of which kind a consent is, decides which columns it has: as the contract
-- says it. Nothing else was ever written.

ALTER TABLE goal ADD CONSTRAINT goal_administration_of_its_owner
    CHECK ((owner = 'administration') = (administration IS NOT NULL));
ALTER TABLE consent
    ADD CONSTRAINT consent_family_without_source CHECK (kind <> 'family' OR source IS NULL),
    ADD CONSTRAINT consent_plan_alone_waits CHECK (kind = 'holistic_plan' OR waits_for IS NULL);
