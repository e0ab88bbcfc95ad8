//! Who is away, and whether that may be granted: leave of a post with a named stand-in waits for one.

use chrono::{DateTime, Utc};

use super::{AbsenceKind, AbsenceState};
use crate::shared::period::Span;
use crate::shared::{EstateId, Problem, ProblemCode, SubjectKind, Text, TrailEntry, Transition};

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

/// Grants an absence. Where the post has a named stand-in, the whole time must be covered by confirmed acting first, and
/// who acts for others at that time hands the acting on first; illness cannot wait for that (DER-LABOUR-6).
///
/// # Errors
/// `wrong_state`; `conflict` naming the first hour nobody acts for, or the time for which the person acts.
pub fn approve(
    of: &Absence,
    needs_stand_in: bool,
    covered: &[Span],
    acts: &[Span],
) -> Result<Transition<Absence>, Problem> {
    open(of, &Text::new("批准", "be granted"))?;
    let waits = of.kind != AbsenceKind::Sick;
    if waits && let Some(acting) = acts.iter().find(|acting| acting.overlaps(&of.span)) {
        let (from, until) = (acting.from, acting.until);
        return Err(Problem::new(
            ProblemCode::Conflict,
            crate::text!(
                "此人自{from}至{until}代他人履行职责，请先由他人代职，再批准请假。",
                "The person acts for somebody from {from} until {until}: name another stand-in before granting the leave."
            ),
        ));
    }
    if needs_stand_in
        && waits
        && let Some(gap) = of.span.without(covered).first()
    {
        let gap = gap.from;
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
    if !live || of.span.until <= now {
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

#[cfg(test)]
mod tests {
    use super::*;

    fn at(hours: i64) -> DateTime<Utc> {
        DateTime::from_timestamp(1_772_294_400 + hours * 3600, 0).expect("an instant")
    }

    fn span(from: i64, until: i64) -> Span {
        Span {
            from: at(from),
            until: at(until),
        }
    }

    fn absence(kind: AbsenceKind, state: AbsenceState) -> Absence {
        Absence {
            id: uuid::Uuid::nil(),
            estate: EstateId::generate(),
            kind,
            state,
            span: span(0, 48),
        }
    }

    #[test]
    fn der_labour_6_leave_of_a_paired_post_waits_for_its_stand_in() {
        let leave = absence(AbsenceKind::Leave, AbsenceState::Planned);
        assert!(approve(&leave, true, &[], &[]).is_err());
        assert!(approve(&leave, true, &[span(0, 47)], &[]).is_err());
        assert!(approve(&leave, true, &[span(24, 50), span(-1, 24)], &[]).is_ok());
        assert!(approve(&leave, false, &[], &[]).is_ok());
        assert!(approve(&absence(AbsenceKind::Sick, AbsenceState::Planned), true, &[], &[]).is_ok());
    }

    #[test]
    fn der_labour_6_who_acts_for_somebody_hands_that_on_before_leaving() {
        let leave = absence(AbsenceKind::Leave, AbsenceState::Planned);
        assert!(approve(&leave, false, &[], &[span(40, 60)]).is_err());
        assert!(approve(&leave, false, &[], &[span(48, 60), span(-9, 0)]).is_ok());
        let sick = absence(AbsenceKind::Sick, AbsenceState::Planned);
        assert!(approve(&sick, false, &[], &[span(0, 48)]).is_ok());
    }

    #[test]
    fn every_state_takes_only_its_own_steps() {
        for state in AbsenceState::ALL {
            let of = absence(AbsenceKind::Trip, *state);
            let planned = *state == AbsenceState::Planned;
            assert_eq!(approve(&of, false, &[], &[]).is_ok(), planned, "approve {state}");
            assert_eq!(refuse(&of, "x").is_ok(), planned, "refuse {state}");
            let live = planned || *state == AbsenceState::Approved;
            assert_eq!(cancel(&of, at(1), "x").is_ok(), live, "cancel {state}");
            assert!(cancel(&of, at(48), "x").is_err(), "cancel {state} when it is over");
        }
    }
}
