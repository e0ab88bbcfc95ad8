//! People, posts and the edges between posts.

mod holding;
mod names;
mod seed;

pub use holding::{Holding, holding, line_edges};
pub use names::{names, post_titles};
pub use seed::seed;
