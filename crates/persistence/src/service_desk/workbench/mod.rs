//! What of the service desk waits for whom. Each function answers for what the actor's posts may do, acting ones included.

mod cases;
mod decisions;
mod disputes;
mod late;
mod orders;
mod reports;
mod visits;

use tokio::try_join;
use uuid::Uuid;
use wuye_domain::access::{Actor, Permission, PostCode};

use crate::{Conn, Failure, org::staff::Staffs, workbench::Pile};

/// States in which a resident waits for the answer to a case.
pub(super) const AWAITS_REPLY: [&str; 4] = ["received", "investigating", "validity_decided", "handling"];
/// States in which an order is the technician's.
pub(super) const WITH_TECHNICIAN: [&str; 6] = [
    "dispatched",
    "accepted",
    "on_site",
    "pending_material",
    "pending_resident",
    "returned_to_work",
];

/// Everything of the service desk that waits for this actor.
///
/// # Errors
/// As the database says.
pub async fn waiting(conn: &mut Conn, actor: &Actor, staffs: &mut Staffs) -> Result<Vec<Pile>, Failure> {
    let shared: &Conn = conn;
    // Sent together, since they do not wait for each other.
    let (orders, cases, reports, visits, disputes, late) = try_join!(
        orders::waiting(shared, actor),
        cases::waiting(shared, actor),
        reports::waiting(shared, actor),
        visits::waiting(shared, actor),
        disputes::waiting(shared, actor),
        late::waiting(shared, actor, staffs.now()),
    )?;
    let mut piles: Vec<Pile> = [orders, cases, reports, visits, disputes].concat();
    piles.extend(decisions::waiting(conn, actor, staffs).await?);
    piles.extend(late);
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

/// Whether running the desk is this actor's daily work; a manager may do it all and is not shown all of it.
fn runs_the_desk(actor: &Actor) -> bool {
    let desk = [PostCode::Recept, PostCode::Pubsup];
    actor.posts.iter().any(|held| desk.contains(&held.post))
}
