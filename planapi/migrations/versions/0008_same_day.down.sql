REVOKE DELETE ON case_worker FROM enplan_app;
