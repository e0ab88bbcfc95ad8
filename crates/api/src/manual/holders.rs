//! Who holds the posts that a clause binds, on a day.

use chrono::NaiveDate;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;
use wuye_domain::{
    access::PostCode,
    shared::{EstateId, period::Span, zone},
};
use wuye_persistence::{
    Conn, Failure, estates,
    org::{
        acting::{self, ActingRow},
        assignments::{self, Assignment},
        posts,
    },
};

use crate::org::common;

/// Somebody whom a clause binds.
#[derive(Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct BoundPerson {
    /// The post that the clause names.
    post: PostCode,
    /// The post held: another one where that carries the role, or covers the post while it is vacant.
    through: PostCode,
    /// Who.
    employee_id: Uuid,
    /// Their name.
    name: String,
    /// In this estate; absent for company-wide posts.
    estate_id: Option<Uuid>,
    /// As a stand-in, not in their own right.
    acting: bool,
    /// For whom they act; absent where the post is vacant.
    acting_for: Option<String>,
}

/// Who holds these posts in an estate (`None`: anywhere) or in the company on a day, with those who act for them.
///
/// # Errors
/// As the database says.
pub(super) async fn of(
    conn: &mut Conn,
    estate: Option<EstateId>,
    bound: &[PostCode],
    on: NaiveDate,
) -> Result<Vec<BoundPerson>, Failure> {
    if bound.is_empty() {
        return Ok(Vec::new());
    }
    let holders = assignments::on(conn, estate, on).await?;
    let day = day(conn, estate, on).await?;
    let acting = acting::confirmed(conn, estate, day).await?;
    let covers = posts::covers(conn, on).await?;
    let people = holders.iter().map(|row| Some(row.employee_id));
    let stand_ins = acting.iter().flat_map(|row| [Some(row.stand_in_id), row.principal_id]);
    let names = common::names(conn, people.chain(stand_ins)).await?;
    let name = |id: Uuid| names.get(&id).cloned().unwrap_or_default();
    let mut all = Vec::new();
    for post in bound {
        for through in seats(*post, &holders, &acting, &covers) {
            let in_post = holders.iter().filter(|row| row.post == through.code());
            all.extend(in_post.map(|row| BoundPerson {
                post: *post,
                through,
                employee_id: row.employee_id,
                name: name(row.employee_id),
                estate_id: row.estate_id,
                acting: false,
                acting_for: None,
            }));
            let standing_in = acting.iter().filter(|row| row.post == through.code());
            all.extend(standing_in.map(|row| BoundPerson {
                post: *post,
                through,
                employee_id: row.stand_in_id,
                name: name(row.stand_in_id),
                estate_id: row.estate_id,
                acting: true,
                acting_for: row.principal_id.map(name),
            }));
        }
    }
    Ok(all)
}

/// The posts whose holders are meant: the post itself where somebody is in it, otherwise those that carry or cover it.
fn seats(
    post: PostCode,
    holders: &[Assignment],
    acting: &[ActingRow],
    covers: &[(PostCode, PostCode)],
) -> Vec<PostCode> {
    let code = post.code();
    if holders.iter().any(|row| row.post == code) || acting.iter().any(|row| row.post == code) {
        return vec![post];
    }
    covers.iter().filter(|(of, _)| *of == post).map(|(_, by)| *by).collect()
}

/// The day from its first instant to its last, by the estate's clock.
async fn day(conn: &Conn, estate: Option<EstateId>, on: NaiveDate) -> Result<Span, Failure> {
    let zone = match estate {
        Some(estate) => zone::zone(&estates::find(conn, estate).await?.time_zone),
        None => zone::DEFAULT_ZONE,
    };
    Ok(Span {
        from: zone::start_of(on, zone),
        until: zone::start_of(on.succ_opt().unwrap_or(on), zone),
    })
}
