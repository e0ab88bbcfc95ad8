//! Who may decide on a complaint: PUBSUP; the deputy when it is about PUBSUP's people; never who wrote it down, who
//! investigates it or whom it is about. Then it goes one step up, and the path says why.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::Case;
use crate::access::{Actor, PostCode};
use crate::code_enum;
use crate::shared::{EmployeeId, Problem, ProblemCode, Text};

/// Who holds a post in the estate at the time of the decision, stand-ins included.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Holders {
    /// The post.
    pub post: PostCode,
    /// The people; empty when it is vacant.
    pub people: Vec<EmployeeId>,
}

code_enum! {
    /// Why a post on the line decides or does not.
    pub enum PathOutcome {
        /// It decides.
        Decides = "decides",
        /// Nobody holds it.
        Vacant = "vacant",
        /// The complaint is about its own department.
        OwnDepartment = "own_department",
        /// Its holder wrote the case down.
        Author = "author",
        /// Its holder investigates the case.
        Participant = "participant",
        /// The complaint is about its holder.
        ComplainedOf = "complained_of",
    }
}

/// One post on the way up.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct PathStep {
    /// The post.
    pub post: PostCode,
    /// Whether it decides, or why not.
    pub outcome: PathOutcome,
}

/// The way from the first post that could decide to the one that does.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct DecisionPath {
    /// The posts, the deciding one last.
    pub steps: Vec<PathStep>,
}

impl DecisionPath {
    /// The post that decides.
    #[must_use]
    pub fn decider(&self) -> Option<PostCode> {
        self.steps
            .last()
            .filter(|step| step.outcome == PathOutcome::Decides)
            .map(|step| step.post)
    }
}

/// Why this person may not decide on the case, if so.
fn bar(case: &Case, person: EmployeeId) -> Option<PathOutcome> {
    if case.about_employee == Some(person) {
        Some(PathOutcome::ComplainedOf)
    } else if case.owner_id == Some(person) {
        Some(PathOutcome::Participant)
    } else if case.received_by == Some(person) {
        Some(PathOutcome::Author)
    } else {
        None
    }
}

/// Walks up `line` (PUBSUP first, each with its holders) to the post that decides. `about_own` tells that the person
/// complained of is of the first post's department, or holds that post.
///
/// # Errors
/// `conflict` when nobody up to the top of `line` may decide.
pub fn decision_path(case: &Case, line: &[Holders], about_own: bool) -> Result<DecisionPath, Problem> {
    let mut steps = Vec::new();
    for (place, holders) in line.iter().enumerate() {
        let outcome = if place == 0 && about_own {
            PathOutcome::OwnDepartment
        } else {
            let free = holders.people.iter().any(|person| bar(case, *person).is_none());
            match holders.people.first() {
                _ if free => PathOutcome::Decides,
                None => PathOutcome::Vacant,
                Some(person) => bar(case, *person).unwrap_or(PathOutcome::Participant),
            }
        };
        steps.push(PathStep {
            post: holders.post,
            outcome,
        });
        if outcome == PathOutcome::Decides {
            return Ok(DecisionPath { steps });
        }
    }
    Err(Problem::new(
        ProblemCode::Conflict,
        Text::new(
            "汇报线上没有可以认定此件的人：均空缺或与此件有关。请先补任职或代职。",
            "Nobody up the line may decide on this: the posts are vacant or their holders are involved. Name a holder or \
             a stand-in first.",
        ),
    ))
}

/// Whether `actor` decides by this path: holds its deciding post or one above it, and is not involved.
///
/// # Errors
/// `self_approval` for who is involved, `forbidden` for another post.
pub(super) fn check_decider(
    case: &Case,
    path: &DecisionPath,
    line: &[Holders],
    actor: &Actor,
) -> Result<PostCode, Problem> {
    let involved = |person: Option<EmployeeId>| person.is_some_and(|person| actor.is(person));
    if involved(case.about_employee) || involved(case.owner_id) || involved(case.received_by) {
        return Err(Problem::new(
            ProblemCode::SelfApproval,
            Text::new(
                "您受理、调查了此件或被此件投诉，不能由您认定；由上一级认定。",
                "You took it in, investigate it or are complained of, so the decision goes one step up.",
            ),
        ));
    }
    let Some(decider) = path.decider() else {
        return Err(Problem::not_found());
    };
    line.iter()
        .map(|holders| holders.post)
        .skip_while(|post| *post != decider)
        .find(|post| actor.holds(case.estate_id, &[*post]))
        .ok_or_else(|| {
            Problem::forbidden(&Text::of(
                format!("{decider}或其上级"),
                format!("{decider} or a post above it"),
            ))
        })
}
