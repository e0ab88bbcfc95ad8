//! Goal sets: one per estate and year.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use serde::Deserialize;
use utoipa::IntoParams;
use uuid::Uuid;
use wuye_domain::{
    access::Scope,
    code_enum,
    goals::GoalSet,
    shared::{EmployeeId, EstateId, ListRequest},
};

use crate::{Conn, Failure, Rows, accounts::version_conflict, in_estates, keyset, schema::goal_sets, split_next};

/// A goal set as it lies in the database.
#[derive(Clone, Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = goal_sets, treat_none_as_default_value = false)]
pub struct GoalSetRow {
    /// Its id.
    pub id: Uuid,
    /// The estate.
    pub estate_id: Uuid,
    /// The calendar year.
    pub year: i32,
    /// Its stored state.
    pub state: String,
    /// Who drafted it last.
    pub drafted_by: Uuid,
    /// Who approved it.
    pub approved_by: Option<Uuid>,
    /// When.
    pub approved_at: Option<DateTime<Utc>>,
    /// When the year was closed.
    pub frozen_at: Option<DateTime<Utc>>,
    /// For If-Match.
    pub version: i32,
    /// When it was made.
    pub created_at: DateTime<Utc>,
    /// When it was last changed.
    pub updated_at: DateTime<Utc>,
}

/// Which goal sets.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct GoalSetFilter {
    /// Only this estate.
    pub estate_id: Option<Uuid>,
    /// Only this year.
    pub year: Option<i32>,
}

code_enum! {
    /// What goal sets can be sorted by.
    pub enum GoalSetSort {
        /// The year.
        Year = "year",
    }
}

impl GoalSetRow {
    /// The record that the rules know.
    ///
    /// # Errors
    /// `Internal` on a state this version does not know.
    pub fn set(&self) -> Result<GoalSet, Failure> {
        Ok(GoalSet {
            id: self.id,
            estate: self.estate_id.into(),
            year: self.year,
            state: self.state.parse()?,
            drafted_by: self.drafted_by.into(),
            approved_by: self.approved_by.map(Into::into),
        })
    }
}

/// A new draft.
#[must_use]
pub fn create(estate: EstateId, year: i32, by: EmployeeId, now: DateTime<Utc>) -> GoalSetRow {
    GoalSetRow {
        id: Uuid::now_v7(),
        estate_id: estate.0,
        year,
        state: "draft".to_owned(),
        drafted_by: by.0,
        approved_by: None,
        approved_at: None,
        frozen_at: None,
        version: 1,
        created_at: now,
        updated_at: now,
    }
}

/// Adds a set.
///
/// # Errors
/// `conflict` when the estate has one for that year.
pub async fn insert_set(conn: &mut Conn, row: &GoalSetRow) -> Result<(), Failure> {
    diesel::insert_into(goal_sets::table).values(row).execute(conn).await?;
    Ok(())
}

/// The sets of the estates in scope, newest year first.
///
/// # Errors
/// As the database says.
pub async fn list(
    conn: &mut Conn,
    scope: &Scope,
    filter: &GoalSetFilter,
    request: &ListRequest<GoalSetSort>,
) -> Result<Rows<GoalSetRow>, Failure> {
    let filtered = || {
        let mut query = goal_sets::table.filter(in_estates!(goal_sets, scope)).into_boxed();
        if let Some(estate) = filter.estate_id {
            query = query.filter(goal_sets::estate_id.eq(estate));
        }
        if let Some(year) = filter.year {
            query = query.filter(goal_sets::year.eq(year));
        }
        query
    };
    let total = match request.count {
        true => Some(filtered().count().get_result(conn).await?),
        false => None,
    };
    let query = filtered().select(GoalSetRow::as_select());
    let rows = keyset!(query, request, goal_sets::year, goal_sets::id, i32)
        .load(conn)
        .await?;
    Ok(split_next(rows, request.limit, total, |row: &GoalSetRow| {
        (row.year.into(), row.id)
    }))
}

/// One set.
///
/// # Errors
/// `not_found` outside the scope.
pub async fn find(conn: &mut Conn, scope: &Scope, id: Uuid) -> Result<GoalSetRow, Failure> {
    Ok(goal_sets::table
        .filter(in_estates!(goal_sets, scope))
        .filter(goal_sets::id.eq(id))
        .select(GoalSetRow::as_select())
        .first(conn)
        .await?)
}

/// One set, locked until the end of the transaction.
///
/// # Errors
/// `not_found` outside the scope.
pub async fn lock(conn: &mut Conn, scope: &Scope, id: Uuid) -> Result<GoalSetRow, Failure> {
    Ok(goal_sets::table
        .filter(in_estates!(goal_sets, scope))
        .filter(goal_sets::id.eq(id))
        .select(GoalSetRow::as_select())
        .for_update()
        .first(conn)
        .await?)
}

/// The sets of an estate in these states, oldest year first.
///
/// # Errors
/// As the database says.
pub async fn in_states(conn: &mut Conn, estate: EstateId, states: &[&str]) -> Result<Vec<GoalSetRow>, Failure> {
    Ok(goal_sets::table
        .filter(
            goal_sets::estate_id
                .eq(estate.0)
                .and(goal_sets::state.eq_any(states.to_vec())),
        )
        .order((goal_sets::year, goal_sets::id))
        .select(GoalSetRow::as_select())
        .load(conn)
        .await?)
}

/// Whether an estate has goals for a year, draft or more.
///
/// # Errors
/// As the database says.
pub async fn exist(conn: &mut Conn, estate: EstateId, year: i32) -> Result<bool, Failure> {
    let own = goal_sets::table.filter(goal_sets::estate_id.eq(estate.0).and(goal_sets::year.eq(year)));
    Ok(diesel::select(diesel::dsl::exists(own)).get_result(conn).await?)
}

/// Writes a set that was read in the version it carries; it carries the next one afterwards.
///
/// # Errors
/// `version_conflict` when somebody was faster.
pub async fn save(conn: &mut Conn, row: &mut GoalSetRow, now: DateTime<Utc>) -> Result<(), Failure> {
    let changed = diesel::update(goal_sets::table)
        .filter(goal_sets::id.eq(row.id).and(goal_sets::version.eq(row.version)))
        .set((
            goal_sets::state.eq(&row.state),
            goal_sets::drafted_by.eq(row.drafted_by),
            goal_sets::approved_by.eq(row.approved_by),
            goal_sets::approved_at.eq(row.approved_at),
            goal_sets::frozen_at.eq(row.frozen_at),
            goal_sets::version.eq(row.version + 1),
            goal_sets::updated_at.eq(now),
        ))
        .execute(conn)
        .await?;
    if changed == 0 {
        return Err(version_conflict().into());
    }
    row.version += 1;
    row.updated_at = now;
    Ok(())
}
