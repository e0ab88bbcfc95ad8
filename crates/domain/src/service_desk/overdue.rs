//! The deadlines of the service desk, and how each climbs when it is missed (see [`crate::org::climb`]).

use crate::access::PostCode;
use crate::org::climb::{Climbing, Ladder, Pace};
use crate::shared::SettingKey;

/// The line above whoever has it; the supervisor of public affairs answers for the desk and the repairs.
const LINE: Ladder = Ladder::Line {
    head: Some(PostCode::Pubsup),
};
const DAYS: Pace = Pace::WorkingDays(SettingKey::EscalationDays);
const HOURS: Pace = Pace::Hours(SettingKey::OrderEscalationHours);

const fn climbing(deadline: &'static str, ladder: Ladder, pace: Pace, clauses: &'static [&'static str]) -> Climbing {
    Climbing {
        deadline,
        ladder,
        pace,
        clauses,
    }
}

/// A case is to be answered.
pub const REPLY: Climbing = climbing("reply", LINE, DAYS, &["POS-RECEPT-07a"]);
/// A resident is to be told that their case came in.
pub const ACKNOWLEDGE: Climbing = climbing("acknowledge", LINE, DAYS, &["POS-RECEPT-07a"]);
/// A resident's report is to be taken in.
pub const TRIAGE: Climbing = climbing("triage", LINE, DAYS, &["POS-RECEPT-07a", "POS-RECEPT-03a"]);
/// A dispute is to be given to a mediator, or settled or passed up by the level that has it: its levels, not the line,
/// are told (C-22).
pub const MEDIATE: Climbing = climbing(
    "mediate",
    Ladder::Posts(&[PostCode::Pubsup, PostCode::Asstmgr, PostCode::Cscmgr]),
    DAYS,
    &["PROC-PUBSUP-5.4", "POS-PUBSUP-07"],
);
/// A repair request is to be dispatched.
pub const DISPATCH: Climbing = climbing("dispatch", LINE, HOURS, &["POS-RECEPT-09a", "POS-PUBSUP-09"]);
/// A technician is to answer an order.
pub const RESPONSE: Climbing = climbing("response", LINE, HOURS, &["POS-PUBSUP-09", "POS-TECH-06b"]);
/// A technician is to finish an order.
pub const FINISH: Climbing = climbing("finish", LINE, HOURS, &["POS-PUBSUP-09", "POS-TECH-06b"]);
/// A resident is to be asked.
pub const VISIT: Climbing = climbing("visit", LINE, DAYS, &["POS-RECEPT-07b", "POS-RECEPT-09b"]);

/// All of them. No two kinds of record have a deadline of one name.
const ALL: &[&Climbing] = &[
    &TRIAGE,
    &ACKNOWLEDGE,
    &REPLY,
    &MEDIATE,
    &DISPATCH,
    &RESPONSE,
    &FINISH,
    &VISIT,
];

/// The deadline of this name.
#[must_use]
pub fn named(deadline: &str) -> Option<&'static Climbing> {
    ALL.iter().copied().find(|climbing| climbing.deadline == deadline)
}
