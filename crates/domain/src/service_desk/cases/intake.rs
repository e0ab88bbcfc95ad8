//! Taking a case in, correcting what was written down, giving it another kind.

use chrono::{DateTime, Utc};
use serde::Deserialize;
use serde_json::json;
use utoipa::ToSchema;
use uuid::Uuid;
use validator::Validate;

use super::model::acknowledge_due_at;
use super::{Case, CaseAction, CaseField, CaseId, CaseKind, CaseState, Channel, Validity, due_at};
use crate::access::PostCode;
use crate::service_desk::{Deed, DeskHours, Responsible};
use crate::shared::{
    EmployeeId, EstateId, FileId, LongText, Name, Note, Problem, Settings, ShortCode, Text, Transition,
};

/// What a resident brings, as it is written down at the desk or passed on by any member of staff.
#[derive(Clone, Debug, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct NewCase {
    /// The estate; the only one the caller works in when absent.
    #[serde(default)]
    pub estate_id: Option<EstateId>,
    /// What it is.
    pub kind: CaseKind,
    /// How it came in.
    pub channel: Channel,
    /// What it is about.
    pub field: CaseField,
    /// What the resident said.
    pub text: LongText,
    /// The member of staff it is about.
    #[serde(default)]
    pub about_employee: Option<EmployeeId>,
    /// The house.
    #[serde(default)]
    pub house_id: Option<Uuid>,
    /// The owner, tenant or user who came.
    #[serde(default)]
    pub party_id: Option<Uuid>,
    /// The resident's name, when not in the owner archive: personal data.
    #[serde(default)]
    pub reporter_name: Option<Name>,
    /// The resident's phone in any spelling: personal data.
    #[serde(default)]
    pub reporter_phone: Option<ShortCode>,
    /// Photos the caller uploaded before.
    #[serde(default)]
    #[validate(length(max = 9))]
    #[schema(max_items = 9)]
    pub file_ids: Vec<FileId>,
    /// When the resident said it, if not now.
    #[serde(default)]
    pub occurred_at: Option<DateTime<Utc>>,
}

/// A correction of what was written down.
#[derive(Clone, Debug, Default, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct ChangeCase {
    /// How it came in.
    pub channel: Option<Channel>,
    /// What it is about.
    pub field: Option<CaseField>,
    /// What the resident said.
    pub text: Option<LongText>,
    /// The member of staff it is about.
    pub about_employee: Option<EmployeeId>,
    /// The house.
    pub house_id: Option<Uuid>,
    /// The owner, tenant or user who came.
    pub party_id: Option<Uuid>,
    /// The resident's name: personal data.
    pub reporter_name: Option<Name>,
    /// The resident's phone: personal data.
    pub reporter_phone: Option<ShortCode>,
}

/// Takes a case in. Said face to face or on the phone it is acknowledged by that.
///
/// A case told to front-line staff is waiting at the desk from this moment, whoever wrote it down.
#[must_use]
pub fn receive(
    new: &NewCase,
    estate: EstateId,
    no: String,
    settings: &Settings,
    hours: &DeskHours<'_>,
    deed: &Deed<'_>,
) -> Transition<Case> {
    let spoken = matches!(new.channel, Channel::Desk | Channel::Phone | Channel::Staff);
    let record = Case {
        id: CaseId::generate(),
        estate_id: estate,
        no,
        kind: new.kind,
        state: CaseState::Received,
        channel: new.channel,
        field: new.field,
        about_employee: new.about_employee,
        house_id: new.house_id,
        party_id: new.party_id,
        text: new.text.as_str().to_owned(),
        received_at: deed.at,
        received_by: deed.actor.employee,
        acknowledge_due_at: acknowledge_due_at(deed.at, settings, hours),
        acknowledged_at: spoken.then_some(deed.at),
        due_at: due_at(deed.at, settings, &hours.clockwork),
        owner_id: None,
        responsible: Responsible::post(PostCode::Recept),
        validity: (new.kind == CaseKind::Complaint).then_some(Validity::Pending),
        validity_at: None,
        reply: None,
        replied_at: None,
        closed_at: None,
        reopened_count: 0,
        master_id: None,
        version: 1,
        created_at: deed.now,
        updated_at: deed.now,
    };
    let entry = record
        .entry("received")
        .states(None, record.state.code())
        .occurred_at(deed.occurred_at())
        .clauses(&["POS-RECEPT-03b", "POS-RECEPT-07a"]);
    Transition { record, entry }
}

/// Notes that the resident was told it came in.
///
/// # Errors
/// `wrong_state` once it is closed or was acknowledged before.
pub fn acknowledge(case: &Case, deed: &Deed<'_>) -> Result<Transition<Case>, Problem> {
    case.gate(CaseAction::Acknowledge)?;
    if case.acknowledged_at.is_some() {
        return Err(Problem::new(
            crate::shared::ProblemCode::WrongState,
            Text::new("已确认受理，无需再次确认。", "It was acknowledged before."),
        ));
    }
    let mut record = case.clone();
    record.acknowledged_at = Some(deed.at);
    record.updated_at = deed.now;
    let entry = record
        .entry("acknowledged")
        .occurred_at(deed.occurred_at())
        .clauses(&["POS-RECEPT-07a"]);
    Ok(Transition { record, entry })
}

/// Corrects what was written down; the trail keeps what it said before.
///
/// # Errors
/// `wrong_state` once it is closed; `validation_failed` when nothing would change.
pub fn change(case: &Case, change: &ChangeCase, deed: &Deed<'_>) -> Result<Transition<Case>, Problem> {
    case.gate(CaseAction::Change)?;
    let mut record = case.clone();
    let mut changes = serde_json::Map::new();
    let mut note = |field: &str, before: serde_json::Value, after: serde_json::Value| {
        if before != after {
            changes.insert(field.to_owned(), json!([before, after]));
        }
    };
    if let Some(channel) = change.channel {
        note("channel", json!(record.channel), json!(channel));
        record.channel = channel;
    }
    if let Some(field) = change.field {
        note("field", json!(record.field), json!(field));
        record.field = field;
    }
    if let Some(text) = &change.text {
        note("text", json!(record.text), json!(text));
        record.text = text.as_str().to_owned();
    }
    if let Some(person) = change.about_employee {
        note("about_employee", json!(record.about_employee), json!(person));
        record.about_employee = Some(person);
    }
    if let Some(house) = change.house_id {
        note("house_id", json!(record.house_id), json!(house));
        record.house_id = Some(house);
    }
    if let Some(party) = change.party_id {
        note("party_id", json!(record.party_id), json!(party));
        record.party_id = Some(party);
    }
    // Personal data stands in the trail as changed, not as what it was.
    for (field, given) in [
        ("reporter_name", change.reporter_name.is_some()),
        ("reporter_phone", change.reporter_phone.is_some()),
    ] {
        if given {
            changes.insert(field.to_owned(), json!("changed"));
        }
    }
    if changes.is_empty() {
        return Err(Problem::field(
            "",
            "nothing_changed",
            Text::new("没有任何改动", "nothing would change"),
        ));
    }
    record.updated_at = deed.now;
    let entry = record.entry("changed").changes(changes.into());
    Ok(Transition { record, entry })
}

/// Gives it another kind, at any time, with a reason. A case that shares its event with others is parted from them first,
/// so that the event stays counted. What becomes a complaint needs a finding, so a case that is past
/// that goes back to its investigation; what is none any more has no validity. GOAL-2 and GOAL-3 follow by themselves.
///
/// # Errors
/// `validation_failed` when it is of that kind already, or linked to other cases of the same event.
pub fn reclassify(
    case: &Case,
    kind: CaseKind,
    masters_others: bool,
    reason: &Note,
    deed: &Deed<'_>,
) -> Result<Transition<Case>, Problem> {
    case.gate(CaseAction::Reclassify)?;
    if case.master_id.is_some() || masters_others {
        return Err(Problem::field(
            "/kind",
            "linked",
            Text::new(
                "此件与同一事件的其他件相并，请先撤销并入，再改变类别",
                "it is linked to other cases of the same event: unlink them before giving it another kind",
            ),
        ));
    }
    if case.kind == kind {
        let title = kind.title();
        return Err(Problem::field(
            "/kind",
            "unchanged",
            Text::of(format!("已经是“{}”", title.zh), format!("it is a {} already", title.en)),
        ));
    }
    let mut record = case.clone();
    record.kind = kind;
    record.updated_at = deed.now;
    if kind == CaseKind::Complaint {
        needs_finding(&mut record);
    } else {
        (record.validity, record.validity_at) = (None, None);
        if record.state == CaseState::ValidityDecided {
            record.state = CaseState::Investigating;
        }
    }
    let entry = record
        .entry("reclassified")
        .states(Some(case.state.code()), record.state.code())
        .reason(Some(reason.as_str()))
        .changes(json!({ "kind": [case.kind, kind], "validity": [case.validity, record.validity] }))
        .clauses(&["POS-RECEPT-03b", "GOAL-2"]);
    Ok(Transition { record, entry })
}

/// Sets a complaint back to where its validity is still to be found.
pub(super) fn needs_finding(record: &mut Case) {
    (record.validity, record.validity_at) = (Some(Validity::Pending), None);
    if record.state != CaseState::Received {
        // Closed and open again: its next closing is asked about once more.
        record.reopened_count += i32::from(record.closed_at.is_some());
        // Without an owner (answered at the desk) it waits at the desk again.
        record.state = match record.owner_id {
            Some(_) => CaseState::Investigating,
            None => CaseState::Received,
        };
        record.closed_at = None;
    }
}
