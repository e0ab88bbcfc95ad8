//! Reading a table of clauses.

use super::Clause;
use crate::access::PostCode;
use crate::manual::{Binds, ChapterCode, Wording};

const HEADINGS: &str = "id\tno\tposts\torigin\tcapability\tcan\tfrequency\tdue_zh\tdue_en\tto_zh\tto_en\trecord_zh\trecord_en\ttext_zh\ttext_en\tbasis";
/// What stands in a field that a clause leaves open.
const OPEN: &str = "-";
/// What stands for the whole staff.
const EVERYBODY: &str = "*";

/// A line that cannot be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// The table.
    pub file: &'static str,
    /// The line, counted from the headings.
    pub line: usize,
    /// What is wrong with it.
    pub what: String,
}

impl std::fmt::Display for Fault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}:{}: {}", self.file, self.line, self.what)
    }
}

impl std::error::Error for Fault {}

/// The clauses of one table.
pub(super) fn table(file: &'static str, text: &'static str) -> Result<Vec<Clause>, Fault> {
    let fault = |line, what| Fault { file, line, what };
    let mut lines = text.lines();
    if lines.next() != Some(HEADINGS) {
        return Err(fault(1, "other headings".to_owned()));
    }
    let numbered = (2..).zip(lines);
    numbered
        .map(|(number, line)| clause(line).map_err(|what| fault(number, what)))
        .collect()
}

fn clause(line: &'static str) -> Result<Clause, String> {
    let fields: Vec<&'static str> = line.split('\t').collect();
    let [
        id,
        no,
        posts,
        origin,
        capability,
        can,
        frequency,
        due_zh,
        due_en,
        to_zh,
        to_en,
        record_zh,
        record_en,
        text_zh,
        text_en,
        basis,
    ] = fields[..]
    else {
        return Err(format!("{} fields", fields.len()));
    };
    if let Some(place) = fields.iter().position(|field| field.trim().is_empty()) {
        return Err(format!("{id}: field {} is empty", place + 1));
    }
    Ok(Clause {
        id,
        chapter: ChapterCode::of(id).ok_or_else(|| format!("{id} belongs to no chapter"))?,
        no,
        binds: binds(posts)?,
        origin: code(origin)?,
        capability: code(capability)?,
        can: code(can)?,
        frequency: code(frequency)?,
        wording: Wording {
            text_zh: text_zh.to_owned(),
            text_en: text_en.to_owned(),
            due_zh: words(due_zh),
            due_en: words(due_en),
            to_zh: words(to_zh),
            to_en: words(to_en),
            record_zh: words(record_zh),
            record_en: words(record_en),
        },
        basis: said(basis),
    })
}

fn binds(posts: &str) -> Result<Binds, String> {
    match posts {
        EVERYBODY => Ok(Binds::Everybody),
        OPEN => Ok(Binds::Posts(Vec::new())),
        some => Ok(Binds::Posts(
            some.split(',').map(code::<PostCode>).collect::<Result<_, _>>()?,
        )),
    }
}

fn code<C: std::str::FromStr<Err = crate::shared::UnknownCode>>(text: &str) -> Result<C, String> {
    text.parse()
        .map_err(|unknown: crate::shared::UnknownCode| unknown.to_string())
}

fn said(text: &'static str) -> Option<&'static str> {
    (text != OPEN).then_some(text)
}

fn words(text: &'static str) -> Option<String> {
    said(text).map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_that_does_not_fit_is_told_with_its_place() {
        let line = "POS-GUARD-01a\t01a\tGUARD\tsource\tshift_duty\tfull\tshift\t-\t-\t-\t-\t-\t-\t坚守岗位。\tStay on post.\t-";
        let table = |line: String| table("x.tsv", String::leak(format!("{HEADINGS}\n{line}\n")));
        let read = table(line.to_owned()).expect("fits");
        assert_eq!((read.len(), read[0].chapter), (1, ChapterCode::PosGuard));
        assert!(read[0].binds.includes(PostCode::Guard) && !read[0].binds.includes(PostCode::Tech));
        for (from, to) in [
            ("shift_duty", "nothing"),
            ("坚守岗位。", ""),
            ("\t-\n", ""),
            ("GUARD\tsource", "GARD\tsource"),
        ] {
            let broken = format!("{line}\n").replacen(from, to, 1);
            let fault = table(broken.trim_end_matches('\n').to_owned()).expect_err("does not fit");
            assert_eq!((fault.file, fault.line), ("x.tsv", 2), "{fault}");
        }
    }
}
