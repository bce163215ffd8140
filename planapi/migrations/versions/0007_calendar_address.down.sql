DROP FUNCTION find_calendar_address;
DROP TABLE notification_choice, calendar_address;
