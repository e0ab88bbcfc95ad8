DROP TABLE overdue_climbs;
