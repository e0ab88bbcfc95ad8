//! Return visits after a closing.

use chrono::{DateTime, TimeDelta, Utc};
use serde_json::json;
use uuid::Uuid;
use wuye_domain::{access::PostCode, shared::SubjectKind};

use super::book::{Act, Book};

/// A matter closed.
#[derive(Clone, Copy, Debug)]
pub struct Closed<'a> {
    pub kind: SubjectKind,
    pub id: Uuid,
    pub no: &'a str,
    pub title: &'a str,
    pub house: Uuid,
    pub party: Option<Uuid>,
    /// Whose work it was.
    pub excluded: Option<Uuid>,
    pub at: DateTime<Utc>,
}

/// The visit that falls due. Answers when it was held and what the resident said, if that has come.
pub fn fall_due(book: &mut Book, closed: &Closed<'_>) -> Option<(DateTime<Utc>, &'static str)> {
    let id = book.id(closed.at);
    let no = book.number("HF", closed.at);
    let due = book.working_days(closed.at, 3);
    let delay = TimeDelta::minutes(book.pick(900, 4200));
    let wanted = book.desk_open(closed.at + delay) + TimeDelta::minutes(book.pick(5, 300));
    let asked = (wanted <= book.now).then_some(wanted);
    let visitor = book.someone(PostCode::Recept);
    let unhappy = book.chance(6);
    let result = match book.pick(0, 100) {
        _ if unhappy => "dissatisfied",
        0..70 => "satisfied",
        70..93 => "fairly",
        _ => "average",
    };
    let title: String = closed.title.chars().take(60).collect();
    let state = match asked {
        None => "due",
        // Somebody comes back to the unhappy within two days.
        Some(at) if unhappy && at + TimeDelta::days(2) > book.now => "done",
        Some(_) => "closed",
    };
    book.put(
        "visits",
        json!({
            "id": id, "estate_id": book.estate, "no": no, "subject_kind": closed.kind.code(), "subject_id": closed.id,
            "subject_no": closed.no, "title": title, "reason": "closing", "round": 0, "house_id": closed.house,
            "party_id": closed.party, "excluded": closed.excluded.map_or_else(Vec::new, |id| vec![id]), "state": state,
            "due_at": due, "visitor_id": asked.map(|_| visitor.employee), "method": asked.map(|_| "phone"),
            "asked_at": asked, "result": asked.map(|_| result),
            "comment": asked.map(|_| if unhappy { "等待时间较长" } else { "处理及时" }),
            "follow_up": (unhappy && state == "closed").then_some("已电话致歉并说明改进措施"),
            "attempts": i32::from(asked.is_some()), "responsible_post": "RECEPT",
            "search": wuye_domain::shared::search::Tokens::new().text(&no).text(closed.no).into_vec(), "version": 1,
            "created_at": closed.at, "updated_at": asked.unwrap_or(closed.at),
        }),
    );
    let act = |at, action, from, to| Act {
        kind: SubjectKind::Visit,
        id,
        at,
        by: &visitor,
        action,
        from,
        to,
        clauses: &["POS-RECEPT-07b", "POS-RECEPT-09b"],
    };
    book.act(act(closed.at, "due", None, "due"));
    if let Some(at) = asked {
        book.act(act(at, "visited", Some("due"), "done"));
        if state == "closed" {
            let later = if unhappy { at + TimeDelta::days(2) } else { at };
            book.act(act(later, "closed", Some("done"), "closed"));
        }
    }
    asked.map(|at| (at, result))
}
