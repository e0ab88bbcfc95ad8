//! The management manual as data: its chapters, its clauses, and whom each text is open to.

mod capability;
mod chapter;
mod clause;
mod filter;
pub mod seed;
mod sight;

pub use capability::Capability;
pub use chapter::{CHAPTERS, Chapter, ChapterCode, ChapterState, Part, chapter};
pub use clause::{Binds, ClauseOrigin, Frequency, SoftwareCan, Wording};
pub use filter::ClauseFilter;
pub use sight::Sight;
