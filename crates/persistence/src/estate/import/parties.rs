//! Parties of an import: the same person in several rows, or in an older file, is one party.

use std::collections::{BTreeMap, HashMap, HashSet};

use serde_json::{Value, json};
use wuye_domain::{
    estate::{MOST_PHONES, NewParty, Party, PartyKind, import::PartyRow},
    shared::{Text, private::Purpose},
};

use super::{
    staging::Staged,
    take::{Outcome, Taker, recordset},
};
use crate::{Conn, Failure, estate::parties as party_rows, numbers};

/// The parties in play, and by which keys they are known.
#[derive(Default)]
struct Known {
    parties: Vec<Party>,
    by_key: HashMap<String, usize>,
    /// New ones, by place.
    new: HashSet<usize>,
    /// Changed ones, by place.
    changed: HashSet<usize>,
    /// What each changed one was before.
    before: BTreeMap<usize, Party>,
}

pub(super) async fn take(conn: &mut Conn, taker: &mut Taker<'_>, rows: &[Staged]) -> Result<Outcome, Failure> {
    let mut outcome = Outcome::default();
    let mut good = Vec::new();
    for (row_no, cells) in rows {
        match PartyRow::read(&taker.headers, cells) {
            Ok(row) => good.push((*row_no, row)),
            Err(cells) => outcome.reject(*row_no, cells),
        }
    }
    let mut known = known(conn, taker, &good).await?;
    for (row_no, row) in good {
        place(taker, &mut known, &mut outcome, row_no, row);
    }
    if taker.write {
        write(conn, taker, known, &mut outcome).await?;
    }
    Ok(outcome)
}

/// By what a row may be known: number, document, name with each phone.
fn keys(taker: &Taker<'_>, row: &PartyRow) -> Vec<String> {
    let digest = |value: String| value;
    let no = row.no.iter().map(|no| format!("no:{no}"));
    let identity = row
        .identity
        .iter()
        .map(|number| digest(format!("id:{}", number.digest(taker.key, Purpose::Search))));
    let phones = row
        .phones
        .iter()
        .map(|phone| format!("np:{}|{}", row.name, phone.digest(taker.key, Purpose::Search)));
    no.chain(identity).chain(phones).collect()
}

fn keys_of(taker: &Taker<'_>, party: &Party) -> Vec<String> {
    let row = PartyRow {
        no: Some(party.no.clone()),
        name: party.name.clone(),
        kind: None,
        identity: party.identity.clone(),
        phones: party.phones.clone(),
        note: None,
    };
    keys(taker, &row)
}

async fn known(conn: &mut Conn, taker: &Taker<'_>, rows: &[(i32, PartyRow)]) -> Result<Known, Failure> {
    let digests = |of: fn(&PartyRow, &Taker<'_>) -> Vec<String>| -> Vec<String> {
        rows.iter().flat_map(|(_, row)| of(row, taker)).collect()
    };
    let wanted = party_rows::Wanted {
        numbers: rows.iter().filter_map(|(_, row)| row.no.clone()).collect(),
        identities: digests(|row, taker| {
            let number = row.identity.iter();
            number.map(|number| number.digest(taker.key, Purpose::Search)).collect()
        }),
        phones: digests(|row, taker| {
            let phones = row.phones.iter();
            phones.map(|phone| phone.digest(taker.key, Purpose::Search)).collect()
        }),
        names: Vec::new(),
    };
    let mut known = Known::default();
    for party in party_rows::wanted(conn, taker.run.estate_id, &wanted).await? {
        known.add(taker, party);
    }
    Ok(known)
}

impl Known {
    fn add(&mut self, taker: &Taker<'_>, party: Party) -> usize {
        let place = self.parties.len();
        for key in keys_of(taker, &party) {
            self.by_key.entry(key).or_insert(place);
        }
        self.parties.push(party);
        place
    }
}

fn place(taker: &mut Taker<'_>, known: &mut Known, outcome: &mut Outcome, row_no: i32, row: PartyRow) {
    let keys = keys(taker, &row);
    let places: Vec<usize> = keys.iter().filter_map(|key| known.by_key.get(key).copied()).collect();
    let first = places.first().copied();
    if let (Some(first), Some(no)) = (first, &row.no)
        && places
            .iter()
            .any(|place| *place != first && known.parties[*place].no != *no)
        && row.identity.is_some()
        && known.parties[first].identity.is_some()
        && known.parties[first].identity != row.identity
    {
        let message = Text::new(
            "编号与证件号码属于两个不同的人，请核对",
            "the number and the identity number belong to two people",
        );
        return outcome.refuse(row_no, "证件号码", "two_parties", &message);
    }
    let Some(at) = first else {
        return add(taker, known, outcome, row_no, row, keys);
    };
    match merged(&known.parties[at], &row, taker) {
        Err((column, code, message)) => outcome.refuse(row_no, column, code, &message),
        Ok(None) => outcome.unchanged += 1,
        Ok(Some(party)) => {
            for key in keys_of(taker, &party) {
                known.by_key.entry(key).or_insert(at);
            }
            let before = std::mem::replace(&mut known.parties[at], party);
            if !known.new.contains(&at) {
                known.before.entry(at).or_insert(before);
                known.changed.insert(at);
            }
            outcome.changed += 1;
        }
    }
}

fn add(taker: &mut Taker<'_>, known: &mut Known, outcome: &mut Outcome, row_no: i32, row: PartyRow, keys: Vec<String>) {
    // Without writing, what earlier sets would have added is not stored: it is remembered instead.
    if !taker.write && keys.iter().any(|key| taker.seen.contains_key(key)) {
        outcome.unchanged += 1;
        return;
    }
    let new = NewParty {
        estate_id: taker.run.estate_id,
        kind: row.kind.unwrap_or(PartyKind::Owner),
        name: match wuye_domain::shared::Name::new(&row.name) {
            Ok(name) => name,
            Err(issue) => return outcome.refuse(row_no, "姓名", &issue.code, &issue.message),
        },
        identity_number: row.identity,
        phones: row.phones,
        note: wuye_domain::estate::Remark::new(row.note.as_deref().unwrap_or_default()).unwrap_or_default(),
    };
    match Party::new(new, row.no.unwrap_or_default(), taker.run.created_by, taker.now) {
        Ok(made) => {
            for key in keys {
                taker.seen.entry(key).or_insert(row_no);
            }
            let at = known.add(taker, made.record);
            known.new.insert(at);
            outcome.added += 1;
        }
        Err(problem) => outcome.refuse(row_no, "联系电话", "too_many", &problem.detail),
    }
}

type Refused = (&'static str, &'static str, Text);

/// The party with what a row adds; `None` when it adds nothing. Nothing that is known is taken away.
fn merged(party: &Party, row: &PartyRow, taker: &Taker<'_>) -> Result<Option<Party>, Refused> {
    let mut now = party.clone();
    now.name.clone_from(&row.name);
    if let Some(kind) = row.kind {
        now.kind = kind;
    }
    if let Some(note) = &row.note {
        now.note.clone_from(note);
    }
    match (&party.identity, &row.identity) {
        (Some(known), Some(told)) if known != told => {
            return Err((
                "证件号码",
                "identity_differs",
                Text::new(
                    "与档案中的证件号码不一致，请核对后在档案中更正",
                    "differs from the identity number on file: correct it there",
                ),
            ));
        }
        (None, Some(told)) => now.identity = Some(told.clone()),
        _ => {}
    }
    for phone in &row.phones {
        if !now.phones.contains(phone) {
            now.phones.push(phone.clone());
        }
    }
    if now.phones.len() > MOST_PHONES {
        return Err(("联系电话", "too_many", Text::new("最多五个电话", "at most five phones")));
    }
    if now == *party {
        return Ok(None);
    }
    now.version = party.version + 1;
    now.updated_at = taker.now;
    Ok(Some(now))
}

async fn write(conn: &mut Conn, taker: &Taker<'_>, mut known: Known, outcome: &mut Outcome) -> Result<(), Failure> {
    let mut new: Vec<usize> = known.new.iter().copied().collect();
    new.sort_unstable();
    let unnumbered: Vec<usize> = new
        .iter()
        .copied()
        .filter(|at| known.parties[*at].no.is_empty())
        .collect();
    let fresh = numbers::take(conn, taker.run.estate_id, "YZ", taker.today, unnumbered.len()).await?;
    for (at, no) in unnumbered.into_iter().zip(fresh) {
        known.parties[at].no = no;
    }
    let rows: Vec<Value> = new.iter().map(|at| as_json(taker, &known.parties[*at])).collect();
    recordset(conn, INSERT, rows).await?;
    let rows: Vec<Value> = known
        .before
        .keys()
        .map(|at| as_json(taker, &known.parties[*at]))
        .collect();
    recordset(conn, UPDATE, rows).await?;
    for at in new {
        let party = &known.parties[at];
        let run = json!({"import_run": [null, taker.run.id]});
        outcome.entries.push(party.entry("imported").changes(run));
    }
    for (at, before) in &known.before {
        let party = &known.parties[*at];
        let changes = before.differences(party, taker.key);
        outcome.entries.push(party.entry("changed_by_import").changes(changes));
    }
    Ok(())
}

fn as_json(taker: &Taker<'_>, party: &Party) -> Value {
    let digests: Vec<String> = party
        .phones
        .iter()
        .map(|p| p.digest(taker.key, Purpose::Search))
        .collect();
    let phones: Vec<&str> = party.phones.iter().map(|phone| phone.expose().as_str()).collect();
    json!({
        "id": party.id, "estate_id": party.estate_id, "no": party.no, "kind": party.kind, "name": party.name,
        "identity_number": party.identity.as_ref().map(|number| number.expose().as_str()),
        "identity_digest": party.identity.as_ref().map(|number| number.digest(taker.key, Purpose::Search)),
        "phones": phones, "phone_digests": digests, "phone_tokens": party.phone_tokens(), "note": party.note,
        "sort_key": party.sort_key(), "search": party.tokens(), "import_run_id": taker.run.id, "version": party.version,
        "created_by": party.created_by, "created_at": party.created_at, "updated_at": party.updated_at,
    })
}

const INSERT: &str = "\
INSERT INTO parties (id, estate_id, no, kind, name, identity_number, identity_digest, phones, phone_digests, \
phone_tokens, note, sort_key, search, import_run_id, version, created_by, created_at, updated_at)
SELECT id, estate_id, no, kind, name, identity_number, identity_digest, phones, phone_digests, \
phone_tokens, note, sort_key, search, import_run_id, version, created_by, created_at, updated_at
FROM jsonb_to_recordset($1) AS r(id uuid, estate_id uuid, no text, kind text, name text, identity_number text, \
identity_digest text, phones text[], phone_digests text[], phone_tokens text[], note text, sort_key text, search text[], \
import_run_id uuid, version integer, created_by uuid, created_at timestamptz, updated_at timestamptz)";

const UPDATE: &str = "\
UPDATE parties p SET kind = r.kind, name = r.name, identity_number = r.identity_number, \
identity_digest = r.identity_digest, phones = r.phones, phone_digests = r.phone_digests, \
phone_tokens = r.phone_tokens, note = r.note, sort_key = r.sort_key, search = r.search, version = r.version, \
updated_at = r.updated_at
FROM jsonb_to_recordset($1) AS r(id uuid, kind text, name text, identity_number text, identity_digest text, \
phones text[], phone_digests text[], phone_tokens text[], note text, sort_key text, search text[], version integer, \
updated_at timestamptz)
WHERE p.id = r.id";
