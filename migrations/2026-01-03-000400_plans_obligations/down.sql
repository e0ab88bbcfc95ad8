DROP TABLE supervision_notes;
DROP TABLE obligation_evidence;
DROP TABLE obligations;
DROP TABLE obligation_rules;
