-- Imports: the rows of an uploaded table wait here until they are checked and taken in; they are deleted afterwards.

CREATE TABLE import_runs (
    id uuid PRIMARY KEY,
    estate_id uuid NOT NULL CONSTRAINT import_runs_estate_fk REFERENCES estates (id),
    kind text NOT NULL,
    file_name text NOT NULL,
    format text NOT NULL,
    encoding text NOT NULL,
    sha256 text NOT NULL,
    headers text[] NOT NULL,
    -- uploaded -> checking -> ready -> running -> done; cancelled before it ran, failed when the work broke off
    state text NOT NULL,
    total_rows integer NOT NULL,
    done_rows integer NOT NULL DEFAULT 0,
    added integer NOT NULL DEFAULT 0,
    changed integer NOT NULL DEFAULT 0,
    unchanged integer NOT NULL DEFAULT 0,
    rejected integer NOT NULL DEFAULT 0,
    failure text,
    created_by uuid,
    account_id uuid NOT NULL,
    post text,
    created_at timestamptz NOT NULL,
    started_at timestamptz,
    finished_at timestamptz,
    version integer NOT NULL DEFAULT 1,
    CONSTRAINT import_runs_kind_check CHECK (kind IN ('houses', 'parties', 'occupancies')),
    CONSTRAINT import_runs_state_check CHECK (
        state IN ('uploaded', 'checking', 'ready', 'queued', 'running', 'done', 'failed', 'cancelled')
    )
);
CREATE INDEX import_runs_list_idx ON import_runs (estate_id, created_at, id);

CREATE TABLE import_rows (
    run_id uuid NOT NULL CONSTRAINT import_rows_run_fk REFERENCES import_runs (id) ON DELETE CASCADE,
    row_no integer NOT NULL,
    cells jsonb NOT NULL,
    CONSTRAINT import_rows_pkey PRIMARY KEY (run_id, row_no)
);

-- Never the value that was refused: it may be somebody's phone.
CREATE TABLE import_errors (
    id uuid PRIMARY KEY,
    run_id uuid NOT NULL CONSTRAINT import_errors_run_fk REFERENCES import_runs (id) ON DELETE CASCADE,
    row_no integer NOT NULL,
    column_name text NOT NULL,
    code text NOT NULL,
    message_zh text NOT NULL,
    message_en text NOT NULL
);
CREATE INDEX import_errors_list_idx ON import_errors (run_id, row_no, id);
