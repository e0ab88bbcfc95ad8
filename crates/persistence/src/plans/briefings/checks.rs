//! Records that were sampled. Append-only.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use uuid::Uuid;
use wuye_domain::{
    plans::briefings::{BriefingCheck, BriefingId},
    shared::Subject,
};

use crate::{Conn, Failure, schema::briefing_checks as checks};

#[derive(Queryable, Selectable, Insertable)]
#[diesel(table_name = checks, treat_none_as_default_value = false)]
struct Row {
    id: Uuid,
    briefing_id: Uuid,
    subject_kind: String,
    subject_id: Uuid,
    finding: String,
    note: Option<String>,
    checked_by: Uuid,
    checked_for: Option<Uuid>,
    checked_at: DateTime<Utc>,
}

impl From<&BriefingCheck> for Row {
    fn from(check: &BriefingCheck) -> Self {
        Self {
            id: check.id.0,
            briefing_id: check.briefing_id.0,
            subject_kind: check.record.kind.code().to_owned(),
            subject_id: check.record.id,
            finding: check.finding.code().to_owned(),
            note: check.note.clone(),
            checked_by: check.checked_by.0,
            checked_for: check.checked_for.map(Into::into),
            checked_at: check.checked_at,
        }
    }
}

impl TryFrom<Row> for BriefingCheck {
    type Error = Failure;

    fn try_from(row: Row) -> Result<Self, Failure> {
        Ok(Self {
            id: row.id.into(),
            briefing_id: row.briefing_id.into(),
            record: Subject {
                kind: row.subject_kind.parse()?,
                id: row.subject_id,
            },
            finding: row.finding.parse()?,
            note: row.note,
            checked_by: row.checked_by.into(),
            checked_for: row.checked_for.map(Into::into),
            checked_at: row.checked_at,
        })
    }
}

/// The records sampled at a briefing, in the order in which that was done. The caller has found the briefing under a scope.
///
/// # Errors
/// As the database says.
pub async fn checks(conn: &mut Conn, briefing: BriefingId) -> Result<Vec<BriefingCheck>, Failure> {
    let rows: Vec<Row> = checks::table
        .filter(checks::briefing_id.eq(briefing.0))
        .order((checks::checked_at, checks::id))
        .select(Row::as_select())
        .load(conn)
        .await?;
    rows.into_iter().map(BriefingCheck::try_from).collect()
}

/// Adds one.
///
/// # Errors
/// As the database says.
pub async fn insert_check(conn: &mut Conn, check: &BriefingCheck) -> Result<(), Failure> {
    diesel::insert_into(checks::table)
        .values(Row::from(check))
        .execute(conn)
        .await?;
    Ok(())
}
