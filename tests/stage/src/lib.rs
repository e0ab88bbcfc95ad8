//! What the black-box suites stand on: the built program running in a place of its own, and people who work with it.
//!
//! They speak to it as everybody does, by HTTP and by signals; nothing here knows the server from inside.

mod command;
mod person;
mod place;
mod server;

pub use command::{Said, as_nobody, bash, free_port, is_root, json, said};
pub use person::{Answer, Person};
pub use place::{Place, program};
pub use server::{PATIENCE, Server};
