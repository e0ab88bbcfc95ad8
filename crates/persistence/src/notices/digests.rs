//! The digest of a morning: at most one for each person and day, made in the transaction that takes what was held for it.

use std::collections::{HashMap, HashSet};

use chrono::{DateTime, Days, NaiveDate, Utc};
use diesel::{prelude::*, sql_types::Bool};
use diesel_async::RunQueryDsl;
use serde_json::json;
use uuid::Uuid;
use wuye_domain::{
    notices::{DeliveryState, Digest, Line, NoticeKind, OutwardChannel},
    shared::zone::{Tz, start_of},
};

use super::{
    deliveries::{EstateHours, goes, lines},
    owed::{Owed, owed},
    people, preferences, robots,
};
use crate::{
    Conn, Failure, bulk,
    fixed::fixed,
    org::employees,
    schema::{notice_deliveries as deliveries, notice_digests as digests, notices},
};

/// Somebody whose digest is due.
#[derive(Clone, Debug)]
pub struct Due {
    /// Who.
    pub person: Uuid,
    /// The estate they work in.
    pub estate: Option<Uuid>,
    /// The day it is for.
    pub day: NaiveDate,
    /// Where that day is counted.
    pub zone: Tz,
    /// The ways it goes by.
    pub ways: Vec<OutwardChannel>,
}

/// Those whose digest is due and not made yet. `mail` says whether this server can send mail.
///
/// # Errors
/// As the database says.
pub async fn due(conn: &mut Conn, mail: bool, now: DateTime<Utc>) -> Result<Vec<Due>, Failure> {
    let people = preferences::reachable(conn).await?;
    if people.is_empty() {
        return Ok(Vec::new());
    }
    let working = employees::at_work(conn, &people).await?;
    let homes = people::homes(conn, &people, now).await?;
    let set = preferences::of(conn, &people).await?;
    let hours = EstateHours::of(conn, people.iter().map(|person| homes.get(person).copied())).await?;
    let made: HashSet<(Uuid, NaiveDate)> = digests::table
        .filter(digests::recipient_id.eq_any(&people))
        .filter(digests::created_at.gt(now - chrono::TimeDelta::days(2)))
        .select((digests::recipient_id, digests::day))
        .load::<(Uuid, NaiveDate)>(conn)
        .await?
        .into_iter()
        .collect();
    let ways = preferences::switched_on(conn, &people).await?;
    let robots = robots::at_work(conn).await?;
    let due = people
        .into_iter()
        .filter(|person| working.contains(person))
        .filter_map(|person| {
            let estate = homes.get(&person).copied();
            let (settings, zone) = hours.get(estate)?;
            let own = set.get(&person).copied().unwrap_or_default();
            let day = own.hours(settings, *zone).digest_due(now)?;
            let ways: Vec<OutwardChannel> = ways
                .get(&person)?
                .iter()
                .copied()
                .filter(|channel| goes(*channel, estate, mail, &robots))
                .collect();
            (!ways.is_empty() && !made.contains(&(person, day))).then_some(Due {
                person,
                estate,
                day,
                zone: *zone,
                ways,
            })
        });
    Ok(due.collect())
}

/// What the people of these digests owe: overdue, or due until their day ends.
///
/// # Errors
/// As the database says.
pub async fn open(conn: &mut Conn, due: &[Due], now: DateTime<Utc>) -> Result<HashMap<Uuid, Vec<Line>>, Failure> {
    let mut days = HashMap::new();
    for one in due {
        if let Some(estate) = one.estate {
            let end = one.day.checked_add_days(Days::new(1)).unwrap_or(one.day);
            days.insert(estate, start_of(end, one.zone));
        }
    }
    let mut open = HashMap::<Uuid, Vec<Line>>::new();
    for (estate, until) in days {
        let from = now - chrono::TimeDelta::days(366);
        for owed in owed(conn, estate.into(), from, until, now).await? {
            open.entry(owed.person.0).or_default().push(line(owed, now));
        }
    }
    Ok(open)
}

fn line(owed: Owed, now: DateTime<Utc>) -> Line {
    Line {
        kind: if owed.due_at < now {
            NoticeKind::Overdue
        } else {
            NoticeKind::DueSoon
        },
        subject: owed.subject.kind,
        particulars: owed.particulars,
    }
}

/// Makes the digest of one person, in the caller's transaction: what was held and may go now is told in it and not by itself.
/// Another server that does the same waits here and then finds it made. A day on which there is nothing to say has its row
/// too, and no message. Whether this call made it.
///
/// # Errors
/// As the database says.
pub async fn make(conn: &mut Conn, due: &Due, open: Vec<Line>, now: DateTime<Utc>) -> Result<bool, Failure> {
    let id = Uuid::now_v7();
    let added = diesel::insert_into(digests::table)
        .values((
            digests::id.eq(id),
            digests::estate_id.eq(due.estate),
            digests::recipient_id.eq(due.person),
            digests::day.eq(due.day),
            digests::content.eq(json!({})),
            digests::created_at.eq(now),
        ))
        .on_conflict_do_nothing()
        .execute(conn)
        .await?;
    if added == 0 {
        return Ok(false);
    }
    let told: Vec<Option<Uuid>> = diesel::update(
        deliveries::table
            .filter(fixed::<Bool>("notice_deliveries.state = 'held_quiet'"))
            .filter(deliveries::recipient_id.eq(due.person))
            .filter(deliveries::next_at.le(now)),
    )
    .set(deliveries::state.eq(DeliveryState::InDigest.code()))
    .returning(deliveries::notice_id)
    .get_results(conn)
    .await?;
    // A notice that waited for two ways stands in it once.
    let told: HashSet<Uuid> = told.into_iter().flatten().collect();
    let held = lines(conn, &told.into_iter().collect::<Vec<_>>()).await?;
    let unread: i64 = notices::table
        .filter(notices::recipient_id.eq(due.person).and(notices::read_at.is_null()))
        .count()
        .get_result(conn)
        .await?;
    let digest = Digest { held, open, unread };
    diesel::update(digests::table.find(id))
        .set(digests::content.eq(serde_json::to_value(&digest)?))
        .execute(conn)
        .await?;
    if digest.is_empty() {
        return Ok(true);
    }
    let rows: Vec<serde_json::Value> = due
        .ways
        .iter()
        .map(|channel| {
            json!({
                "id": Uuid::now_v7(),
                "estate_id": due.estate,
                "digest_id": id,
                "recipient_id": due.person,
                "channel": channel,
                "state": DeliveryState::Waiting,
                "tries": 0,
                "next_at": now,
                "version": 1,
                "created_at": now,
            })
        })
        .collect();
    bulk::insert(conn, "notice_deliveries", &rows).await?;
    Ok(true)
}
