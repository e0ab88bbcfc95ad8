//! How punctually tasks are done (on-time completion rate): of a person, a post, a month.
//!
//! A task counts by its date: it falls due in the period, whenever it was given or done.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use serde::Serialize;
use utoipa::ToSchema;

use super::TaskState;
use crate::access::PostCode;
use crate::shared::EmployeeId;
use crate::shared::deadline::{Standing, standing};
use crate::shared::zone::{Tz, business_date};

/// What counts of one task.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Counted {
    /// Who has it.
    pub assignee: EmployeeId,
    /// In which post.
    pub post: PostCode,
    /// Where it stands.
    pub state: TaskState,
    /// Until when it is to be done.
    pub due_at: DateTime<Utc>,
    /// When it was reported done.
    pub reported_at: Option<DateTime<Utc>>,
}

/// The figures of a set of tasks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = TaskFigures)]
pub struct Figures {
    /// All tasks, those given up left out.
    pub tasks: i64,
    /// Given up: they count nowhere else.
    pub cancelled: i64,
    /// Done by their date.
    pub on_time: i64,
    /// Done after it.
    pub late: i64,
    /// Past it and not done.
    pub overdue: i64,
    /// Not done, and there is still time: they do not count in the rate.
    pub open: i64,
    /// Done by their date, of those done or past it, in hundredths of a percent; absent when there are none.
    pub on_time_rate_bp: Option<i64>,
}

/// The figures of one person.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OfPerson {
    /// Who.
    pub employee_id: EmployeeId,
    /// Their figures.
    pub figures: Figures,
}

/// The figures of one post.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = TaskFiguresOfPost)]
pub struct OfPost {
    /// Which post.
    pub post: PostCode,
    /// Its figures.
    pub figures: Figures,
}

/// The figures of one month.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = TaskFiguresOfMonth)]
pub struct OfMonth {
    /// `YYYY-MM` in the estate's zone.
    pub month: String,
    /// Its figures.
    pub figures: Figures,
}

/// All figures of a period.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Statistics {
    /// All tasks together.
    pub all: Figures,
    /// By person, those with most tasks first.
    pub people: Vec<OfPerson>,
    /// By post, in the order of the chart.
    pub posts: Vec<OfPost>,
    /// By month, the oldest first.
    pub months: Vec<OfMonth>,
}

impl Figures {
    fn count(&mut self, task: &Counted, now: DateTime<Utc>) {
        if task.state == TaskState::Cancelled {
            self.cancelled += 1;
            return;
        }
        self.tasks += 1;
        match standing(task.due_at, task.reported_at, now) {
            Standing::InTime => self.on_time += 1,
            Standing::Late(_) => self.late += 1,
            Standing::Overdue(_) => self.overdue += 1,
            Standing::Open => self.open += 1,
        }
        let due = self.on_time + self.late + self.overdue;
        self.on_time_rate_bp = (due > 0).then(|| (self.on_time * 10_000 + due / 2) / due);
    }
}

/// Counts tasks at `now`.
#[must_use]
pub fn statistics(tasks: &[Counted], zone: Tz, now: DateTime<Utc>) -> Statistics {
    let mut all = Figures::default();
    let mut people = BTreeMap::<EmployeeId, Figures>::new();
    let mut posts = BTreeMap::<PostCode, Figures>::new();
    let mut months = BTreeMap::<String, Figures>::new();
    for task in tasks {
        let month = business_date(task.due_at, zone).format("%Y-%m").to_string();
        for figures in [
            &mut all,
            people.entry(task.assignee).or_default(),
            posts.entry(task.post).or_default(),
            months.entry(month).or_default(),
        ] {
            figures.count(task, now);
        }
    }
    let mut people: Vec<OfPerson> = people
        .into_iter()
        .map(|(employee_id, figures)| OfPerson { employee_id, figures })
        .collect();
    people.sort_by_key(|of| std::cmp::Reverse(of.figures.tasks));
    Statistics {
        all,
        people,
        posts: posts
            .into_iter()
            .map(|(post, figures)| OfPost { post, figures })
            .collect(),
        months: months
            .into_iter()
            .map(|(month, figures)| OfMonth { month, figures })
            .collect(),
    }
}
