//! What hangs on a case: who came, what was found, what was done, what came out of it.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use diesel::{prelude::*, upsert::excluded};
use diesel_async::RunQueryDsl;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;
use wuye_domain::{
    service_desk::cases::{Case, CaseId, Finding, Measure},
    shared::{EmployeeId, Subject, search::Tokens},
};

use super::rows::Row;
use crate::{
    Conn, Failure,
    schema::{case_contacts as contacts, case_findings as findings, case_links as links_table, case_measures, cases},
    service_desk::references::column,
};

/// Who came, as told at the desk: personal data.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Contact {
    /// The name.
    pub name: Option<String>,
    /// The phone in its normal spelling.
    pub phone: Option<String>,
}

/// Who came.
///
/// # Errors
/// As the database says.
pub async fn contact(conn: &mut Conn, id: CaseId) -> Result<Contact, Failure> {
    let row: Option<(Option<String>, Option<String>)> = contacts::table
        .find(id.0)
        .select((contacts::name, contacts::phone))
        .first(conn)
        .await
        .optional()?;
    Ok(row.map_or_else(Contact::default, |(name, phone)| Contact { name, phone }))
}

/// Notes who came.
///
/// # Errors
/// As the database says.
pub async fn save_contact(conn: &mut Conn, id: CaseId, contact: &Contact) -> Result<(), Failure> {
    let mut tokens = Tokens::new();
    if let Some(name) = &contact.name {
        tokens = tokens.name(name);
    }
    if let Some(phone) = &contact.phone {
        tokens = tokens.phone(phone);
    }
    diesel::insert_into(contacts::table)
        .values((
            contacts::case_id.eq(id.0),
            contacts::name.eq(&contact.name),
            contacts::phone.eq(&contact.phone),
            contacts::search.eq(column(tokens.into_vec())),
        ))
        .on_conflict(contacts::case_id)
        .do_update()
        .set((
            contacts::name.eq(excluded(contacts::name)),
            contacts::phone.eq(excluded(contacts::phone)),
            contacts::search.eq(excluded(contacts::search)),
        ))
        .execute(conn)
        .await?;
    Ok(())
}

#[derive(Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = findings, treat_none_as_default_value = false, treat_none_as_null = true)]
struct FindingRow {
    case_id: Uuid,
    proposed: Option<String>,
    proposal_reason: Option<String>,
    proposed_by: Option<Uuid>,
    proposed_at: Option<DateTime<Utc>>,
    decided_by: Option<Uuid>,
    decided_as: Option<String>,
    decided_at: Option<DateTime<Utc>>,
    decision_reason: Option<String>,
    decision_path: Option<serde_json::Value>,
    answered_by: Option<Uuid>,
    closing_checked_by: Option<Uuid>,
    closing_checked_at: Option<DateTime<Utc>>,
}

impl TryFrom<FindingRow> for Finding {
    type Error = Failure;

    fn try_from(row: FindingRow) -> Result<Self, Failure> {
        Ok(Self {
            proposed: row.proposed.map(|code| code.parse()).transpose()?,
            proposal_reason: row.proposal_reason,
            proposed_by: row.proposed_by.map(Into::into),
            proposed_at: row.proposed_at,
            decided_by: row.decided_by.map(Into::into),
            decided_as: row.decided_as.map(|code| code.parse()).transpose()?,
            decided_at: row.decided_at,
            decision_reason: row.decision_reason,
            decision_path: row.decision_path.map(serde_json::from_value).transpose()?,
            answered_by: row.answered_by.map(Into::into),
            closing_checked_by: row.closing_checked_by.map(Into::into),
            closing_checked_at: row.closing_checked_at,
        })
    }
}

/// What was found.
///
/// # Errors
/// As the database says.
pub async fn finding(conn: &mut Conn, id: CaseId) -> Result<Finding, Failure> {
    let row: Option<FindingRow> = findings::table
        .find(id.0)
        .select(FindingRow::as_select())
        .first(conn)
        .await
        .optional()?;
    row.map_or_else(|| Ok(Finding::default()), Finding::try_from)
}

/// What was found on each of these cases.
///
/// # Errors
/// As the database says.
pub async fn findings(conn: &mut Conn, ids: &[Uuid]) -> Result<HashMap<Uuid, Finding>, Failure> {
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let rows: Vec<FindingRow> = findings::table
        .filter(findings::case_id.eq_any(ids))
        .select(FindingRow::as_select())
        .load(conn)
        .await?;
    rows.into_iter().map(|row| Ok((row.case_id, row.try_into()?))).collect()
}

/// Notes what was found.
///
/// # Errors
/// As the database says.
pub async fn save_finding(conn: &mut Conn, id: CaseId, finding: &Finding) -> Result<(), Failure> {
    let row = || -> Result<FindingRow, Failure> {
        Ok(FindingRow {
            case_id: id.0,
            proposed: finding.proposed.map(|validity| validity.code().to_owned()),
            proposal_reason: finding.proposal_reason.clone(),
            proposed_by: finding.proposed_by.map(Into::into),
            proposed_at: finding.proposed_at,
            decided_by: finding.decided_by.map(Into::into),
            decided_as: finding.decided_as.map(|post| post.code().to_owned()),
            decided_at: finding.decided_at,
            decision_reason: finding.decision_reason.clone(),
            decision_path: finding.decision_path.as_ref().map(serde_json::to_value).transpose()?,
            answered_by: finding.answered_by.map(Into::into),
            closing_checked_by: finding.closing_checked_by.map(Into::into),
            closing_checked_at: finding.closing_checked_at,
        })
    };
    diesel::insert_into(findings::table)
        .values(row()?)
        .on_conflict(findings::case_id)
        .do_update()
        .set(row()?)
        .execute(conn)
        .await?;
    Ok(())
}

/// The measures taken on a case, oldest first.
///
/// # Errors
/// As the database says.
pub async fn measures(conn: &mut Conn, id: CaseId) -> Result<Vec<Measure>, Failure> {
    Ok(measures_of(conn, &[id.0]).await?.remove(&id.0).unwrap_or_default())
}

/// The measures taken on each of these cases, oldest first.
///
/// # Errors
/// As the database says.
pub async fn measures_of(conn: &mut Conn, ids: &[Uuid]) -> Result<HashMap<Uuid, Vec<Measure>>, Failure> {
    type Line = (Uuid, Uuid, String, Option<Uuid>, DateTime<Utc>, DateTime<Utc>);
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let rows: Vec<Line> = case_measures::table
        .filter(case_measures::case_id.eq_any(ids))
        .order((case_measures::taken_at, case_measures::id))
        .select((
            case_measures::case_id,
            case_measures::id,
            case_measures::text,
            case_measures::taken_by,
            case_measures::taken_at,
            case_measures::recorded_at,
        ))
        .load(conn)
        .await?;
    let mut all: HashMap<Uuid, Vec<Measure>> = HashMap::new();
    for (case, id, text, taken_by, taken_at, recorded_at) in rows {
        all.entry(case).or_default().push(Measure {
            id: id.into(),
            text,
            taken_by: taken_by.map(EmployeeId),
            taken_at,
            recorded_at,
        });
    }
    Ok(all)
}

/// Adds a measure.
///
/// # Errors
/// As the database says.
pub async fn add_measure(conn: &mut Conn, id: CaseId, measure: &Measure) -> Result<(), Failure> {
    diesel::insert_into(case_measures::table)
        .values((
            case_measures::id.eq(measure.id.0),
            case_measures::case_id.eq(id.0),
            case_measures::text.eq(&measure.text),
            case_measures::taken_by.eq(measure.taken_by.map(|by| by.0)),
            case_measures::taken_at.eq(measure.taken_at),
            case_measures::recorded_at.eq(measure.recorded_at),
        ))
        .execute(conn)
        .await?;
    Ok(())
}

/// A record that came out of a case.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct Link {
    /// Its kind: `work_order`, `repair_request`, `dispute` …
    pub kind: String,
    /// The record.
    pub id: Uuid,
    /// Since when.
    pub created_at: DateTime<Utc>,
}

/// The records that came out of a case.
///
/// # Errors
/// As the database says.
pub async fn links(conn: &mut Conn, id: CaseId) -> Result<Vec<Link>, Failure> {
    let rows: Vec<(String, Uuid, DateTime<Utc>)> = links_table::table
        .filter(links_table::case_id.eq(id.0))
        .order((links_table::created_at, links_table::subject_id))
        .select((
            links_table::subject_kind,
            links_table::subject_id,
            links_table::created_at,
        ))
        .load(conn)
        .await?;
    Ok(rows
        .into_iter()
        .map(|(kind, id, created_at)| Link { kind, id, created_at })
        .collect())
}

/// Links a record that came out of a case; a second time changes nothing.
///
/// # Errors
/// As the database says.
pub async fn link(
    conn: &mut Conn,
    id: CaseId,
    subject: Subject,
    by: Option<EmployeeId>,
    now: DateTime<Utc>,
) -> Result<(), Failure> {
    diesel::insert_into(links_table::table)
        .values((
            links_table::case_id.eq(id.0),
            links_table::subject_kind.eq(subject.kind.code()),
            links_table::subject_id.eq(subject.id),
            links_table::created_by.eq(by.map(|by| by.0)),
            links_table::created_at.eq(now),
        ))
        .on_conflict_do_nothing()
        .execute(conn)
        .await?;
    Ok(())
}

/// The cases linked to this master, locked until the transaction ends. They are of the same estate, and only their
/// numbers and states are shown to who may read the master.
///
/// # Errors
/// As the database says.
pub async fn duplicates(conn: &mut Conn, master: CaseId) -> Result<Vec<Case>, Failure> {
    let rows: Vec<Row> = cases::table
        .filter(cases::master_id.eq(master.0))
        .order(cases::id)
        .select(Row::as_select())
        .for_update()
        .load(conn)
        .await?;
    rows.into_iter().map(Case::try_from).collect()
}
