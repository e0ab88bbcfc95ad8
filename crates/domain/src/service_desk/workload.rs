//! How evenly the work lies on the technicians (POS-RECEPT-09c).

use serde::Serialize;
use utoipa::ToSchema;

/// The spread of the minutes assigned.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, ToSchema)]
#[schema(as = WorkloadSpread)]
pub struct Spread {
    /// The most minutes anybody has.
    pub max_minutes: i64,
    /// The fewest.
    pub min_minutes: i64,
    /// Their difference.
    pub spread_minutes: i64,
    /// Jain's index: 1 when all have the same, 1/n when one has everything; absent when nobody has anything.
    pub jain: Option<f64>,
}

/// The spread over the technicians on the roster; `None` without any.
#[must_use]
pub fn spread(minutes: &[i64]) -> Option<Spread> {
    let (max, min) = (*minutes.iter().max()?, *minutes.iter().min()?);
    #[allow(clippy::cast_precision_loss, reason = "minutes of a week")]
    let jain = {
        let sum: f64 = minutes.iter().map(|m| *m as f64).sum();
        let squares: f64 = minutes.iter().map(|m| (*m as f64).powi(2)).sum();
        (squares > 0.0).then(|| sum * sum / (minutes.len() as f64 * squares))
    };
    Some(Spread {
        max_minutes: max,
        min_minutes: min,
        spread_minutes: max - min,
        jain,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pos_recept_09c_the_spread_tells_even_from_uneven() {
        let even = spread(&[120, 120, 120]).expect("three people");
        assert_eq!((even.spread_minutes, even.jain), (0, Some(1.0)));
        let uneven = spread(&[300, 0, 0]).expect("three people");
        assert_eq!(uneven.spread_minutes, 300);
        assert!((uneven.jain.expect("some work") - 1.0 / 3.0).abs() < 1e-9);
        assert_eq!(spread(&[0, 0]).expect("two people").jain, None);
        assert_eq!(spread(&[]), None);
    }
}
