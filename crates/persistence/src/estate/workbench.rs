//! What of the estate register and the archive waits for whom.

use std::collections::HashMap;

use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use uuid::Uuid;
use wuye_domain::access::{Actor, Permission};

use crate::{
    Conn, Failure, in_estates, in_scope, none, pile,
    schema::{consultations, houses as houses_table, structure_changes as changes},
    workbench::Pile,
};

/// Everything of the estate that waits for this actor.
///
/// # Errors
/// As the database says.
pub async fn waiting(conn: &mut Conn, actor: &Actor) -> Result<Vec<Pile>, Failure> {
    let me = actor.employee.map(|id| id.0).unwrap_or_default();
    let mut piles = Vec::new();
    if let Ok(scope) = actor.scope(Permission::EstateConfirm) {
        piles.push(pile!(
            conn,
            StructureToConfirm,
            StructureChange,
            changes::table
                .filter(in_estates!(changes, &scope))
                .filter(changes::state.eq("proposed"))
                .filter(changes::proposed_by.is_null().or(changes::proposed_by.assume_not_null().ne(me))),
            by: (changes::proposed_at, changes::id),
            (
                changes::id,
                none!(Text),
                changes::title,
                changes::estate_id.nullable(),
                none!(Timestamptz),
                changes::proposed_at,
                none!(Text),
                changes::kind.nullable(),
                none!(Uuid),
                none!(Text),
            )
        ));
    }
    if let Ok(scope) = actor.scope(Permission::ArchiveApprove) {
        piles.push(pile!(
            conn,
            ConsultationsToApprove,
            Consultation,
            consultations::table
                .filter(in_scope!(consultations, &scope))
                .filter(consultations::state.eq("requested"))
                .filter(consultations::created_by.is_null().or(consultations::created_by.assume_not_null().ne(me))),
            by: (consultations::requested_at, consultations::id),
            (
                consultations::id,
                consultations::no.nullable(),
                consultations::purpose,
                consultations::estate_id.nullable(),
                none!(Timestamptz),
                consultations::requested_at,
                none!(Text),
                consultations::state.nullable(),
                none!(Uuid),
                none!(Text),
            )
        ));
    }
    Ok(piles)
}

/// The numbers on the doors of these houses.
///
/// # Errors
/// As the database says.
pub async fn doors(conn: &mut Conn, houses: &[Uuid]) -> Result<HashMap<Uuid, String>, Failure> {
    if houses.is_empty() {
        return Ok(HashMap::new());
    }
    let rows: Vec<(Uuid, String)> = houses_table::table
        .filter(houses_table::id.eq_any(houses))
        .select((houses_table::id, houses_table::no))
        .load(conn)
        .await?;
    Ok(rows.into_iter().collect())
}
