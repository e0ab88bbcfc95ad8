//! The clause by which each post completes what its leaders give it, and how a task that is late climbs.

use crate::access::PostCode;
use crate::org::climb::{Climbing, Ladder, Pace};
use crate::shared::SettingKey;

/// The one deadline of a task, as climbs name it.
pub const DEADLINE: &str = "task";

const fn of(clauses: &'static [&'static str]) -> Climbing {
    Climbing {
        deadline: DEADLINE,
        ladder: Ladder::Giver,
        pace: Pace::WorkingDays(SettingKey::TaskEscalationDays),
        clauses,
    }
}

use PostCode as P;

/// Each post's duty; the climb of its tasks names it.
static DUTIES: &[(PostCode, Climbing)] = &[
    (P::Cscmgr, of(&["POS-CSCMGR-12"])),
    (P::Depmgr, of(&["POS-DEPMGR-09"])),
    (P::Asstmgr, of(&["POS-ASSTMGR-09"])),
    (P::Guardcapt, of(&["POS-GUARDCAPT-12"])),
    (P::Guardlead, of(&["POS-GUARDLEAD-08"])),
    (P::Guard, of(&["POS-GUARD-09"])),
    (P::Pubsup, of(&["POS-PUBSUP-16"])),
    (P::Recept, of(&["POS-RECEPT-11"])),
    (P::Renoadm, of(&["POS-RENOADM-08"])),
    (P::Cleanlead, of(&["POS-CLEANLEAD-10"])),
    (P::Cleaner, of(&["POS-CLEANER-10"])),
    (P::Tech, of(&["POS-TECH-11"])),
    (P::Finsup, of(&["POS-FINSUP-06"])),
    (P::Cashier, of(&["POS-CASHIER-09"])),
    (P::Feecol, of(&["POS-FEECOL-06"])),
    (P::Ticket, of(&["POS-TICKET-06"])),
];
/// Posts without a description of their own do what they are given all the same.
static UNWRITTEN: Climbing = of(&[]);

/// Every clause that asks for tasks to be done, for operations that serve them all.
pub const CLAUSES: [&str; 17] = [
    "POS-CSCMGR-12",
    "POS-DEPMGR-09",
    "POS-ASSTMGR-02",
    "POS-ASSTMGR-09",
    "POS-GUARDCAPT-12",
    "POS-GUARDLEAD-08",
    "POS-GUARD-09",
    "POS-PUBSUP-16",
    "POS-RECEPT-11",
    "POS-RENOADM-08",
    "POS-CLEANLEAD-10",
    "POS-CLEANER-10",
    "POS-TECH-11",
    "POS-FINSUP-06",
    "POS-CASHIER-09",
    "POS-FEECOL-06",
    "POS-TICKET-06",
];

/// How a late task of this post climbs: its holder is reminded, then whoever gave it is told, then the line above those.
#[must_use]
pub fn climbing(post: PostCode) -> &'static Climbing {
    DUTIES
        .iter()
        .find(|(of, _)| *of == post)
        .map_or(&UNWRITTEN, |(_, climbing)| climbing)
}

/// The clauses that a task of this post serves. What manager and deputy give their assistant is also help with their daily
/// affairs (POS-ASSTMGR-02).
pub(super) fn clauses(post: PostCode, giver: PostCode) -> &'static [&'static str] {
    match (post, giver) {
        (P::Asstmgr, P::Cscmgr | P::Depmgr) => &["POS-ASSTMGR-02", "POS-ASSTMGR-09"],
        _ => climbing(post).clauses,
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_clause_is_the_duty_of_a_post() {
        let written = DUTIES.iter().flat_map(|(_, climbing)| climbing.clauses);
        let helped = clauses(P::Asstmgr, P::Depmgr);
        let of_posts: BTreeSet<&str> = written.chain(helped).copied().collect();
        assert_eq!(of_posts, CLAUSES.into());
        assert!(climbing(P::Offdir).clauses.is_empty());
    }
}
