//! The notices of deeds, in the transaction of the deeds.

use chrono::{DateTime, Utc};
use wuye_domain::{
    access::{Actor, Permission, Scope},
    notices::{self as rules, NewNotice},
    shared::{SubjectKind, TrailEntry},
};
use wuye_persistence::{Conn, Failure, notices};

use super::send;
use crate::{App, jobs::system, live::Change};

/// Writes the notices that these deeds lead to, and gives what their recipients' browsers are to hear at commit. Most deeds tell
/// nobody and cost nothing.
///
/// # Errors
/// As the database says.
pub async fn tell(
    conn: &mut Conn,
    app: &App,
    actor: &Actor,
    now: DateTime<Utc>,
    entries: &[TrailEntry],
) -> Result<Vec<Change>, Failure> {
    if !entries.iter().any(rules::concerns) {
        return Ok(Vec::new());
    }
    let facts = notices::facts(conn, &everything()?, entries, now).await?;
    let told = rules::told(entries, &facts, actor.employee, now);
    keep(conn, app, &told, now).await
}

/// Keeps notices; those that were told before are not told again.
pub(super) async fn keep(
    conn: &mut Conn,
    app: &App,
    told: &[NewNotice],
    now: DateTime<Utc>,
) -> Result<Vec<Change>, Failure> {
    let told = notices::keep(conn, told, app.shared.config.sends_mail(), now).await?;
    if told.outgoing {
        send::soon(conn, now).await?;
    }
    Ok(told
        .kept
        .into_iter()
        .map(|notice| Change {
            kind: SubjectKind::Notice,
            id: notice.id,
            estate: notice.estate_id.map(Into::into),
            to: Some(notice.recipient_id.into()),
        })
        .collect())
}

/// Every record: those who are told of one see it by their own right when they open it.
fn everything() -> Result<Scope, Failure> {
    Ok(system().scope(Permission::SelfRead)?)
}
