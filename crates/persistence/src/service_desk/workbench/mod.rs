//! What of the service desk waits for whom. Each function answers for what the actor's posts may do, acting ones included.

mod cases;
mod late;
mod orders;
mod others;

use chrono::{DateTime, Utc};
use uuid::Uuid;
use wuye_domain::access::{Actor, Permission};

use crate::{Conn, Failure, workbench::Pile};

/// Everything of the service desk that waits for this actor.
///
/// # Errors
/// As the database says.
pub async fn waiting(conn: &mut Conn, actor: &Actor, now: DateTime<Utc>) -> Result<Vec<Pile>, Failure> {
    let mut piles = orders::waiting(conn, actor).await?;
    piles.extend(cases::waiting(conn, actor).await?);
    piles.extend(others::waiting(conn, actor).await?);
    piles.extend(late::waiting(conn, actor, now).await?);
    Ok(piles)
}

/// The assignments through which the actor holds `permission`: their own and those they act for.
fn assignments(actor: &Actor, permission: Permission) -> Vec<Uuid> {
    actor
        .scope(permission)
        .map(|scope| scope.assignments().iter().map(|id| id.0).collect())
        .unwrap_or_default()
}

/// The person, for asking what they may not decide themselves; nobody for services.
fn person(actor: &Actor) -> Uuid {
    actor.employee.map(|id| id.0).unwrap_or_default()
}
