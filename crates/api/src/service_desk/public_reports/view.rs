//! A resident's report as the desk sees it.

use chrono::{DateTime, Utc};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;
use wuye_domain::{
    access::Actor,
    service_desk::public_reports::{ReportKind, ReportState, ResidentReport},
    shared::{Subject, SubjectKind, private::Disclosed},
};
use wuye_persistence::{Conn, Failure, files};

use super::super::repairs::contact_scope;
use crate::files::FileView;

/// A report of a resident.
#[derive(Serialize, ToSchema)]
#[schema(as = ResidentReport)]
pub struct ReportView {
    id: Uuid,
    pub(super) no: String,
    estate_id: Uuid,
    pub(super) kind: ReportKind,
    pub(super) text: String,
    /// Where, in the resident's words: the desk finds the house.
    pub(super) location: Option<String>,
    pub(super) contact_name: Option<String>,
    /// Masked for those who may not see residents' phones.
    contact_phone: Option<Disclosed>,
    pub(super) received_at: DateTime<Utc>,
    /// Until when the desk must take it in, or say why not.
    pub(super) due_at: DateTime<Utc>,
    pub(super) state: ReportState,
    /// The repair request or case it became.
    became: Option<Subject>,
    pub(super) decided_at: Option<DateTime<Utc>>,
    /// Why it was not taken in.
    pub(super) reply: Option<String>,
    /// Its photos.
    files: Vec<FileView>,
    version: i32,
}

impl ReportView {
    /// As this actor sees it, with its photos.
    ///
    /// # Errors
    /// As the database says.
    pub async fn load(conn: &mut Conn, report: ResidentReport, actor: &Actor) -> Result<Self, Failure> {
        let subject = Subject::new(SubjectKind::ResidentReport, report.id);
        let attached = files::attached(conn, &[subject]).await?;
        Ok(Self::of(report, actor, attached.into_iter().map(Into::into).collect()))
    }

    /// As this actor sees it.
    pub fn of(report: ResidentReport, actor: &Actor, files: Vec<FileView>) -> Self {
        let clearance = contact_scope(actor, report.estate_id);
        Self {
            id: report.id.0,
            no: report.no,
            estate_id: report.estate_id.0,
            kind: report.kind,
            text: report.text,
            location: report.location,
            contact_name: report.contact_name,
            contact_phone: report.contact_phone.map(|phone| phone.open(clearance)),
            received_at: report.received_at,
            due_at: report.due_at,
            state: report.state,
            became: report.became,
            decided_at: report.decided_at,
            reply: report.reply,
            files,
            version: report.version,
        }
    }

    /// For the ETag.
    pub const fn version(&self) -> i32 {
        self.version
    }
}
