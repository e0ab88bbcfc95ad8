//! What a new installation knows of the manual: every clause in the product's own words, as tables in `manual/clauses`.
//!
//! They become rows that are revised by date; nothing reads these files afterwards but the tests.

mod files;
mod read;

pub use read::Fault;

use super::{Binds, Capability, ChapterCode, ClauseOrigin, Frequency, SoftwareCan, Wording};

/// A clause as it ships.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Clause {
    /// Its id (`POS-RECEPT-07a`): operations, trail and tests name it so.
    pub id: &'static str,
    /// Its chapter.
    pub chapter: ChapterCode,
    /// Its number in the chapter; a letter where one number of the book holds several demands.
    pub no: &'static str,
    /// Whom it binds.
    pub binds: Binds,
    /// Where it comes from.
    pub origin: ClauseOrigin,
    /// What serves it.
    pub capability: Capability,
    /// How far software can carry it.
    pub can: SoftwareCan,
    /// How often it asks for something.
    pub frequency: Frequency,
    /// Its words.
    pub wording: Wording,
    /// What a derived clause rests on, which clause a copied one repeats, or that it is a reading.
    pub basis: Option<&'static str>,
}

/// Every clause, in the order of the book.
///
/// # Errors
/// [`Fault`] for a line that cannot be read: a fault of the build, which the tests show.
pub fn clauses() -> Result<Vec<Clause>, Fault> {
    let tables = files::FILES.iter().map(|(name, text)| read::table(name, text));
    Ok(tables.collect::<Result<Vec<_>, _>>()?.concat())
}

#[cfg(test)]
mod tests;
