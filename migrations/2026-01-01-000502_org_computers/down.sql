DROP TABLE data_corrections, backup_records, data_checks, account_requests, computers;
