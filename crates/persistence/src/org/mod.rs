//! People, posts and the edges between posts.

mod holding;

pub use holding::{Holding, holding, line_edges};
