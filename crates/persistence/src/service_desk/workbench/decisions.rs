//! Decisions of the desk that wait for the actor, by the one resolver: what it gives to somebody else waits there.

use chrono::{DateTime, Utc};
use uuid::Uuid;
use wuye_domain::{
    access::{Actor, Permission, Scope},
    org::superior::{Matter, NobodyDecides, Resolution},
    service_desk::{
        cases::{self as case_rules, Case, Undecided},
        disputes::{self as dispute_rules, Dispute},
        orders::{self as order_rules, WorkOrder},
    },
    shared::{EmployeeId, SubjectKind, zone::business_date},
};

use super::super::{cases, disputes, orders};
use crate::{
    Conn, Failure,
    org::staff::Staffs,
    workbench::{Pile, Waiting, WorkKind},
};

fn decides(actor: &Actor, found: &Result<Resolution, NobodyDecides>) -> bool {
    let me = actor.employee;
    found
        .as_ref()
        .is_ok_and(|found| me.is_some_and(|me| found.as_decider(me).is_some()))
}

fn pile(kind: WorkKind, subject: SubjectKind, mut items: Vec<Waiting>) -> Pile {
    items.sort_by_key(|item| (item.due_at.is_none(), item.due_at, item.id));
    Pile::of(kind, subject, items)
}

pub(super) async fn waiting(conn: &mut Conn, actor: &Actor, staffs: &mut Staffs) -> Result<Vec<Pile>, Failure> {
    let mut piles = Vec::new();
    if let Ok(scope) = actor.scope(Permission::CaseDecide) {
        piles.extend(of_cases(conn, actor, &scope, staffs).await?);
    }
    if let Ok(scope) = actor.scope(Permission::DisputeApprove) {
        let mut mine = Vec::new();
        for dispute in disputes::with_cost_pending(conn, &scope).await? {
            let barred: Vec<EmployeeId> = dispute.mediator_id.into_iter().collect();
            let data = staffs.of(conn, dispute.estate_id).await?;
            let dated = business_date(dispute.opened_at, data.zone);
            if decides(
                actor,
                &data
                    .staff()
                    .resolve(&dispute_rules::cost_matter(&dispute, &barred, dated)),
            ) {
                mine.push(of_dispute(dispute));
            }
        }
        piles.push(pile(WorkKind::DisputeCostsToDecide, SubjectKind::Dispute, mine));
    }
    if let Ok(scope) = actor.scope(Permission::OrderApprove) {
        let mut mine = Vec::new();
        for (cost, order) in orders::costs::pending(conn, &scope).await? {
            let barred = [cost.asked_by, order.technician_id];
            let data = staffs.of(conn, order.estate_id).await?;
            let matter: Matter<'_> =
                order_rules::cost_matter(&order, &barred, business_date(order.dispatched_at, data.zone));
            if decides(actor, &data.staff().resolve(&matter)) {
                mine.push(of_order(order, cost.reason, cost.asked_at));
            }
        }
        piles.push(pile(WorkKind::CostsToApprove, SubjectKind::WorkOrder, mine));
    }
    Ok(piles)
}

async fn of_cases(conn: &mut Conn, actor: &Actor, scope: &Scope, staffs: &mut Staffs) -> Result<Vec<Pile>, Failure> {
    let open = cases::undecided(conn, scope).await?;
    let ids: Vec<Uuid> = open.iter().map(|case| case.id.0).collect();
    let mut findings = cases::findings(conn, &ids).await?;
    let mut takers = cases::measures_of(conn, &ids).await?;
    let (mut validity, mut closings) = (Vec::new(), Vec::new());
    for case in open {
        let finding = findings.remove(&case.id.0).unwrap_or_default();
        let data = staffs.of(conn, case.estate_id).await?;
        let dated = business_date(case.received_at, data.zone);
        let Some(what) = Undecided::of(&case, &finding) else {
            continue;
        };
        let measures = takers.remove(&case.id.0).unwrap_or_default();
        let barred = what.barred(&case, &finding, &measures);
        if decides(actor, &case_rules::resolve(&data.staff(), &case, &barred, dated)) {
            match what {
                Undecided::Validity => validity.push(of_case(case)),
                Undecided::Closing => closings.push(of_case(case)),
            }
        }
    }
    Ok(vec![
        pile(WorkKind::ValidityToConfirm, SubjectKind::Case, validity),
        pile(WorkKind::ClosingsToCheck, SubjectKind::Case, closings),
    ])
}

fn of_case(case: Case) -> Waiting {
    Waiting {
        id: case.id.0,
        no: Some(case.no),
        title: case.text,
        estate_id: Some(case.estate_id.0),
        due_at: Some(case.due_at),
        since: case.received_at,
        urgency: None,
        state: Some(case.state.code().to_owned()),
        house_id: case.house_id,
        place: None,
    }
}

fn of_dispute(dispute: Dispute) -> Waiting {
    Waiting {
        id: dispute.id.0,
        no: Some(dispute.no),
        title: dispute.subject,
        estate_id: Some(dispute.estate_id.0),
        due_at: None,
        since: dispute.settled_at.unwrap_or(dispute.opened_at),
        urgency: None,
        state: Some(dispute.state.code().to_owned()),
        house_id: None,
        place: None,
    }
}

fn of_order(order: WorkOrder, reason: String, asked_at: DateTime<Utc>) -> Waiting {
    Waiting {
        id: order.id.0,
        no: Some(order.no),
        title: reason,
        estate_id: Some(order.estate_id.0),
        due_at: Some(order.finish_due_at),
        since: asked_at,
        urgency: Some(order.urgency.code().to_owned()),
        state: Some(order.state.code().to_owned()),
        house_id: None,
        place: None,
    }
}
