-- Return visits: one for each closing of a matter, another some weeks after a warranty repair.
CREATE TABLE visits (
    id uuid PRIMARY KEY,
    estate_id uuid NOT NULL CONSTRAINT visits_estate_fk REFERENCES estates (id),
    no text NOT NULL,
    subject_kind text NOT NULL,
    subject_id uuid NOT NULL,
    subject_no text NOT NULL,
    title text NOT NULL,
    reason text NOT NULL,
    round integer NOT NULL,
    house_id uuid,
    party_id uuid,
    -- Employees whose work it was: they do not ask about it.
    excluded uuid[] NOT NULL DEFAULT '{}',
    state text NOT NULL,
    due_at timestamptz NOT NULL,
    visitor_id uuid CONSTRAINT visits_visitor_employee_fk REFERENCES employees (id),
    method text,
    asked_at timestamptz,
    result text,
    comment text,
    follow_up text,
    attempts integer NOT NULL DEFAULT 0,
    responsible_post text NOT NULL,
    responsible_assignment uuid,
    squad_id uuid,
    area_id uuid,
    created_by uuid,
    search text[] NOT NULL DEFAULT '{}',
    version integer NOT NULL DEFAULT 1,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    CONSTRAINT visits_no_key UNIQUE (estate_id, no),
    -- The same closing makes no second visit, however often it is reported.
    CONSTRAINT visits_subject_round_key UNIQUE (subject_kind, subject_id, reason, round),
    CONSTRAINT visits_state_check CHECK (state IN ('due', 'unreachable', 'done', 'followed_up', 'closed')),
    CONSTRAINT visits_result_check CHECK (
        result IN ('satisfied', 'fairly', 'average', 'dissatisfied', 'unreachable')
    ),
    CONSTRAINT visits_visitor_check CHECK (asked_at IS NULL OR visitor_id <> ALL (excluded))
);
CREATE INDEX visits_due_idx ON visits (due_at, id);
CREATE INDEX visits_created_idx ON visits (created_at, id);
CREATE INDEX visits_estate_due_idx ON visits (estate_id, due_at);
CREATE INDEX visits_visitor_idx ON visits (visitor_id);
CREATE INDEX visits_house_idx ON visits (house_id);
CREATE INDEX visits_party_idx ON visits (party_id);
CREATE INDEX visits_search_idx ON visits USING gin (search);
