//! The elements of the inventory, one file each.

mod area;
mod block;
mod house;
mod parking_space;
mod place;
mod unit;

pub use area::{Area, ChangeArea, NewArea};
pub use block::{Block, BlockKind, ChangeBlock, NewBlock};
pub(super) use house::floor_of as register_floor;
pub use house::{ChangeHouse, House, HouseStatus, HouseUse, NewHouse};
pub use parking_space::{ChangeParkingSpace, NewParkingSpace, ParkingKind, ParkingSpace};
pub use place::{ChangePlace, FixtureKind, NewPlace, Place, PlaceKind};
pub use unit::{ChangeUnit, NewUnit, Unit};

/// What every element has in common: identity, state, version and times.
macro_rules! element {
    ($entity:ident, $change:ident, $kind:ident, |$it:ident| $title:expr, |$made:ident| $refresh:expr $(, $check:path)?) => {
        impl $crate::estate::Element for $entity {
            const KIND: $crate::shared::SubjectKind = $crate::shared::SubjectKind::$kind;
            type Change = $change;

            fn id(&self) -> uuid::Uuid {
                self.id.0
            }
            fn estate(&self) -> $crate::shared::EstateId {
                self.estate_id
            }
            fn title(&self) -> String {
                let $it = self;
                $title
            }
            fn state(&self) -> $crate::estate::ElementState {
                self.state
            }
            fn set_state(&mut self, state: $crate::estate::ElementState) {
                self.state = state;
            }
            $(fn check(&self) -> Result<(), $crate::shared::Problem> {
                $check(self)
            })?
            fn touch(&mut self, now: chrono::DateTime<chrono::Utc>) {
                self.version += 1;
                self.updated_at = now;
                let $made = self;
                $refresh
            }
        }
    };
}
use element;
