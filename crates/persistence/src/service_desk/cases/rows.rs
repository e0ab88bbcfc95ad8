//! One case, to and fro.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use uuid::Uuid;
use wuye_domain::{
    access::Scope,
    service_desk::{
        Responsible,
        cases::{Case, CaseId},
    },
    shared::{EmployeeId, Problem, SubjectKind, search::Tokens},
};

use crate::{
    Conn, Failure,
    accounts::version_conflict,
    in_scope,
    schema::{cases, trail},
    service_desk::references::{References, column},
};

/// A case as it lies in the database, without its search tokens.
#[derive(Clone, Debug, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = cases, treat_none_as_default_value = false, treat_none_as_null = true)]
pub(super) struct Row {
    id: Uuid,
    estate_id: Uuid,
    no: String,
    kind: String,
    state: String,
    channel: String,
    field: String,
    about_employee: Option<Uuid>,
    house_id: Option<Uuid>,
    party_id: Option<Uuid>,
    text: String,
    received_at: DateTime<Utc>,
    acknowledge_due_at: DateTime<Utc>,
    acknowledged_at: Option<DateTime<Utc>>,
    due_at: DateTime<Utc>,
    owner_id: Option<Uuid>,
    responsible_post: String,
    responsible_assignment: Option<Uuid>,
    squad_id: Option<Uuid>,
    area_id: Option<Uuid>,
    created_by: Option<Uuid>,
    validity: Option<String>,
    validity_at: Option<DateTime<Utc>>,
    reply: Option<String>,
    replied_at: Option<DateTime<Utc>>,
    closed_at: Option<DateTime<Utc>>,
    reopened_count: i32,
    master_id: Option<Uuid>,
    version: i32,
    created_at: DateTime<Utc>,
    updated_at: DateTime<Utc>,
}

impl From<&Case> for Row {
    fn from(case: &Case) -> Self {
        Self {
            id: case.id.0,
            estate_id: case.estate_id.0,
            no: case.no.clone(),
            kind: case.kind.code().to_owned(),
            state: case.state.code().to_owned(),
            channel: case.channel.code().to_owned(),
            field: case.field.code().to_owned(),
            about_employee: case.about_employee.map(Into::into),
            house_id: case.house_id,
            party_id: case.party_id,
            text: case.text.clone(),
            received_at: case.received_at,
            acknowledge_due_at: case.acknowledge_due_at,
            acknowledged_at: case.acknowledged_at,
            due_at: case.due_at,
            owner_id: case.owner_id.map(Into::into),
            responsible_post: case.responsible.post.code().to_owned(),
            responsible_assignment: case.responsible.assignment.map(Into::into),
            squad_id: case.responsible.squad.map(Into::into),
            area_id: case.responsible.area.map(Into::into),
            created_by: case.received_by.map(Into::into),
            validity: case.validity.map(|validity| validity.code().to_owned()),
            validity_at: case.validity_at,
            reply: case.reply.clone(),
            replied_at: case.replied_at,
            closed_at: case.closed_at,
            reopened_count: case.reopened_count,
            master_id: case.master_id.map(Into::into),
            version: case.version,
            created_at: case.created_at,
            updated_at: case.updated_at,
        }
    }
}

impl TryFrom<Row> for Case {
    type Error = Failure;

    fn try_from(row: Row) -> Result<Self, Failure> {
        Ok(Self {
            id: row.id.into(),
            estate_id: row.estate_id.into(),
            no: row.no,
            kind: row.kind.parse()?,
            state: row.state.parse()?,
            channel: row.channel.parse()?,
            field: row.field.parse()?,
            about_employee: row.about_employee.map(Into::into),
            house_id: row.house_id,
            party_id: row.party_id,
            text: row.text,
            received_at: row.received_at,
            received_by: row.created_by.map(Into::into),
            acknowledge_due_at: row.acknowledge_due_at,
            acknowledged_at: row.acknowledged_at,
            due_at: row.due_at,
            owner_id: row.owner_id.map(Into::into),
            responsible: Responsible {
                post: row.responsible_post.parse()?,
                assignment: row.responsible_assignment.map(Into::into),
                squad: row.squad_id.map(Into::into),
                area: row.area_id.map(Into::into),
            },
            validity: row.validity.map(|validity| validity.parse()).transpose()?,
            validity_at: row.validity_at,
            reply: row.reply,
            replied_at: row.replied_at,
            closed_at: row.closed_at,
            reopened_count: row.reopened_count,
            master_id: row.master_id.map(Into::into),
            version: row.version,
            created_at: row.created_at,
            updated_at: row.updated_at,
        })
    }
}

/// What a case is found by: its number, its words, its house and party. Checks that these are there.
///
/// # Errors
/// `validation_failed` naming the field.
pub async fn search_tokens(conn: &mut Conn, case: &Case) -> Result<Vec<Option<String>>, Failure> {
    let references = References {
        house: case.house_id,
        party: case.party_id,
        employee: case.about_employee,
    };
    let mut tokens = references.tokens(conn, case.estate_id).await?;
    tokens.extend(Tokens::new().text(&case.no).text(&case.text).into_vec());
    Ok(column(tokens))
}

/// Adds a case.
///
/// # Errors
/// `validation_failed` for a house, party or person that is not there.
pub async fn insert(conn: &mut Conn, case: &Case) -> Result<(), Failure> {
    let search = search_tokens(conn, case).await?;
    diesel::insert_into(cases::table)
        .values((Row::from(case), cases::search.eq(search)))
        .execute(conn)
        .await?;
    Ok(())
}

/// One case that `scope` opens.
///
/// # Errors
/// `not_found`.
pub async fn find(conn: &mut Conn, scope: &Scope, id: CaseId) -> Result<Case, Failure> {
    let row: Row = cases::table
        .filter(cases::id.eq(id.0))
        .filter(in_scope!(cases, scope))
        .select(Row::as_select())
        .first(conn)
        .await?;
    row.try_into()
}

/// The same, locked until the transaction ends.
///
/// # Errors
/// `not_found`.
pub async fn find_for_change(conn: &mut Conn, scope: &Scope, id: CaseId) -> Result<Case, Failure> {
    let row: Row = cases::table
        .filter(cases::id.eq(id.0))
        .filter(in_scope!(cases, scope))
        .select(Row::as_select())
        .for_update()
        .first(conn)
        .await?;
    row.try_into()
}

/// Stores a changed case and raises its version; with `search` its tokens too.
///
/// # Errors
/// `version_conflict` when somebody was faster.
pub async fn save(conn: &mut Conn, case: &Case, search: Option<Vec<Option<String>>>) -> Result<Case, Failure> {
    let mut row = Row::from(case);
    row.version += 1;
    let target = cases::table.filter(cases::id.eq(case.id.0).and(cases::version.eq(case.version)));
    let saved = match search {
        Some(search) => {
            diesel::update(target)
                .set((row, cases::search.eq(search)))
                .execute(conn)
                .await?
        }
        None => diesel::update(target).set(row).execute(conn).await?,
    };
    if saved == 0 {
        return Err(version_conflict().into());
    }
    Ok(Case {
        version: case.version + 1,
        ..case.clone()
    })
}

/// A case that `person` investigated before it was given to somebody else, locked: for what their device sends late.
///
/// # Errors
/// `not_found`.
pub async fn find_former(conn: &mut Conn, person: EmployeeId, id: CaseId) -> Result<Case, Failure> {
    let given = trail::table
        .filter(
            trail::subject_kind
                .eq(SubjectKind::Case.code())
                .and(trail::subject_id.eq(id.0)),
        )
        .filter(trail::action.eq_any(["assigned", "reassigned"]))
        .filter(trail::changes.contains(serde_json::json!({ "owner_id": [person] })));
    if !diesel::select(diesel::dsl::exists(given))
        .get_result::<bool>(conn)
        .await?
    {
        return Err(Problem::not_found().into());
    }
    let row: Row = cases::table
        .find(id.0)
        .select(Row::as_select())
        .for_update()
        .first(conn)
        .await?;
    row.try_into()
}

/// A case, locked, for what follows from a fact in another record: the return visit, the order that came out of it.
///
/// # Errors
/// `not_found`.
pub async fn find_for_reaction(conn: &mut Conn, id: CaseId) -> Result<Case, Failure> {
    let row: Row = cases::table
        .find(id.0)
        .select(Row::as_select())
        .for_update()
        .first(conn)
        .await?;
    row.try_into()
}
