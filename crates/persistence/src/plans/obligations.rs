//! Duties as rows.

use chrono::{DateTime, Utc};
use diesel::{
    prelude::*,
    sql_types::{Array, Bool, Uuid as SqlUuid},
};
use diesel_async::RunQueryDsl;
use uuid::Uuid;
use wuye_domain::{
    access::{Permission, Scope},
    org::superior::{Matter, Rule, Seat},
    plans::obligations::{Obligation, ObligationId},
    shared::{
        EmployeeId, EstateId,
        zone::{Tz, business_date},
    },
};

use crate::{Conn, Failure, climbs_now, in_scope, schema::obligations, scope::Predicate};

/// A duty as it is stored.
#[derive(Clone, Debug, Queryable, Selectable, AsChangeset, Identifiable)]
#[diesel(table_name = obligations, treat_none_as_null = true)]
pub struct ObligationRow {
    /// Its id.
    pub id: Uuid,
    /// The estate.
    pub estate_id: Uuid,
    /// The version of the rule.
    pub rule_id: Uuid,
    /// The rule's code.
    pub rule_code: String,
    /// The turn's name.
    pub turn: String,
    /// The post that has it.
    pub responsible_post: String,
    /// The assignment that has it.
    pub responsible_assignment: Option<Uuid>,
    /// The squad.
    pub squad_id: Option<Uuid>,
    /// The area.
    pub area_id: Option<Uuid>,
    /// The person.
    pub employee_id: Option<Uuid>,
    /// From when on a fact counts.
    pub opens_at: DateTime<Utc>,
    /// Until when.
    pub due_at: DateTime<Utc>,
    minimum: i16,
    found: i16,
    /// Where it stands.
    pub status: String,
    /// A mere reminder.
    pub optional: bool,
    /// When it was done.
    pub done_at: Option<DateTime<Utc>>,
    /// Why it was missed.
    pub explanation: Option<String>,
    /// The superior's word.
    pub remark: Option<String>,
    /// Who decided.
    pub decided_by: Option<Uuid>,
    /// When.
    pub decided_at: Option<DateTime<Utc>>,
    /// For ETag.
    pub version: i32,
}

impl ObligationRow {
    /// As the rules read it.
    ///
    /// # Errors
    /// `Internal` on a word this version does not know.
    pub fn obligation(&self) -> Result<Obligation, Failure> {
        Ok(Obligation {
            id: self.id.into(),
            estate: self.estate_id.into(),
            rule: self.rule_code.clone(),
            turn: self.turn.clone(),
            post: self.responsible_post.parse()?,
            assignment: self.responsible_assignment.map(Into::into),
            employee: self.employee_id.map(Into::into),
            opens_at: self.opens_at,
            due_at: self.due_at,
            minimum: u16::try_from(self.minimum).unwrap_or(1),
            found: u16::try_from(self.found).unwrap_or(0),
            status: self.status.parse()?,
            done_at: self.done_at,
            explanation: self.explanation.clone(),
            remark: self.remark.clone(),
            optional: self.optional,
        })
    }

    /// Takes over what a step has changed.
    pub fn apply(&mut self, after: &Obligation) {
        self.found = i16::try_from(after.found).unwrap_or(i16::MAX);
        after.status.code().clone_into(&mut self.status);
        self.done_at = after.done_at;
        self.explanation.clone_from(&after.explanation);
        self.remark.clone_from(&after.remark);
        self.version += 1;
    }
}

impl ObligationRow {
    /// Whose decision it is once it was missed: the superior's on the line, as it was on the day it fell due. `barred` are the
    /// people whose own it is.
    ///
    /// # Errors
    /// `Internal` on a post this version does not know.
    pub fn matter<'a>(&self, zone: Tz, barred: &'a [EmployeeId], now: DateTime<Utc>) -> Result<Matter<'a>, Failure> {
        Ok(Matter {
            from: Seat {
                post: self.responsible_post.parse()?,
                estate: self.estate_id.into(),
                squad: self.squad_id.map(Into::into),
                area: self.area_id.map(Into::into),
            },
            rule: Rule::Line(1),
            barred,
            dated: business_date(self.due_at.min(now), zone),
            right: Some(Permission::DutyDecide),
        })
    }

    /// Whose own it is, where it is one person's.
    #[must_use]
    pub fn own(&self) -> Vec<EmployeeId> {
        self.employee_id.map(Into::into).into_iter().collect()
    }
}

/// The duties that a scope opens: as everywhere, and what one of several holders does for a post that the reader holds.
pub(super) fn visible(scope: &Scope) -> Predicate<obligations::table> {
    let open = in_scope!(obligations, scope);
    let own: Vec<Uuid> = scope.assignments().iter().map(|id| id.0).collect();
    if !scope.own_elsewhere() || own.is_empty() {
        return open;
    }
    let for_all = obligations::responsible_assignment.is_null().and(
        diesel::dsl::sql::<Bool>(
            "(obligations.estate_id, obligations.responsible_post) IN (SELECT held.estate_id, held.post FROM assignments held \
             WHERE held.id = ANY(",
        )
        .bind::<Array<SqlUuid>, _>(own)
        .sql("))"),
    );
    Box::new(open.or(for_all))
}

/// One duty within the scope.
///
/// # Errors
/// `not_found`.
pub async fn find(mut conn: &Conn, scope: &Scope, id: ObligationId) -> Result<ObligationRow, Failure> {
    Ok(obligations::table
        .filter(obligations::id.eq(id.0).and(visible(scope)))
        .select(ObligationRow::as_select())
        .first(&mut conn)
        .await?)
}

/// The same, held until the transaction ends.
///
/// # Errors
/// `not_found`.
pub async fn lock(conn: &mut Conn, scope: &Scope, id: ObligationId) -> Result<ObligationRow, Failure> {
    Ok(obligations::table
        .filter(obligations::id.eq(id.0).and(visible(scope)))
        .select(ObligationRow::as_select())
        .for_update()
        .first(conn)
        .await?)
}

/// Stores what a step has changed.
///
/// # Errors
/// As the database says.
pub async fn save(conn: &mut Conn, row: &ObligationRow) -> Result<(), Failure> {
    diesel::update(row).set(row).execute(conn).await?;
    Ok(())
}

/// Some duties whose time was over at `limit` and that nothing has proved, held by this transaction alone.
///
/// # Errors
/// As the database says.
pub async fn over(
    conn: &mut Conn,
    estate: EstateId,
    limit: DateTime<Utc>,
    count: i64,
) -> Result<Vec<ObligationRow>, Failure> {
    Ok(obligations::table
        .filter(obligations::estate_id.eq(estate.0).and(obligations::due_at.lt(limit)))
        // As the index has it: a bound state would not be seen to fit it.
        .filter(diesel::dsl::sql::<Bool>("obligations.status = 'open'"))
        .filter(obligations::optional.eq(false))
        .select(ObligationRow::as_select())
        .order(obligations::due_at)
        .limit(count)
        .for_update()
        .skip_locked()
        .load(conn)
        .await?)
}

/// Some duties that were missed, that nobody has decided on, and whose climb has a step to take, after the one with id `after`;
/// held by this transaction alone.
///
/// # Errors
/// As the database says.
pub async fn climbing(
    conn: &mut Conn,
    estate: EstateId,
    deadline: &str,
    now: DateTime<Utc>,
    after: Option<Uuid>,
    count: i64,
) -> Result<Vec<ObligationRow>, Failure> {
    Ok(obligations::table
        .filter(obligations::estate_id.eq(estate.0).and(obligations::due_at.lt(now)))
        .filter(diesel::dsl::sql::<Bool>(
            "obligations.status IN ('missed', 'explained')",
        ))
        .filter(obligations::id.gt(after.unwrap_or(Uuid::nil())))
        .filter(climbs_now!(obligations, deadline, obligations::due_at, now))
        .select(ObligationRow::as_select())
        .order(obligations::id)
        .limit(count)
        .for_update()
        .skip_locked()
        .load(conn)
        .await?)
}

/// Who decided on it and when.
pub fn decided(row: &mut ObligationRow, by: Option<EmployeeId>, at: DateTime<Utc>) {
    row.decided_by = by.map(|by| by.0);
    row.decided_at = Some(at);
}
