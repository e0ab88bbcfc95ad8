DROP TABLE goal_measurements;
DROP TABLE goal_entries;
DROP TABLE goal_breakdowns;
DROP TABLE goals;
DROP TABLE goal_sets;
