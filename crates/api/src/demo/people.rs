//! The estate itself and its staff: somebody at every post the manual establishes.

use serde_json::json;
use uuid::Uuid;
use wuye_domain::{
    access::PostCode,
    shared::{SettingKey, search::Tokens},
};

use super::{
    book::{Book, Person},
    names,
};

/// Post, how many.
const STAFF: &[(PostCode, usize)] = &[
    (PostCode::Board, 1),
    (PostCode::Gm, 1),
    (PostCode::Offdir, 1),
    (PostCode::Cscmgr, 1),
    (PostCode::Depmgr, 1),
    (PostCode::Asstmgr, 1),
    (PostCode::Guardcapt, 1),
    (PostCode::Guardlead, 3),
    (PostCode::Guard, 9),
    (PostCode::Pubsup, 1),
    (PostCode::Recept, 3),
    (PostCode::Renoadm, 1),
    (PostCode::Cleanlead, 2),
    (PostCode::Cleaner, 8),
    (PostCode::Tech, 5),
    (PostCode::Finsup, 1),
    (PostCode::Cashier, 1),
    (PostCode::Feecol, 2),
    (PostCode::Ticket, 1),
];

/// Estate, areas, squads, people, logins, qualifications.
pub fn hire(book: &mut Book, password_hash: &str) {
    let at = book.opened();
    let public: String = (0..10)
        .map(|_| char::from(b"abcdefghjkmnpqrstuvwxyz"[book.index(23)]))
        .collect();
    let estate = json!({
        "id": book.estate, "code": "YX", "name": "云栖花园", "address": "杭州市西湖区云栖路88号",
        "time_zone": "Asia/Shanghai", "public_code": public, "service_standard": "三级资质",
        "service_standard_on": at.date_naive(), "version": 1, "created_at": at, "updated_at": at,
    });
    book.put("estates", estate);
    codes_off(book);
    let areas = areas(book);
    let squads = squads(book);
    let mut no = 0;
    for (post, count) in STAFF {
        for nth in 0..*count {
            no += 1;
            let squad = match post {
                PostCode::Guardlead => Some(squads[nth % 3]),
                PostCode::Guard => Some(squads[nth % 3]),
                _ => None,
            };
            let area = match post {
                PostCode::Cleanlead | PostCode::Cleaner => Some(areas[nth % 2]),
                _ => None,
            };
            let person = employ(book, *post, no, squad, area);
            login(book, &person, *post, nth, password_hash);
            if *post == PostCode::Tech {
                qualify(book, &person, nth);
            }
            book.staff.push(person);
        }
    }
}

/// Everybody's password is on the login page: a one-time code would protect nothing.
fn codes_off(book: &mut Book) {
    let at = book.opened();
    let row = json!({
        "id": book.id(at), "key": SettingKey::TotpRequired.code(), "value": 0, "reason": "演示", "changed_by": Uuid::nil(),
        "changed_at": at,
    });
    book.put("settings", row);
}

fn areas(book: &mut Book) -> Vec<Uuid> {
    let at = book.opened();
    let mut ids = Vec::new();
    for (code, name) in [("E", "东区"), ("W", "西区")] {
        let id = book.id(at);
        let row = json!({
            "id": id, "estate_id": book.estate, "code": code, "name": name, "note": "",
            "sort_key": wuye_domain::shared::natural::natural_key(code), "state": "active", "version": 1,
            "created_at": at, "updated_at": at,
        });
        book.put("areas", row);
        ids.push(id);
    }
    ids
}

fn squads(book: &mut Book) -> Vec<Uuid> {
    let at = book.opened();
    let mut ids = Vec::new();
    for name in ["秩序一班", "秩序二班", "秩序三班"] {
        let id = book.id(at);
        let row = json!({
            "id": id, "estate_id": book.estate, "name": name, "post": "GUARD", "active_from": at.date_naive(),
            "version": 1,
        });
        book.put("squads", row);
        ids.push(id);
    }
    ids
}

fn employ(book: &mut Book, post: PostCode, no: usize, squad: Option<Uuid>, area: Option<Uuid>) -> Person {
    let at = book.opened();
    let (employee, assignment, account) = (book.id(at), book.id(at), book.id(at));
    let (name, phone) = (names::name(book), names::phone(book));
    let no = format!("YX{no:03}");
    let search = Tokens::new().name(&name).text(&no).into_vec();
    book.put(
        "employees",
        json!({
            "id": employee, "no": no, "name": name, "phone": phone, "status": "active", "hired_on": at.date_naive(),
            "search": search, "version": 1, "created_at": at, "updated_at": at,
        }),
    );
    let company = matches!(post, PostCode::Board | PostCode::Gm);
    let estate = (!company).then_some(book.estate);
    book.put(
        "assignments",
        json!({
            "id": assignment, "employee_id": employee, "post": post.code(), "estate_id": estate, "kind": "primary",
            "squad_id": squad, "area_id": area, "valid_from": at.date_naive(), "state": "approved", "version": 1,
            "created_at": at, "updated_at": at,
        }),
    );
    Person {
        employee,
        assignment,
        account,
        post,
        squad,
        area,
    }
}

/// `recept`, `recept2`, `recept3` …
fn login(book: &mut Book, person: &Person, post: PostCode, nth: usize, password_hash: &str) {
    let at = book.opened();
    let post = post.code().to_lowercase();
    let username = if nth == 0 { post } else { format!("{post}{}", nth + 1) };
    book.put(
        "accounts",
        json!({
            "id": person.account, "kind": "person", "username": username, "display_name": username,
            "employee_id": person.employee, "password_hash": password_hash, "must_change_password": false,
            "state": "active", "epoch": 1, "is_administrator": false, "recovery_codes": [], "permissions": [],
            "estates": [], "version": 1, "created_at": at, "updated_at": at,
        }),
    );
}

/// Everybody knows water and small things; the rest by turns, so that each category has two or three.
fn qualify(book: &mut Book, person: &Person, nth: usize) {
    let at = book.opened();
    let mut known = vec!["water", "shared_facility", "other", "power"];
    known.extend(match nth % 3 {
        0 => ["gas", "network"],
        1 => ["tv", "phone"],
        _ => ["gas", "tv"],
    });
    if nth.is_multiple_of(2) {
        known.extend(["phone"].iter().filter(|_| nth.is_multiple_of(3)));
    }
    known.sort_unstable();
    known.dedup();
    for category in known {
        let id = book.id(at);
        book.put(
            "qualifications",
            json!({
                "id": id, "employee_id": person.employee, "category_code": category, "evidence": "上岗证",
                "valid_from": at.date_naive(), "version": 1, "created_at": at,
            }),
        );
    }
}
