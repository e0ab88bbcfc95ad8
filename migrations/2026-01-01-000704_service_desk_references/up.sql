-- Houses and parties of the estate context, for what the desk writes down.
ALTER TABLE cases
    ADD CONSTRAINT cases_house_fk FOREIGN KEY (house_id) REFERENCES houses (id),
    ADD CONSTRAINT cases_party_fk FOREIGN KEY (party_id) REFERENCES parties (id);
ALTER TABLE dispute_parties
    ADD CONSTRAINT dispute_parties_house_fk FOREIGN KEY (house_id) REFERENCES houses (id),
    ADD CONSTRAINT dispute_parties_party_fk FOREIGN KEY (party_id) REFERENCES parties (id);
ALTER TABLE visits
    ADD CONSTRAINT visits_house_fk FOREIGN KEY (house_id) REFERENCES houses (id),
    ADD CONSTRAINT visits_party_fk FOREIGN KEY (party_id) REFERENCES parties (id);
ALTER TABLE assistances
    ADD CONSTRAINT assistances_house_fk FOREIGN KEY (house_id) REFERENCES houses (id),
    ADD CONSTRAINT assistances_party_fk FOREIGN KEY (party_id) REFERENCES parties (id);
