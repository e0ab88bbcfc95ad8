-- The inventory of an estate: areas, blocks, units, houses, parking spaces, places, and the changes of its structure.
-- Every element is draft (keyed by the desk) -> active (confirmed by the supervisor) -> retired.

CREATE TABLE areas (
    id uuid PRIMARY KEY,
    estate_id uuid NOT NULL CONSTRAINT areas_estate_fk REFERENCES estates (id),
    code text NOT NULL,
    name text NOT NULL,
    note text NOT NULL DEFAULT '',
    sort_key text NOT NULL,
    state text NOT NULL,
    version integer NOT NULL DEFAULT 1,
    created_by uuid,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    CONSTRAINT areas_state_check CHECK (state IN ('draft', 'active', 'retired'))
);
CREATE UNIQUE INDEX areas_code_key ON areas (estate_id, code) WHERE state <> 'retired';
CREATE INDEX areas_list_idx ON areas (estate_id, sort_key, id);

CREATE TABLE blocks (
    id uuid PRIMARY KEY,
    estate_id uuid NOT NULL CONSTRAINT blocks_estate_fk REFERENCES estates (id),
    area_id uuid CONSTRAINT blocks_area_fk REFERENCES areas (id),
    no text NOT NULL,
    name text NOT NULL,
    kind text NOT NULL,
    location text NOT NULL DEFAULT '',
    floors_above smallint,
    floors_below smallint,
    note text NOT NULL DEFAULT '',
    sort_key text NOT NULL,
    state text NOT NULL,
    version integer NOT NULL DEFAULT 1,
    created_by uuid,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    CONSTRAINT blocks_kind_check CHECK (kind IN ('high_rise', 'multi_storey', 'villa', 'commercial', 'other')),
    CONSTRAINT blocks_state_check CHECK (state IN ('draft', 'active', 'retired'))
);
CREATE UNIQUE INDEX blocks_no_key ON blocks (estate_id, no) WHERE state <> 'retired';
CREATE INDEX blocks_list_idx ON blocks (estate_id, sort_key, id);
CREATE INDEX blocks_area_idx ON blocks (area_id);

CREATE TABLE units (
    id uuid PRIMARY KEY,
    estate_id uuid NOT NULL CONSTRAINT units_estate_fk REFERENCES estates (id),
    block_id uuid NOT NULL CONSTRAINT units_block_fk REFERENCES blocks (id),
    no text NOT NULL,
    lifts smallint,
    note text NOT NULL DEFAULT '',
    sort_key text NOT NULL,
    state text NOT NULL,
    version integer NOT NULL DEFAULT 1,
    created_by uuid,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    CONSTRAINT units_state_check CHECK (state IN ('draft', 'active', 'retired'))
);
CREATE UNIQUE INDEX units_no_key ON units (block_id, no) WHERE state <> 'retired';
CREATE INDEX units_list_idx ON units (estate_id, sort_key, id);

CREATE TABLE houses (
    id uuid PRIMARY KEY,
    estate_id uuid NOT NULL CONSTRAINT houses_estate_fk REFERENCES estates (id),
    block_id uuid NOT NULL CONSTRAINT houses_block_fk REFERENCES blocks (id),
    unit_id uuid CONSTRAINT houses_unit_fk REFERENCES units (id),
    -- As on the door, in its normal form: 3-2-501.
    no text NOT NULL,
    room text NOT NULL,
    floor smallint,
    -- Thousandths of a square metre.
    area_milli bigint,
    use text NOT NULL,
    status text NOT NULL,
    note text NOT NULL DEFAULT '',
    sort_key text NOT NULL,
    search text[] NOT NULL DEFAULT '{}',
    state text NOT NULL,
    import_run_id uuid,
    version integer NOT NULL DEFAULT 1,
    created_by uuid,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    CONSTRAINT houses_use_check CHECK (use IN ('residential', 'commercial', 'office', 'storage', 'other')),
    CONSTRAINT houses_status_check CHECK (status IN ('unsold', 'vacant', 'renovating', 'occupied', 'let')),
    CONSTRAINT houses_state_check CHECK (state IN ('draft', 'active', 'retired')),
    CONSTRAINT houses_area_check CHECK (area_milli IS NULL OR area_milli > 0)
);
CREATE UNIQUE INDEX houses_no_key ON houses (estate_id, no) WHERE state <> 'retired';
CREATE INDEX houses_list_idx ON houses (estate_id, sort_key, id);
CREATE INDEX houses_updated_idx ON houses (estate_id, updated_at, id);
CREATE INDEX houses_block_idx ON houses (block_id);
CREATE INDEX houses_unit_idx ON houses (unit_id);
CREATE INDEX houses_run_idx ON houses (import_run_id) WHERE state = 'draft';
CREATE INDEX houses_search_idx ON houses USING gin (search);

CREATE TABLE parking_spaces (
    id uuid PRIMARY KEY,
    estate_id uuid NOT NULL CONSTRAINT parking_spaces_estate_fk REFERENCES estates (id),
    area_id uuid CONSTRAINT parking_spaces_area_fk REFERENCES areas (id),
    house_id uuid CONSTRAINT parking_spaces_house_fk REFERENCES houses (id),
    no text NOT NULL,
    kind text NOT NULL,
    location text NOT NULL DEFAULT '',
    area_milli bigint,
    note text NOT NULL DEFAULT '',
    sort_key text NOT NULL,
    state text NOT NULL,
    version integer NOT NULL DEFAULT 1,
    created_by uuid,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    CONSTRAINT parking_spaces_kind_check CHECK (kind IN ('owned', 'civil_defence', 'shared', 'visitor', 'two_wheeler')),
    CONSTRAINT parking_spaces_state_check CHECK (state IN ('draft', 'active', 'retired'))
);
CREATE UNIQUE INDEX parking_spaces_no_key ON parking_spaces (estate_id, no) WHERE state <> 'retired';
CREATE INDEX parking_spaces_list_idx ON parking_spaces (estate_id, sort_key, id);
CREATE INDEX parking_spaces_area_idx ON parking_spaces (area_id);
CREATE INDEX parking_spaces_house_idx ON parking_spaces (house_id);

-- Roads, green areas, shared places and fixtures: what a squad leader knows by heart (POS-CLEANLEAD-03).
CREATE TABLE places (
    id uuid PRIMARY KEY,
    estate_id uuid NOT NULL CONSTRAINT places_estate_fk REFERENCES estates (id),
    area_id uuid CONSTRAINT places_area_fk REFERENCES areas (id),
    kind text NOT NULL,
    fixture_kind text,
    no text NOT NULL DEFAULT '',
    name text NOT NULL,
    -- Thousandths of a metre and of a square metre.
    length_milli bigint,
    area_milli bigint,
    quantity integer NOT NULL DEFAULT 1,
    location text NOT NULL DEFAULT '',
    note text NOT NULL DEFAULT '',
    sort_key text NOT NULL,
    search text[] NOT NULL DEFAULT '{}',
    state text NOT NULL,
    version integer NOT NULL DEFAULT 1,
    created_by uuid,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    CONSTRAINT places_kind_check CHECK (kind IN ('road', 'green', 'shared', 'fixture')),
    CONSTRAINT places_fixture_kind_check CHECK (
        (kind = 'fixture') = (fixture_kind IS NOT NULL)
        AND fixture_kind IN ('bench', 'lamp_post', 'sculpture', 'small_structure')
    ),
    CONSTRAINT places_quantity_check CHECK (quantity > 0),
    CONSTRAINT places_state_check CHECK (state IN ('draft', 'active', 'retired'))
);
CREATE INDEX places_list_idx ON places (estate_id, sort_key, id);
CREATE INDEX places_area_idx ON places (area_id);
CREATE INDEX places_search_idx ON places USING gin (search);

-- What waits for the supervisor: a new element, a changed measure, an element taken out, an import.
CREATE TABLE structure_changes (
    id uuid PRIMARY KEY,
    estate_id uuid NOT NULL CONSTRAINT structure_changes_estate_fk REFERENCES estates (id),
    kind text NOT NULL,
    subject_kind text NOT NULL,
    subject_id uuid NOT NULL,
    title text NOT NULL,
    before jsonb NOT NULL DEFAULT '{}',
    proposed jsonb NOT NULL DEFAULT '{}',
    reason text NOT NULL DEFAULT '',
    state text NOT NULL,
    proposed_by uuid,
    proposed_at timestamptz NOT NULL,
    decided_by uuid,
    decided_at timestamptz,
    decision_note text NOT NULL DEFAULT '',
    version integer NOT NULL DEFAULT 1,
    CONSTRAINT structure_changes_kind_check CHECK (kind IN ('create', 'alter', 'retire', 'import')),
    CONSTRAINT structure_changes_state_check CHECK (state IN ('proposed', 'confirmed', 'rejected', 'withdrawn'))
);
CREATE UNIQUE INDEX structure_changes_pending_key ON structure_changes (subject_kind, subject_id) WHERE state = 'proposed';
CREATE INDEX structure_changes_list_idx ON structure_changes (estate_id, proposed_at, id);
CREATE INDEX structure_changes_subject_idx ON structure_changes (subject_kind, subject_id);

-- The yearly comparison of the inventory with what stands there; totals are kept as they were on that day.
CREATE TABLE estate_checks (
    id uuid PRIMARY KEY,
    estate_id uuid NOT NULL CONSTRAINT estate_checks_estate_fk REFERENCES estates (id),
    year smallint NOT NULL,
    state text NOT NULL,
    opened_by uuid,
    opened_at timestamptz NOT NULL,
    findings text NOT NULL DEFAULT '',
    totals jsonb NOT NULL DEFAULT '{}',
    closed_by uuid,
    closed_at timestamptz,
    version integer NOT NULL DEFAULT 1,
    CONSTRAINT estate_checks_year_key UNIQUE (estate_id, year),
    CONSTRAINT estate_checks_state_check CHECK (state IN ('open', 'done'))
);
