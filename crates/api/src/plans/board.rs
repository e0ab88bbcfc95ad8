//! The board of a week, for whoever has people below; and a person's own day.

use std::collections::BTreeMap;

use actix_web::{get, web};
use chrono::{Days, NaiveDate};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;
use wuye_domain::{
    access::{PostCode, need},
    org::roster::monday,
    plans::obligations::ObligationStatus,
    shared::{EmployeeId, EstateId, period::Span, workdays::DayKind, zone::start_of},
};
use wuye_persistence::{Conn, Failure, org, plans};

use super::view::ObligationView;
use crate::{Answer, ApiResult, App, Guard, ListQuery, terms::Terms};

/// Which week.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct BoardQuery {
    /// The estate; the only one the caller works in when absent.
    estate_id: Option<EstateId>,
    /// A day of the week; today when absent.
    week_of: Option<NaiveDate>,
}

/// A day at the head of a column.
#[derive(Debug, Serialize, ToSchema)]
pub struct BoardDay {
    date: NaiveDate,
    kind: DayKind,
}

/// The duties of somebody on one day.
#[derive(Clone, Copy, Debug, Default, Serialize, ToSchema)]
pub struct BoardCell {
    /// To be done, with time left.
    open: u32,
    /// To be done, and its time is over; missed or explained.
    late: u32,
    /// Done in time.
    done: u32,
    /// Done late.
    done_late: u32,
    /// Let go by the superior.
    waived: u32,
    /// Confirmed as missed.
    missed: u32,
}

/// One person, or the post where one of several holders does it for all.
#[derive(Debug, Serialize, ToSchema)]
pub struct BoardRow {
    post: PostCode,
    assignment_id: Option<Uuid>,
    employee_id: Option<Uuid>,
    employee_name: Option<String>,
    /// One for each day of the week.
    days: Vec<BoardCell>,
    /// All days together.
    sum: BoardCell,
}

/// The duties of a week, by person and day, the latest first.
#[derive(Debug, Serialize, ToSchema)]
pub struct DutyBoard {
    estate_id: EstateId,
    /// Monday to Sunday.
    days: Vec<BoardDay>,
    rows: Vec<BoardRow>,
    /// What was missed before this week and nobody has decided on, the oldest first.
    undecided: Vec<ObligationView>,
}

/// The board of a week
///
/// What falls due for oneself and everybody below, by person and day; who is late stands first.
#[utoipa::path(tag = "plans", operation_id = "get_duty_board", params(BoardQuery),
    responses((status = 200, description = "The board", body = DutyBoard)),
    extensions(("x-permission" = json!("duty.read")), ("x-clauses" = json!([
        "POS-CSCMGR-09a", "PROC-DEPMGR-4.2", "PROC-ASSTMGR-4.2", "PROC-GUARDCAPT-4.2", "PROC-PUBSUP-4.2",
        "PROC-FINSUP-4.2", "PROC-GUARDLEAD-4.2", "DER-CSCMGR-1"]))))]
#[get("/duties/board")]
pub async fn get_duty_board(
    guard: Guard<need::DutyRead>,
    query: ListQuery<BoardQuery>,
    app: web::Data<App>,
) -> ApiResult<DutyBoard> {
    let estate = guard.estate(query.filter.estate_id)?;
    let (mut conn, now) = (app.conn().await?, app.now());
    let terms = Terms::of(&conn, estate).await?;
    let first = monday(query.filter.week_of.unwrap_or_else(|| terms.date(now)));
    let span = Span {
        from: start_of(first, terms.zone),
        until: start_of(first + Days::new(7), terms.zone),
    };
    let clockwork = terms.clockwork();
    let days: Vec<BoardDay> = (0..7)
        .map(|n| first + Days::new(n))
        .map(|date| BoardDay {
            date,
            kind: clockwork.calendar.kind(date),
        })
        .collect();
    let lines = plans::lines(&conn, &guard.scope, estate, span).await?;
    let mut rows: BTreeMap<(PostCode, Option<Uuid>), BoardRow> = BTreeMap::new();
    for line in lines {
        let post: PostCode = line.post.parse().map_err(Failure::from)?;
        let row = rows.entry((post, line.assignment)).or_insert_with(|| BoardRow {
            post,
            assignment_id: line.assignment,
            employee_id: line.employee,
            employee_name: None,
            days: vec![BoardCell::default(); days.len()],
            sum: BoardCell::default(),
        });
        let (status, late) = (line.status.parse().map_err(Failure::from)?, line.due_at < now);
        let day = (terms.date(line.due_at) - first).num_days();
        if let Some(cell) = usize::try_from(day).ok().and_then(|day| row.days.get_mut(day)) {
            cell.add(status, late);
        }
        row.sum.add(status, late);
    }
    let mut rows: Vec<BoardRow> = rows.into_values().collect();
    rows.sort_by_key(|row| std::cmp::Reverse(row.sum.late));
    name(&mut conn, &mut rows).await?;
    let undecided = plans::undecided(&conn, &guard.scope, estate, span.from).await?;
    let undecided = ObligationView::of(&mut conn, undecided, now).await?;
    Answer::ok(&DutyBoard {
        estate_id: estate,
        days,
        rows,
        undecided,
    })
}

impl BoardCell {
    const fn add(&mut self, status: ObligationStatus, late: bool) {
        let count = match status {
            ObligationStatus::Open if !late => &mut self.open,
            ObligationStatus::Open | ObligationStatus::Missed | ObligationStatus::Explained => &mut self.late,
            ObligationStatus::DoneOnTime => &mut self.done,
            ObligationStatus::DoneLate => &mut self.done_late,
            ObligationStatus::Waived => &mut self.waived,
            ObligationStatus::ConfirmedMissed => &mut self.missed,
            // Nobody owes it.
            ObligationStatus::Withdrawn => return,
        };
        *count += 1;
    }
}

async fn name(conn: &mut Conn, rows: &mut [BoardRow]) -> Result<(), Failure> {
    let people: Vec<EmployeeId> = rows.iter().filter_map(|row| row.employee_id).map(Into::into).collect();
    let names = org::names(conn, &people).await?;
    for row in rows {
        row.employee_name = row.employee_id.and_then(|id| names.get(&id.into()).cloned());
    }
    Ok(())
}

/// Which day.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct DayQuery {
    /// The estate; the only one the caller works in when absent.
    estate_id: Option<EstateId>,
    /// The day; today when absent.
    on: Option<NaiveDate>,
}

/// What a person owes, the nearest deadline first.
#[derive(Debug, Serialize, ToSchema)]
pub struct MyDuties {
    on: NaiveDate,
    /// Missed before this day and not decided on yet.
    late: Vec<ObligationView>,
    /// Due on this day, done or not.
    today: Vec<ObligationView>,
    /// Due in the six days after.
    coming: Vec<ObligationView>,
}

/// My duties of a day
///
/// What the caller owes, in person or acting for somebody: late, today, in the coming days.
#[utoipa::path(tag = "plans", operation_id = "get_my_duties", params(DayQuery),
    responses((status = 200, description = "The day", body = MyDuties)),
    extensions(("x-permission" = json!("duty.read")), ("x-clauses" = json!([
        "PROC-GUARD-4.2", "PROC-RECEPT-4.2", "PROC-RENOADM-4.2", "PROC-CLEANLEAD-4.2", "PROC-TECH-4.2", "DER-X-2"]))))]
#[get("/me/duties")]
pub async fn get_my_duties(
    guard: Guard<need::DutyRead>,
    query: ListQuery<DayQuery>,
    app: web::Data<App>,
) -> ApiResult<MyDuties> {
    let estate = guard.estate(query.filter.estate_id)?;
    let (mut conn, now) = (app.conn().await?, app.now());
    let terms = Terms::of(&conn, estate).await?;
    let on = query.filter.on.unwrap_or_else(|| terms.date(now));
    let [from, next, until] = [0, 1, 7].map(|days| start_of(on + Days::new(days), terms.zone));
    let who = &guard.actor;
    let late = plans::own_undecided(&conn, estate, who, from).await?;
    let today = plans::own_due_in(&conn, estate, who, Span { from, until: next }).await?;
    let coming = plans::own_due_in(&conn, estate, who, Span { from: next, until }).await?;
    Answer::ok(&MyDuties {
        on,
        late: ObligationView::of(&mut conn, late, now).await?,
        today: ObligationView::of(&mut conn, today, now).await?,
        coming: ObligationView::of(&mut conn, coming, now).await?,
    })
}
