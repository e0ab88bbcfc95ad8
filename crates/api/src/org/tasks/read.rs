//! The task register, and one task.

use actix_web::{get, web};
use uuid::Uuid;
use wuye_domain::{
    access::need,
    org::tasks::{CLAUSES, TaskFilter, TaskSort},
    shared::{ListRequest, Page},
};
use wuye_persistence::{Failure, Rows, org::tasks};

use super::{TaskDetail, TaskView};
use crate::{
    Answer, ApiResult, App, Guard, ListParams, ListQuery, sort_key,
    tables::{self, Cell, export_operation, tabular},
};

sort_key!(TaskSort, IssuedAt, Descending);

/// List tasks
///
/// The task register: what one has, gave, or has below on the line. `source_kind` and `source_id` give those that came out
/// of one record.
#[utoipa::path(tag = "org", operation_id = "list_tasks", params(ListParams, TaskFilter),
    responses((status = 200, description = "A page of tasks", body = Page<TaskView>)),
    extensions(("x-permission" = json!("task.read")), ("x-clauses" = json!(CLAUSES))))]
#[get("/tasks")]
pub async fn list_tasks(
    guard: Guard<need::TaskRead>,
    list: ListQuery<TaskFilter, TaskSort>,
    app: web::Data<App>,
) -> ApiResult<Page<TaskView>> {
    list.page(page(&app, &guard, &list.filter, &list.request).await?)
}

/// A page of tasks, for the list and for its file.
async fn page(
    app: &App,
    guard: &Guard<need::TaskRead>,
    filter: &TaskFilter,
    request: &ListRequest<TaskSort>,
) -> Result<Rows<TaskView>, Failure> {
    let (mut conn, now) = (app.conn().await?, app.now());
    let rows = tasks::list(&mut conn, &guard.scope, filter, now, request).await?;
    rows.then(async |tasks| TaskView::of(&mut conn, &guard.actor, tasks, now).await)
        .await
}

tabular!(TaskView, "交办任务" / "tasks" {
    "编号" / "Number" => |it| (&it.task.no).into(),
    "任务" / "Task" => |it| (&it.task.title).into(),
    "要求" / "Detail" => |it| it.task.detail.as_ref().into(),
    "优先级" / "Priority" => |it| Cell::Words(it.task.priority.title()),
    "来源" / "Source" => |it| Cell::Words(it.task.source.title()),
    "状态" / "State" => |it| Cell::Words(it.task.state.title()),
    "交办人" / "Given by" => |it| it.given_by_name.as_ref().into(),
    "代谁交办" / "For" => |it| it.given_for_name.as_ref().into(),
    "交办岗位" / "Giver's post" => |it| Cell::Words(it.task.given_post.title()),
    "依据" / "By right of" => |it| Cell::Words(it.task.given_right.title()),
    "承办人" / "Assignee" => |it| it.assignee_name.as_ref().into(),
    "承办岗位" / "Assignee's post" => |it| Cell::Words(it.assignee_post.title()),
    "交办时间" / "Given" => |it| Cell::Time(it.task.issued_at),
    "完成时限" / "Due" => |it| Cell::Time(it.task.due_at),
    "逾期" / "Overdue" => |it| Cell::YesNo(it.overdue),
    "完成情况" / "Result" => |it| it.task.result.as_ref().into(),
    "报完成时间" / "Reported done" => |it| it.task.reported_at.into(),
    "报告人" / "Reported by" => |it| it.reported_by_name.as_ref().into(),
    "超时完成" / "Done late" => |it| Cell::YesNo(it.done_late),
    "退回次数" / "Returned" => |it| Cell::Whole(it.task.returned_count.into()),
    "交办人意见" / "Giver's last word" => |it| it.task.last_word.as_ref().into(),
    "办结时间" / "Ended" => |it| it.task.ended_at.into(),
});

export_operation! {
    /// Tasks as a file
    ///
    /// The task register.
    export_tasks "export_tasks" at "/tasks/export" in "org",
    needs: TaskRead "task.read",
    clauses: CLAUSES,
    query: TaskFilter, TaskSort,
    rows: tables::listed, page,
}

/// Read a task
///
/// With what the caller may do with it, whose word it waits for, and its files.
#[utoipa::path(tag = "org", operation_id = "get_task", params(("id" = Uuid, Path)),
    responses((status = 200, description = "The task", body = TaskDetail)),
    extensions(("x-permission" = json!("task.read")), ("x-clauses" = json!(CLAUSES))))]
#[get("/tasks/{id}")]
pub async fn get_task(guard: Guard<need::TaskRead>, id: web::Path<Uuid>, app: web::Data<App>) -> ApiResult<TaskDetail> {
    let mut conn = app.conn().await?;
    let task = tasks::find(&mut conn, &guard.scope, (*id).into()).await?;
    let detail = TaskDetail::load(&mut conn, &guard.actor, task, app.now()).await?;
    Ok(Answer::ok(&detail)?.version(detail.version()))
}
