//! The way of a task: the assignee takes it on, does it and reports it done; whoever gave it closes or returns it.

use chrono::{DateTime, Utc};
use serde::Deserialize;
use serde_json::{Map, Value, json};
use utoipa::ToSchema;
use validator::Validate;

use super::{Authority, NewTask, Task, TaskAction, TaskId, TaskPriority, TaskState};
use crate::access::Deed;
use crate::org::Responsible;
use crate::org::superior::{Decider, Holder};
use crate::shared::{EstateId, FileId, LongText, Name, Note, Problem, ProblemCode, Text, TrailEntry, Transition};

/// What came of a task.
#[derive(Clone, Debug, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct ReportDone {
    /// What was done and what came of it.
    pub result: LongText,
    /// Photos and papers that show it, uploaded before.
    #[serde(default)]
    #[validate(length(max = 9))]
    #[schema(max_items = 9)]
    pub file_ids: Vec<FileId>,
    /// When it was done, if not now; at most 31 days back.
    #[serde(default)]
    pub occurred_at: Option<DateTime<Utc>>,
}

/// Why a task comes back.
#[derive(Clone, Debug, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct ReturnTask {
    /// What is missing.
    pub reason: Note,
    /// Another date for the rest of it; the old one stays when absent.
    #[serde(default)]
    pub due_at: Option<DateTime<Utc>>,
}

/// What of a task changes; fields left out stay as they are.
#[derive(Clone, Debug, Default, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct ChangeTask {
    /// What is to be done, in one line.
    #[serde(default)]
    pub title: Option<Name>,
    /// And in full.
    #[serde(default)]
    pub detail: Option<LongText>,
    /// Until when; still to come. Not once it is reported done: the date it is judged by stands.
    #[serde(default)]
    pub due_at: Option<DateTime<Utc>>,
    /// How urgent it is.
    #[serde(default)]
    pub priority: Option<TaskPriority>,
    /// Why.
    #[serde(default)]
    pub reason: Option<Note>,
}

/// Gives a task.
///
/// # Errors
/// `validation_failed` on `/due_at` for a date that has passed.
pub fn give(
    new: &NewTask,
    authority: &Authority,
    to: &Holder,
    estate: EstateId,
    no: String,
    deed: &Deed<'_>,
) -> Result<Transition<Task>, Problem> {
    must_be_to_come(new.due_at, deed)?;
    let record = Task {
        id: TaskId::generate(),
        estate_id: estate,
        no,
        title: new.title.as_str().to_owned(),
        detail: new.detail.as_ref().map(|text| text.as_str().to_owned()),
        priority: new.priority,
        source: new.source,
        source_ref: new.source_ref,
        state: TaskState::Issued,
        given_by: authority.by.employee,
        given_for: authority.by.acting_for,
        given_right: authority.right,
        given_post: authority.by.post,
        given_assignment: authority.by.assignment,
        assignee_id: to.employee,
        responsible: Responsible {
            post: to.post,
            assignment: Some(to.assignment),
            squad: to.squad,
            area: to.area,
        },
        issued_at: deed.now,
        due_at: new.due_at,
        moved_at: deed.now,
        result: None,
        reported_at: None,
        reported_by: None,
        returned_count: 0,
        last_word: None,
        ended_at: None,
        version: 1,
        updated_at: deed.now,
    };
    let entry = record
        .entry("task_given")
        .states(None, record.state.code())
        .changes(record.given());
    Ok(Transition { record, entry })
}

fn must_be_to_come(due_at: DateTime<Utc>, deed: &Deed<'_>) -> Result<(), Problem> {
    if due_at > deed.now {
        return Ok(());
    }
    Err(Problem::field(
        "/due_at",
        "in_the_past",
        Text::new("完成时限须晚于现在", "the date must be still to come"),
    ))
}

/// The assignee, or who acts for them in that post.
fn must_have(task: &Task, deed: &Deed<'_>) -> Result<Decider, Problem> {
    task.hand(deed.actor).ok_or_else(|| {
        Problem::forbidden(&Text::new(
            "任务承办人本人或其代职人",
            "whoever has the task, or acts for them",
        ))
    })
}

/// The resolver has said whose word it is; what was done is never judged by who did it, however they came to the chair.
fn must_not_have_done(task: &Task, by: &Decider) -> Result<(), Problem> {
    let barred = task.barred();
    if barred.contains(&by.employee) || by.acting_for.is_some_and(|principal| barred.contains(&principal)) {
        return Err(Problem::new(
            ProblemCode::SelfApproval,
            Text::new(
                "承办人不能确认、退回或撤销自己的任务，由交办人或其上级办理。",
                "Nobody closes, returns or cancels a task they have or did themselves; the giver does, or who stands above.",
            ),
        ));
    }
    Ok(())
}

/// The task one step further, for a rule to fill in. No step was taken before the one it follows.
fn moved(task: &Task, to: TaskState, deed: &Deed<'_>) -> Task {
    Task {
        state: to,
        moved_at: deed.at.max(task.moved_at),
        updated_at: deed.now,
        ..task.clone()
    }
}

/// The step as it is stored, with its line for the trail.
fn stepped(record: Task, action: &'static str, before: TaskState) -> Transition<Task> {
    let happened = (record.moved_at != record.updated_at).then_some(record.moved_at);
    let entry = record.step(action, before).occurred_at(happened);
    Transition { record, entry }
}

/// The assignee takes it on.
///
/// # Errors
/// `forbidden` for anybody else; `wrong_state`.
pub fn accept(task: &Task, deed: &Deed<'_>) -> Result<Transition<Task>, Problem> {
    must_have(task, deed)?;
    task.gate(TaskAction::Accept)?;
    let record = moved(task, TaskState::Accepted, deed);
    Ok(stepped(record, "task_accepted", task.state))
}

/// The assignee begins, or goes on with what came back.
///
/// # Errors
/// `forbidden` for anybody else; `wrong_state`.
pub fn start(task: &Task, deed: &Deed<'_>) -> Result<Transition<Task>, Problem> {
    must_have(task, deed)?;
    task.gate(TaskAction::Start)?;
    let record = moved(task, TaskState::InProgress, deed);
    Ok(stepped(record, "task_started", task.state))
}

/// The assignee says that it is done. In time or late is told by when it was done, not by when it was keyed in.
///
/// # Errors
/// `forbidden` for anybody else; `wrong_state`.
pub fn report_done(task: &Task, report: &ReportDone, deed: &Deed<'_>) -> Result<Transition<Task>, Problem> {
    let by = must_have(task, deed)?;
    task.gate(TaskAction::ReportDone)?;
    let mut record = moved(task, TaskState::ReportedDone, deed);
    record.result = Some(report.result.as_str().to_owned());
    record.reported_at = Some(record.moved_at);
    record.reported_by = Some(by.employee);
    let mut step = stepped(record, "task_reported_done", task.state);
    step.entry = step.entry.changes(json!({
        "result": [task.result, step.record.result],
        "due_at": task.due_at,
        "late": step.record.done_late(),
        "files": report.file_ids.len(),
    }));
    Ok(step)
}

/// The giver takes it as done.
///
/// # Errors
/// `self_approval` for who has or did it; `wrong_state`.
pub fn close(task: &Task, note: Option<&Note>, by: &Decider, deed: &Deed<'_>) -> Result<Transition<Task>, Problem> {
    must_not_have_done(task, by)?;
    task.gate(TaskAction::Close)?;
    let mut record = moved(task, TaskState::Closed, deed);
    record.last_word = note.map(|note| note.as_str().to_owned());
    record.ended_at = Some(deed.now);
    let mut step = stepped(record, "task_closed", task.state);
    step.entry = step.entry.reason(note.map(|note| note.as_str()));
    Ok(step)
}

/// The giver returns it, with what is missing; the assignee goes on.
///
/// # Errors
/// `self_approval` for who has or did it; `wrong_state`; `validation_failed` on `/due_at` for a date that has passed.
pub fn return_to_work(
    task: &Task,
    back: &ReturnTask,
    by: &Decider,
    deed: &Deed<'_>,
) -> Result<Transition<Task>, Problem> {
    must_not_have_done(task, by)?;
    task.gate(TaskAction::Return)?;
    if let Some(due_at) = back.due_at {
        must_be_to_come(due_at, deed)?;
    }
    let mut record = moved(task, TaskState::Returned, deed);
    record.due_at = back.due_at.unwrap_or(task.due_at);
    (record.reported_at, record.reported_by) = (None, None);
    record.returned_count += 1;
    record.last_word = Some(back.reason.as_str().to_owned());
    let due_at = record.due_at;
    let mut step = stepped(record, "task_returned", task.state);
    step.entry = step.entry.reason(Some(back.reason.as_str())).changes(json!({
        "reported_at": [task.reported_at, null],
        "due_at": [task.due_at, due_at],
    }));
    Ok(step)
}

/// The giver gives it up.
///
/// # Errors
/// `self_approval` for who has it; `wrong_state`.
pub fn cancel(task: &Task, reason: &Note, by: &Decider, deed: &Deed<'_>) -> Result<Transition<Task>, Problem> {
    must_not_have_done(task, by)?;
    task.gate(TaskAction::Cancel)?;
    let mut record = moved(task, TaskState::Cancelled, deed);
    record.last_word = Some(reason.as_str().to_owned());
    record.ended_at = Some(deed.now);
    let mut step = stepped(record, "task_cancelled", task.state);
    step.entry = step.entry.reason(Some(reason.as_str()));
    Ok(step)
}

/// The giver corrects its words, date or priority before it ends. A new date begins a climb of its own.
///
/// # Errors
/// `self_approval` for who has it; `wrong_state`; `validation_failed` on `/due_at` for a date that has passed, or once it is
/// reported done.
pub fn change(task: &Task, change: &ChangeTask, by: &Decider, deed: &Deed<'_>) -> Result<Transition<Task>, Problem> {
    must_not_have_done(task, by)?;
    task.gate(TaskAction::Change)?;
    let mut record = Task {
        updated_at: deed.now,
        ..task.clone()
    };
    if let Some(due_at) = change.due_at.filter(|due_at| *due_at != task.due_at) {
        if task.state == TaskState::ReportedDone {
            return Err(Problem::field(
                "/due_at",
                "reported_done",
                Text::new(
                    "已报完成，时限不再变更；如需续办，请退回并另定时限",
                    "it is reported done, so the date stands; return it with another date to have it gone on with",
                ),
            ));
        }
        must_be_to_come(due_at, deed)?;
        record.due_at = due_at;
    }
    if let Some(title) = &change.title {
        record.title = title.as_str().to_owned();
    }
    if let Some(detail) = &change.detail {
        record.detail = Some(detail.as_str().to_owned());
    }
    record.priority = change.priority.unwrap_or(task.priority);
    let changes = differences(task, &record);
    let entry = record
        .step("task_changed", task.state)
        .reason(change.reason.as_ref().map(|reason| reason.as_str()))
        .changes(changes);
    Ok(Transition { record, entry })
}

fn differences(before: &Task, after: &Task) -> Value {
    let fields = [
        ("title", json!(before.title), json!(after.title)),
        ("detail", json!(before.detail), json!(after.detail)),
        ("due_at", json!(before.due_at), json!(after.due_at)),
        ("priority", json!(before.priority), json!(after.priority)),
    ];
    let changed = fields.into_iter().filter(|(_, before, after)| before != after);
    let changed: Map<String, Value> = changed
        .map(|(field, before, after)| (field.to_owned(), json!([before, after])))
        .collect();
    Value::Object(changed)
}

/// Keeps what a device sent too late for the task as it stands now: shown beside it, nothing changed by it.
#[must_use]
pub fn late_note(task: &Task, action: TaskAction, text: Option<&str>, deed: &Deed<'_>) -> TrailEntry {
    task.step("late_note", task.state)
        .reason(text)
        .changes(json!({ "attempted": action }))
        .occurred_at(deed.occurred_at())
}
