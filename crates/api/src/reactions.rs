//! The one place that names two contexts: this fact there leads to that act here, in the same transaction or as a job.

use serde_json::Value;
use wuye_domain::{
    access::{Actor, Permission},
    shared::{Problem, Subject, SubjectKind},
};
use wuye_persistence::{Conn, Failure};

use crate::App;

/// Runs a job of a context.
///
/// # Errors
/// `Internal` for a kind that no context knows.
pub async fn run_job(_app: &App, kind: &str, _payload: &Value) -> Result<(), Failure> {
    match kind {
        "escalate_overdue" => Ok(()),
        _ => Err(Failure::Internal(format!("no worker for jobs of kind {kind}"))),
    }
}

/// Whether the actor may read this record: asked before its history or files are shown. Each context answers for its own
/// kinds, by reading the record under the actor's scope.
///
/// # Errors
/// `not_found` when the record is not there or not for this actor.
pub async fn may_read(conn: &mut Conn, actor: &Actor, subject: Subject) -> Result<(), Failure> {
    let _ = conn;
    match subject.kind {
        SubjectKind::Setting => actor.scope(Permission::AuditRead).map(|_| ()).map_err(Into::into),
        _ => Err(Problem::not_found().into()),
    }
}
