//! A repair request as it goes over the wire.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Deserializer, Serialize, de::DeserializeOwned};
use utoipa::ToSchema;
use uuid::Uuid;
use wuye_domain::{
    access::{Actor, Permission},
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
    id: Uuid,
    no: String,
    estate_id: Uuid,
    state: RequestState,
    source: RepairSource,
    /// The record it comes from.
    source_ref: Option<Subject>,
    house_id: Option<Uuid>,
    /// Number of the house, as on the door.
    house_no: Option<String>,
    place_id: Option<Uuid>,
    place_name: Option<String>,
    /// The place in words.
    place_text: Option<String>,
    party_id: Option<Uuid>,
    party_name: Option<String>,
    contact_name: Option<String>,
    /// Masked for those who may not see residents' phones.
    contact_phone: Option<Disclosed>,
    category: RepairCategory,
    urgency: Urgency,
    paid: bool,
    warranty: bool,
    text: String,
    requested_at: DateTime<Utc>,
    recorded_at: DateTime<Utc>,
    appointment: Option<Appointment>,
    /// Until when the desk must dispatch it.
    dispatch_due_at: DateTime<Utc>,
    /// Whether that was missed.
    overdue: bool,
    /// How far it has climbed for it: 0, 1 (PUBSUP), 2 (DEPMGR).
    escalation: i16,
    /// The post that must act next.
    responsible_post: &'static str,
    /// Set when it was taken while the desk was closed; handed to the desk at the start of work.
    night: Option<Night>,
    created_by: Option<Uuid>,
    created_by_name: Option<String>,
    end_reason: Option<String>,
    updated_at: DateTime<Utc>,
    version: i32,
    /// Its work order, once dispatched.
    order: Option<RepairOrder>,
}

/// The work order of a request in a few words.
#[derive(Serialize, ToSchema)]
pub struct RepairOrder {
    id: Uuid,
    no: String,
    state: OrderState,
    technician_id: Uuid,
    technician_name: String,
    dispatched_by_name: Option<String>,
    dispatched_at: DateTime<Utc>,
    finish_due_at: DateTime<Utc>,
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
            escalation: request.escalation,
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
