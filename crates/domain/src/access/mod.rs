//! Who may do what, and on which rows: posts, permissions, the actor of a request and the scope of a query.

mod actor;
mod deed;
mod grants;
mod permission;
mod post;
mod scope;

pub use actor::{Actor, ActorKind, HeldPost};
pub use deed::Deed;
pub use grants::{Reach, grants};
pub use permission::{Needs, Permission, need};
pub use post::PostCode;
pub use scope::{LineScope, Scope};
