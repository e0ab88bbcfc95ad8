//! Validity: proposed by who investigates, confirmed by somebody else; and the check before a valid complaint is closed.

use serde_json::json;

use super::progress::must_own;
use super::{Case, CaseAction, CaseKind, CaseState, Finding, Validity};
use crate::service_desk::{Decision, Deed};
use crate::shared::{Note, Problem, ProblemCode, Text, Transition};

fn only_complaints(case: &Case) -> Result<(), Problem> {
    if case.kind == CaseKind::Complaint {
        return Ok(());
    }
    let title = case.kind.title();
    Err(Problem::new(
        ProblemCode::WrongState,
        Text::of(
            format!("只有投诉须认定是否有效，此件为“{}”。", title.zh),
            format!("Only complaints are found valid or not; this is a {}.", title.en),
        ),
    ))
}

fn not_proposed() -> Problem {
    Problem::new(
        ProblemCode::WrongState,
        Text::new(
            "调查人尚未提出认定意见。",
            "The investigating owner has not proposed anything yet.",
        ),
    )
}

/// The investigating owner says whether the complaint broadly matches the facts, and why. A later proposal replaces it.
///
/// # Errors
/// `wrong_state`; `forbidden` for anybody but the owner; `validation_failed` for `pending`.
pub fn propose_validity(
    case: &Case,
    finding: &Finding,
    validity: Validity,
    reason: &Note,
    deed: &Deed<'_>,
) -> Result<(Transition<Case>, Finding), Problem> {
    case.gate(CaseAction::ProposeValidity)?;
    only_complaints(case)?;
    must_own(case, deed.actor)?;
    if validity == Validity::Pending {
        return Err(Problem::field(
            "/validity",
            "not_a_finding",
            Text::new("须为有效或无效", "must be valid or invalid"),
        ));
    }
    let mut record = case.clone();
    record.updated_at = deed.now;
    let finding = Finding {
        proposed: Some(validity),
        proposal_reason: Some(reason.as_str().to_owned()),
        proposed_by: deed.actor.employee,
        proposed_at: Some(deed.at),
        ..finding.clone()
    };
    let entry = record
        .entry("validity_proposed")
        .reason(Some(reason.as_str()))
        .changes(json!({ "proposed": [null, validity] }))
        .occurred_at(deed.occurred_at())
        .clauses(&["TERM-2"]);
    Ok((Transition { record, entry }, finding))
}

/// Whether a proposal waits for a decision: asked before the decider is looked for.
///
/// # Errors
/// `wrong_state`.
pub fn must_be_proposed(case: &Case, finding: &Finding) -> Result<Validity, Problem> {
    case.gate(CaseAction::ConfirmValidity)?;
    only_complaints(case)?;
    finding.proposed.ok_or_else(not_proposed)
}

/// Somebody else confirms the proposal: now the complaint is valid or not. The resolver has found who that is.
///
/// # Errors
/// `wrong_state` without a proposal.
pub fn confirm_validity(
    case: &Case,
    finding: &Finding,
    reason: Option<&Note>,
    decision: Decision,
    deed: &Deed<'_>,
) -> Result<(Transition<Case>, Finding), Problem> {
    let validity = must_be_proposed(case, finding)?;
    let Decision { by, path } = decision;
    let mut record = case.clone();
    record.state = CaseState::ValidityDecided;
    record.validity = Some(validity);
    record.validity_at = Some(deed.now);
    record.updated_at = deed.now;
    let entry = record
        .entry("validity_confirmed")
        .states(Some(case.state.code()), record.state.code())
        .reason(reason.map(|reason| reason.as_str()))
        .changes(json!({ "validity": [case.validity, validity], "path": path }))
        .clauses(&["TERM-2", "GOAL-2"]);
    let finding = Finding {
        decided_by: deed.actor.employee,
        decided_as: Some(by.post),
        decided_at: Some(deed.now),
        decision_reason: reason.map(|reason| reason.as_str().to_owned()),
        decision_path: Some(path),
        ..finding.clone()
    };
    Ok((Transition { record, entry }, finding))
}

/// Sends the proposal back to the owner, who looks again.
///
/// # Errors
/// As for [`confirm_validity`].
pub fn return_validity(
    case: &Case,
    finding: &Finding,
    reason: &Note,
    decision: &Decision,
    deed: &Deed<'_>,
) -> Result<(Transition<Case>, Finding), Problem> {
    let proposed = must_be_proposed(case, finding)?;
    let mut record = case.clone();
    record.updated_at = deed.now;
    let entry = record
        .entry("validity_returned")
        .reason(Some(reason.as_str()))
        .changes(json!({ "proposed": [proposed, null], "path": decision.path }))
        .clauses(&["TERM-2"]);
    let finding = Finding {
        proposed: None,
        proposal_reason: None,
        proposed_by: None,
        proposed_at: None,
        ..finding.clone()
    };
    Ok((Transition { record, entry }, finding))
}

fn valid_only(case: &Case) -> Result<(), Problem> {
    if case.validity == Some(Validity::Valid) {
        return Ok(());
    }
    Err(Problem::new(
        ProblemCode::WrongState,
        Text::new(
            "只有有效投诉的办结须审核，此件可直接办结。",
            "Only the closing of valid complaints is checked; this one can be closed as it is.",
        ),
    ))
}

/// Whether the closing waits for its check: asked before the decider is looked for.
///
/// # Errors
/// `wrong_state`.
pub fn must_be_checked(case: &Case) -> Result<(), Problem> {
    case.gate(CaseAction::CheckClosing)?;
    valid_only(case)
}

/// Checks that a valid complaint was dealt with as it should be, so that the desk may close it.
///
/// # Errors
/// `wrong_state`.
pub fn check_closing(
    case: &Case,
    finding: &Finding,
    decision: &Decision,
    deed: &Deed<'_>,
) -> Result<(Transition<Case>, Finding), Problem> {
    must_be_checked(case)?;
    let mut record = case.clone();
    record.updated_at = deed.now;
    let finding = Finding {
        closing_checked_by: deed.actor.employee,
        closing_checked_at: Some(deed.now),
        ..finding.clone()
    };
    let entry = record
        .entry("closing_checked")
        .changes(json!({ "path": decision.path }))
        .clauses(&["POS-RECEPT-03b"]);
    Ok((Transition { record, entry }, finding))
}

/// Sends an answered valid complaint back to handling.
///
/// # Errors
/// As for [`check_closing`].
pub fn return_closing(
    case: &Case,
    finding: &Finding,
    reason: &Note,
    decision: &Decision,
    deed: &Deed<'_>,
) -> Result<(Transition<Case>, Finding), Problem> {
    must_be_checked(case)?;
    let mut record = case.clone();
    record.state = CaseState::Handling;
    record.updated_at = deed.now;
    let finding = Finding {
        closing_checked_by: None,
        closing_checked_at: None,
        ..finding.clone()
    };
    let entry = record
        .entry("closing_returned")
        .states(Some(case.state.code()), record.state.code())
        .reason(Some(reason.as_str()))
        .changes(json!({ "path": decision.path }))
        .clauses(&["POS-RECEPT-03b"]);
    Ok((Transition { record, entry }, finding))
}
