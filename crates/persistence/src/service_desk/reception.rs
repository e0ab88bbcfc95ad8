//! The log of the desk (POS-RECEPT-03a): what came in on a day, whatever became of it.

use chrono::{DateTime, Utc};
use diesel::{prelude::*, sql_types};
use diesel_async::RunQueryDsl;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;
use wuye_domain::shared::EstateId;

use crate::{Conn, Failure};

/// One thing that came in.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema, QueryableByName)]
pub struct Reception {
    /// `case`, `dispute` or `repair_request`.
    #[diesel(sql_type = sql_types::Text)]
    pub subject: String,
    /// The record.
    #[diesel(sql_type = sql_types::Uuid)]
    pub id: Uuid,
    /// Its business number.
    #[diesel(sql_type = sql_types::Text)]
    pub no: String,
    /// Complaint, suggestion, praise, enquiry; for disputes and repairs their own kinds.
    #[diesel(sql_type = sql_types::Text)]
    pub kind: String,
    /// Where it stands now.
    #[diesel(sql_type = sql_types::Text)]
    pub state: String,
    /// When it came in.
    #[diesel(sql_type = sql_types::Timestamptz)]
    pub received_at: DateTime<Utc>,
    /// Who took it in; absent for the public page.
    #[diesel(sql_type = sql_types::Nullable<sql_types::Text>)]
    pub received_by_name: Option<String>,
    /// The house.
    #[diesel(sql_type = sql_types::Nullable<sql_types::Text>)]
    pub house_no: Option<String>,
    /// What was said, its beginning.
    #[diesel(sql_type = sql_types::Text)]
    pub text: String,
}

/// What came in at `estate` from `from` until before `until`, oldest first. The caller reads every case of the estate.
///
/// # Errors
/// As the database says.
pub async fn log(
    conn: &mut Conn,
    estate: EstateId,
    from: DateTime<Utc>,
    until: DateTime<Utc>,
) -> Result<Vec<Reception>, Failure> {
    Ok(diesel::sql_query(
        "SELECT came.subject, came.id, came.no, came.kind, came.state, came.received_at, \
         employees.name AS received_by_name, houses.no AS house_no, left(came.text, 80) AS text \
         FROM ( \
           SELECT 'case' AS subject, id, no, kind, state, received_at, created_by, house_id, text \
             FROM cases WHERE estate_id = $1 AND received_at >= $2 AND received_at < $3 \
           UNION ALL \
           SELECT 'dispute', id, no, kind, state, opened_at, created_by, NULL, subject \
             FROM disputes WHERE estate_id = $1 AND opened_at >= $2 AND opened_at < $3 \
           UNION ALL \
           SELECT 'repair_request', id, no, category, state, requested_at, created_by, house_id, text \
             FROM repair_requests WHERE estate_id = $1 AND requested_at >= $2 AND requested_at < $3 \
         ) came \
         LEFT JOIN employees ON employees.id = came.created_by \
         LEFT JOIN houses ON houses.id = came.house_id \
         ORDER BY came.received_at, came.id",
    )
    .bind::<sql_types::Uuid, _>(estate.0)
    .bind::<sql_types::Timestamptz, _>(from)
    .bind::<sql_types::Timestamptz, _>(until)
    .load(conn)
    .await?)
}
