//! What residents reported from the public page.

use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use wuye_domain::access::{Actor, Permission};

use super::super::unfinished;
use crate::{Conn, Failure, in_estates, none, pile, schema::resident_reports as reports, workbench::Pile};

macro_rules! columns {
    ($table:ident) => {
        (
            $table::id,
            $table::no.nullable(),
            $table::text,
            $table::estate_id.nullable(),
            $table::due_at.nullable(),
            $table::received_at,
            none!(Text),
            $table::kind.nullable(),
            none!(Uuid),
            $table::location,
        )
    };
}
pub(super) use columns;

pub(super) async fn waiting(mut conn: &Conn, actor: &Actor) -> Result<Vec<Pile>, Failure> {
    let mut piles = Vec::new();
    if let Ok(scope) = actor.scope(Permission::ReportTriage) {
        piles.push(pile!(
            &mut conn,
            ReportsToTriage,
            ResidentReport,
            reports::table
                .filter(unfinished::reports())
                .filter(in_estates!(reports, &scope)),
            by: (reports::due_at, reports::id),
            columns!(reports)
        ));
    }
    Ok(piles)
}
