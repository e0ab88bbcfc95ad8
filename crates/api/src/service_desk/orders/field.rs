//! The technician's steps, each possibly made offline and sent late.

use actix_web::{http::StatusCode, post, web};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;
use validator::Validate;
use wuye_domain::{
    access::need,
    service_desk::{
        orders::{Completion, FieldAct, Held, Hold, LateNote, Setting, Stepped, WorkOrder, WorkOrderId},
        repairs::RepairRequest,
    },
    shared::{ProblemCode, Subject, SubjectKind},
};
use wuye_persistence::{
    Failure, files,
    service_desk::{
        orders::{self, costs, notes, results},
        repairs,
    },
};

use super::{super::terms::Terms, OrderView};
use crate::{Answer, ApiResult, App, Command, Guard, Work};

/// When a step was taken, if a device says so.
#[derive(Debug, Default, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct FieldStep {
    /// At most 72 hours back (a setting). Deadlines count from it.
    occurred_at: Option<DateTime<Utc>>,
}

/// What became of a step: the order after it, or the note it was kept as.
#[derive(Serialize, ToSchema)]
#[serde(untagged)]
pub enum StepOutcome {
    /// It was taken.
    Order(Box<OrderView>),
    /// It came too late and no longer fits; both people see the note.
    Note(Box<LateNote>),
}

macro_rules! step {
    ($(#[$meta:meta])* $name:ident, $path:literal, $body:ty, |$command:ident| $act:expr) => {
        $(#[$meta])*
        #[utoipa::path(tag = "service_desk", operation_id = stringify!($name), params(("id" = Uuid, Path)), request_body = $body,
            responses((status = 200, description = "The order after the step", body = OrderView),
                (status = 202, description = "Sent late and no longer fitting: kept as a note", body = LateNote)),
            extensions(("x-permission" = json!("order.work")), ("x-clauses" = json!(["POS-TECH-06b"]))))]
        #[post($path)]
        pub async fn $name(
            guard: Guard<need::OrderWork>,
            id: web::Path<Uuid>,
            $command: Command<$body>,
            app: web::Data<App>,
        ) -> ApiResult<StepOutcome> {
            let occurred_at = $command.body.occurred_at;
            let act = $act;
            take(&app, &guard, (*id).into(), &$command, &act, occurred_at).await
        }
    };
}

step!(
    /// Accept a work order
    accept_work_order, "/work-orders/{id}/accept", FieldStep, |command| FieldAct::Accept
);
step!(
    /// Arrive at a repair
    arrive_work_order, "/work-orders/{id}/arrive", FieldStep, |command| FieldAct::Arrive
);
step!(
    /// Put a work order on hold
    ///
    /// It waits for material or for the resident. A cost above the limit is asked for here; the work goes on when the
    /// supervisor has decided.
    hold_work_order, "/work-orders/{id}/hold", Hold, |command| FieldAct::Hold(command.body.clone())
);
step!(
    /// Resume a work order
    resume_work_order, "/work-orders/{id}/resume", FieldStep, |command| FieldAct::Resume
);
step!(
    /// Finish a work order
    ///
    /// With cause, work done, materials, time, charge, safety check and the resident's confirmation.
    finish_work_order, "/work-orders/{id}/finish", Completion, |command| FieldAct::Finish(Box::new(command.body.clone()))
);

async fn take<T>(
    app: &App,
    guard: &Guard<need::OrderWork>,
    id: WorkOrderId,
    command: &Command<T>,
    act: &FieldAct,
    occurred_at: Option<DateTime<Utc>>,
) -> ApiResult<StepOutcome> {
    let mut work = app.begin(guard, command).await?;
    let (order, request) = reach(&mut work, guard, id, occurred_at.is_some()).await?;
    let terms = Terms::of(&work, order.estate_id).await?;
    let asked = costs::of_order(&work, id).await?;
    let (now, limits) = (work.now, terms.cost_limits());
    let setting = Setting {
        request: &request,
        costs: &asked,
        limits: &limits,
    };
    let timing = terms.late_rule().timing(occurred_at, now)?;
    match order.step(act, setting, &work.actor, timing, now)? {
        Stepped::Applied(held) => {
            write(&mut work, *held, &request, act, timing.at).await?;
            let (order, _) = orders::lock_for_reaction(&mut work, id).await?;
            let view = OrderView::load(&mut work, order, now).await?;
            let version = view.version();
            let answer = Answer::of(StatusCode::OK, &StepOutcome::Order(Box::new(view)))?;
            work.commit_with(answer.version(version)).await
        }
        Stepped::Noted(note, entry) => {
            notes::insert(&mut work, &note).await?;
            work.record(entry);
            work.answer(StatusCode::ACCEPTED, &StepOutcome::Note(note)).await
        }
    }
}

/// The order in scope; or, for a device that was away, one that its owner had before.
async fn reach(
    work: &mut Work,
    guard: &Guard<need::OrderWork>,
    id: WorkOrderId,
    from_device: bool,
) -> Result<(WorkOrder, RepairRequest), Failure> {
    match (orders::lock(work, &guard.scope, id).await, guard.actor.employee) {
        (Err(Failure::Problem(problem)), Some(person)) if from_device && problem.code == ProblemCode::NotFound => {
            orders::lock_former(work, person, id).await
        }
        (found, _) => found,
    }
}

async fn write(
    work: &mut Work,
    held: Held,
    request: &RepairRequest,
    act: &FieldAct,
    at: DateTime<Utc>,
) -> Result<(), Failure> {
    let (now, by) = (work.now, work.actor.employee);
    orders::save(work, &held.order).await?;
    if let Some(cost) = &held.cost {
        costs::insert(work, cost).await?;
    }
    if let FieldAct::Finish(done) = act {
        let subject = Subject::new(SubjectKind::WorkOrder, held.order.id);
        files::attach(work, subject, &done.file_ids, "photo", by, now).await?;
        files::attach(
            work,
            subject,
            done.resident_sign.file_id.as_slice(),
            "signature",
            by,
            now,
        )
        .await?;
        results::insert(work, &held.order, done, at, now).await?;
    }
    if let Some(step) = request.follow(&held.order, now) {
        repairs::save(work, &step.record).await?;
        work.record(step.entry);
    }
    work.record(held.entry);
    Ok(())
}
