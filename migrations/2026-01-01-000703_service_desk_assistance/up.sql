-- The help log: append-only; a correction is a further line.
CREATE TABLE assistances (
    id uuid PRIMARY KEY,
    estate_id uuid NOT NULL CONSTRAINT assistances_estate_fk REFERENCES estates (id),
    no text NOT NULL,
    employee_id uuid NOT NULL CONSTRAINT assistances_employee_fk REFERENCES employees (id),
    house_id uuid,
    party_id uuid,
    kind text NOT NULL,
    note text NOT NULL,
    minutes integer NOT NULL,
    helped_at timestamptz NOT NULL,
    responsible_post text NOT NULL,
    responsible_assignment uuid,
    squad_id uuid,
    area_id uuid,
    created_by uuid,
    corrects_id uuid CONSTRAINT assistances_corrects_fk REFERENCES assistances (id),
    correction_reason text,
    corrected_by_id uuid,
    search text[] NOT NULL DEFAULT '{}',
    created_at timestamptz NOT NULL,
    CONSTRAINT assistances_no_key UNIQUE (estate_id, no),
    CONSTRAINT assistances_corrects_key UNIQUE (corrects_id),
    CONSTRAINT assistances_minutes_check CHECK (minutes >= 0)
);
CREATE INDEX assistances_helped_idx ON assistances (helped_at, id);
CREATE INDEX assistances_estate_helped_idx ON assistances (estate_id, helped_at);
CREATE INDEX assistances_employee_idx ON assistances (employee_id);
CREATE INDEX assistances_house_idx ON assistances (house_id);
CREATE INDEX assistances_party_idx ON assistances (party_id);
CREATE INDEX assistances_assignment_idx ON assistances (responsible_assignment);
CREATE INDEX assistances_created_by_idx ON assistances (created_by);
CREATE INDEX assistances_search_idx ON assistances USING gin (search);
