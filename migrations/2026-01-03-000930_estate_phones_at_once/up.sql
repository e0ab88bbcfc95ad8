-- Who calls is found by the phone, and an import asks for two thousand phones at a time. New entries of such an index wait in a list
-- that every search reads to its end, a quarter of a millisecond for each phone; phones change seldom enough to go in at once.
ALTER INDEX parties_phone_digests_idx SET (fastupdate = off);
SELECT gin_clean_pending_list('parties_phone_digests_idx');
