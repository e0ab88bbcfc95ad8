DROP TABLE qualifications;
DROP INDEX acting_periods_absence_idx;
ALTER TABLE acting_periods DROP CONSTRAINT acting_periods_absence_fk;
DROP TABLE absences, roster_entries, shifts;
