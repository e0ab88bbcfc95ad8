//! The cluster on disk: made once, completely or not at all; its access rules written anew at every start.

use crate::config::SUPERUSER;
use crate::identity::{Identity, current_name};
use crate::layout::{Layout, make_dir, write_file};
use crate::{Binaries, Config, Durability, Error, process};
use std::collections::BTreeSet;
use std::ffi::OsString;
use std::fs::{self, File};
use std::io::Write;
use std::path::Path;
use std::process::{Child, Stdio};

/// Directories of attempts that did not come to an end start with this.
const UNFINISHED: &str = "initialising-";

/// Creates cluster, role and database in a temporary directory and renames it when all is on disk.
pub(crate) fn create_unless_there(
    layout: &Layout,
    binaries: &Binaries,
    user: &Identity,
    config: &Config,
) -> Result<(), Error> {
    let data = layout.data();
    remove_unfinished(layout.root());
    if data.join("PG_VERSION").is_file() {
        return Ok(());
    }
    let fresh = layout.root().join(format!("{UNFINISHED}{}", std::process::id()));
    make_dir(&fresh, 0o700)?;
    user.own(&fresh)?;
    tracing::info!(%binaries, directory = %data.display(), "creating the database");
    initdb(&fresh, layout, binaries, user, config)?;
    create_database(&fresh, layout, binaries, user, config)?;
    // An empty `data` can stand in the way, say a freshly mounted volume; a full one is never overwritten.
    let _ = fs::remove_dir(&data);
    fs::rename(&fresh, &data).map_err(Error::io("rename", &fresh))?;
    let root = File::open(layout.root()).map_err(Error::io("open", layout.root()))?;
    root.sync_all().map_err(Error::io("write out", layout.root()))
}

fn remove_unfinished(root: &Path) {
    for entry in fs::read_dir(root).into_iter().flatten().flatten() {
        if entry.file_name().to_string_lossy().starts_with(UNFINISHED) {
            let _ = fs::remove_dir_all(entry.path());
        }
    }
}

fn initdb(data: &Path, layout: &Layout, binaries: &Binaries, user: &Identity, config: &Config) -> Result<(), Error> {
    let log = layout.open_log()?;
    let mut command = process::command(&binaries.program("initdb"), user, data, &log)?;
    command.arg("--pgdata").arg(data).arg(format!("--username={SUPERUSER}"));
    command.args([
        "--encoding=UTF8",
        "--locale=C.UTF-8",
        "--data-checksums",
        "--auth=peer",
        "--no-instructions",
    ]);
    if config.durability == Durability::TestOnly {
        command.arg("--no-sync");
    }
    let offset = length(&log);
    let child = command.spawn().map_err(Error::io("run", &binaries.program("initdb")))?;
    finish(child, "initdb", layout, offset)
}

/// The single-user server needs no client and no socket, so role and database are there before the directory has its name.
fn create_database(
    data: &Path,
    layout: &Layout,
    binaries: &Binaries,
    user: &Identity,
    config: &Config,
) -> Result<(), Error> {
    let log = layout.open_log()?;
    let mut command = process::command(&binaries.program("postgres"), user, data, &log)?;
    command
        .arg("--single")
        .arg("-D")
        .arg(data)
        .args(["-c", "exit_on_error=on"]);
    if config.durability == Durability::TestOnly {
        command.args(["-c", "fsync=off"]);
    }
    command.arg("postgres").stdin(Stdio::piped());
    let offset = length(&log);
    let mut child = command
        .spawn()
        .map_err(Error::io("run", &binaries.program("postgres")))?;
    let (role, database) = (&config.role, &config.database);
    let sql = format!("CREATE ROLE \"{role}\" LOGIN CREATEDB;\nCREATE DATABASE \"{database}\" OWNER \"{role}\";\n");
    if let Some(mut stdin) = child.stdin.take() {
        // A child that died early is reported below with its output, which says more than a broken pipe.
        let _ = stdin.write_all(sql.as_bytes());
    }
    finish(child, "the single-user server", layout, offset)
}

fn finish(mut child: Child, what: &str, layout: &Layout, log_offset: u64) -> Result<(), Error> {
    let status = child.wait().map_err(Error::io("wait for", layout.root()))?;
    if status.success() {
        return Ok(());
    }
    Err(Error::Failed {
        what: format!("{what} failed ({status})"),
        output: log_since(layout, log_offset),
    })
}

/// Length of the log now, so that a failure can quote what was written after it.
pub(crate) fn length(log: &File) -> u64 {
    log.metadata().map_or(0, |log| log.len())
}

/// What was logged after `offset`, at most the last 4,000 characters.
pub(crate) fn log_since(layout: &Layout, offset: u64) -> String {
    let bytes = fs::read(layout.log()).unwrap_or_default();
    let start = usize::try_from(offset).unwrap_or(0).min(bytes.len());
    let text = String::from_utf8_lossy(&bytes[start..]);
    let skip = text.chars().count().saturating_sub(4_000);
    text.chars().skip(skip).collect()
}

/// Lets root, the user of this program and the user of the server in, as the application's role and as the superuser.
pub(crate) fn write_access_rules(layout: &Layout, user: &Identity, config: &Config) -> Result<(), Error> {
    let people = BTreeSet::from(["root".to_owned(), current_name()?, user.name.clone()]);
    let mut map = String::from("# Written at every start.\n");
    for (person, role) in people
        .iter()
        .flat_map(|person| [(person, config.role.as_str()), (person, SUPERUSER)])
    {
        map.push_str(&format!("owner \"{person}\" \"{role}\"\n"));
    }
    write_file(&layout.ident(), &map, 0o644)?;
    write_file(
        &layout.hba(),
        "# Written at every start.\nlocal all all peer map=owner\n",
        0o644,
    )
}

/// The command line of the server. What safety rests on stands here, where neither `postgresql.conf` nor `ALTER SYSTEM`
/// can undo it; everything else is left to the file.
pub(crate) fn server_arguments(layout: &Layout, config: &Config) -> Vec<OsString> {
    let mut settings: Vec<(&str, OsString)> = vec![
        ("listen_addresses", "".into()),
        ("port", "5432".into()),
        ("unix_socket_directories", quoted_list_item(layout.socket_dir())),
        ("unix_socket_permissions", "0700".into()),
        ("hba_file", layout.hba().into()),
        ("ident_file", layout.ident().into()),
        ("logging_collector", "off".into()),
        ("log_destination", "stderr".into()),
        // The start looks for two messages in the log.
        ("lc_messages", "C".into()),
        // Row values belong in the application's log, under its rules on personal data, or nowhere.
        ("log_error_verbosity", "terse".into()),
        ("log_min_error_statement", "panic".into()),
        ("log_parameter_max_length_on_error", "0".into()),
    ];
    match config.durability {
        Durability::Full => settings.extend([("fsync", "on".into()), ("full_page_writes", "on".into())]),
        Durability::TestOnly => settings.extend([
            ("fsync", "off".into()),
            ("full_page_writes", "off".into()),
            ("synchronous_commit", "off".into()),
        ]),
    }
    let own = config
        .parameters
        .iter()
        .map(|(name, value)| (name.as_str(), value.into()));
    let mut arguments: Vec<OsString> = vec!["-D".into(), layout.data().into()];
    for (name, value) in own.chain(settings) {
        let mut setting = OsString::from(format!("{name}="));
        setting.push(value);
        arguments.extend(["-c".into(), setting]);
    }
    arguments
}

/// `unix_socket_directories` is a list: a path with a comma or a blank has to be quoted.
fn quoted_list_item(path: &Path) -> OsString {
    format!("\"{}\"", path.to_string_lossy().replace('"', "\"\"")).into()
}
