//! Duties as rows.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use diesel::{
    dsl::sql,
    prelude::*,
    sql_types::{Array, Bool, Text as SqlText, Uuid as SqlUuid},
};
use diesel_async::RunQueryDsl;
use uuid::Uuid;
use wuye_domain::{
    access::{Permission, Scope},
    org::superior::{Matter, Rule, Seat},
    plans::obligations::{Obligation, ObligationId, RecordClock, Rule as DutyRule, clock_of},
    shared::{
        EmployeeId, EstateId, Subject, Text,
        zone::{Tz, business_date},
    },
};

use crate::{
    Conn, Failure, climbs_now,
    fixed::{around, fixed},
    in_scope,
    schema::obligations,
    scope::Predicate,
};

/// A duty as it is stored.
#[derive(Clone, Debug, Queryable, Selectable, AsChangeset, Identifiable)]
#[diesel(table_name = obligations, treat_none_as_null = true)]
pub struct ObligationRow {
    /// Its id.
    pub id: Uuid,
    /// The estate.
    pub estate_id: Uuid,
    /// The version of the rule; none where a record's clock asks for it.
    pub rule_id: Option<Uuid>,
    /// The code of the rule or trigger.
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
    subject_kind: Option<String>,
    /// The record whose clock it is.
    pub subject_id: Option<Uuid>,
    subject_no: Option<String>,
    /// Which of its clocks.
    pub deadline: Option<String>,
    hurries: bool,
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
            squad: self.squad_id.map(Into::into),
            area: self.area_id.map(Into::into),
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
            record: self.record()?,
        })
    }

    fn record(&self) -> Result<Option<RecordClock>, Failure> {
        let (Some(kind), Some(id), Some(no), Some(deadline)) =
            (&self.subject_kind, self.subject_id, &self.subject_no, &self.deadline)
        else {
            return Ok(None);
        };
        Ok(Some(RecordClock {
            subject: Subject::new(kind.parse()?, id),
            no: no.clone(),
            deadline: deadline.clone(),
            hurries: self.hurries,
        }))
    }

    /// What people call it by: the number of the record whose clock it is, or its turn.
    #[must_use]
    pub fn no(&self) -> &str {
        self.subject_no.as_ref().unwrap_or(&self.turn)
    }

    /// The duty in a few words: those of its rule among `rules`, or of its clock.
    #[must_use]
    pub fn name<'a>(&self, rules: &'a HashMap<Uuid, DutyRule>) -> Option<&'a Text> {
        match &self.deadline {
            Some(deadline) => clock_of(deadline).map(|clock| &clock.name),
            None => rules.get(&self.rule_id?).map(|rule| &rule.name),
        }
    }

    /// What its superiors were told of: the record whose clock it is, or itself.
    #[must_use]
    pub fn told_of(&self) -> Uuid {
        self.subject_id.unwrap_or(self.id)
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

/// Still to be done or decided on.
pub(super) const UNDONE: &str = "obligations.status IN ('open', 'missed', 'explained')";
/// Missed, and nobody has decided on it; as `obligations_undecided_idx` has it.
pub(super) const UNDECIDED: &str = "obligations.status IN ('missed', 'explained')";

/// The duties that a scope opens: as everywhere, and what one of several holders does for a post that the reader holds.
pub(super) fn visible(scope: &Scope) -> Predicate<obligations::table> {
    let open = in_scope!(obligations, scope);
    let own: Vec<Uuid> = scope.assignments().iter().map(|id| id.0).collect();
    if !scope.own_elsewhere() || own.is_empty() {
        return open;
    }
    let for_all = obligations::responsible_assignment.is_null().and(
        around::<Bool, Array<SqlUuid>, _>(
            "(obligations.estate_id, obligations.responsible_post) IN (SELECT held.estate_id, held.post FROM assignments held \
             WHERE held.id = ANY(",
            own,
            "))",
        ),
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
        .filter(fixed::<Bool>("obligations.status = 'open'"))
        .filter(obligations::optional.eq(false))
        .select(ObligationRow::as_select())
        .order(obligations::due_at)
        .limit(count)
        .for_update()
        .skip_locked()
        .load(conn)
        .await?)
}

/// Some duties whose climb has a step to take, after the one with id `after`, held by this transaction alone: those that were
/// missed and that nobody has decided on; of a record's clock from its deadline on, since whoever has it is reminded then.
/// `deadline` names the climb of what the calendar laid out.
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
    let of = fixed::<SqlUuid>("coalesce(obligations.subject_id, obligations.id)");
    let named = sql::<SqlText>("coalesce(obligations.deadline, ")
        .bind::<SqlText, _>(deadline.to_owned())
        .sql(")");
    Ok(obligations::table
        .filter(obligations::estate_id.eq(estate.0).and(obligations::due_at.lt(now)))
        .filter(fixed::<Bool>(
            "(obligations.status IN ('missed', 'explained') \
              OR obligations.status = 'open' AND obligations.subject_id IS NOT NULL)",
        ))
        .filter(obligations::id.gt(after.unwrap_or(Uuid::nil())))
        .filter(climbs_now!(of, named, obligations::due_at, now))
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
