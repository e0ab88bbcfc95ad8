-- What residents report without an account. The tracking code itself is nowhere, only its digest.
CREATE TABLE resident_reports (
    id uuid PRIMARY KEY,
    no text NOT NULL,
    estate_id uuid NOT NULL CONSTRAINT resident_reports_estate_fk REFERENCES estates (id),
    kind text NOT NULL,
    text text NOT NULL,
    location text,
    contact_name text,
    contact_phone text,
    tracking_digest text NOT NULL,
    received_at timestamptz NOT NULL,
    -- Until when the desk must take it in, or say why not.
    due_at timestamptz NOT NULL,
    state text NOT NULL,
    became_kind text,
    became_id uuid,
    decided_by uuid CONSTRAINT resident_reports_decided_by_fk REFERENCES employees (id),
    decided_at timestamptz,
    reply text,
    version integer NOT NULL DEFAULT 1,
    CONSTRAINT resident_reports_no_key UNIQUE (estate_id, no),
    CONSTRAINT resident_reports_tracking_key UNIQUE (tracking_digest),
    CONSTRAINT resident_reports_kind_check CHECK (kind IN ('repair', 'complaint', 'suggestion', 'praise', 'enquiry')),
    CONSTRAINT resident_reports_state_check CHECK (state IN ('received', 'taken_in', 'dismissed'))
);
CREATE INDEX resident_reports_received_idx ON resident_reports (estate_id, received_at, id);
CREATE INDEX resident_reports_waiting_idx ON resident_reports (due_at) WHERE state = 'received';
CREATE INDEX resident_reports_became_idx ON resident_reports (became_kind, became_id);

-- What came in without an account, counted for the limits by address and estate; old lines are swept by the clean-up.
CREATE TABLE public_attempts (
    id uuid PRIMARY KEY,
    kind text NOT NULL,
    address text NOT NULL,
    estate_id uuid,
    at timestamptz NOT NULL
);
CREATE INDEX public_attempts_address_idx ON public_attempts (kind, address, at);
CREATE INDEX public_attempts_estate_idx ON public_attempts (kind, estate_id, at);
