//! Duties to read: the register, its file, one of them with what proves it.

use actix_web::{get, web};
use chrono::{DateTime, Utc};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;
use wuye_domain::{
    access::need,
    plans::obligations::{ObligationFilter, ObligationSort, ObligationStatus},
    shared::{ListRequest, Page, Subject, SubjectKind},
};
use wuye_persistence::{
    Conn, Failure, Rows, org,
    plans::{self, evidence, obligations, obligations::ObligationRow},
};

use super::view::ObligationView;
use crate::{
    Answer, ApiResult, App, Guard, ListParams, ListQuery,
    org::approver::{self, DecisionView},
    tables::{self, Cell, export_operation, tabular},
    terms::Terms,
};

crate::sort_key!(ObligationSort, DueAt, Descending);

/// List duties
#[utoipa::path(tag = "plans", operation_id = "list_obligations", params(ListParams, ObligationFilter),
    responses((status = 200, description = "A page of duties", body = Page<ObligationView>)),
    extensions(("x-permission" = json!("duty.read")), ("x-clauses" = json!([
        "POS-CSCMGR-09a", "PROC-DEPMGR-4.2", "PROC-ASSTMGR-4.2", "PROC-GUARDCAPT-4.2", "PROC-PUBSUP-4.2",
        "PROC-FINSUP-4.2", "PROC-GUARDLEAD-4.2", "DER-X-2"]))))]
#[get("/obligations")]
pub async fn list_obligations(
    guard: Guard<need::DutyRead>,
    list: ListQuery<ObligationFilter, ObligationSort>,
    app: web::Data<App>,
) -> ApiResult<Page<ObligationView>> {
    list.page(page(&app, &guard, &list.filter, &list.request).await?)
}

/// A page of duties, for the list and for its file.
pub(super) async fn page(
    app: &App,
    guard: &Guard<need::DutyRead>,
    filter: &ObligationFilter,
    request: &ListRequest<ObligationSort>,
) -> Result<Rows<ObligationView>, Failure> {
    let (mut conn, now) = (app.conn().await?, app.now());
    let rows = plans::list(&mut conn, &guard.scope, filter, now, request).await?;
    let (items, next, total) = (rows.items, rows.next, rows.total);
    Ok(Rows {
        items: ObligationView::of(&mut conn, items, now).await?,
        next,
        total,
    })
}

tabular!(ObligationView, "履职清单" / "duties" {
    "规则" / "Rule" => |it| (&it.obligation.rule).into(),
    "周期" / "Turn" => |it| (&it.obligation.turn).into(),
    "岗位" / "Post" => |it| it.obligation.post.code().into(),
    "承担人" / "Whose" => |it| it.employee_name.as_ref().into(),
    "期限" / "Due" => |it| Cell::Time(it.obligation.due_at),
    "状态" / "State" => |it| Cell::Words(it.obligation.status.title()),
    "完成时间" / "Done" => |it| it.obligation.done_at.into(),
    "凭证数" / "Evidence" => |it| Cell::Whole(it.obligation.found.into()),
    "应有凭证数" / "Needed" => |it| Cell::Whole(it.obligation.minimum.into()),
    "说明" / "Explanation" => |it| it.obligation.explanation.as_ref().into(),
    "上级意见" / "Decision" => |it| it.obligation.remark.as_ref().into(),
});

export_operation! {
    /// Duties as a file
    ///
    /// With a month as `due_from` and `due_until` it is the monthly extract of how duties were done.
    export_obligations "export_obligations" at "/obligations/export" in "plans",
    needs: DutyRead "duty.read",
    clauses: ["POS-CSCMGR-09a"],
    query: ObligationFilter, ObligationSort,
    rows: tables::listed, page,
}

/// A fact that was counted.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct EvidenceView {
    /// The record.
    subject: Subject,
    /// What was done to it.
    action: String,
    /// When it happened.
    occurred_at: DateTime<Utc>,
    /// When it was recorded.
    recorded_at: DateTime<Utc>,
    by_name: Option<String>,
    /// For whom it was done, when somebody acted.
    acting_for_name: Option<String>,
}

/// A duty with what proves it and who decides on it.
#[derive(Serialize, ToSchema)]
pub struct ObligationDetail {
    #[serde(flatten)]
    obligation: ObligationView,
    /// The facts counted, in the order in which they happened.
    facts: Vec<EvidenceView>,
    /// Who may waive it or confirm that it was missed; nobody while it was not missed.
    decided_by_whom: Option<DecisionView>,
}

/// Read a duty
#[utoipa::path(tag = "plans", operation_id = "get_obligation", params(("id" = Uuid, Path)),
    responses((status = 200, description = "The duty", body = ObligationDetail)),
    extensions(("x-permission" = json!("duty.read")), ("x-clauses" = json!(["POS-CSCMGR-09a"]))))]
#[get("/obligations/{id}")]
pub async fn get_obligation(
    guard: Guard<need::DutyRead>,
    id: web::Path<Uuid>,
    app: web::Data<App>,
) -> ApiResult<ObligationDetail> {
    let (mut conn, now) = (app.conn().await?, app.now());
    let row = obligations::find(&conn, &guard.scope, (*id).into()).await?;
    let detail = detail(&mut conn, row, now).await?;
    let version = detail.obligation.version;
    Ok(Answer::ok(&detail)?.version(version))
}

async fn detail(conn: &mut Conn, row: ObligationRow, now: DateTime<Utc>) -> Result<ObligationDetail, Failure> {
    let obligation = row.obligation()?;
    let decided_by_whom = match obligation.status {
        ObligationStatus::Missed | ObligationStatus::Explained => {
            let barred: Vec<_> = obligation.employee.into_iter().collect();
            let zone = Terms::of(conn, obligation.estate).await?.zone;
            match approver::ask(conn, &row.matter(zone, &barred, now)?, now).await? {
                Ok(resolution) => Some(DecisionView::of(conn, &resolution).await?),
                Err(_) => None,
            }
        }
        _ => None,
    };
    let facts = evidence::of(conn, row.id).await?;
    let people: Vec<_> = facts
        .iter()
        .flat_map(|fact| [fact.employee_id, fact.acting_for])
        .flatten()
        .map(Into::into)
        .collect();
    let names = org::names(conn, &people).await?;
    let name = |id: Option<Uuid>| id.and_then(|id| names.get(&id.into()).cloned());
    let facts = facts
        .into_iter()
        .map(|fact| {
            Ok(EvidenceView {
                subject: Subject::new(fact.subject_kind.parse::<SubjectKind>()?, fact.subject_id),
                by_name: name(fact.employee_id),
                acting_for_name: name(fact.acting_for),
                action: fact.action,
                occurred_at: fact.occurred_at,
                recorded_at: fact.recorded_at,
            })
        })
        .collect::<Result<_, Failure>>()?;
    Ok(ObligationDetail {
        obligation: ObligationView::of(conn, vec![row], now).await?.remove(0),
        facts,
        decided_by_whom,
    })
}
