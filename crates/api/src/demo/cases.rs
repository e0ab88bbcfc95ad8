//! Complaints, suggestions, praise and enquiries on their way from the desk to the answer.

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use serde_json::json;
use uuid::Uuid;
use wuye_domain::{
    access::PostCode,
    shared::{SubjectKind, search::Tokens},
};

use super::{
    book::{Act, Book, House, Person},
    visits::{self, Closed},
    words,
};

struct Case {
    id: Uuid,
    no: String,
    kind: &'static str,
    field: &'static str,
    text: &'static str,
    house: House,
    at: DateTime<Utc>,
    due: DateTime<Utc>,
    desk: Person,
}

/// How a case goes: when each step was taken, if it has come.
struct Way {
    owner: Option<Person>,
    assigned: Option<DateTime<Utc>>,
    proposed: Option<DateTime<Utc>>,
    decided: Option<(DateTime<Utc>, &'static str)>,
    handled: Option<DateTime<Utc>>,
    replied: Option<DateTime<Utc>>,
    checked: Option<DateTime<Utc>>,
    closed: Option<DateTime<Utc>>,
}

/// Rates a day for 1,200 houses, in hundredths.
const RATES: [(&str, i64); 3] = [("complaint", 11), ("suggestion", 9), ("other", 22)];

/// The history of cases.
pub fn run(book: &mut Book) {
    for day in book.days() {
        for (kind, rate) in RATES {
            let rate = rate * i64::from(book.plan.rooms).max(240) / 1200;
            for _ in 0..book.times(rate.max(1)) {
                take_in(book, day, kind);
            }
        }
    }
}

fn take_in(book: &mut Book, day: NaiveDate, kind: &str) {
    let minute = book.pick(500, 1080);
    let at = book.at(day, minute);
    if at > book.now {
        return;
    }
    let (kind, field, text) = match kind {
        "complaint" => {
            let (field, text) = words::COMPLAINTS[book.index(words::COMPLAINTS.len())];
            ("complaint", field, text)
        }
        "suggestion" => {
            let (field, text) = words::SUGGESTIONS[book.index(words::SUGGESTIONS.len())];
            ("suggestion", field, text)
        }
        _ => words::OTHERS[book.index(words::OTHERS.len())],
    };
    let case = Case {
        id: book.id(at),
        no: book.number("TS", at),
        kind,
        field,
        text,
        house: book.house(),
        at,
        due: book.working_days(at, 3),
        desk: book.someone(PostCode::Recept),
    };
    let way = way(book, &case);
    write(book, &case, &way);
    prove(book, &case, &way);
}

/// Each step some hours after the one before; what has not come yet is not there.
fn way(book: &mut Book, case: &Case) -> Way {
    let now = book.now;
    let come = |at: DateTime<Utc>| (at <= now).then_some(at);
    let slow = if book.chance(7) { 6 } else { 1 };
    let mut step = |from: DateTime<Utc>, least: i64, most: i64| {
        let later = from + TimeDelta::minutes(book.pick(least, most) * slow);
        book.desk_open(later)
    };
    let assigned = step(case.at, 15, 120);
    let proposed = step(assigned, 60, 420);
    let decided = step(proposed, 30, 300);
    let from = if case.kind == "complaint" { decided } else { assigned };
    let handled = step(from, 30, 300);
    let replied = step(handled, 60, 480);
    let checked = step(replied, 20, 200);
    let valid = case.kind == "complaint" && book.chance(22);
    let closed = if valid { checked } else { replied } + TimeDelta::minutes(40);
    let complaint = case.kind == "complaint";
    Way {
        owner: come(assigned).map(|_| owner(book, case)),
        assigned: come(assigned),
        proposed: come(proposed).filter(|_| complaint),
        decided: come(decided)
            .filter(|_| complaint)
            .map(|at| (at, if valid { "valid" } else { "invalid" })),
        handled: come(handled),
        replied: come(replied),
        checked: come(checked).filter(|_| valid),
        closed: come(closed),
    }
}

/// Who looks into it: the leader of the field. Complaints are never looked into by who took them in.
fn owner(book: &mut Book, case: &Case) -> Person {
    match case.field {
        "security" => book.someone(PostCode::Guardlead),
        "cleaning" | "greening" => book.someone(PostCode::Cleanlead),
        "renovation" => book.someone(PostCode::Renoadm),
        "engineering" => book.someone(PostCode::Tech),
        "fees" => book.someone(PostCode::Feecol),
        _ => book.someone(PostCode::Renoadm),
    }
}

fn state(case: &Case, way: &Way, visited: bool) -> &'static str {
    match () {
        () if visited => "visited",
        () if way.closed.is_some() => "closed",
        () if way.replied.is_some() => "replied",
        () if way.handled.is_some() => "handling",
        () if way.decided.is_some() => "validity_decided",
        () if way.assigned.is_some() => "investigating",
        () => {
            let _ = case;
            "received"
        }
    }
}

fn write(book: &mut Book, case: &Case, way: &Way) {
    let visited = way.closed.and_then(|at| {
        let asked = Closed {
            kind: SubjectKind::Case,
            id: case.id,
            no: &case.no,
            title: case.text,
            house: case.house.id,
            party: case.house.party,
            excluded: None,
            at,
        };
        visits::fall_due(book, &asked).map(|(at, _)| at)
    });
    let reply = book.one(words::REPLIES);
    let last = [visited, way.closed, way.replied, way.handled, way.assigned]
        .into_iter()
        .flatten()
        .next();
    let owner = way.owner.as_ref();
    let search = Tokens::new()
        .text(&case.no)
        .text(case.text)
        .name(&case.house.name)
        .into_vec();
    book.put("cases", json!({
        "id": case.id, "estate_id": book.estate, "no": case.no, "kind": case.kind,
        "state": state(case, way, visited.is_some()), "channel": "phone", "field": case.field,
        "house_id": case.house.id, "party_id": case.house.party, "text": case.text, "received_at": case.at,
        "acknowledge_due_at": case.at + TimeDelta::hours(1), "acknowledged_at": case.at, "due_at": case.due,
        "owner_id": owner.map(|person| person.employee),
        "responsible_post": owner.map_or("RECEPT", |person| person.post.code()),
        "responsible_assignment": owner.map(|person| person.assignment), "squad_id": owner.and_then(|person| person.squad),
        "area_id": owner.and_then(|person| person.area), "created_by": case.desk.employee,
        "validity": (case.kind == "complaint").then(|| way.decided.map_or("pending", |(_, found)| found)),
        "validity_at": way.decided.map(|(at, _)| at),
        "reply": way.replied.map(|_| reply), "replied_at": way.replied, "closed_at": way.closed, "reopened_count": 0,
        "search": search, "version": 1, "created_at": case.at,
        "updated_at": last.unwrap_or(case.at),
    }));
    book.put(
        "case_contacts",
        json!({
            "case_id": case.id, "name": case.house.name, "phone": case.house.phone,
            "search": Tokens::new().name(&case.house.name).phone(&case.house.phone).into_vec(),
        }),
    );
    if let Some(at) = visited {
        let act = Act {
            kind: SubjectKind::Case,
            id: case.id,
            at,
            by: &case.desk,
            action: "visited",
            from: Some("closed"),
            to: "visited",
            clauses: &["POS-RECEPT-07b"],
        };
        book.act(act);
    }
}

/// Finding, measure and trail.
fn prove(book: &mut Book, case: &Case, way: &Way) {
    let pubsup = book.someone(PostCode::Pubsup);
    let owner = way.owner.clone().unwrap_or_else(|| case.desk.clone());
    if let Some(at) = way.proposed {
        let found = way.decided.map(|(_, found)| found);
        book.put(
            "case_findings",
            json!({
                "case_id": case.id, "proposed": found.unwrap_or("invalid"), "proposal_reason": "经现场查看与询问",
                "proposed_by": owner.employee, "proposed_at": at, "decided_by": found.map(|_| pubsup.employee),
                "decided_as": found.map(|_| pubsup.post.code()), "decided_at": way.decided.map(|(at, _)| at),
                "decision_reason": found.map(|_| "证据清楚"),
                "decision_path": found.map(|_| json!({ "steps": [{ "post": "PUBSUP", "why": "named" }] })),
                "answered_by": way.replied.map(|_| case.desk.employee), "closing_checked_by": way.checked.map(|_| pubsup.employee), "closing_checked_at": way.checked,
            }),
        );
    }
    if let Some(at) = way.handled {
        let (id, text) = (book.id(at), book.one(words::MEASURES));
        book.put("case_measures", json!({
            "id": id, "case_id": case.id, "text": text, "taken_by": owner.employee, "taken_at": at, "recorded_at": at,
        }));
    }
    let before = if way.decided.is_some() {
        "validity_decided"
    } else {
        "investigating"
    };
    let steps = [
        (Some(case.at), &case.desk, "received", None, "received"),
        (way.assigned, &case.desk, "assigned", Some("received"), "investigating"),
        (
            way.proposed,
            &owner,
            "validity_proposed",
            Some("investigating"),
            "investigating",
        ),
        (
            way.decided.map(|(at, _)| at),
            &pubsup,
            "validity_confirmed",
            Some("investigating"),
            "validity_decided",
        ),
        (way.handled, &owner, "measure_added", Some(before), "handling"),
        (way.replied, &case.desk, "replied", Some("handling"), "replied"),
        (way.checked, &pubsup, "closing_checked", Some("replied"), "replied"),
        (way.closed, &case.desk, "closed", Some("replied"), "closed"),
    ];
    for (at, by, action, from, to) in steps {
        if let Some(at) = at {
            let clauses = &["POS-RECEPT-03b", "POS-RECEPT-07a"];
            book.act(Act {
                kind: SubjectKind::Case,
                id: case.id,
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
