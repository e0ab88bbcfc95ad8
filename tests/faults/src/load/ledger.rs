//! What the server has acknowledged, and whether it still knows.

use std::{
    collections::BTreeMap,
    sync::{Mutex, MutexGuard, PoisonError},
};

use serde_json::Value;
use wuye_stage::{Answer, Person, Server};

/// Counts of a run.
#[derive(Clone, Copy, Debug, Default)]
pub struct Figures {
    /// Writes that were answered.
    pub acknowledged: u64,
    /// Of these, answered by what was kept from the first time.
    pub replayed: u64,
    /// Requests that ended without an answer.
    pub broken: u64,
    /// Requests that were told to come again.
    pub unavailable: u64,
    /// Reads of acknowledged records that went on during the work.
    pub read: u64,
}

/// A record as the last acknowledged write left it.
#[derive(Clone, Debug)]
struct Kept {
    /// Who may read it.
    reader: &'static str,
    /// Where the record stands in the answer.
    at: &'static str,
    /// Fields of it with their values.
    fields: Vec<(&'static str, Value)>,
    /// Not looked at since it was written.
    fresh: bool,
}

/// Which records are read back, and how.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// Those written since the last time.
    Fresh,
    /// All of them.
    All,
    /// All of them; they may have gone further since they were noted.
    AtLeast,
}

/// The account of everything acknowledged.
#[derive(Default)]
pub struct Ledger(Mutex<Entries>);

#[derive(Clone, Default)]
struct Entries {
    records: BTreeMap<String, Kept>,
    people: BTreeMap<&'static str, Person>,
    faults: Vec<String>,
    figures: Figures,
}

impl Clone for Ledger {
    fn clone(&self) -> Self {
        Self(Mutex::new(self.lock().clone()))
    }
}

impl Ledger {
    fn lock(&self) -> MutexGuard<'_, Entries> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Counts.
    pub fn count(&self, add: impl FnOnce(&mut Figures)) {
        add(&mut self.lock().figures);
    }

    /// The counts so far.
    pub fn figures(&self) -> Figures {
        self.lock().figures
    }

    /// Notes what must not happen.
    pub fn fault(&self, what: String) {
        self.lock().faults.push(what);
    }

    /// Notes a record as the answer shows it: `fields` of it are taken from `record`.
    pub fn keep(&self, path: String, reader: &'static str, at: &'static str, record: &Value, fields: &[&'static str]) {
        let fields = fields.iter().map(|field| (*field, record[*field].clone())).collect();
        let kept = Kept {
            reader,
            at,
            fields,
            fresh: true,
        };
        self.lock().records.insert(path, kept);
    }

    /// Notes a record that was just made under `path`.
    pub fn keep_new(
        &self,
        path: &str,
        reader: &'static str,
        at: &'static str,
        record: &Value,
        fields: &[&'static str],
    ) {
        match record["id"].as_str() {
            Some(id) => self.keep(format!("{path}/{id}"), reader, at, record, fields),
            None => self.fault(format!("{path}: an answer without an id: {record}")),
        }
    }

    /// Some record that was acknowledged, by a number that may be any.
    pub fn some(&self, number: usize) -> Option<(String, &'static str)> {
        let entries = self.lock();
        let count = entries.records.len();
        let (path, kept) = entries.records.iter().nth(number.checked_rem(count)?)?;
        Some((path.clone(), kept.reader))
    }

    /// How many records are noted.
    pub fn len(&self) -> usize {
        self.lock().records.len()
    }

    /// Reads records back and compares them with what was acknowledged; gives how many.
    ///
    /// # Panics
    /// When one differs, or when a fault was noted before.
    pub async fn confirm(&self, server: &Server, mode: Mode) -> usize {
        self.no_faults();
        let wanted: Vec<(String, Kept)> = {
            let mut entries = self.lock();
            let wanted = entries
                .records
                .iter_mut()
                .filter(|(_, kept)| mode != Mode::Fresh || kept.fresh);
            wanted
                .map(|(path, kept)| {
                    kept.fresh = false;
                    (path.clone(), kept.clone())
                })
                .collect()
        };
        let mut lost = Vec::new();
        for (path, kept) in &wanted {
            let answer = self.read(server, kept.reader, path).await;
            if answer.status != 200 {
                lost.push(format!("{path}: {} {}", answer.status, answer.body));
                continue;
            }
            let record = answer.body.pointer(kept.at).unwrap_or(&Value::Null);
            for (field, value) in &kept.fields {
                if !fits(mode, field, value, &record[*field]) {
                    lost.push(format!(
                        "{path}: {field} was acknowledged as {value} and is {}",
                        record[*field]
                    ));
                }
            }
        }
        assert!(lost.is_empty(), "{} of {} records: {lost:#?}", lost.len(), wanted.len());
        wanted.len()
    }

    /// Reads as somebody who stays logged in from one time to the next.
    async fn read(&self, server: &Server, reader: &'static str, path: &str) -> Answer {
        let known = self.lock().people.get(reader).cloned();
        if let Some(person) = known {
            let answer = person.at(&server.base).get(path).await;
            if answer.status != 401 {
                return answer;
            }
        }
        let person = server.person(reader).await;
        self.lock().people.insert(reader, person.clone());
        person.get(path).await
    }

    /// # Panics
    /// When a fault was noted.
    pub fn no_faults(&self) {
        let faults = self.lock().faults.clone();
        assert!(faults.is_empty(), "{faults:#?}");
    }
}

/// Whether a field is as it was, or may have become so.
fn fits(mode: Mode, field: &str, acknowledged: &Value, found: &Value) -> bool {
    match (mode, field) {
        (Mode::AtLeast, "state") => !found.is_null(),
        (Mode::AtLeast, "version") => found.as_i64() >= acknowledged.as_i64(),
        _ => acknowledged == found,
    }
}
