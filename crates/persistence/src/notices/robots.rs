//! The robots of estates.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use uuid::Uuid;
use wuye_domain::{access::Scope, notices::OutwardChannel, shared::EstateId};

use crate::{Conn, Failure, in_estates, save_row, schema::notice_robots as robots};

/// A robot as it is stored. It does not show its address in a log.
#[derive(Clone, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = robots, treat_none_as_default_value = false, treat_none_as_null = true)]
pub struct Robot {
    /// Its id.
    pub id: Uuid,
    /// The estate.
    pub estate_id: Uuid,
    /// Whose it is.
    pub channel: String,
    /// Its address, with its key.
    pub url: String,
    /// What its messages are signed with, where its maker asks for it.
    pub secret: Option<String>,
    /// Whether it is used.
    pub enabled: bool,
    /// For If-Match.
    pub version: i32,
    /// When it was set first.
    pub created_at: DateTime<Utc>,
    /// When it was last changed.
    pub updated_at: DateTime<Utc>,
}

impl std::fmt::Debug for Robot {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Robot({} of {})", self.channel, self.estate_id)
    }
}

/// The robots of the estates that `scope` opens, by estate and maker.
///
/// # Errors
/// As the database says.
pub async fn list(conn: &mut Conn, scope: &Scope, estate: Option<EstateId>) -> Result<Vec<Robot>, Failure> {
    let mut query = robots::table.filter(in_estates!(robots, scope)).into_boxed();
    if let Some(estate) = estate {
        query = query.filter(robots::estate_id.eq(estate.0));
    }
    Ok(query
        .select(Robot::as_select())
        .order((robots::estate_id, robots::channel))
        .load(conn)
        .await?)
}

/// Whether the scope opens this robot.
///
/// # Errors
/// `not_found`.
pub async fn must_open(conn: &mut Conn, scope: &Scope, id: Uuid) -> Result<(), Failure> {
    let _: Uuid = robots::table
        .filter(robots::id.eq(id))
        .filter(in_estates!(robots, scope))
        .select(robots::id)
        .first(conn)
        .await?;
    Ok(())
}

/// The robot of an estate, held until the transaction ends.
///
/// # Errors
/// As the database says.
pub async fn lock(conn: &mut Conn, estate: EstateId, channel: OutwardChannel) -> Result<Option<Robot>, Failure> {
    Ok(robots::table
        .filter(robots::estate_id.eq(estate.0).and(robots::channel.eq(channel.code())))
        .select(Robot::as_select())
        .for_update()
        .first(conn)
        .await
        .optional()?)
}

/// The robot of an estate that is switched on.
///
/// # Errors
/// As the database says.
pub async fn in_use(conn: &mut Conn, estate: Uuid, channel: OutwardChannel) -> Result<Option<Robot>, Failure> {
    Ok(robots::table
        .filter(robots::estate_id.eq(estate).and(robots::channel.eq(channel.code())))
        .filter(robots::enabled)
        .select(Robot::as_select())
        .first(conn)
        .await
        .optional()?)
}

/// Which estates have which robots switched on.
///
/// # Errors
/// As the database says.
pub(super) async fn at_work(conn: &mut Conn) -> Result<Vec<(Uuid, OutwardChannel)>, Failure> {
    let rows: Vec<(Uuid, String)> = robots::table
        .filter(robots::enabled)
        .select((robots::estate_id, robots::channel))
        .load(conn)
        .await?;
    rows.into_iter()
        .map(|(estate, channel)| Ok((estate, channel.parse()?)))
        .collect()
}

/// Adds a robot.
///
/// # Errors
/// `conflict` when the estate has one of this maker by now.
pub async fn insert(conn: &mut Conn, robot: &Robot) -> Result<(), Failure> {
    diesel::insert_into(robots::table).values(robot).execute(conn).await?;
    Ok(())
}

/// Stores a changed robot.
///
/// # Errors
/// `version_conflict` when somebody was faster.
pub async fn save(conn: &mut Conn, robot: &mut Robot) -> Result<(), Failure> {
    save_row!(conn, robots, robot)
}
