-- How far a missed deadline has climbed: whoever has the record is reminded, then one superior after the other is told.
-- A new deadline of the same record begins a line of its own.
CREATE TABLE overdue_climbs (
    subject_kind text NOT NULL,
    subject_id uuid NOT NULL,
    -- Which deadline of the record: reply, dispatch, finish …
    deadline text NOT NULL,
    due_at timestamptz NOT NULL,
    estate_id uuid NOT NULL CONSTRAINT overdue_climbs_estate_fk REFERENCES estates (id),
    reminded_at timestamptz NOT NULL,
    -- Superiors told so far, and their posts.
    level smallint NOT NULL,
    told_posts text[] NOT NULL,
    -- When the next one is told; null at the top.
    next_at timestamptz,
    CONSTRAINT overdue_climbs_pkey PRIMARY KEY (subject_id, deadline, due_at)
);
CREATE INDEX overdue_climbs_estate_idx ON overdue_climbs (estate_id);
CREATE INDEX overdue_climbs_told_idx ON overdue_climbs USING gin (told_posts);
