//! Who may read the history of the organisation's records: whoever may read the record.

use wuye_domain::{
    access::{Actor, Permission},
    shared::{Problem, Subject, SubjectKind as Kind},
};
use wuye_persistence::{
    Conn, Failure,
    org::{
        absences, account_requests, acting, assignments, backups, computers, corrections, data_checks, employees,
        entrusted, qualifications, shifts, squads, tasks,
    },
};

/// Whether this context answers for the kind.
#[must_use]
pub const fn knows(kind: Kind) -> bool {
    matches!(
        kind,
        Kind::Department
            | Kind::Post
            | Kind::Employee
            | Kind::Assignment
            | Kind::ReportingEdge
            | Kind::ActingPeriod
            | Kind::EntrustedDuty
            | Kind::Squad
            | Kind::Shift
            | Kind::RosterEntry
            | Kind::Absence
            | Kind::Qualification
            | Kind::Task
            | Kind::AccountRequest
            | Kind::Computer
            | Kind::DataCheck
            | Kind::DataCorrection
            | Kind::Backup
    )
}

/// Reads the record under the actor's scope.
///
/// # Errors
/// `not_found` when it is not there or not for this actor, `forbidden` when the actor reads no such records.
pub async fn may_read(conn: &mut Conn, actor: &Actor, subject: Subject) -> Result<(), Failure> {
    let scope = |permission| actor.scope(permission);
    let id = subject.id;
    match subject.kind {
        Kind::Department | Kind::Post | Kind::ReportingEdge => scope(Permission::OrgRead).map(drop)?,
        Kind::RosterEntry => scope(Permission::RosterRead).map(drop)?,
        Kind::Qualification => {
            let row = qualifications::find(conn, id).await?;
            drop(employees::find(conn, &scope(Permission::RosterRead)?, row.employee_id.into()).await?);
        }
        Kind::Employee => drop(employees::find(conn, &scope(Permission::OrgRead)?, id.into()).await?),
        Kind::Assignment => drop(assignments::find(conn, &scope(Permission::OrgRead)?, id.into()).await?),
        Kind::EntrustedDuty => drop(entrusted::find(conn, &scope(Permission::OrgRead)?, id).await?),
        Kind::Squad => drop(squads::find(conn, &scope(Permission::OrgRead)?, id).await?),
        Kind::ActingPeriod => drop(acting::find(conn, &scope(Permission::ActingRead)?, id).await?),
        Kind::Shift => drop(shifts::find(conn, &scope(Permission::RosterRead)?, id).await?),
        Kind::Task => drop(tasks::find(conn, &scope(Permission::TaskRead)?, id.into()).await?),
        Kind::Absence => drop(absences::find(conn, &scope(Permission::RosterRead)?, id).await?),
        Kind::AccountRequest => drop(account_requests::find(conn, &scope(Permission::AccountRead)?, id).await?),
        Kind::Computer => drop(computers::find(conn, &scope(Permission::ComputerRead)?, id).await?),
        Kind::DataCheck => drop(data_checks::find(conn, &scope(Permission::DataCheckRead)?, id).await?),
        Kind::DataCorrection => drop(corrections::find(conn, &scope(Permission::DataCheckRead)?, id).await?),
        Kind::Backup => drop(backups::find(conn, &scope(Permission::DataCheckRead)?, id).await?),
        _ => return Err(Problem::not_found().into()),
    }
    Ok(())
}
