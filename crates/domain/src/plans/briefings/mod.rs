//! Morning briefings (daily_briefing, 每日汇报): prepared from the records of the day before, reported by the subordinate,
//! heard by the superior, who samples records and turns points into tasks.
//!
//! Who reports to whom until when is said by the rules of duties alone ([`crate::plans::obligations`]).

mod clauses;
mod filter;
mod lines;
mod measures;
mod model;
mod rules;
mod sampling;
mod statistics;

pub use clauses::{CHECK_CLAUSES, CLAUSES};
pub use filter::{BriefingFilter, BriefingSort};
pub use lines::{Owed, optional_line, receivers};
pub use measures::{BriefingMeasure, Reader};
pub use model::{
    Briefing, BriefingAction, BriefingCheck, BriefingCheckId, BriefingId, BriefingItem, BriefingNeed, BriefingPoint,
    BriefingPointId, BriefingRecord, BriefingState, CheckFinding,
};
pub use rules::{
    ChangeBriefing, CheckRecord, HearBriefing, NewPoint, PointAnswer, answer, change, check, hear, late_note, prepare,
    raise, report,
};
pub use sampling::sample;
pub use statistics::{Counted, Figures, OfMonth, OfPair, OfPerson, Statistics, statistics};

#[cfg(test)]
mod tests;
