-- A choice made in two places at once: the later one hears of the other. How often each was made; of
-- a language also 0, since it may be the municipality's guess.

ALTER TABLE person ADD language_version int NOT NULL DEFAULT 0;
ALTER TABLE notification_choice ADD version int NOT NULL DEFAULT 1;
ALTER TABLE plan ADD order_version int NOT NULL DEFAULT 1;
GRANT UPDATE (language_version) ON person TO enplan_app;
