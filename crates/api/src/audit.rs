//! The audit: the whole trail of the caller's estates, on the screen and as a file.

use actix_web::{get, web};
use chrono::{DateTime, TimeDelta, Utc};
use serde::Deserialize;
use serde_json::Value;
use utoipa::IntoParams;
use wuye_domain::{
    access::need,
    shared::{EmployeeId, ListRequest, Page, SortOrder, SubjectKind, Text, deed, period::Span},
};
use wuye_persistence::{
    Failure, Rows,
    trail::{self, TrailLine},
};

use crate::{
    ApiResult, App, Guard, ListParams, ListQuery,
    list::NoSort,
    routes::Routes,
    tables::{self, Cell, export_operation, tabular},
};

/// The routes of this file.
pub fn configure(config: &mut Routes<'_>) {
    config.service(list_audit).service(export_audit);
}

/// Which lines of the audit.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct AuditFilter {
    /// Only this kind of record.
    kind: Option<SubjectKind>,
    /// Only what this person did.
    employee_id: Option<EmployeeId>,
    /// Recorded at this instant or later.
    from: Option<DateTime<Utc>>,
    /// Recorded before this instant.
    until: Option<DateTime<Utc>>,
}

/// Audit
///
/// Every line of the trail in the caller's estates, newest first; of what belongs to no estate, the lines by their people or
/// about them, and those of the structure that all estates share.
#[utoipa::path(tag = "system", operation_id = "list_audit", params(ListParams, AuditFilter),
    responses((status = 200, description = "A page of the audit", body = Page<TrailLine>)),
    extensions(("x-permission" = json!("audit.read")), ("x-clauses" = json!(["DER-COMPUTER-3"]))))]
#[get("/audit")]
pub async fn list_audit(
    guard: Guard<need::AuditRead>,
    list: ListQuery<AuditFilter>,
    app: web::Data<App>,
) -> ApiResult<Page<TrailLine>> {
    list.page(page(&app, &guard, &list.filter, &list.request).await?)
}

/// A page of the audit, for the list and for its file.
async fn page(
    app: &App,
    guard: &Guard<need::AuditRead>,
    filter: &AuditFilter,
    request: &ListRequest<NoSort>,
) -> Result<Rows<TrailLine>, Failure> {
    let newest_first = ListRequest {
        order: SortOrder::Descending,
        ..request.unsorted()
    };
    let estates = (!guard.scope.company()).then(|| guard.scope.estates());
    let AuditFilter {
        kind,
        employee_id,
        from,
        until,
    } = *filter;
    let wanted = trail::AuditFilter {
        kind,
        employee: employee_id,
        during: (from.is_some() || until.is_some()).then(|| Span {
            from: from.unwrap_or(DateTime::UNIX_EPOCH),
            until: until.unwrap_or_else(|| app.now() + TimeDelta::days(1)),
        }),
    };
    trail::audit(&mut *app.conn().await?, estates, &wanted, &newest_first).await
}

tabular!(TrailLine, "审计记录" / "audit" {
    "记录种类" / "Kind of record" => |it| Cell::word(&it.subject_kind, SubjectKind::title),
    "事项" / "What" => |it| what(it),
    "发生时间" / "Happened" => |it| it.occurred_at.into(),
    "登记时间" / "Keyed in" => |it| it.recorded_at.into(),
    "何人" / "Who" => |it| who(it),
    "代替" / "Acting for" => |it| it.acting_for_name.as_ref().into(),
    "变化" / "Changes" => |it| changes(&it.changes).as_str().into(),
    "理由" / "Reason" => |it| it.reason.as_ref().into(),
    "依据" / "Clauses" => |it| Cell::list(&it.clauses),
});

fn what(line: &TrailLine) -> Cell {
    deed(&line.action).map_or_else(|| (&line.action).into(), Cell::Words)
}

/// Services, administrators and the scheduler have no name on the trail.
fn who(line: &TrailLine) -> Cell {
    match &line.employee_name {
        Some(name) => name.into(),
        None => Text::new("接口账号或管理员", "service or administrator").into(),
    }
}

/// The changed values, each before and after. Personal data stands on the trail as a mark, never as itself.
fn changes(of: &Value) -> String {
    let fields = of
        .as_object()
        .into_iter()
        .flatten()
        .map(|(_, value)| match value.as_array().map(Vec::as_slice) {
            Some([before, after]) => format!("{} → {}", said(before), said(after)),
            _ => said(value),
        });
    fields.collect::<Vec<_>>().join("；")
}

fn said(value: &Value) -> String {
    let all = |values: Vec<&Value>| values.into_iter().map(said).collect::<Vec<_>>().join("、");
    match value {
        Value::Null => "—".to_owned(),
        Value::String(text) if text.is_empty() => "—".to_owned(),
        Value::String(text) => text.clone(),
        Value::Array(values) => all(values.iter().collect()),
        Value::Object(fields) => all(fields.values().collect()),
        other => other.to_string(),
    }
}

export_operation! {
    /// The audit as a file
    export_audit "export_audit" at "/audit/export" in "system",
    needs: AuditRead "audit.read",
    clauses: ["DER-COMPUTER-3"],
    query: AuditFilter, NoSort,
    rows: tables::listed, page,
}
