//! The rows of the clauses, read with the text that is in force on a day.

use chrono::NaiveDate;
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use serde::Serialize;
use serde_json::json;
use utoipa::ToSchema;
use uuid::Uuid;
use wuye_domain::{
    access::PostCode,
    manual::{Capability, ChapterCode, ClauseFilter, ClauseOrigin, Frequency, Sight, SoftwareCan},
    shared::{ListRequest, SortOrder, search::query_tokens},
};

use crate::{
    Conn, Failure, Rows, bad_cursor,
    schema::{clause_texts as texts, clauses},
    split_next,
    texts::Texts,
};

/// A clause of the manual.
#[derive(Clone, Debug, PartialEq, Eq, Queryable, Selectable, Insertable, AsChangeset, Serialize, ToSchema)]
#[diesel(table_name = clauses, treat_none_as_default_value = false, treat_none_as_null = true)]
pub struct Clause {
    /// Its id, e.g. `POS-RECEPT-07a`.
    pub id: String,
    /// Its chapter.
    #[schema(value_type = ChapterCode)]
    pub chapter: String,
    /// Its number in the chapter.
    pub no: String,
    /// Place in the book.
    pub position: i32,
    /// Binds the whole staff.
    pub everybody: bool,
    /// The posts it binds; none where it binds everybody, or nobody in particular.
    #[diesel(deserialize_as = Texts)]
    #[schema(value_type = Vec<PostCode>)]
    pub posts: Vec<String>,
    /// Where it comes from.
    #[schema(value_type = ClauseOrigin)]
    pub origin: String,
    /// What serves it.
    #[schema(value_type = Capability)]
    pub capability: String,
    /// How far software can carry it.
    #[schema(value_type = SoftwareCan)]
    pub can: String,
    /// How often it asks for something.
    #[schema(value_type = Frequency)]
    pub frequency: String,
    /// What a derived clause rests on, which clause a copied one repeats, or that it is a reading.
    pub basis: Option<String>,
}

/// The words of a clause from one day until another.
#[derive(Clone, Debug, PartialEq, Eq, Queryable, Selectable, Serialize, ToSchema)]
#[diesel(table_name = texts)]
pub struct ClauseText {
    /// First day in force.
    pub valid_from: NaiveDate,
    /// First day no longer in force.
    pub valid_until: Option<NaiveDate>,
    /// The product's own wording, not yet revised by the company.
    pub shipped: bool,
    /// What it asks.
    pub text_zh: String,
    /// The same in English.
    pub text_en: String,
    /// By when.
    pub due_zh: Option<String>,
    /// The same in English.
    pub due_en: Option<String>,
    /// Who receives or approves it.
    pub to_zh: Option<String>,
    /// The same in English.
    pub to_en: Option<String>,
    /// The record it leaves.
    pub record_zh: Option<String>,
    /// The same in English.
    pub record_en: Option<String>,
}

/// A clause with its words on a day.
#[derive(Clone, Debug, PartialEq, Eq, Queryable, Selectable, Serialize, ToSchema)]
#[diesel(table_name = clauses)]
pub struct ClauseInForce {
    /// The clause.
    #[diesel(embed)]
    #[serde(flatten)]
    pub clause: Clause,
    /// Its words.
    #[diesel(embed)]
    #[serde(flatten)]
    pub text: ClauseText,
}

/// Texts that are in force on `on`.
#[diesel::dsl::auto_type(no_type_alias)]
fn in_force(on: NaiveDate) -> _ {
    texts::valid_from.le(on).and(
        texts::valid_until
            .is_null()
            .or(texts::valid_until.assume_not_null().gt(on)),
    )
}

/// The chapters that a reader may open, as the column holds them.
fn open_to(sight: &Sight) -> Vec<&'static str> {
    sight.chapters().map(ChapterCode::code).collect()
}

/// The clauses that `sight` opens and `filter` wants, with their words on `on`, in the order of the book.
///
/// # Errors
/// `validation_failed` for a cursor of another list.
pub async fn list(
    conn: &mut Conn,
    sight: &Sight,
    filter: &ClauseFilter,
    on: NaiveDate,
    request: &ListRequest<()>,
) -> Result<Rows<ClauseInForce>, Failure> {
    let filtered = || {
        let mut query = clauses::table
            .inner_join(texts::table)
            .filter(in_force(on))
            .filter(clauses::chapter.eq_any(open_to(sight)))
            .into_boxed();
        if let Some(chapter) = filter.chapter {
            query = query.filter(clauses::chapter.eq(chapter.code()));
        }
        if let Some(post) = filter.post {
            query = query.filter(clauses::everybody.or(clauses::posts.contains(vec![Some(post.code())])));
        }
        if let Some(capability) = filter.capability {
            query = query.filter(clauses::capability.eq(capability.code()));
        }
        if let Some(frequency) = filter.frequency {
            query = query.filter(clauses::frequency.eq(frequency.code()));
        }
        if let Some(origin) = filter.origin {
            query = query.filter(clauses::origin.eq(origin.code()));
        }
        if let Some(can) = filter.can {
            query = query.filter(clauses::can.eq(can.code()));
        }
        if let Some(q) = &filter.q {
            let tokens: Vec<Option<String>> = query_tokens(q).into_iter().map(Some).collect();
            query = query.filter(texts::search.contains(tokens));
        }
        query
    };
    let total = if request.count {
        Some(filtered().count().get_result(conn).await?)
    } else {
        None
    };
    let mut page = filtered().select(ClauseInForce::as_select());
    // A place in the book is one clause's alone, so it needs no id beside it in the cursor.
    let after = request.after.as_ref().map(|(place, _)| place.as_i64());
    if let Some(place) = after {
        let place = place
            .and_then(|place| i32::try_from(place).ok())
            .ok_or_else(bad_cursor)?;
        page = match request.order {
            SortOrder::Ascending => page.filter(clauses::position.gt(place)),
            SortOrder::Descending => page.filter(clauses::position.lt(place)),
        };
    }
    page = match request.order {
        SortOrder::Ascending => page.order(clauses::position.asc()),
        SortOrder::Descending => page.order(clauses::position.desc()),
    };
    let rows: Vec<ClauseInForce> = page.limit(request.limit + 1).load(conn).await?;
    Ok(split_next(rows, request.limit, total, |row| {
        (json!(row.clause.position), Uuid::nil())
    }))
}

/// One clause that `sight` opens, with its words on `on`.
///
/// # Errors
/// `not_found`, also for a day on which it had no text.
pub async fn find(conn: &mut Conn, sight: &Sight, id: &str, on: NaiveDate) -> Result<ClauseInForce, Failure> {
    Ok(clauses::table
        .inner_join(texts::table)
        .filter(in_force(on))
        .filter(clauses::id.eq(id))
        .filter(clauses::chapter.eq_any(open_to(sight)))
        .select(ClauseInForce::as_select())
        .first(conn)
        .await?)
}

/// Every text that a clause has had or will have, the first one first.
///
/// # Errors
/// As the database says.
pub async fn texts_of(conn: &mut Conn, id: &str) -> Result<Vec<ClauseText>, Failure> {
    Ok(texts::table
        .filter(texts::clause_id.eq(id))
        .select(ClauseText::as_select())
        .order(texts::valid_from)
        .load(conn)
        .await?)
}

/// How many clauses each chapter has, by where they come from.
///
/// # Errors
/// `Internal` on a code this version does not know.
pub async fn counts(conn: &mut Conn) -> Result<Vec<(ChapterCode, ClauseOrigin, i64)>, Failure> {
    let rows: Vec<(String, String, i64)> = clauses::table
        .group_by((clauses::chapter, clauses::origin))
        .select((clauses::chapter, clauses::origin, diesel::dsl::count_star()))
        .load(conn)
        .await?;
    rows.into_iter()
        .map(|(chapter, origin, count)| Ok((chapter.parse()?, origin.parse()?, count)))
        .collect()
}
