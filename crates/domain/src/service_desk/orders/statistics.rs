//! The figures of repair service: on-time answer and finish, first-time fix, spread of the work, satisfaction.
//!
//! Every figure is a ratio of counts; an empty denominator is no figure, never 0 %.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use serde::Serialize;
use utoipa::ToSchema;

use super::OrderState;
use crate::service_desk::{
    RepairCategory,
    workload::{Spread, spread},
};
use crate::shared::EmployeeId;

/// What counts of one order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Counted {
    /// Who repairs.
    pub technician: EmployeeId,
    /// What is broken.
    pub category: RepairCategory,
    /// How far it has come.
    pub state: OrderState,
    /// What the workload counts.
    pub estimated_minutes: i64,
    /// When it was answered.
    pub accepted_at: Option<DateTime<Utc>>,
    /// When it was finished.
    pub finished_at: Option<DateTime<Utc>>,
    /// Until when to answer.
    pub response_due_at: DateTime<Utc>,
    /// Until when to finish.
    pub finish_due_at: DateTime<Utc>,
    /// Whether it was ever sent back.
    pub returned: bool,
    /// What the resident said.
    pub rating: Option<String>,
}

/// A ratio with its counts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, ToSchema)]
#[schema(as = OrderRatio)]
pub struct Ratio {
    /// How many are good.
    pub numerator: u32,
    /// Of how many.
    pub denominator: u32,
    /// In percent, two decimals; absent without a denominator.
    pub percent: Option<f64>,
}

/// The figures of a set of orders.
#[derive(Clone, Debug, Default, PartialEq, Serialize, ToSchema)]
#[schema(as = OrderFigures)]
pub struct Figures {
    /// All orders.
    pub orders: u32,
    /// Of those, given up: they count nowhere else.
    pub cancelled: u32,
    /// Answered in time, of those answered or past that limit.
    pub on_time_response: Ratio,
    /// Finished in time, of those finished or past that limit.
    pub on_time_finish: Ratio,
    /// Never sent back, of those verified.
    pub first_time_fix: Ratio,
    /// Satisfied or fairly satisfied, of those who said something.
    pub satisfaction: Ratio,
}

/// The figures of one technician.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
#[schema(as = TechnicianFigures)]
pub struct OfTechnician {
    /// The technician.
    pub technician_id: EmployeeId,
    /// Minutes given to them.
    pub minutes: i64,
    /// Their figures.
    pub figures: Figures,
}

/// The figures of one category.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
#[schema(as = CategoryFigures)]
pub struct OfCategory {
    /// The category.
    pub category: RepairCategory,
    /// Its figures.
    pub figures: Figures,
}

/// All figures of a period.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
#[schema(as = OrderStatistics)]
pub struct Statistics {
    /// All orders together.
    pub all: Figures,
    /// How evenly the minutes lie on the technicians who had any.
    pub spread: Option<Spread>,
    /// By technician.
    pub technicians: Vec<OfTechnician>,
    /// By category.
    pub categories: Vec<OfCategory>,
}

impl Ratio {
    fn count(&mut self, good: bool) {
        self.denominator += 1;
        self.numerator += u32::from(good);
    }

    fn close(&mut self) {
        let percent = f64::from(self.numerator) * 100.0 / f64::from(self.denominator.max(1));
        self.percent = (self.denominator > 0).then_some((percent * 100.0).round() / 100.0);
    }
}

impl Figures {
    fn add(&mut self, order: &Counted, now: DateTime<Utc>) {
        self.orders += 1;
        if order.state == OrderState::Cancelled {
            self.cancelled += 1;
            return;
        }
        let mut timed = |ratio: fn(&mut Self) -> &mut Ratio, due: DateTime<Utc>, done: Option<DateTime<Utc>>| match done
        {
            Some(done) => ratio(self).count(done <= due),
            None if due < now => ratio(self).count(false),
            None => {}
        };
        timed(|f| &mut f.on_time_response, order.response_due_at, order.accepted_at);
        timed(|f| &mut f.on_time_finish, order.finish_due_at, order.finished_at);
        if matches!(
            order.state,
            OrderState::Verified | OrderState::Visited | OrderState::Closed
        ) {
            self.first_time_fix.count(!order.returned);
        }
        if let Some(rating) = &order.rating {
            self.satisfaction
                .count(matches!(rating.as_str(), "satisfied" | "fairly"));
        }
    }

    fn close(mut self) -> Self {
        self.on_time_response.close();
        self.on_time_finish.close();
        self.first_time_fix.close();
        self.satisfaction.close();
        self
    }
}

/// Counts the orders of a period.
#[must_use]
pub fn statistics(orders: &[Counted], now: DateTime<Utc>) -> Statistics {
    let mut all = Figures::default();
    let mut technicians: BTreeMap<EmployeeId, (i64, Figures)> = BTreeMap::new();
    let mut categories: BTreeMap<RepairCategory, Figures> = BTreeMap::new();
    for order in orders {
        all.add(order, now);
        let (minutes, figures) = technicians.entry(order.technician).or_default();
        figures.add(order, now);
        if order.state != OrderState::Cancelled {
            *minutes += order.estimated_minutes;
        }
        categories.entry(order.category).or_default().add(order, now);
    }
    let minutes: Vec<i64> = technicians.values().map(|(minutes, _)| *minutes).collect();
    Statistics {
        all: all.close(),
        spread: spread(&minutes),
        technicians: technicians
            .into_iter()
            .map(|(technician_id, (minutes, figures))| OfTechnician {
                technician_id,
                minutes,
                figures: figures.close(),
            })
            .collect(),
        categories: categories
            .into_iter()
            .map(|(category, figures)| OfCategory {
                category,
                figures: figures.close(),
            })
            .collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::TimeDelta;

    #[test]
    fn pos_pubsup_09_the_figures_count_what_can_be_judged_and_nothing_else() {
        let now: DateTime<Utc> = "2026-03-10T00:00:00Z".parse().expect("an instant");
        let order = |state, accepted: Option<i64>, finished: Option<i64>, returned, rating: Option<&str>| Counted {
            technician: EmployeeId(uuid::Uuid::nil()),
            category: RepairCategory::Water,
            state,
            estimated_minutes: 60,
            accepted_at: accepted.map(|hours| now + TimeDelta::hours(hours)),
            finished_at: finished.map(|hours| now + TimeDelta::hours(hours)),
            response_due_at: now - TimeDelta::hours(10),
            finish_due_at: now - TimeDelta::hours(5),
            returned,
            rating: rating.map(str::to_owned),
        };
        let mut waiting = order(OrderState::Dispatched, None, None, false, None);
        waiting.response_due_at = now + TimeDelta::hours(1);
        waiting.finish_due_at = now + TimeDelta::hours(2);
        let orders = [
            order(OrderState::Closed, Some(-11), Some(-6), false, Some("satisfied")),
            order(OrderState::Visited, Some(-9), Some(-1), true, Some("dissatisfied")),
            order(OrderState::Accepted, Some(-11), None, false, None),
            order(OrderState::Cancelled, None, None, false, None),
            waiting,
        ];
        let all = statistics(&orders, now).all;
        assert_eq!((all.orders, all.cancelled), (5, 1));
        assert_eq!(
            (all.on_time_response.numerator, all.on_time_response.denominator),
            (2, 3)
        );
        assert_eq!((all.on_time_finish.numerator, all.on_time_finish.denominator), (1, 3));
        assert_eq!(all.first_time_fix.percent, Some(50.0));
        assert_eq!(all.satisfaction.percent, Some(50.0));
        assert_eq!(statistics(&[], now).all.on_time_finish.percent, None);
    }
}
