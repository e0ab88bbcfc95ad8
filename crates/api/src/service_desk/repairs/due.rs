//! What the clock does with requests: hand-over at the start of work.

use wuye_domain::access::Permission;
use wuye_persistence::{Failure, service_desk::repairs};

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
