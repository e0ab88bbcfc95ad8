//! Establishment against people: headcount, vacancy rate, span of control. Fills the blank of ORG-N2.

use serde::Serialize;
use utoipa::ToSchema;

/// Headcount of one post, or of the centre.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, ToSchema)]
pub struct Headcount {
    /// Places set up; `None` where nobody has set a number.
    pub establishment: Option<i32>,
    /// People who hold the post on the date; a person with two posts counts in each.
    pub actual: i32,
    /// Places not taken.
    pub vacant: i32,
    /// People beyond the establishment.
    pub surplus: i32,
}

impl Headcount {
    /// Of one post. Without an establishment nothing is vacant and nobody is too many.
    #[must_use]
    pub fn of(establishment: Option<i32>, actual: i32) -> Self {
        let places = establishment.unwrap_or(actual);
        Self {
            establishment,
            actual,
            vacant: (places - actual).max(0),
            surplus: (actual - places).max(0),
        }
    }

    /// Of several posts together. A surplus here does not fill a vacancy there.
    #[must_use]
    pub fn sum(posts: impl IntoIterator<Item = Self>) -> Self {
        posts.into_iter().fold(Self::default(), |total, post| Self {
            establishment: match (total.establishment, post.establishment) {
                (None, None) => None,
                (a, b) => Some(a.unwrap_or(0) + b.unwrap_or(0)),
            },
            actual: total.actual + post.actual,
            vacant: total.vacant + post.vacant,
            surplus: total.surplus + post.surplus,
        })
    }

    /// Vacant places in ten-thousandths of the establishment; `None` without an establishment.
    #[must_use]
    pub fn vacancy_rate_e4(&self) -> Option<i32> {
        self.establishment.filter(|places| *places > 0).map(|places| {
            i32::try_from((i64::from(self.vacant) * 20_000 / i64::from(places) + 1) / 2).unwrap_or(10_000)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn org_n2_headcount_is_counted_from_establishment_and_people() {
        let posts = [
            Headcount::of(Some(1), 0),
            Headcount::of(Some(6), 7),
            Headcount::of(None, 2),
            Headcount::of(Some(2), 2),
        ];
        let centre = Headcount::sum(posts);
        assert_eq!(
            centre,
            Headcount {
                establishment: Some(9),
                actual: 11,
                vacant: 1,
                surplus: 1
            }
        );
        assert_eq!(centre.vacancy_rate_e4(), Some(1111));
        assert_eq!(Headcount::of(None, 3).vacancy_rate_e4(), None);
    }
}
