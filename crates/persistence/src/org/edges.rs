//! The edges between posts: rows for people, and the checked tree for the rules.

use chrono::{DateTime, NaiveDate, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;
use wuye_domain::{
    access::PostCode,
    org::{
        EdgeKind, EdgeState,
        tree::{Edge, Matter, Tree},
    },
    shared::{Problem, Subject, SubjectKind, period::Period},
};

use crate::{
    Conn, Failure, save_row,
    schema::{reporting_edges as edges, trail},
    texts::Texts,
};

/// Held while an edge changes: two changes, each right by itself, could close a circle together.
const LOCK: i64 = 0x7775_7966;

/// An edge of the reporting tree: the child reports to the parent from one day until another.
#[derive(Clone, Debug, Queryable, Selectable, Insertable, AsChangeset, Serialize, ToSchema)]
#[diesel(table_name = edges, treat_none_as_default_value = false, treat_none_as_null = true)]
pub struct ReportingEdge {
    /// Its id.
    pub id: Uuid,
    /// The lower post.
    #[schema(value_type = PostCode)]
    pub child_post: String,
    /// The upper post.
    #[schema(value_type = PostCode)]
    pub parent_post: String,
    /// What it carries.
    #[schema(value_type = EdgeKind)]
    pub kind: String,
    /// The matter of an edge across the line.
    #[schema(value_type = Option<Matter>)]
    pub matter: Option<String>,
    /// First day.
    pub valid_from: NaiveDate,
    /// First day after; absent while no end is known.
    pub valid_until: Option<NaiveDate>,
    /// Where it stands.
    #[schema(value_type = EdgeState)]
    pub state: String,
    /// Remark.
    pub note: String,
    /// The clauses it rests on.
    #[diesel(deserialize_as = Texts)]
    pub source_clauses: Vec<String>,
    /// Who proposed it.
    pub proposed_by: Option<Uuid>,
    /// Who decided it.
    pub decided_by: Option<Uuid>,
    /// Why; always there for a correction.
    pub reason: Option<String>,
    /// The decisions taken since a corrected day.
    pub touches: serde_json::Value,
    /// Rises with every change.
    pub version: i32,
    /// When it was made.
    pub created_at: DateTime<Utc>,
    /// When it was last changed.
    pub updated_at: DateTime<Utc>,
}

impl ReportingEdge {
    /// As the tree sees it.
    ///
    /// # Errors
    /// `Internal` on a code this version does not know.
    pub fn edge(&self) -> Result<Edge, Failure> {
        Ok(Edge {
            child: self.child_post.parse()?,
            parent: self.parent_post.parse()?,
            kind: self.kind.parse()?,
            matter: self.matter.as_deref().map(str::parse).transpose()?,
            period: Period {
                from: self.valid_from,
                until: self.valid_until,
            },
        })
    }
}

/// Which edges are wanted.
#[derive(Clone, Debug, Default)]
pub struct EdgeFilter {
    /// In force on this day.
    pub on: Option<NaiveDate>,
    /// Of or under this post.
    pub post: Option<PostCode>,
    /// Of this kind.
    pub kind: Option<EdgeKind>,
    /// In this state.
    pub state: Option<EdgeState>,
}

/// Edges by child and day; there are few.
///
/// # Errors
/// As the database says.
pub async fn list(conn: &mut Conn, filter: &EdgeFilter) -> Result<Vec<ReportingEdge>, Failure> {
    let mut query = edges::table.select(ReportingEdge::as_select()).into_boxed();
    if let Some(on) = filter.on {
        query = query
            .filter(edges::valid_from.le(on))
            .filter(edges::valid_until.is_null().or(edges::valid_until.gt(on)));
    }
    if let Some(post) = filter.post {
        query = query.filter(edges::child_post.eq(post.code()).or(edges::parent_post.eq(post.code())));
    }
    if let Some(kind) = filter.kind {
        query = query.filter(edges::kind.eq(kind.code()));
    }
    if let Some(state) = filter.state {
        query = query.filter(edges::state.eq(state.code()));
    }
    Ok(query
        .order((edges::child_post, edges::kind, edges::valid_from, edges::id))
        .load(conn)
        .await?)
}

/// One edge.
///
/// # Errors
/// `not_found`.
pub async fn find(conn: &mut Conn, id: Uuid) -> Result<ReportingEdge, Failure> {
    Ok(edges::table
        .find(id)
        .select(ReportingEdge::as_select())
        .first(conn)
        .await?)
}

/// The tree of all effective edges.
///
/// # Errors
/// `Internal` when the rows are no tree, which the writes rule out.
pub async fn tree(conn: &mut Conn) -> Result<Tree, Failure> {
    let rows = effective(conn).await?;
    let edges = rows.iter().map(ReportingEdge::edge).collect::<Result<Vec<_>, _>>()?;
    Tree::new(edges).map_err(|fault| Failure::internal(Problem::from(fault)))
}

/// Every effective edge.
///
/// # Errors
/// As the database says.
pub async fn effective(conn: &mut Conn) -> Result<Vec<ReportingEdge>, Failure> {
    list(
        conn,
        &EdgeFilter {
            state: Some(EdgeState::Effective),
            ..EdgeFilter::default()
        },
    )
    .await
}

/// Lets one transaction at a time change the tree.
///
/// # Errors
/// As the database says.
pub async fn lock(conn: &mut Conn) -> Result<(), Failure> {
    diesel::sql_query("SELECT pg_advisory_xact_lock($1)")
        .bind::<diesel::sql_types::BigInt, _>(LOCK)
        .execute(conn)
        .await?;
    Ok(())
}

/// Adds an edge.
///
/// # Errors
/// `conflict` on a second line superior.
pub async fn insert(conn: &mut Conn, row: &ReportingEdge) -> Result<(), Failure> {
    diesel::insert_into(edges::table).values(row).execute(conn).await?;
    Ok(())
}

/// Stores a changed edge.
///
/// # Errors
/// `version_conflict`.
pub async fn save(conn: &mut Conn, row: &mut ReportingEdge) -> Result<(), Failure> {
    save_row!(conn, edges, row)
}

/// Records on whose trail a decision stands that was taken since `since` by way of one of these posts: what a correction
/// of their line touches. At most 200, the latest first.
///
/// # Errors
/// As the database says.
pub async fn decisions_since(
    conn: &mut Conn,
    posts: &[PostCode],
    since: DateTime<Utc>,
) -> Result<Vec<Subject>, Failure> {
    const DECISIONS: &[&str] = &[
        "approved",
        "rejected",
        "confirmed",
        "endorsed",
        "acting_confirmed",
        "acting_rejected",
        "validity_confirmed",
        "verified",
        "granted",
        "refused",
    ];
    let codes: Vec<&str> = posts.iter().map(|post| post.code()).collect();
    let rows: Vec<(String, Uuid)> = trail::table
        .filter(trail::recorded_at.ge(since))
        .filter(trail::post.assume_not_null().eq_any(codes))
        .filter(trail::action.eq_any(DECISIONS))
        .select((trail::subject_kind, trail::subject_id))
        .order(trail::id.desc())
        .limit(200)
        .load(conn)
        .await?;
    rows.iter()
        .map(|(kind, id)| Ok(Subject::new(kind.parse::<SubjectKind>()?, *id)))
        .collect()
}
