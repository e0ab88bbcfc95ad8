//! The reporting edges of the manual: the line by the position texts, functional edges across it.

use chrono::NaiveDate;

use crate::access::PostCode;
use crate::org::EdgeKind;
use crate::org::tree::{Edge, Matter, Tree};
use crate::shared::period::Period;

/// An edge without its dates.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct EdgeSeed {
    /// The lower post.
    pub child: PostCode,
    /// The upper post.
    pub parent: PostCode,
    /// What the edge means.
    pub kind: EdgeKind,
    /// The matter of a functional edge.
    pub matter: Option<Matter>,
    /// The clause it comes from.
    pub clause: &'static str,
}

use PostCode as P;

/// The edges, the line first.
pub const EDGES: &[EdgeSeed] = &[
    line(P::Gm, P::Board, "ORG-1"),
    line(P::Cscmgr, P::Gm, "POS-CSCMGR-01"),
    line(P::Asstmgr, P::Cscmgr, "POS-ASSTMGR-01"),
    line(P::Offdir, P::Cscmgr, "ORG-2"),
    line(P::Depmgr, P::Cscmgr, "POS-DEPMGR-01"),
    line(P::Guardcapt, P::Depmgr, "POS-GUARDCAPT-01"),
    line(P::Guardlead, P::Guardcapt, "POS-GUARDLEAD-01"),
    line(P::Guard, P::Guardlead, "POS-GUARDLEAD-05c"),
    line(P::Pubsup, P::Depmgr, "POS-PUBSUP-01"),
    line(P::Recept, P::Pubsup, "POS-RECEPT-01"),
    line(P::Renoadm, P::Pubsup, "POS-RENOADM-01"),
    line(P::Cleanlead, P::Pubsup, "POS-CLEANLEAD-01"),
    line(P::Cleaner, P::Cleanlead, "POS-CLEANER-01"),
    line(P::Tech, P::Pubsup, "POS-TECH-01"),
    line(P::Engsup, P::Pubsup, "ORG-6"),
    line(P::Cleansup, P::Pubsup, "ORG-7"),
    line(P::Finsup, P::Depmgr, "POS-FINSUP-01"),
    line(P::Acct, P::Finsup, "ORG-11"),
    line(P::Cashier, P::Finsup, "POS-CASHIER-01"),
    line(P::Feecol, P::Finsup, "POS-FEECOL-01"),
    line(P::Ticket, P::Finsup, "POS-TICKET-01"),
    across(P::Guardcapt, P::Asstmgr, Matter::Appraisal, "POS-ASSTMGR-07"),
    across(P::Guardcapt, P::Asstmgr, Matter::Training, "POS-ASSTMGR-06a"),
    command(P::Guardcapt, P::Asstmgr, "PROC-GUARDCAPT-5.4"),
    across(P::Pubsup, P::Asstmgr, Matter::Appraisal, "POS-ASSTMGR-07"),
    across(P::Pubsup, P::Asstmgr, Matter::Training, "POS-ASSTMGR-06a"),
    across(P::Pubsup, P::Asstmgr, Matter::Disputes, "POS-PUBSUP-07"),
    across(P::Finsup, P::Asstmgr, Matter::Appraisal, "POS-ASSTMGR-07"),
    across(P::Finsup, P::Asstmgr, Matter::Training, "POS-ASSTMGR-06a"),
    across(P::Cleanlead, P::Renoadm, Matter::CleaningGuidance, "POS-RENOADM-06b"),
    across(P::Finsup, P::Cscmgr, Matter::FinancialReport, "POS-FINSUP-03"),
    across(P::Guardcapt, P::Cashier, Matter::ParkingTakings, "POS-GUARDCAPT-07b"),
];

/// The edges, valid from a date on.
#[must_use]
pub fn edges(from: NaiveDate) -> Vec<Edge> {
    let edge = |seed: &EdgeSeed| Edge {
        child: seed.child,
        parent: seed.parent,
        kind: seed.kind,
        matter: seed.matter,
        period: Period::starting(from),
    };
    EDGES.iter().map(edge).collect()
}

/// The tree they make. A test holds that they do make one.
#[must_use]
pub fn tree(from: NaiveDate) -> Tree {
    Tree::new(edges(from)).unwrap_or_default()
}

const fn line(child: PostCode, parent: PostCode, clause: &'static str) -> EdgeSeed {
    EdgeSeed {
        child,
        parent,
        kind: EdgeKind::Line,
        matter: None,
        clause,
    }
}

const fn across(child: PostCode, parent: PostCode, matter: Matter, clause: &'static str) -> EdgeSeed {
    EdgeSeed {
        child,
        parent,
        kind: EdgeKind::Functional,
        matter: Some(matter),
        clause,
    }
}

const fn command(child: PostCode, parent: PostCode, clause: &'static str) -> EdgeSeed {
    EdgeSeed {
        kind: EdgeKind::IncidentCommand,
        ..across(child, parent, Matter::IncidentCommand, clause)
    }
}
