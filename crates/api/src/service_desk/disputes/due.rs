//! Overdue levels of mediation become known up the line by themselves: PUBSUP, ASSTMGR, CSCMGR.

use std::collections::{HashMap, hash_map::Entry};

use wuye_domain::{
    access::Permission,
    service_desk::{disputes as rules, escalation},
    shared::SettingKey,
};
use wuye_persistence::{Failure, service_desk::disputes};

use super::{super::terms::Terms, store};
use crate::{App, jobs::system};

/// Reports overdue levels up the line. Safe to run any number of times.
///
/// # Errors
/// As the database says.
pub async fn escalate(app: &App) -> Result<(), Failure> {
    let mut after = None;
    loop {
        let mut work = app.begin_as(system(), Permission::DisputeAssign).await?;
        let now = work.now;
        let late = disputes::overdue(&mut work, now, after).await?;
        let Some(last) = late.last() else { return Ok(()) };
        after = Some(last.id.0);
        let mut terms = HashMap::new();
        for dispute in late {
            if let Entry::Vacant(place) = terms.entry(dispute.estate_id) {
                place.insert(Terms::of(&mut work, dispute.estate_id).await?);
            }
            let (Some(terms), Some(due)) = (terms.get(&dispute.estate_id), dispute.step_due_at) else {
                continue;
            };
            let days = u32::try_from(terms.settings.get(SettingKey::EscalationDays)).unwrap_or(1);
            let level = escalation::level(escalation::DISPUTE_LINE, due, days, &terms.clockwork(), now);
            if let Some(step) = rules::warn(&dispute, level, now) {
                store(&mut work, step).await?;
            }
        }
        work.commit().await?;
    }
}
