//! One visit, to and fro, and the visits that a closing makes due.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use uuid::Uuid;
use wuye_domain::{
    access::Scope,
    service_desk::{
        Responsible,
        visits::{Visit, VisitId, VisitSubject},
    },
    shared::{TrailEntry, Transition, search::Tokens, zone::business_date},
};

use crate::{
    Conn, Failure,
    accounts::version_conflict,
    in_scope, numbers,
    schema::visits,
    service_desk::references::{References, column},
};

/// A visit as it lies in the database, without its search tokens.
#[derive(Clone, Debug, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = visits, treat_none_as_default_value = false, treat_none_as_null = true)]
pub(super) struct Row {
    id: Uuid,
    estate_id: Uuid,
    no: String,
    subject_kind: String,
    subject_id: Uuid,
    subject_no: String,
    title: String,
    reason: String,
    round: i32,
    house_id: Option<Uuid>,
    party_id: Option<Uuid>,
    excluded: Vec<Option<Uuid>>,
    state: String,
    due_at: DateTime<Utc>,
    visitor_id: Option<Uuid>,
    method: Option<String>,
    asked_at: Option<DateTime<Utc>>,
    result: Option<String>,
    comment: Option<String>,
    follow_up: Option<String>,
    attempts: i32,
    responsible_post: String,
    responsible_assignment: Option<Uuid>,
    squad_id: Option<Uuid>,
    area_id: Option<Uuid>,
    version: i32,
    created_at: DateTime<Utc>,
    updated_at: DateTime<Utc>,
}

impl From<&Visit> for Row {
    fn from(visit: &Visit) -> Self {
        Self {
            id: visit.id.0,
            estate_id: visit.estate_id.0,
            no: visit.no.clone(),
            subject_kind: visit.subject.code().to_owned(),
            subject_id: visit.subject_id,
            subject_no: visit.subject_no.clone(),
            title: visit.title.clone(),
            reason: visit.reason.code().to_owned(),
            round: visit.round,
            house_id: visit.house_id,
            party_id: visit.party_id,
            excluded: visit.excluded.iter().map(|person| Some(person.0)).collect(),
            state: visit.state.code().to_owned(),
            due_at: visit.due_at,
            visitor_id: visit.visitor_id.map(Into::into),
            method: visit.method.map(|method| method.code().to_owned()),
            asked_at: visit.asked_at,
            result: visit.result.map(|result| result.code().to_owned()),
            comment: visit.comment.clone(),
            follow_up: visit.follow_up.clone(),
            attempts: visit.attempts,
            responsible_post: visit.responsible.post.code().to_owned(),
            responsible_assignment: visit.responsible.assignment.map(Into::into),
            squad_id: visit.responsible.squad.map(Into::into),
            area_id: visit.responsible.area.map(Into::into),
            version: visit.version,
            created_at: visit.created_at,
            updated_at: visit.updated_at,
        }
    }
}

impl TryFrom<Row> for Visit {
    type Error = Failure;

    fn try_from(row: Row) -> Result<Self, Failure> {
        Ok(Self {
            id: row.id.into(),
            estate_id: row.estate_id.into(),
            no: row.no,
            subject: row.subject_kind.parse()?,
            subject_id: row.subject_id,
            subject_no: row.subject_no,
            title: row.title,
            reason: row.reason.parse()?,
            round: row.round,
            house_id: row.house_id,
            party_id: row.party_id,
            excluded: row.excluded.into_iter().flatten().map(Into::into).collect(),
            state: row.state.parse()?,
            due_at: row.due_at,
            visitor_id: row.visitor_id.map(Into::into),
            method: row.method.map(|code| code.parse()).transpose()?,
            asked_at: row.asked_at,
            result: row.result.map(|code| code.parse()).transpose()?,
            comment: row.comment,
            follow_up: row.follow_up,
            attempts: row.attempts,
            responsible: Responsible {
                post: row.responsible_post.parse()?,
                assignment: row.responsible_assignment.map(Into::into),
                squad: row.squad_id.map(Into::into),
                area: row.area_id.map(Into::into),
            },
            version: row.version,
            created_at: row.created_at,
            updated_at: row.updated_at,
        })
    }
}

/// Adds the visits that a closing makes due, each once: a closing reported twice adds nothing. Gives the lines for the
/// trail of those that were added.
///
/// # Errors
/// `validation_failed` for a house or party that is not there.
pub async fn generate(
    conn: &mut Conn,
    due: Vec<Transition<Visit>>,
    zone: chrono_tz::Tz,
) -> Result<Vec<TrailEntry>, Failure> {
    let mut entries = Vec::new();
    for Transition { mut record, entry } in due {
        let known = visits::table
            .filter(visits::subject_kind.eq(record.subject.code()))
            .filter(visits::subject_id.eq(record.subject_id))
            .filter(visits::reason.eq(record.reason.code()))
            .filter(visits::round.eq(record.round));
        if diesel::select(diesel::dsl::exists(known)).get_result(conn).await? {
            continue;
        }
        let references = References {
            house: record.house_id,
            party: record.party_id,
            employee: None,
        };
        let mut tokens = references.tokens(conn, record.estate_id).await?;
        let today = business_date(record.created_at, zone);
        record.no = numbers::next(conn, record.estate_id, "HF", today).await?;
        let words = Tokens::new()
            .text(&record.no)
            .text(&record.subject_no)
            .text(&record.title);
        tokens.extend(words.into_vec());
        diesel::insert_into(visits::table)
            .values((Row::from(&record), visits::search.eq(column(tokens))))
            .execute(conn)
            .await?;
        entries.push(entry);
    }
    Ok(entries)
}

/// One visit that `scope` opens.
///
/// # Errors
/// `not_found`.
pub async fn find(conn: &mut Conn, scope: &Scope, id: VisitId) -> Result<Visit, Failure> {
    let row: Row = visits::table
        .filter(visits::id.eq(id.0))
        .filter(in_scope!(visits, scope))
        .select(Row::as_select())
        .first(conn)
        .await?;
    row.try_into()
}

/// The same, locked until the transaction ends.
///
/// # Errors
/// `not_found`.
pub async fn find_for_change(conn: &mut Conn, scope: &Scope, id: VisitId) -> Result<Visit, Failure> {
    let row: Row = visits::table
        .filter(visits::id.eq(id.0))
        .filter(in_scope!(visits, scope))
        .select(Row::as_select())
        .for_update()
        .first(conn)
        .await?;
    row.try_into()
}

/// The visits about a record, oldest first. The caller has shown before that the record may be read.
///
/// # Errors
/// As the database says.
pub async fn of_subject(conn: &mut Conn, subject: VisitSubject, id: Uuid) -> Result<Vec<Visit>, Failure> {
    let rows: Vec<Row> = visits::table
        .filter(visits::subject_kind.eq(subject.code()).and(visits::subject_id.eq(id)))
        .order(visits::id)
        .select(Row::as_select())
        .load(conn)
        .await?;
    rows.into_iter().map(Visit::try_from).collect()
}

/// Stores a changed visit and raises its version.
///
/// # Errors
/// `version_conflict` when somebody was faster.
pub async fn save(conn: &mut Conn, visit: &Visit) -> Result<Visit, Failure> {
    let mut row = Row::from(visit);
    row.version += 1;
    let target = visits::table.filter(visits::id.eq(visit.id.0).and(visits::version.eq(visit.version)));
    if diesel::update(target).set(row).execute(conn).await? == 0 {
        return Err(version_conflict().into());
    }
    Ok(Visit {
        version: visit.version + 1,
        ..visit.clone()
    })
}
