//! What still wants something from somebody: the rows of the small index of the same condition. Literal, so that a prepared
//! plan knows that it may use the index.

use diesel::sql_types::Bool;

use crate::fixed::{Fixed, fixed};

/// Tasks that are neither closed nor cancelled.
pub(super) fn tasks() -> Fixed<Bool> {
    fixed("tasks.ended_at IS NULL")
}

/// States in which the next step is the assignee's.
pub(super) const WITH_ASSIGNEE: [&str; 4] = ["issued", "accepted", "in_progress", "returned"];

#[cfg(test)]
mod tests {
    use wuye_domain::org::tasks::TaskState;

    use super::*;

    #[test]
    fn the_states_are_those_of_the_rules() {
        let of_rules: Vec<&str> = TaskState::ALL
            .iter()
            .filter(|state| state.with_assignee())
            .map(|state| state.code())
            .collect();
        let mut here = WITH_ASSIGNEE.to_vec();
        here.sort_by_key(|code| of_rules.iter().position(|known| known == code));
        assert_eq!(here, of_rules);
    }
}
