//! A person's own morning: what to report, and what to hear.

use actix_web::{get, web};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use wuye_domain::{access::need, plans::briefings::CLAUSES, shared::EstateId};
use wuye_persistence::{org::staff::Staffs, plans::briefings};

use super::{
    make, prepare,
    view::{BriefingDetail, BriefingView},
};
use crate::{Answer, ApiResult, App, Guard, ListQuery, terms::Terms};

/// Where.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct MorningQuery {
    /// The estate; the only one the caller works in when absent.
    estate_id: Option<EstateId>,
}

/// The caller's morning.
#[derive(Serialize, ToSchema)]
pub struct MyBriefings {
    /// Today.
    date: NaiveDate,
    /// Whether the caller may begin a briefing that nobody prepared.
    may_begin: bool,
    /// What the caller reports today, in person or acting for somebody.
    to_give: Vec<BriefingDetail>,
    /// What the caller hears today, in the order in which it is due; and what was reported in the last days and nobody has
    /// heard.
    to_hear: Vec<BriefingView>,
}

/// My briefings of today
///
/// Prepared from the records of the day before; whoever looks first in the morning has them prepared.
#[utoipa::path(tag = "plans", operation_id = "get_my_briefings", params(MorningQuery),
    responses((status = 200, description = "To give and to hear", body = MyBriefings)),
    extensions(("x-permission" = json!("briefing.read")), ("x-clauses" = json!(CLAUSES))))]
#[get("/me/briefings")]
pub async fn get_my_briefings(
    guard: Guard<need::BriefingRead>,
    list: ListQuery<MorningQuery>,
    app: web::Data<App>,
) -> ApiResult<MyBriefings> {
    let estate = guard.estate(list.filter.estate_id)?;
    prepare::ensure(&app, estate).await?;
    let (mut conn, now) = (app.conn().await?, app.now());
    let terms = Terms::of(&conn, estate).await?;
    let (date, actor) = (terms.date(now), &guard.actor);
    let mine = briefings::mine(&mut conn, actor, &guard.scope, estate, date, &mut Staffs::at(now)).await?;
    let may_begin = mine.to_give.is_empty() && make::line(&mut conn, actor, estate, date, None).await?.is_some();
    let mut to_give = Vec::new();
    for briefing in mine.to_give {
        to_give.push(BriefingDetail::load(&mut conn, actor, briefing, &terms, now).await?);
    }
    let to_hear = BriefingView::of(&mut conn, actor, mine.to_hear, now).await?;
    Answer::ok(&MyBriefings {
        date,
        may_begin,
        to_give,
        to_hear,
    })
}
