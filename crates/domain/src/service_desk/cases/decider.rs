//! Whose decision a complaint is: the supervisor of public affairs; one step up when it is about the supervisor or the
//! supervisor's people. Who is involved never decides. The one resolver finds the persons ([`crate::org::superior`]).

use chrono::NaiveDate;

use super::{Case, Finding, Measure};
use crate::access::{Permission, PostCode};
use crate::org::superior::{Matter, NobodyDecides, Resolution, Rule, Staff};
use crate::shared::EmployeeId;

/// Who must not decide on a case: who wrote it down, investigates it, proposes its validity or is complained of.
#[must_use]
pub fn involved(case: &Case, finding: &Finding) -> Vec<EmployeeId> {
    [
        case.about_employee,
        case.owner_id,
        case.received_by,
        finding.proposed_by,
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// Who must not check the closing: those, and who took a measure or gave the answer that is checked.
#[must_use]
pub fn involved_in_closing(case: &Case, finding: &Finding, measures: &[Measure]) -> Vec<EmployeeId> {
    let mut people = involved(case, finding);
    people.extend(finding.answered_by);
    people.extend(measures.iter().filter_map(|measure| measure.taken_by));
    people
}

/// Finds who decides on a case; `barred` comes from [`involved`] or [`involved_in_closing`], `dated` is the day it came in.
///
/// # Errors
/// [`NobodyDecides`] when all up the line are involved or their posts vacant.
pub fn resolve(
    staff: &Staff<'_>,
    case: &Case,
    barred: &[EmployeeId],
    dated: NaiveDate,
) -> Result<Resolution, NobodyDecides> {
    staff.resolve(&Matter {
        from: case.responsible.seat(case.estate_id),
        rule: if about_own_people(staff, case, dated) {
            Rule::Above(PostCode::Pubsup)
        } else {
            Rule::Post(PostCode::Pubsup)
        },
        barred,
        dated,
        right: Some(Permission::CaseDecide),
    })
}

/// Whether the person complained of is the supervisor or one of the supervisor's people.
fn about_own_people(staff: &Staff<'_>, case: &Case, dated: NaiveDate) -> bool {
    let own = |post: PostCode| post == PostCode::Pubsup || staff.tree.above(post, dated).contains(&PostCode::Pubsup);
    staff
        .holders
        .iter()
        .filter(|holder| Some(holder.employee) == case.about_employee)
        .any(|holder| own(holder.post))
}
