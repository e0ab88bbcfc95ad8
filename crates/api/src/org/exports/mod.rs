//! The lists of the organisation as files: columns as people see them, names in place of ids.

mod care;
mod duty;
mod structure;

use crate::routes::Routes;

/// The routes of these files. An export stands before the record of its list, whose id it would be taken for.
pub fn configure(config: &mut Routes<'_>) {
    config
        .configure(structure::configure)
        .configure(duty::configure)
        .configure(care::configure);
}
