//! The people. Phones are personal data: masked above this layer.

use std::collections::HashSet;

use chrono::{DateTime, NaiveDate, Utc};
use diesel::{dsl::exists, prelude::*};
use diesel_async::RunQueryDsl;
use uuid::Uuid;
use wuye_domain::{
    access::{PostCode, Scope},
    org::EmployeeStatus,
    shared::{EmployeeId, EstateId, ListRequest, Problem, SearchText, Text, search},
};

use crate::{
    Conn, Failure, Rows,
    fixed::fixed,
    keyset, save_row,
    schema::{assignments, employees},
    split_next,
};

/// A person; never sent as it is, it holds the phone.
#[derive(Clone, Debug, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = employees, treat_none_as_default_value = false, treat_none_as_null = true)]
pub struct Employee {
    /// Its id.
    pub id: Uuid,
    /// Employee number.
    pub no: String,
    /// Name.
    pub name: String,
    /// Phone.
    pub phone: Option<String>,
    /// `candidate`, `probation`, `active`, `suspended`, `left`.
    pub status: String,
    /// First day.
    pub hired_on: Option<NaiveDate>,
    /// Last day.
    pub left_on: Option<NaiveDate>,
    /// What it is found by: name and number, never the phone.
    pub search: Vec<Option<String>>,
    /// For If-Match.
    pub version: i32,
    /// When it was made.
    pub created_at: DateTime<Utc>,
    /// When it was last changed.
    pub updated_at: DateTime<Utc>,
}

impl Employee {
    /// Brings the search words up to date with name and number.
    pub fn index(&mut self) {
        let words = search::Tokens::new().name(&self.name).text(&self.no).into_vec();
        self.search = words.into_iter().map(Some).collect();
    }
}

/// Which people are wanted.
#[derive(Clone, Debug, Default)]
pub struct EmployeeFilter {
    /// Words of name or number.
    pub q: Option<SearchText>,
    /// In this status.
    pub status: Option<EmployeeStatus>,
    /// Holding a post in this estate on the day.
    pub estate: Option<EstateId>,
    /// Holding this post on the day.
    pub post: Option<PostCode>,
    /// The day.
    pub on: Option<NaiveDate>,
}

/// People by number. `scope` opens those who hold or held a post in its estates, company-wide posts, and those without
/// any post yet.
///
/// # Errors
/// As the database says.
pub async fn list(
    conn: &mut Conn,
    scope: &Scope,
    filter: &EmployeeFilter,
    request: &ListRequest<()>,
) -> Result<Rows<Employee>, Failure> {
    let filtered = || {
        let mut query = employees::table.filter(visible(scope)).into_boxed();
        if let Some(q) = &filter.q {
            let tokens: Vec<Option<String>> = search::query_tokens(q).into_iter().map(Some).collect();
            query = query.filter(employees::search.contains(tokens));
        }
        if let Some(status) = filter.status {
            query = query.filter(employees::status.eq(status.code()));
        }
        if filter.estate.is_some() || filter.post.is_some() {
            let mut held = assignments::table
                .filter(assignments::state.eq("approved"))
                .select(assignments::employee_id)
                .into_boxed();
            if let Some(on) = filter.on {
                held = held
                    .filter(assignments::valid_from.le(on))
                    .filter(assignments::valid_until.is_null().or(assignments::valid_until.gt(on)));
            }
            if let Some(estate) = filter.estate {
                held = held.filter(assignments::estate_id.assume_not_null().eq(estate.0));
            }
            if let Some(post) = filter.post {
                held = held.filter(assignments::post.eq(post.code()));
            }
            query = query.filter(employees::id.eq_any(held));
        }
        query
    };
    let total = if request.count {
        Some(filtered().count().get_result(conn).await?)
    } else {
        None
    };
    let rows: Vec<Employee> = keyset!(
        filtered().select(Employee::as_select()),
        request,
        employees::no,
        employees::id,
        String
    )
    .load(conn)
    .await?;
    Ok(split_next(rows, request.limit, total, |row| {
        (row.no.clone().into(), row.id)
    }))
}

fn visible(scope: &Scope) -> crate::scope::Predicate<employees::table> {
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
    among(estates)
}

/// People of these estates, of the whole company, or without a post yet.
fn among(estates: Vec<Uuid>) -> crate::scope::Predicate<employees::table> {
    let own = assignments::table.filter(assignments::employee_id.eq(employees::id));
    let here = own.filter(
        assignments::estate_id
            .is_null()
            .or(assignments::estate_id.assume_not_null().eq_any(estates)),
    );
    Box::new(exists(here).or(diesel::dsl::not(exists(own))))
}

/// One person within the scope.
///
/// # Errors
/// `not_found`.
pub async fn find(conn: &mut Conn, scope: &Scope, id: EmployeeId) -> Result<Employee, Failure> {
    Ok(employees::table
        .filter(employees::id.eq(id.0).and(visible(scope)))
        .select(Employee::as_select())
        .first(conn)
        .await?)
}

/// Those of these people who work here: on probation or employed, and not kept from work.
///
/// # Errors
/// As the database says.
pub async fn at_work(conn: &mut Conn, people: &[Uuid]) -> Result<HashSet<Uuid>, Failure> {
    let working = [EmployeeStatus::Probation.code(), EmployeeStatus::Active.code()];
    let rows: Vec<Uuid> = employees::table
        .filter(employees::id.eq_any(people).and(employees::status.eq_any(working)))
        .select(employees::id)
        .load(conn)
        .await?;
    Ok(rows.into_iter().collect())
}

/// The status of a person, for rules that refer to one.
///
/// # Errors
/// `validation_failed` at `pointer` when there is no such person.
pub async fn status(conn: &mut Conn, id: EmployeeId, pointer: &str) -> Result<EmployeeStatus, Failure> {
    let code: Option<String> = employees::table
        .find(id.0)
        .select(employees::status)
        .first(conn)
        .await
        .optional()?;
    match code {
        Some(code) => Ok(code.parse()?),
        None => Err(unknown(pointer).into()),
    }
}

/// The person is of this estate or of the whole company, now or at another time, or has no post yet.
///
/// # Errors
/// `validation_failed` at `pointer` for anybody else.
pub async fn of_estate(conn: &mut Conn, id: EmployeeId, estate: EstateId, pointer: &str) -> Result<(), Failure> {
    let person = employees::table.filter(employees::id.eq(id.0).and(among(vec![estate.0])));
    let known: bool = diesel::select(exists(person)).get_result(conn).await?;
    if known { Ok(()) } else { Err(unknown(pointer).into()) }
}

/// 422: the person named at `pointer` is not known, or not to the caller.
#[must_use]
pub fn unknown(pointer: &str) -> Problem {
    Problem::field(
        pointer,
        "unknown_reference",
        Text::new("没有这位员工", "there is no such person"),
    )
}

/// Adds a person.
///
/// # Errors
/// `conflict` on the number.
pub async fn insert(conn: &mut Conn, row: &Employee) -> Result<(), Failure> {
    diesel::insert_into(employees::table).values(row).execute(conn).await?;
    Ok(())
}

/// Stores a changed person.
///
/// # Errors
/// `version_conflict`, `conflict` on the number.
pub async fn save(conn: &mut Conn, row: &mut Employee) -> Result<(), Failure> {
    save_row!(conn, employees, row)
}

/// The next free employee number (`W0001` …).
///
/// # Errors
/// As the database says.
pub async fn next_no(conn: &mut Conn) -> Result<String, Failure> {
    let last: Option<String> = employees::table
        .filter(employees::no.like("W____"))
        .select(diesel::dsl::max(employees::no))
        .first(conn)
        .await?;
    let last: u32 = last.and_then(|no| no[1..].parse().ok()).unwrap_or(0);
    Ok(format!("W{:04}", last + 1))
}
