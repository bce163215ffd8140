REVOKE DELETE ON absence FROM enplan_app;
ALTER TABLE absence DROP version;
ALTER TABLE consent DROP renews;
ALTER TABLE plan_request DROP answer, DROP answered_by, DROP answered_at;
DROP TABLE rights_request, safety_hiding, household_invitation, case_worker, goal_share, helper,
    custody;
