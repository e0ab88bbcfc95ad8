-- Colleagues of those who do the daily work, until $PEOPLE hold a post, with a shift on every day of the coming year for
-- each who is on a roster.
CREATE TEMPORARY TABLE joining AS
WITH staff AS (
    SELECT a.*, e.no AS employee_no FROM assignments a JOIN employees e ON e.id = a.employee_id
    WHERE a.state = 'approved' AND a.kind = 'primary' AND a.valid_until IS NULL AND a.estate_id IS NOT NULL
), crew AS (
    SELECT id, employee_id, row_number() OVER (ORDER BY post, id) - 1 AS n, count(*) OVER () AS many
    FROM staff WHERE post IN ('TECH', 'GUARD', 'CLEANER')
)
SELECT g AS n, c.id AS as_assignment, c.employee_id AS as_employee, gen_random_uuid() AS assignment, gen_random_uuid() AS employee
FROM generate_series(1, $PEOPLE - (SELECT count(DISTINCT employee_id) FROM staff)) g
    JOIN crew c ON c.n = g % c.many;

INSERT INTO employees
SELECT (jsonb_populate_record(e, jsonb_build_object('id', j.employee, 'no', 'bench-' || j.n))).*
FROM joining j JOIN employees e ON e.id = j.as_employee;

INSERT INTO assignments
SELECT (jsonb_populate_record(a, jsonb_build_object('id', j.assignment, 'employee_id', j.employee))).*
FROM joining j JOIN assignments a ON a.id = j.as_assignment;

INSERT INTO roster_entries
SELECT (jsonb_populate_record(r.entry, jsonb_build_object('id', gen_random_uuid(), 'employee_id', j.employee,
    'responsible_assignment', j.assignment, 'on_date', current_date + day,
    'starts_at', (r.entry).starts_at + (current_date + day - (r.entry).on_date) * interval '1 day',
    'ends_at', (r.entry).ends_at + (current_date + day - (r.entry).on_date) * interval '1 day'))).*
FROM joining j JOIN assignments a ON a.id = j.assignment
    JOIN LATERAL (SELECT e AS entry FROM roster_entries e WHERE responsible_post = a.post ORDER BY id LIMIT 1) r ON true
    CROSS JOIN generate_series(-9, 380) day;

ANALYZE;
