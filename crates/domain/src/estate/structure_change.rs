//! A change of the estate's structure: proposed by the desk, confirmed by the supervisor of public affairs (DER-X-5).

use chrono::{DateTime, Utc};
use serde::Serialize;
use serde_json::{Value, json};
use utoipa::ToSchema;
use uuid::Uuid;

use super::{Change, Element, ElementState, StructureChangeId, element::CLAUSES};
use crate::{
    access::Actor,
    code_enum,
    shared::{EmployeeId, EstateId, Problem, ProblemCode, SubjectKind, Text, TrailEntry, Transition},
};

code_enum! {
    /// What is to be done.
    pub enum StructureAction {
        /// A new element becomes active.
        Create = "create",
        /// A measure or place of an active element changes.
        Alter = "alter",
        /// An element is taken out.
        Retire = "retire",
        /// The houses, blocks and units of an import become active.
        Import = "import",
    }
}

code_enum! {
    /// Where a change stands.
    pub enum StructureChangeState {
        /// Waits for the supervisor.
        Proposed = "proposed",
        /// Confirmed and carried out.
        Confirmed = "confirmed",
        /// Refused.
        Rejected = "rejected",
        /// Taken back by who proposed it.
        Withdrawn = "withdrawn",
    }
}

impl StructureChangeState {
    /// Its name.
    #[must_use]
    pub const fn title(self) -> Text {
        match self {
            Self::Proposed => Text::new("待确认", "proposed"),
            Self::Confirmed => Text::new("已确认", "confirmed"),
            Self::Rejected => Text::new("已退回", "rejected"),
            Self::Withdrawn => Text::new("已撤回", "withdrawn"),
        }
    }
}

/// A change that waits, or was decided.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct StructureChange {
    /// Its id.
    pub id: StructureChangeId,
    /// The estate.
    pub estate_id: EstateId,
    /// What is to be done.
    pub kind: StructureAction,
    /// The kind of element.
    pub subject_kind: SubjectKind,
    /// The element.
    pub subject_id: Uuid,
    /// How people call the element.
    pub title: String,
    /// The values that would be replaced.
    #[schema(value_type = Object)]
    pub before: serde_json::Map<String, Value>,
    /// The values asked for, by field.
    #[schema(value_type = Object)]
    pub proposed: Value,
    /// Why.
    pub reason: String,
    /// Where it stands.
    pub state: StructureChangeState,
    /// Who proposed it; absent for an import by a service.
    pub proposed_by: Option<EmployeeId>,
    /// When.
    pub proposed_at: DateTime<Utc>,
    /// Who decided.
    pub decided_by: Option<EmployeeId>,
    /// When.
    pub decided_at: Option<DateTime<Utc>>,
    /// What the decider said.
    pub decision_note: String,
    /// For If-Match.
    pub version: i32,
}

/// A decision about a change.
#[derive(Clone, Copy, Debug)]
pub struct Decision<'a> {
    /// Who decides.
    pub actor: &'a Actor,
    /// What they say.
    pub note: &'a str,
    /// When.
    pub now: DateTime<Utc>,
}

impl StructureChange {
    /// A change of an element, waiting.
    #[must_use]
    pub fn proposed<E: Element>(
        kind: StructureAction,
        element: &E,
        by: Option<EmployeeId>,
        now: DateTime<Utc>,
    ) -> Self {
        Self::waiting(
            kind,
            element.estate(),
            (E::KIND, element.id()),
            element.title(),
            by,
            now,
        )
    }

    /// The change that confirms everything an import brought.
    #[must_use]
    pub fn of_import(
        estate: EstateId,
        run: super::ImportRunId,
        title: String,
        by: Option<EmployeeId>,
        now: DateTime<Utc>,
    ) -> Self {
        Self::waiting(
            StructureAction::Import,
            estate,
            (SubjectKind::ImportRun, run.0),
            title,
            by,
            now,
        )
    }

    fn waiting(
        kind: StructureAction,
        estate_id: EstateId,
        (subject_kind, subject_id): (SubjectKind, Uuid),
        title: String,
        proposed_by: Option<EmployeeId>,
        now: DateTime<Utc>,
    ) -> Self {
        Self {
            id: StructureChangeId::generate(),
            estate_id,
            kind,
            subject_kind,
            subject_id,
            title,
            before: serde_json::Map::new(),
            proposed: json!({}),
            reason: String::new(),
            state: StructureChangeState::Proposed,
            proposed_by,
            proposed_at: now,
            decided_by: None,
            decided_at: None,
            decision_note: String::new(),
            version: 1,
        }
    }

    fn decided(&self, state: StructureChangeState, by: &Decision<'_>, action: &'static str) -> Transition<Self> {
        let mut record = self.clone();
        record.state = state;
        record.decided_by = by.actor.employee;
        record.decided_at = Some(by.now);
        by.note.clone_into(&mut record.decision_note);
        record.version += 1;
        let entry = TrailEntry::new(SubjectKind::StructureChange, self.id, action)
            .estate(self.estate_id)
            .states(Some(self.state.code()), state.code())
            .reason((!by.note.is_empty()).then_some(by.note))
            .changes(json!({"subject": [self.subject_kind, self.subject_id]}))
            .clauses(CLAUSES);
        Transition { record, entry }
    }

    fn waits(&self, action: &Text) -> Result<(), Problem> {
        if self.state == StructureChangeState::Proposed {
            return Ok(());
        }
        Err(Problem::wrong_state(action, &self.state.title()))
    }

    fn not_own(&self, actor: &Actor) -> Result<(), Problem> {
        if self.proposed_by.is_some_and(|proposer| actor.is(proposer)) {
            return Err(Problem::new(
                ProblemCode::SelfApproval,
                Text::new(
                    "资料变动由提出人以外的人确认；请由公共事务部主管或其上级办理。",
                    "A change is confirmed by somebody other than who proposed it: the supervisor or their superior.",
                ),
            ));
        }
        Ok(())
    }
}

/// Confirms a change; [`applied`] then gives the element after it.
///
/// # Errors
/// `wrong_state` when it was decided before, `self_approval` for the proposer.
pub fn confirm(change: &StructureChange, by: &Decision<'_>) -> Result<Transition<StructureChange>, Problem> {
    change.waits(&Text::new("确认", "be confirmed"))?;
    change.not_own(by.actor)?;
    Ok(change.decided(StructureChangeState::Confirmed, by, "confirmed"))
}

/// Refuses a change; a draft goes with it, see [`applied`].
///
/// # Errors
/// As [`confirm`].
pub fn reject(change: &StructureChange, by: &Decision<'_>) -> Result<Transition<StructureChange>, Problem> {
    change.waits(&Text::new("退回", "be rejected"))?;
    change.not_own(by.actor)?;
    Ok(change.decided(StructureChangeState::Rejected, by, "rejected"))
}

/// Takes one's own change back; a draft goes with it.
///
/// # Errors
/// `wrong_state` when it was decided before, `forbidden` for everybody but the proposer.
pub fn withdraw(change: &StructureChange, by: &Decision<'_>) -> Result<Transition<StructureChange>, Problem> {
    change.waits(&Text::new("撤回", "be withdrawn"))?;
    if !change.proposed_by.is_some_and(|proposer| by.actor.is(proposer)) {
        return Err(Problem::forbidden(&Text::new("提出人", "who proposed it")));
    }
    Ok(change.decided(StructureChangeState::Withdrawn, by, "withdrawn"))
}

/// The element after a decided change; `None` when the decision leaves it as it is.
///
/// # Errors
/// `wrong_state` when the element was retired in the meantime; `validation_failed` when the stored values no longer fit.
pub fn applied<E: Element>(
    change: &StructureChange,
    element: &E,
    now: DateTime<Utc>,
) -> Result<Option<Transition<E>>, Problem> {
    use StructureAction::{Alter, Create, Import, Retire};
    use StructureChangeState::{Confirmed, Proposed};
    let mut record = element.clone();
    match (change.kind, change.state) {
        (_, Proposed) | (Import, _) => return Ok(None),
        (Create, Confirmed) => record.set_state(ElementState::Active),
        (Create, _) | (Retire, Confirmed) => record.set_state(ElementState::Retired),
        (Alter, Confirmed) if element.state() == ElementState::Retired => {
            return Err(Problem::wrong_state(
                &Text::new("修改", "be changed"),
                &element.state().title(),
            ));
        }
        (Alter, Confirmed) => serde_json::from_value::<E::Change>(change.proposed.clone())
            .map_err(|_| outdated())?
            .apply(&mut record),
        (Alter | Retire, _) => return Ok(None),
    }
    record.touch(now);
    let entry = record
        .entry(if change.state == Confirmed {
            "confirmed"
        } else {
            "dropped"
        })
        .states(Some(element.state().code()), record.state().code())
        .reason((!change.reason.is_empty()).then_some(change.reason.as_str()))
        .changes(super::diff(element, &record));
    Ok(Some(Transition { record, entry }))
}

fn outdated() -> Problem {
    Problem::new(
        ProblemCode::ValidationFailed,
        Text::new(
            "该变动的内容已不适用，请退回后重新提出。",
            "The values of this change no longer fit: reject it and propose it anew.",
        ),
    )
}
