DROP TABLE person_picture;
DROP FUNCTION name_picture;
ALTER TABLE person DROP COLUMN picture;
