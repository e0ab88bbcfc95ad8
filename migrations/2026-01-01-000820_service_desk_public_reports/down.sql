DROP TABLE public_attempts, resident_reports;
