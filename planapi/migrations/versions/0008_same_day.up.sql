-- As an absence that began today, a case worker's task that began today is ended by taking it away:
-- days are whole, and it must count no more at the next read. History and access log keep it.

GRANT DELETE ON case_worker TO enplan_app;
