DROP TABLE consultations;
DROP TABLE house_file_items;
DROP TABLE house_files;
DROP TABLE occupancies;
DROP TABLE parties;
