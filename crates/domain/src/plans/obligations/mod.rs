//! Duties (履职): from a rule of the manual to the obligation of a person, with a deadline and its evidence.
//!
//! A [`Rule`] says which posts do what how often and until when. [`generate`] lays its turns out for the people who hold
//! those posts. A fact on the trail is the evidence; what lacks it when its time is over was missed, and climbs the line.
//!
//! Where a fact and not the calendar starts a duty, the record it happened to has a [`Clock`], and the duty [`follow`]s it.

mod clocks;
mod due;
mod evidence;
mod facts;
mod figures;
mod filter;
mod follow;
mod generate;
mod model;
mod rule;
mod seed;
mod steps;
mod turn;

pub use clocks::{Clock, clock_of, clocks_for, runs};
pub use due::{DueRule, TimeOfDay};
pub use evidence::EvidenceKind;
pub use facts::{has_records, proves};
pub use figures::{Counted, Figures, OfMonth, OfPerson, OfPost, OfRule, Statistics, statistics};
pub use filter::{ObligationFilter, ObligationSort};
pub use follow::{Followed, follow, moves};
pub use generate::{Due, DutyShift, Ground, generate};
pub use model::{Obligation, ObligationId, ObligationStatus, RecordClock, SUPERVISION};
pub use rule::{Rule, Shared, To};
pub use seed::{Limit, Shipped, Trigger, rules, triggers};
pub use steps::{Fact, confirm, evidence, explain, hand, miss, waive};
pub use turn::{Cadence, Turn};
