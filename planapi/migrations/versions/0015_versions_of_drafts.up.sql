-- Which version of a draft a form has read or saved. A draft begins at a random one: whoever still
-- shows a draft that was dropped and begun anew elsewhere should not hit upon the version of the new.

ALTER TABLE draft ADD version int NOT NULL DEFAULT 1 + floor(random() * 100000000)::int;
