//! The work order as data, and what a technician writes down on finishing it.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Deserializer, Serialize, de::Error as _};
use utoipa::ToSchema;
use validator::Validate;

use super::OrderState;
use crate::access::{Actor, PostCode};
use crate::org::superior::Seat;
use crate::service_desk::{RepairCategory, Urgency, repairs::RepairRequestId};
use crate::shared::{
    AreaId, AssignmentId, EmployeeId, EstateId, FileId, Issue, LongText, Name, Note, ShortCode, SquadId, SubjectKind,
    Text, TrailEntry,
};
use crate::{code_enum, typed_ids};

typed_ids! {
    /// A work order.
    WorkOrderId,
}

/// A work order: one repair request in the hands of one technician.
#[derive(Clone, Debug, PartialEq)]
pub struct WorkOrder {
    /// Its id.
    pub id: WorkOrderId,
    /// Business number.
    pub no: String,
    /// The estate.
    pub estate_id: EstateId,
    /// What it repairs.
    pub request_id: RepairRequestId,
    /// Always TECH, or the post of the technician.
    pub responsible_post: PostCode,
    /// The technician's assignment.
    pub responsible_assignment: Option<AssignmentId>,
    /// The technician's squad.
    pub squad_id: Option<SquadId>,
    /// The area of the place.
    pub area_id: Option<AreaId>,
    /// Who dispatched it first.
    pub created_by: Option<EmployeeId>,
    /// Who repairs.
    pub technician_id: EmployeeId,
    /// What is broken.
    pub category: RepairCategory,
    /// How much it hurries.
    pub urgency: Urgency,
    /// What the workload counts.
    pub estimated_minutes: i32,
    /// How far it has come.
    pub state: OrderState,
    /// Who dispatched it to this technician.
    pub dispatched_by: Option<EmployeeId>,
    /// When.
    pub dispatched_at: DateTime<Utc>,
    /// When the present round began: by dispatch, by reassignment or by being sent back.
    pub round_at: DateTime<Utc>,
    /// When the technician answered.
    pub accepted_at: Option<DateTime<Utc>>,
    /// When the technician was there.
    pub arrived_at: Option<DateTime<Utc>>,
    /// When it was repaired.
    pub finished_at: Option<DateTime<Utc>>,
    /// Who wrote that down: the technician, or the supervisor in their place.
    pub finished_by: Option<EmployeeId>,
    /// Until when to answer.
    pub response_due_at: DateTime<Utc>,
    /// Until when to finish.
    pub finish_due_at: DateTime<Utc>,
    /// What it waits for.
    pub pending_reason: Option<String>,
    /// How often it was sent back.
    pub returned_count: i32,
    /// Whether a step was keyed in long after it happened.
    pub keyed_late: bool,
    /// Who looked at the evidence.
    pub verified_by: Option<EmployeeId>,
    /// When.
    pub verified_at: Option<DateTime<Utc>>,
    /// What the resident said at the return visit.
    pub rating: Option<String>,
    /// Why it was cancelled.
    pub end_reason: Option<String>,
    /// Last change.
    pub updated_at: DateTime<Utc>,
    /// For If-Match.
    pub version: i32,
}

/// An amount in fen that somebody enters: 0 to 1,000,000 yuan.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, ToSchema)]
#[serde(transparent)]
#[schema(value_type = i64, minimum = 0, maximum = 100_000_000)]
pub struct Fen(pub i64);

/// Minutes of work: 1 to 10,080.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(transparent)]
#[schema(value_type = i32, minimum = 1, maximum = 10_080)]
pub struct WorkMinutes(pub i32);

/// A quantity in thousandths: 1 to 1,000,000,000.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(transparent)]
#[schema(value_type = i64, minimum = 1, maximum = 1_000_000_000)]
pub struct Quantity(pub i64);

fn ranged<'de, D: Deserializer<'de>>(from: D, min: i64, max: i64) -> Result<i64, D::Error> {
    let value = i64::deserialize(from)?;
    if (min..=max).contains(&value) {
        return Ok(value);
    }
    let message = crate::text!("须为{min}至{max}，收到{value}", "must be {min} to {max}, got {value}");
    Err(D::Error::custom(Issue::new("out_of_range", message).encode()))
}

impl<'de> Deserialize<'de> for Fen {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        ranged(from, 0, 100_000_000).map(Self)
    }
}

impl<'de> Deserialize<'de> for Quantity {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        ranged(from, 1, 1_000_000_000).map(Self)
    }
}

impl<'de> Deserialize<'de> for WorkMinutes {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let minutes = ranged(from, 1, 10_080)?;
        i32::try_from(minutes).map(Self).map_err(D::Error::custom)
    }
}

/// A material used.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = OrderMaterial)]
pub struct Material {
    /// What.
    pub name: Name,
    /// How much, in thousandths of the unit.
    pub quantity: Quantity,
    /// The unit (个, 米 …).
    pub unit: ShortCode,
    /// What it cost altogether.
    pub cost_fen: Fen,
}

/// The check of the place before leaving it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SafetyCheck {
    /// Whether all was safe.
    pub passed: bool,
    /// What was not; required then.
    pub note: Option<Note>,
}

code_enum! {
    /// Whether the resident confirmed the repair.
    pub enum SignKind {
        /// By signature.
        Signed = "signed",
        /// Nobody was there.
        Absent = "absent",
        /// The resident would not.
        Refused = "refused",
    }
}

/// The resident's confirmation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ResidentSign {
    /// Whether there is one.
    pub kind: SignKind,
    /// Who signed; required when signed.
    pub name: Option<Name>,
    /// The picture of the signature.
    pub file_id: Option<FileId>,
}

/// What a technician writes down on finishing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
#[schema(as = FinishOrder)]
pub struct Completion {
    /// Why it was broken.
    pub cause: Note,
    /// What was done.
    pub work_done: LongText,
    /// What was used.
    #[serde(default)]
    #[schema(max_items = 50)]
    pub materials_used: Vec<Material>,
    /// Minutes of work.
    pub minutes_worked: WorkMinutes,
    /// What the resident pays, in fen.
    #[serde(default)]
    pub charge_fen: Fen,
    /// The check before leaving.
    pub safety_check: SafetyCheck,
    /// The resident's confirmation.
    pub resident_sign: ResidentSign,
    /// Photos uploaded before.
    #[serde(default)]
    #[schema(max_items = 9)]
    pub file_ids: Vec<FileId>,
    /// When it was finished, if a device says so.
    pub occurred_at: Option<DateTime<Utc>>,
}

impl Completion {
    /// What the materials cost together.
    #[must_use]
    pub fn material_cost_fen(&self) -> i64 {
        self.materials_used.iter().map(|material| material.cost_fen.0).sum()
    }
}

impl WorkOrder {
    /// A line of the trail about this order.
    #[must_use]
    pub fn entry(&self, action: &'static str) -> TrailEntry {
        TrailEntry::new(SubjectKind::WorkOrder, self.id, action).estate(self.estate_id)
    }

    /// Whether this actor is the technician, or stands in for them.
    #[must_use]
    pub fn is_of(&self, actor: &Actor) -> bool {
        actor.is(self.technician_id)
            || self
                .responsible_assignment
                .is_some_and(|assignment| actor.posts.iter().any(|held| held.assignment == assignment))
    }

    /// Where a matter about it begins.
    #[must_use]
    pub const fn seat(&self) -> Seat {
        Seat {
            post: self.responsible_post,
            estate: self.estate_id,
            squad: self.squad_id,
            area: self.area_id,
        }
    }

    pub(super) fn touched(&mut self, now: DateTime<Utc>) {
        self.updated_at = now;
        self.version += 1;
    }
}

/// Words for the technician in refusals.
pub(super) const TECHNICIAN: Text = Text::new("该工单的维修员", "the technician of this order");
