//! Facts become evidence in the transaction that states them.

use wuye_domain::{
    access::Actor,
    plans::obligations::{Fact, evidence, proves},
    shared::{EmployeeId, TrailEntry},
};
use wuye_persistence::{
    Conn, Failure,
    plans::{evidence as rows, obligations},
};

/// Counts the facts among `entries` for the duties of the actor, and gives what the trail says of it. Most entries prove
/// nothing and cost nothing.
///
/// # Errors
/// As the database says.
pub async fn count(
    conn: &mut Conn,
    actor: &Actor,
    acting_for: Option<EmployeeId>,
    now: chrono::DateTime<chrono::Utc>,
    entries: &[TrailEntry],
) -> Result<Vec<TrailEntry>, Failure> {
    let mut told = Vec::new();
    for entry in entries {
        let (Some(kind), Some(estate)) = (proves(entry.subject.kind, entry.action), entry.estate) else {
            continue;
        };
        let occurred_at = entry.occurred_at.unwrap_or(now);
        let Some(mut row) = rows::proved(conn, estate, kind, (actor, acting_for), occurred_at).await? else {
            continue;
        };
        let fact = Fact {
            subject: entry.subject,
            occurred_at,
        };
        let by = (actor.employee, acting_for);
        let new = rows::keep(conn, row.id, entry.subject, entry.action, occurred_at, now, by).await?;
        if let Some(step) = evidence(&row.obligation()?, &fact).filter(|_| new) {
            row.apply(&step.record);
            obligations::save(conn, &row).await?;
            told.push(step.entry);
        }
    }
    Ok(told)
}
