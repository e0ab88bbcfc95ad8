-- Logins, sessions and tokens. Secrets are stored hashed only.
CREATE TABLE accounts (
    id uuid PRIMARY KEY,
    kind text NOT NULL,
    username text NOT NULL,
    display_name text NOT NULL,
    employee_id uuid CONSTRAINT accounts_employee_fk REFERENCES employees (id),
    password_hash text,
    must_change_password boolean NOT NULL DEFAULT false,
    -- requested (head) -> active (DEPMGR) -> disabled
    state text NOT NULL,
    -- Raised by every unplanned change of rights; older tokens are refused.
    epoch integer NOT NULL DEFAULT 1,
    -- Bootstrap administrator: may do what DEPMGR may in account management until a DEPMGR logs in.
    is_administrator boolean NOT NULL DEFAULT false,
    totp_secret bytea,
    totp_confirmed_at timestamptz,
    totp_last_step bigint,
    recovery_codes text[] NOT NULL DEFAULT '{}',
    -- Services only: what they may do, and where.
    permissions text[] NOT NULL DEFAULT '{}',
    estates uuid[] NOT NULL DEFAULT '{}',
    reason text,
    requested_by uuid,
    granted_by uuid,
    disabled_at timestamptz,
    last_login_at timestamptz,
    version integer NOT NULL DEFAULT 1,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    CONSTRAINT accounts_username_key UNIQUE (username),
    CONSTRAINT accounts_kind_check CHECK (kind IN ('person', 'service')),
    CONSTRAINT accounts_state_check CHECK (state IN ('requested', 'active', 'disabled', 'refused'))
);
CREATE INDEX accounts_employee_idx ON accounts (employee_id);

-- A family is one login; every refresh replaces its token. Reuse of an old one ends the family.
CREATE TABLE refresh_families (
    id uuid PRIMARY KEY,
    account_id uuid NOT NULL CONSTRAINT refresh_families_account_fk REFERENCES accounts (id),
    created_at timestamptz NOT NULL,
    last_used_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL,
    ended_at timestamptz,
    end_reason text,
    user_agent text NOT NULL DEFAULT '',
    address text NOT NULL DEFAULT ''
);
CREATE INDEX refresh_families_account_idx ON refresh_families (account_id) WHERE ended_at IS NULL;

CREATE TABLE refresh_tokens (
    token_hash bytea PRIMARY KEY,
    family_id uuid NOT NULL CONSTRAINT refresh_tokens_family_fk REFERENCES refresh_families (id) ON DELETE CASCADE,
    created_at timestamptz NOT NULL,
    used_at timestamptz
);
CREATE INDEX refresh_tokens_family_idx ON refresh_tokens (family_id);

-- Personal access tokens and the tokens of services.
CREATE TABLE access_tokens (
    id uuid PRIMARY KEY,
    account_id uuid NOT NULL CONSTRAINT access_tokens_account_fk REFERENCES accounts (id),
    name text NOT NULL,
    token_hash bytea NOT NULL,
    hint text NOT NULL,
    permissions text[] NOT NULL,
    expires_at timestamptz NOT NULL,
    revoked_at timestamptz,
    last_used_at timestamptz,
    created_by uuid NOT NULL,
    created_at timestamptz NOT NULL,
    CONSTRAINT access_tokens_hash_key UNIQUE (token_hash)
);
CREATE INDEX access_tokens_account_idx ON access_tokens (account_id);

CREATE TABLE login_attempts (
    id uuid PRIMARY KEY,
    username text NOT NULL,
    address text NOT NULL,
    succeeded boolean NOT NULL,
    at timestamptz NOT NULL
);
CREATE INDEX login_attempts_username_idx ON login_attempts (username, at);
CREATE INDEX login_attempts_address_idx ON login_attempts (address, at);
