//! A dispute as it goes over the wire.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;
use wuye_domain::{
    access::{Actor, PostCode},
    service_desk::{
        disputes::{self as rules, Dispute, DisputeAction, PartyRole, PartySide, Step},
        visits::{Visit, VisitSubject},
    },
    shared::{Subject, SubjectKind, private::Disclosed},
};
use wuye_persistence::{
    Conn, Failure, files,
    org::climbs,
    service_desk::{Mentioned, disputes, visits},
    trail::{self, TrailLine},
};

use super::super::contact;
use crate::{files::FileView, late};

/// A dispute in a list.
#[derive(Serialize, ToSchema)]
pub struct DisputeView {
    #[serde(flatten)]
    pub(in super::super) dispute: Dispute,
    /// The step limit of its level is over.
    pub(in super::super) overdue: bool,
    /// The posts up the line that were told of it, in the order in which they heard; none while the mediator alone was
    /// reminded.
    pub(in super::super) escalated_to: Vec<PostCode>,
    pub(in super::super) mediator_name: Option<String>,
    pub(in super::super) first_mediator_name: Option<String>,
    pub(in super::super) opened_by_name: Option<String>,
}

impl DisputeView {
    /// For ETag.
    pub fn version(&self) -> i32 {
        self.dispute.version
    }

    /// Its id.
    pub fn id(&self) -> Uuid {
        self.dispute.id.0
    }

    /// Of a page of disputes.
    pub async fn of(conn: &mut Conn, disputes: Vec<Dispute>, now: DateTime<Utc>) -> Result<Vec<Self>, Failure> {
        let mut mentioned = Mentioned::default();
        for dispute in &disputes {
            mentioned.employee(dispute.mediator_id);
            mentioned.employee(dispute.first_mediator);
            mentioned.employee(dispute.opened_by);
        }
        let labels = mentioned.read(conn).await?;
        let told = climbs::told(conn, disputes.iter().map(|dispute| dispute.id.0)).await?;
        Ok(disputes
            .into_iter()
            .map(|dispute| Self {
                overdue: dispute.overdue(now),
                escalated_to: dispute
                    .step_due_at
                    .map(|due_at| told.of(dispute.id, due_at))
                    .unwrap_or_default(),
                mediator_name: labels.employee(dispute.mediator_id),
                first_mediator_name: labels.employee(dispute.first_mediator),
                opened_by_name: labels.employee(dispute.opened_by),
                dispute,
            })
            .collect())
    }
}

/// A party with names; name and phone given at the desk as far as the caller may see them.
#[derive(Serialize, ToSchema)]
pub struct DisputePartyView {
    id: Uuid,
    side: PartySide,
    role: PartyRole,
    party_id: Option<Uuid>,
    party_name: Option<String>,
    house_id: Option<Uuid>,
    house_no: Option<String>,
    name: Option<Disclosed>,
    phone: Option<Disclosed>,
}

/// A dispute with everything that hangs on it.
#[derive(Serialize, ToSchema)]
pub struct DisputeDetail {
    #[serde(flatten)]
    dispute: DisputeView,
    /// Who is at odds.
    parties: Vec<DisputePartyView>,
    /// The mediation so far.
    steps: Vec<Step>,
    /// Return visits made and to come.
    visits: Vec<Visit>,
    /// The signed agreement and other papers.
    files: Vec<FileView>,
    /// What devices sent too late to be applied.
    late_notes: Vec<TrailLine>,
    /// What the caller may be offered: what its state allows, and what is for whoever mediates now only to them.
    actions: Vec<DisputeAction>,
    /// Names of the people mentioned, by id.
    people: BTreeMap<Uuid, String>,
}

impl DisputeDetail {
    /// For ETag.
    pub fn version(&self) -> i32 {
        self.dispute.version()
    }

    /// Reads everything for a caller who may read the dispute.
    pub async fn load(conn: &mut Conn, actor: &Actor, dispute: Dispute, now: DateTime<Utc>) -> Result<Self, Failure> {
        let id = dispute.id;
        let clearance = contact::clearance(actor, dispute.estate_id);
        let parties = disputes::parties(conn, id).await?;
        let steps = disputes::steps(conn, id).await?;
        let visits = visits::of_subject(conn, VisitSubject::Dispute, id.0).await?;
        let subject = Subject::new(SubjectKind::Dispute, id);
        let mut mentioned = Mentioned::default();
        for party in &parties {
            mentioned.house(party.house_id);
            mentioned.party(party.party_id);
        }
        let ids: Vec<Uuid> = steps
            .iter()
            .map(|step| step.held_by)
            .chain(visits.iter().map(|visit| visit.visitor_id))
            .flatten()
            .map(|person| person.0)
            .collect();
        ids.iter().for_each(|id| mentioned.employee(Some(*id)));
        let labels = mentioned.read(conn).await?;
        Ok(Self {
            actions: rules::offered(&dispute, actor),
            people: ids
                .into_iter()
                .filter_map(|id| Some((id, labels.employee(Some(id))?)))
                .collect(),
            parties: parties
                .into_iter()
                .map(|party| DisputePartyView {
                    id: party.id,
                    side: party.side,
                    role: party.role,
                    party_name: labels.party(party.party_id),
                    party_id: party.party_id,
                    house_no: labels.house(party.house_id),
                    house_id: party.house_id,
                    phone: contact::phone(party.phone.as_deref(), clearance),
                    name: contact::name(party.name, clearance),
                })
                .collect(),
            steps,
            visits,
            files: files::attached(conn, &[subject])
                .await?
                .into_iter()
                .map(FileView::from)
                .collect(),
            late_notes: late::notes(trail::history(conn, subject).await?),
            dispute: DisputeView::of(conn, vec![dispute], now).await?.remove(0),
        })
    }
}
