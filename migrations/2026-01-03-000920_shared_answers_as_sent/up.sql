-- An answer is kept as it went out: whoever sends a request a second time gets the same bytes. jsonb put its members in an order of
-- its own, and nobody searches in it.
ALTER TABLE idempotency_keys ALTER COLUMN body TYPE text USING body::text;
