-- The states that an order is unfinished in, one by one. Of "neither closed nor cancelled" the planner reckons with the share of
-- orders that are not closed times the share that are not cancelled, whenever the two shares of its sample add up to more than
-- all by a hair: one in twenty-five of a long history instead of a handful, and it reads the history.
DROP INDEX work_orders_unfinished_idx;
CREATE INDEX work_orders_unfinished_idx ON work_orders (estate_id, finish_due_at, id) WHERE state IN (
    'dispatched', 'accepted', 'on_site', 'pending_material', 'pending_resident', 'done', 'verified', 'returned_to_work', 'visited'
);
