//! One dispute, to and fro.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use uuid::Uuid;
use wuye_domain::{
    access::Scope,
    service_desk::{
        Responsible,
        disputes::{Dispute, DisputeId, DisputeParty},
    },
    shared::search::Tokens,
};

use crate::{
    Conn, Failure,
    accounts::version_conflict,
    in_scope,
    schema::disputes,
    service_desk::references::{References, column},
};

/// A dispute as it lies in the database, without its search tokens.
#[derive(Clone, Debug, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = disputes, treat_none_as_default_value = false, treat_none_as_null = true)]
pub(super) struct Row {
    id: Uuid,
    estate_id: Uuid,
    no: String,
    kind: String,
    state: String,
    level: String,
    subject: String,
    origin_case: Option<Uuid>,
    opened_at: DateTime<Utc>,
    first_mediator: Option<Uuid>,
    mediator_id: Option<Uuid>,
    responsible_post: String,
    responsible_assignment: Option<Uuid>,
    squad_id: Option<Uuid>,
    area_id: Option<Uuid>,
    created_by: Option<Uuid>,
    step_due_at: Option<DateTime<Utc>>,
    agreement: Option<String>,
    cost_fen: Option<i64>,
    cost_decision: Option<String>,
    settled_at: Option<DateTime<Utc>>,
    settled_level: Option<String>,
    settled_late: bool,
    referred_to: Option<String>,
    closed_at: Option<DateTime<Utc>>,
    reopened_count: i32,
    version: i32,
    created_at: DateTime<Utc>,
    updated_at: DateTime<Utc>,
}

impl From<&Dispute> for Row {
    fn from(dispute: &Dispute) -> Self {
        Self {
            id: dispute.id.0,
            estate_id: dispute.estate_id.0,
            no: dispute.no.clone(),
            kind: dispute.kind.code().to_owned(),
            state: dispute.state.code().to_owned(),
            level: dispute.level.code().to_owned(),
            subject: dispute.subject.clone(),
            origin_case: dispute.origin_case.map(Into::into),
            opened_at: dispute.opened_at,
            first_mediator: dispute.first_mediator.map(Into::into),
            mediator_id: dispute.mediator_id.map(Into::into),
            responsible_post: dispute.responsible.post.code().to_owned(),
            responsible_assignment: dispute.responsible.assignment.map(Into::into),
            squad_id: dispute.responsible.squad.map(Into::into),
            area_id: dispute.responsible.area.map(Into::into),
            created_by: dispute.opened_by.map(Into::into),
            step_due_at: dispute.step_due_at,
            agreement: dispute.agreement.clone(),
            cost_fen: dispute.cost_fen,
            cost_decision: dispute.cost_decision.map(|decision| decision.code().to_owned()),
            settled_at: dispute.settled_at,
            settled_level: dispute.settled_level.map(|level| level.code().to_owned()),
            settled_late: dispute.settled_late,
            referred_to: dispute.referred_to.clone(),
            closed_at: dispute.closed_at,
            reopened_count: dispute.reopened_count,
            version: dispute.version,
            created_at: dispute.created_at,
            updated_at: dispute.updated_at,
        }
    }
}

impl TryFrom<Row> for Dispute {
    type Error = Failure;

    fn try_from(row: Row) -> Result<Self, Failure> {
        Ok(Self {
            id: row.id.into(),
            estate_id: row.estate_id.into(),
            no: row.no,
            kind: row.kind.parse()?,
            state: row.state.parse()?,
            level: row.level.parse()?,
            subject: row.subject,
            origin_case: row.origin_case.map(Into::into),
            opened_at: row.opened_at,
            opened_by: row.created_by.map(Into::into),
            first_mediator: row.first_mediator.map(Into::into),
            mediator_id: row.mediator_id.map(Into::into),
            responsible: Responsible {
                post: row.responsible_post.parse()?,
                assignment: row.responsible_assignment.map(Into::into),
                squad: row.squad_id.map(Into::into),
                area: row.area_id.map(Into::into),
            },
            step_due_at: row.step_due_at,
            agreement: row.agreement,
            cost_fen: row.cost_fen,
            cost_decision: row.cost_decision.map(|code| code.parse()).transpose()?,
            settled_at: row.settled_at,
            settled_level: row.settled_level.map(|code| code.parse()).transpose()?,
            settled_late: row.settled_late,
            referred_to: row.referred_to,
            closed_at: row.closed_at,
            reopened_count: row.reopened_count,
            version: row.version,
            created_at: row.created_at,
            updated_at: row.updated_at,
        })
    }
}

/// Adds a dispute, to be found by its number, words, houses and names. Checks that houses and parties are there.
///
/// # Errors
/// `validation_failed` for a house or party that is not there.
pub async fn insert(conn: &mut Conn, dispute: &Dispute, parties: &[DisputeParty]) -> Result<(), Failure> {
    let mut tokens = Tokens::new().text(&dispute.no).text(&dispute.subject);
    let mut found = Vec::new();
    for party in parties {
        let references = References {
            house: party.house_id,
            party: party.party_id,
            employee: None,
        };
        found.extend(references.tokens(conn, dispute.estate_id).await?);
        if let Some(name) = &party.name {
            tokens = tokens.name(name);
        }
    }
    found.extend(tokens.into_vec());
    diesel::insert_into(disputes::table)
        .values((Row::from(dispute), disputes::search.eq(column(found))))
        .execute(conn)
        .await?;
    Ok(())
}

/// One dispute that `scope` opens.
///
/// # Errors
/// `not_found`.
pub async fn find(conn: &mut Conn, scope: &Scope, id: DisputeId) -> Result<Dispute, Failure> {
    let row: Row = disputes::table
        .filter(disputes::id.eq(id.0))
        .filter(in_scope!(disputes, scope))
        .select(Row::as_select())
        .first(conn)
        .await?;
    row.try_into()
}

/// The same, locked until the transaction ends.
///
/// # Errors
/// `not_found`.
pub async fn find_for_change(conn: &mut Conn, scope: &Scope, id: DisputeId) -> Result<Dispute, Failure> {
    let row: Row = disputes::table
        .filter(disputes::id.eq(id.0))
        .filter(in_scope!(disputes, scope))
        .select(Row::as_select())
        .for_update()
        .first(conn)
        .await?;
    row.try_into()
}

/// Stores a changed dispute and raises its version.
///
/// # Errors
/// `version_conflict` when somebody was faster.
pub async fn save(conn: &mut Conn, dispute: &Dispute) -> Result<Dispute, Failure> {
    let mut row = Row::from(dispute);
    row.version += 1;
    let target = disputes::table.filter(disputes::id.eq(dispute.id.0).and(disputes::version.eq(dispute.version)));
    if diesel::update(target).set(row).execute(conn).await? == 0 {
        return Err(version_conflict().into());
    }
    Ok(Dispute {
        version: dispute.version + 1,
        ..dispute.clone()
    })
}

/// A dispute, locked, for what follows from a fact in another record: the return visit.
///
/// # Errors
/// `not_found`.
pub async fn find_for_reaction(conn: &mut Conn, id: DisputeId) -> Result<Dispute, Failure> {
    let row: Row = disputes::table
        .find(id.0)
        .select(Row::as_select())
        .for_update()
        .first(conn)
        .await?;
    row.try_into()
}
