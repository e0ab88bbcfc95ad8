-- Departments, posts, people and who holds which post when; the edges between posts.
CREATE EXTENSION IF NOT EXISTS btree_gist;

CREATE TABLE departments (
    id uuid PRIMARY KEY,
    code text NOT NULL,
    name_zh text NOT NULL,
    name_en text NOT NULL,
    aliases text[] NOT NULL DEFAULT '{}',
    position integer NOT NULL,
    version integer NOT NULL DEFAULT 1,
    CONSTRAINT departments_code_key UNIQUE (code)
);

CREATE TABLE posts (
    code text PRIMARY KEY,
    title_zh text NOT NULL,
    title_en text NOT NULL,
    aliases text[] NOT NULL DEFAULT '{}',
    department_id uuid CONSTRAINT posts_department_fk REFERENCES departments (id),
    level text NOT NULL,
    is_optional boolean NOT NULL DEFAULT false,
    is_role_tag boolean NOT NULL DEFAULT false,
    is_external boolean NOT NULL DEFAULT false,
    -- Its holders log in with a one-time code where the setting asks for codes.
    requires_totp boolean NOT NULL DEFAULT false,
    -- One establishment for every centre; null where the manual states none and nobody has set one.
    establishment_count integer,
    active_from date,
    active_until date,
    source_clauses text[] NOT NULL DEFAULT '{}',
    position integer NOT NULL,
    version integer NOT NULL DEFAULT 1,
    CONSTRAINT posts_level_check CHECK (level IN ('board', 'gm', 'head', 'supervisor', 'leader', 'staff', 'external'))
);
CREATE INDEX posts_department_idx ON posts (department_id);

CREATE TABLE squads (
    id uuid PRIMARY KEY,
    estate_id uuid NOT NULL CONSTRAINT squads_estate_fk REFERENCES estates (id),
    name text NOT NULL,
    post text NOT NULL CONSTRAINT squads_post_fk REFERENCES posts (code),
    active_from date NOT NULL,
    active_until date,
    version integer NOT NULL DEFAULT 1,
    CONSTRAINT squads_estate_name_key UNIQUE (estate_id, name)
);
CREATE INDEX squads_post_idx ON squads (post);

CREATE TABLE employees (
    id uuid PRIMARY KEY,
    no text NOT NULL,
    name text NOT NULL,
    phone text,
    status text NOT NULL,
    hired_on date,
    left_on date,
    search text[] NOT NULL DEFAULT '{}',
    version integer NOT NULL DEFAULT 1,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    CONSTRAINT employees_no_key UNIQUE (no),
    CONSTRAINT employees_status_check CHECK (status IN ('candidate', 'probation', 'active', 'suspended', 'left'))
);
CREATE INDEX employees_search_idx ON employees USING gin (search);

-- [valid_from, valid_until) in the estate's zone. Acting is not here but in acting_periods.
CREATE TABLE assignments (
    id uuid PRIMARY KEY,
    employee_id uuid NOT NULL CONSTRAINT assignments_employee_fk REFERENCES employees (id),
    post text NOT NULL CONSTRAINT assignments_post_fk REFERENCES posts (code),
    estate_id uuid CONSTRAINT assignments_estate_fk REFERENCES estates (id),
    kind text NOT NULL,
    squad_id uuid CONSTRAINT assignments_squad_fk REFERENCES squads (id),
    area_id uuid,
    service_field text,
    valid_from date NOT NULL,
    valid_until date,
    -- proposed (head) -> endorsed (DEPMGR) -> approved (CSCMGR); active and ended follow from the dates.
    state text NOT NULL,
    order_ref text,
    proposed_by uuid,
    endorsed_by uuid,
    approved_by uuid,
    version integer NOT NULL DEFAULT 1,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    CONSTRAINT assignments_kind_check CHECK (kind IN ('primary', 'concurrent')),
    CONSTRAINT assignments_state_check CHECK (state IN ('proposed', 'endorsed', 'approved', 'rejected', 'cancelled')),
    CONSTRAINT assignments_dates_check CHECK (valid_until IS NULL OR valid_until > valid_from),
    CONSTRAINT assignments_no_overlap EXCLUDE USING gist (
        employee_id WITH =, post WITH =, (coalesce(estate_id, '00000000-0000-0000-0000-000000000000'::uuid)) WITH =,
        daterange(valid_from, valid_until) WITH &&
    ) WHERE (state IN ('proposed', 'endorsed', 'approved')),
    CONSTRAINT assignments_one_primary EXCLUDE USING gist (
        employee_id WITH =, daterange(valid_from, valid_until) WITH &&
    ) WHERE (kind = 'primary' AND state = 'approved')
);
CREATE INDEX assignments_employee_idx ON assignments (employee_id);
CREATE INDEX assignments_estate_post_idx ON assignments (estate_id, post);
CREATE INDEX assignments_squad_idx ON assignments (squad_id);

-- Edges are a template between posts, the same for every estate.
CREATE TABLE reporting_edges (
    id uuid PRIMARY KEY,
    child_post text NOT NULL CONSTRAINT reporting_edges_child_fk REFERENCES posts (code),
    parent_post text NOT NULL CONSTRAINT reporting_edges_parent_fk REFERENCES posts (code),
    kind text NOT NULL,
    valid_from date NOT NULL,
    valid_until date,
    state text NOT NULL DEFAULT 'effective',
    note text NOT NULL DEFAULT '',
    source_clauses text[] NOT NULL DEFAULT '{}',
    decided_by uuid,
    reason text,
    version integer NOT NULL DEFAULT 1,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    CONSTRAINT reporting_edges_kind_check CHECK (kind IN ('line', 'functional', 'incident_command')),
    CONSTRAINT reporting_edges_state_check CHECK (state IN ('draft', 'effective', 'superseded')),
    CONSTRAINT reporting_edges_dates_check CHECK (valid_until IS NULL OR valid_until > valid_from),
    CONSTRAINT reporting_edges_self_check CHECK (child_post <> parent_post),
    CONSTRAINT reporting_edges_one_line_parent EXCLUDE USING gist (
        child_post WITH =, daterange(valid_from, valid_until) WITH &&
    ) WHERE (kind = 'line' AND state = 'effective')
);
CREATE INDEX reporting_edges_parent_idx ON reporting_edges (parent_post);
CREATE INDEX reporting_edges_child_idx ON reporting_edges (child_post);

-- Acting exists once: for whom, by whom, from when until when, without which rights.
CREATE TABLE acting_periods (
    id uuid PRIMARY KEY,
    principal_assignment uuid NOT NULL CONSTRAINT acting_periods_principal_fk REFERENCES assignments (id),
    principal_id uuid NOT NULL CONSTRAINT acting_periods_principal_employee_fk REFERENCES employees (id),
    stand_in_id uuid NOT NULL CONSTRAINT acting_periods_stand_in_fk REFERENCES employees (id),
    estate_id uuid CONSTRAINT acting_periods_estate_fk REFERENCES estates (id),
    post text NOT NULL CONSTRAINT acting_periods_post_fk REFERENCES posts (code),
    reason text NOT NULL,
    starts_at timestamptz NOT NULL,
    ends_at timestamptz NOT NULL,
    -- proposed -> confirmed -> (active and ended by the clock) | rejected | withdrawn
    state text NOT NULL,
    duties text[] NOT NULL DEFAULT '{}',
    excluded_rights text[] NOT NULL DEFAULT '{}',
    handover_items jsonb NOT NULL DEFAULT '[]',
    basis_clause text,
    absence_id uuid,
    note text,
    proposed_by uuid NOT NULL,
    decided_by uuid,
    decided_at timestamptz,
    decision_path jsonb,
    version integer NOT NULL DEFAULT 1,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    CONSTRAINT acting_periods_reason_check CHECK (reason IN ('holiday', 'leave', 'vacancy', 'trip')),
    CONSTRAINT acting_periods_state_check CHECK (state IN ('proposed', 'confirmed', 'rejected', 'withdrawn')),
    CONSTRAINT acting_periods_times_check CHECK (ends_at > starts_at),
    CONSTRAINT acting_periods_self_check CHECK (principal_id <> stand_in_id),
    CONSTRAINT acting_periods_no_overlap EXCLUDE USING gist (
        principal_assignment WITH =, tstzrange(starts_at, ends_at) WITH &&
    ) WHERE (state = 'confirmed')
);
CREATE INDEX acting_periods_stand_in_idx ON acting_periods (stand_in_id, ends_at);
CREATE INDEX acting_periods_principal_idx ON acting_periods (principal_id, ends_at);
