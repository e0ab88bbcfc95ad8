//! Search tokens: what a record is found by, in Chinese, pinyin, digits and house numbers.
//!
//! A record stores its tokens in a `text[]` with a GIN index; a search asks for the records that hold *all* tokens of
//! the query (`tokens @> query`). Both sides come from this module, so that they cannot drift apart:
//!
//! | what is stored | tokens | what finds it |
//! |---|---|---|
//! | Chinese | single characters and neighbouring pairs | any part of the text |
//! | pinyin of a name | letter triples, syllable starts, initials | `zhangsan`, `zsan` no, `zs`, `san`, `zhang` |
//! | Latin words | letter triples, short words and word starts | any part of three letters or more |
//! | digits | the run, its beginnings and ends from three digits | order numbers, plates |
//! | a phone | its ends from four digits | `5678`, `13812345678`, `138-1234-5678` |
//! | a house | its canonical and partial forms | `3-2-501`, `3栋2单元501室`, `501`, `三栋` |
//!
//! Tokens of personal data (phones) reveal it: keep them in a column of their own, which is searched only for callers
//! who may read the data.

mod readings;
mod segment;

use std::collections::BTreeSet;

use crate::shared::house_no::{BlockRef, HouseRef, looks_like_house};
use crate::shared::natural::natural_key;

use segment::{Segment, normalise, segments};

/// Ends of a phone number shorter than this are not indexed.
const SHORTEST_TAIL: usize = 4;
/// The longest end that is kept: a mobile number.
const LONGEST_TAIL: usize = 11;
/// Beginnings and ends of other digit runs shorter than this are not indexed.
const SHORTEST_DIGITS: usize = 3;

/// Collects the tokens of one record.
///
/// ```
/// use wuye_domain::shared::search::{Tokens, query_tokens};
/// let stored = Tokens::new().name("张三丰").phone("138 1234 5678").into_vec();
/// for query in ["三丰", "zsf", "zhangsan", "5678", "张三丰 138-1234-5678"] {
///     assert!(query_tokens(query).iter().all(|t| stored.contains(t)), "{query}");
/// }
/// ```
#[derive(Clone, Debug, Default)]
pub struct Tokens(BTreeSet<String>);

impl Tokens {
    /// No tokens yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// A name of a person or a firm: its text, its pinyin and its initials.
    #[must_use]
    pub fn name(mut self, name: &str) -> Self {
        let name = normalise(name);
        self.add_text(&name);
        // 张 三 and 阿卜杜拉·买买提 are also found without the gap.
        let joined: String = name.chars().filter(|c| !c.is_whitespace()).collect();
        self.add_text(&joined);
        for letters in readings::spellings(&joined) {
            self.add_letters(&letters);
        }
        for syllables in readings::readings(&joined) {
            for syllable in &syllables {
                self.add_start(syllable);
            }
            self.add_letters(&syllables.concat());
            let initials: String = syllables.iter().filter_map(|s| s.chars().next()).collect();
            self.add_initials(&initials);
        }
        let words: String = name.split_whitespace().filter_map(|w| w.chars().next()).collect();
        if words.is_ascii() {
            self.add_initials(&words);
        }
        self
    }

    /// Free text: titles, descriptions, business numbers. Houses named in it are found in every way of writing.
    #[must_use]
    pub fn text(mut self, text: &str) -> Self {
        self.add_text(&normalise(text));
        self
    }

    /// A phone number, found by its last four to eleven digits. See the module on where to keep these tokens.
    #[must_use]
    pub fn phone(mut self, phone: &str) -> Self {
        let digits: String = normalise(phone).chars().filter(char::is_ascii_digit).collect();
        for length in SHORTEST_TAIL..=LONGEST_TAIL.min(digits.len()) {
            self.0.insert(digits[digits.len() - length..].to_owned());
        }
        self
    }

    /// A house, found in every way of writing it, by block, by unit and by room.
    #[must_use]
    pub fn house(mut self, house: &HouseRef) -> Self {
        self.add_house(house);
        self
    }

    /// The tokens, sorted and each once, as they are stored.
    pub fn into_vec(self) -> Vec<String> {
        self.0.into_iter().collect()
    }

    fn add_text(&mut self, text: &str) {
        for segment in segments(text) {
            match segment {
                Segment::Han(run) => self.add_grams(&run, 1..=2),
                Segment::Letters(run) => self.add_letters(&run),
                Segment::Digits(run) => self.add_digits(&run),
                Segment::House(house) => self.add_house(&house),
            }
        }
        for segment in segment::plain_segments(text) {
            match segment {
                Segment::Han(run) => self.add_grams(&run, 1..=2),
                Segment::Letters(run) => self.add_letters(&run),
                Segment::Digits(run) => self.add_digits(&run),
                Segment::House(_) => {}
            }
        }
    }

    fn add_house(&mut self, house: &HouseRef) {
        self.0
            .extend(house.search_forms().into_iter().map(|f| f.to_lowercase()));
    }

    /// A run of letters: all its triples, and its first one and two letters for a search just begun.
    fn add_letters(&mut self, run: &str) {
        self.add_grams(run, 3..=3);
        self.add_start(run);
    }

    fn add_start(&mut self, run: &str) {
        for length in 1..=run.len().min(2) {
            self.0.insert(run[..length].to_owned());
        }
    }

    fn add_initials(&mut self, initials: &str) {
        self.add_grams(initials, 1..=3);
    }

    fn add_digits(&mut self, run: &str) {
        self.0.insert(run.to_owned());
        for length in SHORTEST_DIGITS..run.len() {
            self.0.insert(run[..length].to_owned());
            self.0.insert(run[run.len() - length..].to_owned());
        }
    }

    fn add_grams(&mut self, run: &str, lengths: std::ops::RangeInclusive<usize>) {
        let chars: Vec<char> = run.chars().collect();
        for length in lengths {
            self.0.extend(chars.windows(length).map(String::from_iter));
        }
    }
}

/// The tokens a record must hold, all of them, to be an answer to the query. Empty for a query without content: the
/// caller then does not filter.
///
/// Words are separated by spaces and may come in any order: `张三 3栋`, `5678 zhang`.
pub fn query_tokens(query: &str) -> Vec<String> {
    let query = normalise(query);
    let mut tokens = BTreeSet::new();
    // A house or a phone may be written with spaces, so the whole comes before the words.
    if let Some(token) = whole_token(&query) {
        tokens.insert(token);
    } else {
        for word in query.split_whitespace() {
            match whole_token(word) {
                Some(token) => _ = tokens.insert(token),
                None => segments(word).into_iter().for_each(|s| ask_segment(&mut tokens, s)),
            }
        }
    }
    tokens.into_iter().collect()
}

/// The house that a query names and nothing else: `3-2-501`, `3栋2单元501`. Its records are then known by the house itself.
pub fn house_asked(query: &str) -> Option<HouseRef> {
    looks_like_house(&normalise(query))
}

/// The houses that a text names, other than the record's own, in every form with block or unit under which [`query_tokens`] may
/// ask for them.
pub fn other_houses(text: &str, own: Option<&HouseRef>) -> Vec<String> {
    let named = segments(&normalise(text))
        .into_iter()
        .filter_map(|segment| match segment {
            Segment::House(house) => Some(house),
            _ => None,
        });
    let forms: BTreeSet<String> = named.flat_map(|house| house.search_forms()).collect();
    let own = own.map(HouseRef::search_forms).unwrap_or_default();
    let others = forms
        .into_iter()
        .filter(|form| form.contains('-') && !own.contains(form));
    others.map(|form| form.to_lowercase()).collect()
}

/// A name in the letters that one types for it, without blanks: `zhangsan`; other characters as they are.
#[must_use]
pub fn pinyin_of(name: &str) -> String {
    readings::sounds(name).replace(' ', "")
}

/// The key a list of names sorts by: pinyin, then the characters, so that 李 stands before 张 and equal sounds stay
/// together.
pub fn name_sort_key(name: &str) -> String {
    let name = normalise(name);
    format!("{} {}", natural_key(&readings::sounds(&name)).to_lowercase(), name)
}

fn whole_token(text: &str) -> Option<String> {
    if let Some(house) = looks_like_house(text) {
        return Some(house.to_string().to_lowercase());
    }
    // 一座 may be part of a name; 1座 is a block.
    if text.contains(|c: char| c.is_ascii_alphanumeric())
        && let Some(block) = BlockRef::parse(text)
    {
        return Some(block.search_form().to_lowercase());
    }
    segment::phone(text)
}

fn ask_segment(tokens: &mut BTreeSet<String>, segment: Segment) {
    match segment {
        Segment::Han(run) => ask_grams(tokens, &run, 2),
        Segment::Letters(run) => ask_grams(tokens, &run, 3),
        Segment::Digits(run) => _ = tokens.insert(run),
        Segment::House(house) => _ = tokens.insert(house.to_string().to_lowercase()),
    }
}

/// The grams of a run; a run that is shorter is asked for as it is.
fn ask_grams(tokens: &mut BTreeSet<String>, run: &str, length: usize) {
    let chars: Vec<char> = run.chars().collect();
    if chars.len() <= length {
        tokens.insert(run.to_owned());
    } else {
        tokens.extend(chars.windows(length).map(String::from_iter));
    }
}

#[cfg(test)]
mod tests;
