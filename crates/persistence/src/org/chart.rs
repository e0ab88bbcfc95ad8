//! The boxes of the printed chart and the posts that cover them.

use chrono::NaiveDate;
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;
use wuye_domain::access::PostCode;

use crate::{Conn, Failure, schema::box_coverages, texts::Texts};

/// A post that covers a box of the chart.
#[derive(Clone, Debug, Queryable, Selectable, Insertable, Serialize, ToSchema)]
#[diesel(table_name = box_coverages, treat_none_as_default_value = false)]
pub struct BoxCoverage {
    /// Its id.
    pub id: Uuid,
    /// The box, as the chart prints it.
    #[diesel(column_name = box_)]
    #[serde(rename = "box")]
    pub box_: String,
    /// The box in English.
    pub box_en: String,
    /// The clause of the chart that draws it.
    pub box_clause: String,
    /// The post that covers it.
    #[schema(value_type = PostCode)]
    pub covering_post: String,
    /// The first post that somebody holds answers for the box.
    pub rank: i32,
    /// The number of the manual copy that goes to the box.
    pub copy_no: Option<i32>,
    /// First day.
    pub valid_from: NaiveDate,
    /// First day after.
    pub valid_until: Option<NaiveDate>,
    /// The clauses it rests on.
    #[diesel(deserialize_as = Texts)]
    pub source_clauses: Vec<String>,
    /// Place on the chart.
    pub position: i32,
    /// Rises with every change.
    pub version: i32,
}

/// The coverage on a day, in the order of the chart.
///
/// # Errors
/// As the database says.
pub async fn on(conn: &mut Conn, on: NaiveDate) -> Result<Vec<BoxCoverage>, Failure> {
    Ok(box_coverages::table
        .filter(box_coverages::valid_from.le(on))
        .filter(
            box_coverages::valid_until
                .is_null()
                .or(box_coverages::valid_until.gt(on)),
        )
        .select(BoxCoverage::as_select())
        .order((box_coverages::position, box_coverages::rank))
        .load(conn)
        .await?)
}

/// Adds coverages.
///
/// # Errors
/// As the database says.
pub async fn insert(conn: &mut Conn, rows: &[BoxCoverage]) -> Result<(), Failure> {
    diesel::insert_into(box_coverages::table)
        .values(rows)
        .execute(conn)
        .await?;
    Ok(())
}

/// Ends the coverage of a box from a day on; what would have begun later is dropped.
///
/// # Errors
/// As the database says.
pub async fn end_box(conn: &mut Conn, clause: &str, from: NaiveDate) -> Result<(), Failure> {
    let of_box = box_coverages::box_clause.eq(clause.to_owned());
    diesel::delete(box_coverages::table.filter(of_box.clone().and(box_coverages::valid_from.ge(from))))
        .execute(conn)
        .await?;
    diesel::update(
        box_coverages::table.filter(
            of_box.and(
                box_coverages::valid_until
                    .is_null()
                    .or(box_coverages::valid_until.gt(from)),
            ),
        ),
    )
    .set((
        box_coverages::valid_until.eq(from),
        box_coverages::version.eq(box_coverages::version + 1),
    ))
    .execute(conn)
    .await?;
    Ok(())
}
