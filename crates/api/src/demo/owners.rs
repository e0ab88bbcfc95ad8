//! Owners and tenants, who lives where, and the files of the houses.

use chrono::{DateTime, TimeDelta, Utc};
use serde_json::json;
use uuid::Uuid;
use wuye_domain::shared::{
    private::{DigestKey, Purpose},
    search::{Tokens, name_sort_key},
};

use super::{book::Book, names};

/// An owner for every house, a tenant for every eighth, a file for each.
pub fn move_in(book: &mut Book, key: &DigestKey) {
    for at in 0..book.houses.len() {
        let since = book.opened() - TimeDelta::days(book.pick(30, 900));
        let (owner, name, phone) = party(book, "owner", since, key);
        let house = book.houses[at].id;
        occupy(book, owner, house, "owner", since);
        (book.houses[at].party, book.houses[at].name, book.houses[at].phone) = (Some(owner), name, phone);
        if super::estate::let_out(at) {
            let from = book.at(book.start, 600) + TimeDelta::days(book.pick(0, 300));
            let (tenant, _, _) = party(book, "tenant", from, key);
            occupy(book, tenant, house, "tenant", from);
        }
        file(book, at, since);
    }
}

fn party(book: &mut Book, kind: &str, at: DateTime<Utc>, key: &DigestKey) -> (Uuid, String, String) {
    let id = book.id(at);
    let (name, phone, identity) = (names::name(book), names::phone(book), names::identity(book));
    // The series of parties runs on by itself, whatever the year.
    let no = book.number("YZ", book.opened());
    book.put(
        "parties",
        json!({
            "id": id, "estate_id": book.estate, "no": no, "kind": kind, "name": name,
            "identity_number": identity, "identity_digest": key.digest(Purpose::Search, &identity),
            "phones": [phone], "phone_digests": [key.digest(Purpose::Search, &phone)],
            "phone_tokens": Tokens::new().phone(&phone).into_vec(), "note": "", "sort_key": name_sort_key(&name),
            "search": Tokens::new().name(&name).text(&no).into_vec(), "version": 1, "created_at": at, "updated_at": at,
        }),
    );
    (id, name, phone)
}

fn occupy(book: &mut Book, party: Uuid, house: Uuid, role: &str, since: DateTime<Utc>) {
    let id = book.id(since);
    book.put(
        "occupancies",
        json!({
            "id": id, "estate_id": book.estate, "party_id": party, "house_id": house, "role": role,
            "valid_from": since.date_naive(), "version": 1, "created_at": since, "updated_at": since,
        }),
    );
}

/// Most files are complete; of some the copy of the identity card is missing.
fn file(book: &mut Book, at: usize, since: DateTime<Utc>) {
    let (id, house, no) = (book.id(since), book.houses[at].id, book.number("DA", book.opened()));
    let complete = book.chance(82);
    let missing: &[&str] = if complete { &[] } else { &["id_copy"] };
    book.put(
        "house_files",
        json!({
            "id": id, "estate_id": book.estate, "house_id": house, "no": no, "location": "档案室",
            "state": if complete { "complete" } else { "incomplete" }, "missing": missing,
            "opened_on": since.date_naive(), "version": 1, "created_at": since, "updated_at": since,
        }),
    );
    let mut items = vec![
        ("handover", "交房记录"),
        ("contract", "前期物业服务合同"),
        ("fee_agreement", "收费约定"),
    ];
    if complete {
        items.push(("id_copy", "身份证复印件"));
    }
    for (kind, title) in items {
        let item = book.id(since);
        book.put(
            "house_file_items",
            json!({
                "id": item, "estate_id": book.estate, "house_file_id": id, "kind": kind, "title": title,
                "document_date": since.date_naive(), "created_at": since,
            }),
        );
    }
}
