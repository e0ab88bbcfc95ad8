//! Giving a task.

use actix_web::{http::StatusCode, post, web};
use wuye_domain::{
    access::{Deed, need},
    org::tasks::{self as rules, CLAUSES, NewTask},
};
use wuye_persistence::{files, numbers, org::tasks};

use super::{TaskView, candidates::Ground, view_of};
use crate::{Answer, ApiResult, App, Command, Guard, reactions, terms::Terms};

/// Give a task
///
/// To somebody below on the line or along a functional edge, as the tree is today; the assistant, with an entrusted duty, to
/// anybody of the estate; the deputy manager to the assistant.
#[utoipa::path(tag = "org", operation_id = "give_task", request_body = NewTask,
    responses((status = 201, description = "Given", body = TaskView)),
    extensions(("x-permission" = json!("task.give")), ("x-clauses" = json!(CLAUSES))))]
#[post("/tasks")]
pub async fn give_task(
    guard: Guard<need::TaskGive>,
    command: Command<NewTask>,
    app: web::Data<App>,
) -> ApiResult<TaskView> {
    let new = &command.body;
    let (person, estate) = (guard.person()?, guard.estate(new.estate_id)?);
    let mut work = app.begin(&guard, &command).await?;
    let now = work.now;
    if let Some(source) = new.source_ref {
        reactions::must_be_readable(&mut work, &guard.actor, source, "/source_ref").await?;
    }
    let ground = Ground::load(&mut work, estate, now).await?;
    let (to, authority) = ground.choose(person, new)?;
    work.decides_as(&authority.by);
    // The rules first, so that a refusal takes no number.
    let deed = Deed::now(&guard.actor, now);
    let mut step = rules::give(new, &authority, &to, estate, String::new(), &deed)?;
    let today = Terms::of(&work, estate).await?.date(now);
    step.record.no = numbers::next(&mut work, estate, "RW", today).await?;
    tasks::insert(&mut work, &step.record).await?;
    let subject = step.record.subject();
    files::attach(
        &mut work,
        subject,
        &new.file_ids,
        "instruction",
        guard.actor.employee,
        now,
    )
    .await?;
    work.record(step.entry);
    let view = view_of(&mut work, step.record).await?;
    let answer = Answer::of(StatusCode::CREATED, &view)?.version(view.version());
    work.commit_with(answer.location(format!("/api/v1/tasks/{}", view.id())))
        .await
}
