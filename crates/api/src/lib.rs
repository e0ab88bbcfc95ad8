//! The HTTP API of the product: one folder per context, thin handlers over the rules and the rows.

pub mod access;
mod answer;
mod app;
pub mod cli;
pub mod clock;
pub mod config;
mod epoch;
mod estate;
mod extract;
pub mod files;
mod guard;
pub mod jobs;
mod list;
mod live;
mod openapi;
mod password;
mod problem;
pub mod reactions;
mod routes;
pub mod server;
pub mod service_desk;
mod shield;
mod spa;
mod system;
pub mod tables;
mod token;
mod work;

pub use answer::{Answer, ApiResult};
pub use app::App;
pub use extract::{Command, NoBody};
pub use guard::Guard;
pub use list::{ListParams, ListQuery, SortKey};
pub use openapi::document;
pub use password::hash as hash_password;
pub use problem::{ApiError, Language};
pub use work::Work;
