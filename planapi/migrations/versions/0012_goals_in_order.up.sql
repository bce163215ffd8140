-- A goal's summary takes its steps in their order and its latest own rating: an index that has them
-- so spares a sorting for each goal.

CREATE INDEX step_of_goal ON step (goal_id, position, id);
DROP INDEX step_goal;
CREATE INDEX rating_own ON rating (goal_id, rated_at DESC, id DESC) WHERE kind = 'own';
