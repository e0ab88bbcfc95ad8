//! What a return visit means for its order; called by the place that names both.

use wuye_domain::{service_desk::orders::WorkOrderId, shared::Note};
use wuye_persistence::{Failure, service_desk::orders};

use super::desk::save;
use crate::Work;

/// The resident was asked, or could not be reached (`None`): the order is visited, and closed unless the resident is
/// dissatisfied; then it waits for the follow-up. An order that was sent back or closed meanwhile stays as it is.
///
/// # Errors
/// As the database says.
pub async fn visited(work: &mut Work, order: WorkOrderId, rating: Option<&str>) -> Result<(), Failure> {
    let (order, request) = orders::lock_for_reaction(work, order).await?;
    let Ok(step) = order.visited(rating, work.now) else {
        return Ok(());
    };
    let visited = save(work, step, &request).await?;
    if rating == Some("dissatisfied") {
        return Ok(());
    }
    let (order, request) = orders::lock_for_reaction(work, visited.id).await?;
    if let Ok(step) = order.close(&request, work.now) {
        save(work, step, &request).await?;
    }
    Ok(())
}

/// The resident is not content: the order goes back to work. One that is in work already stays as it is.
///
/// # Errors
/// As the database says.
pub async fn return_after_visit(work: &mut Work, order: WorkOrderId, reason: &Note) -> Result<(), Failure> {
    let (order, request) = orders::lock_for_reaction(work, order).await?;
    if let Ok(step) = order.return_to_work(reason, work.now) {
        save(work, step, &request).await?;
    }
    Ok(())
}
