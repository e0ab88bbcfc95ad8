//! What the manual asks of each post and when: duties that fall due, leave evidence and climb the line when late.

pub mod briefings;
pub mod obligations;
