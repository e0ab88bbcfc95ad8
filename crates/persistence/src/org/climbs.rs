//! How far missed deadlines have climbed: one row for each deadline of a record.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use diesel::{prelude::*, upsert::excluded};
use diesel_async::RunQueryDsl;
use uuid::Uuid;
use wuye_domain::{
    access::{Actor, PostCode},
    org::climb::{Climb, Overdue},
};

use crate::{Conn, Failure, schema::overdue_climbs as climbs};

/// Rows for whose record `$id` the deadline `$deadline`, which was `$due`, was missed and has a step to take at `$now`: nobody was
/// reminded of it yet, or the next superior is to be told.
#[macro_export]
macro_rules! climbs_now {
    ($id:expr, $deadline:expr, $due:expr, $now:expr) => {{
        use ::diesel::prelude::*;
        use $crate::schema::overdue_climbs as climbs;
        ::diesel::dsl::not(::diesel::dsl::exists(
            climbs::table
                .filter(climbs::subject_id.eq($id))
                .filter(climbs::deadline.eq($deadline))
                .filter(climbs::due_at.eq($due))
                .filter(climbs::next_at.is_null().or(climbs::next_at.assume_not_null().ge($now))),
        ))
    }};
}

/// Rows of `$table` whose missed deadline `$due` has climbed to one of these posts.
#[macro_export]
macro_rules! has_climbed_to {
    ($table:ident, $due:expr, $posts:expr) => {{
        use ::diesel::prelude::*;
        use $crate::schema::overdue_climbs as climbs;
        ::diesel::dsl::exists(
            climbs::table
                .filter(climbs::subject_id.eq($table::id))
                .filter(climbs::due_at.eq($due))
                .filter(climbs::told_posts.overlaps_with($posts)),
        )
    }};
}

/// The posts of an actor, as `told_posts` names them.
#[must_use]
pub fn posts(actor: &Actor) -> Vec<Option<String>> {
    actor
        .posts
        .iter()
        .map(|held| Some(held.post.code().to_owned()))
        .collect()
}

/// How far this deadline has climbed; `None` when nobody was reminded of it.
///
/// # Errors
/// As the database says; `Internal` on a post this version does not know.
pub async fn find(conn: &mut Conn, overdue: &Overdue) -> Result<Option<Climb>, Failure> {
    type Row = (i16, Vec<Option<String>>, Option<DateTime<Utc>>);
    let row: Option<Row> = climbs::table
        .find((overdue.subject.id, overdue.climbing.deadline, overdue.due_at))
        .select((climbs::level, climbs::told_posts, climbs::next_at))
        .for_update()
        .first(conn)
        .await
        .optional()?;
    row.map(|(level, told, next_at)| {
        Ok(Climb {
            level,
            told: codes(&told)?,
            next_at,
        })
    })
    .transpose()
}

/// Keeps how far it has climbed.
///
/// # Errors
/// As the database says.
pub async fn save(conn: &mut Conn, overdue: &Overdue, climb: &Climb, now: DateTime<Utc>) -> Result<(), Failure> {
    let told: Vec<Option<String>> = climb.told.iter().map(|post| Some(post.code().to_owned())).collect();
    diesel::insert_into(climbs::table)
        .values((
            climbs::subject_kind.eq(overdue.subject.kind.code()),
            climbs::subject_id.eq(overdue.subject.id),
            climbs::deadline.eq(overdue.climbing.deadline),
            climbs::due_at.eq(overdue.due_at),
            climbs::estate_id.eq(overdue.seat.estate.0),
            climbs::reminded_at.eq(now),
            climbs::level.eq(climb.level),
            climbs::told_posts.eq(told),
            climbs::next_at.eq(climb.next_at),
        ))
        .on_conflict((climbs::subject_id, climbs::deadline, climbs::due_at))
        .do_update()
        .set((
            climbs::level.eq(excluded(climbs::level)),
            climbs::told_posts.eq(excluded(climbs::told_posts)),
            climbs::next_at.eq(excluded(climbs::next_at)),
        ))
        .execute(conn)
        .await?;
    Ok(())
}

/// Whom the missed deadlines of a page of records were told.
#[derive(Clone, Debug, Default)]
pub struct Told(HashMap<(Uuid, DateTime<Utc>), Vec<PostCode>>);

impl Told {
    /// The posts up the line that know that this deadline of this record was missed, in the order in which they heard.
    #[must_use]
    pub fn of(&self, id: impl Into<Uuid>, due_at: DateTime<Utc>) -> Vec<PostCode> {
        self.0.get(&(id.into(), due_at)).cloned().unwrap_or_default()
    }
}

/// Whom the missed deadlines of these records were told. The caller has read the records in scope.
///
/// # Errors
/// As the database says; `Internal` on a post this version does not know.
pub async fn told(mut conn: &Conn, ids: impl IntoIterator<Item = Uuid>) -> Result<Told, Failure> {
    let ids: Vec<Uuid> = ids.into_iter().collect();
    if ids.is_empty() {
        return Ok(Told::default());
    }
    let rows: Vec<(Uuid, DateTime<Utc>, Vec<Option<String>>)> = climbs::table
        .filter(climbs::subject_id.eq_any(ids))
        // Two deadlines of a record may end together: the one that has climbed further is kept.
        .order(climbs::level)
        .select((climbs::subject_id, climbs::due_at, climbs::told_posts))
        .load(&mut conn)
        .await?;
    let told: Result<HashMap<_, _>, Failure> = rows
        .into_iter()
        .map(|(id, due_at, posts)| Ok(((id, due_at), codes(&posts)?)))
        .collect();
    told.map(Told)
}

fn codes(posts: &[Option<String>]) -> Result<Vec<PostCode>, Failure> {
    let codes: Result<_, _> = posts.iter().flatten().map(|post| post.parse()).collect();
    Ok(codes?)
}
