//! The elements of the inventory: one file each, all of one shape.

pub mod areas;
pub mod blocks;
pub mod houses;
pub mod parking_spaces;
pub mod places;
pub mod units;
