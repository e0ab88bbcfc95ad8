//! What of the calendar waits for whom: the next year to enter, from December on, and entered days to confirm (OB-73).

use chrono::{DateTime, Datelike, Utc};
use diesel::{prelude::*, sql_types::Text};
use diesel_async::RunQueryDsl;
use uuid::Uuid;
use wuye_domain::{
    access::{Actor, Permission, Scope},
    shared::{
        EstateId, SubjectKind,
        calendar::{CalendarWarning, warnings},
        zone::{business_date, start_of},
    },
};

use crate::{
    Conn, Failure,
    fixed::fixed,
    none, pile,
    schema::calendar_years as years,
    workbench::{Pile, Waiting, WorkKind},
};

/// Everything of the calendar that waits for this actor.
///
/// # Errors
/// As the database says.
pub async fn waiting(conn: &mut Conn, actor: &Actor, now: DateTime<Utc>) -> Result<Vec<Pile>, Failure> {
    let mut piles = Vec::new();
    if let Ok(scope) = actor.scope(Permission::CalendarEdit) {
        piles.push(to_enter(conn, scope.estates(), now).await?);
    }
    if let Ok(scope) = actor.scope(Permission::CalendarConfirm) {
        piles.push(to_confirm(conn, &scope, actor).await?);
    }
    Ok(piles)
}

async fn to_enter(conn: &mut Conn, estates: &[EstateId], now: DateTime<Utc>) -> Result<Pile, Failure> {
    let mut items = Vec::new();
    for estate in estates {
        let (zone, calendar) = super::of_estate(conn, *estate).await?;
        let today = business_date(now, zone);
        if warnings(&calendar, today.year(), &[], today).contains(&CalendarWarning::NextYearMissing) {
            let new_year = today.with_ordinal(1).and_then(|day| day.with_year(today.year() + 1));
            let december = today.with_day(1).map(|day| start_of(day, zone));
            items.push(Waiting {
                id: estate.0,
                no: None,
                title: (today.year() + 1).to_string(),
                estate_id: Some(estate.0),
                due_at: new_year.map(|day| start_of(day, zone)),
                since: december.unwrap_or(now),
                urgency: None,
                state: None,
                house_id: None,
                place: None,
            });
        }
    }
    Ok(Pile {
        kind: WorkKind::CalendarToEnter,
        subject: SubjectKind::Estate,
        count: i64::try_from(items.len()).unwrap_or(i64::MAX),
        items,
    })
}

/// The company's days are the general manager's to confirm, an estate's its manager's; nobody's own.
async fn to_confirm(conn: &mut Conn, scope: &Scope, actor: &Actor) -> Result<Pile, Failure> {
    let estates: Vec<Uuid> = scope.estates().iter().map(|id| id.0).collect();
    let mut query = years::table
        .filter(years::confirmed_at.is_null())
        .filter(years::entered_by.ne(actor.account.0))
        .into_boxed();
    query = if scope.company() {
        query.filter(years::estate_id.is_null())
    } else {
        query.filter(years::estate_id.assume_not_null().eq_any(estates))
    };
    Ok(pile!(
        conn,
        CalendarToConfirm,
        CalendarYear,
        query,
        by: (years::entered_at, years::id),
        (
            years::id,
            none!(Text),
            fixed::<Text>("year::text"),
            years::estate_id,
            none!(Timestamptz),
            years::entered_at,
            none!(Text),
            none!(Text),
            none!(Uuid),
            none!(Text),
        )
    ))
}
