//! Care for the charging data: checks of completeness, corrections by two people, requests for accounts.

use super::{AccountRequestKind, AccountRequestState, CorrectionState, DataCheckState, EmployeeStatus};
use crate::shared::{EmployeeId, Problem, ProblemCode, Text};

/// What a finished check found.
///
/// # Errors
/// `wrong_state` unless it is open.
pub fn conclude(state: DataCheckState, exceptions: usize) -> Result<DataCheckState, Problem> {
    match state {
        DataCheckState::Open if exceptions == 0 => Ok(DataCheckState::Passed),
        DataCheckState::Open => Ok(DataCheckState::Exceptions),
        other => Err(Problem::wrong_state(
            &Text::new("填写核对结果", "take a result"),
            &other.title(),
        )),
    }
}

/// The exceptions have been put right.
///
/// # Errors
/// `wrong_state` unless exceptions were found.
pub fn fix(state: DataCheckState) -> Result<DataCheckState, Problem> {
    match state {
        DataCheckState::Exceptions => Ok(DataCheckState::Fixed),
        other => Err(Problem::wrong_state(
            &Text::new("登记更正", "be marked as fixed"),
            &other.title(),
        )),
    }
}

/// Decides a correction of charging data; never by the one who proposed it (DER-COMPUTER-3).
///
/// # Errors
/// `wrong_state`, `self_approval`.
pub fn decide_correction(
    state: CorrectionState,
    proposed_by: EmployeeId,
    by: Option<EmployeeId>,
    approve: bool,
) -> Result<CorrectionState, Problem> {
    if state != CorrectionState::Proposed {
        return Err(Problem::wrong_state(&Text::new("审批", "be decided"), &state.title()));
    }
    two_people(proposed_by, by)?;
    Ok(if approve {
        CorrectionState::Approved
    } else {
        CorrectionState::Rejected
    })
}

/// Whether an account can be opened or used again for a person of this status: only for those who work here. Closing one
/// is always right.
///
/// # Errors
/// `validation_failed` at `/employee_id`.
pub fn account_fits(kind: AccountRequestKind, status: EmployeeStatus) -> Result<(), Problem> {
    let works_here = matches!(status, EmployeeStatus::Probation | EmployeeStatus::Active);
    if works_here || kind == AccountRequestKind::Disable {
        return Ok(());
    }
    let (zh, en) = (status.title().zh, status.title().en);
    Err(Problem::field(
        "/employee_id",
        "not_employed",
        crate::text!(
            "该员工状态为“{zh}”，只有试用或在职员工可以使用账号",
            "the person is {en}: only people on probation or employed can have an account in use"
        ),
    ))
}

/// Who asked for an account, for whom. `None` is the administrator of the installation, who is nobody's colleague.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Asked {
    /// Who asked.
    pub by: Option<EmployeeId>,
    /// Whose account it is.
    pub subject: EmployeeId,
}

/// Decides a request for an account; neither the one who asked nor the one it is for decides. The administrator of the
/// installation grants what he asked for only while he is `alone`: nobody else could.
///
/// # Errors
/// `wrong_state`, `self_approval`.
pub fn decide_account_request(
    state: AccountRequestState,
    asked: Asked,
    by: Option<EmployeeId>,
    alone: bool,
    grant: bool,
) -> Result<AccountRequestState, Problem> {
    if state != AccountRequestState::Requested {
        return Err(Problem::wrong_state(&Text::new("审批", "be decided"), &state.title()));
    }
    let own = by == asked.by && !(by.is_none() && alone);
    if own || by == Some(asked.subject) {
        return Err(self_approval());
    }
    Ok(if grant {
        AccountRequestState::Granted
    } else {
        AccountRequestState::Refused
    })
}

fn two_people(first: EmployeeId, second: Option<EmployeeId>) -> Result<(), Problem> {
    if second == Some(first) {
        return Err(self_approval());
    }
    Ok(())
}

fn self_approval() -> Problem {
    Problem::new(
        ProblemCode::SelfApproval,
        Text::new(
            "这是您本人提出或涉及您本人的事项，须由另一人决定。",
            "You asked for this, or it is about yourself: somebody else decides.",
        ),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn der_computer_5_a_check_passes_or_is_fixed() {
        assert_eq!(conclude(DataCheckState::Open, 0), Ok(DataCheckState::Passed));
        let found = conclude(DataCheckState::Open, 2).expect("found");
        assert_eq!(fix(found), Ok(DataCheckState::Fixed));
        for state in [DataCheckState::Passed, DataCheckState::Fixed, DataCheckState::Open] {
            assert!(fix(state).is_err());
        }
        assert!(conclude(DataCheckState::Passed, 0).is_err());
    }

    #[test]
    fn der_computer_3_nobody_approves_their_own_correction() {
        let (ticket, finsup) = (EmployeeId::generate(), EmployeeId::generate());
        let own = decide_correction(CorrectionState::Proposed, ticket, Some(ticket), true).expect_err("own");
        assert_eq!(own.code, ProblemCode::SelfApproval);
        let done = decide_correction(CorrectionState::Proposed, ticket, Some(finsup), true).expect("decided");
        assert!(decide_correction(done, ticket, Some(finsup), true).is_err());
    }

    #[test]
    fn der_computer_2_an_account_is_granted_by_another_person() {
        let [head, person, deputy] = [(); 3].map(|()| EmployeeId::generate());
        let requested = AccountRequestState::Requested;
        let decide = |asked_by, by, alone| {
            let asked = Asked {
                by: asked_by,
                subject: person,
            };
            decide_account_request(requested, asked, by, alone, true)
        };
        for alone in [false, true] {
            assert!(decide(Some(head), Some(head), alone).is_err());
            assert!(decide(Some(head), Some(person), alone).is_err());
            assert!(decide(None, Some(person), alone).is_err());
            for (asked_by, by) in [(Some(head), Some(deputy)), (None, Some(deputy)), (Some(head), None)] {
                assert_eq!(decide(asked_by, by, alone), Ok(AccountRequestState::Granted));
            }
        }
        assert!(
            decide(None, None, false).is_err(),
            "a deputy manager is there to grant it"
        );
        assert!(decide(None, None, true).is_ok(), "setting up, there is nobody else");
    }

    #[test]
    fn der_computer_2_only_people_who_work_here_have_an_account_in_use() {
        for status in EmployeeStatus::ALL {
            let works = matches!(status, EmployeeStatus::Probation | EmployeeStatus::Active);
            for kind in AccountRequestKind::ALL {
                let fits = works || *kind == AccountRequestKind::Disable;
                assert_eq!(account_fits(*kind, *status).is_ok(), fits, "{kind} {status}");
            }
        }
    }
}
