DROP TABLE dispute_steps;
DROP TABLE dispute_parties;
DROP TABLE disputes;
