ALTER TABLE idempotency DROP CONSTRAINT idempotency_person;
