//! Overdue orders climb by themselves.

use wuye_domain::{access::Permission, shared::EstateId};
use wuye_persistence::{Failure, estates, service_desk::orders};

use super::super::terms::Terms;
use crate::{App, jobs::system};

/// Rows per transaction.
const BATCH: i64 = 100;

/// Lets overdue orders climb the line. Safe to run any number of times.
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
    let due = orders::overdue(&mut work, estate, step, now, BATCH).await?;
    let full = i64::try_from(due.len()).is_ok_and(|count| count == BATCH);
    for order in due {
        if let Some(climbed) = order.escalate(step, now) {
            orders::save(&mut work, &climbed.record).await?;
            work.record(climbed.entry);
        }
    }
    work.commit().await?;
    Ok(full)
}
