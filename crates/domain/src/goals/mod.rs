//! The five annual goals (客户服务中心管理目标): what they ask, how they are measured, and when a year's goals are fixed.
//!
//! A context hands over counts; the formulas here make a [`Measurement`] of them. Ratios are compared exactly and rounded
//! only for showing, and a zero denominator is never shown as 0 % or 100 % but as not measurable, with the cause.

mod collection;
mod complaints;
mod handling;
mod measuring;
mod model;
mod options;
mod rules;
mod satisfaction;
mod set;
mod timetable;
mod violations;

pub use collection::{BillFact, CollectionCounts, collection, count_bills};
pub use complaints::{ComplaintCounts, count_complaints, in_complaints, valid_complaints};
pub use handling::{HandlingCounts, count_handling, handling_rate, in_handling};
pub use measuring::{
    DatedCase, Snapshot, Sources, as_of, cases_in, compute, differs, last_stage, month_ends, remeasure, snapshot,
};
pub use model::{
    Cause, Comparator, FIVE_GOALS, Figure, FigurePart, Formula, Goal, GoalStatus, GoalUnit, Measurement, Stage, Warning,
};
pub use options::GoalOptions;
pub use rules::{display, manual, measure};
pub use satisfaction::{Ballot, SurveyCounts, count_ballots, satisfaction};
pub use set::{GoalSet, GoalSetState, NewGoal, approve, centre_managers, freeze, phase, revise, sign};
pub use timetable::{approval_due, due, final_due, missed, not_drafted};
pub use violations::{FindingFact, ViolationCounts, count_violations, violations};

use chrono::NaiveDate;

use crate::service_desk::cases::{CaseKind, Validity};

/// What the goals need to know of a complaint or opinion. Dates are business dates of the estate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CaseFact {
    /// Its kind; praise and enquiries never count.
    pub kind: CaseKind,
    /// What was found; complaints only.
    pub validity: Option<Validity>,
    /// When it was received: the year it counts for.
    pub received_on: NaiveDate,
    /// Until when it should be answered.
    pub due_on: NaiveDate,
    /// When it was closed with a reply or a documented decision; `None` while it is open or opened again.
    pub closed_on: Option<NaiveDate>,
    /// Whether it is linked to a master case of the same event.
    pub is_duplicate: bool,
}

#[cfg(test)]
mod tests;
