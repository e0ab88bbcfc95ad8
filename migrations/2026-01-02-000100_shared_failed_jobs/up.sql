-- Whoever watches the server counts the failed jobs every few seconds; the table holds the done ones too.
CREATE INDEX jobs_failed_idx ON jobs (kind) WHERE state = 'failed';
