//! A clock that the facts of a record start and stop, as the record itself says: until when, whose it is, and whether it
//! runs on.

use chrono::{DateTime, Utc};

use super::Responsible;
use super::climb::Climbing;
use crate::shared::{EmployeeId, EstateId, Subject};

/// Where a clock of a record stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Standing {
    /// The record.
    pub subject: Subject,
    /// Its business number.
    pub no: String,
    /// The estate.
    pub estate: EstateId,
    /// Which of its clocks, and how the superiors hear of it.
    pub climbing: &'static Climbing,
    /// The run of this clock: a record that is opened again, or goes to the next level, has another.
    pub round: String,
    /// The post that has it.
    pub responsible: Responsible,
    /// The person, where one was named.
    pub employee: Option<EmployeeId>,
    /// Since when it runs, where the record keeps that.
    pub runs_from: Option<DateTime<Utc>>,
    /// Until when, where the record still says so.
    pub due_at: Option<DateTime<Utc>>,
    /// Whether it hurries: then the first superior is told together with the reminder.
    pub hurries: bool,
    /// Whether it runs on.
    pub hand: Hand,
}

/// What the hand of a clock does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hand {
    /// The deed is still to be done.
    Runs,
    /// It was done then.
    Stopped(DateTime<Utc>),
    /// Nobody asks for it any more: the record was called off or went another way.
    Void,
}
