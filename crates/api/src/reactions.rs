//! The one place that names two contexts: this fact there leads to that act here, in the same transaction or as a job.

use chrono::{DateTime, NaiveDate, Utc};
use serde_json::Value;
use uuid::Uuid;
use wuye_domain::{
    access::{Actor, Permission},
    service_desk::{
        cases::{CaseField, CaseKind, Channel, NewCase},
        orders::WorkOrder,
        public_reports::{ReportKind, ResidentReport},
        repairs::RepairRequest,
        visits::{Closing, Visit, VisitState, VisitSubject},
    },
    shared::{EmployeeId, EstateId, LongText, Name, Note, Problem, ShortCode, Subject, SubjectKind, TrailEntry},
};
use wuye_persistence::{Conn, Failure, plans::clocks::Unfollowed, service_desk as rows};

use crate::{
    App, Work, access, files,
    live::Change,
    service_desk::{cases, disputes, orders, public_reports, repairs, visits},
};

pub use crate::plans::ClauseDuties;

/// Kinds of jobs that may take minutes.
pub const LONG_JOBS: &[&str] = &[crate::estate::IMPORT_JOB, SWEEP_STRAYS, FOLLOW_RECORDS];
/// Kinds of jobs that wait for other people's servers.
pub const OUTSIDE_JOBS: &[&str] = &[SEND_NOTICES];
/// The job that sends what leaves the product.
pub const SEND_NOTICES: &str = crate::notices::SEND;
/// The job that looks through the whole object store.
pub const SWEEP_STRAYS: &str = "sweep_strays";
/// The job that gives the records of former versions their duties.
const FOLLOW_RECORDS: &str = "follow_records";

/// Runs a job of a context.
///
/// # Errors
/// `Internal` for a kind that no context knows.
pub async fn run_job(app: &App, kind: &str, payload: &Value) -> Result<(), Failure> {
    match kind {
        crate::org::leaving::END_EMPLOYMENT => crate::org::leaving::end_employment(app, payload).await,
        "climb_overdue" => {
            repairs::hand_over(app).await?;
            crate::org::tasks::missed_deadlines(app).await?;
            crate::goals::missed_deadlines(app).await?;
            crate::plans::pass_by(app).await
        }
        "lay_out_duties" => crate::plans::lay_out(app).await,
        FOLLOW_RECORDS => crate::plans::catch_up(app, Unfollowed::Any).await,
        "tell_by_the_clock" => crate::notices::by_the_clock(app).await,
        SEND_NOTICES => crate::notices::send(app).await,
        "sweep_uploads" => {
            files::sweep(app).await?;
            access::sweep(app).await?;
            public_reports::sweep(app).await
        }
        SWEEP_STRAYS => files::sweep_strays(app).await,
        crate::estate::IMPORT_JOB => crate::estate::run_import(app, payload).await,
        _ => Err(Failure::Internal(format!("no worker for jobs of kind {kind}"))),
    }
}

/// What was just done proves duties of whoever did it, and starts, moves and ends those of the records it was done to; gives what
/// the trail says of them.
///
/// # Errors
/// As the database says.
pub async fn deeds_recorded(
    conn: &mut Conn,
    actor: &Actor,
    acting_for: Option<EmployeeId>,
    now: DateTime<Utc>,
    entries: &[TrailEntry],
) -> Result<Vec<TrailEntry>, Failure> {
    let mut told = crate::plans::count(conn, actor, acting_for, now, entries).await?;
    told.extend(crate::plans::follow_deeds(conn, now, entries).await?);
    Ok(told)
}

/// A history was written that no deed of the product has made: its records get their duties.
///
/// # Errors
/// As the database says.
pub async fn history_recorded(conn: &mut Conn, now: DateTime<Utc>) -> Result<(), Failure> {
    crate::plans::follow_history(conn, now).await
}

/// What a clause makes fall due and how well that was kept, as far as the reader may see duties; nothing where they may not.
///
/// # Errors
/// As the database says.
pub async fn clause_kept(
    conn: &mut Conn,
    actor: &Actor,
    estate: Option<EstateId>,
    clause: &str,
    on: NaiveDate,
    now: DateTime<Utc>,
) -> Result<Option<ClauseDuties>, Failure> {
    let Ok(scope) = actor.scope(Permission::DutyRead) else {
        return Ok(None);
    };
    crate::plans::of_clause(conn, &scope, estate, clause, on, now)
        .await
        .map(Some)
}

/// Whoever was concerned by what was just done, and did not do it, is told; gives what their browsers are to hear at commit.
///
/// # Errors
/// As the database says.
pub async fn deeds_told(
    conn: &mut Conn,
    app: &App,
    actor: &Actor,
    now: DateTime<Utc>,
    entries: &[TrailEntry],
) -> Result<Vec<Change>, Failure> {
    crate::notices::tell(conn, app, actor, now, entries).await
}

/// A case, order or dispute was closed: its return visit falls due.
///
/// # Errors
/// As the database says.
pub async fn matter_closed(work: &mut Work, closing: Closing) -> Result<(), Failure> {
    visits::fall_due(work, &closing).await
}

/// A return visit was made, or given up: its matter is visited.
///
/// # Errors
/// As the database says.
pub async fn visit_recorded(work: &mut Work, visit: &Visit, answered: bool) -> Result<(), Failure> {
    match visit.subject {
        VisitSubject::Case if answered => cases::visited(work, visit.subject_id.into()).await,
        VisitSubject::Dispute if answered => disputes::visited(work, visit.subject_id.into()).await,
        VisitSubject::WorkOrder if answered || visit.state == VisitState::Closed => {
            let rating = visit.result.filter(|_| answered).map(|result| result.code());
            orders::visited(work, visit.subject_id.into(), rating).await
        }
        VisitSubject::Case | VisitSubject::Dispute | VisitSubject::WorkOrder => Ok(()),
    }
}

/// The resident is not content: the matter is opened again.
///
/// # Errors
/// As the database says.
pub async fn visit_reopens(work: &mut Work, visit: &Visit) -> Result<(), Failure> {
    let reason = visit.comment.as_deref().unwrap_or_default();
    match visit.subject {
        VisitSubject::Case => cases::reopen_after_visit(work, visit.subject_id.into(), reason).await,
        VisitSubject::Dispute => disputes::reopen_after_visit(work, visit.subject_id.into(), reason).await,
        VisitSubject::WorkOrder => {
            let reason = Note::new(reason).unwrap_or_default();
            orders::return_after_visit(work, visit.subject_id.into(), &reason).await
        }
    }
}

/// An order was verified: its return visit falls due, and after a warranty repair a second one (POS-RECEPT-09b).
///
/// # Errors
/// As the database says.
pub async fn order_verified(work: &mut Work, order: &WorkOrder, request: &RepairRequest) -> Result<(), Failure> {
    if !request.concerns_resident() {
        return Ok(());
    }
    let closing = Closing {
        estate_id: order.estate_id,
        subject: VisitSubject::WorkOrder,
        subject_id: order.id.0,
        subject_no: order.no.clone(),
        title: request.text.chars().take(40).collect(),
        round: order.returned_count,
        house_id: request.house_id,
        party_id: request.party_id,
        excluded: vec![order.technician_id],
        warranty: request.warranty,
        closed_at: order.verified_at.unwrap_or(work.now),
    };
    matter_closed(work, closing).await
}

/// A resident's report becomes a case (POS-RECEPT-07a); its photos are seen through the report it came from.
///
/// # Errors
/// `validation_failed` for a house or resident that is not there.
pub async fn case_of_report(
    work: &mut Work,
    report: &ResidentReport,
    house_id: Option<Uuid>,
    party_id: Option<Uuid>,
) -> Result<Subject, Failure> {
    let place = report
        .location
        .as_ref()
        .map(|place| format!("\n位置：{place}"))
        .unwrap_or_default();
    let phone = report.contact_phone.as_ref().map(|phone| phone.expose().as_str());
    let new = NewCase {
        estate_id: Some(report.estate_id),
        kind: match report.kind {
            ReportKind::Complaint => CaseKind::Complaint,
            ReportKind::Praise => CaseKind::Praise,
            ReportKind::Suggestion => CaseKind::Suggestion,
            ReportKind::Enquiry | ReportKind::Repair => CaseKind::Enquiry,
        },
        channel: Channel::PublicPage,
        field: CaseField::Other,
        text: LongText::new(&format!("{}{place}", report.text)).map_err(|issue| Failure::internal(issue.encode()))?,
        about_employee: None,
        house_id,
        party_id,
        reporter_name: report.contact_name.as_deref().and_then(|name| Name::new(name).ok()),
        reporter_phone: phone.and_then(|phone| ShortCode::new(phone).ok()),
        file_ids: Vec::new(),
        occurred_at: Some(report.received_at.max(work.now - chrono::TimeDelta::days(30))),
    };
    let case = cases::take_in(work, report.estate_id, &new).await?;
    Ok(Subject::new(SubjectKind::Case, case.id))
}

/// Whether the actor may open the files on this record: for some kinds that takes more than reading it.
///
/// # Errors
/// `not_found` when the record is not there or its files are not for this actor.
pub async fn may_open_files(conn: &mut Conn, actor: &Actor, subject: Subject) -> Result<(), Failure> {
    may_read(conn, actor, subject).await?;
    crate::estate::may_open(conn, actor, subject).await
}

/// A record that a new one refers to is there and open to the actor. `pointer` names the field.
///
/// # Errors
/// `validation_failed` where it is not.
pub async fn must_be_readable(
    conn: &mut Conn,
    actor: &Actor,
    subject: Subject,
    pointer: impl Into<String>,
) -> Result<(), Failure> {
    match may_read(conn, actor, subject).await {
        Err(Failure::Problem(_)) => Err(Problem::unknown_reference(pointer).into()),
        read => read,
    }
}

/// Whether the actor may read this record: asked before its history or files are shown. Each context answers for its own
/// kinds, by reading the record under the actor's scope.
///
/// # Errors
/// `not_found` when the record is not there or not for this actor.
pub async fn may_read(conn: &mut Conn, actor: &Actor, subject: Subject) -> Result<(), Failure> {
    let readable = |permission| actor.scope(permission);
    match subject.kind {
        kind if crate::estate::knows(kind) => crate::estate::may_read(conn, actor, subject).await,
        kind if crate::org::history::knows(kind) => crate::org::history::may_read(conn, actor, subject).await,
        SubjectKind::Case => rows::cases::find(conn, &readable(Permission::CaseRead)?, subject.id.into())
            .await
            .map(drop),
        SubjectKind::Dispute => rows::disputes::find(conn, &readable(Permission::DisputeRead)?, subject.id.into())
            .await
            .map(drop),
        SubjectKind::Visit => rows::visits::find(conn, &readable(Permission::VisitRead)?, subject.id.into())
            .await
            .map(drop),
        SubjectKind::Assistance => {
            rows::assistance::find(conn, &readable(Permission::AssistanceRead)?, subject.id.into())
                .await
                .map(drop)
        }
        SubjectKind::RepairRequest => {
            repairs::may_read(conn, &readable(Permission::RepairRead)?, subject.id.into()).await
        }
        SubjectKind::WorkOrder => orders::may_read(conn, &readable(Permission::RepairRead)?, subject.id.into()).await,
        SubjectKind::ResidentReport => {
            public_reports::may_read(conn, &readable(Permission::ReportRead)?, subject.id.into()).await
        }
        SubjectKind::CalendarYear => crate::calendar::may_read(conn, actor, subject).await,
        SubjectKind::NoticeRobot | SubjectKind::NoticeDelivery => crate::notices::may_read(conn, actor, subject).await,
        SubjectKind::Setting => actor.scope(Permission::AuditRead).map(|_| ()).map_err(Into::into),
        SubjectKind::Obligation => {
            let scope = actor.scope(Permission::DutyRead)?;
            wuye_persistence::plans::obligations::find(conn, &scope, subject.id.into())
                .await
                .map(drop)
        }
        SubjectKind::Briefing | SubjectKind::BriefingPoint => {
            let scope = actor.scope(Permission::BriefingRead)?;
            crate::plans::may_read_briefing(conn, &scope, subject).await
        }
        SubjectKind::GoalSet => {
            let scope = actor.scope(Permission::GoalRead)?;
            wuye_persistence::goals::find(conn, &scope, subject.id)
                .await
                .map(|_| ())
        }
        SubjectKind::Goal => {
            let scope = actor.scope(Permission::GoalRead)?;
            wuye_persistence::goals::find_goal(conn, &scope, subject.id)
                .await
                .map(|_| ())
        }
        _ => Err(Problem::not_found().into()),
    }
}
