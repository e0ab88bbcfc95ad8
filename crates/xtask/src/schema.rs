//! `cargo xtask schema`: the tables as diesel sees them, read from a database that has been through all migrations.

use crate::project::{execute, root};
use crate::{Outcome, database, tools};
use std::process::Command;

/// Writes the schema file that `diesel.toml` names, or with `check` only says whether it is current.
///
/// The diesel command runs the migrations, not `wuye migrate`: that compiles only when the file already fits them.
pub(crate) fn regenerate(check: bool) -> Outcome {
    if tools::find("diesel").is_none() {
        return Err("the diesel command is needed; with libpq-dev installed: \
             cargo install diesel_cli --no-default-features --features postgres"
            .to_owned());
    }
    let database = database::scratch()?;
    let mut diesel = Command::new("diesel");
    diesel.args(["migration", "run", "--database-url", &database.connection().to_url()]);
    if check {
        diesel.arg("--locked-schema");
    }
    diesel.current_dir(root());
    execute(diesel)?;
    database.stop().map_err(|error| error.to_string())
}
