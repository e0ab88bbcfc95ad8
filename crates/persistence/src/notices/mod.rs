//! Notices: what is known of the records they are about, the inbox, and what leaves the product.

mod acting;
mod deciders;
pub mod deliveries;
pub mod digests;
mod inbox;
mod keep;
mod known;
mod owed;
mod people;
pub mod preferences;
pub mod robots;

pub use acting::turns;
pub use deciders::deciders;
pub use inbox::{Counts, NoticeRow, list, read, read_all, read_of, unread};
pub use keep::{Kept, Told, keep};
pub use known::facts;
pub use owed::{Owed, owed};
