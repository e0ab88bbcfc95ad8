//! Who is away when.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;
use wuye_domain::{
    access::{PostCode, Scope},
    org::{AbsenceKind, AbsenceState, absence},
    shared::{EmployeeId, EstateId, ListRequest, period::Span},
};

use crate::{Conn, Failure, Rows, in_scope, keyset, save_row, schema::absences, split_next};

/// A time somebody is away from a post.
#[derive(Clone, Debug, Queryable, Selectable, Insertable, AsChangeset, Serialize, ToSchema)]
#[diesel(table_name = absences, treat_none_as_default_value = false, treat_none_as_null = true)]
pub struct Absence {
    /// Its id.
    pub id: Uuid,
    /// The estate.
    pub estate_id: Uuid,
    /// The post away from.
    #[serde(rename = "post")]
    #[schema(value_type = PostCode)]
    pub responsible_post: String,
    /// The assignment away from.
    #[serde(rename = "assignment_id")]
    pub responsible_assignment: Uuid,
    /// Its squad.
    pub squad_id: Option<Uuid>,
    /// Its area.
    pub area_id: Option<Uuid>,
    /// Who entered it.
    pub created_by: Option<Uuid>,
    /// Who is away.
    pub employee_id: Uuid,
    /// Why.
    #[schema(value_type = AbsenceKind)]
    pub kind: String,
    /// From when.
    pub starts_at: DateTime<Utc>,
    /// Until when.
    pub ends_at: DateTime<Utc>,
    /// How far the decision is.
    #[schema(value_type = AbsenceState)]
    pub state: String,
    /// Remark, or why it was refused or taken back.
    pub note: Option<String>,
    /// Who decided.
    pub decided_by: Option<Uuid>,
    /// When.
    pub decided_at: Option<DateTime<Utc>>,
    /// Rises with every change.
    pub version: i32,
    /// When it was made.
    pub created_at: DateTime<Utc>,
    /// When it was last changed.
    pub updated_at: DateTime<Utc>,
}

impl Absence {
    /// As the rules see it.
    ///
    /// # Errors
    /// `Internal` on a code this version does not know.
    pub fn facts(&self) -> Result<absence::Absence, Failure> {
        Ok(absence::Absence {
            id: self.id,
            estate: self.estate_id.into(),
            kind: self.kind.parse()?,
            state: self.state.parse()?,
            span: self.span(),
        })
    }

    /// From when until when.
    #[must_use]
    pub const fn span(&self) -> Span {
        Span {
            from: self.starts_at,
            until: self.ends_at,
        }
    }
}

/// Which absences are wanted.
#[derive(Clone, Debug, Default)]
pub struct AbsenceFilter {
    /// Of this person.
    pub employee: Option<EmployeeId>,
    /// In this estate.
    pub estate: Option<EstateId>,
    /// In this state.
    pub state: Option<AbsenceState>,
    /// That last beyond this instant.
    pub from: Option<DateTime<Utc>>,
    /// That begin before this instant.
    pub until: Option<DateTime<Utc>>,
}

/// Absences in scope, by beginning.
///
/// # Errors
/// As the database says.
pub async fn list(
    conn: &mut Conn,
    scope: &Scope,
    filter: &AbsenceFilter,
    request: &ListRequest<()>,
) -> Result<Rows<Absence>, Failure> {
    let filtered = || {
        let mut query = absences::table.filter(in_scope!(absences, scope)).into_boxed();
        if let Some(employee) = filter.employee {
            query = query.filter(absences::employee_id.eq(employee.0));
        }
        if let Some(estate) = filter.estate {
            query = query.filter(absences::estate_id.eq(estate.0));
        }
        if let Some(state) = filter.state {
            query = query.filter(absences::state.eq(state.code()));
        }
        if let Some(from) = filter.from {
            query = query.filter(absences::ends_at.gt(from));
        }
        if let Some(until) = filter.until {
            query = query.filter(absences::starts_at.lt(until));
        }
        query
    };
    let total = if request.count {
        Some(filtered().count().get_result(conn).await?)
    } else {
        None
    };
    let rows: Vec<Absence> = keyset!(
        filtered().select(Absence::as_select()),
        request,
        absences::starts_at,
        absences::id,
        DateTime<Utc>
    )
    .load(conn)
    .await?;
    Ok(split_next(rows, request.limit, total, |row| {
        (serde_json::json!(row.starts_at), row.id)
    }))
}

/// One absence within the scope.
///
/// # Errors
/// `not_found`.
pub async fn find(conn: &mut Conn, scope: &Scope, id: Uuid) -> Result<Absence, Failure> {
    Ok(absences::table
        .filter(absences::id.eq(id))
        .filter(in_scope!(absences, scope))
        .select(Absence::as_select())
        .first(conn)
        .await?)
}

/// Planned and approved absences of these people that touch a span: what acting and rosters ask.
///
/// # Errors
/// As the database says.
pub async fn of_people(conn: &mut Conn, people: &[EmployeeId], span: Span) -> Result<Vec<Absence>, Failure> {
    let ids: Vec<Uuid> = people.iter().map(|id| id.0).collect();
    Ok(absences::table
        .filter(absences::employee_id.eq_any(ids))
        .filter(absences::state.eq_any(["planned", "approved"]))
        .filter(absences::starts_at.lt(span.until).and(absences::ends_at.gt(span.from)))
        .select(Absence::as_select())
        .order((absences::starts_at, absences::id))
        .load(conn)
        .await?)
}

/// Approved absences of an estate that touch a span: what the figures count.
///
/// # Errors
/// As the database says.
pub async fn approved(conn: &mut Conn, estate: EstateId, span: Span) -> Result<Vec<Absence>, Failure> {
    Ok(absences::table
        .filter(absences::estate_id.eq(estate.0).and(absences::state.eq("approved")))
        .filter(absences::starts_at.lt(span.until).and(absences::ends_at.gt(span.from)))
        .select(Absence::as_select())
        .order((absences::starts_at, absences::id))
        .load(conn)
        .await?)
}

/// Adds an absence.
///
/// # Errors
/// `conflict` when the person is away at that time already.
pub async fn insert(conn: &mut Conn, row: &Absence) -> Result<(), Failure> {
    diesel::insert_into(absences::table).values(row).execute(conn).await?;
    Ok(())
}

/// Stores a changed absence.
///
/// # Errors
/// `version_conflict`.
pub async fn save(conn: &mut Conn, row: &mut Absence) -> Result<(), Failure> {
    save_row!(conn, absences, row)
}
