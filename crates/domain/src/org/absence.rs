//! Who is away, whether that may be granted, and the days on which nobody answered for a post.

use chrono::{DateTime, NaiveDate, Utc};
use chrono_tz::Tz;

use super::{AbsenceKind, AbsenceState};
use crate::shared::zone::{business_date, start_of};
use crate::shared::{EstateId, Problem, ProblemCode, SubjectKind, Text, TrailEntry, Transition};

/// A span of time.
pub type Span = (DateTime<Utc>, DateTime<Utc>);

/// What the rules look at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Absence {
    /// Its id.
    pub id: uuid::Uuid,
    /// Where.
    pub estate: EstateId,
    /// Why.
    pub kind: AbsenceKind,
    /// How far the decision is.
    pub state: AbsenceState,
    /// From when until when.
    pub span: Span,
}

/// Grants an absence. Where the post has a named stand-in, the whole time must be covered by confirmed acting first;
/// illness cannot wait for that (DER-LABOUR-6).
///
/// # Errors
/// `wrong_state`; `conflict` naming the first hour nobody acts for.
pub fn approve(of: &Absence, needs_stand_in: bool, covered: &[Span]) -> Result<Transition<Absence>, Problem> {
    open(of, &Text::new("批准", "be granted"))?;
    if needs_stand_in
        && of.kind != AbsenceKind::Sick
        && let Some((gap, _)) = gaps(of.span, covered).first()
    {
        return Err(Problem::new(
            ProblemCode::Conflict,
            crate::text!(
                "此岗位有规定的代职人，请假须先确认代职；自{gap}起无人代职。",
                "The post has a named stand-in: confirm the acting first. Nobody acts from {gap}."
            ),
        ));
    }
    Ok(step(of, AbsenceState::Approved, "approved", None))
}

/// Refuses an absence.
///
/// # Errors
/// `wrong_state`.
pub fn refuse(of: &Absence, reason: &str) -> Result<Transition<Absence>, Problem> {
    open(of, &Text::new("驳回", "be refused"))?;
    Ok(step(of, AbsenceState::Refused, "refused", Some(reason)))
}

/// Takes an absence back: it was not needed, or the person is back before it began.
///
/// # Errors
/// `wrong_state` when it is over or was refused.
pub fn cancel(of: &Absence, now: DateTime<Utc>, reason: &str) -> Result<Transition<Absence>, Problem> {
    let live = matches!(of.state, AbsenceState::Planned | AbsenceState::Approved);
    if !live || of.span.1 <= now {
        return Err(Problem::wrong_state(
            &Text::new("撤销", "be taken back"),
            &of.state.title(),
        ));
    }
    Ok(step(of, AbsenceState::Cancelled, "cancelled", Some(reason)))
}

fn open(of: &Absence, action: &Text) -> Result<(), Problem> {
    if of.state == AbsenceState::Planned {
        Ok(())
    } else {
        Err(Problem::wrong_state(action, &of.state.title()))
    }
}

fn step(of: &Absence, to: AbsenceState, action: &'static str, reason: Option<&str>) -> Transition<Absence> {
    Transition {
        record: Absence { state: to, ..*of },
        entry: TrailEntry::new(SubjectKind::Absence, of.id, action)
            .estate(of.estate)
            .states(Some(of.state.code()), to.code())
            .reason(reason)
            .clauses(&["DER-LABOUR-6"]),
    }
}

/// The parts of `span` that none of `covered` covers, in order.
#[must_use]
pub fn gaps(span: Span, covered: &[Span]) -> Vec<Span> {
    let mut covered = covered.to_vec();
    covered.sort_unstable();
    let (mut at, mut gaps) = (span.0, Vec::new());
    for (from, until) in covered {
        if from >= span.1 {
            break;
        }
        if from > at {
            gaps.push((at, from));
        }
        at = at.max(until);
    }
    if at < span.1 {
        gaps.push((at, span.1));
    }
    gaps
}

/// The business days of `[from, until)` on which an absence was not covered at some hour, each day once.
///
/// The figure "uncovered absence days" counts them for the posts that must name a stand-in; its goal is 0.
#[must_use]
pub fn uncovered_days(absences: &[(Span, Vec<Span>)], from: NaiveDate, until: NaiveDate, zone: Tz) -> Vec<NaiveDate> {
    let (start, end) = (start_of(from, zone), start_of(until, zone));
    let mut days: Vec<NaiveDate> = Vec::new();
    for (span, covered) in absences {
        let span = (span.0.max(start), span.1.min(end));
        if span.0 >= span.1 {
            continue;
        }
        for gap in gaps(span, covered) {
            let last = business_date(gap.1 - chrono::TimeDelta::nanoseconds(1), zone);
            days.extend(business_date(gap.0, zone).iter_days().take_while(|day| *day <= last));
        }
    }
    days.sort_unstable();
    days.dedup();
    days
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::shared::zone::DEFAULT_ZONE;
    use proptest::prelude::*;

    fn at(hours: i64) -> DateTime<Utc> {
        DateTime::from_timestamp(1_772_294_400 + hours * 3600, 0).expect("an instant")
    }

    fn absence(kind: AbsenceKind) -> Absence {
        Absence {
            id: uuid::Uuid::nil(),
            estate: EstateId::generate(),
            kind,
            state: AbsenceState::Planned,
            span: (at(0), at(48)),
        }
    }

    #[test]
    fn der_labour_6_leave_of_a_paired_post_waits_for_its_stand_in() {
        let leave = absence(AbsenceKind::Leave);
        assert!(approve(&leave, true, &[]).is_err());
        assert!(approve(&leave, true, &[(at(0), at(47))]).is_err());
        assert!(approve(&leave, true, &[(at(24), at(50)), (at(-1), at(24))]).is_ok());
        assert!(approve(&leave, false, &[]).is_ok());
        assert!(approve(&absence(AbsenceKind::Sick), true, &[]).is_ok());
    }

    #[test]
    fn a_day_counts_once_however_many_hours_are_open() {
        let first = business_date(at(0), DEFAULT_ZONE);
        let until = first + chrono::Days::new(10);
        let open = |covered: Vec<Span>| uncovered_days(&[((at(0), at(48)), covered)], first, until, DEFAULT_ZONE).len();
        assert_eq!(open(vec![]), 2, "48 hours from midnight in Shanghai");
        assert_eq!(open(vec![(at(0), at(48))]), 0);
        assert_eq!(open(vec![(at(1), at(48))]), 1);
    }

    proptest! {
        #[test]
        fn gaps_and_cover_make_the_whole(spans in prop::collection::vec((0i64..40, 1i64..20), 0..6)) {
            let covered: Vec<Span> = spans.iter().map(|(a, n)| (at(*a), at(a + n))).collect();
            let gaps = gaps((at(5), at(35)), &covered);
            for hour in 5..35 {
                let inside = |spans: &[Span]| spans.iter().any(|(a, b)| *a <= at(hour) && at(hour) < *b);
                prop_assert_ne!(inside(&covered), inside(&gaps));
            }
        }
    }
}
