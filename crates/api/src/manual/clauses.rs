//! The clauses as a list, and as a file.

use actix_web::{get, web};
use wuye_domain::{
    access::need,
    manual::{Capability, ChapterCode, ClauseFilter, ClauseOrigin, Frequency, Sight, SoftwareCan, chapter},
    shared::{ListRequest, Page, Text},
};
use wuye_persistence::{
    Failure, Rows,
    manual::clauses::{self, ClauseInForce},
};

use crate::{
    ApiResult, App, Guard, ListParams, ListQuery,
    list::NoSort,
    org::{
        common,
        named::{self, Named},
    },
    tables::{Cell, export_operation, tabular},
};

/// List the clauses of the manual
///
/// In the order of the book, as they stand on a day. All staff read the general rules and what concerns their own post,
/// superiors also the posts below them, heads of departments and above everything and the texts of any day.
#[utoipa::path(tag = "manual", operation_id = "list_manual_clauses", params(ListParams, ClauseFilter),
    responses((status = 200, description = "The clauses", body = Page<ClauseInForce>)),
    extensions(("x-permission" = json!("manual.read")), ("x-clauses" = json!(["PREF-1", "PREF-3", "REV-1"]))))]
#[get("/manual/clauses")]
pub async fn list_manual_clauses(
    guard: Guard<need::ManualRead>,
    list: ListQuery<ClauseFilter>,
    app: web::Data<App>,
) -> ApiResult<Page<ClauseInForce>> {
    list.page(page(&app, &guard, &list.filter, &list.request).await?)
}

/// A page of clauses, for the list and for its file.
async fn page(
    app: &App,
    guard: &Guard<need::ManualRead>,
    filter: &ClauseFilter,
    request: &ListRequest<NoSort>,
) -> Result<Rows<ClauseInForce>, Failure> {
    let sight = Sight::of(&guard.actor, &guard.scope);
    let mut conn = app.conn().await?;
    let today = common::today(&mut conn, guard.actor.home_estate(), app.now()).await?;
    let on = sight.day(filter.on, today)?;
    clauses::list(&mut conn, &sight, filter, on, &request.unsorted()).await
}

tabular!(Named<ClauseInForce>, "手册条款" / "clauses of the manual" {
    "条款" / "Clause" => |it| (&it.row.clause.id).into(),
    "章节" / "Chapter" => |it| Cell::word(&it.row.clause.chapter, |code: ChapterCode| chapter(code).title.clone()),
    "序号" / "No." => |it| (&it.row.clause.no).into(),
    "岗位" / "Posts" => |it| bound(it),
    "要求" / "What it asks" => |it| both(&it.row.text.text_zh, &it.row.text.text_en),
    "频次" / "How often" => |it| Cell::word(&it.row.clause.frequency, Frequency::title),
    "时限" / "By when" => |it| either(&it.row.text.due_zh, &it.row.text.due_en),
    "报送或审批" / "To whom" => |it| either(&it.row.text.to_zh, &it.row.text.to_en),
    "记录" / "Record" => |it| either(&it.row.text.record_zh, &it.row.text.record_en),
    "能力" / "Served by" => |it| Cell::word(&it.row.clause.capability, Capability::title),
    "办理方式" / "How far" => |it| Cell::word(&it.row.clause.can, SoftwareCan::title),
    "来源" / "Origin" => |it| Cell::word(&it.row.clause.origin, ClauseOrigin::title),
    "依据" / "Basis" => |it| it.row.clause.basis.as_ref().into(),
    "生效日" / "In force from" => |it| it.row.text.valid_from.into(),
});

fn bound(line: &Named<ClauseInForce>) -> Cell {
    if line.row.clause.everybody {
        return Text::new("全体员工", "all staff").into();
    }
    line.posts(&line.row.clause.posts)
}

fn both(zh: &str, en: &str) -> Cell {
    Cell::Words(Text::of(zh.to_owned(), en.to_owned()))
}

fn either(zh: &Option<String>, en: &Option<String>) -> Cell {
    match (zh, en) {
        (Some(zh), Some(en)) => both(zh, en),
        (one, other) => one.as_ref().or(other.as_ref()).into(),
    }
}

export_operation! {
    /// The clauses of the manual as a file
    export_manual_clauses "export_manual_clauses" at "/manual/clauses/export" in "manual",
    needs: ManualRead "manual.read",
    clauses: ["PREF-1", "PREF-3", "REV-1"],
    query: ClauseFilter, NoSort,
    rows: named::listed, page,
}
