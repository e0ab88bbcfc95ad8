//! Several residents report one event: each gets an answer, the event counts once (GOAL-2).

use serde_json::json;

use super::intake::needs_finding;
use super::{Case, CaseAction, CaseState, Finding, Validity};
use crate::service_desk::Deed;
use crate::shared::{Note, Problem, Text, Transition};

/// Links a case to the master case of the same event. What was found on the master holds for it too.
///
/// `masters_others` tells that other cases are linked to this one: then they are moved first, so that a master is never
/// itself a duplicate.
///
/// # Errors
/// `validation_failed` on `/master_id`.
pub fn link_duplicate(
    case: &Case,
    master: &Case,
    masters_others: bool,
    deed: &Deed<'_>,
) -> Result<Transition<Case>, Problem> {
    case.gate(CaseAction::LinkDuplicate)?;
    let refused = |code: &'static str, message| Err(Problem::field("/master_id", code, message));
    if case.id == master.id {
        return refused("self", Text::new("不能并入自身", "a case is not its own master"));
    }
    if case.estate_id != master.estate_id || case.kind != master.kind {
        return refused(
            "different",
            Text::new(
                "只能并入同一小区、同一类别的件",
                "the master must be of the same estate and kind",
            ),
        );
    }
    if master.master_id.is_some() {
        return refused(
            "master_is_duplicate",
            Text::new(
                "该件本身已并入他件，请并入其主件",
                "that case is itself a duplicate: link to its master",
            ),
        );
    }
    if masters_others {
        return refused(
            "has_duplicates",
            Text::new(
                "已有其他件并入此件，请先将其改并",
                "other cases are linked to this one: move them first",
            ),
        );
    }
    if case.master_id == Some(master.id) {
        return refused("unchanged", Text::new("已并入该件", "it is linked there already"));
    }
    let mut record = case.clone();
    record.master_id = Some(master.id);
    take_over(&mut record, master);
    record.updated_at = deed.now;
    let entry = record
        .entry("duplicate_linked")
        .states(Some(case.state.code()), record.state.code())
        .changes(json!({
            "master_id": [case.master_id, master.id],
            "master_no": [null, master.no],
            "validity": [case.validity, record.validity],
        }))
        .clauses(&["GOAL-2"]);
    Ok(Transition { record, entry })
}

fn take_over(record: &mut Case, master: &Case) {
    if let Some(found @ (Validity::Valid | Validity::Invalid)) = master.validity {
        (record.validity, record.validity_at) = (Some(found), master.validity_at);
        if record.state == CaseState::Investigating {
            record.state = CaseState::ValidityDecided;
        }
    }
}

/// What was found on the master holds for a case linked to it; `None` when nothing changes by that.
#[must_use]
pub fn inherit_finding(case: &Case, master: &Case, deed: &Deed<'_>) -> Option<Transition<Case>> {
    let mut record = case.clone();
    take_over(&mut record, master);
    if record == *case {
        return None;
    }
    record.updated_at = deed.now;
    let entry = record
        .entry("validity_inherited")
        .states(Some(case.state.code()), record.state.code())
        .changes(json!({ "validity": [case.validity, record.validity], "master_no": [null, master.no] }))
        .clauses(&["TERM-2", "GOAL-2"]);
    Some(Transition { record, entry })
}

/// It was another event after all. A complaint whose own validity nobody decided goes back to its investigation.
///
/// # Errors
/// `validation_failed` when it is linked to nothing.
pub fn unlink_duplicate(
    case: &Case,
    finding: &Finding,
    reason: &Note,
    deed: &Deed<'_>,
) -> Result<Transition<Case>, Problem> {
    case.gate(CaseAction::UnlinkDuplicate)?;
    if case.master_id.is_none() {
        return Err(Problem::field(
            "",
            "not_linked",
            Text::new("此件未并入任何主件", "it is not linked to a master case"),
        ));
    }
    let mut record = case.clone();
    record.master_id = None;
    if case.validity.is_some_and(|found| found != Validity::Pending) && finding.decided_at.is_none() {
        needs_finding(&mut record);
    }
    record.updated_at = deed.now;
    let entry = record
        .entry("duplicate_unlinked")
        .states(Some(case.state.code()), record.state.code())
        .reason(Some(reason.as_str()))
        .changes(json!({ "master_id": [case.master_id, null], "validity": [case.validity, record.validity] }))
        .clauses(&["GOAL-2"]);
    Ok(Transition { record, entry })
}
