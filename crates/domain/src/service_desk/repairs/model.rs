//! The repair request as data.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;
use validator::Validate;

use crate::access::PostCode;
use crate::service_desk::{RepairCategory, Urgency};
use crate::shared::{
    AreaId, AssignmentId, EmployeeId, EstateId, FileId, LongText, Name, Note, SquadId, Subject, Text,
    private::{Phone, Private},
};
use crate::{code_enum, typed_ids};

typed_ids! {
    /// A repair request.
    RepairRequestId,
}

code_enum! {
    /// Where a repair request comes from.
    pub enum RepairSource {
        /// An owner or another resident.
        Owner = "owner",
        /// A security patrol.
        Patrol = "patrol",
        /// An anomaly reported by front-line staff.
        Anomaly = "anomaly",
        /// The test of the perimeter alarm.
        AlarmTest = "alarm_test",
        /// An inspection of the equipment.
        Inspection = "inspection",
        /// A computer of the centre that does not work (DER-COMPUTER-7).
        ComputerFault = "computer_fault",
    }
}

code_enum! {
    /// How far a request has come; what happens between dispatch and closing is the state of its work order.
    pub enum RequestState {
        /// Waits for the desk.
        Requested = "requested",
        /// There is a work order.
        Dispatched = "dispatched",
        /// Repaired, verified and visited.
        Closed = "closed",
        /// Given up, with a reason.
        Cancelled = "cancelled",
    }
}

/// A time agreed with the resident.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = RepairAppointment)]
pub struct Appointment {
    /// Not before.
    pub from: DateTime<Utc>,
    /// Not after.
    pub until: DateTime<Utc>,
}

/// A request taken while the desk was closed: the leader on shift keeps it until work starts (POS-GUARDLEAD-05b).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = NightRequest)]
pub struct Night {
    /// The post that took it.
    pub taken_by_post: PostCode,
    /// The start of work at which the desk gets it.
    pub hand_over_at: DateTime<Utc>,
    /// When it was handed over.
    pub handed_over_at: Option<DateTime<Utc>>,
}

/// A repair request.
#[derive(Clone, Debug, PartialEq)]
pub struct RepairRequest {
    /// Its id.
    pub id: RepairRequestId,
    /// Business number.
    pub no: String,
    /// The estate.
    pub estate_id: EstateId,
    /// The post that must act next.
    pub responsible_post: PostCode,
    /// Whose record it is: the technician's assignment once dispatched.
    pub responsible_assignment: Option<AssignmentId>,
    /// The squad of that assignment.
    pub squad_id: Option<SquadId>,
    /// The area of the place.
    pub area_id: Option<AreaId>,
    /// Who took it in; `None` for services and the public page.
    pub created_by: Option<EmployeeId>,
    /// Where it comes from.
    pub source: RepairSource,
    /// The record it comes from.
    pub source_ref: Option<Subject>,
    /// The house.
    pub house_id: Option<Uuid>,
    /// Or the shared place or fixture.
    pub place_id: Option<Uuid>,
    /// Or the place in words.
    pub place_text: Option<String>,
    /// The resident, when known.
    pub party_id: Option<Uuid>,
    /// Whom to ask for.
    pub contact_name: Option<String>,
    /// Their phone.
    pub contact_phone: Option<Private<Phone>>,
    /// What is broken.
    pub category: RepairCategory,
    /// How much it hurries.
    pub urgency: Urgency,
    /// Whether the resident pays.
    pub paid: bool,
    /// Whether it falls under warranty: visited a second time later.
    pub warranty: bool,
    /// In the resident's words.
    pub text: String,
    /// When it was reported.
    pub requested_at: DateTime<Utc>,
    /// When it was keyed in.
    pub recorded_at: DateTime<Utc>,
    /// The time agreed.
    pub appointment: Option<Appointment>,
    /// Until when the desk must dispatch it.
    pub dispatch_due_at: DateTime<Utc>,
    /// How far it has come.
    pub state: RequestState,
    /// Why it was cancelled.
    pub end_reason: Option<String>,
    /// Last change.
    pub updated_at: DateTime<Utc>,
    /// For If-Match.
    pub version: i32,
    /// Set when it was taken while the desk was closed.
    pub night: Option<Night>,
}

/// What somebody enters to make a request.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct NewRepair {
    /// The estate; may be left out by people who work in one only.
    pub estate_id: Option<EstateId>,
    /// Where it comes from; `owner` when left out.
    pub source: Option<RepairSource>,
    /// The record it comes from (a patrol, an anomaly, an inspection, a computer).
    pub source_ref: Option<Subject>,
    /// The house. One of house, place and place in words is needed.
    pub house_id: Option<Uuid>,
    /// The shared place or fixture.
    pub place_id: Option<Uuid>,
    /// The place in words.
    pub place_text: Option<Name>,
    /// The resident.
    pub party_id: Option<Uuid>,
    /// Whom to ask for.
    pub contact_name: Option<Name>,
    /// Their phone.
    #[schema(value_type = Option<String>)]
    pub contact_phone: Option<Name>,
    /// What is broken; `other` when left out.
    pub category: Option<RepairCategory>,
    /// How much it hurries; `normal` when left out.
    pub urgency: Option<Urgency>,
    /// Whether the resident pays.
    #[serde(default)]
    pub paid: bool,
    /// Whether it falls under warranty.
    #[serde(default)]
    pub warranty: bool,
    /// In the resident's words.
    pub text: LongText,
    /// When it was reported, if not now.
    pub requested_at: Option<DateTime<Utc>>,
    /// A time agreed with the resident.
    pub appointment: Option<Appointment>,
    /// Photos uploaded before.
    #[serde(default)]
    #[schema(max_items = 9)]
    pub file_ids: Vec<FileId>,
}

/// What the desk may correct; what is left out stays.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct ChangeRepair {
    /// The house.
    pub house_id: Option<Uuid>,
    /// The place in words.
    pub place_text: Option<Name>,
    /// What is broken.
    pub category: Option<RepairCategory>,
    /// How much it hurries.
    pub urgency: Option<Urgency>,
    /// Whether the resident pays.
    pub paid: Option<bool>,
    /// Whether it falls under warranty.
    pub warranty: Option<bool>,
    /// In the resident's words.
    pub text: Option<LongText>,
    /// A time agreed with the resident.
    pub appointment: Option<Appointment>,
    /// Why it is corrected.
    pub reason: Option<Note>,
}

impl RequestState {
    /// Its name.
    #[must_use]
    pub const fn title(self) -> Text {
        match self {
            Self::Requested => Text::new("待派工", "waiting for dispatch"),
            Self::Dispatched => Text::new("已派工", "dispatched"),
            Self::Closed => Text::new("已办结", "closed"),
            Self::Cancelled => Text::new("已取消", "cancelled"),
        }
    }
}

impl RepairRequest {
    /// Whether a resident waits for it, so that a return visit is made after it.
    #[must_use]
    pub const fn concerns_resident(&self) -> bool {
        matches!(self.source, RepairSource::Owner) || self.party_id.is_some() || self.contact_phone.is_some()
    }
}
