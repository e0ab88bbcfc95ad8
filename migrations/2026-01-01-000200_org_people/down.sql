DROP TABLE acting_periods, reporting_edges, assignments, employees, squads, posts, departments;
DROP EXTENSION btree_gist;
