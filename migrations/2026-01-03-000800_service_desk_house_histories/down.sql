DROP TABLE repair_named_houses;
DROP TRIGGER work_orders_take_house ON work_orders;
DROP FUNCTION work_order_takes_house();
DROP INDEX work_orders_house_idx;
ALTER TABLE work_orders DROP COLUMN house_id;
