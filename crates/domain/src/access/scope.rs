//! The rows one permission opens to one actor: plain data, turned into one predicate by the persistence layer.

use super::PostCode;
use crate::shared::{AreaId, AssignmentId, EmployeeId, EstateId, SquadId};

/// Records of these posts in one estate, narrowed to a squad or area where the holder has one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LineScope {
    /// The estate.
    pub estate: EstateId,
    /// The responsible posts opened.
    pub posts: Vec<PostCode>,
    /// Only this squad.
    pub squad: Option<SquadId>,
    /// Only this area.
    pub area: Option<AreaId>,
}

impl LineScope {
    fn place(&self, squad: Option<SquadId>, area: Option<AreaId>) -> bool {
        match (self.squad, self.area) {
            (Some(own), _) => squad.is_none_or(|of| of == own),
            (None, Some(own)) => area.is_none_or(|of| of == own),
            (None, None) => true,
        }
    }
}

/// Which rows a query may touch. Made by [`super::Actor::scope`] only; there is no public way to ask for everything.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scope {
    pub(super) company: bool,
    pub(super) estates: Vec<EstateId>,
    pub(super) lines: Vec<LineScope>,
    pub(super) assignments: Vec<AssignmentId>,
    pub(super) employee: Option<EmployeeId>,
    pub(super) own_elsewhere: bool,
}

impl Scope {
    /// Whether every estate's rows are open.
    #[must_use]
    pub const fn company(&self) -> bool {
        self.company
    }

    /// Estates whose rows are all open.
    #[must_use]
    pub fn estates(&self) -> &[EstateId] {
        &self.estates
    }

    /// Parts of estates that are open by the reporting line.
    #[must_use]
    pub fn lines(&self) -> &[LineScope] {
        &self.lines
    }

    /// Assignments whose own records are open.
    #[must_use]
    pub fn assignments(&self) -> &[AssignmentId] {
        &self.assignments
    }

    /// The person whose own creations are open.
    #[must_use]
    pub const fn employee(&self) -> Option<EmployeeId> {
        self.employee
    }

    /// Whether own records may lie outside the estates that are open whole: by a post that opens less than its estate. Where
    /// there is none, one condition on the estate says everything, and an index that begins with the estate serves it.
    #[must_use]
    pub const fn own_elsewhere(&self) -> bool {
        self.own_elsewhere
    }

    /// Whether all rows of this estate are open: asked before something is made in it.
    #[must_use]
    pub fn covers(&self, estate: EstateId) -> bool {
        self.company || self.estates.contains(&estate)
    }

    /// Whether records of this post at this place are open: all of the estate's, or by the line, where a squad or area binds
    /// if both sides have one.
    #[must_use]
    pub fn opens(&self, estate: EstateId, post: PostCode, squad: Option<SquadId>, area: Option<AreaId>) -> bool {
        self.covers(estate)
            || self
                .lines
                .iter()
                .any(|line| line.estate == estate && line.posts.contains(&post) && line.place(squad, area))
    }

    /// Whether anything in this estate may be open.
    #[must_use]
    pub fn touches(&self, estate: EstateId) -> bool {
        self.covers(estate) || self.lines.iter().any(|line| line.estate == estate)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_line_opens_posts_below_in_the_same_squad_or_area() {
        let (estate, own, other) = (EstateId::generate(), SquadId::generate(), SquadId::generate());
        let (here, there) = (AreaId::generate(), AreaId::generate());
        let scope = |squad, area| Scope {
            company: false,
            estates: vec![],
            lines: vec![LineScope {
                estate,
                posts: vec![PostCode::Guard],
                squad,
                area,
            }],
            assignments: vec![],
            employee: None,
            own_elsewhere: true,
        };
        let guard = PostCode::Guard;
        assert!(scope(None, None).opens(estate, guard, Some(other), Some(there)));
        assert!(scope(Some(own), None).opens(estate, guard, Some(own), None));
        assert!(scope(Some(own), None).opens(estate, guard, None, None));
        assert!(!scope(Some(own), None).opens(estate, guard, Some(other), None));
        assert!(!scope(None, Some(here)).opens(estate, guard, None, Some(there)));
        assert!(!scope(None, None).opens(estate, PostCode::Tech, None, None));
        assert!(!scope(None, None).opens(EstateId::generate(), guard, None, None));
    }
}
