-- Disputes, their parties and the steps of their mediation.
CREATE TABLE disputes (
    id uuid PRIMARY KEY,
    estate_id uuid NOT NULL CONSTRAINT disputes_estate_fk REFERENCES estates (id),
    no text NOT NULL,
    kind text NOT NULL,
    state text NOT NULL,
    level text NOT NULL,
    subject text NOT NULL,
    origin_case uuid CONSTRAINT disputes_origin_case_fk REFERENCES cases (id),
    opened_at timestamptz NOT NULL,
    first_mediator uuid CONSTRAINT disputes_first_mediator_employee_fk REFERENCES employees (id),
    mediator_id uuid CONSTRAINT disputes_mediator_employee_fk REFERENCES employees (id),
    responsible_post text NOT NULL,
    responsible_assignment uuid,
    squad_id uuid,
    area_id uuid,
    created_by uuid,
    step_due_at timestamptz,
    agreement text,
    cost_fen bigint,
    cost_decision text,
    settled_at timestamptz,
    settled_level text,
    settled_late boolean NOT NULL DEFAULT false,
    referred_to text,
    closed_at timestamptz,
    reopened_count integer NOT NULL DEFAULT 0,
    search text[] NOT NULL DEFAULT '{}',
    version integer NOT NULL DEFAULT 1,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    CONSTRAINT disputes_no_key UNIQUE (estate_id, no),
    CONSTRAINT disputes_state_check CHECK (
        state IN (
            'opened', 'mediating', 'escalated_to_pubsup', 'escalated_to_asstmgr', 'escalated_to_cscmgr', 'settled',
            'referred', 'closed'
        )
    ),
    CONSTRAINT disputes_cost_check CHECK (cost_fen >= 0)
);
CREATE INDEX disputes_opened_idx ON disputes (opened_at, id);
CREATE INDEX disputes_no_idx ON disputes (no, id);
CREATE INDEX disputes_estate_opened_idx ON disputes (estate_id, opened_at);
CREATE INDEX disputes_origin_case_idx ON disputes (origin_case);
CREATE INDEX disputes_first_mediator_idx ON disputes (first_mediator);
CREATE INDEX disputes_mediator_idx ON disputes (mediator_id);
CREATE INDEX disputes_assignment_idx ON disputes (responsible_assignment);
CREATE INDEX disputes_created_by_idx ON disputes (created_by);
CREATE INDEX disputes_search_idx ON disputes USING gin (search);
CREATE INDEX disputes_waiting_idx ON disputes (step_due_at) WHERE step_due_at IS NOT NULL;

CREATE TABLE dispute_parties (
    id uuid PRIMARY KEY,
    dispute_id uuid NOT NULL CONSTRAINT dispute_parties_dispute_fk REFERENCES disputes (id) ON DELETE CASCADE,
    side text NOT NULL,
    role text NOT NULL,
    party_id uuid,
    house_id uuid,
    name text,
    -- Personal data.
    phone text
);
CREATE INDEX dispute_parties_dispute_idx ON dispute_parties (dispute_id, id);
CREATE INDEX dispute_parties_party_idx ON dispute_parties (party_id);
CREATE INDEX dispute_parties_house_idx ON dispute_parties (house_id);

-- Append-only.
CREATE TABLE dispute_steps (
    id uuid PRIMARY KEY,
    dispute_id uuid NOT NULL CONSTRAINT dispute_steps_dispute_fk REFERENCES disputes (id) ON DELETE CASCADE,
    level text NOT NULL,
    held_at timestamptz NOT NULL,
    held_by uuid,
    text text NOT NULL,
    result text NOT NULL,
    recorded_at timestamptz NOT NULL
);
CREATE INDEX dispute_steps_dispute_idx ON dispute_steps (dispute_id, held_at);
