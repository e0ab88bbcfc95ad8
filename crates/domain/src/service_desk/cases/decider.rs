//! Whose decision a complaint is: the supervisor of public affairs; higher up when it is about the supervisor, the
//! supervisor's people or somebody above. Who is involved never decides. The one resolver finds the persons ([`crate::org::superior`]).

use chrono::NaiveDate;

use super::{Case, Finding, Measure, must_be_checked, must_be_proposed};
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

/// What of a case waits for a decision.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Undecided {
    /// Whether it is valid.
    Validity,
    /// Whether it may be closed.
    Closing,
}

impl Undecided {
    /// What waits now; none where the next step is somebody's work.
    #[must_use]
    pub fn of(case: &Case, finding: &Finding) -> Option<Self> {
        if must_be_proposed(case, finding).is_ok() {
            return Some(Self::Validity);
        }
        (must_be_checked(case).is_ok() && finding.closing_checked_at.is_none()).then_some(Self::Closing)
    }

    /// Who must not decide it.
    #[must_use]
    pub fn barred(self, case: &Case, finding: &Finding, measures: &[Measure]) -> Vec<EmployeeId> {
        match self {
            Self::Validity => involved(case, finding),
            Self::Closing => involved_in_closing(case, finding, measures),
        }
    }
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
        rule: concerned(staff, case, dated).map_or(Rule::Post(PostCode::Pubsup), Rule::Above),
        barred,
        dated,
        right: Some(Permission::CaseDecide),
    })
}

/// The post above which it is decided, because the person complained of is the supervisor, one of the supervisor's people,
/// or stands above the supervisor: nobody decides on their own superior either.
fn concerned(staff: &Staff<'_>, case: &Case, dated: NaiveDate) -> Option<PostCode> {
    let above = staff.tree.above(PostCode::Pubsup, dated);
    let height = |post: PostCode| match above.iter().position(|upper| *upper == post) {
        Some(at) => Some(at + 1),
        None if post == PostCode::Pubsup || staff.tree.above(post, dated).contains(&PostCode::Pubsup) => Some(0),
        None => None,
    };
    let highest = staff
        .holders
        .iter()
        .filter(|holder| Some(holder.employee) == case.about_employee)
        .filter_map(|holder| height(holder.post))
        .max()?;
    Some(match highest.checked_sub(1) {
        Some(at) => *above.get(at)?,
        None => PostCode::Pubsup,
    })
}
