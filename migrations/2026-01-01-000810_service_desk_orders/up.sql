-- One order per request: who repairs it, how far it is, until when.
CREATE TABLE work_orders (
    id uuid PRIMARY KEY,
    no text NOT NULL,
    estate_id uuid NOT NULL CONSTRAINT work_orders_estate_fk REFERENCES estates (id),
    request_id uuid NOT NULL CONSTRAINT work_orders_request_fk REFERENCES repair_requests (id),
    responsible_post text NOT NULL,
    responsible_assignment uuid CONSTRAINT work_orders_assignment_fk REFERENCES assignments (id),
    squad_id uuid CONSTRAINT work_orders_squad_fk REFERENCES squads (id),
    area_id uuid,
    created_by uuid CONSTRAINT work_orders_created_by_fk REFERENCES employees (id),
    technician_id uuid NOT NULL CONSTRAINT work_orders_technician_fk REFERENCES employees (id),
    category text NOT NULL,
    urgency text NOT NULL,
    estimated_minutes integer NOT NULL,
    state text NOT NULL,
    dispatched_by uuid CONSTRAINT work_orders_dispatched_by_fk REFERENCES employees (id),
    dispatched_at timestamptz NOT NULL,
    -- The present round: dispatch, reassignment or being sent back. What a device did before belongs to the former one.
    round_at timestamptz NOT NULL,
    accepted_at timestamptz,
    arrived_at timestamptz,
    finished_at timestamptz,
    -- The technician, or the supervisor in their place: who wrote it down does not verify it.
    finished_by uuid CONSTRAINT work_orders_finished_by_fk REFERENCES employees (id),
    response_due_at timestamptz NOT NULL,
    finish_due_at timestamptz NOT NULL,
    pending_reason text,
    returned_count integer NOT NULL DEFAULT 0,
    keyed_late boolean NOT NULL DEFAULT false,
    verified_by uuid CONSTRAINT work_orders_verified_by_fk REFERENCES employees (id),
    verified_at timestamptz,
    rating text,
    end_reason text,
    updated_at timestamptz NOT NULL,
    version integer NOT NULL DEFAULT 1,
    CONSTRAINT work_orders_no_key UNIQUE (estate_id, no),
    CONSTRAINT work_orders_request_key UNIQUE (request_id),
    CONSTRAINT work_orders_state_check CHECK (state IN (
        'dispatched', 'accepted', 'on_site', 'pending_material', 'pending_resident', 'done', 'verified',
        'returned_to_work', 'visited', 'closed', 'cancelled'
    ))
);
CREATE INDEX work_orders_dispatched_idx ON work_orders (estate_id, dispatched_at, id);
CREATE INDEX work_orders_finish_due_idx ON work_orders (estate_id, finish_due_at, id);
CREATE INDEX work_orders_technician_idx ON work_orders (technician_id, dispatched_at);
CREATE INDEX work_orders_assignment_idx ON work_orders (responsible_assignment);
CREATE INDEX work_orders_created_by_idx ON work_orders (created_by);
CREATE INDEX work_orders_squad_idx ON work_orders (squad_id);
CREATE INDEX work_orders_open_idx ON work_orders (estate_id, technician_id) WHERE state IN (
    'dispatched', 'accepted', 'on_site', 'pending_material', 'pending_resident', 'returned_to_work'
);

-- Append-only: who was given the order, whom the ranking suggested, and why it was somebody else.
CREATE TABLE work_order_dispatches (
    id uuid PRIMARY KEY,
    order_id uuid NOT NULL CONSTRAINT work_order_dispatches_order_fk REFERENCES work_orders (id),
    technician_id uuid NOT NULL CONSTRAINT work_order_dispatches_technician_fk REFERENCES employees (id),
    suggested_id uuid CONSTRAINT work_order_dispatches_suggested_fk REFERENCES employees (id),
    place integer,
    reason text,
    dispatched_by uuid CONSTRAINT work_order_dispatches_dispatched_by_fk REFERENCES employees (id),
    dispatched_at timestamptz NOT NULL
);
CREATE INDEX work_order_dispatches_order_idx ON work_order_dispatches (order_id, id);
CREATE INDEX work_order_dispatches_technician_idx ON work_order_dispatches (technician_id);

-- Append-only: what the technician wrote down at each finishing; an order sent back gets another line.
CREATE TABLE work_order_results (
    id uuid PRIMARY KEY,
    order_id uuid NOT NULL CONSTRAINT work_order_results_order_fk REFERENCES work_orders (id),
    technician_id uuid NOT NULL CONSTRAINT work_order_results_technician_fk REFERENCES employees (id),
    finished_at timestamptz NOT NULL,
    recorded_at timestamptz NOT NULL,
    cause text NOT NULL,
    work_done text NOT NULL,
    materials_used jsonb NOT NULL,
    minutes_worked integer NOT NULL,
    material_cost_fen bigint NOT NULL,
    charge_fen bigint NOT NULL,
    safety_passed boolean NOT NULL,
    safety_note text,
    sign_kind text NOT NULL,
    sign_name text,
    sign_file_id uuid CONSTRAINT work_order_results_sign_file_fk REFERENCES files (id),
    CONSTRAINT work_order_results_sign_check CHECK (sign_kind IN ('signed', 'absent', 'refused')),
    CONSTRAINT work_order_results_amounts_check CHECK (material_cost_fen >= 0 AND charge_fen >= 0)
);
CREATE INDEX work_order_results_order_idx ON work_order_results (order_id, id);
CREATE INDEX work_order_results_technician_idx ON work_order_results (technician_id);

-- Costs above the limit and their decision (POS-PUBSUP-09).
CREATE TABLE work_order_costs (
    id uuid PRIMARY KEY,
    order_id uuid NOT NULL CONSTRAINT work_order_costs_order_fk REFERENCES work_orders (id),
    kind text NOT NULL,
    amount_fen bigint NOT NULL,
    reason text NOT NULL,
    asked_by uuid NOT NULL CONSTRAINT work_order_costs_asked_by_fk REFERENCES employees (id),
    asked_at timestamptz NOT NULL,
    state text NOT NULL,
    decided_by uuid CONSTRAINT work_order_costs_decided_by_fk REFERENCES employees (id),
    decided_at timestamptz,
    decision_reason text,
    needs_expense_approval boolean NOT NULL,
    CONSTRAINT work_order_costs_kind_check CHECK (kind IN ('material', 'paid_service')),
    CONSTRAINT work_order_costs_state_check CHECK (state IN ('pending', 'approved', 'refused'))
);
CREATE INDEX work_order_costs_order_idx ON work_order_costs (order_id, id);
CREATE UNIQUE INDEX work_order_costs_pending_key ON work_order_costs (order_id) WHERE state = 'pending';

-- Append-only: what a device sent too late to be applied, for both people to see.
CREATE TABLE work_order_late_notes (
    id uuid PRIMARY KEY,
    order_id uuid NOT NULL CONSTRAINT work_order_late_notes_order_fk REFERENCES work_orders (id),
    employee_id uuid NOT NULL CONSTRAINT work_order_late_notes_employee_fk REFERENCES employees (id),
    act text NOT NULL,
    occurred_at timestamptz NOT NULL,
    recorded_at timestamptz NOT NULL,
    met_state text NOT NULL,
    why jsonb NOT NULL,
    content jsonb NOT NULL
);
CREATE INDEX work_order_late_notes_order_idx ON work_order_late_notes (order_id, id);
