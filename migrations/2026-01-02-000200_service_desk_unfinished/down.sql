DROP INDEX visits_unclosed_idx;
DROP INDEX disputes_unclosed_idx;
CREATE INDEX cases_waiting_idx ON cases (due_at)
    WHERE state IN ('received', 'investigating', 'validity_decided', 'handling');
DROP INDEX cases_unclosed_idx;
CREATE INDEX repair_requests_open_idx ON repair_requests (dispatch_due_at) WHERE state = 'requested';
DROP INDEX repair_requests_undispatched_idx;
CREATE INDEX work_orders_open_idx ON work_orders (estate_id, technician_id) WHERE state IN (
    'dispatched', 'accepted', 'on_site', 'pending_material', 'pending_resident', 'returned_to_work'
);
DROP INDEX work_orders_unfinished_idx;
