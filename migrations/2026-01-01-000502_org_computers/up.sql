-- Computers, accounts asked for, checks, backups and corrections of the charging data.

CREATE TABLE computers (
    id uuid PRIMARY KEY,
    estate_id uuid NOT NULL CONSTRAINT computers_estate_fk REFERENCES estates (id),
    no text NOT NULL,
    place text NOT NULL,
    custodian_id uuid NOT NULL CONSTRAINT computers_custodian_employee_fk REFERENCES employees (id),
    software text[] NOT NULL DEFAULT '{}',
    note text,
    retired_on date,
    version integer NOT NULL DEFAULT 1,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    CONSTRAINT computers_estate_no_key UNIQUE (estate_id, no),
    CONSTRAINT computers_place_check CHECK (place IN ('desk', 'gate_house', 'control_room', 'fee_office', 'office'))
);
CREATE INDEX computers_custodian_idx ON computers (custodian_id);

-- Append-only: every request stays with its answer. Accounts themselves are in accounts.
CREATE TABLE account_requests (
    id uuid PRIMARY KEY,
    estate_id uuid NOT NULL CONSTRAINT account_requests_estate_fk REFERENCES estates (id),
    employee_id uuid NOT NULL CONSTRAINT account_requests_employee_fk REFERENCES employees (id),
    kind text NOT NULL,
    username text,
    reason text NOT NULL,
    state text NOT NULL,
    account_id uuid CONSTRAINT account_requests_account_fk REFERENCES accounts (id),
    -- Empty: the administrator of the installation.
    requested_by uuid CONSTRAINT account_requests_requester_fk REFERENCES employees (id),
    decided_by uuid CONSTRAINT account_requests_decider_fk REFERENCES employees (id),
    decided_at timestamptz,
    decision_note text,
    version integer NOT NULL DEFAULT 1,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    CONSTRAINT account_requests_kind_check CHECK (kind IN ('open', 'enable', 'disable')),
    CONSTRAINT account_requests_state_check CHECK (state IN ('requested', 'granted', 'refused'))
);
CREATE INDEX account_requests_list_idx ON account_requests (created_at, id);
CREATE INDEX account_requests_employee_idx ON account_requests (employee_id);
CREATE UNIQUE INDEX account_requests_open_key ON account_requests (employee_id, kind) WHERE state = 'requested';

CREATE TABLE data_checks (
    id uuid PRIMARY KEY,
    estate_id uuid NOT NULL CONSTRAINT data_checks_estate_fk REFERENCES estates (id),
    period text NOT NULL,
    area text NOT NULL,
    state text NOT NULL,
    result text,
    exceptions text[] NOT NULL DEFAULT '{}',
    opened_by uuid NOT NULL CONSTRAINT data_checks_opener_fk REFERENCES employees (id),
    fixed_by uuid CONSTRAINT data_checks_fixer_fk REFERENCES employees (id),
    version integer NOT NULL DEFAULT 1,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    CONSTRAINT data_checks_estate_period_area_key UNIQUE (estate_id, period, area),
    CONSTRAINT data_checks_period_check CHECK (period ~ '^[0-9]{4}-(0[1-9]|1[0-2])$'),
    CONSTRAINT data_checks_area_check CHECK (area IN ('meters', 'vehicles', 'bills', 'payments')),
    CONSTRAINT data_checks_state_check CHECK (state IN ('open', 'passed', 'exceptions', 'fixed'))
);
CREATE INDEX data_checks_list_idx ON data_checks (created_at, id);

CREATE TABLE backup_records (
    id uuid PRIMARY KEY,
    estate_id uuid CONSTRAINT backup_records_estate_fk REFERENCES estates (id),
    taken_at timestamptz NOT NULL,
    kind text NOT NULL,
    succeeded boolean NOT NULL,
    place text NOT NULL,
    size_bytes bigint,
    note text,
    -- Null: the product made it by itself.
    recorded_by uuid CONSTRAINT backup_records_recorder_fk REFERENCES employees (id),
    verified_by uuid CONSTRAINT backup_records_verifier_fk REFERENCES employees (id),
    verified_at timestamptz,
    version integer NOT NULL DEFAULT 1,
    created_at timestamptz NOT NULL,
    CONSTRAINT backup_records_kind_check CHECK (kind IN ('backup', 'restore_test'))
);
CREATE INDEX backup_records_list_idx ON backup_records (taken_at, id);

CREATE TABLE data_corrections (
    id uuid PRIMARY KEY,
    estate_id uuid NOT NULL CONSTRAINT data_corrections_estate_fk REFERENCES estates (id),
    no text NOT NULL,
    -- What is wrong: kind and business number of the record, its field, the value it has and the one it should have.
    record_kind text NOT NULL,
    record_ref text NOT NULL,
    field text NOT NULL,
    before_value text NOT NULL,
    after_value text NOT NULL,
    reason text NOT NULL,
    state text NOT NULL,
    proposed_by uuid NOT NULL CONSTRAINT data_corrections_proposer_fk REFERENCES employees (id),
    decided_by uuid CONSTRAINT data_corrections_decider_fk REFERENCES employees (id),
    decided_at timestamptz,
    decision_note text,
    version integer NOT NULL DEFAULT 1,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    CONSTRAINT data_corrections_estate_no_key UNIQUE (estate_id, no),
    CONSTRAINT data_corrections_kind_check CHECK (record_kind IN ('meter', 'tariff', 'bill', 'receipt', 'payment', 'vehicle')),
    CONSTRAINT data_corrections_state_check CHECK (state IN ('proposed', 'approved', 'rejected'))
);
CREATE INDEX data_corrections_list_idx ON data_corrections (created_at, id);
