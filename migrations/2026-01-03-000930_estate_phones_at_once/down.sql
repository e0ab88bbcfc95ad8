ALTER INDEX parties_phone_digests_idx RESET (fastupdate);
