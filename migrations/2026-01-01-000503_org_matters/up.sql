-- The matter of an edge across the line; departments below departments; who comes first in a box of the chart; acting in
-- a post that nobody holds.

ALTER TABLE reporting_edges ADD COLUMN matter text;
ALTER TABLE departments ADD COLUMN parent text CONSTRAINT departments_parent_code_fk REFERENCES departments (code);

ALTER TABLE box_coverages
    DROP CONSTRAINT box_coverages_one_head,
    DROP COLUMN role,
    DROP COLUMN under_box,
    -- The clause of the chart, ORG-1 to ORG-12: it names the box.
    ADD COLUMN box_clause text NOT NULL,
    -- The first post that somebody holds answers for the box.
    ADD COLUMN rank integer NOT NULL,
    -- The number of the manual copy that goes to the box.
    ADD COLUMN copy_no integer,
    ADD CONSTRAINT box_coverages_one_rank EXCLUDE USING gist (
        box_clause WITH =, rank WITH =, daterange(valid_from, valid_until) WITH &&
    );

-- Which post answers for which while that is vacant, and which posts carry which role (物管员, 文档员): a role has no people
-- of its own and is always covered.
CREATE TABLE vacancy_covers (
    id uuid PRIMARY KEY,
    vacant_post text NOT NULL CONSTRAINT vacancy_covers_vacant_post_fk REFERENCES posts (code),
    covering_post text NOT NULL CONSTRAINT vacancy_covers_post_fk REFERENCES posts (code),
    rank integer NOT NULL,
    valid_from date NOT NULL,
    valid_until date,
    CONSTRAINT vacancy_covers_self_check CHECK (vacant_post <> covering_post),
    CONSTRAINT vacancy_covers_dates_check CHECK (valid_until IS NULL OR valid_until > valid_from),
    CONSTRAINT vacancy_covers_no_overlap EXCLUDE USING gist (
        vacant_post WITH =, covering_post WITH =, daterange(valid_from, valid_until) WITH &&
    )
);

ALTER TABLE acting_periods
    ALTER COLUMN principal_assignment DROP NOT NULL,
    ALTER COLUMN principal_id DROP NOT NULL,
    DROP CONSTRAINT acting_periods_state_check,
    ADD CONSTRAINT acting_periods_state_check CHECK (state IN ('proposed', 'confirmed', 'rejected', 'cancelled')),
    ADD CONSTRAINT acting_periods_vacancy_check CHECK ((reason = 'vacancy') = (principal_assignment IS NULL)),
    ADD CONSTRAINT acting_periods_vacancy_no_overlap EXCLUDE USING gist (
        post WITH =, (coalesce(estate_id, '00000000-0000-0000-0000-000000000000'::uuid)) WITH =,
        tstzrange(starts_at, ends_at) WITH &&
    ) WHERE (state = 'confirmed' AND principal_assignment IS NULL);
