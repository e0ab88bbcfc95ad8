//! Posts, and how many people hold them: fills the blank of ORG-N2.

use actix_web::{get, http::StatusCode, patch, post, web};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;
use validator::Validate;
use wuye_domain::{
    access::{PostCode, need},
    org::headcount::Headcount,
    shared::{EstateId, ListRequest, Name, Note, Page, Problem, SubjectKind, Text, TrailEntry},
};
use wuye_persistence::{
    Conn, Failure, Rows, expect_version,
    org::posts::{self, Post},
};

use super::common;
use crate::{Answer, ApiResult, App, Command, Guard, ListQuery, list::NoSort};

/// A post with the people it has and should have.
#[derive(Debug, Serialize, ToSchema)]
pub struct PostView {
    #[serde(flatten)]
    pub(super) post: Post,
    /// People on the day.
    pub(super) headcount: Headcount,
    /// Posts that carry this role (物管员: RECEPT, RENOADM).
    pub(super) carried_by: Vec<PostCode>,
    /// Posts that answer for it while it is vacant.
    pub(super) covered_by: Vec<PostCode>,
}

/// Where and when.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct PostFilter {
    /// Count the people of this estate; of all in scope when absent.
    estate_id: Option<EstateId>,
    /// On this day; today when absent.
    on: Option<NaiveDate>,
}

async fn views(conn: &mut Conn, estate: Option<EstateId>, on: NaiveDate) -> Result<Vec<PostView>, Failure> {
    let counts = posts::headcounts(conn, estate, on).await?;
    let covers = posts::covers(conn, on).await?;
    let by = |code: &str| -> Vec<PostCode> {
        let of_post = covers.iter().filter(|(vacant, _)| vacant.code() == code);
        of_post.map(|(_, by)| *by).collect()
    };
    let of = |code: &str| {
        let found = counts
            .iter()
            .find(|(post, _)| post == code)
            .map_or(0, |(_, count)| *count);
        i32::try_from(found).unwrap_or(i32::MAX)
    };
    let all = posts::all(conn).await?;
    Ok(all
        .into_iter()
        .map(|post| PostView {
            headcount: Headcount::of(post.establishment_count, of(&post.code)),
            carried_by: if post.is_role_tag { by(&post.code) } else { Vec::new() },
            covered_by: by(&post.code),
            post,
        })
        .collect())
}

/// List posts
///
/// Every post with its establishment, the people it has on the day, and who covers it while it is vacant.
#[utoipa::path(tag = "org", operation_id = "list_posts", params(PostFilter),
    responses((status = 200, description = "The posts", body = Page<PostView>)),
    extensions(("x-permission" = json!("org.read")), ("x-clauses" = json!(["ORG-1", "ORG-2", "ORG-8", "ORG-9", "ORG-10", "ORG-11", "ORG-12", "ORG-N2"]))))]
#[get("/posts")]
pub async fn list_posts(
    guard: Guard<need::OrgRead>,
    list: ListQuery<PostFilter>,
    app: web::Data<App>,
) -> ApiResult<Page<PostView>> {
    list.page(page(&app, &guard, &list.filter, &list.request).await?)
}

/// The posts, for the list and for its file.
pub(super) async fn page(
    app: &App,
    guard: &Guard<need::OrgRead>,
    filter: &PostFilter,
    _: &ListRequest<NoSort>,
) -> Result<Rows<PostView>, Failure> {
    let estate = filter.estate_id.map(|id| guard.estate(Some(id))).transpose()?;
    let estate = if guard.scope.company() {
        estate
    } else {
        estate.or_else(|| guard.actor.home_estate())
    };
    let mut conn = app.conn().await?;
    let on = match filter.on {
        Some(on) => on,
        None => common::today(&mut conn, estate, app.now()).await?,
    };
    Ok(Rows::whole(views(&mut conn, estate, on).await?))
}

/// What changes about a post.
#[derive(Debug, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ChangePost {
    /// Title in Chinese.
    title_zh: Option<Name>,
    /// Title in English.
    title_en: Option<Name>,
    /// Other titles; replaces the list.
    #[validate(length(max = 20))]
    #[schema(max_items = 20)]
    aliases: Option<Vec<Name>>,
    /// People it should have in each centre.
    #[validate(range(min = 0, max = 10000))]
    #[schema(minimum = 0, maximum = 10000)]
    establishment_count: Option<i32>,
    /// Its holders log in with a one-time code, where the setting asks for codes.
    requires_totp: Option<bool>,
    /// First day it exists.
    active_from: Option<NaiveDate>,
    /// First day it exists no longer.
    active_until: Option<NaiveDate>,
}

/// Change a post
///
/// Sets its establishment, titles, the days it exists and whether its holders log in with a one-time code; headcount
/// follows at once.
#[utoipa::path(tag = "org", operation_id = "change_post", params(("code" = PostCode, Path)), request_body = ChangePost,
    responses((status = 200, description = "Changed", body = Post)),
    extensions(("x-permission" = json!("org.edit")), ("x-clauses" = json!(["ORG-N2", "DER-COMPUTER-2"]))))]
#[patch("/posts/{code}")]
pub async fn change_post(
    guard: Guard<need::OrgEdit>,
    code: web::Path<String>,
    command: Command<ChangePost>,
    app: web::Data<App>,
) -> ApiResult<Post> {
    let expected = command.expected_version()?;
    // Read here, not by the router: who may not change posts is not told which there are.
    let code: PostCode = code.parse().map_err(|_| Problem::not_found())?;
    let mut work = app.begin(&guard, &command).await?;
    let mut row = posts::find(&mut work, code).await?;
    expect_version(row.version, expected)?;
    let before = serde_json::to_value(&row).map_err(Failure::internal)?;
    let body = command.body;
    row.title_zh = body.title_zh.map_or(row.title_zh, Into::into);
    row.title_en = body.title_en.map_or(row.title_en, Into::into);
    row.aliases = body
        .aliases
        .map_or(row.aliases, |all| all.into_iter().map(Into::into).collect());
    row.establishment_count = body.establishment_count.or(row.establishment_count);
    row.requires_totp = body.requires_totp.unwrap_or(row.requires_totp);
    row.active_from = body.active_from.or(row.active_from);
    row.active_until = body.active_until.or(row.active_until);
    posts::save(&mut work, &mut row).await?;
    let entry = TrailEntry::new(SubjectKind::Post, post_id(code), "changed")
        .changes(serde_json::json!({ "post": [before, row] }))
        .clauses(&["ORG-N2"]);
    work.record(entry);
    let version = row.version;
    work.commit_with(Answer::of(StatusCode::OK, &row)?.version(version))
        .await
}

/// Who covers a post from a day on.
#[derive(Debug, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CoverPost {
    /// The posts, the first one first; none when nobody covers it any more.
    #[validate(length(max = 6))]
    #[schema(max_items = 6)]
    posts: Vec<PostCode>,
    /// From this day; not a past one.
    valid_from: NaiveDate,
    /// Why.
    reason: Note,
}

/// Set who covers a post
///
/// While nobody holds it, its matters go to these posts; a role (物管员, 文档员) is carried by them at all times.
#[utoipa::path(tag = "org", operation_id = "cover_post", params(("code" = PostCode, Path)), request_body = CoverPost,
    responses((status = 200, description = "The covers from that day on", body = Vec<PostCode>)),
    extensions(("x-permission" = json!("org.edit")), ("x-clauses" = json!(["ORG-2", "ORG-6", "ORG-7", "ORG-11", "ORG-12"]))))]
#[post("/posts/{code}/cover")]
pub async fn cover_post(
    guard: Guard<need::OrgEdit>,
    code: web::Path<String>,
    command: Command<CoverPost>,
    app: web::Data<App>,
) -> ApiResult<Vec<PostCode>> {
    let code: PostCode = code.parse().map_err(|_| Problem::not_found())?;
    let mut work = app.begin(&guard, &command).await?;
    let CoverPost {
        posts: by,
        valid_from,
        reason,
    } = &command.body;
    let now = work.now;
    let today = common::today(&mut work, None, now).await?;
    if *valid_from < today {
        return Err(Problem::field(
            "/valid_from",
            "past",
            Text::new("不能早于今天", "must not lie before today"),
        )
        .into());
    }
    for (at, post) in by.iter().enumerate() {
        let row = posts::find(&mut work, *post).await?;
        if *post == code || row.is_role_tag || row.is_external {
            let words = Text::new(
                "须由另一个有人任职的岗位覆盖，不能是自身、角色或外部单位",
                "another post that people hold covers it: not itself, no role and no outside body",
            );
            return Err(Problem::field(format!("/posts/{at}"), "cannot_cover", words).into());
        }
    }
    let before = posts::covers(&mut work, *valid_from).await?;
    let before: Vec<PostCode> = before.iter().filter(|(of, _)| *of == code).map(|(_, by)| *by).collect();
    posts::set_covers(&mut work, code, by, *valid_from).await?;
    let entry = TrailEntry::new(SubjectKind::Post, post_id(code), "covered")
        .reason(Some(reason.as_str()))
        .changes(serde_json::json!({ "covered_by": [before, by], "from": [null, valid_from] }));
    work.record(entry);
    work.answer(StatusCode::OK, by).await
}

/// Posts are known by code; on the trail, which points by id, a code stands as the bytes of its letters.
#[must_use]
pub fn post_id(code: PostCode) -> Uuid {
    let mut bytes = [0; 16];
    for (to, from) in bytes.iter_mut().zip(code.code().bytes()) {
        *to = from;
    }
    Uuid::from_bytes(bytes)
}
