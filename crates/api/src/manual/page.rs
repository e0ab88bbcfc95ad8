//! The page of a clause: its words on a day, whom it binds then, and what of the product serves it.

use actix_web::{get, web};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use wuye_domain::{
    access::{PostCode, need},
    manual::{ChapterCode, Sight, chapter},
    shared::EstateId,
};
use wuye_persistence::{
    Conn, Failure,
    manual::clauses::{self, ClauseInForce, ClauseText},
    org::posts,
};

use super::{
    Serving, ServingOperation,
    chapters::ChapterView,
    holders::{self, BoundPerson},
};
use crate::{
    Answer, ApiResult, App, Guard, ListQuery,
    org::common,
    reactions::{self, ClauseDuties},
};

/// Which day, and whose people.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ClauseDay {
    /// The day; today when absent. Another day than today is for heads and above.
    on: Option<NaiveDate>,
    /// The estate whose people are shown; one's own when absent.
    estate_id: Option<EstateId>,
}

/// A clause with everything the product knows of it.
#[derive(Debug, Serialize, ToSchema)]
pub struct ClausePage {
    #[serde(flatten)]
    clause: ClauseInForce,
    /// The day it is shown for.
    on: NaiveDate,
    /// The chapter it stands in.
    stands_in: ChapterView,
    /// Who holds the posts it binds on that day.
    bound: Vec<BoundPerson>,
    /// How many people it binds, where it binds the whole staff.
    staff: Option<i64>,
    /// What it makes fall due and how well that was kept; absent for whoever sees no duties.
    duties: Option<ClauseDuties>,
    /// The operations that serve it.
    operations: Vec<ServingOperation>,
    /// Every text it has had or will have; for those who may read them.
    texts: Vec<ClauseText>,
}

impl ClausePage {
    async fn of(
        conn: &mut Conn,
        sight: &Sight,
        clause: ClauseInForce,
        (on, estate): (NaiveDate, Option<EstateId>),
        (duties, serving): (Option<ClauseDuties>, &Serving),
    ) -> Result<Self, Failure> {
        let row = &clause.clause;
        let chapter_code: ChapterCode = row.chapter.parse()?;
        let named = row.posts.iter().map(|code| code.parse());
        let named = named.collect::<Result<Vec<PostCode>, _>>()?;
        let staff = if row.everybody {
            Some(posts::people(conn, estate, on).await?)
        } else {
            None
        };
        let texts = match sight {
            Sight::Whole => clauses::texts_of(conn, &row.id).await?,
            Sight::Posts(_) => Vec::new(),
        };
        Ok(Self {
            on,
            stands_in: chapter(chapter_code).into(),
            bound: holders::of(conn, estate, &named, on).await?,
            staff,
            duties,
            operations: serving.operations(&row.id).to_vec(),
            texts,
            clause,
        })
    }
}

/// Read a clause of the manual
///
/// The text in force on a day, its chapter, the posts it binds and who holds them then, the record it leaves, what it makes
/// fall due and how well that was kept in the year, and the operations of the product that serve it.
#[utoipa::path(tag = "manual", operation_id = "get_manual_clause", params(("id" = String, Path, description = "E.g. `POS-RECEPT-07a`"), ClauseDay),
    responses((status = 200, description = "The clause", body = ClausePage)),
    extensions(("x-permission" = json!("manual.read")), ("x-clauses" = json!(["PREF-1", "PREF-3", "REV-1", "PROC-DEPMGR-1", "PROC-DEPMGR-2", "PROC-DEPMGR-3", "PROC-ASSTMGR-1", "PROC-ASSTMGR-2", "PROC-ASSTMGR-3", "PROC-GUARDCAPT-1", "PROC-GUARDCAPT-2", "PROC-GUARDCAPT-3", "PROC-PUBSUP-1", "PROC-PUBSUP-2", "PROC-PUBSUP-3", "PROC-FINSUP-1", "PROC-FINSUP-2", "PROC-FINSUP-3", "PROC-GUARDLEAD-1", "PROC-GUARDLEAD-2", "PROC-GUARDLEAD-3", "PROC-GUARD-1", "PROC-GUARD-2", "PROC-GUARD-3", "PROC-RECEPT-1", "PROC-RECEPT-2", "PROC-RECEPT-3", "PROC-RENOADM-1", "PROC-RENOADM-2", "PROC-RENOADM-3", "PROC-CLEANLEAD-1", "PROC-CLEANLEAD-2", "PROC-CLEANLEAD-3", "PROC-TECH-1", "PROC-TECH-2", "PROC-TECH-3"]))))]
#[get("/manual/clauses/{id}")]
pub async fn get_manual_clause(
    guard: Guard<need::ManualRead>,
    id: web::Path<String>,
    list: ListQuery<ClauseDay>,
    app: web::Data<App>,
) -> ApiResult<ClausePage> {
    let estate = match list.filter.estate_id {
        // Of the company: the people of all its estates.
        None if guard.scope.company() => None,
        named => Some(guard.estate(named)?),
    };
    let sight = Sight::of(&guard.actor, &guard.scope);
    let mut conn = app.conn().await?;
    let on = sight.day(list.filter.on, common::today(&mut conn, estate, app.now()).await?)?;
    let clause = clauses::find(&mut conn, &sight, &id, on).await?;
    let duties = reactions::clause_kept(&mut conn, &guard.actor, estate, &clause.clause.id, on, app.now()).await?;
    let serving = &app.shared.contract.serving;
    Answer::ok(&ClausePage::of(&mut conn, &sight, clause, (on, estate), (duties, serving)).await?)
}
