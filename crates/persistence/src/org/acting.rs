//! Acting: for whom, by whom, from when until when, without which rights. Active and ended follow from the clock.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;
use wuye_domain::{
    access::{PostCode, Scope},
    org::acting::{ActingDecision, ActingPeriod, ActingReason},
    shared::{EmployeeId, EstateId, ListRequest, period::Span},
};

use crate::{
    Conn, Failure, Rows, fixed::fixed, keyset, save_row, schema::acting_periods as acting, split_next, texts::Texts,
};

/// A period of acting as it is stored.
#[derive(Clone, Debug, Queryable, Selectable, Insertable, AsChangeset, Serialize, ToSchema)]
#[diesel(table_name = acting, treat_none_as_default_value = false, treat_none_as_null = true)]
pub struct ActingRow {
    /// Its id.
    pub id: Uuid,
    /// The assignment acted for; absent when the post is vacant.
    pub principal_assignment: Option<Uuid>,
    /// The person acted for; absent when the post is vacant.
    pub principal_id: Option<Uuid>,
    /// Who acts.
    pub stand_in_id: Uuid,
    /// The estate; absent for company-wide posts.
    pub estate_id: Option<Uuid>,
    /// The post acted in.
    #[schema(value_type = PostCode)]
    pub post: String,
    /// Why.
    #[schema(value_type = ActingReason)]
    pub reason: String,
    /// From when.
    pub starts_at: DateTime<Utc>,
    /// Until when; moves forward when the principal is back earlier.
    pub ends_at: DateTime<Utc>,
    /// What was decided.
    #[serde(rename = "decision")]
    #[schema(value_type = ActingDecision)]
    pub state: String,
    /// The duties it is limited to; empty for all of the post's.
    #[diesel(deserialize_as = Texts)]
    pub duties: Vec<String>,
    /// Rights that do not come along.
    #[diesel(deserialize_as = Texts)]
    pub excluded_rights: Vec<String>,
    /// What is handed over: keys, tools, open orders.
    #[schema(value_type = Vec<String>)]
    pub handover_items: serde_json::Value,
    /// The clause it rests on.
    pub basis_clause: Option<String>,
    /// The absence it covers.
    pub absence_id: Option<Uuid>,
    /// Why it was refused, taken back or ended.
    pub note: Option<String>,
    /// Who proposed it.
    pub proposed_by: Uuid,
    /// Who decided it.
    pub decided_by: Option<Uuid>,
    /// When.
    pub decided_at: Option<DateTime<Utc>>,
    /// The way up the line to whoever decides.
    #[schema(value_type = Option<Vec<wuye_domain::org::superior::Step>>)]
    pub decision_path: Option<serde_json::Value>,
    /// Rises with every change.
    pub version: i32,
    /// When it was made.
    pub created_at: DateTime<Utc>,
    /// When it was last changed.
    pub updated_at: DateTime<Utc>,
}

impl ActingRow {
    /// As the rules see it.
    ///
    /// # Errors
    /// `Internal` on a code this version does not know.
    pub fn period(&self) -> Result<ActingPeriod, Failure> {
        Ok(ActingPeriod {
            id: self.id.into(),
            estate: self.estate_id.map(Into::into),
            post: self.post.parse()?,
            assignment: self.principal_assignment.map(Into::into),
            principal: self.principal_id.map(Into::into),
            stand_in: self.stand_in_id.into(),
            reason: self.reason.parse()?,
            span: self.span(),
            excluded: self
                .excluded_rights
                .iter()
                .map(|code| code.parse())
                .collect::<Result<_, _>>()?,
            clause: self.basis_clause.clone(),
            decision: self.state.parse()?,
        })
    }

    /// From when until when.
    #[must_use]
    pub const fn span(&self) -> Span {
        Span {
            from: self.starts_at,
            until: self.ends_at,
        }
    }

    /// Takes over what a rule decided.
    pub fn apply(&mut self, decided: &ActingPeriod, now: DateTime<Utc>) {
        decided.decision.code().clone_into(&mut self.state);
        self.starts_at = decided.span.from;
        self.ends_at = decided.span.until;
        self.excluded_rights = decided.excluded.iter().map(ToString::to_string).collect();
        self.basis_clause.clone_from(&decided.clause);
        self.updated_at = now;
    }
}

/// Which periods are wanted.
#[derive(Clone, Debug, Default)]
pub struct ActingFilter {
    /// Running at this instant.
    pub active_at: Option<DateTime<Utc>>,
    /// With this decision.
    pub decision: Option<ActingDecision>,
    /// In this estate.
    pub estate: Option<EstateId>,
    /// In which this person acts or is acted for.
    pub person: Option<EmployeeId>,
}

/// The acting register, by beginning. `scope` opens its estates and the company-wide posts.
///
/// # Errors
/// As the database says.
pub async fn list(
    conn: &mut Conn,
    scope: &Scope,
    filter: &ActingFilter,
    request: &ListRequest<()>,
) -> Result<Rows<ActingRow>, Failure> {
    let filtered = || {
        let mut query = acting::table.filter(visible(scope)).into_boxed();
        if let Some(at) = filter.active_at {
            query = query
                .filter(acting::state.eq("confirmed"))
                .filter(acting::starts_at.le(at).and(acting::ends_at.gt(at)));
        }
        if let Some(decision) = filter.decision {
            query = query.filter(acting::state.eq(decision.code()));
        }
        if let Some(estate) = filter.estate {
            query = query.filter(acting::estate_id.assume_not_null().eq(estate.0));
        }
        if let Some(person) = filter.person {
            query = query.filter(
                acting::stand_in_id
                    .eq(person.0)
                    .or(acting::principal_id.assume_not_null().eq(person.0)),
            );
        }
        query
    };
    let total = if request.count {
        Some(filtered().count().get_result(conn).await?)
    } else {
        None
    };
    let rows: Vec<ActingRow> = keyset!(
        filtered().select(ActingRow::as_select()),
        request,
        acting::starts_at,
        acting::id,
        DateTime<Utc>
    )
    .load(conn)
    .await?;
    Ok(split_next(rows, request.limit, total, |row| {
        (serde_json::json!(row.starts_at), row.id)
    }))
}

fn visible(scope: &Scope) -> crate::scope::Predicate<acting::table> {
    if scope.company() {
        return Box::new(fixed::<diesel::sql_types::Bool>("true"));
    }
    let estates: Vec<Uuid> = scope
        .estates()
        .iter()
        .copied()
        .chain(scope.lines().iter().map(|line| line.estate))
        .map(|id| id.0)
        .collect();
    let me = scope.employee().map(|id| id.0).unwrap_or_default();
    Box::new(
        acting::estate_id
            .is_null()
            .or(acting::estate_id.assume_not_null().eq_any(estates))
            .or(acting::stand_in_id.eq(me))
            .or(acting::principal_id.assume_not_null().eq(me)),
    )
}

/// One period within the scope.
///
/// # Errors
/// `not_found`.
pub async fn find(conn: &mut Conn, scope: &Scope, id: Uuid) -> Result<ActingRow, Failure> {
    Ok(acting::table
        .filter(acting::id.eq(id).and(visible(scope)))
        .select(ActingRow::as_select())
        .first(conn)
        .await?)
}

/// Confirmed periods that touch a span, in an estate or in the company.
///
/// # Errors
/// As the database says.
pub async fn confirmed(conn: &mut Conn, estate: Option<EstateId>, span: Span) -> Result<Vec<ActingRow>, Failure> {
    let mut query = acting::table
        .filter(acting::state.eq("confirmed"))
        .filter(acting::starts_at.lt(span.until).and(acting::ends_at.gt(span.from)))
        .select(ActingRow::as_select())
        .into_boxed();
    if let Some(estate) = estate {
        query = query.filter(
            acting::estate_id
                .is_null()
                .or(acting::estate_id.assume_not_null().eq(estate.0)),
        );
    }
    Ok(query.order((acting::starts_at, acting::id)).load(conn).await?)
}

/// Adds a period.
///
/// # Errors
/// As the database says.
pub async fn insert(conn: &mut Conn, row: &ActingRow) -> Result<(), Failure> {
    diesel::insert_into(acting::table).values(row).execute(conn).await?;
    Ok(())
}

/// Stores a changed period.
///
/// # Errors
/// `version_conflict`, `conflict` when somebody else was confirmed for the time.
pub async fn save(conn: &mut Conn, row: &mut ActingRow) -> Result<(), Failure> {
    save_row!(conn, acting, row)
}
