DROP FUNCTION forget_old_drafts;
