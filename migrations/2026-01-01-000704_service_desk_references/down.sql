ALTER TABLE assistances DROP CONSTRAINT assistances_party_fk, DROP CONSTRAINT assistances_house_fk;
ALTER TABLE visits DROP CONSTRAINT visits_party_fk, DROP CONSTRAINT visits_house_fk;
ALTER TABLE dispute_parties DROP CONSTRAINT dispute_parties_party_fk, DROP CONSTRAINT dispute_parties_house_fk;
ALTER TABLE cases DROP CONSTRAINT cases_party_fk, DROP CONSTRAINT cases_house_fk;
