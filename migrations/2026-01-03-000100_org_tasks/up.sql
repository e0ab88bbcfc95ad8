-- Tasks given by leaders: whose each is, and the post it was given from.
CREATE TABLE tasks (
    id uuid PRIMARY KEY,
    estate_id uuid NOT NULL CONSTRAINT tasks_estate_fk REFERENCES estates (id),
    no text NOT NULL,
    title text NOT NULL,
    detail text,
    priority text NOT NULL,
    source text NOT NULL,
    -- The record it came out of, of any context.
    source_kind text,
    source_id uuid,
    state text NOT NULL,
    -- Who gave it, for whom they acted, by what right, and from which post.
    created_by uuid CONSTRAINT tasks_giver_employee_fk REFERENCES employees (id),
    given_for uuid CONSTRAINT tasks_given_for_employee_fk REFERENCES employees (id),
    given_right text NOT NULL,
    given_post text NOT NULL CONSTRAINT tasks_given_post_fk REFERENCES posts (code),
    given_assignment uuid,
    assignee_id uuid NOT NULL CONSTRAINT tasks_assignee_employee_fk REFERENCES employees (id),
    responsible_post text NOT NULL CONSTRAINT tasks_responsible_post_fk REFERENCES posts (code),
    responsible_assignment uuid,
    squad_id uuid,
    area_id uuid,
    issued_at timestamptz NOT NULL,
    due_at timestamptz NOT NULL,
    moved_at timestamptz NOT NULL,
    result text,
    reported_at timestamptz,
    reported_by uuid CONSTRAINT tasks_reporter_employee_fk REFERENCES employees (id),
    returned_count integer NOT NULL DEFAULT 0,
    last_word text,
    ended_at timestamptz,
    search text[] NOT NULL DEFAULT '{}',
    version integer NOT NULL DEFAULT 1,
    updated_at timestamptz NOT NULL,
    CONSTRAINT tasks_no_key UNIQUE (estate_id, no),
    CONSTRAINT tasks_state_check CHECK (
        state IN ('issued', 'accepted', 'in_progress', 'reported_done', 'returned', 'closed', 'cancelled')
    ),
    CONSTRAINT tasks_priority_check CHECK (priority IN ('normal', 'high', 'urgent')),
    CONSTRAINT tasks_source_check CHECK (source IN ('leader', 'meeting', 'review', 'issue', 'briefing')),
    CONSTRAINT tasks_right_check CHECK (given_right IN ('line', 'functional', 'assistance', 'entrusted')),
    CONSTRAINT tasks_source_ref_check CHECK ((source_kind IS NULL) = (source_id IS NULL)),
    CONSTRAINT tasks_giver_check CHECK (created_by <> assignee_id),
    CONSTRAINT tasks_ended_check CHECK ((ended_at IS NOT NULL) = (state IN ('closed', 'cancelled'))),
    CONSTRAINT tasks_reported_check CHECK ((reported_at IS NOT NULL) = (state IN ('reported_done', 'closed')))
);
CREATE INDEX tasks_issued_idx ON tasks (issued_at, id);
CREATE INDEX tasks_due_idx ON tasks (due_at, id);
CREATE INDEX tasks_no_idx ON tasks (no, id);
CREATE INDEX tasks_estate_issued_idx ON tasks (estate_id, issued_at, id);
CREATE INDEX tasks_estate_due_idx ON tasks (estate_id, due_at, id);
CREATE INDEX tasks_giver_idx ON tasks (created_by);
CREATE INDEX tasks_given_for_idx ON tasks (given_for);
CREATE INDEX tasks_given_assignment_idx ON tasks (given_assignment);
CREATE INDEX tasks_assignee_idx ON tasks (assignee_id);
CREATE INDEX tasks_assignment_idx ON tasks (responsible_assignment);
CREATE INDEX tasks_reporter_idx ON tasks (reported_by);
CREATE INDEX tasks_source_idx ON tasks (source_id);
CREATE INDEX tasks_search_idx ON tasks USING gin (search);
-- What waits for somebody, whatever the length of the history; the condition stands in the statements as it stands here.
CREATE INDEX tasks_unfinished_idx ON tasks (estate_id, due_at, id) WHERE ended_at IS NULL;
