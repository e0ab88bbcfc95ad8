//! Figures entered by hand for goals that no record feeds (GOAL-6). Append-only.

use chrono::{DateTime, NaiveDate, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;
use wuye_domain::goals::Figure;

use crate::{Conn, Failure, schema::goal_entries};

/// A figure entered.
#[derive(Clone, Debug, Queryable, Selectable, Insertable, Serialize, ToSchema)]
#[diesel(table_name = goal_entries, treat_none_as_default_value = false)]
pub struct Entry {
    /// Its id.
    pub id: Uuid,
    /// The goal.
    pub goal_id: Uuid,
    /// The day it holds for.
    pub as_of: NaiveDate,
    /// Above the line, or the count.
    pub numerator: i64,
    /// Below the line; absent for counts.
    pub denominator: Option<i64>,
    /// Where it comes from.
    pub note: String,
    /// Who entered it.
    pub entered_by: Uuid,
    /// When.
    pub entered_at: DateTime<Utc>,
}

/// Adds a figure.
///
/// # Errors
/// As the database says.
pub async fn add_entry(conn: &mut Conn, entry: &Entry) -> Result<(), Failure> {
    diesel::insert_into(goal_entries::table)
        .values(entry)
        .execute(conn)
        .await?;
    Ok(())
}

/// The figures of a goal by the day they hold for; of one day, the later entry last.
///
/// # Errors
/// As the database says.
pub async fn entries(conn: &mut Conn, goal: Uuid) -> Result<Vec<(NaiveDate, Figure)>, Failure> {
    let rows: Vec<(NaiveDate, i64, Option<i64>)> = goal_entries::table
        .filter(goal_entries::goal_id.eq(goal))
        .order((goal_entries::as_of, goal_entries::id))
        .select((goal_entries::as_of, goal_entries::numerator, goal_entries::denominator))
        .load(conn)
        .await?;
    let figure = |(as_of, numerator, denominator)| (as_of, Figure { numerator, denominator });
    Ok(rows.into_iter().map(figure).collect())
}
