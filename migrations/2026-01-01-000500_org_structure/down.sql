DROP INDEX acting_periods_list_idx;
DROP INDEX employees_list_idx;
DROP INDEX assignments_list_idx;
ALTER TABLE reporting_edges DROP COLUMN proposed_by, DROP COLUMN touches;
ALTER TABLE assignments DROP COLUMN refused_by, DROP COLUMN reason, DROP COLUMN end_reason;
DROP TABLE name_aliases, entrusted_duties, stand_in_pairs, box_coverages;
