//! Measurements: append-only, so that what was once signed can always be read.

use chrono::{DateTime, NaiveDate, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;
use wuye_domain::{
    goals::{Cause, GoalStatus, Measurement, Snapshot, Stage},
    shared::EmployeeId,
};

use crate::{Conn, Failure, schema::goal_measurements as measurements};

/// A measurement that somebody took.
#[derive(Clone, Debug, Queryable, Selectable, Insertable, Serialize, ToSchema)]
#[diesel(table_name = measurements, treat_none_as_default_value = false)]
pub struct Measured {
    /// Its id.
    pub id: Uuid,
    /// The goal.
    pub goal_id: Uuid,
    /// The business date measured.
    pub as_of: NaiveDate,
    /// When it was taken.
    pub taken_at: DateTime<Utc>,
    /// By whom.
    pub taken_by: Uuid,
    /// Whether it is the year's final one, signed.
    pub is_final: bool,
    /// Above the line, or the count.
    pub numerator: Option<i64>,
    /// Below the line; absent for counts.
    pub denominator: Option<i64>,
    /// Hundredths of the unit, rounded for showing only.
    pub value_e2: Option<i64>,
    /// How the goal stood.
    #[schema(value_type = GoalStatus)]
    pub status: String,
    /// Why it could not be measured.
    #[schema(value_type = Option<Cause>)]
    pub cause: Option<String>,
    /// Cases whose finding was pending.
    pub pending: i64,
    /// The value had they all turned out badly.
    pub worst_case_e2: Option<i64>,
    /// What a reader should know.
    #[schema(value_type = Vec<wuye_domain::goals::Warning>)]
    pub warnings: Vec<Option<String>>,
    /// The counts it was computed from, with the readings used.
    pub data_snapshot: serde_json::Value,
    /// Said when signing.
    pub note: Option<String>,
    /// The measurement this one stands beside.
    pub supersedes: Option<Uuid>,
    /// Why it was measured again.
    pub reason: Option<String>,
    /// Whether the year is closed.
    pub frozen: bool,
}

impl Measured {
    /// A measurement to be kept.
    ///
    /// # Errors
    /// `Internal` when the snapshot cannot be written as JSON.
    pub fn new(
        goal: Uuid,
        measurement: &Measurement,
        snapshot: &Snapshot,
        stage: &Stage,
        by: EmployeeId,
        now: DateTime<Utc>,
    ) -> Result<Self, Failure> {
        Ok(Self {
            id: Uuid::now_v7(),
            goal_id: goal,
            as_of: stage.as_of,
            taken_at: now,
            taken_by: by.0,
            is_final: stage.last,
            numerator: measurement.figure.map(|figure| figure.numerator),
            denominator: measurement.figure.and_then(|figure| figure.denominator),
            value_e2: measurement.value_e2,
            status: measurement.status.code().to_owned(),
            cause: measurement.cause.map(|cause| cause.code().to_owned()),
            pending: measurement.pending,
            worst_case_e2: measurement.worst_case_e2,
            warnings: measurement.warnings.iter().map(|w| Some(w.code().to_owned())).collect(),
            data_snapshot: serde_json::to_value(snapshot)?,
            note: None,
            supersedes: None,
            reason: None,
            frozen: false,
        })
    }
}

/// Adds measurements.
///
/// # Errors
/// `conflict` when one names a measurement that another stands beside already.
pub async fn insert(conn: &mut Conn, rows: &[Measured]) -> Result<(), Failure> {
    diesel::insert_into(measurements::table)
        .values(rows)
        .execute(conn)
        .await?;
    Ok(())
}

/// Every measurement of a goal, oldest first.
///
/// # Errors
/// As the database says.
pub async fn of_goal(conn: &mut Conn, goal: Uuid) -> Result<Vec<Measured>, Failure> {
    Ok(measurements::table
        .filter(measurements::goal_id.eq(goal))
        .order((measurements::taken_at, measurements::id))
        .select(Measured::as_select())
        .load(conn)
        .await?)
}

/// The final measurement that holds for each of these goals: the one that no other stands beside.
///
/// # Errors
/// As the database says.
pub async fn latest(conn: &mut Conn, goals: &[Uuid]) -> Result<Vec<Measured>, Failure> {
    let again = diesel::alias!(measurements as again);
    Ok(measurements::table
        .filter(measurements::goal_id.eq_any(goals).and(measurements::is_final))
        .filter(diesel::dsl::not(diesel::dsl::exists(again.filter(
            again.field(measurements::supersedes).eq(measurements::id.nullable()),
        ))))
        .select(Measured::as_select())
        .load(conn)
        .await?)
}

/// Marks the final measurements of these goals as closed with their year.
///
/// # Errors
/// As the database says.
pub async fn freeze(conn: &mut Conn, goals: &[Uuid]) -> Result<(), Failure> {
    diesel::update(measurements::table)
        .filter(measurements::goal_id.eq_any(goals).and(measurements::is_final))
        .set(measurements::frozen.eq(true))
        .execute(conn)
        .await?;
    Ok(())
}
