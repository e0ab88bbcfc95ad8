//! The register, one visit, figures.

use actix_web::{get, web};
use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;
use wuye_domain::{
    access::need,
    service_desk::visits::{Visit, VisitAction, VisitFilter, VisitReason, VisitSort, VisitSubject},
    shared::{EstateId, ListRequest, Page, Subject, SubjectKind, zone::start_of},
};
use wuye_persistence::{
    Conn, Failure, Rows,
    service_desk::{
        Mentioned,
        visits::{self, Statistics},
    },
    trail::{self, TrailLine},
};

use super::super::terms::Terms;
use crate::{Answer, ApiResult, App, Guard, ListParams, ListQuery, late, sort_key};

sort_key!(VisitSort, DueAt, Ascending);

/// A visit in a list.
#[derive(Serialize, ToSchema)]
pub struct VisitView {
    #[serde(flatten)]
    pub(in super::super) visit: Visit,
    /// Not made in time.
    pub(in super::super) overdue: bool,
    pub(in super::super) visitor_name: Option<String>,
    pub(in super::super) house_no: Option<String>,
    pub(in super::super) party_name: Option<String>,
}

impl VisitView {
    /// For ETag.
    pub fn version(&self) -> i32 {
        self.visit.version
    }

    /// Of a page of visits.
    pub async fn of(conn: &mut Conn, visits: Vec<Visit>, now: DateTime<Utc>) -> Result<Vec<Self>, Failure> {
        let mut mentioned = Mentioned::default();
        for visit in &visits {
            mentioned.employee(visit.visitor_id);
            mentioned.house(visit.house_id);
            mentioned.party(visit.party_id);
        }
        let labels = mentioned.read(conn).await?;
        Ok(visits
            .into_iter()
            .map(|visit| Self {
                overdue: visit.overdue(now),
                visitor_name: labels.employee(visit.visitor_id),
                house_no: labels.house(visit.house_id),
                party_name: labels.party(visit.party_id),
                visit,
            })
            .collect())
    }
}

/// A visit with what hangs on it.
#[derive(Serialize, ToSchema)]
pub struct VisitDetail {
    #[serde(flatten)]
    visit: VisitView,
    /// Whether the caller must not make it, because it is about the caller's own work.
    own_work: bool,
    /// What devices sent too late to be applied.
    late_notes: Vec<TrailLine>,
    /// What its state allows; who may do it is another question.
    actions: Vec<VisitAction>,
}

/// List return visits
///
/// The return-visit register. `result=dissatisfied` is the list of residents who are not content, `overdue=true` what was
/// not made in time.
#[utoipa::path(tag = "service_desk", operation_id = "list_visits", params(ListParams, VisitFilter),
    responses((status = 200, description = "A page of visits", body = Page<VisitView>)),
    extensions(("x-permission" = json!("visit.read")), ("x-clauses" = json!(["POS-RECEPT-07b", "POS-RECEPT-09b"]))))]
#[get("/visits")]
pub async fn list_visits(
    guard: Guard<need::VisitRead>,
    list: ListQuery<VisitFilter, VisitSort>,
    app: web::Data<App>,
) -> ApiResult<Page<VisitView>> {
    list.page(page(&app, &guard, &list.filter, &list.request).await?)
}

/// A page of visits, for the list and for its file.
pub async fn page(
    app: &App,
    guard: &Guard<need::VisitRead>,
    filter: &VisitFilter,
    request: &ListRequest<VisitSort>,
) -> Result<Rows<VisitView>, Failure> {
    let (mut conn, now) = (app.conn().await?, app.now());
    let rows = visits::list(&mut conn, &guard.scope, filter, guard.actor.employee, now, request).await?;
    rows.then(async |visits| VisitView::of(&mut conn, visits, now).await)
        .await
}

/// Read a return visit
#[utoipa::path(tag = "service_desk", operation_id = "get_visit", params(("id" = Uuid, Path)),
    responses((status = 200, description = "The visit", body = VisitDetail)),
    extensions(("x-permission" = json!("visit.read")), ("x-clauses" = json!(["POS-RECEPT-07b", "POS-RECEPT-09b"]))))]
#[get("/visits/{id}")]
pub async fn get_visit(
    guard: Guard<need::VisitRead>,
    id: web::Path<Uuid>,
    app: web::Data<App>,
) -> ApiResult<VisitDetail> {
    let mut conn = app.conn().await?;
    let visit = visits::find(&mut conn, &guard.scope, (*id).into()).await?;
    let subject = Subject::new(SubjectKind::Visit, visit.id);
    let allowed = |action: &&VisitAction| action.states().contains(&visit.state);
    let detail = VisitDetail {
        own_work: visit.excluded.iter().any(|person| guard.actor.is(*person)),
        late_notes: late::notes(trail::history(&mut conn, subject).await?),
        actions: VisitAction::ALL.iter().filter(allowed).copied().collect(),
        visit: VisitView::of(&mut conn, vec![visit], app.now()).await?.remove(0),
    };
    Ok(Answer::ok(&detail)?.version(detail.visit.version()))
}

/// Which visits to count.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct VisitPeriod {
    /// The estate; the only one the caller works in when absent.
    estate_id: Option<EstateId>,
    /// First day due, in the estate's zone.
    from: Option<NaiveDate>,
    /// Last day due.
    until: Option<NaiveDate>,
    /// Only about this kind of record.
    subject: Option<VisitSubject>,
    /// Only due for this reason.
    reason: Option<VisitReason>,
}

/// Figures of the return visits
///
/// How many of those due were made, and how many residents are dissatisfied.
#[utoipa::path(tag = "service_desk", operation_id = "get_visit_statistics", params(VisitPeriod),
    responses((status = 200, description = "The figures", body = Statistics)),
    extensions(("x-permission" = json!("visit.read")), ("x-clauses" = json!(["POS-RECEPT-07b", "POS-RECEPT-09b"]))))]
#[get("/visits/statistics")]
pub async fn get_visit_statistics(
    guard: Guard<need::VisitRead>,
    list: ListQuery<VisitPeriod>,
    app: web::Data<App>,
) -> ApiResult<Statistics> {
    let (period, mut conn) = (&list.filter, app.conn().await?);
    let estate = guard.estate(period.estate_id)?;
    let zone = Terms::of(&conn, estate).await?.zone;
    let filter = VisitFilter {
        subject: period.subject,
        reason: period.reason,
        due_from: period.from.map(|date| start_of(date, zone)),
        due_until: period.until.map(|date| start_of(date + TimeDelta::days(1), zone)),
        ..VisitFilter::default()
    };
    Answer::ok(&visits::statistics(&mut conn, &guard.scope, estate, &filter).await?)
}
