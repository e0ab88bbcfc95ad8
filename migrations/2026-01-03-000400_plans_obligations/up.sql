-- What each post owes and when: rules by date, the duties they lead to, what proves them (履职检查督促).

-- A version of a rule; versions of one code follow each other without overlap.
CREATE TABLE obligation_rules (
    id uuid PRIMARY KEY,
    code text NOT NULL,
    valid_from date NOT NULL,
    valid_until date,
    active boolean NOT NULL,
    name_zh text NOT NULL,
    name_en text NOT NULL,
    timing_zh text NOT NULL,
    timing_en text NOT NULL,
    posts text[] NOT NULL,
    -- each: every holder does it; any: one of them does it for the post.
    shared text NOT NULL,
    -- Who receives it; empty: the superior on the line.
    to_posts text[] NOT NULL,
    cadence text NOT NULL,
    due jsonb NOT NULL,
    evidence text NOT NULL,
    -- Pieces of evidence by post, where more than one is needed.
    minimum jsonb NOT NULL,
    optional boolean NOT NULL,
    capability text NOT NULL,
    basis text NOT NULL,
    clauses text[] NOT NULL,
    reason text,
    created_by uuid,
    created_at timestamptz NOT NULL,
    version integer NOT NULL DEFAULT 1,
    CONSTRAINT obligation_rules_dates_check CHECK (valid_until IS NULL OR valid_until > valid_from),
    CONSTRAINT obligation_rules_shared_check CHECK (shared IN ('each', 'any')),
    CONSTRAINT obligation_rules_cadence_check CHECK (
        cadence IN ('shift', 'daily', 'weekly', 'monthly', 'quarterly', 'half_yearly', 'annual')
    ),
    CONSTRAINT obligation_rules_no_overlap EXCLUDE USING gist (
        code WITH =, daterange(valid_from, valid_until) WITH &&
    )
);
CREATE INDEX obligation_rules_clauses_idx ON obligation_rules USING gin (clauses);

CREATE TABLE obligations (
    id uuid PRIMARY KEY,
    estate_id uuid NOT NULL CONSTRAINT obligations_estate_fk REFERENCES estates (id),
    rule_id uuid NOT NULL CONSTRAINT obligations_rule_fk REFERENCES obligation_rules (id),
    rule_code text NOT NULL,
    -- The turn's name: 2026-11-26, 2026-W48, 2026-11 …
    turn text NOT NULL,
    responsible_post text NOT NULL CONSTRAINT obligations_post_fk REFERENCES posts (code),
    -- Null where one of several holders does it for the post.
    responsible_assignment uuid CONSTRAINT obligations_assignment_fk REFERENCES assignments (id),
    squad_id uuid CONSTRAINT obligations_squad_fk REFERENCES squads (id),
    area_id uuid CONSTRAINT obligations_area_fk REFERENCES areas (id),
    created_by uuid,
    employee_id uuid CONSTRAINT obligations_employee_fk REFERENCES employees (id),
    opens_at timestamptz NOT NULL,
    due_at timestamptz NOT NULL,
    minimum smallint NOT NULL,
    found smallint NOT NULL DEFAULT 0,
    status text NOT NULL DEFAULT 'open',
    optional boolean NOT NULL,
    done_at timestamptz,
    explanation text,
    remark text,
    decided_by uuid CONSTRAINT obligations_decider_fk REFERENCES employees (id),
    decided_at timestamptz,
    version integer NOT NULL DEFAULT 1,
    CONSTRAINT obligations_turn_key UNIQUE NULLS NOT DISTINCT (
        estate_id, rule_code, turn, responsible_post, responsible_assignment
    ),
    CONSTRAINT obligations_status_check CHECK (
        status IN ('open', 'done_on_time', 'done_late', 'missed', 'explained', 'waived', 'confirmed_missed')
    ),
    CONSTRAINT obligations_times_check CHECK (opens_at <= due_at),
    CONSTRAINT obligations_count_check CHECK (minimum > 0 AND found >= 0)
);
-- The board of a week, and the list: by time within an estate.
CREATE INDEX obligations_due_idx ON obligations (estate_id, due_at, id);
-- A person's day, and the search for what a fact proves.
CREATE INDEX obligations_assignment_idx ON obligations (responsible_assignment, due_at);
-- How well a rule, and by it a clause, was kept.
CREATE INDEX obligations_rule_idx ON obligations (rule_code, due_at);
-- What still has to be looked at by the clock is a handful of rows whatever the length of the history.
CREATE INDEX obligations_open_idx ON obligations (estate_id, due_at) WHERE status = 'open';
CREATE INDEX obligations_undecided_idx ON obligations (estate_id, due_at) WHERE status IN ('missed', 'explained');

-- Append-only: the facts that were counted.
CREATE TABLE obligation_evidence (
    obligation_id uuid NOT NULL CONSTRAINT obligation_evidence_obligation_fk REFERENCES obligations (id) ON DELETE CASCADE,
    subject_kind text NOT NULL,
    subject_id uuid NOT NULL,
    action text NOT NULL,
    occurred_at timestamptz NOT NULL,
    recorded_at timestamptz NOT NULL,
    employee_id uuid CONSTRAINT obligation_evidence_employee_fk REFERENCES employees (id),
    acting_for uuid CONSTRAINT obligation_evidence_principal_fk REFERENCES employees (id),
    CONSTRAINT obligation_evidence_pkey PRIMARY KEY (obligation_id, subject_kind, subject_id, action)
);
CREATE INDEX obligation_evidence_subject_idx ON obligation_evidence (subject_id);

-- Append-only: what a superior notes about how somebody does their duties, and the guidance given.
CREATE TABLE supervision_notes (
    id uuid PRIMARY KEY,
    estate_id uuid NOT NULL CONSTRAINT supervision_notes_estate_fk REFERENCES estates (id),
    -- The post of the person the note is about: their line reads it.
    responsible_post text NOT NULL CONSTRAINT supervision_notes_post_fk REFERENCES posts (code),
    responsible_assignment uuid CONSTRAINT supervision_notes_assignment_fk REFERENCES assignments (id),
    squad_id uuid CONSTRAINT supervision_notes_squad_fk REFERENCES squads (id),
    area_id uuid CONSTRAINT supervision_notes_area_fk REFERENCES areas (id),
    created_by uuid,
    superior_id uuid NOT NULL CONSTRAINT supervision_notes_superior_fk REFERENCES employees (id),
    subordinate_id uuid NOT NULL CONSTRAINT supervision_notes_subordinate_fk REFERENCES employees (id),
    obligation_id uuid CONSTRAINT supervision_notes_obligation_fk REFERENCES obligations (id),
    text text NOT NULL,
    guidance text,
    created_at timestamptz NOT NULL
);
CREATE INDEX supervision_notes_created_idx ON supervision_notes (estate_id, created_at, id);
CREATE INDEX supervision_notes_subordinate_idx ON supervision_notes (subordinate_id, created_at);
CREATE INDEX supervision_notes_obligation_idx ON supervision_notes (obligation_id);
