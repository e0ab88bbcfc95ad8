//! What hangs on a dispute: its parties and the steps of its mediation.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use uuid::Uuid;
use wuye_domain::service_desk::disputes::{DisputeId, DisputeParty, Step};

use crate::{
    Conn, Failure,
    schema::{dispute_parties as parties_table, dispute_steps as steps_table},
};

#[derive(Queryable, Selectable, Insertable)]
#[diesel(table_name = parties_table, treat_none_as_default_value = false)]
struct PartyRow {
    id: Uuid,
    dispute_id: Uuid,
    side: String,
    role: String,
    party_id: Option<Uuid>,
    house_id: Option<Uuid>,
    name: Option<String>,
    phone: Option<String>,
}

/// The parties, in the order given.
///
/// # Errors
/// As the database says.
pub async fn parties(conn: &mut Conn, id: DisputeId) -> Result<Vec<DisputeParty>, Failure> {
    let rows: Vec<PartyRow> = parties_table::table
        .filter(parties_table::dispute_id.eq(id.0))
        .order(parties_table::id)
        .select(PartyRow::as_select())
        .load(conn)
        .await?;
    rows.into_iter()
        .map(|row| {
            Ok(DisputeParty {
                id: row.id,
                side: row.side.parse()?,
                role: row.role.parse()?,
                party_id: row.party_id,
                house_id: row.house_id,
                name: row.name,
                phone: row.phone,
            })
        })
        .collect()
}

/// Adds the parties of a new dispute.
///
/// # Errors
/// As the database says.
pub async fn add_parties(conn: &mut Conn, id: DisputeId, parties: &[DisputeParty]) -> Result<(), Failure> {
    let rows: Vec<PartyRow> = parties
        .iter()
        .map(|party| PartyRow {
            id: party.id,
            dispute_id: id.0,
            side: party.side.code().to_owned(),
            role: party.role.code().to_owned(),
            party_id: party.party_id,
            house_id: party.house_id,
            name: party.name.clone(),
            phone: party.phone.clone(),
        })
        .collect();
    diesel::insert_into(parties_table::table)
        .values(rows)
        .execute(conn)
        .await?;
    Ok(())
}

#[derive(Queryable, Selectable, Insertable)]
#[diesel(table_name = steps_table, treat_none_as_default_value = false)]
struct StepRow {
    id: Uuid,
    dispute_id: Uuid,
    level: String,
    held_at: DateTime<Utc>,
    held_by: Option<Uuid>,
    text: String,
    result: String,
    recorded_at: DateTime<Utc>,
}

/// The steps of the mediation, oldest first.
///
/// # Errors
/// As the database says.
pub async fn steps(conn: &mut Conn, id: DisputeId) -> Result<Vec<Step>, Failure> {
    let rows: Vec<StepRow> = steps_table::table
        .filter(steps_table::dispute_id.eq(id.0))
        .order((steps_table::held_at, steps_table::id))
        .select(StepRow::as_select())
        .load(conn)
        .await?;
    rows.into_iter()
        .map(|row| {
            Ok(Step {
                id: row.id.into(),
                level: row.level.parse()?,
                held_at: row.held_at,
                held_by: row.held_by.map(Into::into),
                text: row.text,
                result: row.result.parse()?,
                recorded_at: row.recorded_at,
            })
        })
        .collect()
}

/// Adds a step.
///
/// # Errors
/// As the database says.
pub async fn add_step(conn: &mut Conn, id: DisputeId, step: &Step) -> Result<(), Failure> {
    let row = StepRow {
        id: step.id.0,
        dispute_id: id.0,
        level: step.level.code().to_owned(),
        held_at: step.held_at,
        held_by: step.held_by.map(Into::into),
        text: step.text.clone(),
        result: step.result.code().to_owned(),
        recorded_at: step.recorded_at,
    };
    diesel::insert_into(steps_table::table)
        .values(row)
        .execute(conn)
        .await?;
    Ok(())
}
