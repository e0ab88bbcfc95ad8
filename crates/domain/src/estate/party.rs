//! Parties: owners, tenants and users with their personal data (POS-PUBSUP-06, POS-RECEPT-05).

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};
use utoipa::ToSchema;
use validator::Validate;

use super::{PartyId, Remark, Sight, occupancy::CLAUSES};
use crate::{
    code_enum,
    shared::{
        AreaId, EmployeeId, EstateId, Name, Problem, SubjectKind, Text, TrailEntry, Transition,
        private::{DigestKey, Disclosed, IdentityNumber, Phone, Private, Purpose},
        search::{Tokens, name_sort_key},
    },
};

code_enum! {
    /// What a party mainly is; what it is in one house says the occupancy.
    pub enum PartyKind {
        /// 业主.
        Owner = "owner",
        /// 租户.
        Tenant = "tenant",
        /// 使用人.
        User = "user",
    }
}

impl PartyKind {
    /// Its name.
    #[must_use]
    pub const fn title(self) -> Text {
        match self {
            Self::Owner => Text::new("业主", "owner"),
            Self::Tenant => Text::new("租户", "tenant"),
            Self::User => Text::new("使用人", "user"),
        }
    }
}

/// Phones of one party, at most.
pub const MOST_PHONES: usize = 5;

/// A person or firm. Holds personal data, so it cannot be serialised: see [`Party::view`].
#[derive(Clone, Debug, PartialEq)]
pub struct Party {
    /// Its id.
    pub id: PartyId,
    /// The estate.
    pub estate_id: EstateId,
    /// Business number, unique in the estate.
    pub no: String,
    /// What it mainly is.
    pub kind: PartyKind,
    /// Name.
    pub name: String,
    /// Number of the identity document or business licence.
    pub identity: Option<Private<IdentityNumber>>,
    /// Phones, the first one first to be called.
    pub phones: Vec<Private<Phone>>,
    /// Remark.
    pub note: String,
    /// For If-Match.
    pub version: i32,
    /// Who keyed it.
    pub created_by: Option<EmployeeId>,
    /// When.
    pub created_at: DateTime<Utc>,
    /// Last change.
    pub updated_at: DateTime<Utc>,
}

/// A new party.
#[derive(Clone, Debug, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
// Disputes have parties too, and component names are global.
#[schema(as = NewEstateParty)]
pub struct NewParty {
    /// The estate.
    pub estate_id: EstateId,
    /// What it mainly is.
    pub kind: PartyKind,
    /// Name.
    pub name: Name,
    /// Number of the identity document or business licence.
    #[schema(value_type = Option<String>, max_length = 40)]
    pub identity_number: Option<Private<IdentityNumber>>,
    /// Phones, at most five.
    #[serde(default)]
    #[schema(value_type = Vec<String>, max_items = 5)]
    pub phones: Vec<Private<Phone>>,
    /// Remark.
    #[serde(default)]
    pub note: Remark,
}

/// A change of a party. A field left out stays as it is; `null` clears the identity number.
#[derive(Clone, Debug, Default, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct ChangeParty {
    /// What it mainly is.
    pub kind: Option<PartyKind>,
    /// Name.
    pub name: Option<Name>,
    /// Number of the identity document or business licence.
    #[serde(default, deserialize_with = "super::present")]
    #[schema(value_type = Option<String>, max_length = 40)]
    pub identity_number: Option<Option<Private<IdentityNumber>>>,
    /// All phones, at most five.
    #[schema(value_type = Option<Vec<String>>, max_items = 5)]
    pub phones: Option<Vec<Private<Phone>>>,
    /// Remark.
    pub note: Option<Remark>,
}

/// A party as one caller may see it.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct PartyView {
    /// Its id.
    pub id: PartyId,
    /// The estate.
    pub estate_id: EstateId,
    /// Business number.
    pub no: String,
    /// What it mainly is.
    pub kind: PartyKind,
    /// Name.
    pub name: String,
    /// Number of the identity document, masked without `party.identity_read`.
    pub identity_number: Option<Disclosed>,
    /// Phones, masked without `party.contact_read`.
    pub phones: Vec<Disclosed>,
    /// Remark.
    pub note: String,
    /// For If-Match.
    pub version: i32,
    /// Who keyed it.
    pub created_by: Option<EmployeeId>,
    /// When.
    pub created_at: DateTime<Utc>,
    /// Last change.
    pub updated_at: DateTime<Utc>,
}

impl Party {
    /// A new party under the number `no`.
    ///
    /// # Errors
    /// `validation_failed` for too many phones.
    pub fn new(
        new: NewParty,
        no: String,
        by: Option<EmployeeId>,
        now: DateTime<Utc>,
    ) -> Result<Transition<Self>, Problem> {
        let record = Self {
            id: PartyId::generate(),
            estate_id: new.estate_id,
            no,
            kind: new.kind,
            name: new.name.into(),
            identity: new.identity_number,
            phones: unique(new.phones)?,
            note: new.note.into(),
            version: 1,
            created_by: by,
            created_at: now,
            updated_at: now,
        };
        let entry = record.entry("created");
        Ok(Transition { record, entry })
    }

    /// Changes it. The trail gets names and kinds in the clear, personal data as keyed digests.
    ///
    /// # Errors
    /// `validation_failed` for too many phones.
    pub fn change(
        &self,
        change: ChangeParty,
        key: &DigestKey,
        now: DateTime<Utc>,
    ) -> Result<Transition<Self>, Problem> {
        let mut record = self.clone();
        if let Some(kind) = change.kind {
            record.kind = kind;
        }
        if let Some(name) = change.name {
            record.name = name.into();
        }
        if let Some(identity) = change.identity_number {
            record.identity = identity;
        }
        if let Some(phones) = change.phones {
            record.phones = unique(phones)?;
        }
        if let Some(note) = change.note {
            record.note = note.into();
        }
        record.version += 1;
        record.updated_at = now;
        let entry = record.entry("changed").changes(self.differences(&record, key));
        Ok(Transition { record, entry })
    }

    /// What this caller sees of it; `areas` are those of the houses it has to do with.
    #[must_use]
    pub fn view(&self, sight: &Sight, areas: &[AreaId]) -> PartyView {
        PartyView {
            id: self.id,
            estate_id: self.estate_id,
            no: self.no.clone(),
            kind: self.kind,
            name: self.name.clone(),
            identity_number: self.identity.as_ref().map(|number| number.open(sight.identity())),
            phones: self
                .phones
                .iter()
                .map(|phone| phone.open(sight.phones(areas)))
                .collect(),
            note: self.note.clone(),
            version: self.version,
            created_by: self.created_by,
            created_at: self.created_at,
            updated_at: self.updated_at,
        }
    }

    /// What everybody in the estate may find it by: its name and number.
    #[must_use]
    pub fn tokens(&self) -> Vec<String> {
        Tokens::new().name(&self.name).text(&self.no).into_vec()
    }

    /// What those find it by who may see its phones.
    #[must_use]
    pub fn phone_tokens(&self) -> Vec<String> {
        let tokens = Tokens::new();
        self.phones
            .iter()
            .fold(tokens, |tokens, phone| tokens.phone(phone.expose().as_str()))
            .into_vec()
    }

    /// Lists sort by it.
    #[must_use]
    pub fn sort_key(&self) -> String {
        name_sort_key(&self.name)
    }

    /// What differs, personal data as keyed digests.
    #[must_use]
    pub fn differences(&self, after: &Self, key: &DigestKey) -> Value {
        let mut changes = Map::new();
        let mut note = |field: &str, before: Value, now: Value| {
            if before != now {
                changes.insert(field.to_owned(), json!([before, now]));
            }
        };
        note("kind", json!(self.kind), json!(after.kind));
        note("name", json!(self.name), json!(after.name));
        note("note", json!(self.note), json!(after.note));
        let identity = |party: &Self| json!(party.identity.as_ref().map(|number| number.digest(key, Purpose::Trail)));
        note("identity_number", identity(self), identity(after));
        let phones = |party: &Self| -> Value { party.phones.iter().map(|p| p.digest(key, Purpose::Trail)).collect() };
        note("phones", phones(self), phones(after));
        Value::Object(changes)
    }

    /// A line of the trail about it.
    #[must_use]
    pub fn entry(&self, action: &'static str) -> TrailEntry {
        TrailEntry::new(SubjectKind::Party, self.id, action)
            .estate(self.estate_id)
            .clauses(CLAUSES)
    }
}

/// Each phone once, in the order given.
fn unique(phones: Vec<Private<Phone>>) -> Result<Vec<Private<Phone>>, Problem> {
    let mut kept: Vec<Private<Phone>> = Vec::new();
    for phone in phones {
        if !kept.contains(&phone) {
            kept.push(phone);
        }
    }
    if kept.len() > MOST_PHONES {
        return Err(Problem::field(
            "/phones",
            "too_many",
            crate::text!("最多{MOST_PHONES}个电话", "at most {MOST_PHONES} phones"),
        ));
    }
    Ok(kept)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::estate::ContactReach;

    const KEY: DigestKey = DigestKey::new([7; 32]);

    fn zhang() -> Party {
        let new = serde_json::from_value(json!({
            "estate_id": EstateId::generate(), "kind": "owner", "name": "张三",
            "identity_number": "11010519491231002X", "phones": ["138 1234 5678", "13812345678"],
        }))
        .expect("a party");
        Party::new(new, "YZ2026-000001".to_owned(), None, DateTime::UNIX_EPOCH)
            .expect("fits")
            .record
    }

    #[test]
    fn pos_recept_05_the_trail_of_a_party_holds_digests_only() {
        let party = zhang();
        assert_eq!(party.phones.len(), 1, "the same phone twice is one phone");
        let change = serde_json::from_value(json!({"phones": ["13900001111"], "name": "张三丰"})).expect("a change");
        let changed = party.change(change, &KEY, DateTime::UNIX_EPOCH).expect("fits");
        let trail = changed.entry.changes.to_string();
        assert!(trail.contains("张三丰") && trail.contains("phones"), "{trail}");
        assert!(!trail.contains("identity_number"), "it did not change: {trail}");
        for secret in ["13812345678", "13900001111", "5678"] {
            assert!(!trail.contains(&format!("\"{secret}")), "{trail}");
        }
        assert_eq!(changed.record.version, 2);
    }

    #[test]
    fn pos_recept_05_phones_are_found_apart_from_names() {
        let party = zhang();
        assert!(party.tokens().contains(&"zs".to_owned()));
        assert!(!party.tokens().iter().any(|token| token.contains("5678")));
        assert!(party.phone_tokens().contains(&"5678".to_owned()));
    }

    #[test]
    fn pos_pubsup_06_a_view_is_masked_without_clearance() {
        let sight = Sight {
            contact: ContactReach::Nobody,
            identity: false,
        };
        let view = serde_json::to_string(&zhang().view(&sight, &[])).expect("json");
        assert!(view.contains("138****5678") && !view.contains("13812345678"), "{view}");
        assert!(!view.contains("19491231"), "{view}");
    }
}
