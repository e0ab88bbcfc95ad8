//! Other names of the company and its estates (总公司, 物业服务中心 …).

use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;
use wuye_domain::access::Scope;

use crate::{Conn, Failure, schema::name_aliases, texts::Texts};

/// Another name, and what it means.
#[derive(Clone, Debug, Queryable, Selectable, Insertable, Serialize, ToSchema)]
#[diesel(table_name = name_aliases, treat_none_as_default_value = false)]
pub struct NameAlias {
    /// Its id.
    pub id: Uuid,
    /// The estate it belongs to; absent for the company.
    pub estate_id: Option<Uuid>,
    /// The name as the papers use it.
    pub alias: String,
    /// What it stands for.
    pub meaning: String,
    /// Where it comes from.
    #[diesel(deserialize_as = Texts)]
    pub source_clauses: Vec<String>,
}

/// Those of the company and of the estates that the scope opens.
///
/// # Errors
/// As the database says.
pub async fn list(conn: &mut Conn, scope: &Scope) -> Result<Vec<NameAlias>, Failure> {
    let rows: Vec<NameAlias> = name_aliases::table
        .select(NameAlias::as_select())
        .order((name_aliases::estate_id.asc().nulls_first(), name_aliases::alias))
        .load(conn)
        .await?;
    let open = |row: &NameAlias| row.estate_id.is_none_or(|estate| scope.touches(estate.into()));
    Ok(rows.into_iter().filter(open).collect())
}

/// Adds one.
///
/// # Errors
/// `conflict` when it is there.
pub async fn insert(conn: &mut Conn, row: &NameAlias) -> Result<(), Failure> {
    diesel::insert_into(name_aliases::table)
        .values(row)
        .execute(conn)
        .await?;
    Ok(())
}

/// Takes one away and gives it.
///
/// # Errors
/// `not_found`.
pub async fn delete(conn: &mut Conn, id: Uuid) -> Result<NameAlias, Failure> {
    Ok(diesel::delete(name_aliases::table.find(id))
        .returning(NameAlias::as_returning())
        .get_result(conn)
        .await?)
}
