-- The goals of a year: what is asked, how each figure stood when somebody measured it, who carries which share.
-- "Active" is not stored: an approved set is active once its year has begun.

CREATE TABLE goal_sets (
    id uuid PRIMARY KEY,
    estate_id uuid NOT NULL CONSTRAINT goal_sets_estate_fk REFERENCES estates (id),
    year integer NOT NULL,
    state text NOT NULL,
    drafted_by uuid NOT NULL CONSTRAINT goal_sets_drafted_employee_fk REFERENCES employees (id),
    approved_by uuid CONSTRAINT goal_sets_approved_employee_fk REFERENCES employees (id),
    approved_at timestamptz,
    frozen_at timestamptz,
    version integer NOT NULL DEFAULT 1,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    CONSTRAINT goal_sets_year_key UNIQUE (estate_id, year),
    CONSTRAINT goal_sets_year_check CHECK (year BETWEEN 2000 AND 2100),
    CONSTRAINT goal_sets_state_check CHECK (state IN ('draft', 'approved', 'measured', 'frozen')),
    CONSTRAINT goal_sets_approved_check CHECK ((state = 'draft') = (approved_by IS NULL))
);
CREATE INDEX goal_sets_list_idx ON goal_sets (year, id);
CREATE INDEX goal_sets_drafted_by_idx ON goal_sets (drafted_by);
CREATE INDEX goal_sets_approved_by_idx ON goal_sets (approved_by);

-- Data, not code (GOAL-6): a further goal is a further row.
CREATE TABLE goals (
    id uuid PRIMARY KEY,
    set_id uuid NOT NULL CONSTRAINT goals_set_fk REFERENCES goal_sets (id) ON DELETE CASCADE,
    no smallint NOT NULL,
    formula text NOT NULL,
    name_zh text NOT NULL,
    name_en text NOT NULL,
    comparator text NOT NULL,
    -- Hundredths of the unit: 75 % is 7500, 12 cases are 1200. Figures are compared as whole numbers, never rounded.
    target_e2 bigint NOT NULL,
    unit text NOT NULL,
    weight smallint,
    owner_post text NOT NULL CONSTRAINT goals_owner_post_fk REFERENCES posts (code),
    CONSTRAINT goals_no_key UNIQUE (set_id, no),
    CONSTRAINT goals_formula_check CHECK (
        formula IN ('satisfaction', 'valid_complaints', 'handling_rate', 'staff_violations', 'fee_collection', 'manual')
    ),
    CONSTRAINT goals_comparator_check CHECK (comparator IN ('at_least', 'at_most')),
    CONSTRAINT goals_unit_check CHECK (unit IN ('percent', 'cases', 'person_times')),
    CONSTRAINT goals_weight_check CHECK (weight BETWEEN 0 AND 100)
);
CREATE INDEX goals_owner_idx ON goals (owner_post);

-- Which post carries which share of a goal.
CREATE TABLE goal_breakdowns (
    goal_id uuid NOT NULL CONSTRAINT goal_breakdowns_goal_fk REFERENCES goals (id) ON DELETE CASCADE,
    post text NOT NULL CONSTRAINT goal_breakdowns_post_fk REFERENCES posts (code),
    -- Hundredths of the goal's unit.
    share_e2 bigint NOT NULL,
    CONSTRAINT goal_breakdowns_pkey PRIMARY KEY (goal_id, post),
    CONSTRAINT goal_breakdowns_share_check CHECK (share_e2 >= 0)
);
CREATE INDEX goal_breakdowns_post_idx ON goal_breakdowns (post);

-- Append-only: what was entered for a goal that no record feeds yet.
CREATE TABLE goal_entries (
    id uuid PRIMARY KEY,
    goal_id uuid NOT NULL CONSTRAINT goal_entries_goal_fk REFERENCES goals (id) ON DELETE CASCADE,
    as_of date NOT NULL,
    numerator bigint NOT NULL,
    denominator bigint,
    note text NOT NULL DEFAULT '',
    entered_by uuid NOT NULL CONSTRAINT goal_entries_entered_employee_fk REFERENCES employees (id),
    entered_at timestamptz NOT NULL,
    CONSTRAINT goal_entries_numerator_check CHECK (numerator >= 0),
    CONSTRAINT goal_entries_denominator_check CHECK (denominator IS NULL OR denominator > 0)
);
CREATE INDEX goal_entries_goal_idx ON goal_entries (goal_id, as_of, id);
CREATE INDEX goal_entries_entered_by_idx ON goal_entries (entered_by);

-- Append-only: a re-measurement is a further row that names the one it stands beside, and why.
CREATE TABLE goal_measurements (
    id uuid PRIMARY KEY,
    goal_id uuid NOT NULL CONSTRAINT goal_measurements_goal_fk REFERENCES goals (id) ON DELETE CASCADE,
    as_of date NOT NULL,
    taken_at timestamptz NOT NULL,
    taken_by uuid NOT NULL CONSTRAINT goal_measurements_taken_employee_fk REFERENCES employees (id),
    -- Whether it is the year's final one, signed by the centre manager.
    is_final boolean NOT NULL,
    numerator bigint,
    denominator bigint,
    value_e2 bigint,
    status text NOT NULL,
    cause text,
    pending bigint NOT NULL DEFAULT 0,
    worst_case_e2 bigint,
    warnings text[] NOT NULL DEFAULT '{}',
    -- The counts it was computed from, with the readings (settings) used.
    data_snapshot jsonb NOT NULL DEFAULT '{}',
    note text,
    supersedes uuid CONSTRAINT goal_measurements_supersedes_fk REFERENCES goal_measurements (id),
    reason text,
    frozen boolean NOT NULL DEFAULT false,
    CONSTRAINT goal_measurements_status_check CHECK (status IN ('met', 'at_risk', 'missed', 'not_measurable')),
    CONSTRAINT goal_measurements_cause_check CHECK ((status = 'not_measurable') = (cause IS NOT NULL)),
    CONSTRAINT goal_measurements_reason_check CHECK ((supersedes IS NULL) = (reason IS NULL))
);
CREATE INDEX goal_measurements_goal_idx ON goal_measurements (goal_id, taken_at, id);
CREATE INDEX goal_measurements_taken_by_idx ON goal_measurements (taken_by);
-- A measurement is followed by one other at most.
CREATE UNIQUE INDEX goal_measurements_supersedes_key ON goal_measurements (supersedes);
