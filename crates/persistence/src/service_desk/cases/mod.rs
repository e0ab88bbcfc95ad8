//! The rows of cases.

mod details;
mod list;
mod rows;
mod statistics;

pub use details::{
    Contact, Link, add_measure, contact, duplicates, finding, findings, link, links, measures, measures_of,
    save_contact, save_finding,
};
pub use list::{list, undecided};
pub use rows::{find, find_for_change, find_for_reaction, find_former, insert, save, search_tokens};
pub use statistics::{FieldCount, MonthCount, Statistics, statistics};
