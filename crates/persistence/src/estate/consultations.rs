//! Consultations of house files.

use chrono::{DateTime, NaiveDate, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use serde_json::json;
use uuid::Uuid;
use wuye_domain::{
    access::Scope,
    estate::{HouseFileId, consultation::Consultation, filter::ConsultationFilter},
    shared::{EmployeeId, EstateId, ListRequest},
};

use crate::{Conn, Failure, Rows, estate::row::row, in_scope, keyset, schema::consultations, split_next};

row!(ConsultationRow of Consultation, consultations {
    ids { id, estate_id, house_file_id }
    optional ids { responsible_assignment, squad_id, area_id, created_by, decided_by, handed_out_by, received_by }
    codes { state, responsible_post }
    optional codes {}
    plain {
        no: String, purpose: String, own_duty: bool, requested_at: DateTime<Utc>, decided_at: Option<DateTime<Utc>>,
        decision_note: String, out_at: Option<DateTime<Utc>>, due_on: NaiveDate, returned_at: Option<DateTime<Utc>>,
        version: i32, updated_at: DateTime<Utc>,
    }
});

/// One consultation.
///
/// # Errors
/// `not_found`.
pub async fn find(conn: &mut Conn, scope: &Scope, id: Uuid) -> Result<Consultation, Failure> {
    let row: ConsultationRow = consultations::table
        .find(id)
        .filter(in_scope!(consultations, scope))
        .select(ConsultationRow::as_select())
        .first(conn)
        .await?;
    row.try_into()
}

/// One consultation, held until the transaction ends.
///
/// # Errors
/// `not_found`.
pub async fn lock(conn: &mut Conn, scope: &Scope, id: Uuid) -> Result<Consultation, Failure> {
    consultations::table
        .find(id)
        .select(consultations::id)
        .for_update()
        .first::<Uuid>(conn)
        .await?;
    find(conn, scope, id).await
}

/// Adds one.
///
/// # Errors
/// As the database says.
pub async fn insert(conn: &mut Conn, consultation: &Consultation) -> Result<(), Failure> {
    diesel::insert_into(consultations::table)
        .values(ConsultationRow::from(consultation))
        .execute(conn)
        .await?;
    Ok(())
}

/// Writes a step.
///
/// # Errors
/// `version_conflict` when somebody was faster; `conflict` when the file is out with another reader.
pub async fn save(conn: &mut Conn, consultation: &Consultation) -> Result<(), Failure> {
    let rows = diesel::update(consultations::table.find(consultation.id.0))
        .filter(consultations::version.eq(consultation.version - 1))
        .set(ConsultationRow::from(consultation))
        .execute(conn)
        .await?;
    super::saved(rows)
}

/// Whether a file is out with a reader.
///
/// # Errors
/// As the database says.
pub async fn is_out(conn: &mut Conn, file: HouseFileId) -> Result<bool, Failure> {
    let out = consultations::table.filter(
        consultations::house_file_id
            .eq(file.0)
            .and(consultations::state.eq("out")),
    );
    Ok(diesel::select(diesel::dsl::exists(out)).get_result(conn).await?)
}

/// Whether this person may have a file in hand now: approved or out.
///
/// # Errors
/// As the database says.
pub async fn opens(conn: &mut Conn, file: HouseFileId, reader: EmployeeId) -> Result<bool, Failure> {
    let granted = consultations::table.filter(
        consultations::house_file_id
            .eq(file.0)
            .and(consultations::created_by.assume_not_null().eq(reader.0))
            .and(consultations::state.eq_any(["approved", "out"])),
    );
    Ok(diesel::select(diesel::dsl::exists(granted)).get_result(conn).await?)
}

/// A page of consultations by the time they were asked; `today` tells what is overdue.
///
/// # Errors
/// As the database says.
pub async fn list<S>(
    conn: &mut Conn,
    scope: &Scope,
    (estate, today): (EstateId, NaiveDate),
    filter: &ConsultationFilter,
    request: &ListRequest<S>,
) -> Result<Rows<Consultation>, Failure> {
    let narrowed = || {
        let mut query = consultations::table
            .filter(consultations::estate_id.eq(estate.0))
            .filter(in_scope!(consultations, scope))
            .into_boxed();
        if let Some(file) = filter.house_file_id {
            query = query.filter(consultations::house_file_id.eq(file.0));
        }
        if let Some(state) = filter.state {
            query = query.filter(consultations::state.eq(state.code()));
        }
        let late = consultations::state.eq("out").and(consultations::due_on.lt(today));
        match filter.overdue {
            Some(true) => query.filter(late),
            Some(false) => query.filter(diesel::dsl::not(late)),
            None => query,
        }
    };
    let total = if request.count {
        Some(narrowed().count().get_result(conn).await?)
    } else {
        None
    };
    let query = narrowed().select(ConsultationRow::as_select());
    let rows: Vec<ConsultationRow> = keyset!(
        query,
        request,
        consultations::requested_at,
        consultations::id,
        DateTime<Utc>
    )
    .load(conn)
    .await?;
    split_next(rows, request.limit, total, |row| (json!(row.requested_at), row.id)).try_map(TryInto::try_into)
}
