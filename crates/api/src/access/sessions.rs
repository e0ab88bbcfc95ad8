//! One's own sessions: where one is logged in, and how to end one of them from elsewhere.

use actix_web::{delete, get, web};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;
use wuye_domain::{
    access::need,
    shared::{Problem, SubjectKind, TrailEntry},
};
use wuye_persistence::accounts::{self, Session};

use crate::{Answer, ApiResult, App, Command, Guard, NoBody};

/// A session, and whether it is the one that asks.
#[derive(Serialize, ToSchema)]
pub struct SessionView {
    #[serde(flatten)]
    session: Session,
    /// It is this one.
    current: bool,
}

/// One's own sessions
#[utoipa::path(tag = "self", operation_id = "list_own_sessions",
    responses((status = 200, description = "Living sessions, the last used first", body = Vec<SessionView>)),
    extensions(("x-permission" = json!("self.manage")), ("x-clauses" = json!(["DER-COMPUTER-2"]))))]
#[get("/me/sessions")]
pub async fn list_own_sessions(guard: Guard<need::SelfManage>, app: web::Data<App>) -> ApiResult<Vec<SessionView>> {
    let found = accounts::sessions_of(&mut *app.conn().await?, guard.actor.account, app.now()).await?;
    let views = found.into_iter().map(|session| SessionView {
        current: guard.session == Some(session.id),
        session,
    });
    Answer::ok(&views.collect())
}

/// End one of one's own sessions
///
/// It cannot be refreshed any more, and its access token ends at once. The other sessions go on, the caller's too: their
/// access tokens are of an older epoch now and are refreshed.
#[utoipa::path(tag = "self", operation_id = "end_own_session", params(("id" = Uuid, Path)),
    responses((status = 204, description = "Ended")),
    extensions(("x-permission" = json!("self.manage")), ("x-clauses" = json!(["DER-COMPUTER-2"]))))]
#[delete("/me/sessions/{id}")]
pub async fn end_own_session(
    guard: Guard<need::SelfManage>,
    id: web::Path<Uuid>,
    command: Command<NoBody>,
    app: web::Data<App>,
) -> ApiResult<()> {
    let mut work = app.begin(&guard, &command).await?;
    let now = work.now;
    let own = accounts::sessions_of(&mut work, guard.actor.account, now).await?;
    if !own.iter().any(|session| session.id == *id) {
        return Err(Problem::not_found().into());
    }
    accounts::end_family(&mut work, *id, "ended from elsewhere", now).await?;
    super::login::end_access(&mut work, guard.actor.account).await?;
    work.record(
        TrailEntry::new(SubjectKind::Account, guard.actor.account, "session_ended").clauses(&["DER-COMPUTER-2"]),
    );
    work.commit_with(Answer::empty()).await
}
