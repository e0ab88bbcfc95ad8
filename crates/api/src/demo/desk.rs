//! Courtesy helps, what came in from the public page today, and papers that wait for a signature.

use chrono::TimeDelta;
use serde_json::json;
use wuye_domain::{
    access::PostCode,
    shared::{SubjectKind, search::Tokens},
};

use super::{
    book::{Act, Book},
    words,
};

/// Everything else of the desk.
pub fn run(book: &mut Book) {
    helps(book);
    reports(book);
    consultation(book);
    structure(book);
}

fn helps(book: &mut Book) {
    let posts = [
        PostCode::Guard,
        PostCode::Guard,
        PostCode::Recept,
        PostCode::Cleaner,
        PostCode::Tech,
    ];
    for day in book.days() {
        for _ in 0..book.times(45) {
            let minute = book.pick(420, 1320);
            let at = book.at(day, minute);
            if at > book.now {
                continue;
            }
            let post = posts[book.index(posts.len())];
            let person = book.someone(post);
            let (kind, note) = words::HELP[book.index(words::HELP.len())];
            let (id, no, house, minutes) = (book.id(at), book.number("BZ", at), book.house(), book.pick(5, 45));
            book.put(
                "assistances",
                json!({
                    "id": id, "estate_id": book.estate, "no": no, "employee_id": person.employee, "house_id": house.id,
                    "party_id": house.party, "kind": kind, "note": note, "minutes": minutes, "helped_at": at,
                    "responsible_post": person.post.code(), "responsible_assignment": person.assignment,
                    "squad_id": person.squad, "area_id": person.area, "created_by": person.employee,
                    "search": Tokens::new().text(&no).text(note).into_vec(), "created_at": at,
                }),
            );
            let act = Act {
                kind: SubjectKind::Assistance,
                id,
                at,
                by: &person,
                action: "logged",
                from: None,
                to: "logged",
                clauses: &["POS-RECEPT-02b"],
            };
            book.act(act);
        }
    }
}

fn reports(book: &mut Book) {
    for (nth, (kind, text, location)) in (1..).zip(words::REPORTS) {
        let at = book.now - TimeDelta::minutes(nth * 37);
        let (id, no, phone) = (book.id(at), book.number("BS", at), super::names::phone(book));
        // A digest of nothing: these reports have no tracking code that anybody could hold.
        let digest = format!("{:016x}{:016x}", book.roll(), book.roll());
        book.put(
            "resident_reports",
            json!({
                "id": id, "no": no, "estate_id": book.estate, "kind": kind, "text": text, "location": location,
                "contact_name": "业主", "contact_phone": phone, "tracking_digest": digest, "received_at": at,
                "due_at": at + TimeDelta::hours(1),
                "state": "received", "version": 1,
            }),
        );
    }
}

/// The collector asks for the file of a house.
fn consultation(book: &mut Book) {
    let feecol = book.someone(PostCode::Feecol);
    let at = book.now - TimeDelta::hours(17);
    let file = book.first_file();
    let (id, no) = (book.id(at), book.number("JY", at));
    book.put(
        "consultations",
        json!({
            "id": id, "estate_id": book.estate, "house_file_id": file, "no": no, "purpose": "核对收费约定",
            "state": "requested", "own_duty": true, "responsible_post": "FEECOL",
            "responsible_assignment": feecol.assignment, "created_by": feecol.employee, "requested_at": at,
            "decision_note": "", "due_on": book.today + TimeDelta::days(5), "version": 1, "updated_at": at,
        }),
    );
}

/// The desk has keyed in a new lamp post, and the supervisor has not confirmed it.
fn structure(book: &mut Book) {
    let recept = book.someone(PostCode::Recept);
    let at = book.now - TimeDelta::hours(20);
    let (place, id) = (book.id(at), book.id(at));
    let name = "南区路灯";
    book.put(
        "places",
        json!({
            "id": place, "estate_id": book.estate, "kind": "fixture", "fixture_kind": "lamp_post", "no": "N-17",
            "name": name, "quantity": 1, "location": "南区草坪边", "note": "", "sort_key": "31-N-17",
            "search": Tokens::new().name(name).into_vec(), "state": "draft", "version": 1, "created_at": at,
            "updated_at": at,
        }),
    );
    book.put("structure_changes", json!({
        "id": id, "estate_id": book.estate, "kind": "create", "subject_kind": "place", "subject_id": place,
        "title": format!("新增{name} N-17"), "before": {}, "proposed": { "name": name, "no": "N-17" },
        "reason": "新装", "state": "proposed", "proposed_by": recept.employee, "proposed_at": at, "decision_note": "",
        "version": 1,
    }));
}
