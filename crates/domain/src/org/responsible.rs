//! Which post, and through it which person, answers for a record: set when it is made, moved by hand-over only.

use super::superior::Seat;
use crate::access::PostCode;
use crate::shared::{AreaId, AssignmentId, EstateId, SquadId};

/// The post that answers for a record; the scope columns of its row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Responsible {
    /// The post.
    pub post: PostCode,
    /// The one assignment of it, when a person was named.
    pub assignment: Option<AssignmentId>,
    /// The squad of that assignment.
    pub squad: Option<SquadId>,
    /// The area of that assignment.
    pub area: Option<AreaId>,
}

impl Responsible {
    /// Where a matter about the record begins.
    #[must_use]
    pub const fn seat(&self, estate: EstateId) -> Seat {
        Seat {
            post: self.post,
            estate,
            squad: self.squad,
            area: self.area,
        }
    }

    /// Whoever holds the post.
    #[must_use]
    pub const fn post(post: PostCode) -> Self {
        Self {
            post,
            assignment: None,
            squad: None,
            area: None,
        }
    }
}
