//! From a fact on the trail to the duty that it proves.

use chrono::{DateTime, Utc};
use diesel::{
    prelude::*,
    sql_types::{Bool, Nullable, Timestamptz},
};
use diesel_async::RunQueryDsl;
use uuid::Uuid;
use wuye_domain::{
    access::Actor,
    plans::obligations::EvidenceKind,
    shared::{EmployeeId, EstateId, Subject},
};

use super::{
    obligations::ObligationRow,
    whose::{keys, theirs},
};
use crate::{
    Conn, Failure,
    fixed::fixed,
    schema::{obligation_evidence, obligation_rules, obligations},
};

/// The duty of the actor that a fact of `at` proves: of those that were open to it then, the next to fall due; where none is
/// left, the last one whose time was over. What is done for somebody proves a duty of theirs before one's own, and the other
/// way round. Held until the transaction ends.
///
/// # Errors
/// As the database says.
pub async fn proved(
    conn: &mut Conn,
    estate: EstateId,
    kind: EvidenceKind,
    (actor, acting_for): (&Actor, Option<EmployeeId>),
    at: DateTime<Utc>,
) -> Result<Option<ObligationRow>, Failure> {
    let rules = obligation_rules::table
        .filter(obligation_rules::evidence.eq(kind.code()))
        .select(obligation_rules::id.nullable());
    let (assignments, posts) = keys(actor.posts.iter(), estate);
    let owed = theirs(assignments, posts);
    let in_capacity = actor.posts.iter().filter(|held| held.acting_for == acting_for);
    let (assignments, posts) = keys(in_capacity, estate);
    let in_this_capacity = theirs(assignments, posts);
    let late = obligations::due_at.lt(at);
    let next = diesel::dsl::case_when::<_, _, Nullable<Timestamptz>>(
        obligations::due_at.ge(at),
        obligations::due_at.nullable(),
    );
    Ok(obligations::table
        .filter(
            obligations::estate_id
                .eq(estate.0)
                .and(obligations::rule_id.eq_any(rules)),
        )
        .filter(owed)
        .filter(fixed::<Bool>(
            "obligations.status IN ('open', 'missed', 'explained', 'confirmed_missed')",
        ))
        .filter(obligations::opens_at.le(at))
        .order((in_this_capacity.desc(), late, next, obligations::due_at.desc()))
        .select(ObligationRow::as_select())
        .for_update()
        .first(conn)
        .await
        .optional()?)
}

/// A fact that was counted.
#[derive(Clone, Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = obligation_evidence, treat_none_as_default_value = false)]
pub struct EvidenceRow {
    /// The duty.
    pub obligation_id: Uuid,
    /// The record it stands on.
    pub subject_kind: String,
    /// Its id.
    pub subject_id: Uuid,
    /// What was done to it.
    pub action: String,
    /// When it happened.
    pub occurred_at: DateTime<Utc>,
    /// When it was recorded.
    pub recorded_at: DateTime<Utc>,
    /// Who did it.
    pub employee_id: Option<Uuid>,
    /// For whom, when they acted.
    pub acting_for: Option<Uuid>,
}

/// The facts counted for a duty, in the order in which they happened.
///
/// # Errors
/// As the database says.
pub async fn of(conn: &mut Conn, obligation: Uuid) -> Result<Vec<EvidenceRow>, Failure> {
    Ok(obligation_evidence::table
        .filter(obligation_evidence::obligation_id.eq(obligation))
        .select(EvidenceRow::as_select())
        .order(obligation_evidence::occurred_at)
        .load(conn)
        .await?)
}

/// Keeps a fact as evidence; `false` when it was counted for this duty before.
///
/// # Errors
/// As the database says.
pub async fn keep(
    conn: &mut Conn,
    obligation: Uuid,
    subject: Subject,
    action: &str,
    occurred_at: DateTime<Utc>,
    recorded_at: DateTime<Utc>,
    (by, acting_for): (Option<EmployeeId>, Option<EmployeeId>),
) -> Result<bool, Failure> {
    let row = EvidenceRow {
        obligation_id: obligation,
        subject_kind: subject.kind.code().to_owned(),
        subject_id: subject.id,
        action: action.to_owned(),
        occurred_at,
        recorded_at,
        employee_id: by.map(|id| id.0),
        acting_for: acting_for.map(|id| id.0),
    };
    let kept = diesel::insert_into(obligation_evidence::table)
        .values(row)
        .on_conflict_do_nothing()
        .execute(conn)
        .await?;
    Ok(kept == 1)
}
