-- The rest of the organisation: which post covers which box of the chart, who stands in for whom, who carries a role,
-- what the manager has entrusted to the assistant, and the other names of company and estates.

CREATE TABLE box_coverages (
    id uuid PRIMARY KEY,
    -- The box as the chart prints it (工程部主管).
    box text NOT NULL,
    box_en text NOT NULL,
    -- The box above it on the printed chart; null for the top box.
    under_box text,
    covering_post text NOT NULL CONSTRAINT box_coverages_post_fk REFERENCES posts (code),
    -- head: answers for the box; daily: does its daily work; member: one of the people in a leaf box.
    role text NOT NULL,
    valid_from date NOT NULL,
    valid_until date,
    source_clauses text[] NOT NULL DEFAULT '{}',
    position integer NOT NULL,
    version integer NOT NULL DEFAULT 1,
    CONSTRAINT box_coverages_role_check CHECK (role IN ('head', 'daily', 'member')),
    CONSTRAINT box_coverages_dates_check CHECK (valid_until IS NULL OR valid_until > valid_from),
    CONSTRAINT box_coverages_one_head EXCLUDE USING gist (
        box WITH =, daterange(valid_from, valid_until) WITH &&
    ) WHERE (role = 'head')
);
CREATE INDEX box_coverages_post_idx ON box_coverages (covering_post);

CREATE TABLE stand_in_pairs (
    id uuid PRIMARY KEY,
    principal_post text NOT NULL CONSTRAINT stand_in_pairs_post_fk REFERENCES posts (code),
    stand_in_post text NOT NULL CONSTRAINT stand_in_pairs_parent_fk REFERENCES posts (code),
    -- Whether leave of the principal needs an acting period first (DER-LABOUR-6).
    required boolean NOT NULL,
    -- Which one is offered first.
    rank integer NOT NULL DEFAULT 1,
    basis_clause text NOT NULL,
    valid_from date NOT NULL,
    valid_until date,
    version integer NOT NULL DEFAULT 1,
    CONSTRAINT stand_in_pairs_dates_check CHECK (valid_until IS NULL OR valid_until > valid_from),
    CONSTRAINT stand_in_pairs_no_overlap EXCLUDE USING gist (
        principal_post WITH =, stand_in_post WITH =, daterange(valid_from, valid_until) WITH &&
    )
);

CREATE TABLE entrusted_duties (
    id uuid PRIMARY KEY,
    estate_id uuid NOT NULL CONSTRAINT entrusted_duties_estate_fk REFERENCES estates (id),
    from_employee_id uuid NOT NULL CONSTRAINT entrusted_duties_from_employee_fk REFERENCES employees (id),
    to_employee_id uuid NOT NULL CONSTRAINT entrusted_duties_to_employee_fk REFERENCES employees (id),
    duty text NOT NULL,
    valid_from date NOT NULL,
    valid_until date,
    version integer NOT NULL DEFAULT 1,
    created_at timestamptz NOT NULL,
    CONSTRAINT entrusted_duties_dates_check CHECK (valid_until IS NULL OR valid_until > valid_from)
);
CREATE INDEX entrusted_duties_estate_idx ON entrusted_duties (estate_id, valid_from);

-- The company (estate null) and its estates under the names the papers use (总公司, 物业服务中心 …).
CREATE TABLE name_aliases (
    id uuid PRIMARY KEY,
    estate_id uuid CONSTRAINT name_aliases_estate_fk REFERENCES estates (id),
    alias text NOT NULL,
    meaning text NOT NULL,
    source_clauses text[] NOT NULL DEFAULT '{}',
    CONSTRAINT name_aliases_alias_key UNIQUE NULLS NOT DISTINCT (estate_id, alias)
);

-- Who takes the register over from whom, and why a decision was refused, stay with the row.
ALTER TABLE assignments ADD COLUMN refused_by uuid, ADD COLUMN reason text, ADD COLUMN end_reason text;
ALTER TABLE reporting_edges ADD COLUMN proposed_by uuid, ADD COLUMN touches jsonb NOT NULL DEFAULT '[]';
CREATE INDEX assignments_list_idx ON assignments (valid_from, id);
CREATE INDEX employees_list_idx ON employees (no, id);
CREATE INDEX acting_periods_list_idx ON acting_periods (starts_at, id);
