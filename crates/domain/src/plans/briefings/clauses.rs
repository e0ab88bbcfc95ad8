//! The clauses that a morning serves: of the post that reports, and of the post that hears.

use crate::access::PostCode;

/// Every clause of the morning line.
pub const CLAUSES: [&str; 14] = [
    "PROC-DEPMGR-5.1",
    "PROC-GUARDCAPT-5.1a",
    "PROC-GUARDCAPT-5.2",
    "PROC-PUBSUP-5.1a",
    "PROC-PUBSUP-5.2",
    "PROC-GUARDLEAD-5.1",
    "PROC-RECEPT-5.1",
    "PROC-RECEPT-5.2",
    "PROC-RENOADM-5.1",
    "PROC-RENOADM-5.2",
    "PROC-CLEANLEAD-5.1",
    "PROC-CLEANLEAD-5.2",
    "PROC-TECH-5.1",
    "PROC-TECH-5.2",
];

/// The clauses by which the one who hears samples records.
pub const CHECK_CLAUSES: [&str; 2] = ["PROC-GUARDCAPT-5.1b", "PROC-PUBSUP-5.1b"];

use PostCode as P;

/// What the report of a post serves: its own clause, and that of whoever is to hear it.
pub(super) const fn reporting(post: PostCode) -> &'static [&'static str] {
    match post {
        P::Guardlead => &["PROC-GUARDLEAD-5.1", "PROC-GUARDCAPT-5.1a"],
        P::Recept => &["PROC-RECEPT-5.1", "PROC-RECEPT-5.2", "PROC-PUBSUP-5.1a"],
        P::Renoadm => &["PROC-RENOADM-5.1", "PROC-RENOADM-5.2", "PROC-PUBSUP-5.1a"],
        P::Cleanlead => &["PROC-CLEANLEAD-5.1", "PROC-CLEANLEAD-5.2", "PROC-PUBSUP-5.1a"],
        P::Tech => &["PROC-TECH-5.1", "PROC-TECH-5.2", "PROC-PUBSUP-5.1a"],
        P::Guardcapt => &["PROC-GUARDCAPT-5.2", "PROC-DEPMGR-5.1"],
        P::Pubsup => &["PROC-PUBSUP-5.2", "PROC-DEPMGR-5.1"],
        _ => &[],
    }
}

/// What hearing serves.
pub(super) const fn hearing(post: PostCode) -> &'static [&'static str] {
    match post {
        P::Guardcapt => &["PROC-GUARDCAPT-5.1a"],
        P::Pubsup => &["PROC-PUBSUP-5.1a"],
        P::Depmgr => &["PROC-DEPMGR-5.1"],
        _ => &[],
    }
}

/// What sampling records serves.
pub(super) const fn checking(post: PostCode) -> &'static [&'static str] {
    match post {
        P::Guardcapt => &["PROC-GUARDCAPT-5.1b"],
        P::Pubsup => &["PROC-PUBSUP-5.1b"],
        _ => &[],
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_clause_is_served_by_a_post() {
        let of = |clauses: fn(PostCode) -> &'static [&'static str]| -> BTreeSet<&str> {
            PostCode::ALL.iter().flat_map(|post| clauses(*post)).copied().collect()
        };
        let served: BTreeSet<&str> = of(reporting).union(&of(hearing)).copied().collect();
        assert_eq!(served, CLAUSES.into());
        assert_eq!(of(checking), CHECK_CLAUSES.into());
    }
}
