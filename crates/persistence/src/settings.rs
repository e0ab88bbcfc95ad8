//! Settings in force: the company's, with the estate's own over them.

use std::collections::{HashMap, hash_map::Entry};

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use uuid::Uuid;
use wuye_domain::shared::{EstateId, SettingKey, Settings};

use crate::{Conn, Failure, schema::settings};

/// The settings of an estate (`None`: of the company).
///
/// # Errors
/// As the database says.
pub async fn load(mut conn: &Conn, estate: Option<EstateId>) -> Result<Settings, Failure> {
    let mut rows: Vec<(Option<Uuid>, String, i64)> = settings::table
        .filter(
            settings::estate_id
                .is_null()
                .or(settings::estate_id.is_not_distinct_from(estate.map(|id| id.0))),
        )
        .select((settings::estate_id, settings::key, settings::value))
        .load(&mut conn)
        .await?;
    rows.sort_by_key(|(of, _, _)| of.is_some());
    Ok(Settings::of(rows.into_iter().filter_map(|(_, key, value)| {
        Some((key.parse::<SettingKey>().ok()?, value))
    })))
}

/// The settings of each of these estates.
///
/// # Errors
/// As the database says.
pub async fn of_each(
    conn: &mut Conn,
    estates: impl IntoIterator<Item = EstateId>,
) -> Result<HashMap<EstateId, Settings>, Failure> {
    let mut all = HashMap::new();
    for estate in estates {
        if let Entry::Vacant(place) = all.entry(estate) {
            place.insert(load(conn, Some(estate)).await?);
        }
    }
    Ok(all)
}

/// Changes one.
///
/// # Errors
/// As the database says.
pub async fn set(
    conn: &mut Conn,
    estate: Option<EstateId>,
    key: SettingKey,
    value: i64,
    reason: &str,
    by: Uuid,
    now: DateTime<Utc>,
) -> Result<(), Failure> {
    diesel::insert_into(settings::table)
        .values((
            settings::id.eq(Uuid::now_v7()),
            settings::estate_id.eq(estate.map(|id| id.0)),
            settings::key.eq(key.code()),
            settings::value.eq(value),
            settings::reason.eq(reason),
            settings::changed_by.eq(by),
            settings::changed_at.eq(now),
        ))
        .on_conflict((settings::estate_id, settings::key))
        .do_update()
        .set((
            settings::value.eq(value),
            settings::reason.eq(reason),
            settings::changed_by.eq(by),
            settings::changed_at.eq(now),
        ))
        .execute(conn)
        .await?;
    Ok(())
}
