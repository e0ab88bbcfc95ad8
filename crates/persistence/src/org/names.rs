//! Names and titles, for showing what ids and codes mean.

use std::collections::HashMap;

use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use uuid::Uuid;
use wuye_domain::{access::PostCode, shared::EmployeeId};

use crate::{
    Conn, Failure,
    schema::{employees, posts},
};

/// Title of every post, Chinese and English.
///
/// # Errors
/// As the database says.
pub async fn post_titles(conn: &mut Conn) -> Result<HashMap<PostCode, (String, String)>, Failure> {
    let rows: Vec<(String, String, String)> = posts::table
        .select((posts::code, posts::title_zh, posts::title_en))
        .load(conn)
        .await?;
    Ok(rows
        .into_iter()
        .filter_map(|(code, zh, en)| Some((code.parse().ok()?, (zh, en))))
        .collect())
}

/// Names of these people.
///
/// # Errors
/// As the database says.
pub async fn names(conn: &mut Conn, people: &[EmployeeId]) -> Result<HashMap<EmployeeId, String>, Failure> {
    if people.is_empty() {
        return Ok(HashMap::new());
    }
    let ids: Vec<Uuid> = people.iter().map(|id| id.0).collect();
    let rows: Vec<(Uuid, String)> = employees::table
        .filter(employees::id.eq_any(ids))
        .select((employees::id, employees::name))
        .load(conn)
        .await?;
    Ok(rows.into_iter().map(|(id, name)| (id.into(), name)).collect())
}

/// Names of everybody: for whole lists as files, which may name anyone.
///
/// # Errors
/// As the database says.
pub async fn all_names(conn: &mut Conn) -> Result<HashMap<EmployeeId, String>, Failure> {
    let rows: Vec<(Uuid, String)> = employees::table
        .select((employees::id, employees::name))
        .load(conn)
        .await?;
    Ok(rows.into_iter().map(|(id, name)| (id.into(), name)).collect())
}
