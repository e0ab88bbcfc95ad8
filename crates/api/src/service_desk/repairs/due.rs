//! What the clock does with requests: hand-over at the start of work, climbing when nobody dispatches.

use wuye_domain::{access::Permission, shared::EstateId};
use wuye_persistence::{Failure, estates, service_desk::repairs};

use super::super::terms::Terms;
use crate::{App, jobs::system};

/// Rows per transaction.
const BATCH: i64 = 100;

/// Hands night requests to the desk whose start of work has come (POS-GUARDLEAD-05b).
///
/// # Errors
/// As the database says.
pub async fn hand_over(app: &App) -> Result<(), Failure> {
    loop {
        let mut work = app.begin_as(system(), Permission::OrderDispatch).await?;
        let now = work.now;
        let due = repairs::due_hand_overs(&mut work, now, BATCH).await?;
        let count = due.len();
        for request in due {
            if let Some(step) = request.hand_over(now) {
                repairs::save(&mut work, &step.record).await?;
                work.record(step.entry);
            }
        }
        work.commit().await?;
        if count < usize::try_from(BATCH).unwrap_or(usize::MAX) {
            return Ok(());
        }
    }
}

/// Lets undispatched requests climb the line. Safe to run any number of times.
///
/// # Errors
/// As the database says.
pub async fn escalate(app: &App) -> Result<(), Failure> {
    let estates = estates::all(&mut *app.conn().await?).await?;
    for estate in estates {
        while climb(app, estate.id.into()).await? {}
    }
    Ok(())
}

/// One batch; whether there may be more.
async fn climb(app: &App, estate: EstateId) -> Result<bool, Failure> {
    let mut work = app.begin_as(system(), Permission::OrderDispatch).await?;
    let now = work.now;
    let step = Terms::of(&mut work, estate).await?.escalation_step();
    let due = repairs::overdue(&mut work, estate, step, now, BATCH).await?;
    let full = i64::try_from(due.len()).is_ok_and(|count| count == BATCH);
    for request in due {
        if let Some(climbed) = request.escalate(step, now) {
            repairs::save(&mut work, &climbed.record).await?;
            work.record(climbed.entry);
        }
    }
    work.commit().await?;
    Ok(full)
}
