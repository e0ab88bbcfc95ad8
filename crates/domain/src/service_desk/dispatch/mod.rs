//! Which technician should take a repair (POS-RECEPT-09c): the work is spread evenly as far as repair time and quality
//! allow.
//!
//! * Quality: only those qualified for the category are ranked; knowing the area counts for a little.
//! * Time: an urgent repair or an emergency goes to whoever can be there soonest and is never held back for balance.
//! * Balance: everything else goes to the lowest weighted load, which is the work of this week and the open work, open
//!   orders weighing more the more they hurry.
//!
//! The ranking is a suggestion. [`Suggestion::choose`] says whether another choice needs a reason.

mod explain;

use std::cmp::Reverse;
use std::collections::BTreeSet;

use chrono::{DateTime, Utc};
use serde::Serialize;
use utoipa::ToSchema;

use super::{RepairCategory, Urgency};
use crate::shared::{EmployeeId, Problem, Text};

pub use explain::Part;

/// One order a technician has not finished.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OpenOrder {
    /// Estimated minutes still to work.
    pub remaining_minutes: u32,
    /// How much it hurries.
    pub urgency: Urgency,
}

/// A technician who might take the repair.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Candidate {
    /// The person.
    pub employee: EmployeeId,
    /// What the person is qualified for.
    pub categories: BTreeSet<RepairCategory>,
    /// On duty when the work is to be done: at the appointment, or now.
    pub on_duty: bool,
    /// On the on-call list at that time.
    pub on_call: bool,
    /// When the next shift begins, if one is planned.
    pub next_shift: Option<DateTime<Utc>>,
    /// Whether the person usually works in the area of the repair.
    pub knows_area: bool,
    /// Orders not finished.
    pub open: Vec<OpenOrder>,
    /// Estimated minutes of all orders assigned since Monday, open ones included.
    pub week_minutes: u32,
    /// Appointments already made, from and until.
    pub appointments: Vec<(DateTime<Utc>, DateTime<Utc>)>,
}

/// The repair to be dispatched.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Job {
    /// What is broken.
    pub category: RepairCategory,
    /// How much it hurries.
    pub urgency: Urgency,
    /// The time agreed with the resident, from and until.
    pub appointment: Option<(DateTime<Utc>, DateTime<Utc>)>,
}

/// How much the parts of the load weigh; settings of the estate. Percentages, so 100 is one minute for one minute.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Weights {
    /// A minute assigned this week.
    pub week: u32,
    /// An open minute of a normal order.
    pub normal: u32,
    /// An open minute of an urgent order.
    pub urgent: u32,
    /// An open minute of an emergency.
    pub emergency: u32,
    /// Minutes taken off the load of somebody who knows the area.
    pub area_minutes: u32,
}

impl Default for Weights {
    fn default() -> Self {
        Self {
            week: 100,
            normal: 50,
            urgent: 100,
            emergency: 150,
            area_minutes: 10,
        }
    }
}

/// The numbers one candidate is ranked by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Load {
    /// Orders not finished.
    pub open_orders: u32,
    /// Minutes still to work on them.
    pub open_minutes: u32,
    /// How many of them hurry.
    pub urgent_open: u32,
    /// Minutes still to work on those.
    pub urgent_minutes: u32,
    /// Minutes assigned this week.
    pub week_minutes: u32,
    /// The weighted load in minutes, the area's bonus taken off.
    pub weighted_minutes: u32,
}

/// When somebody can begin, the best first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Readiness {
    /// On duty at the time.
    OnDuty,
    /// Can be called out.
    OnCall,
    /// Begins with the next shift.
    NextShift,
}

/// One candidate with the reasons for the place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Ranked {
    /// The person.
    pub employee: EmployeeId,
    /// When the person can begin.
    pub readiness: Readiness,
    /// The numbers.
    pub load: Load,
    /// The reasons, the weightiest first; [`Part::text`] puts them into words.
    pub parts: Vec<Part>,
}

/// Why a technician is not ranked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Exclusion {
    /// Not qualified for the category.
    NotQualified,
    /// Neither on duty nor on call, and no shift is planned.
    NotAvailable,
}

/// The answer to "who should go?".
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Suggestion {
    /// The qualified, the suggested one first. Empty when there is nobody.
    pub ranking: Vec<Ranked>,
    /// The others.
    pub excluded: Vec<(EmployeeId, Exclusion)>,
    /// Set when nobody qualified is on duty: what the first of the ranking offers instead. With an empty ranking the
    /// supervisor must be asked.
    pub fallback: Option<Readiness>,
}

/// What a dispatcher's choice means beside the suggestion.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Choice {
    /// The suggested technician.
    AsSuggested,
    /// Another one, with a reason; the place in the ranking, from 2.
    Override {
        /// The place of the chosen one, from 2; `None` when not in the ranking.
        place: Option<usize>,
    },
}

/// Ranks the technicians for a job.
#[must_use]
pub fn suggest(job: &Job, candidates: &[Candidate], weights: &Weights) -> Suggestion {
    let mut excluded = Vec::new();
    let mut ranked = Vec::new();
    for candidate in candidates {
        match readiness(job, candidate) {
            Ok(readiness) => ranked.push((candidate, readiness, load(candidate, weights))),
            Err(cause) => excluded.push((candidate.employee, cause)),
        }
    }
    ranked.sort_by_cached_key(|(candidate, readiness, load)| {
        let place = place(job, *readiness);
        // Somebody already promised elsewhere comes after everybody who is free at that time.
        let clash = clash(job, candidate).is_some();
        let start = candidate.next_shift.filter(|_| *readiness == Readiness::NextShift);
        // For balance the hurried orders are in the weights already; for haste they come first.
        let haste = if job.urgency.hurries() {
            (load.urgent_open, load.urgent_minutes)
        } else {
            (0, 0)
        };
        let even = (load.weighted_minutes, load.week_minutes, load.open_orders);
        (
            place,
            clash && !job.urgency.hurries(),
            haste,
            start,
            even,
            candidate.employee,
        )
    });
    let fallback = ranked.first().map(|(_, r, _)| *r).filter(|r| *r != Readiness::OnDuty);
    let ranking = ranked
        .into_iter()
        .enumerate()
        .map(|(at, (candidate, readiness, load))| Ranked {
            employee: candidate.employee,
            readiness,
            parts: explain::parts(job, candidate, readiness, &load, weights, at == 0),
            load,
        })
        .collect();
    Suggestion {
        ranking,
        excluded,
        fallback,
    }
}

impl Suggestion {
    /// The suggested technician.
    #[must_use]
    pub fn first(&self) -> Option<&Ranked> {
        self.ranking.first()
    }

    /// Checks a dispatcher's choice. Another technician than the suggested one needs a reason; one who is not qualified
    /// cannot be chosen at all.
    ///
    /// # Errors
    /// `validation_failed` at `/technician_id` or `/reason`.
    pub fn choose(&self, technician: EmployeeId, reason: Option<&str>) -> Result<Choice, Problem> {
        if self.excluded.contains(&(technician, Exclusion::NotQualified)) {
            return Err(Problem::field(
                "/technician_id",
                "not_qualified",
                Text::new(
                    "该维修员没有此类维修的资格，请从推荐名单中选择",
                    "This technician is not qualified for the category: choose from the ranking",
                ),
            ));
        }
        let place = self.ranking.iter().position(|r| r.employee == technician);
        if place == Some(0) {
            return Ok(Choice::AsSuggested);
        }
        if reason.is_none_or(|r| r.trim().is_empty()) {
            return Err(Problem::field(
                "/reason",
                "required",
                Text::new(
                    "未按推荐派工，请说明原因",
                    "This is not the suggested technician: say why",
                ),
            ));
        }
        Ok(Choice::Override {
            place: place.map(|p| p + 1),
        })
    }
}

fn readiness(job: &Job, candidate: &Candidate) -> Result<Readiness, Exclusion> {
    if !candidate.categories.contains(&job.category) {
        Err(Exclusion::NotQualified)
    } else if candidate.on_duty {
        Ok(Readiness::OnDuty)
    } else if candidate.on_call && (job.urgency.hurries() || candidate.next_shift.is_none()) {
        Ok(Readiness::OnCall)
    } else if candidate.next_shift.is_some() {
        Ok(Readiness::NextShift)
    } else {
        Err(Exclusion::NotAvailable)
    }
}

/// Who hurries takes the person on call before the next shift; nobody is called out for a repair that can wait.
fn place(job: &Job, readiness: Readiness) -> u8 {
    match (readiness, job.urgency.hurries()) {
        (Readiness::OnDuty, _) => 0,
        (Readiness::OnCall, true) | (Readiness::NextShift, false) => 1,
        (Readiness::NextShift, true) | (Readiness::OnCall, false) => 2,
    }
}

fn load(candidate: &Candidate, weights: &Weights) -> Load {
    let mut load = Load {
        open_orders: 0,
        open_minutes: 0,
        urgent_open: 0,
        urgent_minutes: 0,
        week_minutes: candidate.week_minutes,
        weighted_minutes: 0,
    };
    let mut weighted = u64::from(candidate.week_minutes) * u64::from(weights.week);
    for order in &candidate.open {
        load.open_orders += 1;
        load.open_minutes = load.open_minutes.saturating_add(order.remaining_minutes);
        if order.urgency.hurries() {
            load.urgent_open += 1;
            load.urgent_minutes = load.urgent_minutes.saturating_add(order.remaining_minutes);
        }
        let weight = match order.urgency {
            Urgency::Normal => weights.normal,
            Urgency::Urgent => weights.urgent,
            Urgency::Emergency => weights.emergency,
        };
        weighted += u64::from(order.remaining_minutes) * u64::from(weight);
    }
    let bonus = if candidate.knows_area { weights.area_minutes } else { 0 };
    load.weighted_minutes = u32::try_from(weighted / 100).unwrap_or(u32::MAX).saturating_sub(bonus);
    load
}

/// The appointment of the candidate that the job's appointment would fall into; of several the one that lasts longest.
fn clash(job: &Job, candidate: &Candidate) -> Option<(DateTime<Utc>, DateTime<Utc>)> {
    let (from, until) = job.appointment?;
    let mut made = candidate
        .appointments
        .iter()
        .filter(|(f, u)| *f < until && from < *u)
        .copied()
        .collect::<Vec<_>>();
    made.sort_by_key(|(_, u)| Reverse(*u));
    made.first().copied()
}

#[cfg(test)]
mod tests;
