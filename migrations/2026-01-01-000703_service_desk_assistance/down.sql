DROP TABLE assistances;
