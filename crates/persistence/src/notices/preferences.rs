//! How people want to be told: language, digest, quiet hours, and by which ways.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use diesel::{prelude::*, upsert::excluded};
use diesel_async::RunQueryDsl;
use uuid::Uuid;
use wuye_domain::{
    notices::{Address, OutwardChannel, Preferences},
    shared::EmployeeId,
};

use crate::{
    Conn, Failure,
    accounts::version_conflict,
    schema::{notice_channels as channels, notice_preferences as preferences},
};

#[derive(Queryable, Selectable)]
#[diesel(table_name = preferences)]
struct Row {
    employee_id: Uuid,
    language: String,
    digest: bool,
    quiet_from: Option<i16>,
    quiet_until: Option<i16>,
    version: i32,
}

impl Row {
    fn preferences(&self) -> Result<Preferences, Failure> {
        let minute = |of: Option<i16>| of.and_then(|minute| u32::try_from(minute).ok());
        Ok(Preferences {
            language: self.language.parse()?,
            digest: self.digest,
            quiet: minute(self.quiet_from).zip(minute(self.quiet_until)),
        })
    }
}

/// What each of these people has set; those who have set nothing are not named.
///
/// # Errors
/// As the database says.
pub async fn of(conn: &mut Conn, people: &[Uuid]) -> Result<HashMap<Uuid, Preferences>, Failure> {
    let rows: Vec<Row> = preferences::table
        .filter(preferences::employee_id.eq_any(people))
        .select(Row::as_select())
        .load(conn)
        .await?;
    rows.into_iter()
        .map(|row| Ok((row.employee_id, row.preferences()?)))
        .collect()
}

/// What one person has set, with its version; the usual ones, of version 0, where they have set nothing.
///
/// # Errors
/// As the database says.
pub async fn find(conn: &mut Conn, person: EmployeeId) -> Result<(Preferences, i32), Failure> {
    let row: Option<Row> = preferences::table
        .find(person.0)
        .select(Row::as_select())
        .first(conn)
        .await
        .optional()?;
    row.map_or_else(
        || Ok((Preferences::default(), 0)),
        |row| Ok((row.preferences()?, row.version)),
    )
}

/// Stores what a person has set, and raises its version.
///
/// # Errors
/// `version_conflict` when they were faster elsewhere.
pub async fn save(
    conn: &mut Conn,
    person: EmployeeId,
    set: &Preferences,
    seen: i32,
    now: DateTime<Utc>,
) -> Result<(), Failure> {
    let minute = |minute: u32| i16::try_from(minute).unwrap_or(0);
    let values = (
        preferences::language.eq(set.language.code()),
        preferences::digest.eq(set.digest),
        preferences::quiet_from.eq(set.quiet.map(|(from, _)| minute(from))),
        preferences::quiet_until.eq(set.quiet.map(|(_, until)| minute(until))),
        preferences::version.eq(seen + 1),
        preferences::updated_at.eq(now),
    );
    let stored = if seen == 0 {
        diesel::insert_into(preferences::table)
            .values((preferences::employee_id.eq(person.0), values))
            .on_conflict_do_nothing()
            .execute(conn)
            .await?
    } else {
        let target = preferences::table.find(person.0).filter(preferences::version.eq(seen));
        diesel::update(target).set(values).execute(conn).await?
    };
    if stored == 0 {
        return Err(version_conflict().into());
    }
    Ok(())
}

/// A way by which somebody is reached.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OwnChannel {
    /// Which.
    pub channel: OutwardChannel,
    /// Where.
    pub address: String,
    /// Whether it is used.
    pub enabled: bool,
}

/// The ways that a person has set, switched on or not.
///
/// # Errors
/// As the database says.
pub async fn channels_of(conn: &mut Conn, person: EmployeeId) -> Result<Vec<OwnChannel>, Failure> {
    let rows: Vec<(String, String, bool)> = channels::table
        .filter(channels::employee_id.eq(person.0))
        .select((channels::channel, channels::address, channels::enabled))
        .order(channels::channel)
        .load(conn)
        .await?;
    rows.into_iter()
        .map(|(channel, address, enabled)| {
            Ok(OwnChannel {
                channel: channel.parse()?,
                address,
                enabled,
            })
        })
        .collect()
}

/// The ways that are switched on of these people.
///
/// # Errors
/// As the database says.
pub async fn switched_on(conn: &mut Conn, people: &[Uuid]) -> Result<HashMap<Uuid, Vec<OutwardChannel>>, Failure> {
    let rows: Vec<(Uuid, String)> = channels::table
        .filter(channels::employee_id.eq_any(people))
        .filter(channels::enabled)
        .select((channels::employee_id, channels::channel))
        .order((channels::employee_id, channels::channel))
        .load(conn)
        .await?;
    let mut all = HashMap::<Uuid, Vec<OutwardChannel>>::new();
    for (person, channel) in rows {
        all.entry(person).or_default().push(channel.parse()?);
    }
    Ok(all)
}

/// Everybody who has switched on any way.
///
/// # Errors
/// As the database says.
pub async fn reachable(conn: &mut Conn) -> Result<Vec<Uuid>, Failure> {
    Ok(channels::table
        .filter(channels::enabled)
        .select(channels::employee_id)
        .distinct()
        .order(channels::employee_id)
        .load(conn)
        .await?)
}

/// Where a person is reached by a way that is switched on.
///
/// # Errors
/// As the database says.
pub async fn address(conn: &mut Conn, person: Uuid, channel: OutwardChannel) -> Result<Option<String>, Failure> {
    Ok(channels::table
        .find((person, channel.code()))
        .filter(channels::enabled)
        .select(channels::address)
        .first(conn)
        .await
        .optional()?)
}

/// Sets a way; its address stands until another is given.
///
/// # Errors
/// As the database says.
pub async fn set_channel(
    conn: &mut Conn,
    person: EmployeeId,
    channel: OutwardChannel,
    address: &Address,
    enabled: bool,
    now: DateTime<Utc>,
) -> Result<(), Failure> {
    diesel::insert_into(channels::table)
        .values((
            channels::employee_id.eq(person.0),
            channels::channel.eq(channel.code()),
            channels::address.eq(address.as_str()),
            channels::enabled.eq(enabled),
            channels::updated_at.eq(now),
        ))
        .on_conflict((channels::employee_id, channels::channel))
        .do_update()
        .set((
            channels::address.eq(excluded(channels::address)),
            channels::enabled.eq(excluded(channels::enabled)),
            channels::updated_at.eq(excluded(channels::updated_at)),
        ))
        .execute(conn)
        .await?;
    Ok(())
}

/// Forgets a way with its address.
///
/// # Errors
/// As the database says.
pub async fn forget_channel(conn: &mut Conn, person: EmployeeId, channel: OutwardChannel) -> Result<(), Failure> {
    diesel::delete(channels::table.find((person.0, channel.code())))
        .execute(conn)
        .await?;
    Ok(())
}
