//! Tasks given by leaders (directive_tasks).

mod act;
mod candidates;
mod climb;
mod give;
mod judge;
mod read;
mod statistics;
mod view;

use wuye_domain::{org::tasks::Task, shared::Transition};
use wuye_persistence::{Failure, org::tasks};

pub use climb::missed_deadlines;
pub use view::{TaskDetail, TaskView};

use crate::{Answer, ApiResult, Work, routes::Routes};

/// The routes of tasks.
pub fn configure(config: &mut Routes<'_>) {
    // Before the routes of single tasks, whose id would take the word.
    config
        .service(read::export_tasks)
        .service(statistics::get_task_statistics)
        .service(candidates::list_task_candidates)
        .service(read::list_tasks)
        .service(read::get_task)
        .service(give::give_task)
        .service(judge::change_task)
        .service(act::accept_task)
        .service(act::start_task)
        .service(act::report_task_done)
        .service(judge::return_task)
        .service(judge::close_task)
        .service(judge::cancel_task);
}

/// Stores a step.
async fn store(work: &mut Work, step: Transition<Task>) -> Result<Task, Failure> {
    let saved = tasks::save(work, &step.record).await?;
    work.record(step.entry);
    Ok(saved)
}

/// Stores a step and answers with the task after it.
async fn keep(mut work: Work, step: Transition<Task>) -> ApiResult<TaskView> {
    let saved = store(&mut work, step).await?;
    let view = view_of(&mut work, saved).await?;
    let answer = Answer::ok(&view)?.version(view.version());
    work.commit_with(answer).await
}

async fn view_of(work: &mut Work, task: Task) -> Result<TaskView, Failure> {
    let (actor, now) = (work.actor.clone(), work.now);
    Ok(TaskView::of(work, &actor, vec![task], now).await?.remove(0))
}
