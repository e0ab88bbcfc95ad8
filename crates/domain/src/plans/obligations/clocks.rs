//! The clocks that facts start, as far as records are kept for them: the trigger each belongs to, and the name of its duty.

use crate::org::climb::Climbing;
use crate::service_desk::overdue;
use crate::shared::Text;

/// A clock of a kind of record. Its deadline is a duty like any other.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Clock {
    /// The trigger it serves: `TR-08`.
    pub trigger: &'static str,
    /// Its deadline, and how the superiors hear of it.
    pub climbing: &'static Climbing,
    /// The duty in a few words.
    pub name: Text,
}

const fn clock(trigger: &'static str, climbing: &'static Climbing, name: Text) -> Clock {
    Clock {
        trigger,
        climbing,
        name,
    }
}

/// Every clock there is. A context whose records have deadlines adds its lines here.
const CLOCKS: &[Clock] = &[
    clock(
        "TR-08",
        &overdue::TRIAGE,
        Text::new("受理住户报事", "Take a resident's report in"),
    ),
    clock(
        "TR-08",
        &overdue::ACKNOWLEDGE,
        Text::new("告知已受理", "Tell the resident that it came in"),
    ),
    clock(
        "TR-08",
        &overdue::REPLY,
        Text::new("答复投诉或建议", "Answer a complaint or suggestion"),
    ),
    clock("TR-09", &overdue::VISIT, Text::new("回访", "Return visit")),
    clock(
        "TR-10",
        &overdue::MEDIATE,
        Text::new("调解纠纷或逐级上报", "Mediate the dispute or pass it on"),
    ),
    clock(
        "TR-23",
        &overdue::DISPATCH,
        Text::new("派工", "Dispatch a repair request"),
    ),
    clock("TR-23", &overdue::RESPONSE, Text::new("响应工单", "Answer an order")),
    clock("TR-23", &overdue::FINISH, Text::new("完成维修", "Finish the repair")),
];

/// The clock of this deadline.
#[must_use]
pub fn clock_of(deadline: &str) -> Option<&'static Clock> {
    CLOCKS.iter().find(|clock| clock.climbing.deadline == deadline)
}

/// The clocks that put a clause to work.
pub fn clocks_for(clause: &str) -> impl Iterator<Item = &'static Clock> {
    CLOCKS
        .iter()
        .filter(move |clock| clock.climbing.clauses.contains(&clause))
}

/// Whether records are kept whose facts start and stop this trigger's clocks. Until they are, it waits.
#[must_use]
pub fn runs(trigger: &str) -> bool {
    CLOCKS.iter().any(|clock| clock.trigger == trigger)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::plans::obligations::triggers;

    #[test]
    fn each_clock_has_a_name_of_its_own_and_serves_a_trigger_that_there_is() {
        let triggers = triggers().expect("readable");
        for clock in CLOCKS {
            assert!(
                triggers.iter().any(|it| it.code == clock.trigger),
                "{} serves {}",
                clock.climbing.deadline,
                clock.trigger
            );
            assert_eq!(overdue::named(clock.climbing.deadline), Some(clock.climbing));
        }
        let deadlines: BTreeSet<&str> = CLOCKS.iter().map(|clock| clock.climbing.deadline).collect();
        assert_eq!(deadlines.len(), CLOCKS.len());
    }

    /// What the manual asks of a trigger is asked of its clocks.
    #[test]
    fn the_clauses_of_a_trigger_that_runs_are_those_of_its_clocks() {
        for trigger in triggers().expect("readable").iter().filter(|it| runs(&it.code)) {
            for clause in &trigger.clauses {
                let served = clocks_for(clause).any(|clock| clock.trigger == trigger.code);
                assert!(served, "{clause} of {}", trigger.code);
            }
        }
    }
}
