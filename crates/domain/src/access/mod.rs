//! Who may do what, and on which rows: posts, permissions, the actor of a request and the scope of a query; and what a
//! password must be.

mod actor;
mod deed;
mod grants;
mod new_password;
mod permission;
mod post;
mod scope;

pub use actor::{Actor, ActorKind, HeldPost};
pub use deed::Deed;
pub use grants::{Reach, grants};
pub use new_password::check_new_password;
pub use permission::{Needs, Permission, need};
pub use post::PostCode;
pub use scope::{LineScope, Scope};
