ALTER TABLE idempotency_keys ALTER COLUMN body TYPE jsonb USING body::jsonb;
