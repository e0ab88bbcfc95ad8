//! The goals of last year and this one.

use chrono::{DateTime, Datelike, Utc};
use serde_json::json;
use wuye_domain::{access::PostCode, goals::FIVE_GOALS, shared::SubjectKind};

use super::book::{Act, Book};

/// Last year's goals wait for their final measurement, this year's are in force.
pub fn set(book: &mut Book) {
    let this = book.today.year();
    for year in [this - 1, this] {
        let first = chrono::NaiveDate::from_ymd_opt(year, 1, 1).unwrap_or(book.today);
        let drafted = book.at(first, 60 * 9).min(book.now - chrono::TimeDelta::hours(30));
        let approved = (drafted + chrono::TimeDelta::hours(26)).min(book.now);
        year_of(book, year, drafted, approved);
    }
}

fn year_of(book: &mut Book, year: i32, drafted: DateTime<Utc>, approved: DateTime<Utc>) {
    let (depmgr, cscmgr) = (book.someone(PostCode::Depmgr), book.someone(PostCode::Cscmgr));
    let set = book.id(drafted);
    book.put(
        "goal_sets",
        json!({
            "id": set, "estate_id": book.estate, "year": year, "state": "approved", "drafted_by": depmgr.employee,
            "approved_by": cscmgr.employee, "approved_at": approved, "version": 2, "created_at": drafted,
            "updated_at": approved,
        }),
    );
    for goal in FIVE_GOALS {
        let id = book.id(drafted);
        book.put(
            "goals",
            json!({
                "id": id, "set_id": set, "no": goal.no, "formula": goal.formula.code(), "name_zh": goal.name.zh,
                "name_en": goal.name.en, "comparator": goal.comparator.code(), "target_e2": goal.target_e2,
                "unit": goal.unit.code(), "weight": 20, "owner_post": goal.owner.code(),
            }),
        );
    }
    let steps = [
        (drafted, &depmgr, "goals_drafted", None, "draft"),
        (approved, &cscmgr, "goals_approved", Some("draft"), "approved"),
    ];
    for (at, by, action, from, to) in steps {
        let clauses = &["POS-DEPMGR-02a", "GOAL-S2"];
        book.act(Act {
            kind: SubjectKind::GoalSet,
            id: set,
            at,
            by,
            action,
            from,
            to,
            clauses,
        });
    }
}
