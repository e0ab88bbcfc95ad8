//! One briefing, to and fro.

use chrono::{DateTime, NaiveDate, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use serde_json::Value;
use uuid::Uuid;
use wuye_domain::{
    access::Scope,
    org::Responsible,
    plans::briefings::{Briefing, BriefingId, BriefingPointId},
    shared::EstateId,
};

use super::sight::visible;
use crate::{
    Conn, Failure,
    accounts::version_conflict,
    schema::{briefing_points, briefings},
};

/// A briefing as it lies in the database.
#[derive(Clone, Debug, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = briefings, treat_none_as_default_value = false, treat_none_as_null = true)]
pub(super) struct Row {
    id: Uuid,
    estate_id: Uuid,
    on_date: NaiveDate,
    rule_code: Option<String>,
    shift_id: Option<Uuid>,
    responsible_post: String,
    responsible_assignment: Option<Uuid>,
    squad_id: Option<Uuid>,
    area_id: Option<Uuid>,
    created_by: Option<Uuid>,
    employee_id: Option<Uuid>,
    to_post: String,
    due_at: Option<DateTime<Utc>>,
    missing_at: Option<DateTime<Utc>>,
    state: String,
    remarks: Option<String>,
    items: Option<Value>,
    reported_at: Option<DateTime<Utc>>,
    reported_by: Option<Uuid>,
    reported_for: Option<Uuid>,
    heard_at: Option<DateTime<Utc>>,
    heard_by: Option<Uuid>,
    heard_for: Option<Uuid>,
    version: i32,
    updated_at: DateTime<Utc>,
}

impl TryFrom<&Briefing> for Row {
    type Error = Failure;

    fn try_from(briefing: &Briefing) -> Result<Self, Failure> {
        let of = &briefing.responsible;
        Ok(Self {
            id: briefing.id.0,
            estate_id: briefing.estate_id.0,
            on_date: briefing.date,
            rule_code: briefing.rule.clone(),
            shift_id: briefing.shift_id,
            responsible_post: of.post.code().to_owned(),
            responsible_assignment: of.assignment.map(Into::into),
            squad_id: of.squad.map(Into::into),
            area_id: of.area.map(Into::into),
            created_by: briefing.created_by.map(Into::into),
            employee_id: briefing.employee_id.map(Into::into),
            to_post: briefing.to_post.code().to_owned(),
            due_at: briefing.due_at,
            missing_at: briefing.missing_at,
            state: briefing.state.code().to_owned(),
            remarks: briefing.remarks.clone(),
            items: briefing.items.as_ref().map(serde_json::to_value).transpose()?,
            reported_at: briefing.reported_at,
            reported_by: briefing.reported_by.map(Into::into),
            reported_for: briefing.reported_for.map(Into::into),
            heard_at: briefing.heard_at,
            heard_by: briefing.heard_by.map(Into::into),
            heard_for: briefing.heard_for.map(Into::into),
            version: briefing.version,
            updated_at: briefing.updated_at,
        })
    }
}

impl TryFrom<Row> for Briefing {
    type Error = Failure;

    fn try_from(row: Row) -> Result<Self, Failure> {
        Ok(Self {
            id: row.id.into(),
            estate_id: row.estate_id.into(),
            date: row.on_date,
            rule: row.rule_code,
            shift_id: row.shift_id,
            responsible: Responsible {
                post: row.responsible_post.parse()?,
                assignment: row.responsible_assignment.map(Into::into),
                squad: row.squad_id.map(Into::into),
                area: row.area_id.map(Into::into),
            },
            employee_id: row.employee_id.map(Into::into),
            to_post: row.to_post.parse()?,
            due_at: row.due_at,
            missing_at: row.missing_at,
            state: row.state.parse()?,
            remarks: row.remarks,
            items: row.items.map(serde_json::from_value).transpose()?,
            reported_at: row.reported_at,
            reported_by: row.reported_by.map(Into::into),
            reported_for: row.reported_for.map(Into::into),
            heard_at: row.heard_at,
            heard_by: row.heard_by.map(Into::into),
            heard_for: row.heard_for.map(Into::into),
            created_by: row.created_by.map(Into::into),
            version: row.version,
            updated_at: row.updated_at,
        })
    }
}

pub(super) fn briefings_of(rows: Vec<Row>) -> Result<Vec<Briefing>, Failure> {
    rows.into_iter().map(Briefing::try_from).collect()
}

/// Adds briefings and gives the ids of those that the same morning did not have already.
///
/// # Errors
/// As the database says.
pub async fn insert(conn: &mut Conn, new: &[Briefing]) -> Result<Vec<BriefingId>, Failure> {
    if new.is_empty() {
        return Ok(Vec::new());
    }
    let rows = new.iter().map(Row::try_from).collect::<Result<Vec<_>, _>>()?;
    let added: Vec<Uuid> = diesel::insert_into(briefings::table)
        .values(rows)
        .on_conflict_do_nothing()
        .returning(briefings::id)
        .get_results(conn)
        .await?;
    Ok(added.into_iter().map(Into::into).collect())
}

/// Whether the briefings that this morning owes were prepared.
///
/// # Errors
/// As the database says.
pub async fn prepared(conn: &mut Conn, estate: EstateId, date: NaiveDate) -> Result<bool, Failure> {
    let owed = briefings::table
        .filter(briefings::estate_id.eq(estate.0).and(briefings::on_date.eq(date)))
        .filter(briefings::rule_code.is_not_null());
    Ok(diesel::select(diesel::dsl::exists(owed)).get_result(conn).await?)
}

/// One briefing that `scope` opens.
///
/// # Errors
/// `not_found`.
pub async fn find(conn: &mut Conn, scope: &Scope, id: BriefingId) -> Result<Briefing, Failure> {
    let row: Row = briefings::table
        .filter(briefings::id.eq(id.0))
        .filter(visible(scope))
        .select(Row::as_select())
        .first(conn)
        .await?;
    row.try_into()
}

/// The same, locked until the transaction ends.
///
/// # Errors
/// `not_found`.
pub async fn find_for_change(conn: &mut Conn, scope: &Scope, id: BriefingId) -> Result<Briefing, Failure> {
    let row: Row = briefings::table
        .filter(briefings::id.eq(id.0))
        .filter(visible(scope))
        .select(Row::as_select())
        .for_update()
        .first(conn)
        .await?;
    row.try_into()
}

/// The briefing of a point that `scope` opens.
///
/// # Errors
/// `not_found`.
pub async fn find_point(conn: &mut Conn, scope: &Scope, id: BriefingPointId) -> Result<Briefing, Failure> {
    let of = briefing_points::table
        .filter(briefing_points::id.eq(id.0))
        .select(briefing_points::briefing_id);
    let row: Row = briefings::table
        .filter(briefings::id.eq_any(of))
        .filter(visible(scope))
        .select(Row::as_select())
        .first(conn)
        .await?;
    row.try_into()
}

/// The briefings of the mornings from `from` to `until` in one estate that `scope` opens, in the order in which they are due.
///
/// # Errors
/// As the database says.
pub async fn of_mornings(
    conn: &mut Conn,
    scope: &Scope,
    estate: EstateId,
    from: NaiveDate,
    until: NaiveDate,
) -> Result<Vec<Briefing>, Failure> {
    let rows: Vec<Row> = briefings::table
        .filter(briefings::estate_id.eq(estate.0))
        .filter(briefings::on_date.between(from, until))
        .filter(visible(scope))
        .select(Row::as_select())
        .order((
            briefings::on_date,
            briefings::due_at,
            briefings::responsible_post,
            briefings::id,
        ))
        .load(conn)
        .await?;
    briefings_of(rows)
}

/// Stores a changed briefing and raises its version.
///
/// # Errors
/// `version_conflict` when somebody was faster.
pub async fn save(conn: &mut Conn, briefing: &Briefing) -> Result<Briefing, Failure> {
    let mut row = Row::try_from(briefing)?;
    row.version += 1;
    let target = briefings::table.filter(
        briefings::id
            .eq(briefing.id.0)
            .and(briefings::version.eq(briefing.version)),
    );
    if diesel::update(target).set(row).execute(conn).await? == 0 {
        return Err(version_conflict().into());
    }
    Ok(Briefing {
        version: briefing.version + 1,
        ..briefing.clone()
    })
}
