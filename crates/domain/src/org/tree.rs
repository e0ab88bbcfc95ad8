//! The reporting tree: edges between posts, each valid for a period, and the line they make at a date.
//!
//! Edges are a template between posts; which person decides is [`super::superior`]'s matter. Only the line is a tree: at
//! every date each post has at most one line parent and no post is above itself. Functional and incident edges add
//! duties across the line and may form any graph.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use serde::Serialize;
use utoipa::ToSchema;

use super::EdgeKind;
use crate::access::PostCode;
use crate::code_enum;
use crate::shared::period::Period;
use crate::shared::{Problem, ProblemCode, Text};

code_enum! {
    /// The matter of a functional or incident edge.
    pub enum Matter {
        /// Appraisal of work performance (POS-ASSTMGR-07).
        Appraisal = "appraisal",
        /// Training (POS-ASSTMGR-06a).
        Training = "training",
        /// Command in a major situation (PROC-GUARDCAPT-5.4).
        IncidentCommand = "incident_command",
        /// Disputes that a supervisor could not settle (POS-PUBSUP-07).
        Disputes = "disputes",
        /// Guidance of cleaning (POS-RENOADM-06b).
        CleaningGuidance = "cleaning_guidance",
        /// The monthly financial report (POS-FINSUP-03).
        FinancialReport = "financial_report",
        /// Temporary parking takings (POS-GUARDCAPT-07b).
        ParkingTakings = "parking_takings",
    }
}

/// One edge of the tree: `child` stands under `parent` during the period.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Edge {
    /// The lower post.
    pub child: PostCode,
    /// The upper post.
    pub parent: PostCode,
    /// What the edge means.
    pub kind: EdgeKind,
    /// The matter; none for the line.
    pub matter: Option<Matter>,
    /// When it holds.
    pub period: Period,
}

/// Why edges do not make a tree.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TreeFault {
    /// A post under itself by one edge.
    SelfEdge(PostCode),
    /// A period whose end is not after its beginning.
    EmptyPeriod(PostCode),
    /// Two line parents on the same date.
    TwoParents {
        /// The post.
        child: PostCode,
        /// The first such date.
        date: NaiveDate,
    },
    /// A post above itself on a date.
    Cycle {
        /// The posts of the circle, each under the next, the last under the first.
        posts: Vec<PostCode>,
        /// The first such date.
        date: NaiveDate,
    },
}

/// Edges that have been checked: a tree at every date.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tree {
    edges: Vec<Edge>,
}

impl Tree {
    /// Checks the edges at every boundary of their periods; between two boundaries nothing changes.
    ///
    /// # Errors
    /// The first fault in the order of dates.
    pub fn new(edges: Vec<Edge>) -> Result<Self, TreeFault> {
        for edge in &edges {
            if edge.child == edge.parent {
                return Err(TreeFault::SelfEdge(edge.child));
            }
            if edge.period.until.is_some_and(|until| until <= edge.period.from) {
                return Err(TreeFault::EmptyPeriod(edge.child));
            }
        }
        let tree = Self { edges };
        for date in tree.boundaries() {
            tree.check(date)?;
        }
        Ok(tree)
    }

    /// All edges, of every kind and date.
    #[must_use]
    pub fn edges(&self) -> &[Edge] {
        &self.edges
    }

    /// Every date on which an edge begins or ends.
    #[must_use]
    pub fn boundaries(&self) -> BTreeSet<NaiveDate> {
        self.edges
            .iter()
            .flat_map(|e| [Some(e.period.from), e.period.until])
            .flatten()
            .collect()
    }

    /// The post directly above on the line.
    #[must_use]
    pub fn parent(&self, post: PostCode, date: NaiveDate) -> Option<PostCode> {
        self.line_edges(date).find(|e| e.child == post).map(|e| e.parent)
    }

    /// The posts directly below on the line, in the order of the chart.
    #[must_use]
    pub fn children(&self, post: PostCode, date: NaiveDate) -> Vec<PostCode> {
        let children: BTreeSet<PostCode> = self
            .line_edges(date)
            .filter(|e| e.parent == post)
            .map(|e| e.child)
            .collect();
        children.into_iter().collect()
    }

    /// The posts above, from the direct superior to the top.
    #[must_use]
    pub fn above(&self, post: PostCode, date: NaiveDate) -> Vec<PostCode> {
        std::iter::successors(self.parent(post, date), |p| self.parent(*p, date)).collect()
    }

    /// Every post below, at any depth, nearer ones first.
    #[must_use]
    pub fn below(&self, post: PostCode, date: NaiveDate) -> Vec<PostCode> {
        let mut found = self.children(post, date);
        let mut at = 0;
        while at < found.len() {
            found.extend(self.children(found[at], date));
            at += 1;
        }
        found
    }

    /// The posts that stand above `post` in one matter.
    #[must_use]
    pub fn functional_parents(&self, post: PostCode, matter: Matter, date: NaiveDate) -> Vec<PostCode> {
        let fits = |e: &&Edge| e.child == post && e.matter == Some(matter) && e.period.contains(date);
        self.edges.iter().filter(fits).map(|e| e.parent).collect()
    }

    /// Whether `upper` stands above `lower` on the line or in any matter: who may give whom a task.
    #[must_use]
    pub fn is_over(&self, upper: PostCode, lower: PostCode, date: NaiveDate) -> bool {
        let across =
            |e: &Edge| e.kind != EdgeKind::Line && e.child == lower && e.parent == upper && e.period.contains(date);
        self.above(lower, date).contains(&upper) || self.edges.iter().any(across)
    }

    /// Puts `child` under `parent` from a date on: the edge that holds then ends the day before, a later one is refused
    /// until it is withdrawn.
    ///
    /// # Errors
    /// `conflict` when a later change is already planned, or when the new line would run in a circle.
    pub fn moved(&self, child: PostCode, parent: PostCode, from: NaiveDate) -> Result<Self, Problem> {
        let own = |e: &Edge| e.kind == EdgeKind::Line && e.child == child;
        if let Some(later) = self.edges.iter().find(|e| own(e) && e.period.from > from) {
            let (post, date) = (child, later.period.from);
            return Err(Problem::new(
                ProblemCode::Conflict,
                crate::text!(
                    "{post}自{date}起已有新的汇报关系。请先撤销该变动，或选择其后的日期。",
                    "A new superior of {post} is already planned from {date}. Withdraw that first, or choose a later date."
                ),
            ));
        }
        let mut edges: Vec<Edge> = Vec::with_capacity(self.edges.len() + 1);
        for edge in &self.edges {
            match edge.period.ended(from) {
                Some(period) if own(edge) => edges.push(Edge { period, ..*edge }),
                // It would have begun on this very day: the new edge takes its place.
                None if own(edge) => {}
                _ => edges.push(*edge),
            }
        }
        edges.push(Edge {
            child,
            parent,
            kind: EdgeKind::Line,
            matter: None,
            period: Period::starting(from),
        });
        Self::new(edges).map_err(Problem::from)
    }

    fn line_edges(&self, date: NaiveDate) -> impl Iterator<Item = &Edge> {
        self.edges
            .iter()
            .filter(move |e| e.kind == EdgeKind::Line && e.period.contains(date))
    }

    fn check(&self, date: NaiveDate) -> Result<(), TreeFault> {
        let mut parents = BTreeMap::new();
        for edge in self.line_edges(date) {
            if parents.insert(edge.child, edge.parent).is_some() {
                return Err(TreeFault::TwoParents {
                    child: edge.child,
                    date,
                });
            }
        }
        for start in parents.keys() {
            let mut posts = vec![*start];
            let mut at = *start;
            while let Some(parent) = parents.get(&at) {
                if let Some(first) = posts.iter().position(|p| p == parent) {
                    let posts = posts.split_off(first);
                    return Err(TreeFault::Cycle { posts, date });
                }
                posts.push(*parent);
                at = *parent;
            }
        }
        Ok(())
    }
}

/// Whose decision a change of a post's line is: the manager's own level is the general manager's, the rest the centre
/// manager's (org_structure, states).
#[must_use]
pub const fn edge_decider(child: PostCode) -> PostCode {
    match child {
        PostCode::Gm => PostCode::Board,
        PostCode::Cscmgr | PostCode::Depmgr | PostCode::Asstmgr | PostCode::Offdir => PostCode::Gm,
        _ => PostCode::Cscmgr,
    }
}

impl From<TreeFault> for Problem {
    fn from(fault: TreeFault) -> Self {
        let detail = match fault {
            TreeFault::SelfEdge(post) => {
                crate::text!("{post}不能是自己的上级。", "{post} cannot be its own superior.")
            }
            TreeFault::EmptyPeriod(post) => crate::text!(
                "{post}的汇报关系的结束日期须晚于开始日期。",
                "The end of the edge of {post} must be after its beginning."
            ),
            TreeFault::TwoParents { child, date } => crate::text!(
                "{child}在{date}有两个直接上级，只能有一个。",
                "{child} would have two superiors on {date}; there can be one."
            ),
            TreeFault::Cycle { posts, date } => {
                let circle: Vec<&str> = posts.iter().chain(posts.first()).map(|p| p.code()).collect();
                Text::of(
                    format!("自{date}起汇报关系成环：{}。", circle.join(" → ")),
                    format!("From {date} the line would run in a circle: {}.", circle.join(" → ")),
                )
            }
        };
        Self::new(ProblemCode::Conflict, detail)
    }
}

#[cfg(test)]
#[path = "tree_tests.rs"]
mod tests;
