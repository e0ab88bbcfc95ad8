-- What every context stands on: settings, the one trail, files, idempotency, jobs, numbers, secrets.

CREATE TABLE estates (
    id uuid PRIMARY KEY,
    code text NOT NULL,
    name text NOT NULL,
    address text NOT NULL DEFAULT '',
    time_zone text NOT NULL DEFAULT 'Asia/Shanghai',
    -- In the address of the public report page; changing it voids printed posters.
    public_code text NOT NULL,
    service_standard text NOT NULL DEFAULT '',
    service_standard_on date,
    version integer NOT NULL DEFAULT 1,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    CONSTRAINT estates_code_key UNIQUE (code),
    CONSTRAINT estates_public_code_key UNIQUE (public_code)
);

-- A changed value over the product's default; estate null holds for the company.
CREATE TABLE settings (
    id uuid PRIMARY KEY,
    estate_id uuid CONSTRAINT settings_estate_fk REFERENCES estates (id),
    key text NOT NULL,
    value bigint NOT NULL,
    reason text NOT NULL,
    changed_by uuid NOT NULL,
    changed_at timestamptz NOT NULL,
    CONSTRAINT settings_estate_key_key UNIQUE NULLS NOT DISTINCT (estate_id, key)
);

-- Append-only: history of a record, audit and evidence for duties are reads of it.
CREATE TABLE trail (
    id uuid PRIMARY KEY,
    occurred_at timestamptz NOT NULL,
    recorded_at timestamptz NOT NULL,
    estate_id uuid,
    account_id uuid NOT NULL,
    employee_id uuid,
    acting_for uuid,
    post text,
    subject_kind text NOT NULL,
    subject_id uuid NOT NULL,
    action text NOT NULL,
    from_state text,
    to_state text,
    reason text,
    changes jsonb NOT NULL DEFAULT '{}',
    clauses text[] NOT NULL DEFAULT '{}'
);
CREATE INDEX trail_subject_idx ON trail (subject_kind, subject_id, id);
CREATE INDEX trail_recorded_idx ON trail (recorded_at, id);
CREATE INDEX trail_employee_idx ON trail (employee_id, id);

CREATE FUNCTION trail_is_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the trail is append-only' USING ERRCODE = 'restrict_violation';
END
$$;
CREATE TRIGGER trail_append_only BEFORE UPDATE OR DELETE ON trail
    FOR EACH ROW EXECUTE FUNCTION trail_is_append_only();

-- One table for all attachments; the bytes lie in the object store under their hash.
CREATE TABLE files (
    id uuid PRIMARY KEY,
    estate_id uuid CONSTRAINT files_estate_fk REFERENCES estates (id),
    name text NOT NULL,
    media_type text NOT NULL,
    size_bytes bigint NOT NULL,
    sha256 text NOT NULL,
    width integer,
    height integer,
    has_thumbnail boolean NOT NULL DEFAULT false,
    created_by uuid,
    created_at timestamptz NOT NULL
);
CREATE INDEX files_sha256_idx ON files (sha256);
CREATE INDEX files_estate_idx ON files (estate_id);

CREATE TABLE attachments (
    subject_kind text NOT NULL,
    subject_id uuid NOT NULL,
    file_id uuid NOT NULL CONSTRAINT attachments_file_fk REFERENCES files (id),
    purpose text NOT NULL DEFAULT 'photo',
    created_by uuid,
    created_at timestamptz NOT NULL,
    CONSTRAINT attachments_pkey PRIMARY KEY (subject_kind, subject_id, file_id)
);
CREATE INDEX attachments_file_idx ON attachments (file_id);

-- Inserted first in the business transaction: a second caller waits on the key and gets the stored answer.
CREATE TABLE idempotency_keys (
    account_id uuid NOT NULL,
    operation text NOT NULL,
    key text NOT NULL,
    body_hash bytea NOT NULL,
    status smallint,
    etag text,
    location text,
    body jsonb,
    created_at timestamptz NOT NULL,
    CONSTRAINT idempotency_keys_pkey PRIMARY KEY (account_id, operation, key)
);
CREATE INDEX idempotency_keys_created_idx ON idempotency_keys (created_at);

CREATE TABLE jobs (
    id uuid PRIMARY KEY,
    kind text NOT NULL,
    payload jsonb NOT NULL,
    -- While a job with this key waits, another of the same key is not enqueued.
    dedupe_key text,
    run_at timestamptz NOT NULL,
    attempts integer NOT NULL DEFAULT 0,
    state text NOT NULL DEFAULT 'waiting',
    last_error text,
    progress jsonb,
    locked_until timestamptz,
    created_at timestamptz NOT NULL,
    finished_at timestamptz,
    CONSTRAINT jobs_state_check CHECK (state IN ('waiting', 'running', 'done', 'failed'))
);
CREATE UNIQUE INDEX jobs_dedupe_key ON jobs (dedupe_key) WHERE state IN ('waiting', 'running');
CREATE INDEX jobs_due_idx ON jobs (run_at, id) WHERE state IN ('waiting', 'running');

-- Business numbers by estate, series and year. Holes are allowed here; gapless series have their own counter.
CREATE TABLE number_series (
    estate_id uuid NOT NULL CONSTRAINT number_series_estate_fk REFERENCES estates (id),
    series text NOT NULL,
    year integer NOT NULL,
    last integer NOT NULL,
    CONSTRAINT number_series_pkey PRIMARY KEY (estate_id, series, year)
);

-- Keys the servers share: signing, masking digests. Written once at first start.
CREATE TABLE secrets (
    name text PRIMARY KEY,
    value bytea NOT NULL,
    created_at timestamptz NOT NULL
);
