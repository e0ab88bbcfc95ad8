DROP TABLE secrets, number_series, jobs, idempotency_keys, attachments, files, trail, settings, estates;
DROP FUNCTION trail_is_append_only();
