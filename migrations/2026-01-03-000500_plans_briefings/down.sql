DROP TABLE briefing_checks;
DROP TABLE briefing_points;
DROP TABLE briefings;
