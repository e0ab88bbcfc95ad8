//! Duties that the centre manager entrusts to the assistant (PROC-ASSTMGR-4.1).

use chrono::{DateTime, NaiveDate, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;
use wuye_domain::{
    access::Scope,
    shared::{EmployeeId, EstateId},
};

use crate::{Conn, Failure, in_estates, save_row, schema::entrusted_duties};

/// A duty entrusted by one person to another.
#[derive(Clone, Debug, Queryable, Selectable, Insertable, AsChangeset, Serialize, ToSchema)]
#[diesel(table_name = entrusted_duties, treat_none_as_default_value = false, treat_none_as_null = true)]
pub struct EntrustedDuty {
    /// Its id.
    pub id: Uuid,
    /// The estate.
    pub estate_id: Uuid,
    /// The centre manager.
    pub from_employee_id: Uuid,
    /// The assistant.
    pub to_employee_id: Uuid,
    /// The duty in words.
    pub duty: String,
    /// First day.
    pub valid_from: NaiveDate,
    /// First day after.
    pub valid_until: Option<NaiveDate>,
    /// Rises with every change.
    pub version: i32,
    /// When it was made.
    pub created_at: DateTime<Utc>,
}

/// The duties in scope: of an estate, in force on a day.
///
/// # Errors
/// As the database says.
pub async fn list(
    conn: &mut Conn,
    scope: &Scope,
    estate: Option<EstateId>,
    on: Option<NaiveDate>,
) -> Result<Vec<EntrustedDuty>, Failure> {
    let mut query = entrusted_duties::table
        .filter(in_estates!(entrusted_duties, scope))
        .select(EntrustedDuty::as_select())
        .into_boxed();
    if let Some(estate) = estate {
        query = query.filter(entrusted_duties::estate_id.eq(estate.0));
    }
    if let Some(on) = on {
        query = query.filter(entrusted_duties::valid_from.le(on)).filter(
            entrusted_duties::valid_until
                .is_null()
                .or(entrusted_duties::valid_until.gt(on)),
        );
    }
    Ok(query
        .order((entrusted_duties::valid_from.desc(), entrusted_duties::id))
        .load(conn)
        .await?)
}

/// Those to whom a duty of this estate is entrusted on a day.
///
/// # Errors
/// As the database says.
pub async fn holders(conn: &mut Conn, estate: EstateId, on: NaiveDate) -> Result<Vec<EmployeeId>, Failure> {
    let people: Vec<Uuid> = entrusted_duties::table
        .filter(entrusted_duties::estate_id.eq(estate.0))
        .filter(entrusted_duties::valid_from.le(on))
        .filter(
            entrusted_duties::valid_until
                .is_null()
                .or(entrusted_duties::valid_until.gt(on)),
        )
        .select(entrusted_duties::to_employee_id)
        .distinct()
        .load(conn)
        .await?;
    Ok(people.into_iter().map(Into::into).collect())
}

/// One duty within the scope.
///
/// # Errors
/// `not_found`.
pub async fn find(conn: &mut Conn, scope: &Scope, id: Uuid) -> Result<EntrustedDuty, Failure> {
    Ok(entrusted_duties::table
        .filter(entrusted_duties::id.eq(id).and(in_estates!(entrusted_duties, scope)))
        .select(EntrustedDuty::as_select())
        .first(conn)
        .await?)
}

/// Adds a duty.
///
/// # Errors
/// As the database says.
pub async fn insert(conn: &mut Conn, row: &EntrustedDuty) -> Result<(), Failure> {
    diesel::insert_into(entrusted_duties::table)
        .values(row)
        .execute(conn)
        .await?;
    Ok(())
}

/// Stores a changed duty.
///
/// # Errors
/// `version_conflict`.
pub async fn save(conn: &mut Conn, row: &mut EntrustedDuty) -> Result<(), Failure> {
    save_row!(conn, entrusted_duties, row)
}
