DROP INDEX rating_own;
CREATE INDEX step_goal ON step (goal_id);
DROP INDEX step_of_goal;
