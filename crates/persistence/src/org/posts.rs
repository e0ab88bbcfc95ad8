//! Posts: titles, levels, establishment; who carries which role; which post answers for a vacant one.

use chrono::NaiveDate;
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;
use wuye_domain::{access::PostCode, org::PostLevel, shared::EstateId};

use crate::{
    Conn, Failure,
    schema::{assignments, posts, vacancy_covers},
    texts::Texts,
};

/// A post of the manual.
#[derive(Clone, Debug, Queryable, Selectable, Insertable, AsChangeset, Serialize, ToSchema)]
#[diesel(table_name = posts, primary_key(code), treat_none_as_default_value = false, treat_none_as_null = true)]
pub struct Post {
    /// Its code.
    #[schema(value_type = PostCode)]
    pub code: String,
    /// Title in Chinese.
    pub title_zh: String,
    /// Title in English.
    pub title_en: String,
    /// Other titles in the manual.
    #[diesel(deserialize_as = Texts)]
    pub aliases: Vec<String>,
    /// Its department.
    pub department_id: Option<Uuid>,
    /// How high it stands.
    #[schema(value_type = PostLevel)]
    pub level: String,
    /// May stay vacant: another post covers it.
    pub is_optional: bool,
    /// A role that other posts carry; nobody is assigned to it.
    pub is_role_tag: bool,
    /// Not of the company.
    pub is_external: bool,
    /// Its holders log in with a one-time code, where the setting asks for codes.
    pub requires_totp: bool,
    /// People it should have in each centre; absent where nobody has set a number (ORG-N2).
    pub establishment_count: Option<i32>,
    /// First day it exists.
    pub active_from: Option<NaiveDate>,
    /// First day it exists no longer.
    pub active_until: Option<NaiveDate>,
    /// The clauses that name it.
    #[diesel(deserialize_as = Texts)]
    pub source_clauses: Vec<String>,
    /// Place in lists.
    pub position: i32,
    /// For If-Match.
    pub version: i32,
}

impl Post {
    /// Whether it exists on a day.
    #[must_use]
    pub fn is_active(&self, on: NaiveDate) -> bool {
        self.active_from.is_none_or(|from| from <= on) && self.active_until.is_none_or(|until| on < until)
    }

    /// Its level.
    ///
    /// # Errors
    /// `Internal` on a code this version does not know.
    pub fn level(&self) -> Result<PostLevel, Failure> {
        Ok(self.level.parse()?)
    }
}

/// All posts in the order of the catalogue.
///
/// # Errors
/// As the database says.
pub async fn all(conn: &mut Conn) -> Result<Vec<Post>, Failure> {
    Ok(posts::table
        .select(Post::as_select())
        .order(posts::position)
        .load(conn)
        .await?)
}

/// One post.
///
/// # Errors
/// `not_found`.
pub async fn find(conn: &mut Conn, code: PostCode) -> Result<Post, Failure> {
    Ok(posts::table
        .find(code.code())
        .select(Post::as_select())
        .first(conn)
        .await?)
}

/// Stores a changed post.
///
/// # Errors
/// `version_conflict`.
pub async fn save(conn: &mut Conn, row: &mut Post) -> Result<(), Failure> {
    let known = row.version;
    row.version += 1;
    let stored = diesel::update(posts::table.find(&row.code).filter(posts::version.eq(known)))
        .set(&*row)
        .execute(conn)
        .await?;
    if stored == 0 {
        return Err(crate::accounts::version_conflict().into());
    }
    Ok(())
}

/// How many people hold each post on a day: in an estate, with the company-wide posts, or (`None`) everywhere.
///
/// # Errors
/// As the database says.
pub async fn headcounts(
    conn: &mut Conn,
    estate: Option<EstateId>,
    on: NaiveDate,
) -> Result<Vec<(String, i64)>, Failure> {
    let mut query = assignments::table
        .group_by(assignments::post)
        .select((
            assignments::post,
            diesel::dsl::count(assignments::employee_id).aggregate_distinct(),
        ))
        .filter(assignments::state.eq("approved"))
        .filter(assignments::valid_from.le(on))
        .filter(assignments::valid_until.is_null().or(assignments::valid_until.gt(on)))
        .into_boxed();
    if let Some(estate) = estate {
        query = query.filter(
            assignments::estate_id
                .is_null()
                .or(assignments::estate_id.assume_not_null().eq(estate.0)),
        );
    }
    Ok(query.load(conn).await?)
}

/// How many people there are on a day, each counted once however many posts they hold.
///
/// # Errors
/// As the database says.
pub async fn people(conn: &mut Conn, estate: Option<EstateId>, on: NaiveDate) -> Result<i64, Failure> {
    let mut query = assignments::table
        .select(diesel::dsl::count(assignments::employee_id).aggregate_distinct())
        .filter(assignments::state.eq("approved"))
        .filter(assignments::valid_from.le(on))
        .filter(assignments::valid_until.is_null().or(assignments::valid_until.gt(on)))
        .into_boxed();
    if let Some(estate) = estate {
        query = query.filter(assignments::estate_id.assume_not_null().eq(estate.0));
    }
    Ok(query.first(conn).await?)
}

/// Posts whose holders log in with a one-time code.
///
/// # Errors
/// As the database says.
pub async fn with_codes(conn: &mut Conn) -> Result<Vec<PostCode>, Failure> {
    let codes: Vec<String> = posts::table
        .filter(posts::requires_totp)
        .select(posts::code)
        .load(conn)
        .await?;
    codes.iter().map(|code| Ok(code.parse()?)).collect()
}

/// Which post answers for which on a day while that is vacant, the first one first; for a role, the posts that carry it.
///
/// # Errors
/// As the database says.
pub async fn covers(conn: &mut Conn, on: NaiveDate) -> Result<Vec<(PostCode, PostCode)>, Failure> {
    let rows: Vec<(String, String)> = vacancy_covers::table
        .filter(vacancy_covers::valid_from.le(on))
        .filter(
            vacancy_covers::valid_until
                .is_null()
                .or(vacancy_covers::valid_until.gt(on)),
        )
        .select((vacancy_covers::vacant_post, vacancy_covers::covering_post))
        .order((vacancy_covers::vacant_post, vacancy_covers::rank))
        .load(conn)
        .await?;
    rows.iter()
        .map(|(vacant, cover)| Ok((vacant.parse()?, cover.parse()?)))
        .collect()
}

/// Sets who covers a post from a day on, the first one first; what was planned for later is dropped.
///
/// # Errors
/// `conflict` for the same post twice.
pub async fn set_covers(
    conn: &mut Conn,
    vacant: PostCode,
    covers: &[PostCode],
    from: NaiveDate,
) -> Result<(), Failure> {
    let of_post = vacancy_covers::vacant_post.eq(vacant.code());
    diesel::delete(
        vacancy_covers::table
            .filter(of_post)
            .filter(vacancy_covers::valid_from.ge(from)),
    )
    .execute(conn)
    .await?;
    diesel::update(
        vacancy_covers::table.filter(of_post).filter(
            vacancy_covers::valid_until
                .is_null()
                .or(vacancy_covers::valid_until.gt(from)),
        ),
    )
    .set(vacancy_covers::valid_until.eq(from))
    .execute(conn)
    .await?;
    let rows: Vec<_> = (1_i32..)
        .zip(covers)
        .map(|(rank, cover)| {
            (
                vacancy_covers::id.eq(Uuid::now_v7()),
                vacancy_covers::vacant_post.eq(vacant.code()),
                vacancy_covers::covering_post.eq(cover.code()),
                vacancy_covers::rank.eq(rank),
                vacancy_covers::valid_from.eq(from),
            )
        })
        .collect();
    diesel::insert_into(vacancy_covers::table)
        .values(rows)
        .execute(conn)
        .await?;
    Ok(())
}
