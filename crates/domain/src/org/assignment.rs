//! Who comes to hold which post: proposed by the head, endorsed by the deputy manager, approved by the centre manager.
//!
//! Supervisors and managers skip the endorsement: the centre manager decides, the general manager is told, and decides
//! himself where the centre manager is the one concerned. Planned, active and ended follow from the dates.

use chrono::NaiveDate;

use super::superior::Rule;
use super::{AssignmentPhase, AssignmentState, EmployeeStatus, PostLevel};
use crate::access::{Permission, PostCode};
use crate::shared::{
    AssignmentId, EmployeeId, EstateId, Problem, ProblemCode, SubjectKind, Text, TrailEntry, Transition,
};

/// Clauses that an assignment to the post puts into effect: "works under …".
#[must_use]
pub const fn clauses(post: PostCode) -> &'static [&'static str] {
    match post {
        PostCode::Cscmgr => &["POS-CSCMGR-01"],
        PostCode::Depmgr => &["POS-DEPMGR-01", "PROC-DEPMGR-4.1"],
        PostCode::Asstmgr => &["POS-ASSTMGR-01", "PROC-ASSTMGR-4.1"],
        PostCode::Guardcapt => &["POS-GUARDCAPT-01", "PROC-GUARDCAPT-4.1"],
        PostCode::Guardlead => &["PROC-GUARDLEAD-4.1"],
        PostCode::Guard => &["PROC-GUARD-4.1"],
        PostCode::Pubsup => &["POS-PUBSUP-01", "PROC-PUBSUP-4.1"],
        PostCode::Recept => &["POS-RECEPT-01", "PROC-RECEPT-4.1"],
        PostCode::Renoadm => &["POS-RENOADM-01", "PROC-RENOADM-4.1"],
        PostCode::Cleanlead => &["PROC-CLEANLEAD-4.1"],
        PostCode::Tech => &["PROC-TECH-4.1"],
        PostCode::Finsup => &["POS-FINSUP-01", "PROC-FINSUP-4.1"],
        PostCode::Cashier => &["POS-CASHIER-01"],
        PostCode::Feecol => &["POS-FEECOL-01"],
        PostCode::Ticket => &["POS-TICKET-01"],
        _ => &[],
    }
}

/// What the rules look at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Assignment {
    /// Its id.
    pub id: AssignmentId,
    /// Who.
    pub employee: EmployeeId,
    /// Which post.
    pub post: PostCode,
    /// The level of that post.
    pub level: PostLevel,
    /// Where; `None` for company-wide posts.
    pub estate: Option<EstateId>,
    /// How far the decision is.
    pub state: AssignmentState,
    /// Who named the person.
    pub proposed_by: Option<EmployeeId>,
    /// Who supported it.
    pub endorsed_by: Option<EmployeeId>,
    /// First day.
    pub valid_from: NaiveDate,
    /// First day after.
    pub valid_until: Option<NaiveDate>,
}

/// The post as far as an assignment asks for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PostFacts {
    /// Its level.
    pub level: PostLevel,
    /// A role without people of its own.
    pub is_role_tag: bool,
    /// Whether it exists on the first day.
    pub is_active: bool,
}

/// Where an assignment stands on a date.
#[must_use]
pub fn phase(state: AssignmentState, from: NaiveDate, until: Option<NaiveDate>, on: NaiveDate) -> AssignmentPhase {
    match state {
        AssignmentState::Proposed | AssignmentState::Endorsed => AssignmentPhase::Open,
        AssignmentState::Rejected | AssignmentState::Cancelled => AssignmentPhase::Void,
        AssignmentState::Approved if on < from => AssignmentPhase::Planned,
        AssignmentState::Approved if until.is_some_and(|until| until <= on) => AssignmentPhase::Ended,
        AssignmentState::Approved => AssignmentPhase::Active,
    }
}

/// Whose decision an assignment is next, and by which right: staff and leaders are endorsed by the deputy manager and
/// approved by the centre manager, supervisors and managers approved at once; the general manager decides where the centre
/// manager is the one concerned, the board where the general manager is.
#[must_use]
pub const fn decided_by(state: AssignmentState, post: PostCode, level: PostLevel) -> (Rule, Permission) {
    match (state, level) {
        (AssignmentState::Proposed, PostLevel::Leader | PostLevel::Staff) => {
            (Rule::Post(PostCode::Depmgr), Permission::OrgEndorse)
        }
        (_, PostLevel::Board | PostLevel::Gm) => (Rule::Post(PostCode::Board), Permission::OrgEdit),
        _ if matches!(post, PostCode::Cscmgr) => (Rule::Post(PostCode::Gm), Permission::OrgEdit),
        _ => (Rule::Post(PostCode::Cscmgr), Permission::OrgEdit),
    }
}

/// Who must not decide: the person it is about and whoever named them.
#[must_use]
pub fn barred(of: &Assignment) -> Vec<EmployeeId> {
    [Some(of.employee), of.proposed_by].into_iter().flatten().collect()
}

/// Takes in a new assignment. One named by the deputy manager needs no endorsement by the same.
///
/// # Errors
/// `validation_failed` for a post nobody can hold, a missing or needless estate, somebody who has left, or a day that has
/// passed without a reason.
pub fn propose(
    new: Assignment,
    post: PostFacts,
    status: EmployeeStatus,
    by_deputy: bool,
    today: NaiveDate,
    reason: Option<&str>,
) -> Result<Transition<Assignment>, Problem> {
    if post.is_role_tag || post.level == PostLevel::External || !post.is_active {
        return Err(Problem::field(
            "/post",
            "not_assignable",
            Text::new(
                "此岗位不能任职：它是角色标签、外部单位或已停用。",
                "nobody can be assigned to this post: it is a role, an outside body or no longer in use",
            ),
        ));
    }
    let company_wide = matches!(post.level, PostLevel::Board | PostLevel::Gm);
    if company_wide != new.estate.is_none() {
        return Err(Problem::field(
            "/estate_id",
            "estate",
            Text::new(
                "公司级岗位不填小区，其他岗位必须填小区",
                "posts of the company have no estate, all others need one",
            ),
        ));
    }
    if status == EmployeeStatus::Left {
        return Err(Problem::field(
            "/employee_id",
            "left",
            Text::new("该员工已离职", "the person has left"),
        ));
    }
    recorded_before(new.valid_from, today, reason, "/valid_from")?;
    let state = if by_deputy && !post.level.is_upper() {
        AssignmentState::Endorsed
    } else {
        AssignmentState::Proposed
    };
    let endorsed_by = (state == AssignmentState::Endorsed)
        .then_some(new.proposed_by)
        .flatten();
    Ok(step(
        Assignment {
            state,
            endorsed_by,
            level: post.level,
            ..new
        },
        None,
        "proposed",
        reason,
    ))
}

/// The deputy manager supports the proposal of a head.
///
/// # Errors
/// `wrong_state`, or `conflict` when the post needs no endorsement.
pub fn endorse(of: &Assignment, by: Option<EmployeeId>) -> Result<Transition<Assignment>, Problem> {
    open(of, &Text::new("审核", "be endorsed"), &[AssignmentState::Proposed])?;
    if of.level.is_upper() {
        return Err(Problem::new(
            ProblemCode::Conflict,
            Text::new(
                "主管及以上岗位的任职不经审核，由客户服务中心经理直接决定。",
                "Posts of supervisors and above are not endorsed: the centre manager decides at once.",
            ),
        ));
    }
    let next = Assignment {
        state: AssignmentState::Endorsed,
        endorsed_by: by,
        ..of.clone()
    };
    Ok(step(next, Some(of.state), "endorsed", None))
}

/// The decision. One that comes after the first day is a correction and says why.
///
/// # Errors
/// `wrong_state` when an endorsement is still missing or it was decided before; `validation_failed` when a late decision
/// gives no reason.
pub fn approve(of: &Assignment, today: NaiveDate, reason: Option<&str>) -> Result<Transition<Assignment>, Problem> {
    let from = if of.level.is_upper() {
        AssignmentState::Proposed
    } else {
        AssignmentState::Endorsed
    };
    open(of, &Text::new("批准", "be approved"), &[from])?;
    recorded_before(of.valid_from, today, reason, "/valid_from")?;
    let next = Assignment {
        state: AssignmentState::Approved,
        ..of.clone()
    };
    Ok(step(next, Some(of.state), "approved", reason))
}

/// The refusal, with its reason.
///
/// # Errors
/// `wrong_state` when it was decided before.
pub fn reject(of: &Assignment, reason: &str) -> Result<Transition<Assignment>, Problem> {
    open(
        of,
        &Text::new("驳回", "be refused"),
        &[AssignmentState::Proposed, AssignmentState::Endorsed],
    )?;
    let next = Assignment {
        state: AssignmentState::Rejected,
        ..of.clone()
    };
    Ok(step(next, Some(of.state), "rejected", Some(reason)))
}

/// Takes it back before its first day.
///
/// # Errors
/// `wrong_state` when it has begun or was refused.
pub fn cancel(of: &Assignment, today: NaiveDate, reason: &str) -> Result<Transition<Assignment>, Problem> {
    let begun = of.state == AssignmentState::Approved && of.valid_from <= today;
    if begun {
        return Err(Problem::new(
            ProblemCode::WrongState,
            Text::new(
                "任职已开始，不能撤回；请填写结束日期。",
                "It has begun and cannot be taken back: give it an end instead.",
            ),
        ));
    }
    open(
        of,
        &Text::new("撤回", "be taken back"),
        &[
            AssignmentState::Proposed,
            AssignmentState::Endorsed,
            AssignmentState::Approved,
        ],
    )?;
    let next = Assignment {
        state: AssignmentState::Cancelled,
        ..of.clone()
    };
    Ok(step(next, Some(of.state), "cancelled", Some(reason)))
}

/// Gives it an end: `until` is the first day after.
///
/// # Errors
/// `wrong_state` when it is not in force or planned, `validation_failed` for an end before its beginning or a past one
/// without a reason.
pub fn end(
    of: &Assignment,
    until: NaiveDate,
    today: NaiveDate,
    reason: Option<&str>,
) -> Result<Transition<Assignment>, Problem> {
    open(of, &Text::new("结束", "be ended"), &[AssignmentState::Approved])?;
    if until <= of.valid_from {
        return Err(Problem::field(
            "/valid_until",
            "order",
            Text::new("结束日须晚于开始日", "the end must lie after the beginning"),
        ));
    }
    if of.valid_until.is_some_and(|known| known <= today) {
        return Err(Problem::wrong_state(
            &Text::new("再次结束", "be ended again"),
            &Text::new("已结束", "ended"),
        ));
    }
    recorded_before(until, today, reason, "/valid_until")?;
    let next = Assignment {
        valid_until: Some(until),
        ..of.clone()
    };
    let mut done = step(next, Some(of.state), "ended", reason);
    done.entry.changes = serde_json::json!({ "valid_until": [of.valid_until, until] });
    Ok(done)
}

/// A change is recorded before it takes effect; a later record is a correction and says why.
///
/// # Errors
/// `validation_failed` naming the reason as missing.
pub fn recorded_before(date: NaiveDate, today: NaiveDate, reason: Option<&str>, pointer: &str) -> Result<(), Problem> {
    if date >= today || reason.is_some() {
        return Ok(());
    }
    Err(Problem::field(
        "/reason",
        "required",
        crate::text!(
            "生效日{date}早于今天{today}，属于更正，必须说明理由",
            "{date} lies before today, {today}: that is a correction and needs a reason"
        ),
    )
    .and_field(pointer, "past", Text::new("早于今天", "lies before today")))
}

fn open(of: &Assignment, action: &Text, from: &[AssignmentState]) -> Result<(), Problem> {
    if from.contains(&of.state) {
        Ok(())
    } else {
        Err(Problem::wrong_state(action, &of.state.title()))
    }
}

fn step(
    record: Assignment,
    from: Option<AssignmentState>,
    action: &'static str,
    reason: Option<&str>,
) -> Transition<Assignment> {
    let mut entry = TrailEntry::new(SubjectKind::Assignment, record.id, action)
        .states(from.map(AssignmentState::code), record.state.code())
        .reason(reason)
        .clauses(clauses(record.post));
    entry.estate = record.estate;
    Transition { record, entry }
}

#[cfg(test)]
mod tests {
    use super::*;
    use AssignmentState::{Approved, Cancelled, Endorsed, Proposed, Rejected};

    fn day(n: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 3, n).expect("a day")
    }

    fn assignment(post: PostCode, level: PostLevel, state: AssignmentState) -> Assignment {
        Assignment {
            id: AssignmentId::generate(),
            employee: EmployeeId::generate(),
            post,
            level,
            estate: Some(EstateId::generate()),
            state,
            proposed_by: Some(EmployeeId::generate()),
            endorsed_by: None,
            valid_from: day(10),
            valid_until: None,
        }
    }

    #[test]
    fn every_state_takes_only_its_own_steps() {
        for state in AssignmentState::ALL {
            let staff = assignment(PostCode::Tech, PostLevel::Staff, *state);
            assert_eq!(endorse(&staff, None).is_ok(), *state == Proposed, "endorse {state}");
            assert_eq!(
                approve(&staff, day(5), None).is_ok(),
                *state == Endorsed,
                "approve {state}"
            );
            assert_eq!(
                reject(&staff, "x").is_ok(),
                matches!(state, Proposed | Endorsed),
                "reject {state}"
            );
            assert_eq!(
                end(&staff, day(20), day(5), None).is_ok(),
                *state == Approved,
                "end {state}"
            );
            let open = matches!(state, Proposed | Endorsed | Approved);
            assert_eq!(cancel(&staff, day(5), "x").is_ok(), open, "cancel {state}");
            assert_eq!(
                cancel(&staff, day(10), "x").is_ok(),
                matches!(state, Proposed | Endorsed),
                "cancel {state} late"
            );
        }
        let _ = (Rejected, Cancelled);
    }

    #[test]
    fn a_supervisor_is_not_endorsed_but_decided() {
        let head = assignment(PostCode::Pubsup, PostLevel::Supervisor, Proposed);
        assert_eq!(
            endorse(&head, None).expect_err("no endorsement").code,
            ProblemCode::Conflict
        );
        assert_eq!(approve(&head, day(10), None).expect("decided").record.state, Approved);
    }

    #[test]
    fn a_decision_after_the_first_day_is_a_correction() {
        let head = assignment(PostCode::Pubsup, PostLevel::Supervisor, Proposed);
        let late = approve(&head, day(11), None).expect_err("late");
        assert_eq!(late.errors[0].pointer, "/reason");
        let done = approve(&head, day(11), Some("任命书迟到")).expect("with a reason");
        assert_eq!(done.entry.reason.as_deref(), Some("任命书迟到"));
    }

    #[test]
    fn every_assignment_has_one_post_that_decides_it_next() {
        use PostLevel::{Gm, Head, Staff, Supervisor};
        for (state, post, level, by) in [
            (Proposed, PostCode::Tech, Staff, PostCode::Depmgr),
            (Endorsed, PostCode::Tech, Staff, PostCode::Cscmgr),
            (Proposed, PostCode::Pubsup, Supervisor, PostCode::Cscmgr),
            (Proposed, PostCode::Depmgr, Head, PostCode::Cscmgr),
            (Proposed, PostCode::Cscmgr, Head, PostCode::Gm),
            (Proposed, PostCode::Gm, Gm, PostCode::Board),
        ] {
            assert_eq!(decided_by(state, post, level).0, Rule::Post(by), "{post} {state}");
        }
    }

    #[test]
    fn what_the_deputy_names_is_endorsed_by_it() {
        let facts = |level| PostFacts {
            level,
            is_role_tag: false,
            is_active: true,
        };
        let new = assignment(PostCode::Tech, PostLevel::Staff, Proposed);
        let done = propose(
            new.clone(),
            facts(PostLevel::Staff),
            EmployeeStatus::Active,
            true,
            day(1),
            None,
        )
        .expect("ok");
        assert_eq!(
            (done.record.state, done.record.endorsed_by),
            (Endorsed, new.proposed_by)
        );
        let head = assignment(PostCode::Finsup, PostLevel::Supervisor, Proposed);
        let done = propose(
            head,
            facts(PostLevel::Supervisor),
            EmployeeStatus::Active,
            true,
            day(1),
            None,
        )
        .expect("ok");
        assert_eq!(done.record.state, Proposed);
    }

    #[test]
    fn a_past_day_needs_a_reason_and_a_role_tag_takes_nobody() {
        let facts = PostFacts {
            level: PostLevel::Staff,
            is_role_tag: false,
            is_active: true,
        };
        let new = assignment(PostCode::Tech, PostLevel::Staff, Proposed);
        let late = propose(new.clone(), facts, EmployeeStatus::Active, false, day(11), None).expect_err("late");
        assert_eq!(late.errors[0].pointer, "/reason");
        assert!(propose(new.clone(), facts, EmployeeStatus::Active, false, day(11), Some("补录")).is_ok());
        assert!(propose(new.clone(), facts, EmployeeStatus::Left, false, day(1), None).is_err());
        let tag = PostFacts {
            is_role_tag: true,
            ..facts
        };
        assert!(propose(new, tag, EmployeeStatus::Active, false, day(1), None).is_err());
    }

    #[test]
    fn the_phase_follows_the_dates() {
        let phases = [9, 10, 19, 20].map(|n| phase(Approved, day(10), Some(day(20)), day(n)));
        use AssignmentPhase::{Active, Ended, Planned};
        assert_eq!(phases, [Planned, Active, Active, Ended]);
    }
}
