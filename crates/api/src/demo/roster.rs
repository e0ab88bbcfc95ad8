//! Shifts, the roster around the present day, absences and who stands in.

use chrono::{NaiveDate, TimeDelta};
use serde_json::json;
use uuid::Uuid;
use wuye_domain::access::PostCode;

use super::book::{Book, Person};

/// Code, name, first and last minute, kind: as every estate begins.
const SHIFTS: &[(&str, &str, i64, i64, &str)] = &[
    ("D", "白班", 510, 1050, "duty"),
    ("A", "早班", 480, 960, "duty"),
    ("B", "中班", 960, 1440, "duty"),
    ("C", "夜班", 0, 480, "duty"),
    ("O", "值班待命", 1050, 510, "on_call"),
];

/// Days of roster before and after the present.
const WINDOW: i64 = 14;

/// Everything of the roster.
pub fn plan(book: &mut Book) {
    let shifts: Vec<Uuid> = SHIFTS.iter().map(|shift| put_shift(book, shift)).collect();
    let first = book.today - TimeDelta::days(WINDOW);
    for (nth, day) in first.iter_days().take(2 * 14 + 1).enumerate() {
        day_of(book, &shifts, nth, day);
    }
    absent(book);
    acting(book);
}

fn put_shift(book: &mut Book, shift: &(&str, &str, i64, i64, &str)) -> Uuid {
    let id = book.id(book.opened());
    let (code, name, starts, ends, kind) = shift;
    book.put("shifts", json!({
        "id": id, "estate_id": book.estate, "code": code, "name": name, "starts_minute": starts, "ends_minute": ends,
        "kind": kind, "active": true, "version": 1,
    }));
    id
}

/// Guards and technicians work every day by turns; the offices on working days.
fn day_of(book: &mut Book, shifts: &[Uuid], nth: usize, day: NaiveDate) {
    for (squad, leader) in book.at_post(PostCode::Guardlead).into_iter().enumerate() {
        // Early, night, late by the week: never two shifts on end.
        let shift = 1 + (squad + 2 * (nth / 7)) % 3;
        on(book, shifts, &leader, shift, day);
        for guard in book.at_post(PostCode::Guard) {
            if guard.squad == leader.squad {
                on(book, shifts, &guard, shift, day);
            }
        }
    }
    for (place, tech) in book.at_post(PostCode::Tech).into_iter().enumerate() {
        // One of five is off, one is late shift.
        match (place + nth) % 5 {
            0 => {}
            1 => on(book, shifts, &tech, 2, day),
            _ => on(book, shifts, &tech, 0, day),
        }
    }
    for (place, recept) in book.at_post(PostCode::Recept).into_iter().enumerate() {
        if book.workday(day) || (place + nth).is_multiple_of(3) {
            on(book, shifts, &recept, 0, day);
        }
    }
    for post in [PostCode::Cleanlead, PostCode::Cleaner] {
        for (place, person) in book.at_post(post).into_iter().enumerate() {
            if !(place + nth).is_multiple_of(7) {
                on(book, shifts, &person, 0, day);
            }
        }
    }
    if book.workday(day) {
        for post in [PostCode::Renoadm, PostCode::Cashier, PostCode::Feecol, PostCode::Ticket] {
            for person in book.at_post(post) {
                on(book, shifts, &person, 0, day);
            }
        }
    }
}

fn on(book: &mut Book, shifts: &[Uuid], person: &Person, shift: usize, day: NaiveDate) {
    let (_, _, starts, ends, _) = SHIFTS[shift];
    let (from, until) = (book.at(day, starts), book.at(day, ends));
    let id = book.id(from);
    let made = book.at(day - TimeDelta::days(20), 600).min(book.now);
    book.put("roster_entries", json!({
        "id": id, "estate_id": book.estate, "responsible_post": person.post.code(),
        "responsible_assignment": person.assignment, "squad_id": person.squad, "area_id": person.area,
        "employee_id": person.employee, "shift_id": shifts[shift], "on_date": day, "starts_at": from, "ends_at": until,
        "created_at": made,
    }));
}

/// A cleaner on leave now, a guard who asks for it.
fn absent(book: &mut Book) {
    for (post, state, from, days) in [
        (PostCode::Cleaner, "approved", -1, 4),
        (PostCode::Guard, "planned", 5, 3),
    ] {
        let person = book.at_post(post)[1].clone();
        let from = book.at(book.today + TimeDelta::days(from), 0);
        let made = book.now - TimeDelta::days(3);
        let id = book.id(made);
        let decided = (state == "approved").then(|| book.at_post(PostCode::Depmgr)[0].employee);
        book.put(
            "absences",
            json!({
                "id": id, "estate_id": book.estate, "responsible_post": post.code(),
                "responsible_assignment": person.assignment, "squad_id": person.squad, "area_id": person.area,
                "created_by": person.employee, "employee_id": person.employee, "kind": "leave", "starts_at": from,
                "ends_at": from + TimeDelta::days(days), "state": state, "note": "家中有事", "decided_by": decided,
                "decided_at": decided.map(|_| made + TimeDelta::hours(4)), "version": 1, "created_at": made,
                "updated_at": made,
            }),
        );
    }
}

/// Last month the deputy stood in for the manager; next week's stand-in of the captain waits for confirmation.
fn acting(book: &mut Book) {
    let cases = [
        (PostCode::Cscmgr, PostCode::Depmgr, "trip", -40, 5, "confirmed"),
        (PostCode::Guardcapt, PostCode::Guardlead, "leave", 6, 3, "proposed"),
    ];
    for (principal, stand_in, reason, from, days, state) in cases {
        let (absent, there) = (book.at_post(principal)[0].clone(), book.at_post(stand_in)[0].clone());
        let from = book.at(book.today + TimeDelta::days(from), 510);
        let made = (from - TimeDelta::days(3)).min(book.now - TimeDelta::hours(20));
        let id = book.id(made);
        let gm = book.at_post(PostCode::Gm)[0].employee;
        let decided = (state == "confirmed").then_some(gm);
        book.put(
            "acting_periods",
            json!({
                "id": id, "principal_assignment": absent.assignment, "principal_id": absent.employee,
                "stand_in_id": there.employee, "estate_id": book.estate, "post": principal.code(), "reason": reason,
                "starts_at": from, "ends_at": from + TimeDelta::days(days), "state": state, "excluded_rights": [],
                "handover_items": [], "proposed_by": absent.employee, "decided_by": decided,
                "decided_at": decided.map(|_| made + TimeDelta::hours(2)), "version": 1, "created_at": made,
                "updated_at": made,
            }),
        );
    }
}
