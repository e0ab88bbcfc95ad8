DROP INDEX work_orders_unfinished_idx;
CREATE INDEX work_orders_unfinished_idx ON work_orders (estate_id, finish_due_at, id)
    WHERE state NOT IN ('closed', 'cancelled');
