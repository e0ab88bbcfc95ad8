//! A work order with everything that belongs to it: the chain from report to visit on one page.

use chrono::{DateTime, Utc};
use serde::Serialize;
use serde_json::Value;
use utoipa::ToSchema;
use uuid::Uuid;
use wuye_domain::{
    access::Actor,
    service_desk::orders::{Cost, CostKind, CostState, WorkOrder},
    shared::{Subject, SubjectKind},
};
use wuye_persistence::{
    Conn, Failure, files,
    service_desk::{
        orders::{DispatchLine, costs, dispatches, notes, results, whole},
        public_reports, repairs,
    },
};

use super::{super::repairs::RepairView, OrderView};
use crate::files::FileView;

/// A work order with its request, register and files.
#[derive(Serialize, ToSchema)]
pub struct WorkOrderDetail {
    order: OrderView,
    request: RepairView,
    /// Who had it, and why not the suggested one.
    dispatches: Vec<OrderDispatch>,
    /// What was written down at each finishing, the last one last.
    results: Vec<OrderResult>,
    costs: Vec<OrderCost>,
    /// What devices sent too late to be applied.
    late_notes: Vec<OrderLateNote>,
    /// The photos of the whole chain: report, request, order.
    files: Vec<FileView>,
}

/// One giving of the order.
#[derive(Serialize, ToSchema)]
pub struct OrderDispatch {
    technician_id: Uuid,
    technician_name: String,
    suggested_id: Option<Uuid>,
    suggested_name: Option<String>,
    /// The place of the chosen one in the ranking, from 1.
    place: Option<i32>,
    reason: Option<String>,
    dispatched_by_name: Option<String>,
    dispatched_at: DateTime<Utc>,
}

/// One finishing.
#[derive(Serialize, ToSchema)]
pub struct OrderResult {
    technician_name: String,
    finished_at: DateTime<Utc>,
    recorded_at: DateTime<Utc>,
    cause: String,
    work_done: String,
    /// `[{name, quantity (thousandths), unit, cost_fen}]`.
    materials_used: Value,
    minutes_worked: i32,
    material_cost_fen: i64,
    charge_fen: i64,
    safety_passed: bool,
    safety_note: Option<String>,
    /// `signed`, `absent`, `refused`.
    sign_kind: String,
    sign_name: Option<String>,
    sign_file_id: Option<Uuid>,
}

/// A cost above the limit.
#[derive(Serialize, ToSchema)]
pub struct OrderCost {
    id: Uuid,
    kind: CostKind,
    amount_fen: i64,
    reason: String,
    asked_by: Uuid,
    asked_at: DateTime<Utc>,
    state: CostState,
    decided_by: Option<Uuid>,
    decided_at: Option<DateTime<Utc>>,
    decision_reason: Option<String>,
    /// Whether the approval of an expense must follow.
    needs_expense_approval: bool,
}

/// A late act.
#[derive(Serialize, ToSchema)]
pub struct OrderLateNote {
    id: Uuid,
    employee_name: String,
    act: String,
    occurred_at: DateTime<Utc>,
    recorded_at: DateTime<Utc>,
    met_state: String,
    /// Why it was not applied, `{zh, en}`.
    why: Value,
    /// What was written down.
    content: Value,
}

impl From<Cost> for OrderCost {
    fn from(cost: Cost) -> Self {
        Self {
            id: cost.id.0,
            kind: cost.kind,
            amount_fen: cost.amount_fen,
            reason: cost.reason,
            asked_by: cost.asked_by.0,
            asked_at: cost.asked_at,
            state: cost.state,
            decided_by: cost.decided_by.map(Into::into),
            decided_at: cost.decided_at,
            decision_reason: cost.decision_reason,
            needs_expense_approval: cost.needs_expense_approval,
        }
    }
}

impl From<DispatchLine> for OrderDispatch {
    fn from(line: DispatchLine) -> Self {
        Self {
            technician_id: line.technician_id,
            technician_name: line.technician_name,
            suggested_id: line.suggested_id,
            suggested_name: line.suggested_name,
            place: line.place,
            reason: line.reason,
            dispatched_by_name: line.dispatched_by_name,
            dispatched_at: line.dispatched_at,
        }
    }
}

impl From<results::Done> for OrderResult {
    fn from(done: results::Done) -> Self {
        Self {
            technician_name: done.technician_name,
            finished_at: done.finished_at,
            recorded_at: done.recorded_at,
            cause: done.cause,
            work_done: done.work_done,
            materials_used: done.materials_used,
            minutes_worked: done.minutes_worked,
            material_cost_fen: done.material_cost_fen,
            charge_fen: done.charge_fen,
            safety_passed: done.safety_passed,
            safety_note: done.safety_note,
            sign_kind: done.sign_kind,
            sign_name: done.sign_name,
            sign_file_id: done.sign_file_id,
        }
    }
}

impl From<notes::NoteLine> for OrderLateNote {
    fn from(note: notes::NoteLine) -> Self {
        Self {
            id: note.id,
            employee_name: note.employee_name,
            act: note.act,
            occurred_at: note.occurred_at,
            recorded_at: note.recorded_at,
            met_state: note.met_state,
            why: note.why,
            content: note.content,
        }
    }
}

/// Everything about an order that was read in scope. What does not wait for something else is asked for at once: three times to
/// the database and back, with the order itself.
///
/// # Errors
/// As the database says.
pub async fn load(
    conn: &Conn,
    order: WorkOrder,
    actor: &Actor,
    now: DateTime<Utc>,
) -> Result<WorkOrderDetail, Failure> {
    let (id, of_request) = (order.id, Subject::new(SubjectKind::RepairRequest, order.request_id));
    let (request, report, dispatches, results, costs, late_notes) = tokio::try_join!(
        repairs::of_order(conn, order.request_id),
        public_reports::that_became(conn, of_request),
        dispatches(conn, id),
        results::of_order(conn, id),
        costs::of_order(conn, id),
        notes::of_order(conn, id),
    )?;
    // The photos of the whole chain: the report, its request, the order.
    let report = report.map(|report| Subject::new(SubjectKind::ResidentReport, report));
    let subjects: Vec<Subject> = report
        .into_iter()
        .chain([of_request, Subject::new(SubjectKind::WorkOrder, id)])
        .collect();
    let ((order, request), files) =
        tokio::try_join!(whole(conn, order, request, &costs), files::attached(conn, &subjects))?;
    Ok(WorkOrderDetail {
        order: OrderView::of(order, now),
        request: RepairView::of(request, actor, now),
        dispatches: dispatches.into_iter().map(Into::into).collect(),
        results: results.into_iter().map(Into::into).collect(),
        costs: costs.into_iter().map(Into::into).collect(),
        late_notes: late_notes.into_iter().map(Into::into).collect(),
        files: files.into_iter().map(Into::into).collect(),
    })
}
