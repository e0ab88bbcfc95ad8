//! The job behind an import: a set of rows per transaction, so that it can stop anywhere and go on.

use std::collections::HashMap;

use serde_json::Value;
use uuid::Uuid;
use wuye_domain::{
    access::{Actor, ActorKind, Permission, PostCode},
    estate::{
        ImportRunId, StructureChange,
        import::{Headers, ImportKind, ImportRun, ImportState},
    },
    shared::AccountId,
};
use wuye_persistence::{
    Failure,
    estate::{
        import::{self as rows, Outcome, Taker},
        structure_changes,
    },
    trail,
};

use crate::{App, Work, estate::today};

/// Rows per transaction.
const SET: i64 = 2_000;

/// How far this worker has come in a run: what it must remember from one set to the next.
#[derive(Default)]
struct Course {
    /// Rows looked at.
    done: i32,
    /// The last of them, by its number in the file.
    last: i32,
    /// In which row each thing stood first.
    seen: HashMap<String, i32>,
}

/// Checks or runs the import that `payload` names, until it is over.
///
/// # Errors
/// `Unavailable` when the database went away: the job is tried again and goes on. Anything else is noted at the run.
pub async fn run(app: &App, payload: &Value) -> Result<(), Failure> {
    let id: Uuid = payload["run"]
        .as_str()
        .and_then(|id| id.parse().ok())
        .unwrap_or_default();
    let id = ImportRunId(id);
    let mut course = Course::default();
    loop {
        match step(app, id, &mut course).await {
            Ok(true) => {}
            Ok(false) => return Ok(()),
            Err(failure @ Failure::Unavailable(_)) => return Err(failure),
            Err(failure) => return broken_off(app, id, failure).await,
        }
    }
}

/// One set of rows; whether there is more to do.
async fn step(app: &App, id: ImportRunId, course: &mut Course) -> Result<bool, Failure> {
    let mut work = app.begin_as(crate::jobs::system(), Permission::ImportRun).await?;
    let mut run = rows::lock(&mut work, id).await?;
    let Some(write) = run.work() else { return Ok(false) };
    if matches!(run.state, ImportState::Uploaded | ImportState::Queued) {
        begin(&mut work, &mut run, write).await?;
    }
    if run.done_rows != course.done {
        catch_up(&mut work, &mut run, write, course).await?;
    }
    let set = rows::rows(&mut work, id, course.last, SET).await?;
    if set.is_empty() {
        finish(&mut work, &mut run, write).await?;
        rows::save(&mut work, &run).await?;
        work.commit().await?;
        return Ok(false);
    }
    let key = app.digest_key();
    let now = work.now;
    let mut taker = Taker {
        headers: Headers::find(run.kind, &run.headers)?,
        key: &key,
        write,
        now,
        today: today(&mut work, run.estate_id, now).await?,
        seen: std::mem::take(&mut course.seen),
        run: &run,
    };
    let outcome = rows::take(&mut work, &mut taker, &set).await?;
    course.seen = taker.seen;
    note(&mut work, &run, &outcome).await?;
    run.done_rows += i32::try_from(set.len()).map_err(Failure::internal)?;
    run.added += outcome.added;
    run.changed += outcome.changed;
    run.unchanged += outcome.unchanged;
    run.rejected += outcome.rejected;
    rows::save(&mut work, &run).await?;
    work.commit().await?;
    course.done = run.done_rows;
    course.last = set.last().map_or(course.last, |(row_no, _)| *row_no);
    Ok(true)
}

/// Another worker came so far and stopped. A check is cheap and begins anew; a run goes on, once it knows again what stood in
/// the rows before.
async fn catch_up(work: &mut Work, run: &mut ImportRun, write: bool, course: &mut Course) -> Result<(), Failure> {
    *course = Course::default();
    if !write {
        run.restart();
        return rows::clear_errors(work, run.id).await;
    }
    let headers = Headers::find(run.kind, &run.headers)?;
    while course.done < run.done_rows {
        let set = rows::rows(
            work,
            run.id,
            course.last,
            SET.min(i64::from(run.done_rows - course.done)),
        )
        .await?;
        let Some((last, _)) = set.last() else { break };
        course.last = *last;
        course.done += i32::try_from(set.len()).map_err(Failure::internal)?;
        rows::remember(run.kind, &headers, &set, &mut course.seen);
    }
    Ok(())
}

async fn begin(work: &mut Work, run: &mut ImportRun, write: bool) -> Result<(), Failure> {
    run.state = if write {
        ImportState::Running
    } else {
        ImportState::Checking
    };
    run.started_at = Some(work.now);
    if run.done_rows == 0 {
        // The errors of the check are found again.
        rows::clear_errors(work, run.id).await?;
    }
    Ok(())
}

async fn finish(work: &mut Work, run: &mut ImportRun, write: bool) -> Result<(), Failure> {
    run.finished_at = Some(work.now);
    run.version += 1;
    if !write {
        run.state = ImportState::Ready;
        return Ok(());
    }
    run.state = ImportState::Done;
    rows::clear(work, run.id).await?;
    if run.kind == ImportKind::Houses && run.added > 0 {
        let title = format!("导入 {}（新增{}套）", run.file_name, run.added);
        let change = StructureChange::of_import(run.estate_id, run.id, title, run.created_by, work.now);
        structure_changes::insert(work, &change).await?;
    }
    let now = work.now;
    trail::append(work, &on_behalf(run), capacity(run), now, &[run.finished()]).await
}

/// The trail of a set: written as the person who started the import, without a live message for every row.
async fn note(work: &mut Work, run: &ImportRun, outcome: &Outcome) -> Result<(), Failure> {
    let now = work.now;
    trail::append_many(work, &on_behalf(run), capacity(run), now, &outcome.entries).await
}

fn on_behalf(run: &ImportRun) -> Actor {
    Actor {
        account: AccountId(run.account_id),
        employee: run.created_by,
        kind: ActorKind::System,
        posts: Vec::new(),
    }
}

fn capacity(run: &ImportRun) -> trail::Capacity {
    trail::Capacity {
        post: run.post.as_deref().and_then(|post| post.parse::<PostCode>().ok()),
        acting_for: None,
    }
}

/// Notes why it broke off; what was written stays, and starting again goes on.
async fn broken_off(app: &App, id: ImportRunId, failure: Failure) -> Result<(), Failure> {
    tracing::error!(run = %id, %failure, "an import broke off");
    let mut work = app.begin_as(crate::jobs::system(), Permission::ImportRun).await?;
    let mut run = rows::lock(&mut work, id).await?;
    if run.work() == Some(false) {
        // A check has written nothing: starting the run begins with the first row.
        run.restart();
    }
    run.state = ImportState::Failed;
    run.failure = Some(match failure {
        Failure::Problem(problem) => problem.detail.zh.into_owned(),
        _ => "系统内部错误，已写入的行保留，可再次开始。".to_owned(),
    });
    run.finished_at = Some(work.now);
    rows::save(&mut work, &run).await?;
    work.commit().await
}
