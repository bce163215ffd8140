-- As everything else that names a person. A row lives for a day, so the table is small.

ALTER TABLE idempotency ADD CONSTRAINT idempotency_person
    FOREIGN KEY (person_id) REFERENCES person;
