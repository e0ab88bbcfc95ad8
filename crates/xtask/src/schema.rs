//! `cargo xtask schema`: the tables as diesel sees them, read from a database that has been through all migrations.

use crate::project::{cargo, execute, output_of, root};
use crate::{Outcome, database, tools};
use std::fs;
use std::process::Command;

/// Writes `crates/persistence/src/schema.rs`.
pub(crate) fn regenerate() -> Outcome {
    if tools::find("diesel").is_none() {
        return Err("the diesel command is needed; with libpq-dev installed: \
                    cargo install diesel_cli --no-default-features --features postgres"
            .to_owned());
    }
    let database = database::scratch()?;
    let url = database.connection().to_url();
    let mut migrate = cargo(&[
        "run",
        "--quiet",
        "--package",
        "wuye-api",
        "--bin",
        "wuye",
        "--",
        "migrate",
    ]);
    migrate.env("DATABASE_URL", &url);
    execute(migrate)?;
    let mut print = Command::new("diesel");
    print.args(["print-schema", "--database-url", &url]).current_dir(root());
    let tables = output_of(print)?;
    let path = root().join("crates/persistence/src/schema.rs");
    fs::write(&path, tables).map_err(|error| format!("cannot write {}: {error}", path.display()))?;
    database.stop().map_err(|error| error.to_string())
}
