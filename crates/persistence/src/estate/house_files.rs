//! House files and the documents in them.

use std::collections::HashMap;

use chrono::{DateTime, NaiveDate, Utc};
use diesel::{
    dsl::sql,
    prelude::*,
    sql_types::{Array, Bool, Text},
};
use diesel_async::RunQueryDsl;
use serde_json::json;
use uuid::Uuid;
use wuye_domain::{
    access::Scope,
    estate::{
        HouseFileId, HouseId,
        filter::HouseFileFilter,
        house_file::{FileItemKind, HouseFile, HouseFileItem},
    },
    shared::{EstateId, ListRequest, search::query_tokens},
};

use crate::{
    Conn, Failure, Rows,
    estate::row::row,
    in_estates, keyset,
    schema::{house_file_items as items, house_files, houses},
    split_next,
};

#[derive(Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = house_files, treat_none_as_default_value = false, treat_none_as_null = true)]
struct FileRow {
    id: Uuid,
    estate_id: Uuid,
    house_id: Uuid,
    no: String,
    location: String,
    state: String,
    missing: Vec<Option<String>>,
    opened_on: NaiveDate,
    checked_at: Option<DateTime<Utc>>,
    checked_by: Option<Uuid>,
    archived_on: Option<NaiveDate>,
    archive_reason: Option<String>,
    version: i32,
    created_by: Option<Uuid>,
    created_at: DateTime<Utc>,
    updated_at: DateTime<Utc>,
}

impl From<&HouseFile> for FileRow {
    fn from(file: &HouseFile) -> Self {
        Self {
            id: file.id.0,
            estate_id: file.estate_id.0,
            house_id: file.house_id.0,
            no: file.no.clone(),
            location: file.location.clone(),
            state: file.state.code().to_owned(),
            missing: file.missing.iter().map(|kind| Some(kind.code().to_owned())).collect(),
            opened_on: file.opened_on,
            checked_at: file.checked_at,
            checked_by: file.checked_by.map(Into::into),
            archived_on: file.archived_on,
            archive_reason: file.archive_reason.clone(),
            version: file.version,
            created_by: file.created_by.map(Into::into),
            created_at: file.created_at,
            updated_at: file.updated_at,
        }
    }
}

impl TryFrom<FileRow> for HouseFile {
    type Error = Failure;

    fn try_from(row: FileRow) -> Result<Self, Failure> {
        Ok(Self {
            id: row.id.into(),
            estate_id: row.estate_id.into(),
            house_id: row.house_id.into(),
            no: row.no,
            location: row.location,
            state: row.state.parse()?,
            missing: row
                .missing
                .iter()
                .flatten()
                .map(|kind| kind.parse())
                .collect::<Result<_, _>>()?,
            opened_on: row.opened_on,
            checked_at: row.checked_at,
            checked_by: row.checked_by.map(Into::into),
            archived_on: row.archived_on,
            archive_reason: row.archive_reason,
            version: row.version,
            created_by: row.created_by.map(Into::into),
            created_at: row.created_at,
            updated_at: row.updated_at,
        })
    }
}

row!(ItemRow of HouseFileItem, items {
    ids { id, estate_id, house_file_id }
    optional ids { file_id, voided_by, created_by }
    codes { kind }
    optional codes { source_kind }
    plain {
        title: String, document_date: Option<NaiveDate>, source_id: Option<Uuid>, voided_at: Option<DateTime<Utc>>,
        void_reason: Option<String>, created_at: DateTime<Utc>,
    }
});

/// One file.
///
/// # Errors
/// `not_found`.
pub async fn find(conn: &mut Conn, scope: &Scope, id: HouseFileId) -> Result<HouseFile, Failure> {
    let row: FileRow = house_files::table
        .find(id.0)
        .filter(in_estates!(house_files, scope))
        .select(FileRow::as_select())
        .first(conn)
        .await?;
    row.try_into()
}

/// One file, held until the transaction ends.
///
/// # Errors
/// `not_found`.
pub async fn lock(conn: &mut Conn, scope: &Scope, id: HouseFileId) -> Result<HouseFile, Failure> {
    house_files::table
        .find(id.0)
        .select(house_files::id)
        .for_update()
        .first::<Uuid>(conn)
        .await?;
    find(conn, scope, id).await
}

/// The living file of a house, held until the transaction ends.
///
/// # Errors
/// As the database says.
pub async fn living(conn: &mut Conn, house: HouseId) -> Result<Option<HouseFile>, Failure> {
    let row: Option<FileRow> = house_files::table
        .filter(house_files::house_id.eq(house.0).and(house_files::state.ne("archived")))
        .select(FileRow::as_select())
        .for_update()
        .first(conn)
        .await
        .optional()?;
    row.map(TryInto::try_into).transpose()
}

/// Every file of a house, the latest first.
///
/// # Errors
/// As the database says.
pub async fn of_house(conn: &mut Conn, house: HouseId) -> Result<Vec<HouseFile>, Failure> {
    let rows: Vec<FileRow> = house_files::table
        .filter(house_files::house_id.eq(house.0))
        .select(FileRow::as_select())
        .order(house_files::id.desc())
        .load(conn)
        .await?;
    rows.into_iter().map(TryInto::try_into).collect()
}

/// Adds a file.
///
/// # Errors
/// `conflict` when the house has a living one.
pub async fn insert(conn: &mut Conn, file: &HouseFile) -> Result<(), Failure> {
    diesel::insert_into(house_files::table)
        .values(FileRow::from(file))
        .execute(conn)
        .await?;
    Ok(())
}

/// Writes a file over the version before.
///
/// # Errors
/// `version_conflict` when somebody was faster.
pub async fn save(conn: &mut Conn, file: &HouseFile) -> Result<(), Failure> {
    let rows = diesel::update(house_files::table.find(file.id.0))
        .filter(house_files::version.eq(file.version - 1))
        .set(FileRow::from(file))
        .execute(conn)
        .await?;
    super::saved(rows)
}

/// The documents of a file, voided ones included, in the order they were filed.
///
/// # Errors
/// As the database says.
pub async fn items(conn: &mut Conn, file: HouseFileId) -> Result<Vec<HouseFileItem>, Failure> {
    let rows: Vec<ItemRow> = items::table
        .filter(items::house_file_id.eq(file.0))
        .select(ItemRow::as_select())
        .order((items::created_at, items::id))
        .load(conn)
        .await?;
    rows.into_iter().map(TryInto::try_into).collect()
}

/// The kinds of the documents that a file holds.
///
/// # Errors
/// As the database says.
pub async fn held(conn: &mut Conn, file: HouseFileId) -> Result<Vec<FileItemKind>, Failure> {
    let held = items(conn, file).await?;
    Ok(held
        .iter()
        .filter(|item| item.voided_at.is_none())
        .map(|item| item.kind)
        .collect())
}

/// Files a document.
///
/// # Errors
/// `unknown_reference` for a scan that was never uploaded.
pub async fn insert_item(conn: &mut Conn, item: &HouseFileItem) -> Result<(), Failure> {
    diesel::insert_into(items::table)
        .values(ItemRow::from(item))
        .execute(conn)
        .await?;
    Ok(())
}

/// Voids a document.
///
/// # Errors
/// As the database says.
pub async fn void_item(conn: &mut Conn, item: &HouseFileItem) -> Result<(), Failure> {
    diesel::update(items::table.find(item.id.0))
        .set(ItemRow::from(item))
        .execute(conn)
        .await?;
    Ok(())
}

/// A page of files by number.
///
/// # Errors
/// As the database says.
pub async fn list<S>(
    conn: &mut Conn,
    scope: &Scope,
    estate: EstateId,
    filter: &HouseFileFilter,
    request: &ListRequest<S>,
) -> Result<Rows<HouseFile>, Failure> {
    let narrowed = || {
        let mut query = house_files::table
            .filter(house_files::estate_id.eq(estate.0))
            .filter(in_estates!(house_files, scope))
            .into_boxed();
        if let Some(house) = filter.house_id {
            query = query.filter(house_files::house_id.eq(house.0));
        }
        if let Some(state) = filter.state {
            query = query.filter(house_files::state.eq(state.code()));
        }
        if let Some(kind) = filter.missing {
            query = query.filter(house_files::missing.contains(vec![kind.code().to_owned()]));
        }
        if let Some(no) = &filter.no {
            query = query.filter(house_files::no.eq(no.trim().to_owned()));
        }
        match filter.q.as_deref().map(str::trim).filter(|q| !q.is_empty()) {
            Some(q) => found(query, q),
            None => query,
        }
    };
    let total = if request.count {
        Some(narrowed().count().get_result(conn).await?)
    } else {
        None
    };
    let query = narrowed().select(FileRow::as_select());
    let rows: Vec<FileRow> = keyset!(query, request, house_files::no, house_files::id, String)
        .load(conn)
        .await?;
    split_next(rows, request.limit, total, |row| (json!(row.no), row.id)).try_map(TryInto::try_into)
}

type Boxed<'a> = house_files::BoxedQuery<'a, diesel::pg::Pg>;

/// By number, by door, or by who has or had to do with the house: an archived file is looked for by its former owner.
fn found<'a>(query: Boxed<'a>, q: &str) -> Boxed<'a> {
    let by_number = house_files::no.eq(q.to_uppercase());
    let tokens = query_tokens(q);
    if tokens.is_empty() {
        return query.filter(by_number);
    }
    query.filter(
        by_number.or(
            sql::<Bool>("house_files.house_id IN (SELECT h.id FROM houses h WHERE h.search @> ")
                .bind::<Array<Text>, _>(tokens.clone())
                .sql(" UNION ALL SELECT o.house_id FROM parties p JOIN occupancies o ON o.party_id = p.id WHERE p.search @> ")
                .bind::<Array<Text>, _>(tokens)
                .sql(")"),
        ),
    )
}

/// How people call these files: number, house, and what stands on its door.
///
/// # Errors
/// As the database says.
pub async fn called(conn: &mut Conn, ids: &[Uuid]) -> Result<HashMap<Uuid, (String, HouseId, String)>, Failure> {
    let rows: Vec<(Uuid, String, Uuid, String)> = house_files::table
        .inner_join(houses::table)
        .filter(house_files::id.eq_any(ids))
        .select((house_files::id, house_files::no, houses::id, houses::no))
        .load(conn)
        .await?;
    Ok(rows
        .into_iter()
        .map(|(id, no, house, door)| (id, (no, house.into(), door)))
        .collect())
}

/// Adds several.
///
/// # Errors
/// As [`insert`].
pub async fn insert_all(conn: &mut Conn, all: &[HouseFile]) -> Result<(), Failure> {
    let rows: Vec<FileRow> = all.iter().map(Into::into).collect();
    diesel::insert_into(house_files::table)
        .values(rows)
        .execute(conn)
        .await?;
    Ok(())
}
