//! Putting the turns laid out by the domain into rows: whole columns in one statement for each chunk, never a row at a time.

use chrono::{DateTime, Utc};
use diesel::{
    prelude::*,
    sql_query,
    sql_types::{Array, BigInt, Bool, Nullable, SmallInt, Text, Timestamptz, Uuid as SqlUuid},
};
use diesel_async::RunQueryDsl;
use uuid::Uuid;
use wuye_domain::{
    plans::obligations::{Due, Rule},
    shared::{EstateId, period::Span},
};

use crate::{Conn, Failure};

/// Rows of one statement.
const CHUNK: usize = 5_000;

/// What a run has changed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Laid {
    /// Duties that are new.
    pub made: i64,
    /// Duties whose deadline moved.
    pub moved: i64,
    /// Duties that nobody owes any more.
    pub withdrawn: i64,
}

/// A rule's version with its row.
pub type Version<'a> = (Uuid, &'a Rule);

/// The columns of a chunk.
#[derive(Default)]
struct Columns {
    ids: Vec<Uuid>,
    rules: Vec<Uuid>,
    codes: Vec<String>,
    turns: Vec<String>,
    posts: Vec<String>,
    assignments: Vec<Option<Uuid>>,
    squads: Vec<Option<Uuid>>,
    areas: Vec<Option<Uuid>>,
    employees: Vec<Option<Uuid>>,
    opens: Vec<DateTime<Utc>>,
    dues: Vec<DateTime<Utc>>,
    minimums: Vec<i16>,
    optionals: Vec<bool>,
}

impl Columns {
    fn of(dues: &[Due], versions: &[Version<'_>]) -> Self {
        let mut columns = Self::default();
        for due in dues {
            let (id, rule) = versions[due.rule];
            columns.ids.push(Uuid::now_v7());
            columns.rules.push(id);
            columns.codes.push(rule.code.clone());
            columns.turns.push(due.turn.clone());
            columns.posts.push(due.post.code().to_owned());
            columns.assignments.push(due.assignment.map(|id| id.0));
            columns.squads.push(due.squad.map(|id| id.0));
            columns.areas.push(due.area.map(|id| id.0));
            columns.employees.push(due.employee.map(|id| id.0));
            columns.opens.push(due.opens_at);
            columns.dues.push(due.due_at);
            columns.minimums.push(i16::try_from(due.minimum).unwrap_or(i16::MAX));
            columns.optionals.push(rule.optional);
        }
        columns
    }
}

/// What is new goes in; what is there with another deadline, and not done yet, gets the new one.
const INSERT: &str = "INSERT INTO obligations (estate_id, id, rule_id, rule_code, turn, responsible_post, \
    responsible_assignment, squad_id, area_id, employee_id, opens_at, due_at, minimum, optional) \
    SELECT $1, * FROM unnest($2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14) \
    ON CONFLICT (estate_id, rule_code, turn, responsible_post, responsible_assignment) WHERE subject_id IS NULL DO UPDATE \
    SET rule_id = excluded.rule_id, opens_at = excluded.opens_at, due_at = excluded.due_at, \
        minimum = excluded.minimum, version = obligations.version + 1 \
    WHERE obligations.status = 'open' AND (obligations.due_at, obligations.minimum) \
        IS DISTINCT FROM (excluded.due_at, excluded.minimum) \
    RETURNING version = 1 AS made";

/// What was laid out for this time before, is open, has no evidence and is not laid out any more. What follows a record's clock
/// is not laid out at all.
const WITHDRAW: &str = "DELETE FROM obligations o WHERE o.estate_id = $1 AND o.status = 'open' AND o.found = 0 \
    AND o.subject_id IS NULL \
    AND o.due_at >= $2 AND o.due_at < $3 AND NOT EXISTS ( \
        SELECT FROM unnest($4, $5, $6, $7) AS n (code, turn, post, assignment) \
        WHERE n.code = o.rule_code AND n.turn = o.turn AND n.post = o.responsible_post \
            AND n.assignment IS NOT DISTINCT FROM o.responsible_assignment)";

#[derive(QueryableByName)]
struct Made {
    #[diesel(sql_type = Bool)]
    made: bool,
}

/// Lays out everything that falls due in `span`: `dues` is all of it. Done again with the same it changes nothing. What
/// fell due before `now` stays as it is: a new calendar does not make yesterday's work late.
///
/// # Errors
/// As the database says.
pub async fn lay(
    conn: &mut Conn,
    estate: EstateId,
    versions: &[Version<'_>],
    dues: &[Due],
    span: Span,
) -> Result<Laid, Failure> {
    let mut laid = Laid::default();
    let keys = Columns::of(dues, versions);
    let withdrawn = sql_query(WITHDRAW)
        .bind::<SqlUuid, _>(estate.0)
        .bind::<Timestamptz, _>(span.from)
        .bind::<Timestamptz, _>(span.until)
        .bind::<Array<Text>, _>(&keys.codes)
        .bind::<Array<Text>, _>(&keys.turns)
        .bind::<Array<Text>, _>(&keys.posts)
        .bind::<Array<Nullable<SqlUuid>>, _>(&keys.assignments)
        .execute(conn)
        .await?;
    laid.withdrawn = i64::try_from(withdrawn).unwrap_or(i64::MAX);
    for chunk in dues.chunks(CHUNK) {
        let columns = Columns::of(chunk, versions);
        let rows: Vec<Made> = sql_query(INSERT)
            .bind::<SqlUuid, _>(estate.0)
            .bind::<Array<SqlUuid>, _>(&columns.ids)
            .bind::<Array<SqlUuid>, _>(&columns.rules)
            .bind::<Array<Text>, _>(&columns.codes)
            .bind::<Array<Text>, _>(&columns.turns)
            .bind::<Array<Text>, _>(&columns.posts)
            .bind::<Array<Nullable<SqlUuid>>, _>(&columns.assignments)
            .bind::<Array<Nullable<SqlUuid>>, _>(&columns.squads)
            .bind::<Array<Nullable<SqlUuid>>, _>(&columns.areas)
            .bind::<Array<Nullable<SqlUuid>>, _>(&columns.employees)
            .bind::<Array<Timestamptz>, _>(&columns.opens)
            .bind::<Array<Timestamptz>, _>(&columns.dues)
            .bind::<Array<SmallInt>, _>(&columns.minimums)
            .bind::<Array<Bool>, _>(&columns.optionals)
            .load(conn)
            .await?;
        for row in rows {
            if row.made {
                laid.made += 1;
            } else {
                laid.moved += 1;
            }
        }
    }
    Ok(laid)
}

/// One server at a time lays an estate out; the others find it done.
///
/// # Errors
/// As the database says.
pub async fn hold(conn: &mut Conn, estate: EstateId) -> Result<(), Failure> {
    let (high, _) = estate.0.as_u64_pair();
    sql_query("SELECT pg_advisory_xact_lock($1)")
        .bind::<BigInt, _>(i64::from_ne_bytes(high.to_ne_bytes()) ^ i64::from_be_bytes(*b"duties\0\0"))
        .execute(conn)
        .await?;
    Ok(())
}
