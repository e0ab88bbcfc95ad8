-- Morning briefings (每日汇报): prepared from the records of the day before, reported, heard; what was asked and sampled.
CREATE TABLE briefings (
    id uuid PRIMARY KEY,
    estate_id uuid NOT NULL CONSTRAINT briefings_estate_fk REFERENCES estates (id),
    on_date date NOT NULL,
    -- The rule it falls due by; null for one that nobody asks for.
    rule_code text,
    shift_id uuid CONSTRAINT briefings_shift_fk REFERENCES shifts (id),
    -- The post that reports, and the person who is to.
    responsible_post text NOT NULL CONSTRAINT briefings_post_fk REFERENCES posts (code),
    responsible_assignment uuid CONSTRAINT briefings_assignment_fk REFERENCES assignments (id),
    squad_id uuid CONSTRAINT briefings_squad_fk REFERENCES squads (id),
    area_id uuid CONSTRAINT briefings_area_fk REFERENCES areas (id),
    created_by uuid CONSTRAINT briefings_creator_fk REFERENCES employees (id),
    employee_id uuid CONSTRAINT briefings_employee_fk REFERENCES employees (id),
    to_post text NOT NULL CONSTRAINT briefings_to_post_fk REFERENCES posts (code),
    due_at timestamptz,
    missing_at timestamptz,
    state text NOT NULL,
    remarks text,
    -- The figures as they were told; null while they are still counted anew at each look.
    items jsonb,
    reported_at timestamptz,
    reported_by uuid CONSTRAINT briefings_reporter_fk REFERENCES employees (id),
    reported_for uuid CONSTRAINT briefings_reported_for_fk REFERENCES employees (id),
    heard_at timestamptz,
    heard_by uuid CONSTRAINT briefings_hearer_fk REFERENCES employees (id),
    heard_for uuid CONSTRAINT briefings_heard_for_fk REFERENCES employees (id),
    version integer NOT NULL DEFAULT 1,
    updated_at timestamptz NOT NULL,
    CONSTRAINT briefings_morning_key UNIQUE NULLS NOT DISTINCT (
        estate_id, on_date, responsible_post, employee_id, to_post
    ),
    CONSTRAINT briefings_state_check CHECK (state IN ('prepared', 'reported', 'heard')),
    CONSTRAINT briefings_posts_check CHECK (to_post <> responsible_post),
    CONSTRAINT briefings_due_check CHECK ((rule_code IS NULL) = (missing_at IS NULL)),
    CONSTRAINT briefings_reported_check CHECK ((state = 'prepared') = (reported_at IS NULL)
        AND (reported_at IS NULL) = (items IS NULL) AND (reported_at IS NULL) = (reported_by IS NULL)),
    CONSTRAINT briefings_heard_check CHECK ((state = 'heard') = (heard_at IS NOT NULL)
        AND (heard_at IS NULL) = (heard_by IS NULL)),
    CONSTRAINT briefings_hearer_check CHECK (heard_by <> reported_by)
);
-- The log, day by day; the morning of an estate.
CREATE INDEX briefings_date_idx ON briefings (on_date, id);
CREATE INDEX briefings_estate_date_idx ON briefings (estate_id, on_date, id);
-- What a person has to give, and gave.
CREATE INDEX briefings_assignment_idx ON briefings (responsible_assignment, on_date);
CREATE INDEX briefings_employee_idx ON briefings (employee_id, on_date);
CREATE INDEX briefings_creator_idx ON briefings (created_by);
CREATE INDEX briefings_shift_idx ON briefings (shift_id);

CREATE TABLE briefing_points (
    id uuid PRIMARY KEY,
    briefing_id uuid NOT NULL CONSTRAINT briefing_points_briefing_fk REFERENCES briefings (id) ON DELETE CASCADE,
    position integer NOT NULL,
    text text NOT NULL,
    needs text NOT NULL,
    -- The record it is about, of any context.
    subject_kind text,
    subject_id uuid,
    answer text,
    CONSTRAINT briefing_points_position_key UNIQUE (briefing_id, position),
    CONSTRAINT briefing_points_needs_check CHECK (needs IN ('info', 'decision')),
    CONSTRAINT briefing_points_subject_check CHECK ((subject_kind IS NULL) = (subject_id IS NULL))
);

-- Append-only: the records that whoever heard it has sampled.
CREATE TABLE briefing_checks (
    id uuid PRIMARY KEY,
    briefing_id uuid NOT NULL CONSTRAINT briefing_checks_briefing_fk REFERENCES briefings (id),
    subject_kind text NOT NULL,
    subject_id uuid NOT NULL,
    finding text NOT NULL,
    note text,
    checked_by uuid NOT NULL CONSTRAINT briefing_checks_checker_fk REFERENCES employees (id),
    checked_for uuid CONSTRAINT briefing_checks_principal_fk REFERENCES employees (id),
    checked_at timestamptz NOT NULL,
    CONSTRAINT briefing_checks_finding_check CHECK (finding IN ('in_order', 'finding')),
    CONSTRAINT briefing_checks_note_check CHECK (finding = 'in_order' OR note IS NOT NULL)
);
CREATE INDEX briefing_checks_briefing_idx ON briefing_checks (briefing_id, checked_at);
