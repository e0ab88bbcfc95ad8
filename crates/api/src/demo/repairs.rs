//! Repairs: requested, dispatched to whom has least to do, repaired, verified, visited.

use std::collections::BTreeMap;

use chrono::{DateTime, Datelike, NaiveDate, TimeDelta, Utc};
use serde_json::json;
use uuid::Uuid;
use wuye_domain::{
    access::PostCode,
    service_desk::{RepairCategory, Urgency},
    shared::{SubjectKind, search::Tokens},
};

use super::{
    book::{Act, Book, House, Person},
    visits::{self, Closed},
    words,
};

/// Requests of one day for 1,200 houses, in hundredths.
const RATE: i64 = 420;

struct Request {
    id: Uuid,
    no: String,
    house: House,
    category: RepairCategory,
    urgency: Urgency,
    text: &'static str,
}

/// Minutes given to each technician so far.
type Load = BTreeMap<Uuid, i64>;

/// The history of repairs.
pub fn run(book: &mut Book) {
    let mut load = Load::new();
    for day in book.days() {
        let mut minutes: Vec<i64> = (0..book.times(rate(book, day))).map(|_| book.pick(430, 1290)).collect();
        minutes.sort_unstable();
        for minute in minutes {
            let at = book.at(day, minute);
            if at <= book.now {
                one(book, &mut load, at);
            }
        }
    }
}

/// More in the heat and the frost, fewer at weekends.
fn rate(book: &Book, day: NaiveDate) -> i64 {
    let season = match day.month() {
        6..=8 => 135,
        1 | 2 | 12 => 120,
        _ => 90,
    };
    let week = if book.workday(day) { 110 } else { 75 };
    RATE * i64::from(book.plan.rooms) / 1200 * season / 100 * week / 100
}

fn one(book: &mut Book, load: &mut Load, at: DateTime<Utc>) {
    let (category, text) = what(book);
    let urgency = match book.pick(0, 100) {
        0..3 => Urgency::Emergency,
        3..15 => Urgency::Urgent,
        _ => Urgency::Normal,
    };
    let request = Request {
        id: book.id(at),
        no: book.number("BX", at),
        house: book.house(),
        category,
        urgency,
        text,
    };
    let opens = if urgency.hurries() { at } else { book.desk_open(at) };
    let due = opens
        + TimeDelta::minutes(match urgency {
            Urgency::Normal => 30,
            Urgency::Urgent => 15,
            Urgency::Emergency => 5,
        });
    let wait = if book.chance(4) {
        book.pick(40, 180)
    } else {
        book.pick(2, 24)
    };
    let dispatched = opens + TimeDelta::minutes(if urgency.hurries() { wait / 3 + 1 } else { wait });
    let desk = book.someone(PostCode::Recept);
    let cancelled = book.chance(2) && dispatched <= book.now;
    let order = (dispatched <= book.now && !cancelled).then(|| carry_out(book, load, &request, &desk, dispatched));
    let state = match order {
        Some(true) => "closed",
        Some(false) => "dispatched",
        None if cancelled => "cancelled",
        None => "requested",
    };
    book.put("repair_requests", json!({
        "id": request.id, "no": request.no, "estate_id": book.estate, "responsible_post": "RECEPT",
        "created_by": desk.employee, "source": "owner", "house_id": request.house.id, "party_id": request.house.party,
        "contact_name": request.house.name, "contact_phone": request.house.phone, "category": category.code(),
        "urgency": urgency.code(), "paid": false, "warranty": false, "text": text, "requested_at": at,
        "recorded_at": at, "dispatch_due_at": due, "state": state,
        "end_reason": cancelled.then_some("业主来电取消"), "search": search(&request), "updated_at": at, "version": 1,
    }));
    let clauses = &["POS-RECEPT-09a"];
    let act = |at, action, from, to| Act {
        kind: SubjectKind::RepairRequest,
        id: request.id,
        at,
        by: &desk,
        action,
        from,
        to,
        clauses,
    };
    book.act(act(at, "requested", None, "requested"));
    if cancelled {
        book.act(act(dispatched, "cancelled", Some("requested"), "cancelled"));
    }
}

fn search(request: &Request) -> Vec<String> {
    let tokens = Tokens::new()
        .text(&request.no)
        .text(request.text)
        .name(&request.house.name);
    match wuye_domain::shared::house_no::HouseRef::parse(&request.house.no) {
        Ok(door) => tokens.house(&door).into_vec(),
        Err(_) => tokens.into_vec(),
    }
}

fn what(book: &mut Book) -> (RepairCategory, &'static str) {
    let mut left = book.pick(0, words::REPAIRS.iter().map(|(_, weight, _)| weight).sum());
    for (category, weight, texts) in words::REPAIRS {
        if left < *weight {
            return (*category, book.one(texts));
        }
        left -= weight;
    }
    (RepairCategory::Other, words::REPAIRS[0].2[0])
}

/// The order; whether it is closed by now.
fn carry_out(book: &mut Book, load: &mut Load, request: &Request, desk: &Person, dispatched: DateTime<Utc>) -> bool {
    let tech = least_loaded(book, load);
    let category = Book::category(request.category);
    *load.entry(tech.employee).or_default() += i64::from(category.estimated_minutes);
    let limits = category.limits(request.urgency, dispatched);
    let order = book.id(dispatched);
    let no = book.number("GD", dispatched);
    let slow = book.chance(5);
    let accepted = dispatched + TimeDelta::minutes(book.pick(1, 15));
    let arrived = accepted + TimeDelta::minutes(if slow { book.pick(150, 900) } else { book.pick(8, 28) });
    let waits = !request.urgency.hurries() && book.chance(6);
    let held = if waits {
        TimeDelta::minutes(book.pick(600, 3600))
    } else {
        TimeDelta::zero()
    };
    let worked = i64::from(category.estimated_minutes) * book.pick(50, 140) / 100;
    let finished = arrived + held + TimeDelta::minutes(worked);
    let looked = finished + TimeDelta::minutes(book.pick(20, 240));
    let verified = book.desk_open(looked) + TimeDelta::minutes(book.pick(1, 50));
    let now = book.now;
    let come = |at: DateTime<Utc>| (at <= now).then_some(at);
    let visit = come(verified).and_then(|at| {
        visits::fall_due(
            book,
            &Closed {
                kind: SubjectKind::WorkOrder,
                id: order,
                no: &no,
                title: request.text,
                house: request.house.id,
                party: request.house.party,
                excluded: Some(tech.employee),
                at,
            },
        )
    });
    let asked = visit.map(|(at, _)| at);
    let state = match () {
        () if asked.is_some() => "closed",
        () if come(verified).is_some() => "verified",
        () if come(finished).is_some() => "done",
        () if come(arrived).is_some() && waits => "pending_material",
        () if come(arrived).is_some() => "on_site",
        () if come(accepted).is_some() => "accepted",
        () => "dispatched",
    };
    let last = [asked, come(verified), come(finished), come(arrived), come(accepted)]
        .into_iter()
        .flatten()
        .next();
    book.put("work_orders", json!({
        "id": order, "no": no, "estate_id": book.estate, "request_id": request.id, "responsible_post": "TECH",
        "responsible_assignment": tech.assignment, "created_by": desk.employee, "technician_id": tech.employee,
        "category": request.category.code(), "urgency": request.urgency.code(),
        "estimated_minutes": category.estimated_minutes, "state": state, "dispatched_by": desk.employee,
        "dispatched_at": dispatched, "round_at": dispatched, "accepted_at": come(accepted), "arrived_at": come(arrived),
        "finished_at": come(finished), "finished_by": come(finished).map(|_| tech.employee),
        "response_due_at": limits.response_due_at, "finish_due_at": limits.finish_due_at,
        "pending_reason": (state == "pending_material").then_some("等待配件到货"), "returned_count": 0,
        "keyed_late": false, "verified_by": come(verified).map(|_| desk.employee), "verified_at": come(verified),
        "rating": visit.map(|(_, result)| result), "updated_at": last.unwrap_or(dispatched), "version": 1,
    }));
    let dispatch = book.id(dispatched);
    book.put("work_order_dispatches", json!({
        "id": dispatch, "order_id": order, "technician_id": tech.employee, "suggested_id": tech.employee, "place": 1,
        "dispatched_by": desk.employee, "dispatched_at": dispatched,
    }));
    if let Some(at) = come(finished) {
        result(book, order, &tech, request.category, at, worked);
    }
    let steps = [
        (Some(dispatched), desk, "dispatched", None, "dispatched"),
        (come(accepted), &tech, "accepted", Some("dispatched"), "accepted"),
        (come(arrived), &tech, "arrived", Some("accepted"), "on_site"),
        (come(finished), &tech, "finished", Some("on_site"), "done"),
        (come(verified), desk, "verified", Some("done"), "verified"),
        (asked, desk, "visited", Some("verified"), "visited"),
        (asked, desk, "closed", Some("visited"), "closed"),
    ];
    for (at, by, action, from, to) in steps {
        if let Some(at) = at {
            let clauses = &["POS-RECEPT-09a", "POS-TECH-06b"];
            book.act(Act {
                kind: SubjectKind::WorkOrder,
                id: order,
                at,
                by,
                action,
                from,
                to,
                clauses,
            });
        }
    }
    asked.is_some()
}

fn least_loaded(book: &Book, load: &Load) -> Person {
    let mut techs = book.at_post(PostCode::Tech);
    techs.sort_by_key(|tech| (load.get(&tech.employee).copied().unwrap_or(0), tech.employee));
    techs.swap_remove(0)
}

fn result(book: &mut Book, order: Uuid, tech: &Person, category: RepairCategory, at: DateTime<Utc>, minutes: i64) {
    let (_, cause, work) = words::WORK
        .iter()
        .find(|(of, _, _)| *of == category)
        .unwrap_or(&words::WORK[0]);
    let material = if book.chance(40) { book.pick(5, 80) * 100 } else { 0 };
    let id = book.id(at);
    let materials = if material > 0 {
        json!([{ "name": "配件", "quantity": "1", "unit": "件" }])
    } else {
        json!([])
    };
    book.put(
        "work_order_results",
        json!({
            "id": id, "order_id": order, "technician_id": tech.employee, "finished_at": at, "recorded_at": at,
            "cause": cause, "work_done": work, "materials_used": materials, "minutes_worked": minutes.max(5),
            "material_cost_fen": material, "charge_fen": 0, "safety_passed": true, "sign_kind": "signed",
            "sign_name": "业主",
        }),
    );
}
