//! What follows when somebody leaves or is suspended: posts end, the login ends the same day (DER-COMPUTER-2).

use chrono::NaiveDate;
use serde_json::{Value, json};
use wuye_domain::{
    access::{Actor, ActorKind, Permission},
    org::{
        EmployeeStatus,
        employee::{Standing, change},
    },
    shared::{AccountId, EmployeeId, SubjectKind, TrailEntry, zone},
};
use wuye_persistence::{
    Failure, accounts, jobs,
    org::{
        assignments,
        employees::{self, Employee},
    },
};

use super::common;
use crate::{App, Work};

/// The job that carries out a leaving announced before.
pub const END_EMPLOYMENT: &str = "org.end_employment";

/// Notes a last day to come: the posts end with it, and a job ends the employment.
///
/// # Errors
/// As the database says.
pub async fn announce(work: &mut Work, row: &mut Employee, last: NaiveDate, reason: &str) -> Result<(), Failure> {
    let now = work.now;
    let until = last.succ_opt().unwrap_or(last);
    row.left_on = Some(last);
    row.updated_at = now;
    employees::save(work, row).await?;
    assignments::end_all(work, row.id.into(), until, reason, now).await?;
    let payload = json!({ "employee": row.id, "on": last, "reason": reason });
    let key = format!("{END_EMPLOYMENT}:{}", row.id);
    jobs::enqueue(
        work,
        END_EMPLOYMENT,
        &payload,
        Some(&key),
        zone::start_of(until, zone::DEFAULT_ZONE),
        now,
    )
    .await?;
    common::end_old_rights(work, &[row.id.into()]).await?;
    work.record(
        TrailEntry::new(SubjectKind::Employee, row.id, "leaving_announced")
            .reason(Some(reason))
            .changes(json!({ "left_on": [null, last] }))
            .clauses(&["DER-COMPUTER-2"]),
    );
    Ok(())
}

/// Carries a move of status over to posts and login.
///
/// # Errors
/// As the database says.
pub async fn follow(
    work: &mut Work,
    row: &Employee,
    from: EmployeeStatus,
    to: EmployeeStatus,
    on: NaiveDate,
    today: NaiveDate,
    reason: &str,
) -> Result<(), Failure> {
    let person: EmployeeId = row.id.into();
    match (from, to) {
        (_, EmployeeStatus::Left) => {
            // The last day of work is today or past: rights end at once, not at midnight.
            let until = on.succ_opt().unwrap_or(on).min(today);
            let now = work.now;
            assignments::end_all(work, person, until, reason, now).await?;
            disable(work, person, reason).await
        }
        (_, EmployeeStatus::Suspended) => disable(work, person, reason).await,
        _ => Ok(()),
    }
}

async fn disable(work: &mut Work, person: EmployeeId, reason: &str) -> Result<(), Failure> {
    let now = work.now;
    let ended = accounts::disable_of_employee(work, person, reason, now).await?;
    work.end_tokens(&ended).await?;
    for account in ended {
        accounts::end_all(work, AccountId(account), None, "employment", now).await?;
        work.record(
            TrailEntry::new(SubjectKind::Account, account, "disabled")
                .states(None, "disabled")
                .reason(Some(reason))
                .clauses(&["DER-COMPUTER-2"]),
        );
    }
    Ok(())
}

/// Ends an employment whose last day is over; nothing when it was taken back or done by hand.
///
/// # Errors
/// As the database says.
pub async fn end_employment(app: &App, payload: &Value) -> Result<(), Failure> {
    let id: EmployeeId = serde_json::from_value(payload["employee"].clone())?;
    let on: NaiveDate = serde_json::from_value(payload["on"].clone())?;
    let reason = payload["reason"].as_str().unwrap_or_default().to_owned();
    let system = Actor {
        account: AccountId(uuid::Uuid::nil()),
        employee: None,
        kind: ActorKind::System,
        posts: vec![],
    };
    let scope = system.scope(Permission::OrgEdit)?;
    let mut work = app.begin_as(system, Permission::OrgEdit).await?;
    let mut row = employees::find(&mut work, &scope, id).await?;
    let standing = Standing {
        status: row.status.parse()?,
        hired_on: row.hired_on,
        left_on: row.left_on,
    };
    if row.left_on != Some(on) || standing.status == EmployeeStatus::Left {
        return Ok(());
    }
    let now = work.now;
    let today = common::today(&mut work, None, now).await?;
    let step = change(id, standing, EmployeeStatus::Left, on, Some(&reason))?;
    step.record.status.code().clone_into(&mut row.status);
    row.updated_at = now;
    employees::save(&mut work, &mut row).await?;
    follow(
        &mut work,
        &row,
        standing.status,
        EmployeeStatus::Left,
        on,
        today,
        &reason,
    )
    .await?;
    work.record(step.entry);
    work.commit().await
}
