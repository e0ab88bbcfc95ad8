//! The rows of the help log.

use chrono::{DateTime, Utc};
use diesel::{prelude::*, sql_types};
use diesel_async::RunQueryDsl;
use serde::Serialize;
use serde_json::json;
use utoipa::ToSchema;
use uuid::Uuid;
use wuye_domain::{
    access::Scope,
    service_desk::{
        Responsible,
        assistance::{Assistance, AssistanceFilter, AssistanceId},
    },
    shared::{EstateId, ListRequest, search::Tokens},
};

use super::{
    Mentioned,
    references::{References, column},
};
use crate::{Conn, Failure, Rows, found, in_scope, keyset, schema::assistances as lines, search::Search, split_next};

#[derive(Clone, Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = lines, treat_none_as_default_value = false)]
struct Row {
    id: Uuid,
    estate_id: Uuid,
    no: String,
    employee_id: Uuid,
    house_id: Option<Uuid>,
    party_id: Option<Uuid>,
    kind: String,
    note: String,
    minutes: i32,
    helped_at: DateTime<Utc>,
    responsible_post: String,
    responsible_assignment: Option<Uuid>,
    squad_id: Option<Uuid>,
    area_id: Option<Uuid>,
    created_by: Option<Uuid>,
    corrects_id: Option<Uuid>,
    correction_reason: Option<String>,
    corrected_by_id: Option<Uuid>,
    created_at: DateTime<Utc>,
}

impl From<&Assistance> for Row {
    fn from(line: &Assistance) -> Self {
        Self {
            id: line.id.0,
            estate_id: line.estate_id.0,
            no: line.no.clone(),
            employee_id: line.employee_id.0,
            house_id: line.house_id,
            party_id: line.party_id,
            kind: line.kind.code().to_owned(),
            note: line.note.clone(),
            minutes: line.minutes,
            helped_at: line.helped_at,
            responsible_post: line.responsible.post.code().to_owned(),
            responsible_assignment: line.responsible.assignment.map(Into::into),
            squad_id: line.responsible.squad.map(Into::into),
            area_id: line.responsible.area.map(Into::into),
            created_by: Some(line.employee_id.0),
            corrects_id: line.corrects_id.map(Into::into),
            correction_reason: line.correction_reason.clone(),
            corrected_by_id: line.corrected_by_id.map(Into::into),
            created_at: line.created_at,
        }
    }
}

impl TryFrom<Row> for Assistance {
    type Error = Failure;

    fn try_from(row: Row) -> Result<Self, Failure> {
        Ok(Self {
            id: row.id.into(),
            estate_id: row.estate_id.into(),
            no: row.no,
            employee_id: row.employee_id.into(),
            house_id: row.house_id,
            party_id: row.party_id,
            kind: row.kind.parse()?,
            note: row.note,
            minutes: row.minutes,
            helped_at: row.helped_at,
            responsible: Responsible {
                post: row.responsible_post.parse()?,
                assignment: row.responsible_assignment.map(Into::into),
                squad: row.squad_id.map(Into::into),
                area: row.area_id.map(Into::into),
            },
            corrects_id: row.corrects_id.map(Into::into),
            correction_reason: row.correction_reason,
            corrected_by_id: row.corrected_by_id.map(Into::into),
            created_at: row.created_at,
        })
    }
}

/// Adds a line.
///
/// # Errors
/// `validation_failed` for a house or party that is not there.
pub async fn insert(conn: &mut Conn, line: &Assistance) -> Result<(), Failure> {
    let references = References {
        house: line.house_id,
        party: line.party_id,
        employee: None,
    };
    let mut tokens = references.tokens(conn, line.estate_id).await?;
    tokens.extend(Tokens::new().text(&line.no).text(&line.note).into_vec());
    diesel::insert_into(lines::table)
        .values((Row::from(line), lines::search.eq(column(tokens))))
        .execute(conn)
        .await?;
    Ok(())
}

/// Marks a line as corrected by another: the one thing that is ever changed in it.
///
/// # Errors
/// As the database says.
pub async fn mark_corrected(conn: &mut Conn, line: &Assistance) -> Result<(), Failure> {
    diesel::update(lines::table.find(line.id.0))
        .set(lines::corrected_by_id.eq(line.corrected_by_id.map(|id| id.0)))
        .execute(conn)
        .await?;
    Ok(())
}

/// One line that `scope` opens, locked until the transaction ends.
///
/// # Errors
/// `not_found`.
pub async fn find_for_change(conn: &mut Conn, scope: &Scope, id: AssistanceId) -> Result<Assistance, Failure> {
    let row: Row = lines::table
        .filter(lines::id.eq(id.0))
        .filter(in_scope!(lines, scope))
        .select(Row::as_select())
        .for_update()
        .first(conn)
        .await?;
    row.try_into()
}

/// One line that `scope` opens.
///
/// # Errors
/// `not_found`.
pub async fn find(conn: &mut Conn, scope: &Scope, id: AssistanceId) -> Result<Assistance, Failure> {
    let row: Row = lines::table
        .filter(lines::id.eq(id.0))
        .filter(in_scope!(lines, scope))
        .select(Row::as_select())
        .first(conn)
        .await?;
    row.try_into()
}

/// The lines that `scope` opens and `filter` wants, by the time of the help.
///
/// # Errors
/// `validation_failed` for a cursor of another list.
pub async fn list(
    conn: &mut Conn,
    scope: &Scope,
    filter: &AssistanceFilter,
    request: &ListRequest<()>,
) -> Result<Rows<Assistance>, Failure> {
    let search = match &filter.q {
        Some(q) => Some(Search::of(conn, "assistances", q).await?),
        None => None,
    };
    let filtered = |search: Option<&Search>| {
        let mut query = lines::table.filter(in_scope!(lines, scope)).into_boxed();
        if let Some(estate) = filter.estate_id {
            query = query.filter(lines::estate_id.eq(estate.0));
        }
        if let Some(kind) = filter.kind {
            query = query.filter(lines::kind.eq(kind.code()));
        }
        if let Some(employee) = filter.employee_id {
            query = query.filter(lines::employee_id.eq(employee.0));
        }
        if let Some(house) = filter.house_id {
            query = query.filter(lines::house_id.eq(house));
        }
        if filter.corrected != Some(true) {
            query = query.filter(lines::corrected_by_id.is_null());
        }
        if let Some(from) = filter.helped_from {
            query = query.filter(lines::helped_at.ge(from));
        }
        if let Some(until) = filter.helped_until {
            query = query.filter(lines::helped_at.lt(until));
        }
        if let Some(search) = search {
            query = query.filter(found!(lines, search));
        }
        query
    };
    let total = if request.count {
        let counted = search.as_ref().map(Search::counted);
        Some(filtered(counted.as_ref()).count().get_result(conn).await?)
    } else {
        None
    };
    let rows: Vec<Row> = keyset!(
        filtered(search.as_ref()).select(Row::as_select()),
        request,
        lines::helped_at,
        lines::id,
        DateTime<Utc>
    )
    .load(conn)
    .await?;
    let rows = rows
        .into_iter()
        .map(Assistance::try_from)
        .collect::<Result<Vec<_>, _>>()?;
    Ok(split_next(rows, request.limit, total, |line| {
        (json!(line.helped_at), line.id.0)
    }))
}

/// What one person helped in one month.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct MonthlyHelp {
    /// `YYYY-MM` in the estate's zone.
    pub month: String,
    /// Who.
    pub employee_id: Uuid,
    /// Their name.
    pub employee_name: String,
    /// How often.
    pub count: i64,
    /// Minutes altogether.
    pub minutes: i64,
}

/// Help by month and person, corrected lines left out: an input of the appraisal, nothing else.
///
/// # Errors
/// As the database says.
pub async fn monthly(
    conn: &mut Conn,
    scope: &Scope,
    estate: EstateId,
    zone: &str,
    filter: &AssistanceFilter,
) -> Result<Vec<MonthlyHelp>, Failure> {
    let mut query = lines::table
        .filter(in_scope!(lines, scope))
        .filter(lines::estate_id.eq(estate.0).and(lines::corrected_by_id.is_null()))
        .into_boxed();
    if let Some(from) = filter.helped_from {
        query = query.filter(lines::helped_at.ge(from));
    }
    if let Some(until) = filter.helped_until {
        query = query.filter(lines::helped_at.lt(until));
    }
    if let Some(employee) = filter.employee_id {
        query = query.filter(lines::employee_id.eq(employee.0));
    }
    let month = diesel::dsl::sql::<sql_types::Text>("to_char(helped_at AT TIME ZONE ")
        .bind::<sql_types::Text, _>(zone.to_owned())
        .sql(", 'YYYY-MM')");
    let rows: Vec<(String, Uuid, i32)> = query
        .select((month, lines::employee_id, lines::minutes))
        .load(conn)
        .await?;
    let mut sums = std::collections::BTreeMap::<(String, Uuid), (i64, i64)>::new();
    let mut mentioned = Mentioned::default();
    for (month, employee, minutes) in rows {
        mentioned.employee(Some(employee));
        let sum = sums.entry((month, employee)).or_default();
        sum.0 += 1;
        sum.1 += i64::from(minutes);
    }
    let labels = mentioned.read(conn).await?;
    Ok(sums
        .into_iter()
        .map(|((month, employee_id), (count, minutes))| MonthlyHelp {
            month,
            employee_id,
            employee_name: labels.employee(Some(employee_id)).unwrap_or_default(),
            count,
            minutes,
        })
        .collect())
}
