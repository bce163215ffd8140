ALTER TABLE intervention DROP COLUMN details;
