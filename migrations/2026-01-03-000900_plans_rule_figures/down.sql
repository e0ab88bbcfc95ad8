DROP INDEX obligations_rule_idx;
CREATE INDEX obligations_rule_idx ON obligations (rule_code, due_at);
