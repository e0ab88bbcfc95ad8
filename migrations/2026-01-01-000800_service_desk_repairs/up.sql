-- Limits of the repair categories where an estate has changed the product's defaults.
CREATE TABLE repair_categories (
    estate_id uuid NOT NULL CONSTRAINT repair_categories_estate_fk REFERENCES estates (id),
    code text NOT NULL,
    response_minutes integer NOT NULL,
    finish_hours integer NOT NULL,
    estimated_minutes integer NOT NULL,
    urgent_percent integer NOT NULL,
    active boolean NOT NULL,
    version integer NOT NULL,
    CONSTRAINT repair_categories_pkey PRIMARY KEY (estate_id, code)
);

CREATE TABLE repair_requests (
    id uuid PRIMARY KEY,
    no text NOT NULL,
    estate_id uuid NOT NULL CONSTRAINT repair_requests_estate_fk REFERENCES estates (id),
    responsible_post text NOT NULL,
    responsible_assignment uuid CONSTRAINT repair_requests_assignment_fk REFERENCES assignments (id),
    squad_id uuid CONSTRAINT repair_requests_squad_fk REFERENCES squads (id),
    area_id uuid,
    created_by uuid CONSTRAINT repair_requests_created_by_fk REFERENCES employees (id),
    source text NOT NULL,
    source_kind text,
    source_id uuid,
    house_id uuid CONSTRAINT repair_requests_house_fk REFERENCES houses (id),
    place_id uuid CONSTRAINT repair_requests_place_fk REFERENCES places (id),
    place_text text,
    party_id uuid CONSTRAINT repair_requests_party_fk REFERENCES parties (id),
    contact_name text,
    contact_phone text,
    category text NOT NULL,
    urgency text NOT NULL,
    paid boolean NOT NULL,
    warranty boolean NOT NULL,
    text text NOT NULL,
    requested_at timestamptz NOT NULL,
    recorded_at timestamptz NOT NULL,
    appointment tstzrange,
    dispatch_due_at timestamptz NOT NULL,
    state text NOT NULL,
    end_reason text,
    search text[] NOT NULL DEFAULT '{}',
    updated_at timestamptz NOT NULL,
    version integer NOT NULL DEFAULT 1,
    CONSTRAINT repair_requests_no_key UNIQUE (estate_id, no),
    CONSTRAINT repair_requests_state_check CHECK (state IN ('requested', 'dispatched', 'closed', 'cancelled')),
    CONSTRAINT repair_requests_urgency_check CHECK (urgency IN ('normal', 'urgent', 'emergency')),
    CONSTRAINT repair_requests_where_check CHECK (num_nonnulls(house_id, place_id, place_text) > 0)
);
CREATE INDEX repair_requests_requested_idx ON repair_requests (estate_id, requested_at, id);
CREATE INDEX repair_requests_due_idx ON repair_requests (estate_id, dispatch_due_at, id);
CREATE INDEX repair_requests_open_idx ON repair_requests (dispatch_due_at) WHERE state = 'requested';
CREATE INDEX repair_requests_assignment_idx ON repair_requests (responsible_assignment);
CREATE INDEX repair_requests_created_by_idx ON repair_requests (created_by);
CREATE INDEX repair_requests_house_idx ON repair_requests (house_id);
CREATE INDEX repair_requests_place_idx ON repair_requests (place_id);
CREATE INDEX repair_requests_party_idx ON repair_requests (party_id);
CREATE INDEX repair_requests_squad_idx ON repair_requests (squad_id);
CREATE INDEX repair_requests_source_idx ON repair_requests (source_kind, source_id);
CREATE INDEX repair_requests_search_idx ON repair_requests USING gin (search);

-- Taken while the desk was closed: kept by the leader on shift, handed over at the start of work (POS-GUARDLEAD-05b).
CREATE TABLE repair_night_requests (
    request_id uuid PRIMARY KEY CONSTRAINT repair_night_requests_request_fk REFERENCES repair_requests (id),
    taken_by_post text NOT NULL,
    hand_over_at timestamptz NOT NULL,
    handed_over_at timestamptz
);
CREATE INDEX repair_night_requests_due_idx ON repair_night_requests (hand_over_at) WHERE handed_over_at IS NULL;
