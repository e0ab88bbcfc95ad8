//! Overdue cases climb by themselves: PUBSUP, DEPMGR, CSCMGR.

use std::collections::{HashMap, hash_map::Entry};

use wuye_domain::{
    access::Permission,
    service_desk::{cases as rules, escalation},
    shared::SettingKey,
};
use wuye_persistence::{Failure, service_desk::cases};

use super::{super::terms::Terms, store};
use crate::{App, jobs::system};

/// Lets overdue cases climb the line. Safe to run any number of times.
///
/// # Errors
/// As the database says.
pub async fn escalate(app: &App) -> Result<(), Failure> {
    let mut after = None;
    loop {
        let mut work = app.begin_as(system(), Permission::CaseManage).await?;
        let now = work.now;
        let late = cases::overdue(&mut work, now, after).await?;
        let Some(last) = late.last() else { return Ok(()) };
        after = Some(last.id.0);
        let mut terms = HashMap::new();
        for case in late {
            if let Entry::Vacant(place) = terms.entry(case.estate_id) {
                place.insert(Terms::of(&mut work, case.estate_id).await?);
            }
            let Some(terms) = terms.get(&case.estate_id) else {
                continue;
            };
            let days = u32::try_from(terms.settings.get(SettingKey::EscalationDays)).unwrap_or(1);
            let level = escalation::level(escalation::CASE_LINE, case.due_at, days, &terms.clockwork(), now);
            if let Some(step) = rules::escalate(&case, level, now) {
                store(&mut work, step, None).await?;
            }
        }
        work.commit().await?;
    }
}
