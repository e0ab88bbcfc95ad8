//! The one place that names two contexts: this fact there leads to that act here, in the same transaction or as a job.

use serde_json::Value;
use wuye_domain::{
    access::{Actor, Permission},
    service_desk::visits::{Closing, Visit, VisitSubject},
    shared::{Problem, Subject, SubjectKind},
};
use wuye_persistence::{Conn, Failure, service_desk as rows};

use crate::{
    App, Work,
    service_desk::{cases, disputes, visits},
};

/// Runs a job of a context.
///
/// # Errors
/// `Internal` for a kind that no context knows.
pub async fn run_job(app: &App, kind: &str, _payload: &Value) -> Result<(), Failure> {
    match kind {
        "escalate_overdue" => {
            cases::escalate(app).await?;
            disputes::escalate(app).await
        }
        _ => Err(Failure::Internal(format!("no worker for jobs of kind {kind}"))),
    }
}

/// A case, order or dispute was closed: its return visit falls due.
///
/// # Errors
/// As the database says.
pub async fn matter_closed(work: &mut Work, closing: Closing) -> Result<(), Failure> {
    visits::fall_due(work, &closing).await
}

/// A return visit was made, or given up: its matter is visited.
///
/// # Errors
/// As the database says.
pub async fn visit_recorded(work: &mut Work, visit: &Visit, answered: bool) -> Result<(), Failure> {
    match visit.subject {
        VisitSubject::Case if answered => cases::visited(work, visit.subject_id.into()).await,
        VisitSubject::Dispute if answered => disputes::visited(work, visit.subject_id.into()).await,
        VisitSubject::Case | VisitSubject::Dispute | VisitSubject::WorkOrder => Ok(()),
    }
}

/// The resident is not content: the matter is opened again.
///
/// # Errors
/// As the database says.
pub async fn visit_reopens(work: &mut Work, visit: &Visit) -> Result<(), Failure> {
    let reason = visit.comment.as_deref().unwrap_or_default();
    match visit.subject {
        VisitSubject::Case => cases::reopen_after_visit(work, visit.subject_id.into(), reason).await,
        VisitSubject::Dispute => disputes::reopen_after_visit(work, visit.subject_id.into(), reason).await,
        VisitSubject::WorkOrder => Ok(()),
    }
}

/// Whether the actor may read this record: asked before its history or files are shown. Each context answers for its own
/// kinds, by reading the record under the actor's scope.
///
/// # Errors
/// `not_found` when the record is not there or not for this actor.
pub async fn may_read(conn: &mut Conn, actor: &Actor, subject: Subject) -> Result<(), Failure> {
    let readable = |permission| actor.scope(permission);
    match subject.kind {
        SubjectKind::Case => rows::cases::find(conn, &readable(Permission::CaseRead)?, subject.id.into())
            .await
            .map(drop),
        SubjectKind::Dispute => rows::disputes::find(conn, &readable(Permission::DisputeRead)?, subject.id.into())
            .await
            .map(drop),
        SubjectKind::Visit => rows::visits::find(conn, &readable(Permission::VisitRead)?, subject.id.into())
            .await
            .map(drop),
        SubjectKind::Assistance => {
            rows::assistance::find(conn, &readable(Permission::AssistanceRead)?, subject.id.into())
                .await
                .map(drop)
        }
        SubjectKind::Setting => actor.scope(Permission::AuditRead).map(|_| ()).map_err(Into::into),
        _ => Err(Problem::not_found().into()),
    }
}
