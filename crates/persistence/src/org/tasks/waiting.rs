//! What of the tasks waits for whom: to do, to take as done, late below.

use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use wuye_domain::{
    access::{Actor, Permission, Scope},
    org::tasks::{Task, whose_word},
    shared::{EmployeeId, SubjectKind},
};

use super::{
    rows::Row,
    sight::{had, visible},
    unfinished::{self, WITH_ASSIGNEE},
};
use crate::{
    Conn, Failure, has_climbed_to, none,
    org::{climbs, staff::Staffs},
    pile,
    schema::tasks,
    workbench::{Pile, Waiting, WorkKind},
};

macro_rules! columns {
    () => {
        (
            tasks::id,
            tasks::no.nullable(),
            tasks::title,
            tasks::estate_id.nullable(),
            tasks::due_at.nullable(),
            tasks::issued_at,
            tasks::priority.nullable(),
            tasks::state.nullable(),
            none!(Uuid),
            none!(Text),
        )
    };
}

/// Every task that waits for this actor.
///
/// # Errors
/// As the database says.
pub async fn waiting(conn: &mut Conn, actor: &Actor, staffs: &mut Staffs) -> Result<Vec<Pile>, Failure> {
    let mut piles = Vec::new();
    if let Ok(scope) = actor.scope(Permission::TaskDo) {
        let to_do = tasks::table
            .filter(unfinished::tasks())
            .filter(tasks::state.eq_any(WITH_ASSIGNEE))
            .filter(had(&scope));
        piles.push(pile!(conn, MyTasks, Task, to_do, by: (tasks::due_at, tasks::id), columns!()));
    }
    if let (Ok(scope), Some(me)) = (actor.scope(Permission::TaskGive), actor.employee) {
        piles.push(reported(conn, &scope, me, staffs).await?);
        let posts = climbs::posts(actor);
        let late = tasks::table
            .filter(unfinished::tasks())
            .filter(visible(&scope))
            .filter(tasks::state.eq_any(WITH_ASSIGNEE).and(tasks::due_at.lt(staffs.now())))
            .filter(has_climbed_to!(tasks, tasks::due_at, posts));
        piles.push(pile!(conn, OverdueTasks, Task, late, by: (tasks::due_at, tasks::id), columns!()));
    }
    Ok(piles)
}

/// Reported done and waiting for this person's word, by the rule that will be asked when they give it.
async fn reported(conn: &mut Conn, scope: &Scope, me: EmployeeId, staffs: &mut Staffs) -> Result<Pile, Failure> {
    let rows: Vec<Row> = tasks::table
        .filter(unfinished::tasks())
        .filter(tasks::state.eq("reported_done"))
        .filter(visible(scope))
        .order((tasks::due_at, tasks::id))
        .select(Row::as_select())
        .load(conn)
        .await?;
    let mut items = Vec::new();
    for row in rows {
        let task = Task::try_from(row)?;
        let data = staffs.of(conn, task.estate_id).await?;
        if whose_word(&task, &data.staff(), data.zone).is_ok_and(|found| found.as_decider(me).is_some()) {
            items.push(item(task));
        }
    }
    Ok(Pile::of(WorkKind::TasksToClose, SubjectKind::Task, items))
}

fn item(task: Task) -> Waiting {
    Waiting {
        id: task.id.0,
        no: Some(task.no),
        title: task.title,
        estate_id: Some(task.estate_id.0),
        due_at: Some(task.due_at),
        since: task.moved_at,
        urgency: Some(task.priority.code().to_owned()),
        state: Some(task.state.code().to_owned()),
        house_id: None,
        place: None,
    }
}
