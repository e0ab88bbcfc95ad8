//! What a technician may work on.

use chrono::{DateTime, NaiveDate, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;
use wuye_domain::{access::Scope, shared::EmployeeId};

use crate::{
    Conn, Failure, save_row,
    schema::{assignments, qualifications},
};

/// A person who may work on a category of repairs.
#[derive(Clone, Debug, Queryable, Selectable, Insertable, AsChangeset, Serialize, ToSchema)]
#[diesel(table_name = qualifications, treat_none_as_default_value = false, treat_none_as_null = true)]
pub struct Qualification {
    /// Its id.
    pub id: Uuid,
    /// Who.
    pub employee_id: Uuid,
    /// Code of the repair category.
    pub category_code: String,
    /// Certificate or training behind it.
    pub evidence: String,
    /// First day.
    pub valid_from: NaiveDate,
    /// First day after.
    pub valid_until: Option<NaiveDate>,
    /// Rises with every change.
    pub version: i32,
    /// When it was made.
    pub created_at: DateTime<Utc>,
}

/// Qualifications of people, of a category, in force on a day. `scope` opens those of people who hold or held a post in its
/// estates.
///
/// # Errors
/// As the database says.
pub async fn list(
    conn: &mut Conn,
    scope: &Scope,
    people: Option<&[EmployeeId]>,
    category: Option<&str>,
    on: Option<NaiveDate>,
) -> Result<Vec<Qualification>, Failure> {
    let mut query = qualifications::table.select(Qualification::as_select()).into_boxed();
    if !scope.company() {
        let estates: Vec<Uuid> = scope
            .estates()
            .iter()
            .copied()
            .chain(scope.lines().iter().map(|line| line.estate))
            .map(|id| id.0)
            .collect();
        let here = assignments::table
            .filter(assignments::estate_id.assume_not_null().eq_any(estates))
            .select(assignments::employee_id);
        query = query.filter(qualifications::employee_id.eq_any(here));
    }
    if let Some(people) = people {
        let ids: Vec<Uuid> = people.iter().map(|id| id.0).collect();
        query = query.filter(qualifications::employee_id.eq_any(ids));
    }
    if let Some(category) = category {
        query = query.filter(qualifications::category_code.eq(category.to_owned()));
    }
    if let Some(on) = on {
        query = query.filter(qualifications::valid_from.le(on)).filter(
            qualifications::valid_until
                .is_null()
                .or(qualifications::valid_until.gt(on)),
        );
    }
    Ok(query
        .order((
            qualifications::employee_id,
            qualifications::category_code,
            qualifications::valid_from,
        ))
        .load(conn)
        .await?)
}

/// One qualification.
///
/// # Errors
/// `not_found`.
pub async fn find(conn: &mut Conn, id: Uuid) -> Result<Qualification, Failure> {
    Ok(qualifications::table
        .find(id)
        .select(Qualification::as_select())
        .first(conn)
        .await?)
}

/// Adds a qualification.
///
/// # Errors
/// `conflict` when the person has it in that time.
pub async fn insert(conn: &mut Conn, row: &Qualification) -> Result<(), Failure> {
    diesel::insert_into(qualifications::table)
        .values(row)
        .execute(conn)
        .await?;
    Ok(())
}

/// Stores a changed qualification.
///
/// # Errors
/// `version_conflict`.
pub async fn save(conn: &mut Conn, row: &mut Qualification) -> Result<(), Failure> {
    save_row!(conn, qualifications, row)
}
