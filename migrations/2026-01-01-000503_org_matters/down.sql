DELETE FROM acting_periods WHERE principal_assignment IS NULL OR state = 'cancelled';
ALTER TABLE acting_periods
    DROP CONSTRAINT acting_periods_vacancy_no_overlap,
    DROP CONSTRAINT acting_periods_vacancy_check,
    DROP CONSTRAINT acting_periods_state_check,
    ADD CONSTRAINT acting_periods_state_check CHECK (state IN ('proposed', 'confirmed', 'rejected', 'withdrawn')),
    ALTER COLUMN principal_assignment SET NOT NULL,
    ALTER COLUMN principal_id SET NOT NULL;
DROP TABLE vacancy_covers;
DELETE FROM box_coverages;
ALTER TABLE box_coverages
    DROP CONSTRAINT box_coverages_one_rank,
    DROP COLUMN copy_no, DROP COLUMN rank, DROP COLUMN box_clause,
    ADD COLUMN under_box text,
    ADD COLUMN role text NOT NULL,
    ADD CONSTRAINT box_coverages_role_check CHECK (role IN ('head', 'daily', 'member')),
    ADD CONSTRAINT box_coverages_one_head EXCLUDE USING gist (
        box WITH =, daterange(valid_from, valid_until) WITH &&
    ) WHERE (role = 'head');
ALTER TABLE departments DROP COLUMN parent;
ALTER TABLE reporting_edges DROP COLUMN matter;
