//! Briefings held against those due: of a pair, a person, a month.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, Utc};
use serde::Serialize;
use utoipa::ToSchema;

use super::BriefingState;
use crate::access::PostCode;
use crate::shared::EmployeeId;

/// What counts of one briefing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Counted {
    /// The morning.
    pub date: NaiveDate,
    /// The post that reports.
    pub from: PostCode,
    /// The post that hears.
    pub to: PostCode,
    /// Whose it is.
    pub employee: Option<EmployeeId>,
    /// Whether somebody asks for it.
    pub due: bool,
    /// Until when.
    pub due_at: Option<DateTime<Utc>>,
    /// When the morning is over.
    pub missing_at: Option<DateTime<Utc>>,
    /// Where it stands.
    pub state: BriefingState,
    /// When it was reported.
    pub reported_at: Option<DateTime<Utc>>,
}

/// The figures of a set of briefings.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = BriefingFigures)]
pub struct Figures {
    /// Due: the morning on which each was asked for has come to its hour.
    pub due: i64,
    /// Of those, reported by their time.
    pub on_time: i64,
    /// Reported after it.
    pub late: i64,
    /// Not reported when the morning was over.
    pub missing: i64,
    /// Of those due, reported and heard: held.
    pub held: i64,
    /// Given though nobody asked; they count nowhere else.
    pub optional: i64,
    /// Held of those due, in hundredths of a percent; absent when none was due.
    pub held_rate_bp: Option<i64>,
}

/// The figures of one pair of posts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = BriefingFiguresOfPair)]
pub struct OfPair {
    /// The post that reports.
    pub from: PostCode,
    /// The post that hears.
    pub to: PostCode,
    /// Their figures.
    pub figures: Figures,
}

/// The figures of one person.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OfPerson {
    /// Who.
    pub employee_id: EmployeeId,
    /// Their figures.
    pub figures: Figures,
}

/// The figures of one month.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = BriefingFiguresOfMonth)]
pub struct OfMonth {
    /// `YYYY-MM`.
    pub month: String,
    /// Its figures.
    pub figures: Figures,
}

/// All figures of a period.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Statistics {
    /// All briefings together.
    pub all: Figures,
    /// By pair, in the order of the chart.
    pub pairs: Vec<OfPair>,
    /// By person, those with most due first.
    pub people: Vec<OfPerson>,
    /// By month, the oldest first.
    pub months: Vec<OfMonth>,
}

impl Figures {
    fn count(&mut self, briefing: &Counted, now: DateTime<Utc>) {
        if !briefing.due {
            self.optional += i64::from(briefing.reported_at.is_some());
            return;
        }
        let over = |at: Option<DateTime<Utc>>| at.is_some_and(|at| now > at);
        match briefing.reported_at {
            Some(at) if briefing.due_at.is_none_or(|due| at <= due) => self.on_time += 1,
            Some(_) => self.late += 1,
            None if briefing.missing_at.is_some_and(|at| now >= at) => self.missing += 1,
            // Past its time, and the morning is not over: due, and neither late nor missing yet.
            None if over(briefing.due_at) => {}
            None => return,
        }
        self.due += 1;
        self.held += i64::from(briefing.state == BriefingState::Heard);
        self.held_rate_bp = Some((self.held * 10_000 + self.due / 2) / self.due);
    }
}

/// Counts briefings at `now`.
#[must_use]
pub fn statistics(briefings: &[Counted], now: DateTime<Utc>) -> Statistics {
    let mut all = Figures::default();
    let mut pairs = BTreeMap::<(PostCode, PostCode), Figures>::new();
    let mut people = BTreeMap::<EmployeeId, Figures>::new();
    let mut months = BTreeMap::<String, Figures>::new();
    for briefing in briefings {
        all.count(briefing, now);
        pairs
            .entry((briefing.from, briefing.to))
            .or_default()
            .count(briefing, now);
        let month = briefing.date.format("%Y-%m").to_string();
        months.entry(month).or_default().count(briefing, now);
        if let Some(employee) = briefing.employee {
            people.entry(employee).or_default().count(briefing, now);
        }
    }
    let mut people: Vec<OfPerson> = people
        .into_iter()
        .map(|(employee_id, figures)| OfPerson { employee_id, figures })
        .collect();
    people.sort_by_key(|of| std::cmp::Reverse(of.figures.due));
    Statistics {
        all,
        pairs: pairs
            .into_iter()
            .map(|((from, to), figures)| OfPair { from, to, figures })
            .collect(),
        people,
        months: months
            .into_iter()
            .map(|(month, figures)| OfMonth { month, figures })
            .collect(),
    }
}
