DROP TABLE repair_night_requests, repair_requests, repair_categories;
