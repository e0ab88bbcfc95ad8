//! Who stands in for whom by default (PROC-DEPMGR-5.9 and the like).

use actix_web::{get, http::StatusCode, post, web};
use chrono::NaiveDate;
use serde::Deserialize;
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;
use validator::Validate;
use wuye_domain::{
    access::{PostCode, need},
    shared::{ListRequest, Note, Page, Problem, ShortCode, SubjectKind, Text, TrailEntry},
};
use wuye_persistence::{
    Failure, Rows,
    org::pairs::{self, StandInPair},
};

use super::posts::post_id;
use crate::{ApiResult, App, Command, Guard, ListQuery, list::NoSort};

/// Which pairs.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct PairQuery {
    /// In force on this day; all when absent.
    on: Option<NaiveDate>,
}

/// List stand-in pairs
///
/// Leave of a post with a required pair is granted only when the acting is confirmed.
#[utoipa::path(tag = "org", operation_id = "list_stand_in_pairs", params(PairQuery),
    responses((status = 200, description = "The pairs", body = Page<StandInPair>)),
    extensions(("x-permission" = json!("acting.read")), ("x-clauses" = json!(["PROC-DEPMGR-5.9", "PROC-ASSTMGR-5.10", "PROC-GUARDCAPT-5.11", "PROC-PUBSUP-5.11", "PROC-GUARDLEAD-5.9", "PROC-RECEPT-5.11", "PROC-RENOADM-5.11", "PROC-CLEANLEAD-5.11", "PROC-TECH-5.11", "DER-FINSUP-8"]))))]
#[get("/stand-in-pairs")]
pub async fn list_stand_in_pairs(
    guard: Guard<need::ActingRead>,
    list: ListQuery<PairQuery>,
    app: web::Data<App>,
) -> ApiResult<Page<StandInPair>> {
    list.page(page(&app, &guard, &list.filter, &list.request).await?)
}

/// The pairs, for the list and for its file.
pub(super) async fn page(
    app: &App,
    _: &Guard<need::ActingRead>,
    filter: &PairQuery,
    _: &ListRequest<NoSort>,
) -> Result<Rows<StandInPair>, Failure> {
    Ok(Rows::whole(pairs::list(&mut *app.conn().await?, filter.on).await?))
}

/// Two posts to be a pair.
#[derive(Debug, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewPair {
    /// The post stood in for.
    principal_post: PostCode,
    /// The post that stands in.
    stand_in_post: PostCode,
    /// Whether leave of the principal waits for a confirmed stand-in.
    required: bool,
    /// The clause or order it rests on.
    basis_clause: ShortCode,
    /// First day.
    valid_from: NaiveDate,
}

/// Add a stand-in pair
#[utoipa::path(tag = "org", operation_id = "create_stand_in_pair", request_body = NewPair,
    responses((status = 201, description = "Added", body = StandInPair)),
    extensions(("x-permission" = json!("org.edit")), ("x-clauses" = json!(["DER-LABOUR-6"]))))]
#[post("/stand-in-pairs")]
pub async fn create_stand_in_pair(
    guard: Guard<need::OrgEdit>,
    command: Command<NewPair>,
    app: web::Data<App>,
) -> ApiResult<StandInPair> {
    let body = &command.body;
    let accounts = [PostCode::Finsup, PostCode::Acct];
    if accounts.contains(&body.principal_post) && body.stand_in_post == PostCode::Cashier {
        let words = Text::new("出纳不得代行会计职责", "the cashier never does the accounts");
        return Err(Problem::field("/stand_in_post", "segregation", words).into());
    }
    let mut work = app.begin(&guard, &command).await?;
    let known = pairs::list(&mut work, Some(body.valid_from)).await?;
    let rank = known
        .iter()
        .filter(|pair| pair.principal_post == body.principal_post.code())
        .count()
        + 1;
    let row = StandInPair {
        id: Uuid::now_v7(),
        principal_post: body.principal_post.code().to_owned(),
        stand_in_post: body.stand_in_post.code().to_owned(),
        required: body.required,
        rank: i32::try_from(rank).unwrap_or(i32::MAX),
        basis_clause: body.basis_clause.to_string(),
        valid_from: body.valid_from,
        valid_until: None,
        version: 1,
    };
    pairs::insert(&mut work, &row).await?;
    let changes = serde_json::json!({ "stand_in": [null, row.stand_in_post] });
    work.record(TrailEntry::new(SubjectKind::Post, post_id(body.principal_post), "pair_added").changes(changes));
    work.answer(StatusCode::CREATED, &row).await
}

/// The end of a pair.
#[derive(Debug, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct EndPair {
    /// First day on which it holds no longer.
    valid_until: NaiveDate,
    /// Why.
    reason: Note,
}

/// End a stand-in pair
#[utoipa::path(tag = "org", operation_id = "end_stand_in_pair", params(("id" = Uuid, Path)), request_body = EndPair,
    responses((status = 200, description = "With its end", body = StandInPair)),
    extensions(("x-permission" = json!("org.edit")), ("x-clauses" = json!(["DER-LABOUR-6"]))))]
#[post("/stand-in-pairs/{id}/end")]
pub async fn end_stand_in_pair(
    guard: Guard<need::OrgEdit>,
    id: web::Path<Uuid>,
    command: Command<EndPair>,
    app: web::Data<App>,
) -> ApiResult<StandInPair> {
    let mut work = app.begin(&guard, &command).await?;
    let mut row = pairs::find(&mut work, *id).await?;
    row.valid_until = Some(command.body.valid_until);
    pairs::save(&mut work, &mut row).await?;
    let post: PostCode = row.principal_post.parse().map_err(wuye_persistence::Failure::from)?;
    work.record(
        TrailEntry::new(SubjectKind::Post, post_id(post), "pair_ended")
            .reason(Some(command.body.reason.as_str()))
            .changes(serde_json::json!({ "stand_in": [row.stand_in_post, null] })),
    );
    work.answer(StatusCode::OK, &row).await
}
