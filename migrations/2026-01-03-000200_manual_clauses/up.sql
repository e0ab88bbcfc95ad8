-- The manual as rows: what each clause asks of whom, and its words by date.

CREATE TABLE clauses (
    -- As operations, the trail and tests name it: POS-RECEPT-07a.
    id text PRIMARY KEY,
    chapter text NOT NULL,
    no text NOT NULL,
    -- Place in the book.
    position integer NOT NULL,
    -- Binds the whole staff; otherwise the posts named, which may be none.
    everybody boolean NOT NULL,
    posts text[] NOT NULL,
    origin text NOT NULL,
    capability text NOT NULL,
    can text NOT NULL,
    frequency text NOT NULL,
    basis text,
    -- Deferred: a version of the product that knows a further clause moves all behind it by one.
    CONSTRAINT clauses_position_key UNIQUE (position) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT clauses_origin_check CHECK (origin IN ('source', 'derived', 'repeats')),
    CONSTRAINT clauses_can_check CHECK (can IN ('full', 'assist', 'none')),
    CONSTRAINT clauses_binds_check CHECK (NOT (everybody AND posts <> '{}'))
);

-- One text at a time; a revision ends the one in force and adds its own.
CREATE TABLE clause_texts (
    id uuid PRIMARY KEY,
    clause_id text NOT NULL CONSTRAINT clause_texts_clause_fk REFERENCES clauses (id),
    valid_from date NOT NULL,
    valid_until date,
    -- The product's own wording; a text that the company revised is never touched by a new version.
    shipped boolean NOT NULL,
    text_zh text NOT NULL,
    text_en text NOT NULL,
    due_zh text,
    due_en text,
    to_zh text,
    to_en text,
    record_zh text,
    record_en text,
    search text[] NOT NULL,
    CONSTRAINT clause_texts_dates_check CHECK (valid_until IS NULL OR valid_until > valid_from),
    CONSTRAINT clause_texts_no_overlap EXCLUDE USING gist (
        clause_id WITH =, daterange(valid_from, valid_until) WITH &&
    )
);
CREATE INDEX clause_texts_clause_idx ON clause_texts (clause_id, valid_from);
CREATE INDEX clause_texts_search_idx ON clause_texts USING gin (search);
