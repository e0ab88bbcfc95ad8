//! The first login: there is no default password, the first administrator sets one with the code on the console.

use actix_web::{get, http::StatusCode, post, web};
use serde::{Deserialize, Serialize};
use subtle::ConstantTimeEq;
use utoipa::ToSchema;
use uuid::Uuid;
use validator::Validate;
use wuye_domain::{
    access::{Actor, ActorKind, Permission},
    shared::{AccountId, Name, Problem, ProblemCode, ShortCode, SubjectKind, Text, TrailEntry, Username},
};
use wuye_persistence::{
    Conn, Failure,
    accounts::{self, Account},
    estates::{self, Estate},
    secrets,
};

use super::{cookie, me::Done};
use crate::{Answer, ApiResult, App, Command, password};

const SECRET: &str = "setup_code";

/// A code for the address of a public page: ten letters and digits that nobody guesses.
///
/// # Errors
/// `Internal` when there is no randomness.
pub fn public_code() -> Result<String, Failure> {
    let (secret, _) = cookie::fresh_secret("")?;
    let code: String = secret.chars().filter(char::is_ascii_alphanumeric).take(10).collect();
    Ok(code.to_lowercase())
}

/// Whether nobody can log in yet.
///
/// # Errors
/// As the database says.
pub async fn setup_needed(conn: &mut Conn) -> Result<bool, Failure> {
    accounts::none_can_log_in(conn).await
}

/// A fresh setup code in place of the last one; printed on the console and kept hashed.
///
/// # Errors
/// As the database says.
pub async fn new_setup_code(conn: &mut Conn, now: chrono::DateTime<chrono::Utc>) -> Result<String, Failure> {
    let (secret, _) = cookie::fresh_secret("")?;
    let code: String = secret
        .chars()
        .filter(char::is_ascii_alphanumeric)
        .take(16)
        .collect::<String>()
        .to_uppercase();
    secrets::replace(conn, SECRET, &cookie::hash(&code), now).await?;
    Ok(code)
}

/// Whether setting up is still to be done.
#[derive(Serialize, ToSchema)]
pub struct Setup {
    /// True until the first administrator has a password.
    needed: bool,
}

/// Is the product set up
#[utoipa::path(tag = "auth", operation_id = "get_setup", responses((status = 200, description = "Whether setting up is needed", body = Setup)),
    extensions(("x-permission" = json!("public")), ("x-clauses" = json!([]))))]
#[get("/auth/setup")]
pub async fn get_setup(app: web::Data<App>) -> ApiResult<Setup> {
    Answer::ok(&Setup {
        needed: setup_needed(&mut *app.conn().await?).await?,
    })
}

/// The first administrator and the first estate.
#[derive(Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CompleteSetup {
    /// The code that the server printed when it started.
    code: ShortCode,
    /// Login name of the administrator.
    username: Username,
    /// Password, 10 to 128 characters besides names and words that anybody would try; none of the most used ones.
    #[validate(length(max = 128))]
    #[schema(min_length = 10, max_length = 128)]
    password: String,
    /// Name of the first estate.
    estate_name: Name,
}

/// Set up
///
/// Makes the administrator and the first estate. Works once, with the code printed on the console.
#[utoipa::path(tag = "auth", operation_id = "complete_setup", request_body = CompleteSetup,
    responses((status = 201, description = "Set up: log in now", body = Done), (status = 401, description = "The code is not right", body = wuye_domain::shared::ProblemDocument, content_type = "application/problem+json")),
    extensions(("x-permission" = json!("public")), ("x-clauses" = json!([]))))]
#[post("/auth/setup")]
pub async fn complete_setup(command: Command<CompleteSetup>, app: web::Data<App>) -> ApiResult<Done> {
    let CompleteSetup {
        code,
        username,
        password,
        estate_name,
    } = command.body;
    let id = Uuid::now_v7();
    let actor = Actor {
        account: AccountId(id),
        employee: None,
        kind: ActorKind::System,
        posts: Vec::new(),
    };
    let mut work = app.begin_as(actor, Permission::AccountManage).await?;
    // Locks the code, so that two set-ups at once cannot both find it.
    let known = secrets::lock(&mut work, SECRET).await?;
    if !setup_needed(&mut work).await? {
        return Err(Problem::new(
            ProblemCode::AlreadyDone,
            Text::new(
                "系统已完成初始设置，请直接登录。",
                "The product is set up already: log in.",
            ),
        )
        .into());
    }
    let given = cookie::hash(&code.to_uppercase());
    if !known.is_some_and(|known| bool::from(known.ct_eq(&given))) {
        return Err(Problem::new(
            ProblemCode::InvalidCredentials,
            Text::new(
                "设置码不正确。设置码在服务启动时显示在控制台。",
                "The setup code is not right. The server printed it on its console when it started.",
            ),
        )
        .into());
    }
    password::check(&mut work, &password, &[&*username, &*estate_name], "/password").await?;
    let now = work.now;
    let account = Account::person(
        id,
        &username.to_lowercase(),
        &username,
        password::hash(password).await?,
        now,
    )
    .administrator();
    accounts::insert(&mut work, &account).await?;
    if estates::all(&mut work).await?.is_empty() {
        let estate = Estate::new("E1", &estate_name, &public_code()?, now);
        crate::estates::found(&mut work, &estate).await?;
    }
    work.record(TrailEntry::new(SubjectKind::Account, id, "set_up").clauses(&["DER-COMPUTER-2"]));
    work.answer(StatusCode::CREATED, &Done { done: true }).await
}
