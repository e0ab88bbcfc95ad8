//! Who holds which post, from when until when, and how it was decided.

use chrono::{DateTime, NaiveDate, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;
use wuye_domain::{
    access::{PostCode, Scope},
    org::{AssignmentKind, AssignmentState, PostLevel, assignment},
    shared::{AssignmentId, EmployeeId, EstateId, ListRequest},
};

use crate::{Conn, Failure, Rows, fixed::fixed, keyset, save_row, schema::assignments, split_next};

/// A person holding a post.
#[derive(Clone, Debug, Queryable, Selectable, Insertable, AsChangeset, Serialize, ToSchema)]
#[diesel(table_name = assignments, treat_none_as_default_value = false, treat_none_as_null = true)]
pub struct Assignment {
    /// Its id.
    pub id: Uuid,
    /// Who.
    pub employee_id: Uuid,
    /// Which post.
    #[schema(value_type = PostCode)]
    pub post: String,
    /// Where; absent for company-wide posts.
    pub estate_id: Option<Uuid>,
    /// Whether it is the person's first post.
    #[schema(value_type = AssignmentKind)]
    pub kind: String,
    /// The squad, for posts that have one.
    pub squad_id: Option<Uuid>,
    /// The area, for posts that have one.
    pub area_id: Option<Uuid>,
    /// The field of service answered for (POS-RECEPT-01, POS-RENOADM-01).
    pub service_field: Option<String>,
    /// First day.
    pub valid_from: NaiveDate,
    /// First day after; absent while no end is known.
    pub valid_until: Option<NaiveDate>,
    /// How far the decision is.
    #[schema(value_type = AssignmentState)]
    pub state: String,
    /// The written order behind it.
    pub order_ref: Option<String>,
    /// Who named the person.
    pub proposed_by: Option<Uuid>,
    /// Who supported it.
    pub endorsed_by: Option<Uuid>,
    /// Who approved it.
    pub approved_by: Option<Uuid>,
    /// Who refused or took it back.
    pub refused_by: Option<Uuid>,
    /// Why it was proposed late, refused or taken back.
    pub reason: Option<String>,
    /// Why it ended.
    pub end_reason: Option<String>,
    /// Rises with every change.
    pub version: i32,
    /// When it was made.
    pub created_at: DateTime<Utc>,
    /// When it was last changed.
    pub updated_at: DateTime<Utc>,
}

impl Assignment {
    /// As the rules see it.
    ///
    /// # Errors
    /// `Internal` on a code this version does not know.
    pub fn facts(&self, level: PostLevel) -> Result<assignment::Assignment, Failure> {
        Ok(assignment::Assignment {
            id: self.id.into(),
            employee: self.employee_id.into(),
            post: self.post.parse()?,
            level,
            estate: self.estate_id.map(Into::into),
            state: self.state.parse()?,
            proposed_by: self.proposed_by.map(Into::into),
            endorsed_by: self.endorsed_by.map(Into::into),
            valid_from: self.valid_from,
            valid_until: self.valid_until,
        })
    }

    /// Takes over what a rule decided.
    pub fn apply(&mut self, decided: &assignment::Assignment, now: DateTime<Utc>) {
        decided.state.code().clone_into(&mut self.state);
        self.endorsed_by = decided.endorsed_by.map(|id| id.0);
        self.valid_until = decided.valid_until;
        self.updated_at = now;
    }
}

/// Which assignments are wanted.
#[derive(Clone, Debug, Default)]
pub struct AssignmentFilter {
    /// Of this person.
    pub employee: Option<EmployeeId>,
    /// To this post.
    pub post: Option<PostCode>,
    /// In this estate.
    pub estate: Option<EstateId>,
    /// In this state.
    pub state: Option<AssignmentState>,
    /// In force or proposed for this day or one after it.
    pub from: Option<NaiveDate>,
    /// In force or proposed for this day or one before it.
    pub to: Option<NaiveDate>,
}

/// Assignments by their first day. `scope` opens its estates and the company-wide posts.
///
/// # Errors
/// As the database says.
pub async fn list(
    conn: &mut Conn,
    scope: &Scope,
    filter: &AssignmentFilter,
    request: &ListRequest<()>,
) -> Result<Rows<Assignment>, Failure> {
    let filtered = || {
        let mut query = assignments::table.filter(visible(scope)).into_boxed();
        if let Some(employee) = filter.employee {
            query = query.filter(assignments::employee_id.eq(employee.0));
        }
        if let Some(post) = filter.post {
            query = query.filter(assignments::post.eq(post.code()));
        }
        if let Some(estate) = filter.estate {
            query = query.filter(assignments::estate_id.assume_not_null().eq(estate.0));
        }
        if let Some(state) = filter.state {
            query = query.filter(assignments::state.eq(state.code()));
        }
        if let Some(from) = filter.from {
            query = query.filter(assignments::valid_until.is_null().or(assignments::valid_until.gt(from)));
        }
        if let Some(to) = filter.to {
            query = query.filter(assignments::valid_from.le(to));
        }
        query
    };
    let total = if request.count {
        Some(filtered().count().get_result(conn).await?)
    } else {
        None
    };
    let rows: Vec<Assignment> = keyset!(
        filtered().select(Assignment::as_select()),
        request,
        assignments::valid_from,
        assignments::id,
        NaiveDate
    )
    .load(conn)
    .await?;
    Ok(split_next(rows, request.limit, total, |row| {
        (serde_json::json!(row.valid_from), row.id)
    }))
}

fn visible(scope: &Scope) -> crate::scope::Predicate<assignments::table> {
    if scope.company() {
        return Box::new(fixed::<diesel::sql_types::Bool>("true"));
    }
    let estates: Vec<Uuid> = scope
        .estates()
        .iter()
        .copied()
        .chain(scope.lines().iter().map(|line| line.estate))
        .map(|id| id.0)
        .collect();
    let own: Vec<Uuid> = scope.assignments().iter().map(|id| id.0).collect();
    Box::new(
        assignments::estate_id
            .is_null()
            .or(assignments::estate_id.assume_not_null().eq_any(estates))
            .or(assignments::id.eq_any(own)),
    )
}

/// One assignment within the scope.
///
/// # Errors
/// `not_found`.
pub async fn find(conn: &mut Conn, scope: &Scope, id: AssignmentId) -> Result<Assignment, Failure> {
    Ok(assignments::table
        .filter(assignments::id.eq(id.0).and(visible(scope)))
        .select(Assignment::as_select())
        .first(conn)
        .await?)
}

/// The approved assignments of a person that are in force on or after a day.
///
/// # Errors
/// As the database says.
pub async fn of_employee(conn: &mut Conn, employee: EmployeeId, from: NaiveDate) -> Result<Vec<Assignment>, Failure> {
    Ok(assignments::table
        .filter(
            assignments::employee_id
                .eq(employee.0)
                .and(assignments::state.eq("approved")),
        )
        .filter(assignments::valid_until.is_null().or(assignments::valid_until.gt(from)))
        .select(Assignment::as_select())
        .order((assignments::kind.desc(), assignments::valid_from))
        .load(conn)
        .await?)
}

/// Everybody who holds a post in an estate (`None`: anywhere) or in the company on a day.
///
/// # Errors
/// As the database says.
pub async fn on(conn: &mut Conn, estate: Option<EstateId>, on: NaiveDate) -> Result<Vec<Assignment>, Failure> {
    let mut query = assignments::table
        .filter(assignments::state.eq("approved").and(assignments::valid_from.le(on)))
        .filter(assignments::valid_until.is_null().or(assignments::valid_until.gt(on)))
        .select(Assignment::as_select())
        .into_boxed();
    if let Some(estate) = estate {
        query = query.filter(
            assignments::estate_id
                .is_null()
                .or(assignments::estate_id.assume_not_null().eq(estate.0)),
        );
    }
    Ok(query
        .order((assignments::post, assignments::valid_from, assignments::id))
        .load(conn)
        .await?)
}

/// Adds an assignment.
///
/// # Errors
/// `conflict` when the person holds the post already.
pub async fn insert(conn: &mut Conn, row: &Assignment) -> Result<(), Failure> {
    diesel::insert_into(assignments::table)
        .values(row)
        .execute(conn)
        .await?;
    Ok(())
}

/// Stores a changed assignment.
///
/// # Errors
/// `version_conflict`, `conflict` on a second primary post.
pub async fn save(conn: &mut Conn, row: &mut Assignment) -> Result<(), Failure> {
    save_row!(conn, assignments, row)
}

/// Ends everything a person holds before `until`, and takes back what would begin later: the person has left.
///
/// # Errors
/// As the database says.
pub async fn end_all(
    conn: &mut Conn,
    employee: EmployeeId,
    until: NaiveDate,
    reason: &str,
    now: DateTime<Utc>,
) -> Result<Vec<Uuid>, Failure> {
    let live = assignments::employee_id
        .eq(employee.0)
        .and(assignments::state.eq_any(["proposed", "endorsed", "approved"]));
    diesel::update(
        assignments::table
            .filter(live.clone())
            .filter(assignments::valid_from.ge(until).or(assignments::state.ne("approved"))),
    )
    .set((
        assignments::state.eq("cancelled"),
        assignments::reason.eq(reason),
        assignments::updated_at.eq(now),
        assignments::version.eq(assignments::version + 1),
    ))
    .execute(conn)
    .await?;
    Ok(diesel::update(
        assignments::table.filter(live).filter(
            assignments::valid_until
                .is_null()
                .or(assignments::valid_until.gt(until)),
        ),
    )
    .set((
        assignments::valid_until.eq(until),
        assignments::end_reason.eq(reason),
        assignments::updated_at.eq(now),
        assignments::version.eq(assignments::version + 1),
    ))
    .returning(assignments::id)
    .get_results(conn)
    .await?)
}

/// The approved assignments of these people that are in force on or after a day.
///
/// # Errors
/// As the database says.
pub async fn of_people(conn: &mut Conn, people: &[Uuid], from: NaiveDate) -> Result<Vec<Assignment>, Failure> {
    Ok(assignments::table
        .filter(assignments::employee_id.eq_any(people))
        .filter(assignments::state.eq("approved"))
        .filter(assignments::valid_until.is_null().or(assignments::valid_until.gt(from)))
        .select(Assignment::as_select())
        .order((
            assignments::employee_id,
            assignments::kind.desc(),
            assignments::valid_from,
        ))
        .load(conn)
        .await?)
}
