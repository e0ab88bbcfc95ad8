-- What waits for somebody is a handful of rows whatever the length of the history. Each of these conditions stands in the
-- statements as it stands here (`service_desk/unfinished.rs`), so that the index serves them.
CREATE INDEX work_orders_unfinished_idx ON work_orders (estate_id, finish_due_at, id)
    WHERE state NOT IN ('closed', 'cancelled');
DROP INDEX work_orders_open_idx;

CREATE INDEX repair_requests_undispatched_idx ON repair_requests (estate_id, dispatch_due_at, id)
    WHERE state = 'requested';
DROP INDEX repair_requests_open_idx;

CREATE INDEX cases_unclosed_idx ON cases (estate_id, due_at, id) WHERE closed_at IS NULL;
DROP INDEX cases_waiting_idx;

CREATE INDEX disputes_unclosed_idx ON disputes (estate_id, opened_at, id) WHERE state <> 'closed';

CREATE INDEX visits_unclosed_idx ON visits (estate_id, due_at, id) WHERE state <> 'closed';
