//! Duties that follow the clocks of records, as rows.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use diesel::{
    dsl::{count_star, sql},
    pg::Pg,
    prelude::*,
    query_builder::{AstPass, QueryFragment, QueryId},
    sql_query,
    sql_types::{Array, BigInt, Bool, Nullable, SmallInt, Text, Timestamptz, Uuid as SqlUuid},
};
use diesel_async::RunQueryDsl;
use uuid::Uuid;
use wuye_domain::{access::Scope, plans::obligations::Obligation};

use super::obligations::{ObligationRow, UNDONE, visible};
use crate::{Conn, Failure, fixed::fixed, schema::obligations, service_desk::standing::Clocked};

/// The duties of these records, whatever the clock and the round, held until the transaction ends.
///
/// # Errors
/// As the database says.
pub async fn of_records(mut conn: &Conn, records: &[Uuid]) -> Result<Vec<ObligationRow>, Failure> {
    if records.is_empty() {
        return Ok(Vec::new());
    }
    Ok(obligations::table
        .filter(obligations::subject_id.eq_any(records))
        .select(ObligationRow::as_select())
        .order(obligations::id)
        .for_update()
        .load(&mut conn)
        .await?)
}

/// The columns of duties to be stored. A statement of its own kind, since diesel prepares an upsert anew at each call, and this
/// one is part of every write of the desk.
#[derive(Default)]
struct Put {
    ids: Vec<Uuid>,
    estates: Vec<Uuid>,
    rules: Vec<String>,
    turns: Vec<String>,
    posts: Vec<String>,
    assignments: Vec<Option<Uuid>>,
    squads: Vec<Option<Uuid>>,
    areas: Vec<Option<Uuid>>,
    employees: Vec<Option<Uuid>>,
    opens: Vec<DateTime<Utc>>,
    dues: Vec<DateTime<Utc>>,
    found: Vec<i16>,
    statuses: Vec<String>,
    done: Vec<Option<DateTime<Utc>>>,
    kinds: Vec<String>,
    subjects: Vec<Uuid>,
    numbers: Vec<String>,
    deadlines: Vec<String>,
    hurry: Vec<bool>,
}

impl Put {
    fn of(duties: &[Obligation]) -> Self {
        let mut put = Self::default();
        for duty in duties {
            // What the calendar lays out is stored by `layout`.
            let Some(record) = &duty.record else { continue };
            put.ids.push(duty.id.0);
            put.estates.push(duty.estate.0);
            put.rules.push(duty.rule.clone());
            put.turns.push(duty.turn.clone());
            put.posts.push(duty.post.code().to_owned());
            put.assignments.push(duty.assignment.map(|id| id.0));
            put.squads.push(duty.squad.map(|id| id.0));
            put.areas.push(duty.area.map(|id| id.0));
            put.employees.push(duty.employee.map(|id| id.0));
            put.opens.push(duty.opens_at);
            put.dues.push(duty.due_at);
            put.found.push(i16::try_from(duty.found).unwrap_or(i16::MAX));
            put.statuses.push(duty.status.code().to_owned());
            put.done.push(duty.done_at);
            put.kinds.push(record.subject.kind.code().to_owned());
            put.subjects.push(record.subject.id);
            put.numbers.push(record.no.clone());
            put.deadlines.push(record.deadline.clone());
            put.hurry.push(record.hurries);
        }
        put
    }
}

/// Its text is always the same.
impl QueryId for Put {
    type QueryId = Self;
    const HAS_STATIC_QUERY_ID: bool = true;
}

impl QueryFragment<Pg> for Put {
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, Pg>) -> QueryResult<()> {
        out.push_sql(
            "INSERT INTO obligations (minimum, optional, id, estate_id, rule_code, turn, responsible_post, \
             responsible_assignment, squad_id, area_id, employee_id, opens_at, due_at, found, status, done_at, \
             subject_kind, subject_id, subject_no, deadline, hurries) SELECT 1, false, * FROM unnest(",
        );
        // With their types, so that the statement means the same to whoever sends it without telling them.
        macro_rules! columns {
            ($first:ident: $first_type:ty as $first_sql:literal $(, $column:ident: $type:ty as $sql:literal)*) => {
                out.push_bind_param::<Array<$first_type>, _>(&self.$first)?;
                out.push_sql(concat!("::", $first_sql, "[]"));
                $(
                    out.push_sql(", ");
                    out.push_bind_param::<Array<$type>, _>(&self.$column)?;
                    out.push_sql(concat!("::", $sql, "[]"));
                )*
            };
        }
        columns!(
            ids: SqlUuid as "uuid",
            estates: SqlUuid as "uuid",
            rules: Text as "text",
            turns: Text as "text",
            posts: Text as "text",
            assignments: Nullable<SqlUuid> as "uuid",
            squads: Nullable<SqlUuid> as "uuid",
            areas: Nullable<SqlUuid> as "uuid",
            employees: Nullable<SqlUuid> as "uuid",
            opens: Timestamptz as "timestamptz",
            dues: Timestamptz as "timestamptz",
            found: SmallInt as "smallint",
            statuses: Text as "text",
            done: Nullable<Timestamptz> as "timestamptz",
            kinds: Text as "text",
            subjects: SqlUuid as "uuid",
            numbers: Text as "text",
            deadlines: Text as "text",
            hurry: Bool as "bool"
        );
        out.push_sql(
            ") ON CONFLICT (subject_id, deadline, turn) WHERE subject_id IS NOT NULL DO UPDATE SET \
             responsible_post = excluded.responsible_post, responsible_assignment = excluded.responsible_assignment, \
             squad_id = excluded.squad_id, area_id = excluded.area_id, employee_id = excluded.employee_id, \
             opens_at = excluded.opens_at, due_at = excluded.due_at, found = excluded.found, status = excluded.status, \
             done_at = excluded.done_at, hurries = excluded.hurries, version = obligations.version + 1",
        );
        Ok(())
    }
}

/// Stores duties in the order given, so that one ends before the next of its clock begins. The caller holds those that were
/// there, or their record.
///
/// # Errors
/// As the database says.
pub async fn put(conn: &mut Conn, duties: &[Obligation]) -> Result<(), Failure> {
    let put = Put::of(duties);
    if !put.ids.is_empty() {
        put.execute(conn).await?;
    }
    Ok(())
}

/// Which records without a duty to look for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unfollowed {
    /// Those of which a clock may run.
    Running,
    /// All of the history.
    Any,
}

#[derive(QueryableByName)]
struct Id {
    #[diesel(sql_type = SqlUuid)]
    id: Uuid,
}

/// Some records of a kind after the one with id `after` that no duty follows, held until the transaction ends; those that
/// somebody works on get theirs by that.
///
/// # Errors
/// As the database says.
pub async fn unfollowed(
    conn: &mut Conn,
    of: &Clocked,
    which: Unfollowed,
    after: Uuid,
    count: i64,
) -> Result<Vec<Uuid>, Failure> {
    let (table, running) = (of.table, of.running);
    let among = match which {
        Unfollowed::Running => running,
        Unfollowed::Any => "true",
    };
    let text = format!(
        "SELECT {table}.id FROM {table} WHERE {among} AND {table}.id > $1 \
         AND NOT EXISTS (SELECT FROM obligations WHERE obligations.subject_id = {table}.id) \
         ORDER BY {table}.id LIMIT $2 FOR UPDATE OF {table} SKIP LOCKED"
    );
    let rows: Vec<Id> = sql_query(text)
        .bind::<SqlUuid, _>(after)
        .bind::<BigInt, _>(count)
        .load(conn)
        .await?;
    Ok(rows.into_iter().map(|row| row.id).collect())
}

/// How many duties of a trigger are still to be done.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Undone {
    /// With time left.
    pub open: i64,
    /// Whose time is over, and that nobody has decided on.
    pub late: i64,
}

/// What is still to be done of every trigger within the scope, by its code.
///
/// # Errors
/// As the database says.
pub async fn undone(mut conn: &Conn, scope: &Scope, now: DateTime<Utc>) -> Result<HashMap<String, Undone>, Failure> {
    let late = sql::<BigInt>("count(*) FILTER (WHERE obligations.due_at < ")
        .bind::<Timestamptz, _>(now)
        .sql(")");
    let rows: Vec<(String, i64, i64)> = obligations::table
        .filter(visible(scope))
        .filter(obligations::subject_id.is_not_null())
        .filter(fixed::<Bool>(UNDONE))
        .group_by(obligations::rule_code)
        .select((obligations::rule_code, count_star(), late))
        .load(&mut conn)
        .await?;
    Ok(rows
        .into_iter()
        .map(|(code, all, late)| (code, Undone { open: all - late, late }))
        .collect())
}
