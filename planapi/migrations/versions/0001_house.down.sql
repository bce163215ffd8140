DROP TABLE event, idempotency, history, access_entry, consent_withdrawal, consent, consent_text,
    draft, thread_read, message, thread, promise, decision, appointment, intervention_goal,
    intervention, rating, step, goal, household_member, household, plan_request, about_me,
    contact_assignment, plan, absence, professional, identity, person, municipality;
DROP FUNCTION publish_event, enter_as, link_identity, forget_old_machinery;
DROP FUNCTION current_municipality();
