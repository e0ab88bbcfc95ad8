use super::*;
use crate::access::PostCode;
use chrono::NaiveDate;
use std::collections::BTreeSet;

fn day() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 1, 1).expect("a date")
}

#[test]
fn every_post_stands_at_the_place_of_its_code() {
    assert_eq!(POSTS.len(), PostCode::ALL.len());
    for (post, code) in POSTS.iter().zip(PostCode::ALL) {
        assert_eq!((post.code, super::post(*code).code), (*code, *code));
        assert!(!post.clauses.is_empty(), "{code} names no clause");
    }
    let titles: BTreeSet<&str> = POSTS.iter().map(|p| p.title.zh.as_ref()).collect();
    assert_eq!(titles.len(), POSTS.len());
}

#[test]
fn the_edges_make_a_tree_from_the_top_to_every_post_that_people_hold() {
    let tree = crate::org::tree::Tree::new(edges(day())).expect("a tree");
    for post in POSTS.iter().filter(|p| p.is_held() && p.code != PostCode::Board) {
        assert_eq!(
            tree.above(post.code, day()).last(),
            Some(&PostCode::Board),
            "{}",
            post.code
        );
    }
    assert_eq!(tree.below(PostCode::Cscmgr, day()).len(), 19);
}

#[test]
fn the_line_is_the_one_of_the_position_texts() {
    let tree = tree(day());
    let line = |post| {
        tree.above(post, day())
            .iter()
            .map(|p| p.code())
            .collect::<Vec<_>>()
            .join(" ")
    };
    assert_eq!(line(PostCode::Guard), "GUARDLEAD GUARDCAPT DEPMGR CSCMGR GM BOARD");
    assert_eq!(line(PostCode::Tech), "PUBSUP DEPMGR CSCMGR GM BOARD");
    assert_eq!(line(PostCode::Cleaner), "CLEANLEAD PUBSUP DEPMGR CSCMGR GM BOARD");
    assert_eq!(line(PostCode::Ticket), "FINSUP DEPMGR CSCMGR GM BOARD");
    assert!(
        tree.children(PostCode::Asstmgr, day()).is_empty(),
        "the assistant has no line reports"
    );
}

#[test]
fn org_1_to_12_every_box_of_the_chart_is_covered_by_a_post_that_is_held() {
    assert_eq!(CHART.len(), 12);
    for (at, boxed) in CHART.iter().enumerate() {
        assert_eq!(boxed.clause, format!("ORG-{}", at + 1));
        let held = boxed
            .covered_by
            .iter()
            .any(|p| post(*p).is_held() && !post(*p).optional);
        assert!(held, "{}", boxed.clause);
    }
    let copies: BTreeSet<u8> = CHART.iter().filter_map(|b| b.copy).collect();
    assert_eq!(copies, (1..=6).collect());
}

#[test]
fn whatever_may_stay_vacant_is_covered() {
    for post in POSTS.iter().filter(|p| p.optional || p.role_tag) {
        let covers: Vec<PostCode> = COVER.iter().filter(|(v, _)| *v == post.code).map(|(_, c)| *c).collect();
        assert!(!covers.is_empty(), "{}", post.code);
        assert!(
            covers
                .iter()
                .all(|c| super::post(*c).is_held() && !super::post(*c).optional),
            "{}",
            post.code
        );
    }
}

#[test]
fn departments_stand_below_ones_named_before() {
    let mut known = BTreeSet::new();
    for department in DEPARTMENTS {
        assert!(
            department.parent.is_none_or(|p| known.contains(&p)),
            "{}",
            department.code
        );
        known.insert(department.code);
    }
    assert_eq!(known.len(), DepartmentCode::ALL.len());
}
