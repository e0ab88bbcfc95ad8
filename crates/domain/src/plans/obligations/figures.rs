//! How well duties are done (履职完成率、按时率): of a person, a post, a rule, a month. Appraisal takes them from here.
//!
//! A duty counts by its deadline, once that has passed; a mere reminder counts nowhere.

use std::collections::BTreeMap;

use serde::Serialize;
use utoipa::ToSchema;

use super::ObligationStatus;
use crate::access::PostCode;
use crate::shared::EmployeeId;

/// Duties that have all of this in common.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Counted {
    /// The post that had them.
    pub post: PostCode,
    /// Who; nobody where one of several holders does it for the post, or the post was vacant.
    pub employee: Option<EmployeeId>,
    /// The rule they fell due by.
    pub rule: String,
    /// `YYYY-MM` of the deadline, in the estate's zone.
    pub month: String,
    /// What became of them.
    pub status: ObligationStatus,
    /// How many.
    pub count: i64,
}

/// The figures of a set of duties.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = DutyFigures)]
pub struct Figures {
    /// All that fell due, those let go left out.
    pub due: i64,
    /// Done in time.
    pub on_time: i64,
    /// Done after the deadline.
    pub late: i64,
    /// Not done, whether explained, confirmed or neither yet.
    pub missed: i64,
    /// Let go by the superior: they count nowhere else.
    pub waived: i64,
    /// Done at all, of those that fell due, in hundredths of a percent; absent when there are none.
    pub completion_rate_bp: Option<i64>,
    /// Done in time, of the same.
    pub on_time_rate_bp: Option<i64>,
}

impl Figures {
    fn add(&mut self, status: ObligationStatus, count: i64) {
        match status {
            ObligationStatus::Waived => self.waived += count,
            ObligationStatus::DoneOnTime => self.on_time += count,
            ObligationStatus::DoneLate => self.late += count,
            ObligationStatus::Withdrawn => {}
            // One that is still open past its deadline is in its grace.
            ObligationStatus::Open
            | ObligationStatus::Missed
            | ObligationStatus::Explained
            | ObligationStatus::ConfirmedMissed => self.missed += count,
        }
        self.due = self.on_time + self.late + self.missed;
        let rate = |part: i64| (self.due > 0).then(|| (part * 10_000 + self.due / 2) / self.due);
        (self.completion_rate_bp, self.on_time_rate_bp) = (rate(self.on_time + self.late), rate(self.on_time));
    }
}

/// The figures of one person in one post.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OfPerson {
    /// The post.
    pub post: PostCode,
    /// Who; nobody for what one of several does for all.
    pub employee: Option<EmployeeId>,
    /// Their figures.
    pub figures: Figures,
}

/// The figures of one post.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = DutyFiguresOfPost)]
pub struct OfPost {
    /// Which post.
    pub post: PostCode,
    /// Its figures.
    pub figures: Figures,
}

/// The figures of one rule.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = DutyFiguresOfRule)]
pub struct OfRule {
    /// Its code: `OB-05`.
    pub rule: String,
    /// Its figures.
    pub figures: Figures,
}

/// The figures of one month.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = DutyFiguresOfMonth)]
pub struct OfMonth {
    /// `YYYY-MM` in the estate's zone.
    pub month: String,
    /// Its figures.
    pub figures: Figures,
}

/// All figures of a period.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Statistics {
    /// All duties together.
    pub all: Figures,
    /// By post and person, in the order of the chart.
    pub people: Vec<OfPerson>,
    /// By post, in the order of the chart.
    pub posts: Vec<OfPost>,
    /// By rule.
    pub rules: Vec<OfRule>,
    /// By month, the oldest first.
    pub months: Vec<OfMonth>,
}

/// Adds groups up.
#[must_use]
pub fn statistics(groups: &[Counted]) -> Statistics {
    let mut all = Figures::default();
    let mut people = BTreeMap::<(PostCode, Option<EmployeeId>), Figures>::new();
    let mut posts = BTreeMap::<PostCode, Figures>::new();
    let mut rules = BTreeMap::<&str, Figures>::new();
    let mut months = BTreeMap::<&str, Figures>::new();
    // What nobody owes any more makes nobody's line either.
    for group in groups
        .iter()
        .filter(|group| group.status != ObligationStatus::Withdrawn)
    {
        for figures in [
            &mut all,
            people.entry((group.post, group.employee)).or_default(),
            posts.entry(group.post).or_default(),
            rules.entry(&group.rule).or_default(),
            months.entry(&group.month).or_default(),
        ] {
            figures.add(group.status, group.count);
        }
    }
    Statistics {
        all,
        people: people
            .into_iter()
            .map(|((post, employee), figures)| OfPerson {
                post,
                employee,
                figures,
            })
            .collect(),
        posts: posts
            .into_iter()
            .map(|(post, figures)| OfPost { post, figures })
            .collect(),
        rules: rules
            .into_iter()
            .map(|(rule, figures)| OfRule {
                rule: rule.to_owned(),
                figures,
            })
            .collect(),
        months: months
            .into_iter()
            .map(|(month, figures)| OfMonth {
                month: month.to_owned(),
                figures,
            })
            .collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use ObligationStatus::{ConfirmedMissed, DoneLate, DoneOnTime, Explained, Missed, Open, Waived, Withdrawn};

    fn group(status: ObligationStatus, count: i64, month: &str) -> Counted {
        Counted {
            post: PostCode::Ticket,
            employee: None,
            rule: "OB-19".to_owned(),
            month: month.to_owned(),
            status,
            count,
        }
    }

    #[test]
    fn pos_cscmgr_09a_what_was_let_go_counts_nowhere_else() {
        let groups = [
            group(DoneOnTime, 6, "2026-02"),
            group(DoneLate, 1, "2026-02"),
            group(Missed, 1, "2026-02"),
            group(Explained, 1, "2026-03"),
            group(ConfirmedMissed, 1, "2026-03"),
            group(Waived, 4, "2026-03"),
        ];
        let sums = statistics(&groups);
        assert_eq!((sums.all.due, sums.all.missed, sums.all.waived), (10, 3, 4));
        assert_eq!(
            (sums.all.completion_rate_bp, sums.all.on_time_rate_bp),
            (Some(7_000), Some(6_000))
        );
        let months: Vec<_> = sums
            .months
            .iter()
            .map(|of| (of.month.as_str(), of.figures.due))
            .collect();
        assert_eq!(months, [("2026-02", 8), ("2026-03", 2)]);
    }

    #[test]
    fn what_was_withdrawn_with_its_record_counts_nowhere() {
        let sums = statistics(&[group(Withdrawn, 3, "2026-02")]);
        assert_eq!((sums.all, sums.people.len()), (Figures::default(), 0));
    }

    #[test]
    fn nothing_due_has_no_rate_and_one_in_its_grace_is_not_done() {
        let only_waived = statistics(&[group(Waived, 1, "2026-02")]);
        assert_eq!((only_waived.all.due, only_waived.all.on_time_rate_bp), (0, None));
        let in_grace = statistics(&[group(Open, 1, "2026-02")]);
        assert_eq!(in_grace.all.completion_rate_bp, Some(0));
    }
}
