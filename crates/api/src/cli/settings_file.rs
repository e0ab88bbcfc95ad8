//! The file of settings: TOML, with the keys of the table in docs/operations.md.

use std::{collections::BTreeSet, error::Error};

use clap::Args;

use crate::config::Config;

/// The variable that names it.
const VARIABLE: &str = "WUYE_CONFIG";
/// Variables that begin as settings do and are none of the server.
const OTHERS: &[&str] = &[VARIABLE, "WUYE_BIN", "WUYE_UPDATE"];

/// What it has set, by the names of the variables that its keys stand for.
#[derive(Debug, Default)]
pub(super) struct SettingsFile(BTreeSet<String>);

impl SettingsFile {
    /// Puts it into the environment, under what is set there already: option before environment before file. Called first
    /// thing in main.
    ///
    /// # Errors
    /// It cannot be read, or is not TOML; names the file.
    pub(super) fn apply() -> Result<Self, String> {
        let Ok(path) = std::env::var(VARIABLE) else {
            return Ok(Self::default());
        };
        let values = read(&path).map_err(|error| format!("{path}: {error}"))?;
        for (name, value) in &values {
            if std::env::var_os(name).is_none() {
                set_env(name, value);
            }
        }
        Ok(Self(values.into_iter().map(|(name, _)| name).collect()))
    }

    /// Whether it sets this variable.
    pub(super) fn sets(&self, variable: &str) -> bool {
        self.0.contains(variable)
    }

    /// Its keys that nothing reads, in words; `None` when every one is known.
    pub(super) fn unknown_keys(&self) -> Option<String> {
        unknown(self.0.iter().cloned()).map(|names| names.replace("WUYE_", "").to_lowercase())
    }

    /// Refuses keys that nothing reads: somebody meant something by them.
    ///
    /// # Errors
    /// Names them, and says what to do.
    pub(super) fn must_be_known(&self) -> Result<(), String> {
        self.unknown_keys().map_or(Ok(()), |unknown| {
            Err(format!(
                "{VARIABLE}: nothing reads these keys: {unknown}. Correct or remove them; docs/operations.md lists the keys"
            ))
        })
    }
}

/// Those of these variables that are no setting, in words.
pub(super) fn unknown(names: impl IntoIterator<Item = String>) -> Option<String> {
    let known: BTreeSet<String> = Config::augment_args(clap::Command::new("wuye"))
        .get_arguments()
        .filter_map(|setting| Some(setting.get_env()?.to_string_lossy().into_owned()))
        .chain(OTHERS.iter().map(ToString::to_string))
        .collect();
    let unknown: Vec<String> = names.into_iter().filter(|name| !known.contains(name)).collect();
    (!unknown.is_empty()).then(|| unknown.join(", "))
}

#[allow(
    unsafe_code,
    reason = "set_var is unsafe only with other threads about; there are none yet"
)]
fn set_env(name: &str, value: &str) {
    // SAFETY: called first thing in main, before any thread is started.
    unsafe { std::env::set_var(name, value) }
}

fn read(path: &str) -> Result<Vec<(String, String)>, Box<dyn Error>> {
    let table: toml::Table = std::fs::read_to_string(path)?.parse()?;
    table
        .into_iter()
        .map(|(key, value)| {
            let name = if key == "database_url" {
                "DATABASE_URL".to_owned()
            } else {
                format!("WUYE_{}", key.to_uppercase())
            };
            let value = match value {
                toml::Value::String(text) => text,
                toml::Value::Array(items) => items
                    .iter()
                    .map(|item| item.as_str().unwrap_or_default())
                    .collect::<Vec<_>>()
                    .join(","),
                other => other.to_string(),
            };
            Ok((name, value))
        })
        .collect()
}
