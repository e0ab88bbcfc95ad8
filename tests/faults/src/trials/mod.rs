//! The trials.

mod kill;

use libtest_mimic::Trial;

use crate::trial::trial;

/// All of them, in the order they are held.
pub fn all() -> Vec<Trial> {
    vec![trial("killed_in_the_middle_of_the_work", None, kill::in_the_middle_of_the_work)]
}
