use std::collections::{BTreeMap, BTreeSet};

use super::*;
use crate::manual::{CHAPTERS, ChapterState, Part, chapter};

fn all() -> Vec<Clause> {
    clauses().expect("the tables can be read")
}

/// Clauses by the beginning of their ids: of the book, then of what stands in for its gaps.
const COUNTS: &[(&str, usize)] = &[
    ("TOC", 39),
    ("PREF", 8),
    ("DIST", 6),
    ("REV", 16),
    ("GOAL", 8),
    ("TERM", 3),
    ("ORG", 16),
    ("POS-CSCMGR", 17),
    ("POS-DEPMGR", 17),
    ("POS-ASSTMGR", 11),
    ("POS-GUARDCAPT", 18),
    ("POS-GUARDLEAD", 14),
    ("POS-GUARD", 15),
    ("POS-PUBSUP", 18),
    ("POS-RECEPT", 18),
    ("POS-RENOADM", 17),
    ("POS-CLEANLEAD", 11),
    ("POS-CLEANER", 14),
    ("POS-TECH", 18),
    ("POS-FINSUP", 7),
    ("POS-CASHIER", 13),
    ("POS-FEECOL", 10),
    ("POS-TICKET", 9),
    ("PROC-DEPMGR", 18),
    ("PROC-ASSTMGR", 18),
    ("PROC-GUARDCAPT", 19),
    ("PROC-PUBSUP", 19),
    ("PROC-FINSUP", 6),
    ("PROC-GUARDLEAD", 14),
    ("PROC-GUARD", 14),
    ("PROC-RECEPT", 16),
    ("PROC-RENOADM", 16),
    ("PROC-CLEANLEAD", 16),
    ("PROC-TECH", 16),
    ("DER-DRESS", 6),
    ("DER-LABOUR", 12),
    ("DER-WEEKLY", 7),
    ("DER-COMPUTER", 7),
    ("DER-REWARD", 9),
    ("DER-FEECOL", 7),
    ("DER-TICKET", 7),
    ("DER-FINSUP", 9),
    ("DER-CSCMGR", 3),
    ("DER-CASHIER", 5),
    ("DER-CLEANER", 2),
    ("DER-X", 7),
];

#[test]
fn every_clause_of_the_book_and_every_derived_one_is_there_once() {
    let all = all();
    let mut found: BTreeMap<&str, usize> = BTreeMap::new();
    for clause in &all {
        let (prefix, _) = clause.id.rsplit_once('-').expect("a number");
        *found.entry(prefix).or_default() += 1;
    }
    assert_eq!(found, COUNTS.iter().copied().collect());
    let ids: BTreeSet<&str> = all.iter().map(|clause| clause.id).collect();
    assert_eq!((ids.len(), all.len()), (576, 576));
    let derived = all
        .iter()
        .filter(|clause| clause.origin == ClauseOrigin::Derived)
        .count();
    assert_eq!((derived, all.len() - derived), (81, 495));
}

#[test]
fn the_clauses_stand_in_the_order_of_the_book() {
    let places: Vec<usize> = all().iter().map(|clause| clause.chapter as usize).collect();
    assert!(places.is_sorted());
    let chapters: BTreeSet<usize> = places.into_iter().collect();
    assert_eq!(chapters.len(), CHAPTERS.len(), "a chapter without clauses");
}

#[test]
fn origin_and_basis_fit_the_state_of_the_chapter() {
    let all = all();
    let ids: BTreeSet<&str> = all.iter().map(|clause| clause.id).collect();
    for clause in &all {
        let chapter = chapter(clause.chapter);
        match clause.origin {
            ClauseOrigin::Derived => {
                assert!(clause.id.starts_with("DER-") && clause.basis.is_some(), "{}", clause.id);
                assert!(
                    matches!(
                        chapter.state,
                        ChapterState::Cut | ChapterState::Missing | ChapterState::Unwritten
                    ),
                    "{}",
                    clause.id
                );
            }
            ClauseOrigin::Repeats => {
                let copied = chapter.copies.expect("a copied chapter").code();
                let basis = clause.basis.expect("the clause it repeats");
                // One number of the book may hold several demands, told apart by a letter.
                let holds = |id: &&str| id.strip_prefix(basis).is_some_and(|letter| letter.len() <= 1);
                assert!(ids.iter().any(holds), "{} repeats {basis}", clause.id);
                assert!(basis.starts_with(copied), "{} repeats {basis}", clause.id);
            }
            ClauseOrigin::Source => assert!(!clause.id.starts_with("DER-"), "{}", clause.id),
        }
    }
}

#[test]
fn a_chapter_about_a_post_binds_that_post() {
    for clause in all() {
        if let Some(post) = chapter(clause.chapter).post {
            assert!(clause.binds.includes(post), "{} does not bind {post}", clause.id);
        }
    }
}

/// Contents entries, and the lines on purpose, scope and definition, are proven by this one walk: each is in the product with
/// its words, and the chapter it speaks of is there in the state it says.
#[test]
fn contents_purpose_scope_and_definition_lines_are_what_the_book_holds() {
    let all = all();
    let words = |id: &str| {
        all.iter()
            .find(|clause| clause.id == id)
            .map(|clause| &clause.wording.text_zh)
    };
    for chapter in CHAPTERS {
        let Some((entry, page)) = chapter.entry.zip(chapter.page) else {
            continue;
        };
        let said = words(entry).expect("an entry of the contents");
        assert!(said.contains(&format!("第{page}页")), "{entry}: {said}");
        let derived = all
            .iter()
            .any(|c| c.chapter == chapter.code && c.origin == ClauseOrigin::Derived);
        assert_eq!(derived, said.contains("推定条款"), "{entry}: {said}");
    }
    let procedures = CHAPTERS
        .iter()
        .filter(|chapter| chapter.part == Part::Procedures && chapter.state != ChapterState::Missing);
    for chapter in procedures {
        // 1 purpose, 2 scope, 3 definitions: of every procedure that was written.
        for no in ["1", "2", "3"] {
            let id = format!("{}-{no}", chapter.code);
            let line = all
                .iter()
                .find(|clause| clause.id == id)
                .unwrap_or_else(|| panic!("{id} is missing"));
            assert_eq!(
                (line.capability, line.frequency),
                (Capability::ManualControl, Frequency::Standing),
                "{id}"
            );
        }
    }
}

#[test]
fn both_languages_say_the_same_fields() {
    for clause in all() {
        let words = &clause.wording;
        for (zh, en) in [
            (&words.due_zh, &words.due_en),
            (&words.to_zh, &words.to_en),
            (&words.record_zh, &words.record_en),
        ] {
            assert_eq!(zh.is_some(), en.is_some(), "{}", clause.id);
        }
        assert!(
            !words.text_en.contains(|c: char| ('\u{4e00}'..='\u{9fff}').contains(&c)),
            "{}",
            clause.id
        );
        assert!(
            words.text_zh.contains(|c: char| ('\u{4e00}'..='\u{9fff}').contains(&c)),
            "{}",
            clause.id
        );
    }
}
