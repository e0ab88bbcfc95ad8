//! Which records the superior is offered to look at: a few, by chance, and the same ones for as long as the morning lasts.

use std::hash::{DefaultHasher, Hash, Hasher};

use super::{BriefingId, BriefingRecord};

/// How many records are offered.
const OFFERED: usize = 6;

/// Some of `records`, drawn by the briefing's id: whoever reports cannot know which ones, and asking again draws no others.
#[must_use]
pub fn sample(mut records: Vec<BriefingRecord>, briefing: BriefingId) -> Vec<BriefingRecord> {
    records.sort_by_cached_key(|record| {
        let mut lot = DefaultHasher::new();
        (briefing, record.id).hash(&mut lot);
        (lot.finish(), record.id)
    });
    records.dedup();
    records.truncate(OFFERED);
    records
}
