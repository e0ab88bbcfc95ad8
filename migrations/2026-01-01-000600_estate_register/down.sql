DROP TABLE estate_checks;
DROP TABLE structure_changes;
DROP TABLE places;
DROP TABLE parking_spaces;
DROP TABLE houses;
DROP TABLE units;
DROP TABLE blocks;
DROP TABLE areas;
