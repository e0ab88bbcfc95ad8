-- Orders $FROM + 1 to $TO with all that belongs to them. Every fifth one is of another estate. The newest are open, as many as
-- a working day leaves open whatever the length of the history; of the others one in twenty-five was cancelled.
SET LOCAL session_replication_role = replica;  -- the rows fit by construction: no trigger, no look-up of foreign keys

CREATE TEMPORARY TABLE filling ON COMMIT DROP AS
SELECT n, bench.request_id(n) AS request_id, bench.order_id(n) AS order_id,
    to_timestamp(bench.ms(n) / 1000.0) AS at,
    to_timestamp(bench.ms(n) / 1000.0) + interval '10 minutes' AS accepted_at,
    to_timestamp(bench.ms(n) / 1000.0) + (30 + n % 600) * interval '1 minute' AS finished_at,
    n % 5 = 4 AS elsewhere,
    CASE
        WHEN n < 60 THEN (ARRAY['accepted', 'on_site', 'pending_material'])[1 + n % 3]
        WHEN n < 120 THEN (ARRAY['done', 'verified', 'visited'])[1 + n % 3]
        WHEN n % 25 = 0 THEN 'cancelled'
        ELSE 'closed'
    END AS state,
    n % (SELECT count(*) FROM bench.templates) AS template,
    n % (SELECT count(*) FROM bench.order_templates) AS order_template,
    -- Neighbouring orders are of houses far apart.
    (n * 7919) % (SELECT count(*) FROM bench.houses) AS house
FROM generate_series($FROM::bigint + 1, $TO::bigint) n;

INSERT INTO repair_requests (id, no, estate_id, responsible_post, responsible_assignment, created_by, source, house_id,
    place_text, contact_name, contact_phone, category, urgency, paid, warranty, text, requested_at, recorded_at,
    dispatch_due_at, state, end_reason, search, updated_at)
SELECT f.request_id, 'BXN-' || f.n, CASE WHEN f.elsewhere THEN bench.id($BASE_MS, 9, 1 + f.n % 2) ELSE h.estate_id END,
    t.responsible_post, CASE WHEN NOT f.elsewhere THEN t.responsible_assignment END, t.created_by, 'owner',
    CASE WHEN NOT f.elsewhere THEN h.id END, CASE WHEN f.elsewhere THEN '门厅' END, t.contact_name, t.contact_phone,
    t.category, t.urgency, t.paid, t.warranty, t.text, f.at - interval '8 minutes', f.at - interval '8 minutes',
    f.at + interval '22 minutes',
    CASE f.state WHEN 'closed' THEN 'closed' WHEN 'cancelled' THEN 'cancelled' ELSE 'dispatched' END,
    CASE f.state WHEN 'cancelled' THEN '业主取消' END,
    t.search || CASE WHEN f.elsewhere THEN '{}'::text[] ELSE h.search END, f.finished_at
FROM filling f JOIN bench.templates t ON t.n = f.template JOIN bench.houses h ON h.n = f.house;

INSERT INTO work_orders (id, no, estate_id, request_id, responsible_post, responsible_assignment, created_by, technician_id,
    category, urgency, estimated_minutes, state, dispatched_by, dispatched_at, round_at, accepted_at, arrived_at, finished_at,
    finished_by, response_due_at, finish_due_at, verified_by, verified_at, rating, end_reason, updated_at, version, house_id)
SELECT f.order_id, 'WXN-' || f.n, CASE WHEN f.elsewhere THEN bench.id($BASE_MS, 9, 1 + f.n % 2) ELSE h.estate_id END,
    f.request_id, o.responsible_post, CASE WHEN NOT f.elsewhere THEN o.responsible_assignment END, o.created_by,
    o.technician_id, t.category, t.urgency, o.estimated_minutes, f.state, o.dispatched_by, f.at, f.at, f.accepted_at,
    CASE WHEN f.n >= 60 THEN f.accepted_at + interval '10 minutes' END, CASE WHEN f.n >= 60 THEN f.finished_at END,
    CASE WHEN f.n >= 60 THEN o.technician_id END, f.at + interval '30 minutes', f.at + interval '2 days',
    CASE WHEN f.n >= 120 THEN o.verified_by END, CASE WHEN f.n >= 120 THEN f.finished_at + interval '1 hour' END,
    CASE WHEN f.n >= 120 THEN (ARRAY['satisfied', 'satisfied', 'satisfied', 'dissatisfied'])[1 + f.n % 4] END,
    CASE f.state WHEN 'cancelled' THEN '业主取消' END, f.finished_at + interval '1 hour', 6,
    CASE WHEN NOT f.elsewhere THEN h.id END
FROM filling f JOIN bench.templates t ON t.n = f.template JOIN bench.order_templates o ON o.n = f.order_template
    JOIN bench.houses h ON h.n = f.house;

INSERT INTO work_order_dispatches (id, order_id, technician_id, suggested_id, place, reason, dispatched_by, dispatched_at)
SELECT bench.id_of(f.n, 3), f.order_id, o.technician_id, o.technician_id, 1, NULL, o.dispatched_by, f.at
FROM filling f JOIN bench.order_templates o ON o.n = f.order_template;

INSERT INTO work_order_results (id, order_id, technician_id, finished_at, recorded_at, cause, work_done, materials_used,
    minutes_worked, material_cost_fen, charge_fen, safety_passed, sign_kind, sign_name)
SELECT bench.id_of(f.n, 4), f.order_id, o.technician_id, f.finished_at, f.finished_at, '老化', '更换配件并试用正常',
    '[{"name": "角阀", "quantity": 1000, "unit": "个", "cost_fen": 2500}]', 20 + f.n % 60, 2500, 0, true, 'signed', '业主'
FROM filling f JOIN bench.order_templates o ON o.n = f.order_template WHERE f.n >= 60 AND f.state <> 'cancelled';

INSERT INTO trail (id, occurred_at, recorded_at, estate_id, account_id, employee_id, post, subject_kind, subject_id, action,
    from_state, to_state, changes, clauses)
SELECT bench.id_of(f.n, 16 + step), f.at + step * interval '10 minutes', f.at + step * interval '10 minutes',
    h.estate_id, bench.id($BASE_MS, 8, 1), o.technician_id, 'TECH', 'work_order', f.order_id,
    (ARRAY['order_dispatched', 'order_accepted', 'order_done'])[1 + step],
    (ARRAY[NULL, 'dispatched', 'on_site'])[1 + step], (ARRAY['dispatched', 'accepted', 'done'])[1 + step], '{}',
    '{POS-TECH-06b}'
FROM filling f JOIN bench.order_templates o ON o.n = f.order_template JOIN bench.houses h ON h.n = f.house
    CROSS JOIN generate_series(0, 2) step;

-- One complaint or opinion for every fifty orders: two thousand a year, as in a large estate.
INSERT INTO cases (id, estate_id, no, kind, state, channel, field, house_id, text, received_at, acknowledge_due_at,
    acknowledged_at, due_at, owner_id, responsible_post, responsible_assignment, created_by, validity, validity_at, reply,
    replied_at, closed_at, search, created_at, updated_at)
SELECT bench.id_of(f.n, 5), c.estate_id, 'TSN-' || f.n, c.kind, 'closed', c.channel, c.field, h.id, c.text, f.at,
    f.at + interval '1 hour', f.at + interval '20 minutes', f.at + interval '7 days', c.owner_id, c.responsible_post,
    c.responsible_assignment, c.created_by, c.validity, CASE WHEN c.validity IS NOT NULL THEN f.at + interval '1 day' END,
    '已处理', f.at + interval '2 days', f.at + interval '3 days', c.search, f.at, f.at + interval '3 days'
FROM filling f JOIN bench.houses h ON h.n = f.house
    JOIN LATERAL (SELECT * FROM bench.case_templates WHERE n = (f.n / 50) % (SELECT count(*) FROM bench.case_templates)) c
        ON true
WHERE f.n % 50 = 0 AND f.n >= 120;

-- One duty for every order, a hundred thousand a year as of two hundred people; of the past all but a few were done, of the newest
-- some wait for a decision.
INSERT INTO obligations (id, estate_id, rule_id, rule_code, turn, responsible_post, responsible_assignment, employee_id,
    opens_at, due_at, minimum, found, status, optional, done_at)
SELECT bench.id_of(f.n, 6), d.estate_id, d.rule_id, d.rule_code, 'bench-' || f.n, d.post, d.assignment_id,
    d.employee_id, f.at - interval '8 hours', f.at, 1, CASE WHEN f.n < 120 AND f.n % 10 = 0 THEN 0 ELSE 1 END,
    CASE
        WHEN f.n < 120 AND f.n % 10 = 0 THEN 'missed'
        WHEN f.n % 20 = 0 THEN 'waived'
        WHEN f.n % 10 = 5 THEN 'done_late'
        ELSE 'done_on_time'
    END,
    false, CASE WHEN f.n < 120 AND f.n % 10 = 0 THEN NULL ELSE f.at END
FROM filling f
    JOIN bench.duty_templates d ON d.n = (f.n * 7919) % (SELECT count(*) FROM bench.duty_templates);
