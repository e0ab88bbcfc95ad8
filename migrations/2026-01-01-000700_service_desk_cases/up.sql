-- Complaints, opinions, praise and enquiries. House and party are bound when the estate context is there.
CREATE TABLE cases (
    id uuid PRIMARY KEY,
    estate_id uuid NOT NULL CONSTRAINT cases_estate_fk REFERENCES estates (id),
    no text NOT NULL,
    kind text NOT NULL,
    state text NOT NULL,
    channel text NOT NULL,
    field text NOT NULL,
    about_employee uuid CONSTRAINT cases_about_employee_fk REFERENCES employees (id),
    house_id uuid,
    party_id uuid,
    text text NOT NULL,
    received_at timestamptz NOT NULL,
    acknowledge_due_at timestamptz NOT NULL,
    acknowledged_at timestamptz,
    due_at timestamptz NOT NULL,
    owner_id uuid CONSTRAINT cases_owner_fk REFERENCES employees (id),
    responsible_post text NOT NULL,
    responsible_assignment uuid,
    squad_id uuid,
    area_id uuid,
    created_by uuid,
    validity text,
    validity_at timestamptz,
    reply text,
    replied_at timestamptz,
    closed_at timestamptz,
    reopened_count integer NOT NULL DEFAULT 0,
    master_id uuid CONSTRAINT cases_master_fk REFERENCES cases (id),
    search text[] NOT NULL DEFAULT '{}',
    version integer NOT NULL DEFAULT 1,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    CONSTRAINT cases_no_key UNIQUE (estate_id, no),
    CONSTRAINT cases_kind_check CHECK (kind IN ('complaint', 'suggestion', 'praise', 'enquiry')),
    CONSTRAINT cases_state_check CHECK (
        state IN ('received', 'investigating', 'validity_decided', 'handling', 'replied', 'closed', 'visited')
    ),
    -- Only complaints are found valid or not.
    CONSTRAINT cases_validity_check CHECK ((kind = 'complaint') = (validity IS NOT NULL)),
    CONSTRAINT cases_validity_at_check CHECK ((coalesce(validity, 'pending') <> 'pending') = (validity_at IS NOT NULL)),
    CONSTRAINT cases_closed_check CHECK ((state IN ('closed', 'visited')) = (closed_at IS NOT NULL)),
    CONSTRAINT cases_master_check CHECK (master_id <> id)
);
CREATE INDEX cases_received_idx ON cases (received_at, id);
CREATE INDEX cases_due_idx ON cases (due_at, id);
CREATE INDEX cases_no_idx ON cases (no, id);
CREATE INDEX cases_estate_received_idx ON cases (estate_id, received_at);
CREATE INDEX cases_owner_idx ON cases (owner_id);
CREATE INDEX cases_about_employee_idx ON cases (about_employee);
CREATE INDEX cases_house_idx ON cases (house_id);
CREATE INDEX cases_party_idx ON cases (party_id);
CREATE INDEX cases_master_idx ON cases (master_id);
CREATE INDEX cases_assignment_idx ON cases (responsible_assignment);
CREATE INDEX cases_created_by_idx ON cases (created_by);
CREATE INDEX cases_search_idx ON cases USING gin (search);
-- What the escalation job looks through.
CREATE INDEX cases_waiting_idx ON cases (due_at)
    WHERE state IN ('received', 'investigating', 'validity_decided', 'handling');

-- Who came, when not (or not only) in the owner archive: personal data, with the search tokens that reveal it.
CREATE TABLE case_contacts (
    case_id uuid PRIMARY KEY CONSTRAINT case_contacts_case_fk REFERENCES cases (id) ON DELETE CASCADE,
    name text,
    phone text,
    search text[] NOT NULL DEFAULT '{}'
);
CREATE INDEX case_contacts_search_idx ON case_contacts USING gin (search);

-- What was found on a complaint: proposed by one, confirmed by another.
CREATE TABLE case_findings (
    case_id uuid PRIMARY KEY CONSTRAINT case_findings_case_fk REFERENCES cases (id) ON DELETE CASCADE,
    proposed text,
    proposal_reason text,
    proposed_by uuid,
    proposed_at timestamptz,
    decided_by uuid,
    decided_as text,
    decided_at timestamptz,
    decision_reason text,
    decision_path jsonb,
    -- Who gave the answer that the check of the closing looks at.
    answered_by uuid,
    closing_checked_by uuid,
    closing_checked_at timestamptz,
    CONSTRAINT case_findings_proposed_check CHECK (proposed IN ('valid', 'invalid')),
    -- Nobody confirms what they proposed.
    CONSTRAINT case_findings_decider_check CHECK (decided_by <> proposed_by)
);

-- Append-only.
CREATE TABLE case_measures (
    id uuid PRIMARY KEY,
    case_id uuid NOT NULL CONSTRAINT case_measures_case_fk REFERENCES cases (id) ON DELETE CASCADE,
    text text NOT NULL,
    taken_by uuid,
    taken_at timestamptz NOT NULL,
    recorded_at timestamptz NOT NULL
);
CREATE INDEX case_measures_case_idx ON case_measures (case_id, taken_at);

-- The order, dispute or later record that came out of a case.
CREATE TABLE case_links (
    case_id uuid NOT NULL CONSTRAINT case_links_case_fk REFERENCES cases (id) ON DELETE CASCADE,
    subject_kind text NOT NULL,
    subject_id uuid NOT NULL,
    created_by uuid,
    created_at timestamptz NOT NULL,
    CONSTRAINT case_links_pkey PRIMARY KEY (case_id, subject_kind, subject_id)
);
CREATE INDEX case_links_subject_idx ON case_links (subject_kind, subject_id);
