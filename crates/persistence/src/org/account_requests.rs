//! Requests for accounts and their answers (DER-COMPUTER-2); the accounts themselves are in [`crate::accounts`].

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;
use wuye_domain::{
    access::Scope,
    org::{AccountRequestKind, AccountRequestState},
    shared::{EmployeeId, EstateId, ListRequest},
};

use crate::{Conn, Failure, Rows, in_estates, keyset, save_row, schema::account_requests, split_next};

/// A request that a person get, lose or get back an account.
#[derive(Clone, Debug, Queryable, Selectable, Insertable, AsChangeset, Serialize, ToSchema)]
#[diesel(table_name = account_requests, treat_none_as_default_value = false, treat_none_as_null = true)]
pub struct AccountRequest {
    /// Its id.
    pub id: Uuid,
    /// The estate.
    pub estate_id: Uuid,
    /// Whose account.
    pub employee_id: Uuid,
    /// What is asked.
    #[schema(value_type = AccountRequestKind)]
    pub kind: String,
    /// The login name wished for.
    pub username: Option<String>,
    /// Why.
    pub reason: String,
    /// Where it stands.
    #[schema(value_type = AccountRequestState)]
    pub state: String,
    /// The account it led to.
    pub account_id: Option<Uuid>,
    /// Who asked; absent for the administrator of the installation.
    pub requested_by: Option<Uuid>,
    /// Who decided.
    pub decided_by: Option<Uuid>,
    /// When.
    pub decided_at: Option<DateTime<Utc>>,
    /// What was said to it.
    pub decision_note: Option<String>,
    /// Rises with every change.
    pub version: i32,
    /// When it was made.
    pub created_at: DateTime<Utc>,
    /// When it was last changed.
    pub updated_at: DateTime<Utc>,
}

/// Which requests are wanted.
#[derive(Clone, Debug, Default)]
pub struct AccountRequestFilter {
    /// In this estate.
    pub estate: Option<EstateId>,
    /// For this person.
    pub employee: Option<EmployeeId>,
    /// In this state.
    pub state: Option<AccountRequestState>,
}

/// Requests in scope, by the time they were made.
///
/// # Errors
/// As the database says.
pub async fn list(
    conn: &mut Conn,
    scope: &Scope,
    filter: &AccountRequestFilter,
    request: &ListRequest<()>,
) -> Result<Rows<AccountRequest>, Failure> {
    let filtered = || {
        let mut query = account_requests::table
            .filter(in_estates!(account_requests, scope))
            .into_boxed();
        if let Some(estate) = filter.estate {
            query = query.filter(account_requests::estate_id.eq(estate.0));
        }
        if let Some(employee) = filter.employee {
            query = query.filter(account_requests::employee_id.eq(employee.0));
        }
        if let Some(state) = filter.state {
            query = query.filter(account_requests::state.eq(state.code()));
        }
        query
    };
    let total = if request.count {
        Some(filtered().count().get_result(conn).await?)
    } else {
        None
    };
    let rows: Vec<AccountRequest> = keyset!(
        filtered().select(AccountRequest::as_select()),
        request,
        account_requests::created_at,
        account_requests::id,
        DateTime<Utc>
    )
    .load(conn)
    .await?;
    Ok(split_next(rows, request.limit, total, |row| {
        (serde_json::json!(row.created_at), row.id)
    }))
}

/// One request within the scope.
///
/// # Errors
/// `not_found`.
pub async fn find(conn: &mut Conn, scope: &Scope, id: Uuid) -> Result<AccountRequest, Failure> {
    Ok(account_requests::table
        .filter(account_requests::id.eq(id))
        .filter(in_estates!(account_requests, scope))
        .select(AccountRequest::as_select())
        .first(conn)
        .await?)
}

/// Adds a request.
///
/// # Errors
/// `conflict` when the same is asked already.
pub async fn insert(conn: &mut Conn, row: &AccountRequest) -> Result<(), Failure> {
    diesel::insert_into(account_requests::table)
        .values(row)
        .execute(conn)
        .await?;
    Ok(())
}

/// Stores a changed request.
///
/// # Errors
/// `version_conflict`.
pub async fn save(conn: &mut Conn, row: &mut AccountRequest) -> Result<(), Failure> {
    save_row!(conn, account_requests, row)
}
