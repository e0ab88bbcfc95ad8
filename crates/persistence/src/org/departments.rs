//! Departments and their other names.

use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::{Conn, Failure, save_row, schema::departments, texts::Texts};

/// A department.
#[derive(Clone, Debug, Queryable, Selectable, Insertable, AsChangeset, Serialize, ToSchema)]
#[diesel(table_name = departments, treat_none_as_default_value = false, treat_none_as_null = true)]
pub struct Department {
    /// Its id.
    pub id: Uuid,
    /// Its code.
    pub code: String,
    /// Name in Chinese.
    pub name_zh: String,
    /// Name in English.
    pub name_en: String,
    /// Other names in the manual (秩序维护队 …).
    #[diesel(deserialize_as = Texts)]
    pub aliases: Vec<String>,
    /// Place in lists.
    pub position: i32,
    /// Code of the department it belongs to.
    pub parent: Option<String>,
    /// For If-Match.
    pub version: i32,
}

/// All departments in the order of the chart.
///
/// # Errors
/// As the database says.
pub async fn all(conn: &mut Conn) -> Result<Vec<Department>, Failure> {
    Ok(departments::table
        .select(Department::as_select())
        .order(departments::position)
        .load(conn)
        .await?)
}

/// One department.
///
/// # Errors
/// `not_found`.
pub async fn find(conn: &mut Conn, id: Uuid) -> Result<Department, Failure> {
    Ok(departments::table
        .find(id)
        .select(Department::as_select())
        .first(conn)
        .await?)
}

/// Stores a changed department.
///
/// # Errors
/// `version_conflict`.
pub async fn save(conn: &mut Conn, row: &mut Department) -> Result<(), Failure> {
    save_row!(conn, departments, row)
}
