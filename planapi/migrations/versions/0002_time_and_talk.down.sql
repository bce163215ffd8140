DROP INDEX history_resource;
DROP TABLE message_attachment, attachment_content, attachment, fact_request, told_fact, fact_topic,
    minutes_remark, minutes, appointment_answer, intervention_time, agenda_item, follow_up,
    professional_view, own_view, assessment_theme;
ALTER TABLE decision DROP notified_on, DROP appeal_rule, DROP appeal_rule_from;
DROP TABLE appeal_rule;
