-- Who is on duty when, who is away, who may work on what: as far as dispatch and acting need it.

CREATE TABLE shifts (
    id uuid PRIMARY KEY,
    estate_id uuid NOT NULL CONSTRAINT shifts_estate_fk REFERENCES estates (id),
    code text NOT NULL,
    name text NOT NULL,
    -- Minutes after midnight; an end not after the start lies on the next day.
    starts_minute integer NOT NULL,
    ends_minute integer NOT NULL,
    kind text NOT NULL,
    active boolean NOT NULL DEFAULT true,
    version integer NOT NULL DEFAULT 1,
    CONSTRAINT shifts_estate_code_key UNIQUE (estate_id, code),
    CONSTRAINT shifts_kind_check CHECK (kind IN ('duty', 'on_call')),
    CONSTRAINT shifts_minutes_check CHECK (
        starts_minute BETWEEN 0 AND 1439 AND ends_minute BETWEEN 0 AND 1440 AND starts_minute <> ends_minute
    )
);

-- One person on one shift on one day; the instants are worked out once, in the estate's zone.
CREATE TABLE roster_entries (
    id uuid PRIMARY KEY,
    estate_id uuid NOT NULL CONSTRAINT roster_entries_estate_fk REFERENCES estates (id),
    responsible_post text NOT NULL CONSTRAINT roster_entries_post_fk REFERENCES posts (code),
    responsible_assignment uuid CONSTRAINT roster_entries_assignment_fk REFERENCES assignments (id),
    squad_id uuid CONSTRAINT roster_entries_squad_fk REFERENCES squads (id),
    area_id uuid,
    created_by uuid,
    employee_id uuid NOT NULL CONSTRAINT roster_entries_employee_fk REFERENCES employees (id),
    shift_id uuid NOT NULL CONSTRAINT roster_entries_shift_fk REFERENCES shifts (id),
    on_date date NOT NULL,
    starts_at timestamptz NOT NULL,
    ends_at timestamptz NOT NULL,
    created_at timestamptz NOT NULL,
    CONSTRAINT roster_entries_no_overlap EXCLUDE USING gist (
        employee_id WITH =, tstzrange(starts_at, ends_at) WITH &&
    )
);
CREATE INDEX roster_entries_estate_idx ON roster_entries (estate_id, on_date);
CREATE INDEX roster_entries_employee_idx ON roster_entries (employee_id, starts_at);

CREATE TABLE absences (
    id uuid PRIMARY KEY,
    estate_id uuid NOT NULL CONSTRAINT absences_estate_fk REFERENCES estates (id),
    responsible_post text NOT NULL CONSTRAINT absences_post_fk REFERENCES posts (code),
    responsible_assignment uuid NOT NULL CONSTRAINT absences_assignment_fk REFERENCES assignments (id),
    squad_id uuid CONSTRAINT absences_squad_fk REFERENCES squads (id),
    area_id uuid,
    created_by uuid,
    employee_id uuid NOT NULL CONSTRAINT absences_employee_fk REFERENCES employees (id),
    kind text NOT NULL,
    starts_at timestamptz NOT NULL,
    ends_at timestamptz NOT NULL,
    -- planned -> approved | refused | cancelled
    state text NOT NULL,
    note text,
    decided_by uuid,
    decided_at timestamptz,
    version integer NOT NULL DEFAULT 1,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    CONSTRAINT absences_kind_check CHECK (kind IN ('leave', 'sick', 'holiday', 'trip', 'training')),
    CONSTRAINT absences_state_check CHECK (state IN ('planned', 'approved', 'refused', 'cancelled')),
    CONSTRAINT absences_times_check CHECK (ends_at > starts_at),
    CONSTRAINT absences_no_overlap EXCLUDE USING gist (
        employee_id WITH =, tstzrange(starts_at, ends_at) WITH &&
    ) WHERE (state IN ('planned', 'approved'))
);
CREATE INDEX absences_estate_idx ON absences (estate_id, starts_at, id);
CREATE INDEX absences_employee_idx ON absences (employee_id, starts_at);

ALTER TABLE acting_periods ADD CONSTRAINT acting_periods_absence_fk FOREIGN KEY (absence_id) REFERENCES absences (id);
CREATE INDEX acting_periods_absence_idx ON acting_periods (absence_id);

CREATE TABLE qualifications (
    id uuid PRIMARY KEY,
    employee_id uuid NOT NULL CONSTRAINT qualifications_employee_fk REFERENCES employees (id),
    -- Code of a repair category; the categories belong to the service desk.
    category_code text NOT NULL,
    evidence text NOT NULL DEFAULT '',
    valid_from date NOT NULL,
    valid_until date,
    version integer NOT NULL DEFAULT 1,
    created_at timestamptz NOT NULL,
    CONSTRAINT qualifications_dates_check CHECK (valid_until IS NULL OR valid_until > valid_from),
    CONSTRAINT qualifications_no_overlap EXCLUDE USING gist (
        employee_id WITH =, category_code WITH =, daterange(valid_from, valid_until) WITH &&
    )
);
CREATE INDEX qualifications_category_idx ON qualifications (category_code);
