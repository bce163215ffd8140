ALTER TABLE draft DROP version;
