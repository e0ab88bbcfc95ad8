//! The goals of a year: drafted by the deputy manager, approved by the centre manager, measured, and frozen.

use chrono::{Datelike, NaiveDate};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{Comparator, Formula, Goal, GoalStatus, GoalUnit, Measurement};
use crate::access::{Permission, PostCode};
use crate::code_enum;
use crate::org::superior::{Matter, Rule, Seat};
use crate::shared::{EmployeeId, EstateId, Problem, SubjectKind, Text, TrailEntry, Transition};

code_enum! {
    /// Where a year's goals stand.
    pub enum GoalSetState {
        /// The deputy manager writes them.
        Draft = "draft",
        /// The centre manager has approved them; the year has not begun.
        Approved = "approved",
        /// Approved, and the year runs or waits for its final measurement.
        Active = "active",
        /// Every goal has its final measurement.
        Measured = "measured",
        /// Closed; a change needs a re-measurement with a reason, and both are kept.
        Frozen = "frozen",
    }
}

/// The goals of one estate for one year. `Active` is not stored: it is `Approved` once the year has begun ([`phase`]).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct GoalSet {
    /// Its id.
    pub id: Uuid,
    /// The estate (GOAL-S2).
    pub estate: EstateId,
    /// The calendar year.
    pub year: i32,
    /// Where it stands.
    pub state: GoalSetState,
    /// Who drafted it last.
    pub drafted_by: EmployeeId,
    /// Who approved it.
    pub approved_by: Option<EmployeeId>,
}

/// A goal as it is drafted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewGoal {
    /// Its number in the sheet.
    pub no: i16,
    /// How it is computed.
    pub formula: Formula,
    /// Which side of the target is good.
    pub comparator: Comparator,
    /// The target in hundredths of the unit.
    pub target_e2: i64,
    /// What it is counted in.
    pub unit: GoalUnit,
}

impl GoalSetState {
    /// Its name.
    #[must_use]
    pub const fn title(self) -> Text {
        match self {
            Self::Draft => Text::new("草拟", "draft"),
            Self::Approved => Text::new("已批准", "approved"),
            Self::Active => Text::new("执行中", "active"),
            Self::Measured => Text::new("已终测", "measured"),
            Self::Frozen => Text::new("已冻结", "frozen"),
        }
    }
}

/// What the set is on a day.
#[must_use]
pub fn phase(set: &GoalSet, today: NaiveDate) -> GoalSetState {
    match set.state {
        GoalSetState::Approved if today.year() >= set.year => GoalSetState::Active,
        state => state,
    }
}

/// Checks the goals of a draft: numbers each once, targets within their unit.
///
/// # Errors
/// `wrong_state` once approved, `validation_failed` with every row that cannot be.
pub fn revise(set: &GoalSet, goals: &[NewGoal]) -> Result<(), Problem> {
    in_state(set, GoalSetState::Draft, &Text::new("修改", "be changed"))?;
    let mut problem: Option<Problem> = None;
    let mut refuse = |pointer: String, code: &'static str, message: Text| {
        problem = Some(match problem.take() {
            Some(p) => p.and_field(pointer, code, message),
            None => Problem::field(pointer, code, message),
        });
    };
    for (at, goal) in goals.iter().enumerate() {
        if goal.no < 1 || goals[..at].iter().any(|g| g.no == goal.no) {
            let message = Text::new("序号须为正数且不能重复", "numbers are positive and each is used once");
            refuse(format!("/goals/{at}/no"), "duplicate", message);
        }
        let most = if goal.unit == GoalUnit::Percent {
            10_000
        } else {
            100_000_000
        };
        if !(0..=most).contains(&goal.target_e2) {
            let message = Text::new("目标值超出单位的范围", "the target is beyond its unit");
            refuse(format!("/goals/{at}/target_e2"), "out_of_range", message);
        }
        let share = matches!(
            goal.formula,
            Formula::Satisfaction | Formula::HandlingRate | Formula::FeeCollection
        );
        let count = matches!(goal.formula, Formula::ValidComplaints | Formula::StaffViolations);
        if (share && goal.unit != GoalUnit::Percent) || (count && goal.unit == GoalUnit::Percent) {
            let message = Text::new("单位与计算方法不符", "the unit does not fit the formula");
            refuse(format!("/goals/{at}/unit"), "mismatch", message);
        }
    }
    problem.map_or(Ok(()), Err)
}

/// A set as a matter for the resolver: the centre manager's, unless they are barred.
#[must_use]
pub fn centre_managers<'a>(set: &GoalSet, barred: &'a [EmployeeId], dated: NaiveDate) -> Matter<'a> {
    Matter {
        from: Seat {
            post: PostCode::Depmgr,
            estate: set.estate,
            squad: None,
            area: None,
        },
        rule: Rule::Post(PostCode::Cscmgr),
        barred,
        dated,
        right: Some(Permission::GoalApprove),
    }
}

/// The centre manager approves a draft, or whom the resolver has found where they drafted it. Goals come into force at
/// once when the year has begun.
///
/// # Errors
/// `wrong_state` unless a draft.
pub fn approve(set: &GoalSet, by: EmployeeId) -> Result<Transition<GoalSet>, Problem> {
    in_state(set, GoalSetState::Draft, &Text::new("批准", "be approved"))?;
    let approved = GoalSet {
        approved_by: Some(by),
        ..set.clone()
    };
    Ok(step(approved, set, GoalSetState::Approved, "goals_approved", None))
}

/// The centre manager signs the final measurements, one for each goal in order.
///
/// # Errors
/// `wrong_state` unless approved; `validation_failed` when one is provisional, or has findings pending and there is no
/// note (GOAL-2).
pub fn sign(
    set: &GoalSet,
    goals: &[Goal],
    measured: &[Measurement],
    note: Option<&str>,
) -> Result<Transition<GoalSet>, Problem> {
    in_state(set, GoalSetState::Approved, &Text::new("终测", "be measured for good"))?;
    if goals.len() != measured.len()
        || measured
            .iter()
            .any(|m| m.provisional && m.status != GoalStatus::NotMeasurable)
    {
        return Err(Problem::field(
            "/measurements",
            "provisional",
            Text::new(
                "须先完成各目标的年度终测",
                "Every goal needs its final measurement first",
            ),
        ));
    }
    let pending: i64 = measured.iter().map(|m| m.pending).sum();
    if pending > 0 && note.is_none_or(|n| n.trim().is_empty()) {
        return Err(Problem::field(
            "/note",
            "required",
            crate::text!(
                "尚有{pending}件投诉未认定是否有效。请先认定，或写明按此终测的理由。",
                "The validity of {pending} complaints is pending. Decide them first, or note why the measurement stands."
            ),
        ));
    }
    Ok(step(set.clone(), set, GoalSetState::Measured, "goals_measured", note))
}

/// The centre manager closes the year.
///
/// # Errors
/// `wrong_state` unless measured.
pub fn freeze(set: &GoalSet) -> Result<Transition<GoalSet>, Problem> {
    in_state(set, GoalSetState::Measured, &Text::new("冻结", "be frozen"))?;
    Ok(step(set.clone(), set, GoalSetState::Frozen, "goals_frozen", None))
}

fn in_state(set: &GoalSet, state: GoalSetState, action: &Text) -> Result<(), Problem> {
    if set.state == state {
        Ok(())
    } else {
        Err(Problem::wrong_state(action, &set.state.title()))
    }
}

fn step(
    record: GoalSet,
    before: &GoalSet,
    to: GoalSetState,
    action: &'static str,
    reason: Option<&str>,
) -> Transition<GoalSet> {
    let entry = TrailEntry::new(SubjectKind::GoalSet, record.id, action)
        .estate(record.estate)
        .states(Some(before.state.code()), to.code())
        .reason(reason)
        .clauses(&["GOAL-S2", "PREF-5a"]);
    Transition {
        record: GoalSet { state: to, ..record },
        entry,
    }
}
