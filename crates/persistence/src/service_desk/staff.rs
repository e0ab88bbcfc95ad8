//! Who holds which post in an estate: for naming owners, mediators and visitors.

use chrono::NaiveDate;
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use uuid::Uuid;
use wuye_domain::{
    access::PostCode,
    service_desk::{Responsible, cases::Owner},
    shared::{EmployeeId, EstateId},
};

use crate::{Conn, Failure, schema::assignments};

/// A person in one of their assignments in `estate`, the primary one first; `None` for who does not work there.
/// With `posts` only in one of these.
///
/// # Errors
/// As the database says.
pub async fn owner(
    conn: &mut Conn,
    estate: EstateId,
    employee: EmployeeId,
    posts: &[PostCode],
    on: NaiveDate,
) -> Result<Option<Owner>, Failure> {
    type Row = (Uuid, String, Option<Uuid>, Option<Uuid>);
    let rows: Vec<Row> = assignments::table
        .filter(
            assignments::employee_id
                .eq(employee.0)
                .and(assignments::estate_id.assume_not_null().eq(estate.0))
                .and(assignments::state.eq("approved"))
                .and(assignments::valid_from.le(on))
                .and(assignments::valid_until.is_null().or(assignments::valid_until.gt(on))),
        )
        .order((assignments::kind.desc(), assignments::id))
        .select((
            assignments::id,
            assignments::post,
            assignments::squad_id,
            assignments::area_id,
        ))
        .load(conn)
        .await?;
    for (id, post, squad, area) in rows {
        let post: PostCode = post.parse()?;
        if posts.is_empty() || posts.contains(&post) {
            let responsible = Responsible {
                post,
                assignment: Some(id.into()),
                squad: squad.map(Into::into),
                area: area.map(Into::into),
            };
            return Ok(Some(Owner { employee, responsible }));
        }
    }
    Ok(None)
}
