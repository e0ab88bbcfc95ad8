//! Taking a repair request in.

use actix_web::{http::StatusCode, post, web};
use wuye_domain::{
    access::need,
    service_desk::repairs::{self as rules, NewRepair, RepairRequest},
    shared::{EstateId, Problem, Subject, SubjectKind, Text},
};
use wuye_persistence::{
    Failure, files, numbers,
    service_desk::{categories, repairs},
};

use super::{super::terms::Terms, RepairView};
use crate::{Answer, ApiResult, App, Command, Guard, Work};

/// Record a repair request
///
/// Anybody on the staff may. While the desk is closed the order leader keeps it, and it goes to the desk by itself at the
/// start of work.
#[utoipa::path(tag = "service_desk", operation_id = "create_repair_request", request_body = NewRepair,
    responses((status = 201, description = "Recorded", body = RepairView)),
    extensions(("x-permission" = json!("repair.create")),
        ("x-clauses" = json!(["POS-GUARDLEAD-05b", "POS-RECEPT-09a", "DER-COMPUTER-7"]))))]
#[post("/repair-requests")]
pub async fn create_repair_request(
    guard: Guard<need::RepairCreate>,
    command: Command<NewRepair>,
    app: web::Data<App>,
) -> ApiResult<RepairView> {
    let estate = guard.estate(command.body.estate_id)?;
    let mut work = app.begin(&guard, &command).await?;
    let request = take_in(&mut work, estate, &command.body).await?;
    let line = repairs::fresh_line(&work, request).await?;
    let view = RepairView::of(line, &work.actor, work.now);
    let address = format!("/api/v1/repair-requests/{}", view.id());
    let answer = Answer::of(StatusCode::CREATED, &view)?;
    work.commit_with(answer.version(view.version()).location(address)).await
}

/// Takes a request in within a transaction: at the desk, from a resident's report, from another context.
///
/// # Errors
/// `validation_failed` for what does not fit.
pub async fn take_in(work: &mut Work, estate: EstateId, new: &NewRepair) -> Result<RepairRequest, Failure> {
    let (now, actor) = (work.now, work.actor.clone());
    let category = async {
        match new.category {
            Some(category) => categories::find(work, estate, category).await.map(Some),
            None => Ok(None),
        }
    };
    let (terms, category, area) = tokio::try_join!(
        Terms::of(work, estate),
        category,
        repairs::area_of(work, new.house_id, new.place_id),
    )?;
    if category.is_some_and(|category| !category.active) {
        return Err(Problem::field(
            "/category",
            "inactive",
            Text::new(
                "该类别已停用，请选择其他类别",
                "the category is out of use: choose another",
            ),
        )
        .into());
    }
    // The rules first, so that a refusal takes no number.
    let mut step = rules::take_in(new, estate, String::new(), &actor, &terms.desk(), now)?;
    step.record.area_id = area.map(Into::into);
    repairs::must_lie_in(work, estate, &step.record).await?;
    step.record.no = numbers::next(work, estate, "BX", terms.date(now)).await?;
    repairs::insert(work, &step.record).await?;
    let subject = Subject::new(SubjectKind::RepairRequest, step.record.id);
    files::attach(work, subject, &new.file_ids, "photo", actor.employee, now).await?;
    work.record(step.entry);
    Ok(step.record)
}
