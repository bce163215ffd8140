DROP TABLE goal_seen;
ALTER TABLE goal DROP helped_by, DROP wanted_rating;
