//! Disputes: most settled by the estate officer, some higher up, one or two open.

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

/// About one a month for 1,200 houses.
pub fn run(book: &mut Book) {
    for day in book.days().into_iter().step_by(26) {
        let minute = book.pick(540, 960);
        let at = book.at(day, minute);
        if at <= book.now {
            one(book, at);
        }
    }
    // One that waits for a mediator this morning.
    let at = book.now - TimeDelta::hours(18);
    one(book, at);
}

fn one(book: &mut Book, at: chrono::DateTime<chrono::Utc>) {
    let id = book.id(at);
    let no = book.number("JF", at);
    let (kind, subject) = words::DISPUTES[book.index(words::DISPUTES.len())];
    let (recept, officer) = (book.someone(PostCode::Recept), book.someone(PostCode::Renoadm));
    let pubsup = book.someone(PostCode::Pubsup);
    let assigned = book.desk_open(at + TimeDelta::hours(30));
    let held = book.desk_open(assigned + TimeDelta::hours(40));
    let settled = book.desk_open(held + TimeDelta::minutes(90));
    let closed = settled + TimeDelta::minutes(30);
    let now = book.now;
    let come = |at| (at <= now).then_some(at);
    let state = match () {
        () if come(closed).is_some() => "closed",
        () if come(settled).is_some() => "settled",
        () if come(assigned).is_some() => "mediating",
        () => "opened",
    };
    let with_officer = come(assigned).is_some();
    book.put("disputes", json!({
        "id": id, "estate_id": book.estate, "no": no, "kind": kind, "state": state, "level": "estate_officer",
        "subject": subject, "opened_at": at, "first_mediator": come(assigned).map(|_| officer.employee),
        "mediator_id": come(assigned).map(|_| officer.employee),
        "responsible_post": if with_officer { "RENOADM" } else { "PUBSUP" },
        "responsible_assignment": with_officer.then_some(officer.assignment), "created_by": recept.employee,
        "step_due_at": (state == "opened" || state == "mediating").then(|| book.working_days(at, 3)),
        "agreement": come(settled).map(|_| "双方达成一致并签字确认"), "settled_at": come(settled),
        "settled_level": come(settled).map(|_| "estate_officer"), "closed_at": come(closed), "reopened_count": 0,
        "search": Tokens::new().text(&no).text(subject).into_vec(), "version": 1, "created_at": at, "updated_at": at,
    }));
    for side in ["applicant", "respondent"] {
        let (party, house) = (book.id(at), book.house());
        let management = side == "respondent" && kind == "owner_management";
        book.put(
            "dispute_parties",
            json!({
                "id": party, "dispute_id": id, "side": side, "role": if management { "management" } else { "owner" },
                "party_id": house.party.filter(|_| !management), "house_id": (!management).then_some(house.id),
                "name": if management { "客户服务中心".to_owned() } else { house.name.clone() },
                "phone": (!management).then(|| house.phone.clone()),
            }),
        );
    }
    if let Some(at) = come(held) {
        let step = book.id(at);
        let agreed = come(settled).is_some();
        book.put("dispute_steps", json!({
            "id": step, "dispute_id": id, "level": "estate_officer", "held_at": at, "held_by": officer.employee,
            "text": "双方到服务中心当面协商", "result": if agreed { "agreed" } else { "progress" }, "recorded_at": at,
        }));
    }
    let steps = [
        (Some(at), &recept, "opened", None, "opened"),
        (come(assigned), &pubsup, "assigned", Some("opened"), "mediating"),
        (come(held), &officer, "step_added", Some("mediating"), "mediating"),
        (come(settled), &officer, "settled", Some("mediating"), "settled"),
        (come(closed), &officer, "closed", Some("settled"), "closed"),
    ];
    for (at, by, action, from, to) in steps {
        if let Some(at) = at {
            let clauses = &["PROC-PUBSUP-5.4"];
            book.act(Act {
                kind: SubjectKind::Dispute,
                id,
                at,
                by,
                action,
                from,
                to,
                clauses,
            });
        }
    }
}
