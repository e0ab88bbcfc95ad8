-- What the filling and the scripts of pgbench stand on: ids and times that follow from a running number, so that a load
-- generator can choose among a million records without a list of them. $BASE_MS is the instant of number 0.
CREATE SCHEMA bench;
GRANT USAGE ON SCHEMA bench TO wuye;

-- A uuid v7 of this millisecond.
CREATE FUNCTION bench.id(ms bigint, kind integer, n bigint) RETURNS uuid LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT (lpad(to_hex(ms), 12, '0') || '7' || lpad(to_hex(kind), 3, '0') || '8000' || lpad(to_hex(n), 12, '0'))::uuid
$$;
-- One order each $STEP_MS ms, the first one the newest.
CREATE FUNCTION bench.ms(n bigint) RETURNS bigint LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT $BASE_MS - n * $STEP_MS
$$;
-- Ids in the order of the orders' times, but closer together: a uuid knows no time before 1970, ten million orders begin in 1926.
CREATE FUNCTION bench.id_of(n bigint, kind integer) RETURNS uuid LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT bench.id($BASE_MS - n * $ID_STEP_MS, kind, n)
$$;
CREATE FUNCTION bench.request_id(n bigint) RETURNS uuid LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT bench.id_of(n, 1)
$$;
CREATE FUNCTION bench.order_id(n bigint) RETURNS uuid LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT bench.id_of(n, 2)
$$;
-- What a script inserts: in the order of time as the server's own ids are, and never twice.
CREATE FUNCTION bench.fresh_id(sequence bigint, client integer, place integer) RETURNS uuid
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT bench.id(sequence, place, client)
$$;
CREATE FUNCTION bench.fresh_text(sequence bigint, client integer) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT 'bench-' || sequence || '-' || client
$$;

-- Two other estates: the caller's scope has something to leave out.
INSERT INTO estates (id, code, name, public_code, created_at, updated_at)
SELECT bench.id($BASE_MS, 9, n), 'BENCH' || n, '测试小区' || n, 'bench-' || n, now(), now() FROM generate_series(1, 2) n;

-- Words, categories and search tokens come from the demo's own requests, without the tokens of their houses.
CREATE TABLE bench.templates AS
SELECT row_number() OVER (ORDER BY requests.id) - 1 AS n, requests.text, requests.category, requests.urgency,
    requests.paid, requests.warranty, requests.responsible_post, requests.responsible_assignment, requests.created_by,
    requests.contact_name, requests.contact_phone,
    coalesce((SELECT array_agg(token) FROM unnest(requests.search) token
        WHERE token !~ '[0-9]' AND NOT token = ANY (coalesce(houses.search, '{}'))), '{}') AS search
FROM repair_requests requests LEFT JOIN houses ON houses.id = requests.house_id
WHERE requests.source = 'owner';
CREATE TABLE bench.order_templates AS
SELECT row_number() OVER (ORDER BY id) - 1 AS n, technician_id, dispatched_by, verified_by, responsible_post,
    responsible_assignment, created_by, estimated_minutes
FROM work_orders WHERE verified_by IS NOT NULL;
CREATE TABLE bench.houses AS
SELECT row_number() OVER (ORDER BY id) - 1 AS n, id, estate_id, search FROM houses WHERE state = 'active';
CREATE TABLE bench.case_templates AS
SELECT row_number() OVER (ORDER BY id) - 1 AS n, * FROM cases WHERE kind IN ('complaint', 'suggestion') AND closed_at IS NOT NULL;
-- Whoever holds a post of the estate, beside every rule: the duties of the history are theirs in turn.
CREATE TABLE bench.duty_templates AS
SELECT row_number() OVER (ORDER BY rules.code, held.id) - 1 AS n, rules.id AS rule_id, rules.code AS rule_code,
    held.estate_id, held.post, held.id AS assignment_id, held.employee_id
FROM obligation_rules rules CROSS JOIN assignments held
WHERE held.post = ANY (rules.posts) AND held.state = 'approved' AND held.valid_until IS NULL
    AND held.estate_id = (SELECT estate_id FROM bench.houses LIMIT 1);
CREATE UNIQUE INDEX ON bench.duty_templates (n);
CREATE UNIQUE INDEX ON bench.templates (n);
CREATE UNIQUE INDEX ON bench.order_templates (n);
CREATE UNIQUE INDEX ON bench.houses (n);
ANALYZE bench.templates, bench.order_templates, bench.houses, bench.case_templates, bench.duty_templates;
