DROP TABLE clause_texts, clauses;
