-- How well a clause was kept in a year is counted from this index alone: the thousands of duties of a rule lie on as many pages.
DROP INDEX obligations_rule_idx;
CREATE INDEX obligations_rule_idx ON obligations (rule_code, due_at) INCLUDE (
    estate_id, responsible_post, responsible_assignment, squad_id, area_id, created_by, employee_id, status, optional, deadline
);
