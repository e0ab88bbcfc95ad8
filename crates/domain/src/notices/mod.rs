//! Notices (通知): who is told what, in which words, by which way and when.
//!
//! A fact on the trail or a step of a climb concerns somebody who did not do it: [`told`] says whom. The words are made
//! when somebody reads, from kind and particulars, in the reader's language. What leaves the product waits out the night
//! ([`Hours`]) and names records by kind and number only, since a mailbox or a group chat is read by others too.

mod channel;
mod deciders;
mod digest;
mod filter;
mod hours;
mod kind;
mod model;
mod preferences;
mod robot;
mod told;
mod words;

pub use channel::{Address, DeliveryState, OutwardChannel, Webhook, pause};
pub use deciders::may_decide;
pub use digest::{Digest, Letter, Line};
pub use filter::{DeliveryFilter, DeliverySort, NoticeFilter, NoticeSort};
pub use hours::{Hours, Passage};
pub use kind::NoticeKind;
pub use model::{NewNotice, NoticeId, Particulars, Tongue, What};
pub use preferences::Preferences;
pub use robot::message;
pub use told::{Facts, Known, asks_decider, concerns, told};
pub use words::{headline, line};
