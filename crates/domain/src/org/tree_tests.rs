use super::*;
use chrono::Days;
use proptest::prelude::*;

fn day(n: u64) -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 1, 1).expect("a date") + Days::new(n)
}

fn line(child: PostCode, parent: PostCode, from: u64, until: Option<u64>) -> Edge {
    Edge {
        child,
        parent,
        kind: EdgeKind::Line,
        matter: None,
        period: Period {
            from: day(from),
            until: until.map(day),
        },
    }
}

use PostCode::{Cscmgr, Depmgr, Engsup, Gm, Pubsup, Tech};

fn tree() -> Tree {
    Tree::new(vec![
        line(Cscmgr, Gm, 0, None),
        line(Depmgr, Cscmgr, 0, None),
        line(Pubsup, Depmgr, 0, None),
        line(Engsup, Pubsup, 0, None),
        line(Tech, Pubsup, 0, None),
    ])
    .expect("a tree")
}

#[test]
fn org_6_appointing_an_engineering_supervisor_is_one_changed_edge() {
    let moved = tree().moved(Tech, Engsup, day(10)).expect("no circle");
    assert_eq!(moved.above(Tech, day(9)), [Pubsup, Depmgr, Cscmgr, Gm]);
    assert_eq!(moved.above(Tech, day(10)), [Engsup, Pubsup, Depmgr, Cscmgr, Gm]);
    assert_eq!(moved.below(Pubsup, day(10)), [Engsup, Tech]);
    assert!(moved.is_over(Gm, Tech, day(10)) && !moved.is_over(Tech, Gm, day(10)));
    // On the very day it began, the edge is replaced.
    let again = moved.moved(Tech, Depmgr, day(10)).expect("no circle");
    assert_eq!(again.above(Tech, day(10)), [Depmgr, Cscmgr, Gm]);
}

#[test]
fn a_circle_is_named_with_its_date() {
    let circle = vec![
        line(Pubsup, Depmgr, 0, None),
        line(Depmgr, Cscmgr, 0, Some(5)),
        line(Depmgr, Pubsup, 5, None),
    ];
    let fault = Tree::new(circle).expect_err("a circle");
    assert!(
        matches!(&fault, TreeFault::Cycle { posts, date } if posts.len() == 2 && *date == day(5)),
        "{fault:?}"
    );
    let problem = Problem::from(fault);
    assert_eq!(problem.code, ProblemCode::Conflict);
    assert!(problem.detail.zh.contains("2026-01-06"), "{}", problem.detail.zh);
    assert!(tree().moved(Cscmgr, Tech, day(3)).is_err());
}

#[test]
fn one_line_parent_at_a_date() {
    let two = vec![line(Tech, Pubsup, 0, Some(6)), line(Tech, Engsup, 5, None)];
    assert_eq!(
        Tree::new(two),
        Err(TreeFault::TwoParents {
            child: Tech,
            date: day(5)
        })
    );
    let touching = vec![line(Tech, Pubsup, 0, Some(5)), line(Tech, Engsup, 5, None)];
    assert!(Tree::new(touching).is_ok());
    assert_eq!(
        Tree::new(vec![line(Tech, Tech, 0, None)]),
        Err(TreeFault::SelfEdge(Tech))
    );
    assert_eq!(
        Tree::new(vec![line(Tech, Pubsup, 3, Some(3))]),
        Err(TreeFault::EmptyPeriod(Tech))
    );
}

#[test]
fn a_planned_change_must_be_withdrawn_before_an_earlier_one() {
    let planned = tree().moved(Tech, Engsup, day(20)).expect("no circle");
    assert!(planned.moved(Tech, Depmgr, day(10)).is_err());
    assert!(planned.moved(Tech, Depmgr, day(30)).is_ok());
}

#[test]
fn functional_edges_may_cross_the_line() {
    let mut edges = tree().edges().to_vec();
    edges.push(Edge {
        kind: EdgeKind::Functional,
        matter: Some(Matter::Disputes),
        ..line(Cscmgr, Pubsup, 0, Some(9))
    });
    let tree = Tree::new(edges).expect("only the line must be a tree");
    assert_eq!(tree.functional_parents(Cscmgr, Matter::Disputes, day(8)), [Pubsup]);
    assert_eq!(tree.functional_parents(Cscmgr, Matter::Disputes, day(9)), []);
    assert!(tree.is_over(Pubsup, Cscmgr, day(8)) && !tree.is_over(Pubsup, Cscmgr, day(9)));
}

#[test]
fn the_managers_edges_are_the_general_managers_to_decide() {
    for (child, decider) in [
        (Depmgr, Gm),
        (Cscmgr, Gm),
        (Gm, PostCode::Board),
        (Tech, Cscmgr),
        (Pubsup, Cscmgr),
    ] {
        assert_eq!(edge_decider(child), decider, "{child}");
    }
}

/// Up to a dozen edges between six posts within forty days.
fn edges() -> impl Strategy<Value = Vec<Edge>> {
    let post = || proptest::sample::select(vec![Gm, Cscmgr, Depmgr, Pubsup, Engsup, Tech]);
    let edge = (post(), post(), 0u64..30, proptest::option::of(1u64..12));
    proptest::collection::vec(edge, 0..12).prop_map(|v| {
        v.into_iter()
            .map(|(c, p, from, length)| line(c, p, from, length.map(|l| from + l)))
            .collect()
    })
}

/// By brute force: each post has one parent at most and is never above itself.
fn is_tree_on(edges: &[Edge], date: NaiveDate) -> bool {
    let active: Vec<&Edge> = edges.iter().filter(|e| e.period.contains(date)).collect();
    PostCode::ALL.iter().all(|post| {
        let mut at = *post;
        for _ in 0..=active.len() {
            let parents: Vec<PostCode> = active.iter().filter(|e| e.child == at).map(|e| e.parent).collect();
            match parents.as_slice() {
                [] => return true,
                [parent] if parent != post => at = *parent,
                _ => return false,
            }
        }
        // More steps than edges: it went round somewhere.
        false
    })
}

proptest! {
    #[test]
    fn edges_are_accepted_exactly_when_they_are_a_tree_on_every_date(edges in edges()) {
        let every_date = (0..45).all(|n| is_tree_on(&edges, day(n)));
        prop_assert_eq!(Tree::new(edges).is_ok(), every_date);
    }

    #[test]
    fn moving_posts_about_keeps_a_tree_on_every_date(
        moves in proptest::collection::vec((0usize..6, 0usize..6, 0u64..30), 0..20),
    ) {
        let posts = [Gm, Cscmgr, Depmgr, Pubsup, Engsup, Tech];
        let mut tree = tree();
        for (child, parent, from) in moves {
            if let Ok(moved) = tree.moved(posts[child], posts[parent], day(from)) {
                prop_assert_eq!(moved.parent(posts[child], day(from)), Some(posts[parent]));
                tree = moved;
            }
            for n in 0..35 {
                prop_assert!(is_tree_on(tree.edges(), day(n)));
                for post in posts {
                    let above = tree.above(post, day(n));
                    prop_assert!(above.iter().all(|p| tree.below(*p, day(n)).contains(&post)));
                }
            }
        }
    }
}
