//! GOAL-5: the share of the property fee that was collected (TERM-3). Electricity and parking are not part of it.

use super::{Cause, Figure, Goal, Measurement, Stage, measure};

/// One bill of the property fee for a period of the year. All amounts in fen, payments confirmed and not reversed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BillFact {
    /// The year of the period billed.
    pub year: i32,
    /// Receivable, net of approved adjustments and waivers.
    pub receivable_fen: i64,
    /// Received within the year, prepayments that settle this bill included.
    pub received_in_year_fen: i64,
    /// Received until now.
    pub received_to_date_fen: i64,
}

/// Sums over the year's bills, in fen. No bill counts for more than it asks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct CollectionCounts {
    /// Receivable.
    pub receivable_fen: i64,
    /// Received within the year.
    pub received_in_year_fen: i64,
    /// Received until now.
    pub received_to_date_fen: i64,
    /// Received this year for bills of earlier years; shown apart, never counted.
    pub earlier_years_fen: i64,
}

/// Sums the bills: those of `year` count, what came in for others is shown apart.
#[must_use]
pub fn count_bills(bills: &[BillFact], year: i32) -> CollectionCounts {
    let mut sums = CollectionCounts::default();
    for bill in bills {
        if bill.year < year {
            sums.earlier_years_fen += bill.received_in_year_fen;
        } else if bill.year == year {
            let capped = |received: i64| received.min(bill.receivable_fen);
            sums.receivable_fen += bill.receivable_fen;
            sums.received_in_year_fen += capped(bill.received_in_year_fen);
            sums.received_to_date_fen += capped(bill.received_to_date_fen);
        }
    }
    sums
}

/// Measures GOAL-5 by what was received within the year; the share to date stands beside it for information.
#[must_use]
pub fn collection(goal: &Goal, sums: &CollectionCounts, stage: &Stage) -> Measurement {
    let share = |numerator| Figure {
        numerator,
        denominator: Some(sums.receivable_fen),
    };
    let mut measurement = measure(goal, share(sums.received_in_year_fen), None, Cause::NoBills, stage);
    measurement.also = Some(share(sums.received_to_date_fen));
    measurement
}
