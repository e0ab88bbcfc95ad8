//! Notices as they are made: kept once, for those who work here, with what leaves the product planned beside them.

use std::collections::HashSet;

use chrono::{DateTime, Utc};
use diesel::{
    prelude::*,
    sql_types::{Bool, Jsonb, Nullable, Uuid as SqlUuid},
};
use diesel_async::RunQueryDsl;
use serde_json::{Value, json};
use uuid::Uuid;
use wuye_domain::notices::NewNotice;

use super::deliveries;
use crate::{Conn, Failure, org::employees};

/// A notice that was not there before.
#[derive(Clone, Copy, Debug, QueryableByName)]
pub struct Kept {
    /// Its id.
    #[diesel(sql_type = SqlUuid)]
    pub id: Uuid,
    /// Who is told.
    #[diesel(sql_type = SqlUuid)]
    pub recipient_id: Uuid,
    /// The estate; `None` for the company.
    #[diesel(sql_type = Nullable<SqlUuid>)]
    pub estate_id: Option<Uuid>,
    /// Whether it goes out at night too.
    #[diesel(sql_type = Bool)]
    pub urgent: bool,
}

/// What became of notices.
#[derive(Clone, Debug, Default)]
pub struct Told {
    /// Those that were not told before.
    pub kept: Vec<Kept>,
    /// Whether something of them is to be sent at once.
    pub outgoing: bool,
}

/// Keeps notices in one statement and plans their sending. `mail` says whether this server can send mail.
///
/// # Errors
/// As the database says.
pub async fn keep(conn: &mut Conn, notices: &[NewNotice], mail: bool, now: DateTime<Utc>) -> Result<Told, Failure> {
    let people: HashSet<Uuid> = notices.iter().map(|notice| notice.recipient.0).collect();
    if people.is_empty() {
        return Ok(Told::default());
    }
    // Who has left, or was named by an account without a person, is told nothing.
    let people = employees::at_work(conn, &people.into_iter().collect::<Vec<_>>()).await?;
    let mut notices: Vec<&NewNotice> = notices
        .iter()
        .filter(|notice| people.contains(&notice.recipient.0))
        .collect();
    // In one order everywhere, so that two servers that find out the same do not wait for each other in a circle.
    notices.sort_unstable_by(|one, other| (one.recipient, &one.key).cmp(&(other.recipient, &other.key)));
    let rows = notices.iter().map(|notice| row(notice, now)).collect();
    let kept: Vec<Kept> = diesel::sql_query(
        "INSERT INTO notices \
             (id, estate_id, recipient_id, kind, subject_kind, subject_id, particulars, dedupe_key, urgent, created_at) \
         SELECT id, estate_id, recipient_id, kind, subject_kind, subject_id, particulars, dedupe_key, urgent, created_at \
         FROM jsonb_populate_recordset(NULL::notices, $1) \
         ON CONFLICT (recipient_id, dedupe_key) DO NOTHING \
         RETURNING id, recipient_id, estate_id, urgent",
    )
    .bind::<Jsonb, _>(Value::Array(rows))
    .load(conn)
    .await?;
    let outgoing = deliveries::plan(conn, &kept, mail, now).await?;
    Ok(Told { kept, outgoing })
}

fn row(notice: &NewNotice, now: DateTime<Utc>) -> Value {
    json!({
        "id": Uuid::now_v7(),
        "estate_id": notice.estate,
        "recipient_id": notice.recipient,
        "kind": notice.kind,
        "subject_kind": notice.subject.kind,
        "subject_id": notice.subject.id,
        "particulars": notice.particulars,
        "dedupe_key": notice.key,
        "urgent": notice.urgent,
        "created_at": now,
    })
}
