//! The register of logins, as far as an estate's managers see it.

use diesel::{dsl::exists, prelude::*};
use diesel_async::RunQueryDsl;
use uuid::Uuid;
use wuye_domain::{
    access::Scope,
    shared::{EmployeeId, ListRequest},
};

use crate::{
    Conn, Failure, Rows,
    accounts::Account,
    fixed::fixed,
    keyset,
    schema::{accounts, assignments},
    split_next,
};

/// People's accounts by login name. `scope` opens those of people who hold or held a post in its estates.
///
/// # Errors
/// As the database says.
pub async fn list(
    conn: &mut Conn,
    scope: &Scope,
    q: Option<&str>,
    state: Option<&str>,
    request: &ListRequest<()>,
) -> Result<Rows<Account>, Failure> {
    let filtered = || {
        let mut query = accounts::table
            .filter(accounts::kind.eq("person"))
            .filter(visible(scope))
            .into_boxed();
        if let Some(q) = q {
            let pattern = format!("%{}%", q.replace(['%', '_', '\\'], ""));
            query = query.filter(
                accounts::username
                    .ilike(pattern.clone())
                    .or(accounts::display_name.ilike(pattern)),
            );
        }
        if let Some(state) = state {
            query = query.filter(accounts::state.eq(state.to_owned()));
        }
        query
    };
    let total = if request.count {
        Some(filtered().count().get_result(conn).await?)
    } else {
        None
    };
    let rows: Vec<Account> = keyset!(
        filtered().select(Account::as_select()),
        request,
        accounts::username,
        accounts::id,
        String
    )
    .load(conn)
    .await?;
    Ok(split_next(rows, request.limit, total, |row| {
        (row.username.clone().into(), row.id)
    }))
}

/// Whether one of these people has ever logged in, and still can.
///
/// # Errors
/// As the database says.
pub async fn have_logged_in(conn: &mut Conn, people: &[EmployeeId]) -> Result<bool, Failure> {
    let people: Vec<Uuid> = people.iter().map(|id| id.0).collect();
    let awake = accounts::table.filter(
        accounts::state
            .eq("active")
            .and(accounts::last_login_at.is_not_null())
            .and(accounts::employee_id.eq_any(people)),
    );
    Ok(diesel::select(exists(awake)).get_result(conn).await?)
}

fn visible(scope: &Scope) -> crate::scope::Predicate<accounts::table> {
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
    let here = assignments::table
        .filter(accounts::employee_id.assume_not_null().eq(assignments::employee_id))
        .filter(assignments::estate_id.assume_not_null().eq_any(estates));
    Box::new(exists(here))
}
