-- Who is told what (通知), and what of it leaves the product by mail or by the robots of messengers.

CREATE TABLE notices (
    id uuid PRIMARY KEY,
    -- Null: the company's.
    estate_id uuid CONSTRAINT notices_estate_fk REFERENCES estates (id),
    recipient_id uuid NOT NULL CONSTRAINT notices_recipient_employee_fk REFERENCES employees (id),
    kind text NOT NULL,
    subject_kind text NOT NULL,
    subject_id uuid NOT NULL,
    -- What the words are made of when somebody reads: number, name, deadline.
    particulars jsonb NOT NULL,
    -- What it is told once by.
    dedupe_key text NOT NULL,
    urgent boolean NOT NULL,
    created_at timestamptz NOT NULL,
    read_at timestamptz,
    CONSTRAINT notices_told_once_key UNIQUE (recipient_id, dedupe_key)
);
CREATE INDEX notices_recipient_idx ON notices (recipient_id, created_at, id);
-- The bell: a handful of rows whatever the length of the history.
CREATE INDEX notices_unread_idx ON notices (recipient_id, created_at, id) WHERE read_at IS NULL;
-- Opening a record marks what was told of it as read.
CREATE INDEX notices_subject_idx ON notices (subject_id) WHERE read_at IS NULL;

-- How somebody wants to be told; without a row as the estate's settings say.
CREATE TABLE notice_preferences (
    employee_id uuid PRIMARY KEY CONSTRAINT notice_preferences_employee_fk REFERENCES employees (id),
    language text NOT NULL,
    digest boolean NOT NULL,
    -- Minutes after midnight; null: the estate's.
    quiet_from smallint,
    quiet_until smallint,
    version integer NOT NULL DEFAULT 1,
    updated_at timestamptz NOT NULL,
    CONSTRAINT notice_preferences_language_check CHECK (language IN ('zh', 'en')),
    CONSTRAINT notice_preferences_quiet_check CHECK (
        (quiet_from IS NULL) = (quiet_until IS NULL)
        AND quiet_from BETWEEN 0 AND 1439 AND quiet_until BETWEEN 0 AND 1439
    )
);

CREATE TABLE notice_channels (
    employee_id uuid NOT NULL CONSTRAINT notice_channels_employee_fk REFERENCES employees (id),
    channel text NOT NULL,
    -- A mail address, or the person's id at the messenger.
    address text NOT NULL,
    enabled boolean NOT NULL,
    updated_at timestamptz NOT NULL,
    CONSTRAINT notice_channels_pkey PRIMARY KEY (employee_id, channel),
    CONSTRAINT notice_channels_channel_check CHECK (channel IN ('email', 'wecom', 'dingtalk'))
);

-- The robot of an estate's group. Its address holds a key; neither that nor the secret is ever shown.
CREATE TABLE notice_robots (
    id uuid PRIMARY KEY,
    estate_id uuid NOT NULL CONSTRAINT notice_robots_estate_fk REFERENCES estates (id),
    channel text NOT NULL,
    url text NOT NULL,
    secret text,
    enabled boolean NOT NULL,
    version integer NOT NULL DEFAULT 1,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    CONSTRAINT notice_robots_channel_key UNIQUE (estate_id, channel),
    CONSTRAINT notice_robots_channel_check CHECK (channel IN ('wecom', 'dingtalk'))
);

-- What somebody reads in the morning, as it was put together; one a day.
CREATE TABLE notice_digests (
    id uuid PRIMARY KEY,
    estate_id uuid CONSTRAINT notice_digests_estate_fk REFERENCES estates (id),
    recipient_id uuid NOT NULL CONSTRAINT notice_digests_recipient_employee_fk REFERENCES employees (id),
    day date NOT NULL,
    content jsonb NOT NULL,
    created_at timestamptz NOT NULL,
    CONSTRAINT notice_digests_day_key UNIQUE (recipient_id, day)
);

-- The sending of a notice or a digest by one way; of neither: a test of the way.
CREATE TABLE notice_deliveries (
    id uuid PRIMARY KEY,
    estate_id uuid CONSTRAINT notice_deliveries_estate_fk REFERENCES estates (id),
    notice_id uuid CONSTRAINT notice_deliveries_notice_fk REFERENCES notices (id) ON DELETE CASCADE,
    digest_id uuid CONSTRAINT notice_deliveries_digest_fk REFERENCES notice_digests (id) ON DELETE CASCADE,
    recipient_id uuid CONSTRAINT notice_deliveries_recipient_employee_fk REFERENCES employees (id),
    channel text NOT NULL,
    -- Of a test; everybody else is reached where they are reached when it is sent.
    address text,
    state text NOT NULL,
    tries integer NOT NULL DEFAULT 0,
    next_at timestamptz NOT NULL,
    -- While a server sends it: another one takes it after this.
    locked_until timestamptz,
    last_error text,
    sent_at timestamptz,
    version integer NOT NULL DEFAULT 1,
    created_at timestamptz NOT NULL,
    CONSTRAINT notice_deliveries_notice_key UNIQUE (notice_id, channel),
    CONSTRAINT notice_deliveries_digest_key UNIQUE (digest_id, channel),
    CONSTRAINT notice_deliveries_one_check CHECK (num_nonnulls(notice_id, digest_id) <= 1),
    CONSTRAINT notice_deliveries_channel_check CHECK (channel IN ('email', 'wecom', 'dingtalk')),
    CONSTRAINT notice_deliveries_state_check CHECK (
        state IN ('waiting', 'held_quiet', 'sending', 'sent', 'in_digest', 'failed', 'given_up', 'dropped')
    ),
    CONSTRAINT notice_deliveries_sent_check CHECK ((sent_at IS NOT NULL) = (state = 'sent')),
    CONSTRAINT notice_deliveries_lease_check CHECK ((locked_until IS NOT NULL) = (state = 'sending'))
);
CREATE INDEX notice_deliveries_due_idx ON notice_deliveries (next_at, id) WHERE state IN ('waiting', 'failed', 'sending');
CREATE INDEX notice_deliveries_held_idx ON notice_deliveries (next_at, id) WHERE state = 'held_quiet';
CREATE INDEX notice_deliveries_created_idx ON notice_deliveries (created_at, id);
CREATE INDEX notice_deliveries_estate_idx ON notice_deliveries (estate_id, created_at, id);
