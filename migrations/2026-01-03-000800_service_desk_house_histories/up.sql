-- What was repaired in a house is asked for every day, and a house gathers orders as long as it stands. The newest of them are
-- read by this column, however many there are (POS-RECEPT-05). The database copies it from the request, which keeps its house
-- once it is dispatched; the program reads it only to find orders, and its own picture of the table has no room for more columns
-- (`schema.patch`).
ALTER TABLE work_orders ADD COLUMN house_id uuid;
UPDATE work_orders o SET house_id = r.house_id FROM repair_requests r WHERE r.id = o.request_id AND r.house_id IS NOT NULL;
CREATE INDEX work_orders_house_idx ON work_orders (house_id, dispatched_at, id);

CREATE FUNCTION work_order_takes_house() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.house_id IS NULL THEN
        SELECT house_id INTO NEW.house_id FROM repair_requests WHERE id = NEW.request_id;
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER work_orders_take_house BEFORE INSERT ON work_orders
    FOR EACH ROW EXECUTE FUNCTION work_order_takes_house();

-- Other houses than its own that a request names in its words, in every form in which one may ask for them: it is found by
-- their numbers too.
CREATE TABLE repair_named_houses (
    form text NOT NULL,
    request_id uuid NOT NULL CONSTRAINT repair_named_houses_request_fk REFERENCES repair_requests (id),
    CONSTRAINT repair_named_houses_pkey PRIMARY KEY (form, request_id)
);
CREATE INDEX repair_named_houses_request_idx ON repair_named_houses (request_id);
INSERT INTO repair_named_houses (form, request_id)
SELECT DISTINCT word, r.id
FROM repair_requests r LEFT JOIN houses h ON h.id = r.house_id CROSS JOIN LATERAL unnest(r.search) AS word
WHERE word LIKE '%-%' AND NOT word = ANY (coalesce(h.search, '{}'));
