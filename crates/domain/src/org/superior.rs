//! Who decides: from an approval rule to the persons, with the path that led to them.
//!
//! The edge is read at the document's date, the holder or stand-in at the time of the decision. A vacant post is covered
//! by another one or passes the matter up; nobody decides on their own work, so the matter then goes one step up too. Path
//! and persons are data: they are stored with the decision and shown to whoever asks why.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::tree::Tree;
use crate::access::{Permission, PostCode};
use crate::shared::period::Period;
use crate::shared::{AreaId, AssignmentId, EmployeeId, EstateId, Problem, ProblemCode, SquadId, Text};

/// A post at a place: where a matter comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Seat {
    /// The post.
    pub post: PostCode,
    /// The estate.
    pub estate: EstateId,
    /// The squad, where the assignment has one.
    pub squad: Option<SquadId>,
    /// The area, where the assignment has one.
    pub area: Option<AreaId>,
}

/// A person holding a post.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Holder {
    /// The assignment.
    pub assignment: AssignmentId,
    /// The person.
    pub employee: EmployeeId,
    /// The post.
    pub post: PostCode,
    /// The estate; `None` for company-wide posts.
    pub estate: Option<EstateId>,
    /// The squad.
    pub squad: Option<SquadId>,
    /// The area.
    pub area: Option<AreaId>,
    /// When.
    pub period: Period,
    /// Whether the person can act at all: somebody suspended keeps the post and decides nothing.
    pub able: bool,
}

/// A stand-in whose time runs at the moment of the decision.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StandIn {
    /// The post acted in.
    pub post: PostCode,
    /// The estate; `None` for company-wide posts.
    pub estate: Option<EstateId>,
    /// The assignment acted for; `None` when the post is vacant.
    pub assignment: Option<AssignmentId>,
    /// The person acted for; `None` when the post is vacant.
    pub principal: Option<EmployeeId>,
    /// Who acts.
    pub employee: EmployeeId,
    /// Rights the acting does not carry.
    pub excluded: Vec<Permission>,
}

/// Whose decision a matter is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rule {
    /// So many steps up the line from the author's post; 1 is the direct superior.
    Line(u8),
    /// This post.
    Post(PostCode),
    /// The superior of this post: the matter concerns its holder or the people below it.
    Above(PostCode),
}

/// A matter to be decided.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Matter<'a> {
    /// The post it comes from.
    pub from: Seat,
    /// Whose decision it is.
    pub rule: Rule,
    /// Those who must not decide: author, participants, the person checked.
    pub barred: &'a [EmployeeId],
    /// The document's date: the line is read on this day.
    pub dated: NaiveDate,
    /// The right used, so that a stand-in without it is passed over.
    pub right: Option<Permission>,
}

/// The people and the tree a matter is decided in.
#[derive(Clone, Copy, Debug)]
pub struct Staff<'a> {
    /// The reporting tree.
    pub tree: &'a Tree,
    /// Every holder that may be concerned.
    pub holders: &'a [Holder],
    /// Stand-ins whose time runs now.
    pub stand_ins: &'a [StandIn],
    /// Which post covers which while it is vacant, the first cover first.
    pub cover: &'a [(PostCode, PostCode)],
    /// The business date of the decision.
    pub today: NaiveDate,
}

/// One step on the way to the decider.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = DecisionStep)]
pub struct Step {
    /// The post arrived at.
    pub post: PostCode,
    /// Why the way led here.
    pub why: Why,
}

/// Why a step was taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Why {
    /// The matter begins here.
    Origin,
    /// The next post up the line.
    Superior,
    /// The rule names this post.
    Named,
    /// It covers the post before, which is vacant.
    CoversVacancy,
    /// The post before is vacant and nobody covers it.
    Vacant,
    /// Whoever holds the post before would decide on their own work.
    OwnWork,
    /// The matter concerns the holder of the post before, or the people below it.
    OwnPeople,
    /// Whoever acts in the post before may not use this right.
    RightExcluded,
}

/// Somebody who may decide.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Decider {
    /// The post by which.
    pub post: PostCode,
    /// The assignment by which; `None` when acting in a vacant post.
    pub assignment: Option<AssignmentId>,
    /// The person.
    pub employee: EmployeeId,
    /// For whom the person acts.
    pub acting_for: Option<EmployeeId>,
}

/// The answer: any of these may decide, and this is the way that led to them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Resolution {
    /// Those who may decide; never empty.
    pub deciders: Vec<Decider>,
    /// The way, beginning with the origin.
    pub path: Vec<Step>,
}

/// Nobody on the line may decide; the way shows how far it went.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NobodyDecides {
    /// The way up to the top.
    pub path: Vec<Step>,
}

/// Who sits in a post at the moment, before anybody is barred.
struct Occupants {
    able: Vec<Decider>,
    excluded: bool,
}

impl Staff<'_> {
    /// Finds who decides a matter.
    ///
    /// # Errors
    /// [`NobodyDecides`] when the way leads past the top of the line.
    pub fn resolve(&self, matter: &Matter<'_>) -> Result<Resolution, NobodyDecides> {
        let mut path = vec![Step {
            post: matter.from.post,
            why: Why::Origin,
        }];
        let Some(mut post) = self.start(matter, &mut path) else {
            return Err(NobodyDecides { path });
        };
        let mut seen = BTreeSet::new();
        loop {
            let occupants = self.occupants(post, matter);
            let (able, excluded) = (&occupants.able, occupants.excluded);
            let free: Vec<Decider> = able.iter().filter(|d| !barred(d, matter)).copied().collect();
            if !free.is_empty() {
                return Ok(Resolution { deciders: free, path });
            }
            let vacant = able.is_empty() && !excluded;
            // A post that covers and is vacant itself must not send the matter back.
            let covers: Vec<PostCode> = if vacant && seen.insert(post) {
                self.covers(post).collect()
            } else {
                Vec::new()
            };
            if let Some(resolution) = self.by_covers(&covers, matter, &path) {
                return Ok(resolution);
            }
            let (next, why) = match covers.first().filter(|c| !seen.contains(*c)) {
                Some(cover) => (Some(*cover), Why::CoversVacancy),
                None => (self.tree.parent(post, matter.dated), reason(vacant, able.is_empty())),
            };
            let Some(next) = next else {
                return Err(NobodyDecides { path });
            };
            path.push(Step { post: next, why });
            post = next;
        }
    }

    /// Who holds a post at a place now, stand-ins in place of those they act for.
    #[must_use]
    pub fn holders_of(&self, seat: Seat) -> Vec<Decider> {
        let matter = Matter {
            from: seat,
            rule: Rule::Post(seat.post),
            barred: &[],
            dated: self.today,
            right: None,
        };
        self.occupants(seat.post, &matter).able
    }

    /// The post the rule leads to, before vacancies and own work are looked at.
    fn start(&self, matter: &Matter<'_>, path: &mut Vec<Step>) -> Option<PostCode> {
        match matter.rule {
            Rule::Post(post) => {
                path.push(Step { post, why: Why::Named });
                Some(post)
            }
            Rule::Above(post) => {
                path.push(Step { post, why: Why::Named });
                let above = self.tree.parent(post, matter.dated)?;
                path.push(Step {
                    post: above,
                    why: Why::OwnPeople,
                });
                Some(above)
            }
            Rule::Line(steps) => {
                let above = self.tree.above(matter.from.post, matter.dated);
                let steps = usize::from(steps.max(1)).min(above.len());
                path.extend(above.iter().take(steps).map(|p| Step {
                    post: *p,
                    why: Why::Superior,
                }));
                above.get(steps.checked_sub(1)?).copied()
            }
        }
    }

    fn by_covers(&self, covers: &[PostCode], matter: &Matter<'_>, path: &[Step]) -> Option<Resolution> {
        let mut path = path.to_vec();
        let mut deciders = Vec::new();
        for cover in covers {
            let found = self.occupants(*cover, matter).able;
            let before = deciders.len();
            deciders.extend(found.into_iter().filter(|d| !barred(d, matter)));
            if deciders.len() > before {
                path.push(Step {
                    post: *cover,
                    why: Why::CoversVacancy,
                });
            }
        }
        (!deciders.is_empty()).then_some(Resolution { deciders, path })
    }

    fn covers(&self, post: PostCode) -> impl Iterator<Item = PostCode> {
        self.cover
            .iter()
            .filter(move |(vacant, _)| *vacant == post)
            .map(|(_, cover)| *cover)
    }

    fn occupants(&self, post: PostCode, matter: &Matter<'_>) -> Occupants {
        let here = |estate: Option<EstateId>| estate.is_none_or(|e| e == matter.from.estate);
        let mut found = Occupants {
            able: Vec::new(),
            excluded: false,
        };
        let mut held = false;
        for holder in self.holders.iter().filter(|h| h.post == post && here(h.estate)) {
            if !holder.period.contains(self.today) {
                continue;
            }
            held = true;
            if !matter.from.is_near(holder.squad, holder.area) {
                continue;
            }
            match self.stand_ins.iter().find(|s| s.assignment == Some(holder.assignment)) {
                Some(stand_in) => found.add(stand_in, matter),
                None if holder.able => found.able.push(Decider {
                    post,
                    assignment: Some(holder.assignment),
                    employee: holder.employee,
                    acting_for: None,
                }),
                None => {}
            }
        }
        // Acting for a vacancy ends with the appointment, whatever date was planned.
        let vacancy = |s: &&StandIn| !held && s.assignment.is_none() && s.post == post && here(s.estate);
        self.stand_ins.iter().filter(vacancy).for_each(|s| found.add(s, matter));
        found
    }
}

impl Occupants {
    fn add(&mut self, stand_in: &StandIn, matter: &Matter<'_>) {
        if matter.right.is_some_and(|r| stand_in.excluded.contains(&r)) {
            self.excluded = true;
        } else {
            self.able.push(Decider {
                post: stand_in.post,
                assignment: stand_in.assignment,
                employee: stand_in.employee,
                acting_for: stand_in.principal,
            });
        }
    }
}

/// Neither the barred person nor somebody who acts for that person decides.
fn barred(decider: &Decider, matter: &Matter<'_>) -> bool {
    matter.barred.contains(&decider.employee) || decider.acting_for.is_some_and(|p| matter.barred.contains(&p))
}

impl Seat {
    /// Whether somebody of this squad and area is at the same place: either binds where both sides have one.
    #[must_use]
    pub fn is_near(&self, squad: Option<SquadId>, area: Option<AreaId>) -> bool {
        let same_squad = squad.is_none() || self.squad.is_none() || squad == self.squad;
        let same_area = area.is_none() || self.area.is_none() || area == self.area;
        same_squad && same_area
    }
}

fn reason(vacant: bool, nobody_able: bool) -> Why {
    match (vacant, nobody_able) {
        (true, _) => Why::Vacant,
        (false, true) => Why::RightExcluded,
        (false, false) => Why::OwnWork,
    }
}

impl Resolution {
    /// How this person may decide, if at all.
    #[must_use]
    pub fn as_decider(&self, employee: EmployeeId) -> Option<&Decider> {
        self.deciders.iter().find(|d| d.employee == employee)
    }
}

impl Why {
    /// The reason in words.
    #[must_use]
    pub const fn text(self) -> Text {
        match self {
            Self::Origin => Text::new("事项来源", "the matter begins here"),
            Self::Superior => Text::new("直接上级", "next on the line"),
            Self::Named => Text::new("规定由此岗位决定", "named by the rule"),
            Self::CoversVacancy => Text::new("原岗位空缺，由此岗位代管", "covers the vacant post"),
            Self::Vacant => Text::new(
                "原岗位空缺且无人代管，上升一级",
                "the post is vacant and not covered: one step up",
            ),
            Self::OwnWork => Text::new(
                "不能审核自己的事项，上升一级",
                "nobody decides on their own work: one step up",
            ),
            Self::OwnPeople => Text::new(
                "涉及本部门人员，上升一级",
                "it concerns the post's own people: one step up",
            ),
            Self::RightExcluded => Text::new(
                "代职不含此项权限，上升一级",
                "the stand-in does not have this right: one step up",
            ),
        }
    }
}

impl From<NobodyDecides> for Problem {
    fn from(nobody: NobodyDecides) -> Self {
        let way: Vec<&str> = nobody.path.iter().map(|s| s.post.code()).collect();
        let way = way.join(" → ");
        Self::new(
            ProblemCode::Conflict,
            crate::text!(
                "沿汇报线找不到可以决定的人（{way}）。请先任命或指定代职人。",
                "Nobody on the line may decide ({way}). Appoint somebody or name a stand-in first."
            ),
        )
    }
}

#[cfg(test)]
#[path = "superior_tests.rs"]
mod tests;
