//! The steps of a period of acting, as pure functions.

use chrono::{DateTime, Utc};

use super::pairs::segregated;
use super::{ActingDecision, ActingPeriod, ActingReason, ActingState, confirmed_by, excluded_rights, pair};
use crate::access::PostCode;
use crate::org::superior::Rule;
use crate::shared::period::Span;
use crate::shared::{EmployeeId, Problem, ProblemCode, SubjectKind, Text, TrailEntry, Transition};

/// What must be known about the people of a proposal, for the whole of its time.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Facts {
    /// Posts the stand-in holds or acts in.
    pub stand_in_posts: Vec<PostCode>,
    /// Whether the stand-in is away at some time of it.
    pub stand_in_absent: bool,
    /// Persons the stand-in acts for at some time of it, by other periods.
    pub stand_in_acts_for: Vec<EmployeeId>,
    /// Those who check the principal's work: the holders up the line and across it.
    pub checkers: Vec<EmployeeId>,
    /// Whether somebody in one of the pair's posts is there all the time.
    pub pair_present: bool,
    /// Whether another period for the same assignment overlaps.
    pub covered_already: bool,
    /// Whether the general manager allows the approval of expenses to come along (DER-CSCMGR-3).
    pub expenses_allowed: bool,
}

/// A proposal that may go to the superior.
#[derive(Clone, Debug, PartialEq)]
pub struct Proposal {
    /// The period to be stored, with its trail entry.
    pub transition: Transition<ActingPeriod>,
    /// Whose confirmation it waits for.
    pub confirmed_by: Rule,
    /// The stand-in is none that the manual names: the superior should look twice.
    pub unusual: bool,
    /// It has begun already, so it came after the leave had started.
    pub late: bool,
}

/// Checks a proposal and fills in what follows from the post: excluded rights and the clause.
///
/// `today` is the beginning of the business day: a sick day may be covered while it runs, an earlier one not.
///
/// # Errors
/// `validation_failed` at `/stand_in_id`, `/from` or `/until` with the rule that speaks against it, `conflict` when the principal is
/// covered already.
pub fn propose(
    mut period: ActingPeriod,
    facts: &Facts,
    today: DateTime<Utc>,
    now: DateTime<Utc>,
) -> Result<Proposal, Problem> {
    if period.span.until <= period.span.from {
        return Err(Problem::field(
            "/until",
            "before_start",
            Text::new("结束须晚于开始", "The end must be after the beginning"),
        ));
    }
    if (period.reason == ActingReason::Vacancy) != period.assignment.is_none() {
        return Err(Problem::field(
            "/reason",
            "not_vacant",
            Text::new(
                "空缺代职须且仅能用于无人任职的岗位",
                "Acting for a vacancy is for a post that nobody holds, and only that",
            ),
        ));
    }
    if period.span.from < today {
        return Err(Problem::field(
            "/from",
            "in_the_past",
            Text::new("代职不能从过去的日期开始", "Acting cannot begin in the past"),
        ));
    }
    if facts.covered_already {
        return Err(Problem::new(
            ProblemCode::Conflict,
            Text::new(
                "该时间段已有代职安排。请先结束或撤销原安排。",
                "Somebody acts on some of these days already. End or withdraw that first.",
            ),
        ));
    }
    if let Some(why) = objection(&period, facts) {
        return Err(Problem::field("/stand_in_id", why.0, why.1));
    }
    let usual = pair(period.post).is_some_and(|p| p.stand_ins.iter().any(|s| facts.stand_in_posts.contains(s)));
    period.decision = ActingDecision::Proposed;
    period.clause = pair(period.post).map(|p| p.clause.to_owned());
    for right in excluded_rights(period.post, facts.expenses_allowed) {
        if !period.excluded.contains(&right) {
            period.excluded.push(right);
        }
    }
    Ok(Proposal {
        confirmed_by: confirmed_by(period.post),
        unusual: !usual,
        late: period.span.from <= now && period.reason != ActingReason::Vacancy,
        transition: step(period, "acting_proposed", None, ActingState::Proposed, None),
    })
}

/// Who must not confirm: the principal and the stand-in; but a superior who takes the duties himself confirms by that
/// (both DEPMGR and ASSTMGR absent).
#[must_use]
pub fn barred_from_confirming(period: &ActingPeriod, stand_in_posts: &[PostCode]) -> Vec<EmployeeId> {
    let takes_it_himself = match confirmed_by(period.post) {
        Rule::Post(post) => stand_in_posts.contains(&post),
        Rule::Line(_) | Rule::Above(_) => false,
    };
    let stand_in = (!takes_it_himself).then_some(period.stand_in);
    period.principal.into_iter().chain(stand_in).collect()
}

/// The superior agrees. The facts are checked again: leave may have been entered since the proposal.
///
/// # Errors
/// `wrong_state` unless proposed; otherwise as [`propose`].
pub fn confirm(period: ActingPeriod, facts: &Facts, now: DateTime<Utc>) -> Result<Transition<ActingPeriod>, Problem> {
    let state = in_state(&period, &[ActingState::Proposed], &CONFIRM, now)?;
    if let Some(why) = objection(&period, facts) {
        return Err(Problem::field("/stand_in_id", why.0, why.1));
    }
    let decided = ActingPeriod {
        decision: ActingDecision::Confirmed,
        ..period
    };
    let to = decided.state(now);
    Ok(step(decided, "acting_confirmed", Some(state), to, None))
}

/// The superior does not agree.
///
/// # Errors
/// `wrong_state` unless proposed.
pub fn reject(period: ActingPeriod, reason: &str, now: DateTime<Utc>) -> Result<Transition<ActingPeriod>, Problem> {
    let state = in_state(&period, &[ActingState::Proposed], &REJECT, now)?;
    let decided = ActingPeriod {
        decision: ActingDecision::Rejected,
        ..period
    };
    Ok(step(
        decided,
        "acting_rejected",
        Some(state),
        ActingState::Rejected,
        Some(reason),
    ))
}

/// Taken back before it began.
///
/// # Errors
/// `wrong_state` when it runs or is over; a running one is ended instead.
pub fn cancel(period: ActingPeriod, reason: &str, now: DateTime<Utc>) -> Result<Transition<ActingPeriod>, Problem> {
    let state = in_state(&period, &[ActingState::Proposed, ActingState::Confirmed], &CANCEL, now)?;
    let decided = ActingPeriod {
        decision: ActingDecision::Cancelled,
        ..period
    };
    Ok(step(
        decided,
        "acting_cancelled",
        Some(state),
        ActingState::Cancelled,
        Some(reason),
    ))
}

/// The principal is back before the last day; rights end at once.
///
/// # Errors
/// `wrong_state` unless active.
pub fn end(
    period: ActingPeriod,
    reason: Option<&str>,
    now: DateTime<Utc>,
) -> Result<Transition<ActingPeriod>, Problem> {
    let state = in_state(&period, &[ActingState::Active], &END, now)?;
    let ended = ActingPeriod {
        span: Span {
            until: now,
            ..period.span
        },
        ..period
    };
    Ok(step(ended, "acting_ended", Some(state), ActingState::Ended, reason))
}

/// What speaks against this stand-in: code and words.
fn objection(period: &ActingPeriod, facts: &Facts) -> Option<(&'static str, Text)> {
    if period.principal == Some(period.stand_in) {
        return Some((
            "same_person",
            Text::new("不能由本人代职", "Nobody stands in for themselves"),
        ));
    }
    if segregated(period.post, &facts.stand_in_posts) {
        return Some((
            "segregation",
            Text::new(
                "会计与出纳职责不能由同一人承担，请另选代职人",
                "Accounts and cash must not come into one hand: choose somebody else",
            ),
        ));
    }
    if facts.stand_in_absent {
        return Some((
            "absent",
            Text::new(
                "代职人在该时间段也不在岗",
                "The stand-in is away on some of these days too",
            ),
        ));
    }
    if facts
        .stand_in_acts_for
        .iter()
        .any(|person| facts.checkers.contains(person))
    {
        return Some((
            "acts_for_checker",
            Text::new(
                "代职人已在为被代职人的审核上级代职，不能自己审核自己",
                "The stand-in already acts for somebody who checks the principal's work",
            ),
        ));
    }
    strict_pair(period, facts)
}

/// For the deputy and the assistant the manual leaves no choice; when both are away, the centre manager takes the duties
/// or names a head.
fn strict_pair(period: &ActingPeriod, facts: &Facts) -> Option<(&'static str, Text)> {
    let pair = pair(period.post).filter(|p| p.strict)?;
    let held = |posts: &[PostCode]| posts.iter().any(|p| facts.stand_in_posts.contains(p));
    if held(pair.stand_ins) {
        return None;
    }
    if facts.pair_present {
        let title = pair.stand_ins[0].title();
        let (zh, en, clause) = (title.zh, title.en, pair.clause);
        return Some((
            "not_the_pair",
            crate::text!("按{clause}应由{zh}代职", "By {clause} the {en} stands in"),
        ));
    }
    let instead = [
        PostCode::Cscmgr,
        PostCode::Guardcapt,
        PostCode::Pubsup,
        PostCode::Finsup,
    ];
    (!held(&instead)).then_some((
        "not_a_head",
        Text::new(
            "副经理与经理助理均不在岗时，由经理代行或指定部门主管",
            "With deputy and assistant both away, the centre manager takes the duties or names a head of department",
        ),
    ))
}

const CONFIRM: Text = Text::new("确认代职", "be confirmed");
const REJECT: Text = Text::new("拒绝代职", "be rejected");
const CANCEL: Text = Text::new("撤回代职", "be withdrawn");
const END: Text = Text::new("提前结束代职", "be ended");

fn in_state(
    period: &ActingPeriod,
    allowed: &[ActingState],
    action: &Text,
    now: DateTime<Utc>,
) -> Result<ActingState, Problem> {
    let state = period.state(now);
    if allowed.contains(&state) {
        Ok(state)
    } else {
        Err(Problem::wrong_state(action, &state.title()))
    }
}

fn step(
    record: ActingPeriod,
    action: &'static str,
    from: Option<ActingState>,
    to: ActingState,
    reason: Option<&str>,
) -> Transition<ActingPeriod> {
    let clauses: &'static [&'static str] = match pair(record.post) {
        Some(pair) => std::slice::from_ref(&pair.clause),
        None => &[],
    };
    let mut entry = TrailEntry::new(SubjectKind::ActingPeriod, record.id, action)
        .states(from.map(ActingState::code), to.code())
        .reason(reason)
        .clauses(clauses);
    entry.estate = record.estate;
    Transition { record, entry }
}
