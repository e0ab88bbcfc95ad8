//! Points of briefings.

use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use uuid::Uuid;
use wuye_domain::{
    plans::briefings::{BriefingId, BriefingPoint},
    shared::Subject,
};

use crate::{Conn, Failure, schema::briefing_points as points};

#[derive(Queryable, Selectable, Insertable)]
#[diesel(table_name = points, treat_none_as_default_value = false)]
struct Row {
    id: Uuid,
    briefing_id: Uuid,
    position: i32,
    text: String,
    needs: String,
    subject_kind: Option<String>,
    subject_id: Option<Uuid>,
    answer: Option<String>,
}

impl From<&BriefingPoint> for Row {
    fn from(point: &BriefingPoint) -> Self {
        Self {
            id: point.id.0,
            briefing_id: point.briefing_id.0,
            position: point.position,
            text: point.text.clone(),
            needs: point.needs.code().to_owned(),
            subject_kind: point.linked.map(|of| of.kind.code().to_owned()),
            subject_id: point.linked.map(|of| of.id),
            answer: point.answer.clone(),
        }
    }
}

impl TryFrom<Row> for BriefingPoint {
    type Error = Failure;

    fn try_from(row: Row) -> Result<Self, Failure> {
        let linked = match (row.subject_kind, row.subject_id) {
            (Some(kind), Some(id)) => Some(Subject {
                kind: kind.parse()?,
                id,
            }),
            _ => None,
        };
        Ok(Self {
            id: row.id.into(),
            briefing_id: row.briefing_id.into(),
            position: row.position,
            text: row.text,
            needs: row.needs.parse()?,
            linked,
            answer: row.answer,
        })
    }
}

/// The points of a briefing, in their order. The caller has found the briefing under a scope.
///
/// # Errors
/// As the database says.
pub async fn points(conn: &mut Conn, briefing: BriefingId) -> Result<Vec<BriefingPoint>, Failure> {
    points_of(conn, &[briefing]).await
}

/// The points of these briefings, each in its order.
///
/// # Errors
/// As the database says.
pub async fn points_of(conn: &mut Conn, briefings: &[BriefingId]) -> Result<Vec<BriefingPoint>, Failure> {
    let ids: Vec<Uuid> = briefings.iter().map(|id| id.0).collect();
    let rows: Vec<Row> = points::table
        .filter(points::briefing_id.eq_any(ids))
        .order((points::briefing_id, points::position))
        .select(Row::as_select())
        .load(conn)
        .await?;
    rows.into_iter().map(BriefingPoint::try_from).collect()
}

/// Adds points.
///
/// # Errors
/// As the database says.
pub async fn insert_points(conn: &mut Conn, new: &[BriefingPoint]) -> Result<(), Failure> {
    if new.is_empty() {
        return Ok(());
    }
    let rows: Vec<Row> = new.iter().map(Row::from).collect();
    diesel::insert_into(points::table).values(rows).execute(conn).await?;
    Ok(())
}

/// Takes the points of a briefing away, for others to come in their place.
///
/// # Errors
/// As the database says.
pub async fn remove_points(conn: &mut Conn, briefing: BriefingId) -> Result<(), Failure> {
    diesel::delete(points::table.filter(points::briefing_id.eq(briefing.0)))
        .execute(conn)
        .await?;
    Ok(())
}

/// Stores what was said to points: a handful at a hearing.
///
/// # Errors
/// As the database says.
pub async fn answer_points(conn: &mut Conn, answered: &[BriefingPoint]) -> Result<(), Failure> {
    for point in answered {
        diesel::update(points::table.find(point.id.0))
            .set(points::answer.eq(&point.answer))
            .execute(conn)
            .await?;
    }
    Ok(())
}
