//! Names for the ids of a page: one query per kind, however many rows. They share the connection, so that a page asks for all
//! kinds at once.

use std::collections::HashMap;

use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use uuid::Uuid;

use crate::{
    Conn, Failure,
    schema::{employees, houses, parties, places},
};

/// Names by id.
pub type Names = HashMap<Uuid, String>;

macro_rules! names {
    ($(#[$meta:meta])* $function:ident, $table:ident, $column:ident) => {
        $(#[$meta])*
        pub(super) async fn $function(
            mut conn: &Conn,
            ids: impl IntoIterator<Item = Option<Uuid>>,
        ) -> Result<Names, Failure> {
            let mut ids: Vec<Uuid> = ids.into_iter().flatten().collect();
            ids.sort_unstable();
            ids.dedup();
            if ids.is_empty() {
                return Ok(Names::new());
            }
            let rows: Vec<(Uuid, String)> = $table::table
                .filter($table::id.eq_any(ids))
                .select(($table::id, $table::$column))
                .load(&mut conn)
                .await?;
            Ok(rows.into_iter().collect())
        }
    };
}

names!(
    /// Names of people.
    people, employees, name
);
names!(
    /// Numbers of houses.
    house_numbers, houses, no
);
names!(
    /// Names of places.
    place_names, places, name
);
names!(
    /// Names of residents.
    party_names, parties, name
);
