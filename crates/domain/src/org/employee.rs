//! Where a person stands with the company.

use chrono::NaiveDate;

use super::EmployeeStatus::{self, Active, Candidate, Left, Probation, Suspended};
use crate::shared::{EmployeeId, Problem, SubjectKind, Text, TrailEntry, Transition};

/// The status reached and the two dates that may come with it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Standing {
    /// Where the person stands.
    pub status: EmployeeStatus,
    /// First day.
    pub hired_on: Option<NaiveDate>,
    /// Last day.
    pub left_on: Option<NaiveDate>,
}

/// Moves a person from one status to another.
///
/// Candidate → probation or active (that day is the first) → suspended and back; everybody employed may leave, and who has
/// left may come back as a candidate.
///
/// # Errors
/// `wrong_state` for any other move, `validation_failed` when the last day lies before the first.
pub fn change(
    id: EmployeeId,
    now: Standing,
    to: EmployeeStatus,
    on: NaiveDate,
    reason: Option<&str>,
) -> Result<Transition<Standing>, Problem> {
    let allowed = matches!(
        (now.status, to),
        (Candidate, Probation | Active | Left)
            | (Probation, Active | Suspended | Left)
            | (Active, Suspended | Left)
            | (Suspended, Active | Left)
            | (Left, Candidate)
    );
    if !allowed {
        let (zh, en) = (to.title().zh, to.title().en);
        return Err(Problem::wrong_state(
            &Text::of(format!("改为“{zh}”"), format!("become {en}")),
            &now.status.title(),
        ));
    }
    let mut record = Standing { status: to, ..now };
    match (now.status, to) {
        (Left, _) => {
            record = Standing {
                status: to,
                hired_on: None,
                left_on: None,
            }
        }
        (Candidate, Probation | Active) => record.hired_on = Some(on),
        (_, Left) => record.left_on = Some(on),
        _ => {}
    }
    if record
        .left_on
        .zip(record.hired_on)
        .is_some_and(|(left, hired)| left < hired)
    {
        return Err(Problem::field(
            "/on",
            "order",
            Text::new("离职日不能早于入职日", "the last day cannot lie before the first"),
        ));
    }
    let entry = TrailEntry::new(SubjectKind::Employee, id, "status_changed")
        .states(Some(now.status.code()), to.code())
        .reason(reason)
        .changes(serde_json::json!({ "on": [null, on] }))
        .clauses(if to == Left { &["DER-COMPUTER-2"] } else { &[] });
    Ok(Transition { record, entry })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(n: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 3, n).expect("a day")
    }

    #[test]
    fn every_pair_of_states_is_either_a_move_or_refused() {
        let moves: Vec<String> = EmployeeStatus::ALL
            .iter()
            .flat_map(|from| EmployeeStatus::ALL.iter().map(move |to| (*from, *to)))
            .filter(|(from, to)| {
                let now = Standing {
                    status: *from,
                    hired_on: Some(day(1)),
                    left_on: None,
                };
                change(EmployeeId::generate(), now, *to, day(5), None).is_ok()
            })
            .map(|(from, to)| format!("{from}>{to}"))
            .collect();
        assert_eq!(
            moves,
            [
                "candidate>probation",
                "candidate>active",
                "candidate>left",
                "probation>active",
                "probation>suspended",
                "probation>left",
                "active>suspended",
                "active>left",
                "suspended>active",
                "suspended>left",
                "left>candidate",
            ]
        );
    }

    #[test]
    fn the_last_day_is_not_before_the_first() {
        let now = Standing {
            status: Active,
            hired_on: Some(day(10)),
            left_on: None,
        };
        assert!(change(EmployeeId::generate(), now, Left, day(9), None).is_err());
        let left = change(EmployeeId::generate(), now, Left, day(10), None)
            .expect("left")
            .record;
        assert_eq!(left.left_on, Some(day(10)));
    }
}
