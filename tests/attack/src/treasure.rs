//! What the first estate has that the second must not come by: the ids of its records, the phones and numbers of its people.

use std::collections::{HashMap, HashSet};

use crate::{
    contract::Operation,
    town::{NOTHING, Town},
};

/// Rows of the first estate by the kind that paths name, where the table is called otherwise or is shared with other kinds.
const ELSEWHERE: &[(&str, &str)] = &[
    (
        "accounts",
        "SELECT a.id FROM accounts a JOIN assignments s ON s.employee_id = a.employee_id WHERE s.estate_id = $first",
    ),
    (
        "employees",
        "SELECT employee_id FROM assignments WHERE estate_id = $first",
    ),
    ("estates", "SELECT $first::uuid"),
    (
        "goals",
        "SELECT g.id FROM goals g JOIN goal_sets s ON s.id = g.set_id WHERE s.estate_id = $first",
    ),
    ("imports", "SELECT id FROM import_runs WHERE estate_id = $first"),
    ("me/notices", "SELECT id FROM notices WHERE estate_id = $first"),
    (
        "me/sessions",
        "SELECT f.id FROM refresh_families f JOIN accounts a ON a.id = f.account_id WHERE a.username NOT LIKE 'strange-%' AND f.ended_at IS NULL",
    ),
    (
        "me/tokens",
        "SELECT t.id FROM access_tokens t JOIN accounts a ON a.id = t.account_id WHERE a.kind = 'person'",
    ),
    (
        "notices/deliveries",
        "SELECT id FROM notice_deliveries WHERE estate_id = $first",
    ),
    (
        "qualifications",
        "SELECT q.id FROM qualifications q JOIN assignments s ON s.employee_id = q.employee_id WHERE s.estate_id = $first",
    ),
    ("services", "SELECT id FROM accounts WHERE kind = 'service'"),
    (
        "services-tokens",
        "SELECT t.id FROM access_tokens t JOIN accounts a ON a.id = t.account_id WHERE a.kind = 'service'",
    ),
    (
        "work-order-costs",
        "SELECT c.id FROM work_order_costs c JOIN work_orders o ON o.id = c.order_id WHERE o.estate_id = $first",
    ),
];

pub struct Treasure {
    /// The ids of each kind.
    ids: HashMap<String, Vec<String>>,
    /// Everything that is looked for in answers.
    secret: HashSet<String>,
}

impl Treasure {
    /// Everything of the first estate.
    pub async fn of_first(town: &Town) -> Self {
        let first = format!("'{}'", town.first);
        let mut ids = HashMap::new();
        let tables = town.sql.texts(
            "SELECT table_name::text FROM information_schema.columns a JOIN information_schema.columns b \
             USING (table_schema, table_name) WHERE table_schema = 'public' AND a.column_name = 'id' \
             AND b.column_name = 'estate_id' AND table_name <> 'trail'",
        );
        for table in tables.await {
            let rows = format!("SELECT id FROM {table} WHERE estate_id = {first} ORDER BY id");
            ids.insert(table.replace('_', "-"), town.sql.ids(&rows).await);
        }
        for (kind, rows) in ELSEWHERE {
            ids.insert((*kind).to_owned(), town.sql.ids(&rows.replace("$first", &first)).await);
        }
        let ids: HashMap<String, Vec<String>> = ids
            .into_iter()
            .map(|(kind, ids)| (kind, ids.iter().map(ToString::to_string).collect()))
            .collect();
        let personal = format!(
            "SELECT DISTINCT t FROM (SELECT unnest(phones) t FROM parties WHERE estate_id = {first} \
             UNION ALL SELECT identity_number FROM parties WHERE estate_id = {first} \
             UNION ALL SELECT contact_phone FROM repair_requests WHERE estate_id = {first} \
             UNION ALL SELECT phone FROM case_contacts UNION ALL SELECT phone FROM dispute_parties) t(t) WHERE length(t) > 6"
        );
        let personal = town.sql.texts(&personal).await;
        let secret = ids.values().flatten().cloned().chain(personal).collect();
        Self { ids, secret }
    }

    /// A record of this kind, in the first estate.
    #[track_caller]
    pub fn of(&self, kind: &str) -> String {
        let ids = self
            .ids
            .get(kind)
            .unwrap_or_else(|| panic!("no kind of record is called {kind}"));
        ids.first()
            .unwrap_or_else(|| panic!("the first estate has no {kind}: furnish it"))
            .clone()
    }

    /// The records of a kind as the trail names it: `house_file`.
    pub fn all(&self, kind: &str) -> &[String] {
        let kind = kind.replace('_', "-");
        let plural = [format!("{kind}s"), format!("{}ies", kind.trim_end_matches('y'))];
        plural
            .iter()
            .find_map(|kind| self.ids.get(kind))
            .map_or(&[], Vec::as_slice)
    }

    /// A record of the kind whose id has this schema: `HouseFileId`.
    pub fn by_schema(&self, name: &str) -> String {
        let mut kind = String::new();
        for letter in name.trim_end_matches("Id").trim_end_matches("_id").chars() {
            if letter.is_uppercase() && !kind.is_empty() {
                kind.push('-');
            }
            kind.extend(letter.to_lowercase());
        }
        let plural = [format!("{kind}s"), format!("{}ies", kind.trim_end_matches('y'))];
        let found = plural.iter().find_map(|kind| self.ids.get(kind)?.first());
        found.cloned().unwrap_or_else(|| NOTHING.to_owned())
    }

    /// The path of an operation, on the last but `nth` record of its kind: the newest are those that work goes on with.
    pub fn path(&self, operation: &Operation, nth: usize) -> Option<String> {
        if !operation.takes_an_id() {
            return (nth == 0 && operation.parameters().next().is_none()).then(|| operation.path.clone());
        }
        let ids = self.ids.get(operation.kind())?;
        let id = ids.iter().rev().nth(nth)?;
        Some(operation.at(|_| id.clone()))
    }

    /// What of it stands in an answer; an id that came in with the path is no discovery.
    pub fn found_in(&self, answer: &[u8], path: Option<&String>) -> Vec<String> {
        let text = String::from_utf8_lossy(answer);
        let words = text.split(|c: char| !(c.is_ascii_alphanumeric() || c == '-'));
        let mut found: Vec<_> = words
            .filter(|word| self.secret.contains(*word))
            .filter(|word| path.is_none_or(|path| !path.contains(*word)))
            .map(ToOwned::to_owned)
            .collect();
        found.sort_unstable();
        found.dedup();
        found
    }

    /// What is stored of the first estate, in a few numbers; what the clock itself moves is left out.
    pub async fn fingerprint(&self, town: &Town) -> Vec<String> {
        let mut all = Vec::new();
        let tables = town.sql.texts(
            "SELECT table_name::text FROM information_schema.columns WHERE table_schema = 'public' \
             AND column_name = 'estate_id' AND NOT table_name::text = ANY ('{trail, overdue_climbs, obligations, briefings, notices, \
             notice_digests, notice_deliveries}') ORDER BY 1",
        );
        for table in tables.await {
            let first = town.first;
            let rows = format!(
                "SELECT '{table} ' || count(*) || ' ' || coalesce(sum(hashtext(t::text)::bigint), 0) FROM {table} t \
                 WHERE estate_id = '{first}'"
            );
            all.extend(town.sql.texts(&rows).await);
        }
        all
    }
}
