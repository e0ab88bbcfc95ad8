DROP TABLE case_links;
DROP TABLE case_measures;
DROP TABLE case_findings;
DROP TABLE case_contacts;
DROP TABLE cases;
