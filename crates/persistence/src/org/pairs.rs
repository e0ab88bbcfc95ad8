//! Who stands in for whom by default.

use chrono::NaiveDate;
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;
use wuye_domain::access::PostCode;

use crate::{Conn, Failure, save_row, schema::stand_in_pairs};

/// A post and one that stands in for it.
#[derive(Clone, Debug, Queryable, Selectable, Insertable, AsChangeset, Serialize, ToSchema)]
#[diesel(table_name = stand_in_pairs, treat_none_as_default_value = false, treat_none_as_null = true)]
pub struct StandInPair {
    /// Its id.
    pub id: Uuid,
    /// The post stood in for.
    #[schema(value_type = PostCode)]
    pub principal_post: String,
    /// The post that stands in.
    #[schema(value_type = PostCode)]
    pub stand_in_post: String,
    /// Whether leave of the principal waits for a confirmed stand-in (DER-LABOUR-6).
    pub required: bool,
    /// Which one is offered first.
    pub rank: i32,
    /// The clause it rests on.
    pub basis_clause: String,
    /// First day.
    pub valid_from: NaiveDate,
    /// First day after.
    pub valid_until: Option<NaiveDate>,
    /// Rises with every change.
    pub version: i32,
}

/// The pairs: all, or those in force on a day.
///
/// # Errors
/// As the database says.
pub async fn list(conn: &mut Conn, on: Option<NaiveDate>) -> Result<Vec<StandInPair>, Failure> {
    let mut query = stand_in_pairs::table.select(StandInPair::as_select()).into_boxed();
    if let Some(on) = on {
        query = query.filter(stand_in_pairs::valid_from.le(on)).filter(
            stand_in_pairs::valid_until
                .is_null()
                .or(stand_in_pairs::valid_until.gt(on)),
        );
    }
    Ok(query
        .order((stand_in_pairs::principal_post, stand_in_pairs::rank, stand_in_pairs::id))
        .load(conn)
        .await?)
}

/// Whether leave of this post waits for a stand-in.
///
/// # Errors
/// As the database says.
pub async fn required(conn: &mut Conn, post: PostCode, on: NaiveDate) -> Result<bool, Failure> {
    let pairs = list(conn, Some(on)).await?;
    Ok(pairs
        .iter()
        .any(|pair| pair.required && pair.principal_post == post.code()))
}

/// One pair.
///
/// # Errors
/// `not_found`.
pub async fn find(conn: &mut Conn, id: Uuid) -> Result<StandInPair, Failure> {
    Ok(stand_in_pairs::table
        .find(id)
        .select(StandInPair::as_select())
        .first(conn)
        .await?)
}

/// Adds a pair.
///
/// # Errors
/// `conflict` when it is there.
pub async fn insert(conn: &mut Conn, row: &StandInPair) -> Result<(), Failure> {
    diesel::insert_into(stand_in_pairs::table)
        .values(row)
        .execute(conn)
        .await?;
    Ok(())
}

/// Stores a changed pair.
///
/// # Errors
/// `version_conflict`.
pub async fn save(conn: &mut Conn, row: &mut StandInPair) -> Result<(), Failure> {
    save_row!(conn, stand_in_pairs, row)
}
