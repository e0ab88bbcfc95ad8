//! A repair request as it goes over the wire.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Deserializer, Serialize, de::DeserializeOwned};
use utoipa::ToSchema;
use uuid::Uuid;
use wuye_domain::{
    access::{Actor, Permission, PostCode},
    service_desk::{
        RepairCategory, Urgency,
        orders::OrderState,
        repairs::{Appointment, Night, RepairSource, RequestState},
    },
    shared::{
        EstateId, Subject,
        private::{Clearance, Disclosed},
    },
};
use wuye_persistence::service_desk::repairs::Line;

/// A repair request.
#[derive(Serialize, ToSchema)]
#[schema(as = RepairRequest)]
pub struct RepairView {
    pub(super) id: Uuid,
    pub(super) no: String,
    pub(super) estate_id: Uuid,
    pub(super) state: RequestState,
    pub(super) source: RepairSource,
    /// The record it comes from.
    pub(super) source_ref: Option<Subject>,
    pub(super) house_id: Option<Uuid>,
    /// Number of the house, as on the door.
    pub(super) house_no: Option<String>,
    pub(super) place_id: Option<Uuid>,
    pub(super) place_name: Option<String>,
    /// The place in words.
    pub(super) place_text: Option<String>,
    pub(super) party_id: Option<Uuid>,
    pub(super) party_name: Option<String>,
    pub(super) contact_name: Option<String>,
    /// Masked for those who may not see residents' phones.
    pub(super) contact_phone: Option<Disclosed>,
    pub(super) category: RepairCategory,
    pub(super) urgency: Urgency,
    pub(super) paid: bool,
    pub(super) warranty: bool,
    pub(super) text: String,
    pub(super) requested_at: DateTime<Utc>,
    pub(super) recorded_at: DateTime<Utc>,
    pub(super) appointment: Option<Appointment>,
    /// Until when the desk must dispatch it.
    pub(super) dispatch_due_at: DateTime<Utc>,
    /// Whether that was missed.
    pub(super) overdue: bool,
    /// Whether it was dispatched after its limit.
    pub(super) dispatched_late: bool,
    /// The posts up the line that were told of it, in the order in which they heard; none while the desk alone was
    /// reminded.
    pub(super) escalated_to: Vec<PostCode>,
    /// The post that must act next.
    pub(super) responsible_post: &'static str,
    /// Set when it was taken while the desk was closed; handed to the desk at the start of work.
    pub(super) night: Option<Night>,
    pub(super) created_by: Option<Uuid>,
    pub(super) created_by_name: Option<String>,
    pub(super) end_reason: Option<String>,
    pub(super) updated_at: DateTime<Utc>,
    pub(super) version: i32,
    /// Its work order, once dispatched.
    pub(super) order: Option<RepairOrder>,
}

/// The work order of a request in a few words.
#[derive(Serialize, ToSchema)]
pub struct RepairOrder {
    pub(super) id: Uuid,
    pub(super) no: String,
    pub(super) state: OrderState,
    pub(super) technician_id: Uuid,
    pub(super) technician_name: String,
    pub(super) dispatched_by_name: Option<String>,
    pub(super) dispatched_at: DateTime<Utc>,
    pub(super) finish_due_at: DateTime<Utc>,
}

impl RepairView {
    /// As this actor sees it.
    pub fn of(line: Line, actor: &Actor, now: DateTime<Utc>) -> Self {
        let request = line.request;
        let clearance = contact_scope(actor, request.estate_id);
        Self {
            id: request.id.0,
            no: request.no,
            estate_id: request.estate_id.0,
            state: request.state,
            source: request.source,
            source_ref: request.source_ref,
            house_id: request.house_id,
            house_no: line.house_no,
            place_id: request.place_id,
            place_name: line.place_name,
            place_text: request.place_text,
            party_id: request.party_id,
            party_name: line.party_name,
            contact_name: request.contact_name,
            contact_phone: request.contact_phone.map(|phone| phone.open(clearance)),
            category: request.category,
            urgency: request.urgency,
            paid: request.paid,
            warranty: request.warranty,
            text: request.text,
            requested_at: request.requested_at,
            recorded_at: request.recorded_at,
            appointment: request.appointment,
            dispatch_due_at: request.dispatch_due_at,
            overdue: request.state == RequestState::Requested && request.dispatch_due_at < now,
            dispatched_late: line
                .order
                .as_ref()
                .is_some_and(|order| order.dispatched_at > request.dispatch_due_at),
            escalated_to: line.escalated_to,
            responsible_post: request.responsible_post.code(),
            night: request.night,
            created_by: request.created_by.map(Into::into),
            created_by_name: line.created_by_name,
            end_reason: request.end_reason,
            updated_at: request.updated_at,
            version: request.version,
            order: line.order.map(|order| RepairOrder {
                id: order.id,
                no: order.no,
                state: order.state,
                technician_id: order.technician_id,
                technician_name: order.technician_name,
                dispatched_by_name: order.dispatched_by_name,
                dispatched_at: order.dispatched_at,
                finish_due_at: order.finish_due_at,
            }),
        }
    }

    /// For the ETag.
    pub const fn version(&self) -> i32 {
        self.version
    }

    /// For the address.
    pub const fn id(&self) -> Uuid {
        self.id
    }
}

/// What of a resident's phone this actor sees in this estate.
pub fn contact_scope(actor: &Actor, estate: EstateId) -> Clearance {
    let open = actor
        .scope(Permission::PartyContactRead)
        .is_ok_and(|scope| scope.covers(estate));
    if open { Clearance::Open } else { Clearance::Masked }
}

/// One value or several with commas between them, as a filter takes them: `state=requested,dispatched`.
#[derive(Clone, Debug)]
pub struct OneOrMany<T>(pub Vec<T>);

impl<T> Default for OneOrMany<T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<'de, T: DeserializeOwned> Deserialize<'de> for OneOrMany<T> {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        use serde::de::{Error, IntoDeserializer, value};
        let text = String::deserialize(from)?;
        text.split(',')
            .filter(|part| !part.trim().is_empty())
            .map(|part| {
                T::deserialize(IntoDeserializer::<value::Error>::into_deserializer(part.trim()))
                    .map_err(D::Error::custom)
            })
            .collect::<Result<_, _>>()
            .map(Self)
    }
}
