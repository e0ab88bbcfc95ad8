DROP TABLE login_attempts, access_tokens, refresh_tokens, refresh_families, accounts;
