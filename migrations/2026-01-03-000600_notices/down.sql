DROP TABLE notice_deliveries;
DROP TABLE notice_digests;
DROP TABLE notice_robots;
DROP TABLE notice_channels;
DROP TABLE notice_preferences;
DROP TABLE notices;
