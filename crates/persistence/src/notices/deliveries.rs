//! What leaves the product: planned with the notice, taken by one server at a time, sent, tried again, given up.

use std::collections::{HashMap, HashSet};

use chrono::{DateTime, TimeDelta, Utc};
use diesel::{prelude::*, sql_types::Bool};
use diesel_async::{AsyncConnection, RunQueryDsl};
use serde_json::json;
use uuid::Uuid;
use wuye_domain::{
    access::Scope,
    notices::{DeliveryFilter, DeliverySort, DeliveryState, Digest, Line, OutwardChannel, Passage, pause},
    shared::{
        ListRequest, Problem, Settings, Text,
        zone::{DEFAULT_ZONE, Tz, zone},
    },
};

use super::{keep::Kept, preferences, robots};
use crate::{
    Conn, Failure, Rows, bulk, estates,
    fixed::fixed,
    keyset,
    org::employees,
    schema::{notice_deliveries as deliveries, notice_digests as digests, notices},
    scope::Predicate,
    settings, split_next,
};

/// As the index of what is to be sent has it: a bound state would not be seen to fit it.
const DUE: &str = "notice_deliveries.state IN ('waiting', 'failed', 'sending')";
const HELD: &str = "notice_deliveries.state = 'held_quiet'";
/// Messages taken at a time.
const BATCH: i64 = 20;
/// Letters of the other side's answer that are kept.
const ERROR_LIMIT: usize = 300;

/// A delivery as it is stored.
#[derive(Clone, Debug, Queryable, Selectable)]
#[diesel(table_name = deliveries)]
pub struct DeliveryRow {
    /// Its id.
    pub id: Uuid,
    /// The estate.
    pub estate_id: Option<Uuid>,
    /// The notice; none for a digest or a test.
    pub notice_id: Option<Uuid>,
    /// The digest.
    pub digest_id: Option<Uuid>,
    /// Who is told; none for a test.
    pub recipient_id: Option<Uuid>,
    /// By which way.
    pub channel: String,
    /// Where a test goes.
    pub address: Option<String>,
    /// Where it stands.
    pub state: String,
    /// Tries so far.
    pub tries: i32,
    /// When it is tried next.
    pub next_at: DateTime<Utc>,
    /// What the other side said last.
    pub last_error: Option<String>,
    /// When it was sent.
    pub sent_at: Option<DateTime<Utc>>,
    /// For ETag.
    pub version: i32,
    /// When it was made.
    pub created_at: DateTime<Utc>,
}

/// The hours of estates, each read once.
pub(super) struct EstateHours(HashMap<Option<Uuid>, (Settings, Tz)>);

impl EstateHours {
    pub(super) async fn of(conn: &mut Conn, wanted: impl IntoIterator<Item = Option<Uuid>>) -> Result<Self, Failure> {
        let mut all = HashMap::new();
        for estate in wanted.into_iter().collect::<HashSet<_>>() {
            let zone = match estate {
                Some(id) => zone(&estates::find(conn, id.into()).await?.time_zone),
                None => DEFAULT_ZONE,
            };
            let settings = settings::load(conn, estate.map(Into::into)).await?;
            all.insert(estate, (settings, zone));
        }
        Ok(Self(all))
    }

    pub(super) fn get(&self, estate: Option<Uuid>) -> Option<&(Settings, Tz)> {
        self.0.get(&estate)
    }
}

/// Plans the sending of new notices by the ways that their recipients have switched on: now, or held for the quiet hours.
/// Whether there is something to send now.
///
/// # Errors
/// As the database says.
pub(super) async fn plan(conn: &mut Conn, kept: &[Kept], mail: bool, now: DateTime<Utc>) -> Result<bool, Failure> {
    let people: Vec<Uuid> = kept.iter().map(|notice| notice.recipient_id).collect();
    if people.is_empty() {
        return Ok(false);
    }
    let ways = preferences::switched_on(conn, &people).await?;
    if ways.is_empty() {
        return Ok(false);
    }
    let set = preferences::of(conn, &people).await?;
    let robots = robots::at_work(conn).await?;
    let hours = EstateHours::of(conn, kept.iter().map(|notice| notice.estate_id)).await?;
    let (mut rows, mut now_too) = (Vec::new(), false);
    for notice in kept {
        let Some((settings, zone)) = hours.get(notice.estate_id) else {
            continue;
        };
        let own = set.get(&notice.recipient_id).copied().unwrap_or_default();
        let (state, next_at) = match own.hours(settings, *zone).passage(now, notice.urgent) {
            Passage::Now => (DeliveryState::Waiting, now),
            Passage::Held(until) => (DeliveryState::HeldQuiet, until),
        };
        let ways = ways.get(&notice.recipient_id).into_iter().flatten();
        for channel in ways.filter(|channel| goes(**channel, notice.estate_id, mail, &robots)) {
            now_too |= state == DeliveryState::Waiting;
            rows.push(json!({
                "id": Uuid::now_v7(),
                "estate_id": notice.estate_id,
                "notice_id": notice.id,
                "recipient_id": notice.recipient_id,
                "channel": channel,
                "state": state,
                "tries": 0,
                "next_at": next_at,
                "version": 1,
                "created_at": now,
            }));
        }
    }
    bulk::insert(conn, "notice_deliveries", &rows).await?;
    Ok(now_too)
}

/// Whether there is anything to send by: a mail server, or a robot of the estate.
pub(super) fn goes(
    channel: OutwardChannel,
    estate: Option<Uuid>,
    mail: bool,
    robots: &[(Uuid, OutwardChannel)],
) -> bool {
    if channel.by_robot() {
        estate.is_some_and(|estate| robots.contains(&(estate, channel)))
    } else {
        mail
    }
}

/// What was read in the product is not sent any more.
///
/// # Errors
/// As the database says.
pub(super) async fn drop_read(conn: &mut Conn, notices: &[Uuid]) -> Result<(), Failure> {
    if notices.is_empty() {
        return Ok(());
    }
    diesel::update(
        deliveries::table
            .filter(deliveries::notice_id.eq_any(notices))
            .filter(deliveries::state.eq_any(["waiting", "held_quiet", "failed"])),
    )
    .set(deliveries::state.eq(DeliveryState::Dropped.code()))
    .execute(conn)
    .await?;
    Ok(())
}

/// Lets go what was held and did not find a place in a digest.
///
/// # Errors
/// As the database says.
pub async fn release(conn: &mut Conn, now: DateTime<Utc>) -> Result<usize, Failure> {
    let released = diesel::update(
        deliveries::table
            .filter(fixed::<Bool>(HELD))
            .filter(deliveries::next_at.le(now)),
    )
    .set(deliveries::state.eq(DeliveryState::Waiting.code()))
    .execute(conn)
    .await?;
    Ok(released)
}

/// A message in hand: whoever took it sends it outside of any transaction and says what came of it.
#[derive(Clone, Debug)]
pub struct Taken {
    /// The delivery.
    pub row: DeliveryRow,
    /// By which way.
    pub channel: OutwardChannel,
}

/// Takes messages that are due, for `lease`: no other server takes them meanwhile, and one that dies is followed by another.
///
/// # Errors
/// As the database says; `Internal` on a channel this version does not know.
pub async fn take(conn: &mut Conn, now: DateTime<Utc>, lease: TimeDelta) -> Result<Vec<Taken>, Failure> {
    let rows = conn
        .transaction(async |conn| {
            let abandoned = deliveries::state
                .eq("sending")
                .and(deliveries::locked_until.assume_not_null().lt(now));
            let due: Vec<Uuid> = deliveries::table
                .filter(fixed::<Bool>(DUE))
                .filter(deliveries::next_at.le(now))
                .filter(deliveries::state.ne("sending").or(abandoned))
                .order((deliveries::next_at, deliveries::id))
                .limit(BATCH)
                .select(deliveries::id)
                .for_update()
                .skip_locked()
                .load(conn)
                .await?;
            let taken: Vec<DeliveryRow> = diesel::update(deliveries::table.filter(deliveries::id.eq_any(due)))
                .set((
                    deliveries::state.eq(DeliveryState::Sending.code()),
                    deliveries::tries.eq(deliveries::tries + 1),
                    deliveries::locked_until.eq(now + lease),
                ))
                .returning(DeliveryRow::as_returning())
                .get_results(conn)
                .await?;
            Ok::<_, Failure>(taken)
        })
        .await?;
    rows.into_iter()
        .map(|row| {
            Ok(Taken {
                channel: row.channel.parse()?,
                row,
            })
        })
        .collect()
}

/// What a message says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Content {
    /// One notice.
    Notice(Line),
    /// A digest.
    Digest(Box<Digest>),
    /// That the way works.
    Test,
}

/// What a message says; `None` when nobody needs it any more: it was read, or its recipient has left.
///
/// # Errors
/// As the database says; `Internal` on a code this version does not know.
pub async fn content(conn: &mut Conn, row: &DeliveryRow) -> Result<Option<Content>, Failure> {
    if let Some(person) = row.recipient_id
        && !employees::at_work(conn, &[person]).await?.contains(&person)
    {
        return Ok(None);
    }
    if let Some(notice) = row.notice_id {
        return Ok(lines(conn, &[notice]).await?.pop().map(Content::Notice));
    }
    let Some(digest) = row.digest_id else {
        return Ok(Some(Content::Test));
    };
    let content: serde_json::Value = digests::table.find(digest).select(digests::content).first(conn).await?;
    Ok(Some(Content::Digest(Box::new(serde_json::from_value(content)?))))
}

/// These notices as lines, in the order in which they were told, without those that were read.
///
/// # Errors
/// As the database says; `Internal` on a code this version does not know.
pub(super) async fn lines(conn: &mut Conn, ids: &[Uuid]) -> Result<Vec<Line>, Failure> {
    let rows: Vec<(String, String, serde_json::Value)> = notices::table
        .filter(notices::id.eq_any(ids).and(notices::read_at.is_null()))
        .order((notices::created_at, notices::id))
        .select((notices::kind, notices::subject_kind, notices::particulars))
        .load(conn)
        .await?;
    rows.into_iter()
        .map(|(kind, subject, particulars)| {
            Ok(Line {
                kind: kind.parse()?,
                subject: subject.parse()?,
                particulars: serde_json::from_value(particulars)?,
            })
        })
        .collect()
}

/// A delivery as long as it is in the hands of the server that took it: a later one counts a further try.
macro_rules! in_hand {
    ($row:expr) => {
        deliveries::table
            .find($row.id)
            .filter(deliveries::state.eq("sending").and(deliveries::tries.eq($row.tries)))
    };
}

/// Notes that it was sent.
///
/// # Errors
/// As the database says.
pub async fn sent(conn: &mut Conn, row: &DeliveryRow, now: DateTime<Utc>) -> Result<(), Failure> {
    diesel::update(in_hand!(row))
        .set((
            deliveries::state.eq(DeliveryState::Sent.code()),
            deliveries::sent_at.eq(now),
            deliveries::locked_until.eq(None::<DateTime<Utc>>),
            deliveries::last_error.eq(None::<String>),
        ))
        .execute(conn)
        .await?;
    Ok(())
}

/// Notes that nobody needs it.
///
/// # Errors
/// As the database says.
pub async fn dropped(conn: &mut Conn, row: &DeliveryRow) -> Result<(), Failure> {
    diesel::update(in_hand!(row))
        .set((
            deliveries::state.eq(DeliveryState::Dropped.code()),
            deliveries::locked_until.eq(None::<DateTime<Utc>>),
        ))
        .execute(conn)
        .await?;
    Ok(())
}

/// Notes that the other side did not take it: again after a pause that grows, and given up after `most` tries.
///
/// # Errors
/// As the database says.
pub async fn failed(
    conn: &mut Conn,
    row: &DeliveryRow,
    error: &str,
    most: i64,
    now: DateTime<Utc>,
) -> Result<(), Failure> {
    let state = if i64::from(row.tries) >= most {
        DeliveryState::GivenUp
    } else {
        DeliveryState::Failed
    };
    let error: String = error.chars().take(ERROR_LIMIT).collect();
    diesel::update(in_hand!(row))
        .set((
            deliveries::state.eq(state.code()),
            deliveries::next_at.eq(now + pause(row.tries)),
            deliveries::last_error.eq(error),
            deliveries::locked_until.eq(None::<DateTime<Utc>>),
        ))
        .execute(conn)
        .await?;
    Ok(())
}

/// Puts a test on the way.
///
/// # Errors
/// As the database says.
pub async fn test(
    conn: &mut Conn,
    estate: Option<Uuid>,
    channel: OutwardChannel,
    address: Option<&str>,
    now: DateTime<Utc>,
) -> Result<DeliveryRow, Failure> {
    Ok(diesel::insert_into(deliveries::table)
        .values((
            deliveries::id.eq(Uuid::now_v7()),
            deliveries::estate_id.eq(estate),
            deliveries::channel.eq(channel.code()),
            deliveries::address.eq(address),
            deliveries::state.eq(DeliveryState::Waiting.code()),
            deliveries::next_at.eq(now),
            deliveries::created_at.eq(now),
        ))
        .returning(DeliveryRow::as_returning())
        .get_result(conn)
        .await?)
}

/// The deliveries of the estates that a scope opens; those of the company for the company only.
fn visible(scope: &Scope) -> Predicate<deliveries::table> {
    if scope.company() {
        return Box::new(fixed::<Bool>("true"));
    }
    let estates: Vec<Uuid> = scope.estates().iter().map(|id| id.0).collect();
    Box::new(
        deliveries::estate_id
            .is_not_null()
            .and(deliveries::estate_id.assume_not_null().eq_any(estates)),
    )
}

/// Whether the scope opens this delivery.
///
/// # Errors
/// `not_found`.
pub async fn must_open(conn: &mut Conn, scope: &Scope, id: Uuid) -> Result<(), Failure> {
    let _: Uuid = deliveries::table
        .filter(deliveries::id.eq(id))
        .filter(visible(scope))
        .select(deliveries::id)
        .first(conn)
        .await?;
    Ok(())
}

/// The deliveries that `scope` opens and `filter` wants.
///
/// # Errors
/// `validation_failed` for a cursor of another list.
pub async fn list(
    conn: &mut Conn,
    scope: &Scope,
    filter: &DeliveryFilter,
    request: &ListRequest<DeliverySort>,
) -> Result<Rows<DeliveryRow>, Failure> {
    let filtered = || {
        let mut query = deliveries::table.filter(visible(scope)).into_boxed();
        if let Some(estate) = filter.estate_id {
            query = query.filter(deliveries::estate_id.eq(estate.0));
        }
        if let Some(channel) = filter.channel {
            query = query.filter(deliveries::channel.eq(channel.code()));
        }
        if let Some(state) = filter.state {
            query = query.filter(deliveries::state.eq(state.code()));
        }
        if let Some(from) = filter.from {
            query = query.filter(deliveries::created_at.ge(from));
        }
        if let Some(until) = filter.until {
            query = query.filter(deliveries::created_at.lt(until));
        }
        query
    };
    let total = if request.count {
        Some(filtered().count().get_result(conn).await?)
    } else {
        None
    };
    let query = filtered().select(DeliveryRow::as_select());
    let rows: Vec<DeliveryRow> = keyset!(query, request, deliveries::created_at, deliveries::id, DateTime<Utc>)
        .load(conn)
        .await?;
    Ok(split_next(rows, request.limit, total, |row| {
        (json!(row.created_at), row.id)
    }))
}

/// Sends one again that was given up: it begins anew.
///
/// # Errors
/// `not_found`; `wrong_state` for one that was not given up.
pub async fn retry(conn: &mut Conn, scope: &Scope, id: Uuid, now: DateTime<Utc>) -> Result<DeliveryRow, Failure> {
    let row: DeliveryRow = deliveries::table
        .filter(deliveries::id.eq(id))
        .filter(visible(scope))
        .select(DeliveryRow::as_select())
        .for_update()
        .first(conn)
        .await?;
    let state: DeliveryState = row.state.parse()?;
    if state != DeliveryState::GivenUp {
        return Err(Problem::wrong_state(&Text::new("重新发送", "be sent again"), &state.title()).into());
    }
    Ok(diesel::update(deliveries::table.find(id))
        .set((
            deliveries::state.eq(DeliveryState::Waiting.code()),
            deliveries::tries.eq(0),
            deliveries::next_at.eq(now),
            deliveries::version.eq(deliveries::version + 1),
        ))
        .returning(DeliveryRow::as_returning())
        .get_result(conn)
        .await?)
}
