//! The estate: its inventory, the people who own and use its houses, and the files kept about them.
//!
//! Clauses: POS-CLEANLEAD-03 and DER-X-5 (inventory); POS-PUBSUP-06, POS-RECEPT-05, -06a, -06b (archive).

mod change;
pub mod check;
pub mod consultation;
mod diff;
mod element;
pub mod filter;
mod founding;
pub mod house_file;
mod ids;
pub mod import;
mod inventory;
mod occupancy;
mod party;
mod register;
mod sight;
mod structure_change;
mod values;

pub use change::{Change, present};
pub use diff::diff;
pub use element::{Edited, Element, ElementState, create, edit, retire};
pub use founding::{ChangeEstate, NewEstate};
pub use ids::{
    BlockId, ConsultationId, EstateCheckId, HouseFileId, HouseFileItemId, HouseId, ImportRunId, OccupancyId,
    ParkingSpaceId, PartyId, PlaceId, StructureChangeId, UnitId,
};
pub use inventory::{Completeness, Inventory, KindTotal};
pub use occupancy::{EndOccupancy, NewOccupancy, Occupancy, OccupancyRole, TransferHouse};
pub use party::{ChangeParty, MOST_PHONES, NewParty, Party, PartyKind, PartyView};
use register::register_floor;
pub use register::{
    Area, Block, BlockKind, ChangeArea, ChangeBlock, ChangeHouse, ChangeParkingSpace, ChangePlace, ChangeUnit,
    FixtureKind, House, HouseStatus, HouseUse, NewArea, NewBlock, NewHouse, NewParkingSpace, NewPlace, NewUnit,
    ParkingKind, ParkingSpace, Place, PlaceKind, Unit,
};
pub use sight::{ContactReach, Sight};
pub use structure_change::{
    Decision, StructureAction, StructureChange, StructureChangeState, applied, confirm, reject, withdraw,
};
pub use values::{FixtureCount, FloorNo, Milli, Remark, Storeys, Where};
