//! What stands in the register: whatever has not been retired, the rows of the unique indexes of its numbers.
//!
//! The conditions are literal. A state that is bound as a parameter could be any state to a prepared plan, which then compares
//! every house of the estate with every number asked for.

use diesel::sql_types::Bool;

use crate::fixed::{Fixed, fixed};

/// Living areas.
pub(super) fn areas() -> Fixed<Bool> {
    fixed("areas.state <> 'retired'")
}

/// Living blocks.
pub(super) fn blocks() -> Fixed<Bool> {
    fixed("blocks.state <> 'retired'")
}

/// Living units.
pub(super) fn units() -> Fixed<Bool> {
    fixed("units.state <> 'retired'")
}

/// Living houses.
pub(super) fn houses() -> Fixed<Bool> {
    fixed("houses.state <> 'retired'")
}
