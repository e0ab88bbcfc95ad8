//! Owners, tenants and users. Phones and identity numbers are read into `Private` and looked for by digest.

use chrono::{DateTime, Utc};
use diesel::{
    dsl::sql,
    prelude::*,
    sql_types::{Array, Bool, Text, Uuid as SqlUuid},
};
use diesel_async::RunQueryDsl;
use serde_json::json;
use uuid::Uuid;
use wuye_domain::{
    access::Scope,
    estate::{
        ContactReach, HouseId, Party, PartyId,
        filter::{PartyFilter, PartySort},
    },
    shared::{
        EstateId, ListRequest,
        private::{DigestKey, IdentityNumber, Phone, Private, Purpose},
        search::query_tokens,
    },
};

use crate::{Conn, Failure, Rows, fixed::fixed, in_estates, keyset, schema::parties, split_next};

#[derive(Queryable, Selectable)]
#[diesel(table_name = parties)]
struct PartyRow {
    id: Uuid,
    estate_id: Uuid,
    no: String,
    kind: String,
    name: String,
    identity_number: Option<String>,
    phones: Vec<Option<String>>,
    note: String,
    sort_key: String,
    version: i32,
    created_by: Option<Uuid>,
    created_at: DateTime<Utc>,
    updated_at: DateTime<Utc>,
}

#[derive(Insertable, AsChangeset)]
#[diesel(table_name = parties, treat_none_as_default_value = false, treat_none_as_null = true)]
struct Written<'a> {
    id: Uuid,
    estate_id: Uuid,
    no: &'a str,
    kind: &'static str,
    name: &'a str,
    identity_number: Option<&'a str>,
    identity_digest: Option<String>,
    phones: Vec<&'a str>,
    phone_digests: Vec<String>,
    phone_tokens: Vec<String>,
    note: &'a str,
    sort_key: String,
    search: Vec<String>,
    version: i32,
    created_by: Option<Uuid>,
    created_at: DateTime<Utc>,
    updated_at: DateTime<Utc>,
}

impl<'a> Written<'a> {
    fn of(party: &'a Party, key: &DigestKey) -> Self {
        Self {
            id: party.id.0,
            estate_id: party.estate_id.0,
            no: &party.no,
            kind: party.kind.code(),
            name: &party.name,
            identity_number: party.identity.as_ref().map(|number| number.expose().as_str()),
            identity_digest: party
                .identity
                .as_ref()
                .map(|number| number.digest(key, Purpose::Search)),
            phones: party.phones.iter().map(|phone| phone.expose().as_str()).collect(),
            phone_digests: party
                .phones
                .iter()
                .map(|phone| phone.digest(key, Purpose::Search))
                .collect(),
            phone_tokens: party.phone_tokens(),
            note: &party.note,
            sort_key: party.sort_key(),
            search: party.tokens(),
            version: party.version,
            created_by: party.created_by.map(Into::into),
            created_at: party.created_at,
            updated_at: party.updated_at,
        }
    }
}

impl TryFrom<PartyRow> for Party {
    type Error = Failure;

    fn try_from(row: PartyRow) -> Result<Self, Failure> {
        Ok(Self {
            id: row.id.into(),
            estate_id: row.estate_id.into(),
            no: row.no,
            kind: row.kind.parse()?,
            name: row.name,
            identity: row
                .identity_number
                .as_deref()
                .and_then(IdentityNumber::parse)
                .map(Private::new),
            phones: row
                .phones
                .iter()
                .flatten()
                .filter_map(|phone| Phone::parse(phone))
                .map(Private::new)
                .collect(),
            note: row.note,
            version: row.version,
            created_by: row.created_by.map(Into::into),
            created_at: row.created_at,
            updated_at: row.updated_at,
        })
    }
}

/// One party.
///
/// # Errors
/// `not_found`.
pub async fn find(conn: &mut Conn, scope: &Scope, id: PartyId) -> Result<Party, Failure> {
    let row: PartyRow = parties::table
        .find(id.0)
        .filter(in_estates!(parties, scope))
        .select(PartyRow::as_select())
        .first(conn)
        .await?;
    row.try_into()
}

/// Several parties, in no order; those outside the scope are left out.
///
/// # Errors
/// As the database says.
pub async fn find_all(conn: &mut Conn, scope: &Scope, ids: &[Uuid]) -> Result<Vec<Party>, Failure> {
    let rows: Vec<PartyRow> = parties::table
        .filter(parties::id.eq_any(ids))
        .filter(in_estates!(parties, scope))
        .select(PartyRow::as_select())
        .load(conn)
        .await?;
    rows.into_iter().map(TryInto::try_into).collect()
}

/// Adds a party.
///
/// # Errors
/// `conflict` on its number or identity document.
pub async fn insert(conn: &mut Conn, party: &Party, key: &DigestKey) -> Result<(), Failure> {
    diesel::insert_into(parties::table)
        .values(Written::of(party, key))
        .execute(conn)
        .await?;
    Ok(())
}

/// Writes a party over the version before.
///
/// # Errors
/// `version_conflict` when somebody was faster; `conflict` on its identity document.
pub async fn save(conn: &mut Conn, party: &Party, key: &DigestKey) -> Result<(), Failure> {
    let rows = diesel::update(parties::table.find(party.id.0))
        .filter(parties::version.eq(party.version - 1))
        .set(Written::of(party, key))
        .execute(conn)
        .await?;
    super::saved(rows)
}

/// The parties of an estate with exactly this identity number or phone, by their digests.
///
/// # Errors
/// As the database says.
pub async fn lookup(
    conn: &mut Conn,
    scope: &Scope,
    estate: EstateId,
    identity: Option<&str>,
    phone: Option<&str>,
) -> Result<Vec<Party>, Failure> {
    let mut query = parties::table
        .filter(parties::estate_id.eq(estate.0))
        .filter(in_estates!(parties, scope))
        .select(PartyRow::as_select())
        .into_boxed();
    if let Some(digest) = identity {
        query = query.filter(parties::identity_digest.assume_not_null().eq(digest.to_owned()));
    }
    if let Some(digest) = phone {
        query = query.filter(parties::phone_digests.contains(vec![digest.to_owned()]));
    }
    let rows: Vec<PartyRow> = query.order(parties::sort_key).limit(200).load(conn).await?;
    rows.into_iter().map(TryInto::try_into).collect()
}

type Boxed<'a> = parties::BoxedQuery<'a, diesel::pg::Pg>;

/// A page of parties; the end of a phone finds only those whose phones the caller may see.
///
/// # Errors
/// As the database says.
pub async fn list(
    conn: &mut Conn,
    (scope, contact): (&Scope, &ContactReach),
    estate: EstateId,
    filter: &PartyFilter,
    request: &ListRequest<PartySort>,
) -> Result<Rows<Party>, Failure> {
    let narrowed = || {
        let mut query = parties::table
            .filter(parties::estate_id.eq(estate.0))
            .filter(in_estates!(parties, scope))
            .into_boxed();
        if let Some(kind) = filter.kind {
            query = query.filter(parties::kind.eq(kind.code()));
        }
        if let Some(house) = filter.house_id {
            query = of_house(query, house);
        }
        match filter.q.as_deref().map(str::trim).filter(|q| !q.is_empty()) {
            Some(q) => found(query, q, contact),
            None => query,
        }
    };
    let total = if request.count {
        Some(narrowed().count().get_result(conn).await?)
    } else {
        None
    };
    let query = narrowed().select(PartyRow::as_select());
    let rows: Vec<PartyRow> = match request.sort {
        PartySort::Name => {
            keyset!(query, request, parties::sort_key, parties::id, String)
                .load(conn)
                .await?
        }
        PartySort::UpdatedAt => {
            keyset!(query, request, parties::updated_at, parties::id, DateTime<Utc>)
                .load(conn)
                .await?
        }
    };
    let by = request.sort;
    split_next(rows, request.limit, total, |row| match by {
        PartySort::Name => (json!(row.sort_key), row.id),
        PartySort::UpdatedAt => (json!(row.updated_at), row.id),
    })
    .try_map(TryInto::try_into)
}

fn of_house(query: Boxed<'_>, house: HouseId) -> Boxed<'_> {
    query.filter(
        sql::<Bool>("parties.id IN (SELECT party_id FROM occupancies WHERE house_id = ")
            .bind::<SqlUuid, _>(house.0)
            .sql(")"),
    )
}

fn found<'a>(query: Boxed<'a>, q: &str, contact: &ContactReach) -> Boxed<'a> {
    let tokens = query_tokens(q);
    if tokens.is_empty() {
        return query.filter(fixed::<Bool>("false"));
    }
    // Each branch has its own index; an OR over two tables would have none.
    let by_name_or_door = sql::<Bool>("parties.id IN (SELECT p.id FROM parties p WHERE p.search @> ")
        .bind::<Array<Text>, _>(tokens.clone())
        .sql(" UNION ALL SELECT o.party_id FROM houses h JOIN occupancies o ON o.house_id = h.id WHERE h.search @> ")
        .bind::<Array<Text>, _>(tokens.clone());
    let by_phone = " UNION ALL SELECT p.id FROM parties p WHERE p.phone_tokens @> ";
    match contact {
        ContactReach::Nobody => query.filter(by_name_or_door.sql(")")),
        ContactReach::Estate => query.filter(by_name_or_door.sql(by_phone).bind::<Array<Text>, _>(tokens).sql(")")),
        ContactReach::Areas(areas) => query.filter(
            by_name_or_door
                .sql(by_phone)
                .bind::<Array<Text>, _>(tokens)
                .sql(
                    " AND EXISTS (SELECT 1 FROM occupancies o JOIN houses h ON h.id = o.house_id \
                     JOIN blocks b ON b.id = h.block_id \
                     WHERE o.party_id = p.id AND o.valid_until IS NULL AND b.area_id = ANY(",
                )
                .bind::<Array<SqlUuid>, _>(areas.iter().map(|area| area.0).collect::<Vec<_>>())
                .sql(")))"),
        ),
    }
}

/// By what an import names parties; digests for identity numbers and phones.
#[derive(Debug, Default)]
pub struct Wanted {
    /// Business numbers.
    pub numbers: Vec<String>,
    /// Digests of identity numbers.
    pub identities: Vec<String>,
    /// Digests of phones.
    pub phones: Vec<String>,
    /// Names.
    pub names: Vec<String>,
}

/// The parties that any of these may mean.
///
/// # Errors
/// As the database says.
pub async fn wanted(conn: &mut Conn, estate: EstateId, wanted: &Wanted) -> Result<Vec<Party>, Failure> {
    // Thousands of each: a search by index for every one. As lists to compare with they are compared with every party.
    let named = sql::<Bool>("parties.id IN (SELECT p.id FROM unnest(")
        .bind::<Array<Text>, _>(&wanted.numbers)
        .sql(") AS asked (it) JOIN parties p ON p.no = asked.it AND p.estate_id = ")
        .bind::<SqlUuid, _>(estate.0)
        .sql(" UNION ALL SELECT p.id FROM unnest(")
        .bind::<Array<Text>, _>(&wanted.identities)
        .sql(") AS asked (it) JOIN parties p ON p.identity_digest = asked.it AND p.estate_id = ")
        .bind::<SqlUuid, _>(estate.0)
        .sql(" UNION ALL SELECT p.id FROM unnest(")
        .bind::<Array<Text>, _>(&wanted.phones)
        .sql(") AS asked (it) JOIN parties p ON p.phone_digests @> ARRAY[asked.it] UNION ALL SELECT p.id FROM unnest(")
        .bind::<Array<Text>, _>(&wanted.names)
        .sql(") AS asked (it) JOIN parties p ON p.name = asked.it AND p.estate_id = ")
        .bind::<SqlUuid, _>(estate.0)
        .sql(")");
    let rows: Vec<PartyRow> = parties::table
        .filter(parties::estate_id.eq(estate.0))
        .filter(named)
        .select(PartyRow::as_select())
        .order(parties::id)
        .load(conn)
        .await?;
    rows.into_iter().map(TryInto::try_into).collect()
}
