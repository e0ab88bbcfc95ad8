//! A decision on a matter of the desk: by whom, and the way that led there. The one resolver finds both
//! ([`crate::org::superior`]); the rules here say whose matter it is and who must not decide.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::org::superior::{Decider, Resolution, Step};

/// The way from the post that has the matter to the one that decides.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct DecisionPath {
    /// The posts, each with the reason the way led there; the deciding one last.
    pub steps: Vec<Step>,
}

/// Somebody decides, and this is why it is this person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decision {
    /// Who.
    pub by: Decider,
    /// The way there.
    pub path: DecisionPath,
}

impl Decision {
    /// One of those the resolver found.
    #[must_use]
    pub fn of(by: Decider, resolution: &Resolution) -> Self {
        Self {
            by,
            path: DecisionPath {
                steps: resolution.path.clone(),
            },
        }
    }
}
