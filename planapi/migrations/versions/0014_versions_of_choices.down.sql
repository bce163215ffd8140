ALTER TABLE plan DROP order_version;
ALTER TABLE notification_choice DROP version;
ALTER TABLE person DROP language_version;
