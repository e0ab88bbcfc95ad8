//! One's own account.

use actix_web::{HttpRequest, get, http::StatusCode, post, web};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;
use validator::Validate;
use wuye_domain::{
    access::{Actor, ActorKind, Permission, PostCode, need},
    shared::{EmployeeId, Problem, SubjectKind, Text, TrailEntry},
};
use wuye_persistence::{
    Conn, Failure,
    accounts::{self, Account},
    estates, org,
};

use crate::{Answer, ApiResult, App, Command, Guard, password};

/// Who is logged in.
#[derive(Serialize, ToSchema)]
pub struct Me {
    account_id: Uuid,
    username: String,
    display_name: String,
    employee: Option<Person>,
    /// Estates one works in; all of them for company-wide posts.
    estates: Vec<NamedEstate>,
    /// Posts held now, acting ones included.
    posts: Vec<MyPost>,
    /// What one may do, as permission codes.
    permissions: Vec<Permission>,
    is_administrator: bool,
    must_change_password: bool,
    /// One-time codes are asked for at login.
    totp_enabled: bool,
    /// The setting asks for one-time codes and they are not set up yet.
    totp_enrolment_required: bool,
}

/// A person by name.
#[derive(Serialize, ToSchema)]
pub struct Person {
    id: Uuid,
    name: String,
}

/// An estate by name.
#[derive(Serialize, ToSchema)]
pub struct NamedEstate {
    id: Uuid,
    code: String,
    name: String,
    time_zone: String,
}

/// A post one holds.
#[derive(Serialize, ToSchema)]
pub struct MyPost {
    assignment_id: Uuid,
    post: PostCode,
    title_zh: String,
    title_en: String,
    estate_id: Option<Uuid>,
    /// Posts above, superior first.
    line: Vec<PostCode>,
    acting_for: Option<Person>,
    until: Option<DateTime<Utc>>,
}

impl Me {
    /// Of `account`, acting as `actor`; `enrol` as [`enrolment_required`](super::login::enrolment_required) says.
    ///
    /// # Errors
    /// As the database says.
    pub(super) async fn of(conn: &mut Conn, actor: &Actor, account: &Account, enrol: bool) -> Result<Self, Failure> {
        let titles = org::post_titles(conn).await?;
        let mut people: Vec<_> = actor.posts.iter().filter_map(|held| held.acting_for).collect();
        people.extend(actor.employee);
        let names = org::names(conn, &people).await?;
        let person = |id: EmployeeId| Person {
            id: id.0,
            name: names.get(&id).cloned().unwrap_or_default(),
        };
        let company = actor.posts.iter().any(|held| held.estate.is_none()) || actor.is_administrator();
        let mut own: Vec<Uuid> = actor
            .posts
            .iter()
            .filter_map(|held| held.estate.map(|id| id.0))
            .collect();
        if let ActorKind::Service { estates, .. } = &actor.kind {
            own.extend(estates.iter().map(|id| id.0));
        }
        let estates = estates::all(conn).await?;
        Ok(Self {
            account_id: account.id,
            username: account.username.clone(),
            display_name: account.display_name.clone(),
            employee: actor.employee.map(person),
            estates: estates
                .into_iter()
                .filter(|estate| company || own.contains(&estate.id))
                .map(|estate| NamedEstate {
                    id: estate.id,
                    code: estate.code,
                    name: estate.name,
                    time_zone: estate.time_zone,
                })
                .collect(),
            posts: actor
                .posts
                .iter()
                .map(|held| {
                    let (title_zh, title_en) = titles.get(&held.post).cloned().unwrap_or_default();
                    MyPost {
                        assignment_id: held.assignment.0,
                        post: held.post,
                        title_zh,
                        title_en,
                        estate_id: held.estate.map(|id| id.0),
                        line: held.above.clone(),
                        acting_for: held.acting_for.map(person),
                        until: held.until,
                    }
                })
                .collect(),
            permissions: actor.permissions().into_iter().collect(),
            is_administrator: account.is_administrator,
            must_change_password: account.must_change_password,
            totp_enabled: account.totp_confirmed_at.is_some(),
            totp_enrolment_required: enrol,
        })
    }
}

/// Who am I
#[utoipa::path(tag = "self", operation_id = "get_me", responses((status = 200, description = "The caller", body = Me)),
    extensions(("x-permission" = json!("self.read")), ("x-clauses" = json!(["DER-COMPUTER-2"]))))]
#[get("/me")]
pub async fn get_me(guard: Guard<need::SelfRead>, app: web::Data<App>) -> ApiResult<Me> {
    let mut conn = app.conn().await?;
    let account = accounts::find(&mut conn, guard.actor.account).await?;
    let enrol = super::login::enrolment_required(&mut conn, &account, &guard.actor.posts).await?;
    Answer::ok(&Me::of(&mut conn, &guard.actor, &account, enrol).await?)
}

/// The password now and the one from now on.
#[derive(Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ChangePassword {
    /// The present password.
    #[validate(length(max = 256))]
    #[schema(max_length = 256)]
    current: String,
    /// The new one, 10 to 128 characters besides names and words that anybody would try; none of the most used ones.
    #[validate(length(max = 128))]
    #[schema(min_length = 10, max_length = 128)]
    new: String,
}

/// That it was done.
#[derive(Serialize, ToSchema)]
pub struct Done {
    /// Always true.
    pub done: bool,
}

/// Change one's own password
///
/// Ends every session, this one included: log in again with the new password.
#[utoipa::path(tag = "self", operation_id = "change_own_password", request_body = ChangePassword,
    responses((status = 200, description = "Changed", body = Done)),
    extensions(("x-permission" = json!("self.manage")), ("x-clauses" = json!(["DER-COMPUTER-2"]))))]
#[post("/me/password")]
pub async fn change_own_password(
    guard: Guard<need::SelfManage>,
    request: HttpRequest,
    command: Command<ChangePassword>,
    app: web::Data<App>,
) -> ApiResult<Done> {
    let given = &command.body.current;
    super::login::confirm_password(&request, &app, guard.actor.account, given, "/current").await?;
    let mut work = app.begin(&guard, &command).await?;
    let mut account = accounts::find(&mut work, guard.actor.account).await?;
    let ChangePassword { current, new } = command.body;
    let owner = [account.username.as_str(), account.display_name.as_str()];
    password::check(&mut work, &new, &owner, "/new").await?;
    if new == current {
        return Err(Problem::field(
            "/new",
            "same",
            Text::new("新密码须与现密码不同", "must differ from the present one"),
        )
        .into());
    }
    account.password_hash = Some(password::hash(new).await?);
    account.must_change_password = false;
    account.updated_at = work.now;
    accounts::save(&mut work, &account, false).await?;
    super::login::end_everywhere(&mut work, guard.actor.account, "password changed").await?;
    work.record(TrailEntry::new(SubjectKind::Account, account.id, "password_changed").clauses(&["DER-COMPUTER-2"]));
    work.answer(StatusCode::OK, &Done { done: true }).await
}
