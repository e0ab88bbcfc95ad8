-- Who owns and uses the houses, and the files kept about them. Identity numbers and phones are personal data: they are
-- shown by clearance only; their digests serve exact search, and the tokens of phones lie apart from those of names.

CREATE TABLE parties (
    id uuid PRIMARY KEY,
    estate_id uuid NOT NULL CONSTRAINT parties_estate_fk REFERENCES estates (id),
    no text NOT NULL,
    kind text NOT NULL,
    name text NOT NULL,
    identity_number text,
    identity_digest text,
    phones text[] NOT NULL DEFAULT '{}',
    phone_digests text[] NOT NULL DEFAULT '{}',
    phone_tokens text[] NOT NULL DEFAULT '{}',
    note text NOT NULL DEFAULT '',
    sort_key text NOT NULL,
    search text[] NOT NULL DEFAULT '{}',
    import_run_id uuid,
    version integer NOT NULL DEFAULT 1,
    created_by uuid,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    CONSTRAINT parties_no_key UNIQUE (estate_id, no),
    CONSTRAINT parties_identity_key UNIQUE (estate_id, identity_digest),
    CONSTRAINT parties_kind_check CHECK (kind IN ('owner', 'tenant', 'user'))
);
CREATE INDEX parties_list_idx ON parties (estate_id, sort_key, id);
CREATE INDEX parties_updated_idx ON parties (estate_id, updated_at, id);
CREATE INDEX parties_name_idx ON parties (estate_id, name);
CREATE INDEX parties_search_idx ON parties USING gin (search);
CREATE INDEX parties_phone_tokens_idx ON parties USING gin (phone_tokens);
CREATE INDEX parties_phone_digests_idx ON parties USING gin (phone_digests);

-- [valid_from, valid_until): who was what in which house. The same entry twice at a time is a slip.
CREATE TABLE occupancies (
    id uuid PRIMARY KEY,
    estate_id uuid NOT NULL CONSTRAINT occupancies_estate_fk REFERENCES estates (id),
    party_id uuid NOT NULL CONSTRAINT occupancies_party_fk REFERENCES parties (id),
    house_id uuid NOT NULL CONSTRAINT occupancies_house_fk REFERENCES houses (id),
    role text NOT NULL,
    valid_from date NOT NULL,
    valid_until date,
    end_reason text,
    import_run_id uuid,
    version integer NOT NULL DEFAULT 1,
    created_by uuid,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    CONSTRAINT occupancies_role_check CHECK (role IN ('owner', 'tenant', 'user')),
    CONSTRAINT occupancies_dates_check CHECK (valid_until IS NULL OR valid_until > valid_from),
    CONSTRAINT occupancies_no_overlap EXCLUDE USING gist (
        house_id WITH =, party_id WITH =, role WITH =, daterange(valid_from, valid_until) WITH &&
    )
);
CREATE INDEX occupancies_list_idx ON occupancies (estate_id, valid_from, id);
CREATE INDEX occupancies_house_idx ON occupancies (house_id, valid_from);
CREATE INDEX occupancies_party_idx ON occupancies (party_id, valid_from);

CREATE TABLE house_files (
    id uuid PRIMARY KEY,
    estate_id uuid NOT NULL CONSTRAINT house_files_estate_fk REFERENCES estates (id),
    house_id uuid NOT NULL CONSTRAINT house_files_house_fk REFERENCES houses (id),
    no text NOT NULL,
    location text NOT NULL DEFAULT '',
    state text NOT NULL,
    -- Kinds of required items that are not there.
    missing text[] NOT NULL DEFAULT '{}',
    opened_on date NOT NULL,
    checked_at timestamptz,
    checked_by uuid,
    archived_on date,
    archive_reason text,
    version integer NOT NULL DEFAULT 1,
    created_by uuid,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    CONSTRAINT house_files_no_key UNIQUE (estate_id, no),
    CONSTRAINT house_files_state_check CHECK (state IN ('open', 'complete', 'incomplete', 'archived'))
);
-- One living file per house.
CREATE UNIQUE INDEX house_files_house_key ON house_files (house_id) WHERE state <> 'archived';
CREATE INDEX house_files_house_idx ON house_files (house_id);
CREATE INDEX house_files_list_idx ON house_files (estate_id, no, id);

-- Append-only: a wrong item is voided with its reason.
CREATE TABLE house_file_items (
    id uuid PRIMARY KEY,
    estate_id uuid NOT NULL CONSTRAINT house_file_items_estate_fk REFERENCES estates (id),
    house_file_id uuid NOT NULL CONSTRAINT house_file_items_house_file_fk REFERENCES house_files (id),
    kind text NOT NULL,
    title text NOT NULL,
    document_date date,
    file_id uuid CONSTRAINT house_file_items_file_fk REFERENCES files (id),
    -- The record it came from: a complaint, a renovation.
    source_kind text,
    source_id uuid,
    voided_at timestamptz,
    voided_by uuid,
    void_reason text,
    created_by uuid,
    created_at timestamptz NOT NULL,
    CONSTRAINT house_file_items_kind_check CHECK (
        kind IN ('handover', 'contract', 'id_copy', 'renovation', 'complaint', 'fee_agreement')
    )
);
CREATE INDEX house_file_items_house_file_idx ON house_file_items (house_file_id, created_at);
CREATE INDEX house_file_items_file_idx ON house_file_items (file_id);

CREATE TABLE consultations (
    id uuid PRIMARY KEY,
    estate_id uuid NOT NULL CONSTRAINT consultations_estate_fk REFERENCES estates (id),
    house_file_id uuid NOT NULL CONSTRAINT consultations_house_file_fk REFERENCES house_files (id),
    no text NOT NULL,
    purpose text NOT NULL,
    state text NOT NULL,
    own_duty boolean NOT NULL,
    responsible_post text NOT NULL CONSTRAINT consultations_post_fk REFERENCES posts (code),
    responsible_assignment uuid,
    squad_id uuid,
    area_id uuid,
    created_by uuid CONSTRAINT consultations_employee_fk REFERENCES employees (id),
    requested_at timestamptz NOT NULL,
    decided_by uuid,
    decided_at timestamptz,
    decision_note text NOT NULL DEFAULT '',
    out_at timestamptz,
    handed_out_by uuid,
    due_on date NOT NULL,
    returned_at timestamptz,
    received_by uuid,
    version integer NOT NULL DEFAULT 1,
    updated_at timestamptz NOT NULL,
    CONSTRAINT consultations_no_key UNIQUE (estate_id, no),
    CONSTRAINT consultations_state_check CHECK (
        state IN ('requested', 'approved', 'rejected', 'withdrawn', 'out', 'returned')
    )
);
-- A file is with one reader at a time.
CREATE UNIQUE INDEX consultations_out_key ON consultations (house_file_id) WHERE state = 'out';
CREATE INDEX consultations_list_idx ON consultations (estate_id, requested_at, id);
CREATE INDEX consultations_house_file_idx ON consultations (house_file_id);
CREATE INDEX consultations_employee_idx ON consultations (created_by);
