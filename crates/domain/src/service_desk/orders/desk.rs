//! What the desk does with an order: dispatch, reassign, verify, send back, cancel, close.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::ToSchema;
use validator::Validate;

use super::{OrderAct, OrderState, WorkOrder, WorkOrderId};
use crate::access::{Actor, PostCode};
use crate::service_desk::{
    categories::Category,
    dispatch::{Choice, Suggestion},
    repairs::{RepairRequest, RequestState},
};
use crate::shared::{AreaId, AssignmentId, EmployeeId, Note, Problem, ProblemCode, SquadId, Text, Transition};

/// The technician chosen, with the post that carries the order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Assignment {
    /// The person.
    pub technician: EmployeeId,
    /// The person's assignment in the estate.
    pub assignment: AssignmentId,
    /// Its post.
    pub post: PostCode,
    /// Its squad.
    pub squad: Option<SquadId>,
    /// The area of the place.
    pub area: Option<AreaId>,
}

/// One giving of an order to a technician: the register of who had it, and why not the suggested one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dispatch {
    /// The order.
    pub order_id: WorkOrderId,
    /// Who got it.
    pub technician_id: EmployeeId,
    /// Who was suggested.
    pub suggested_id: Option<EmployeeId>,
    /// The place of the chosen one in the ranking, from 1; `None` when not ranked.
    pub place: Option<i32>,
    /// Why another than the suggested one, or why it was taken from the former.
    pub reason: Option<String>,
    /// Who gave it.
    pub dispatched_by: Option<EmployeeId>,
    /// When.
    pub dispatched_at: DateTime<Utc>,
}

/// What the desk says on verifying.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
#[schema(as = VerifyOrder)]
pub struct Verify {
    /// A remark.
    pub note: Option<Note>,
    /// Why an order without any evidence (no photo, no signature) is accepted all the same; required then.
    pub evidence_waiver: Option<Note>,
}

/// Dispatches a request (POS-RECEPT-09a, -09c). The caller holds the request's row, so only one dispatcher gets here.
///
/// # Errors
/// `wrong_state` when it was dispatched before; `validation_failed` for the technician or a missing reason.
#[allow(clippy::too_many_arguments, reason = "each is one thing the decision needs")]
pub fn dispatch(
    request: &RepairRequest,
    category: &Category,
    to: &Assignment,
    suggestion: &Suggestion,
    reason: Option<&Note>,
    no: String,
    actor: &Actor,
    now: DateTime<Utc>,
) -> Result<(Transition<WorkOrder>, Dispatch, Transition<RepairRequest>), Problem> {
    request.must_be_requested(&Text::new("派工", "be dispatched"))?;
    let choice = suggestion.choose(to.technician, reason.map(|reason| reason.as_str()))?;
    let start = request.appointment.map_or(now, |time| time.from.max(now));
    let limits = category.limits(request.urgency, start);
    let order = WorkOrder {
        id: WorkOrderId::generate(),
        no,
        estate_id: request.estate_id,
        request_id: request.id,
        responsible_post: to.post,
        responsible_assignment: Some(to.assignment),
        squad_id: to.squad,
        area_id: to.area,
        created_by: actor.employee,
        technician_id: to.technician,
        category: request.category,
        urgency: request.urgency,
        estimated_minutes: category.estimated_minutes,
        state: OrderState::Dispatched,
        dispatched_by: actor.employee,
        dispatched_at: now,
        round_at: now,
        accepted_at: None,
        arrived_at: None,
        finished_at: None,
        finished_by: None,
        response_due_at: limits.response_due_at,
        finish_due_at: limits.finish_due_at,
        pending_reason: None,
        returned_count: 0,
        keyed_late: false,
        verified_by: None,
        verified_at: None,
        rating: None,
        end_reason: None,
        updated_at: now,
        version: 1,
    };
    let dispatch = given(&order, suggestion, choice, reason, actor, now);
    let entry = order
        .entry("dispatched")
        .states(None, OrderState::Dispatched.code())
        .reason(dispatch.reason.as_deref())
        .changes(json!({
            "technician_id": [null, to.technician],
            "suggested_id": dispatch.suggested_id,
            "place": dispatch.place,
        }))
        .clauses(&["POS-RECEPT-09a", "POS-RECEPT-09c"]);
    let request = request.dispatched(to, now);
    Ok((Transition { record: order, entry }, dispatch, request))
}

fn given(
    order: &WorkOrder,
    suggestion: &Suggestion,
    choice: Choice,
    reason: Option<&Note>,
    actor: &Actor,
    now: DateTime<Utc>,
) -> Dispatch {
    let place = match choice {
        Choice::AsSuggested => Some(1),
        Choice::Override { place } => place.and_then(|place| i32::try_from(place).ok()),
    };
    Dispatch {
        order_id: order.id,
        technician_id: order.technician_id,
        suggested_id: suggestion.first().map(|ranked| ranked.employee),
        place,
        reason: reason.map(|reason| reason.as_str().to_owned()),
        dispatched_by: actor.employee,
        dispatched_at: now,
    }
}

impl WorkOrder {
    /// Gives it to another technician; the limits run on, so a late order does not become a good one.
    ///
    /// # Errors
    /// `wrong_state`; `validation_failed` for the same or an unqualified technician.
    pub fn reassign(
        &self,
        to: &Assignment,
        suggestion: &Suggestion,
        reason: &Note,
        actor: &Actor,
        now: DateTime<Utc>,
    ) -> Result<(Transition<Self>, Dispatch), Problem> {
        let state = self.state.after(OrderAct::Reassign)?;
        if to.technician == self.technician_id {
            return Err(Problem::field(
                "/technician_id",
                "same",
                Text::new("工单已在该维修员手中", "this technician has the order already"),
            ));
        }
        let choice = suggestion.choose(to.technician, Some(reason))?;
        let mut record = self.clone();
        record.technician_id = to.technician;
        record.responsible_assignment = Some(to.assignment);
        record.responsible_post = to.post;
        record.squad_id = to.squad;
        record.dispatched_by = actor.employee;
        record.dispatched_at = now;
        record.round_at = now;
        record.accepted_at = None;
        record.arrived_at = None;
        record.pending_reason = None;
        record.state = state;
        record.touched(now);
        let dispatch = given(&record, suggestion, choice, Some(reason), actor, now);
        let entry = record
            .entry("reassigned")
            .states(Some(self.state.code()), state.code())
            .reason(Some(reason.as_str()))
            .changes(json!({ "technician_id": [self.technician_id, to.technician] }))
            .clauses(&["POS-RECEPT-09a", "POS-RECEPT-09c"]);
        Ok((Transition { record, entry }, dispatch))
    }

    /// Accepts the evidence (PROC-RECEPT-5.3). Nobody verifies their own work; without a photo or a signature the desk
    /// says why it is accepted all the same.
    ///
    /// # Errors
    /// `wrong_state`, `self_approval`, `validation_failed` at `/evidence_waiver`.
    pub fn verify(
        &self,
        verify: &Verify,
        has_evidence: bool,
        actor: &Actor,
        now: DateTime<Utc>,
    ) -> Result<Transition<Self>, Problem> {
        let state = self.state.after(OrderAct::Verify)?;
        if self.is_of(actor) || self.finished_by.is_some_and(|person| actor.is(person)) {
            return Err(Problem::new(
                ProblemCode::SelfApproval,
                Text::new(
                    "不能核验本人完成的工单，请由其他接待员或主管核验",
                    "Nobody verifies their own work: another receptionist or the supervisor does",
                ),
            ));
        }
        if !has_evidence && verify.evidence_waiver.is_none() {
            return Err(Problem::field(
                "/evidence_waiver",
                "required",
                Text::new(
                    "工单没有照片也没有签字，请说明为何仍予核验，或退回返工",
                    "there is neither photo nor signature: say why it is accepted, or return it to work",
                ),
            ));
        }
        let mut record = self.clone();
        record.state = state;
        record.verified_by = actor.employee;
        record.verified_at = Some(now);
        record.touched(now);
        let said = verify.evidence_waiver.as_ref().or(verify.note.as_ref());
        let entry = record
            .entry("verified")
            .states(Some(self.state.code()), state.code())
            .reason(said.map(|said| said.as_str()))
            .changes(json!({ "evidence": has_evidence }))
            .clauses(&["POS-RECEPT-09a", "PROC-RECEPT-5.3"]);
        Ok(Transition { record, entry })
    }

    /// Sends it back: the desk was not content with the evidence, or the resident with the repair.
    ///
    /// # Errors
    /// `wrong_state`.
    pub fn return_to_work(&self, reason: &Note, now: DateTime<Utc>) -> Result<Transition<Self>, Problem> {
        let mut record = self.clone();
        record.state = self.state.after(OrderAct::Return)?;
        record.returned_count += 1;
        record.verified_by = None;
        record.verified_at = None;
        (record.finished_at, record.finished_by) = (None, None);
        record.rating = None;
        record.round_at = now;
        record.touched(now);
        let entry = record
            .entry("returned_to_work")
            .states(Some(self.state.code()), record.state.code())
            .reason(Some(reason.as_str()))
            .changes(json!({ "returned_count": [self.returned_count, record.returned_count] }))
            .clauses(&["PROC-RECEPT-5.3"]);
        Ok(Transition { record, entry })
    }

    /// Gives it up.
    ///
    /// # Errors
    /// `wrong_state`.
    pub fn cancel(&self, reason: &Note, now: DateTime<Utc>) -> Result<Transition<Self>, Problem> {
        let mut record = self.clone();
        record.state = self.state.after(OrderAct::Cancel)?;
        record.end_reason = Some(reason.as_str().to_owned());
        record.touched(now);
        let entry = record
            .entry("cancelled")
            .states(Some(self.state.code()), record.state.code())
            .reason(Some(reason.as_str()))
            .clauses(&["POS-RECEPT-09a"]);
        Ok(Transition { record, entry })
    }

    /// Notes what the resident said at the return visit; `None` when nobody was reached.
    ///
    /// # Errors
    /// `wrong_state` before it was verified or after it was closed.
    pub fn visited(&self, rating: Option<&str>, now: DateTime<Utc>) -> Result<Transition<Self>, Problem> {
        let mut record = self.clone();
        record.state = self.state.after(OrderAct::Visit)?;
        record.rating = rating.map(str::to_owned);
        record.touched(now);
        let entry = record
            .entry("visited")
            .states(Some(self.state.code()), record.state.code())
            .changes(json!({ "rating": [null, rating] }))
            .clauses(&["POS-RECEPT-09b"]);
        Ok(Transition { record, entry })
    }

    /// Ends it: after the return visit, or at once where no resident waits for it.
    ///
    /// # Errors
    /// `wrong_state`, naming the visit when that is what is missing.
    pub fn close(&self, request: &RepairRequest, now: DateTime<Utc>) -> Result<Transition<Self>, Problem> {
        let state = self.state.after(OrderAct::Close)?;
        if self.state == OrderState::Verified && request.concerns_resident() {
            return Err(Problem::wrong_state(
                &OrderAct::Close.title(),
                &Text::new("已核验、待回访", "verified, the return visit is to come"),
            ));
        }
        let mut record = self.clone();
        record.state = state;
        record.touched(now);
        let entry = record
            .entry("closed")
            .states(Some(self.state.code()), state.code())
            .clauses(&["POS-RECEPT-09a", "PROC-RECEPT-5.3"]);
        Ok(Transition { record, entry })
    }
}

impl RepairRequest {
    /// The request as its order moves: it follows whoever has the order.
    #[must_use]
    pub fn dispatched(&self, to: &Assignment, now: DateTime<Utc>) -> Transition<Self> {
        let mut record = self.clone();
        record.state = RequestState::Dispatched;
        record.responsible_post = to.post;
        record.responsible_assignment = Some(to.assignment);
        record.squad_id = to.squad;
        record.touched(now);
        let entry = record
            .entry("dispatched")
            .states(Some(self.state.code()), record.state.code())
            .clauses(&["POS-RECEPT-09a"]);
        Transition { record, entry }
    }

    /// The request after a step of its order, when the step ends or reopens it.
    #[must_use]
    pub fn follow(&self, order: &WorkOrder, now: DateTime<Utc>) -> Option<Transition<Self>> {
        let state = match order.state {
            OrderState::Closed => RequestState::Closed,
            OrderState::Cancelled => RequestState::Cancelled,
            _ => RequestState::Dispatched,
        };
        let same = (state, order.responsible_assignment) == (self.state, self.responsible_assignment);
        if same {
            return None;
        }
        let mut record = self.clone();
        record.state = state;
        record.responsible_post = order.responsible_post;
        record.responsible_assignment = order.responsible_assignment;
        record.squad_id = order.squad_id;
        record.end_reason.clone_from(&order.end_reason);
        record.touched(now);
        let entry = record
            .entry(match state {
                RequestState::Closed => "closed",
                RequestState::Cancelled => "cancelled",
                _ if self.state == RequestState::Closed => "reopened",
                _ => "reassigned",
            })
            .states(Some(self.state.code()), state.code())
            .reason(order.end_reason.as_deref())
            .clauses(&["POS-RECEPT-09a"]);
        Some(Transition { record, entry })
    }
}
