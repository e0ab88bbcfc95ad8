//! Writing a dispute down.

use actix_web::{http::StatusCode, post, web};
use uuid::Uuid;
use wuye_domain::{
    access::{Actor, Permission, need},
    service_desk::{
        Deed,
        cases::CaseId,
        disputes::{self as rules, DisputeParty, NewDispute, NewParty},
    },
    shared::{EstateId, Problem, Subject, SubjectKind},
};
use wuye_persistence::{
    Failure, numbers,
    service_desk::{cases, disputes},
};

use super::{
    super::{contact, terms::Terms},
    DisputeView,
};
use crate::{Answer, ApiResult, App, Command, Guard, Work};

/// Open a dispute
///
/// The estate officers, the supervisor, the assistant; technicians and cleaning leaders pass on what they hear. It waits
/// for the supervisor to name a mediator.
#[utoipa::path(tag = "service_desk", operation_id = "open_dispute", request_body = NewDispute,
    responses((status = 201, description = "Opened", body = DisputeView)),
    extensions(("x-permission" = json!("dispute.open")),
        ("x-clauses" = json!(["POS-RECEPT-02b", "POS-RENOADM-02b", "PROC-TECH-5.4", "PROC-PUBSUP-5.4", "PROC-CLEANLEAD-5.4"]))))]
#[post("/disputes")]
pub async fn open_dispute(
    guard: Guard<need::DisputeOpen>,
    command: Command<NewDispute>,
    app: web::Data<App>,
) -> ApiResult<DisputeView> {
    let new = &command.body;
    let estate = guard.estate(new.estate_id)?;
    let mut work = app.begin(&guard, &command).await?;
    let (deed, terms) = (
        Deed::reported(&guard.actor, work.now, new.occurred_at)?,
        Terms::of(&work, estate).await?,
    );
    let parties = new
        .parties
        .iter()
        .enumerate()
        .map(party)
        .collect::<Result<Vec<_>, _>>()?;
    came_out_of(&mut work, &guard.actor, estate, new.origin_case).await?;
    // The rules first, so that a refusal takes no number.
    let due = rules::step_due_at(deed.at, &terms.settings, &terms.clockwork());
    let mut step = rules::open(new, estate, String::new(), due, &deed)?;
    step.record.no = numbers::next(&mut work, estate, "JF", terms.date(deed.now)).await?;
    disputes::insert(&mut work, &step.record, &parties).await?;
    disputes::add_parties(&mut work, step.record.id, &parties).await?;
    if let Some(origin) = new.origin_case {
        let subject = Subject::new(SubjectKind::Dispute, step.record.id);
        cases::link(&mut work, origin, subject, guard.actor.employee, deed.now).await?;
    }
    work.record(step.entry);
    let view = DisputeView::of(&mut work, vec![step.record], deed.now).await?.remove(0);
    let answer = Answer::of(StatusCode::CREATED, &view)?.version(view.version());
    work.commit_with(answer.location(format!("/api/v1/disputes/{}", view.id())))
        .await
}

/// The case it came out of is of the same estate, and one the caller may read.
async fn came_out_of(work: &mut Work, actor: &Actor, estate: EstateId, origin: Option<CaseId>) -> Result<(), Failure> {
    let Some(origin) = origin else { return Ok(()) };
    let scope = actor.scope(Permission::CaseRead)?;
    match cases::find(work, &scope, origin).await {
        Ok(case) if case.estate_id == estate => Ok(()),
        Ok(_) | Err(Failure::Problem(_)) => Err(Problem::unknown_reference("/origin_case").into()),
        Err(failure) => Err(failure),
    }
}

fn party((place, new): (usize, &NewParty)) -> Result<DisputeParty, Problem> {
    Ok(DisputeParty {
        id: Uuid::now_v7(),
        side: new.side,
        role: new.role,
        party_id: new.party_id,
        house_id: new.house_id,
        name: new.name.as_ref().map(|name| name.as_str().to_owned()),
        phone: contact::read_phone(new.phone.as_deref(), &format!("/parties/{place}/phone"))?,
    })
}
