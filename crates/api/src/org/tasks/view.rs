//! A task as it goes over the wire.

use chrono::{DateTime, Utc};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;
use wuye_domain::{
    access::{Actor, PostCode},
    org::tasks::{Task, TaskAction, whose_word},
    shared::EmployeeId,
};
use wuye_persistence::{
    Conn, Failure, files,
    org::{climbs, staff},
    trail::{self, TrailLine},
};

use super::super::common;
use crate::{files::FileView, late, org::approver::DecisionView, terms::Terms};

/// A task in a list.
#[derive(Serialize, ToSchema)]
pub struct TaskView {
    #[serde(flatten)]
    pub(super) task: Task,
    /// The post in which the assignee has it.
    pub(super) assignee_post: PostCode,
    /// Past its date and not reported done.
    pub(super) overdue: bool,
    /// Reported done after its date.
    pub(super) done_late: bool,
    /// The caller has it, or acts for whoever has it.
    mine: bool,
    /// The posts that were told that it is late, in the order in which they heard; none while the assignee alone was
    /// reminded.
    pub(super) escalated_to: Vec<PostCode>,
    pub(super) assignee_name: Option<String>,
    pub(super) given_by_name: Option<String>,
    pub(super) given_for_name: Option<String>,
    pub(super) reported_by_name: Option<String>,
}

impl TaskView {
    /// For ETag.
    pub fn version(&self) -> i32 {
        self.task.version
    }

    /// Its id.
    pub fn id(&self) -> Uuid {
        self.task.id.0
    }

    /// Of a page of tasks, as this actor sees them.
    pub async fn of(
        conn: &mut Conn,
        actor: &Actor,
        tasks: Vec<Task>,
        now: DateTime<Utc>,
    ) -> Result<Vec<Self>, Failure> {
        let people = tasks.iter().flat_map(|task| {
            let (giver, assignee) = (Some(task.given_by), Some(task.assignee_id));
            [giver, task.given_for, assignee, task.reported_by]
        });
        let names = common::names(conn, people.map(|person| person.map(Uuid::from))).await?;
        let name = |person: Option<EmployeeId>| person.and_then(|id| names.get(&id.0).cloned());
        let told = climbs::told(conn, tasks.iter().map(|task| task.id.0)).await?;
        Ok(tasks
            .into_iter()
            .map(|task| Self {
                assignee_post: task.responsible.post,
                overdue: task.overdue(now),
                done_late: task.done_late(),
                mine: task.hand(actor).is_some(),
                escalated_to: told.of(task.id, task.due_at),
                assignee_name: name(Some(task.assignee_id)),
                given_by_name: name(Some(task.given_by)),
                given_for_name: name(task.given_for),
                reported_by_name: name(task.reported_by),
                task,
            })
            .collect())
    }
}

/// A task with everything that hangs on it.
#[derive(Serialize, ToSchema)]
pub struct TaskDetail {
    #[serde(flatten)]
    task: TaskView,
    /// What the caller may do with it now.
    actions: Vec<TaskAction>,
    /// Who speaks the giver's word on it now, and why; none where nobody does.
    givers: Option<DecisionView>,
    /// What was given along, and the evidence.
    files: Vec<FileView>,
    /// What devices sent too late to be applied.
    late_notes: Vec<TrailLine>,
}

impl TaskDetail {
    /// For ETag.
    pub fn version(&self) -> i32 {
        self.task.version()
    }

    /// Reads everything for a caller who may read the task.
    pub async fn load(conn: &mut Conn, actor: &Actor, task: Task, now: DateTime<Utc>) -> Result<Self, Failure> {
        let zone = Terms::of(conn, task.estate_id).await?.zone;
        let data = staff::load(conn, task.estate_id, now).await?;
        let word = whose_word(&task, &data.staff(), zone).ok();
        let has_word = word
            .as_ref()
            .zip(actor.employee)
            .is_some_and(|(found, person)| found.as_decider(person).is_some());
        let has_hand = task.hand(actor).is_some();
        let allowed = |action: &&TaskAction| {
            let theirs = if action.is_the_assignees() { has_hand } else { has_word };
            theirs && action.states().contains(&task.state)
        };
        Ok(Self {
            actions: TaskAction::ALL.iter().filter(allowed).copied().collect(),
            givers: match &word {
                Some(found) => Some(DecisionView::of(conn, found).await?),
                None => None,
            },
            files: files::attached(conn, &[task.subject()])
                .await?
                .into_iter()
                .map(FileView::from)
                .collect(),
            late_notes: late::notes(trail::history(conn, task.subject()).await?),
            task: TaskView::of(conn, actor, vec![task], now).await?.remove(0),
        })
    }
}
