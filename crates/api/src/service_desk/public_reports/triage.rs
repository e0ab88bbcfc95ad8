//! The desk takes reports in, as a repair request or a case, or says why not.

use actix_web::{get, http::StatusCode, post, web};
use chrono::{DateTime, Utc};
use serde::Deserialize;
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;
use validator::Validate;
use wuye_domain::{
    access::need,
    service_desk::{
        RepairCategory, Urgency,
        public_reports::{ReportKind, ReportState, ResidentReport},
        repairs::{Appointment, NewRepair, RepairSource},
    },
    shared::{EstateId, ListRequest, LongText, Name, Note, Page, Subject, SubjectKind},
};
use wuye_persistence::{
    Failure, Rows, files,
    service_desk::public_reports::{self, Filter},
};

use super::{
    super::repairs::{self, OneOrMany},
    view::ReportView,
};
use crate::{Answer, ApiResult, App, Command, Guard, ListParams, ListQuery, Work, list::NoSort, reactions};

/// Which reports.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields, default)]
#[into_params(parameter_in = Query)]
pub struct ReportFilter {
    estate_id: Option<EstateId>,
    /// `received`, `taken_in`, `dismissed`; several with commas.
    #[param(value_type = Option<String>)]
    state: OneOrMany<ReportState>,
    /// `repair`, `complaint`, `suggestion`, `praise`, `enquiry`; several with commas.
    #[param(value_type = Option<String>)]
    kind: OneOrMany<ReportKind>,
    /// Received from this instant on.
    from: Option<DateTime<Utc>>,
    /// Received before this instant.
    until: Option<DateTime<Utc>>,
}

impl ReportFilter {
    /// As the rows are asked.
    pub(super) fn rows(&self) -> Filter {
        Filter {
            estate: self.estate_id,
            states: self.state.0.clone(),
            kinds: self.kind.0.clone(),
            from: self.from,
            until: self.until,
        }
    }
}

/// As what a report is taken in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum TakeInAs {
    /// A repair request.
    Repair,
    /// A complaint, suggestion, praise or enquiry.
    Case,
}

/// How a report is taken in. What is left out comes from the report.
#[derive(Debug, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct TakeInReport {
    /// As what; by the kind of the report when left out.
    #[serde(rename = "as")]
    as_what: Option<TakeInAs>,
    /// The house, as the desk found it.
    house_id: Option<Uuid>,
    /// The resident, as the desk found them.
    party_id: Option<Uuid>,
    /// Repairs: what is broken.
    category: Option<RepairCategory>,
    /// Repairs: how much it hurries.
    urgency: Option<Urgency>,
    /// Repairs: whether the resident pays.
    #[serde(default)]
    paid: bool,
    /// Repairs: whether it falls under warranty.
    #[serde(default)]
    warranty: bool,
    /// Repairs: a time agreed.
    appointment: Option<Appointment>,
}

/// Why a report is not taken in; the resident reads it.
#[derive(Debug, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DismissReport {
    /// In words.
    reason: Note,
}

/// List residents' reports
#[utoipa::path(tag = "service_desk", operation_id = "list_resident_reports", params(ListParams, ReportFilter),
    responses((status = 200, description = "A page of reports, by when they came in", body = Page<ReportView>)),
    extensions(("x-permission" = json!("report.read")), ("x-clauses" = json!(["POS-RECEPT-07a", "POS-RECEPT-03a"]))))]
#[get("/resident-reports")]
pub async fn list_resident_reports(
    guard: Guard<need::ReportRead>,
    list: ListQuery<ReportFilter>,
    app: web::Data<App>,
) -> ApiResult<Page<ReportView>> {
    list.page(page(&app, &guard, &list.filter, &list.request).await?)
}

/// A page of reports, for the list and for its file.
pub(super) async fn page(
    app: &App,
    guard: &Guard<need::ReportRead>,
    filter: &ReportFilter,
    request: &ListRequest<NoSort>,
) -> Result<Rows<ReportView>, Failure> {
    let mut conn = app.conn().await?;
    let rows = public_reports::list(&mut conn, &guard.scope, &filter.rows(), &request.unsorted()).await?;
    Ok(rows.map(|report| ReportView::of(report, &guard.actor, Vec::new())))
}

/// Read a resident's report
///
/// With its photos.
#[utoipa::path(tag = "service_desk", operation_id = "get_resident_report", params(("id" = Uuid, Path)),
    responses((status = 200, description = "The report", body = ReportView)),
    extensions(("x-permission" = json!("report.read")), ("x-clauses" = json!(["POS-RECEPT-07a"]))))]
#[get("/resident-reports/{id}")]
pub async fn get_resident_report(
    guard: Guard<need::ReportRead>,
    id: web::Path<Uuid>,
    app: web::Data<App>,
) -> ApiResult<ReportView> {
    let mut conn = app.conn().await?;
    let report = public_reports::find(&mut conn, &guard.scope, (*id).into()).await?;
    let view = ReportView::load(&mut conn, report, &guard.actor).await?;
    Ok(Answer::ok(&view)?.version(view.version()))
}

/// Take a resident's report in
///
/// As a repair request or a case; its photos belong to that record from then on.
#[utoipa::path(tag = "service_desk", operation_id = "take_in_resident_report", params(("id" = Uuid, Path)), request_body = TakeInReport,
    responses((status = 200, description = "The report, with what it became", body = ReportView)),
    extensions(("x-permission" = json!("report.triage")), ("x-clauses" = json!(["POS-RECEPT-07a", "POS-RECEPT-03a", "POS-RECEPT-09a"]))))]
#[post("/resident-reports/{id}/take-in")]
pub async fn take_in_resident_report(
    guard: Guard<need::ReportTriage>,
    id: web::Path<Uuid>,
    command: Command<TakeInReport>,
    app: web::Data<App>,
) -> ApiResult<ReportView> {
    let mut work = app.begin(&guard, &command).await?;
    let report = public_reports::lock(&mut work, &guard.scope, (*id).into()).await?;
    report.must_wait()?;
    let became = become_record(&mut work, &report, &command.body).await?;
    let now = work.now;
    files::carry(
        &mut work,
        Subject::new(SubjectKind::ResidentReport, report.id),
        became,
        now,
    )
    .await?;
    let step = report.take_in(became, guard.actor.employee, now)?;
    public_reports::save(&mut work, &step.record).await?;
    work.record(step.entry);
    let view = ReportView::load(&mut work, step.record, &guard.actor).await?;
    let answer = Answer::of(StatusCode::OK, &view)?.version(view.version());
    work.commit_with(answer).await
}

/// Dismiss a resident's report
///
/// The resident reads the reason by their code.
#[utoipa::path(tag = "service_desk", operation_id = "dismiss_resident_report", params(("id" = Uuid, Path)), request_body = DismissReport,
    responses((status = 200, description = "The report", body = ReportView)),
    extensions(("x-permission" = json!("report.triage")), ("x-clauses" = json!(["POS-RECEPT-07a"]))))]
#[post("/resident-reports/{id}/dismiss")]
pub async fn dismiss_resident_report(
    guard: Guard<need::ReportTriage>,
    id: web::Path<Uuid>,
    command: Command<DismissReport>,
    app: web::Data<App>,
) -> ApiResult<ReportView> {
    let mut work = app.begin(&guard, &command).await?;
    let report = public_reports::lock(&mut work, &guard.scope, (*id).into()).await?;
    let step = report.dismiss(&command.body.reason, guard.actor.employee, work.now)?;
    public_reports::save(&mut work, &step.record).await?;
    work.record(step.entry);
    let view = ReportView::load(&mut work, step.record, &guard.actor).await?;
    let answer = Answer::of(StatusCode::OK, &view)?.version(view.version());
    work.commit_with(answer).await
}

async fn become_record(work: &mut Work, report: &ResidentReport, how: &TakeInReport) -> Result<Subject, Failure> {
    let repair = match how.as_what {
        Some(what) => what == TakeInAs::Repair,
        None => report.kind == ReportKind::Repair,
    };
    if !repair {
        return reactions::case_of_report(work, report, how.house_id, how.party_id).await;
    }
    let new = NewRepair {
        estate_id: Some(report.estate_id),
        source: Some(RepairSource::Owner),
        source_ref: Some(Subject::new(SubjectKind::ResidentReport, report.id)),
        house_id: how.house_id,
        place_id: None,
        place_text: words(report.location.as_deref()).or_else(|| how.house_id.is_none().then(unknown_place)),
        party_id: how.party_id,
        contact_name: words(report.contact_name.as_deref()),
        contact_phone: words(report.contact_phone.as_ref().map(|phone| phone.expose().as_str())),
        category: how.category,
        urgency: how.urgency,
        paid: how.paid,
        warranty: how.warranty,
        text: LongText::new(&report.text).map_err(|issue| Failure::internal(issue.encode()))?,
        requested_at: Some(report.received_at.max(work.now - chrono::TimeDelta::days(30))),
        appointment: how.appointment,
        file_ids: Vec::new(),
    };
    let request = repairs::take_in(work, report.estate_id, &new).await?;
    Ok(Subject::new(SubjectKind::RepairRequest, request.id))
}

fn words(text: Option<&str>) -> Option<Name> {
    text.and_then(|text| Name::new(text).ok())
}

fn unknown_place() -> Name {
    Name::new("位置见描述").unwrap_or_default()
}
