//! Estates as the scope of everything else; their inventory is in the estate context.

use chrono::{DateTime, NaiveDate, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;
use wuye_domain::{access::Scope, shared::EstateId};

use crate::{Conn, Failure, save_row, schema::estates};

/// An estate (小区) with its service centre.
#[derive(Clone, Debug, Queryable, Selectable, Insertable, AsChangeset, Serialize, ToSchema)]
#[diesel(table_name = estates, treat_none_as_default_value = false, treat_none_as_null = true)]
pub struct Estate {
    /// Its id.
    pub id: Uuid,
    /// Short code, part of nothing but lists.
    pub code: String,
    /// Name.
    pub name: String,
    /// Postal address.
    pub address: String,
    /// IANA zone in which its days are counted.
    pub time_zone: String,
    /// In the address of the public report page.
    pub public_code: String,
    /// The standard its services must reach (PREF-5a), e.g. 三级资质.
    pub service_standard: String,
    /// Since when.
    pub service_standard_on: Option<NaiveDate>,
    /// For If-Match.
    pub version: i32,
    /// When it was made.
    pub created_at: DateTime<Utc>,
    /// When it was last changed.
    pub updated_at: DateTime<Utc>,
}

/// All estates, by code.
///
/// # Errors
/// As the database says.
pub async fn all(conn: &mut Conn) -> Result<Vec<Estate>, Failure> {
    Ok(estates::table
        .select(Estate::as_select())
        .order(estates::code)
        .load(conn)
        .await?)
}

/// The estates of which the scope opens anything, by code.
///
/// # Errors
/// As the database says.
pub async fn open_to(conn: &mut Conn, scope: &Scope) -> Result<Vec<Estate>, Failure> {
    let mut found = all(conn).await?;
    found.retain(|estate| scope.touches(estate.id.into()));
    Ok(found)
}

/// Stores a changed estate.
///
/// # Errors
/// `version_conflict`, `conflict` on its code.
pub async fn save(conn: &mut Conn, estate: &mut Estate) -> Result<(), Failure> {
    save_row!(conn, estates, estate)
}

/// One estate.
///
/// # Errors
/// `not_found`.
pub async fn find(mut conn: &Conn, id: EstateId) -> Result<Estate, Failure> {
    Ok(estates::table
        .find(id.0)
        .select(Estate::as_select())
        .first(&mut conn)
        .await?)
}

/// The estate behind a public code.
///
/// # Errors
/// `not_found`.
pub async fn find_public(conn: &mut Conn, code: &str) -> Result<Estate, Failure> {
    Ok(estates::table
        .filter(estates::public_code.eq(code))
        .select(Estate::as_select())
        .first(conn)
        .await?)
}

/// Holds an estate until the transaction ends; `false` while another transaction does.
///
/// # Errors
/// As the database says.
pub async fn hold(conn: &mut Conn, id: EstateId) -> Result<bool, Failure> {
    let held: Option<Uuid> = estates::table
        .find(id.0)
        .select(estates::id)
        .for_update()
        .skip_locked()
        .first(conn)
        .await
        .optional()?;
    Ok(held.is_some())
}

/// Adds an estate.
///
/// # Errors
/// `conflict` on its code.
pub async fn insert(conn: &mut Conn, estate: &Estate) -> Result<(), Failure> {
    diesel::insert_into(estates::table).values(estate).execute(conn).await?;
    Ok(())
}

/// Sets the service standard (PREF-5a) of an estate seen in `version`.
///
/// # Errors
/// `version_conflict` when somebody was faster.
pub async fn set_standard(
    conn: &mut Conn,
    id: EstateId,
    standard: &str,
    since: NaiveDate,
    version: i32,
    now: DateTime<Utc>,
) -> Result<Estate, Failure> {
    let after = diesel::update(estates::table)
        .filter(estates::id.eq(id.0).and(estates::version.eq(version)))
        .set((
            estates::service_standard.eq(standard),
            estates::service_standard_on.eq(since),
            estates::version.eq(version + 1),
            estates::updated_at.eq(now),
        ))
        .returning(Estate::as_returning())
        .get_result(conn)
        .await
        .optional()?;
    after.ok_or_else(|| crate::accounts::version_conflict().into())
}

impl Estate {
    /// A new estate.
    #[must_use]
    pub fn new(code: &str, name: &str, public_code: &str, now: DateTime<Utc>) -> Self {
        Self {
            id: Uuid::now_v7(),
            code: code.to_owned(),
            name: name.to_owned(),
            address: String::new(),
            time_zone: "Asia/Shanghai".to_owned(),
            public_code: public_code.to_owned(),
            service_standard: "三级资质".to_owned(),
            service_standard_on: None,
            version: 1,
            created_at: now,
            updated_at: now,
        }
    }
}
