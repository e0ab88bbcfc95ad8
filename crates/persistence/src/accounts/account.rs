//! The account row: one per person or service.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use uuid::Uuid;
use wuye_domain::{
    access::Scope,
    shared::{AccountId, EmployeeId, ListRequest, Problem, ProblemCode, Text},
};

use crate::{Conn, Failure, Rows, keyset, schema::accounts, split_next};

/// An account as it lies in the database; never sent as it is, it holds the password's hash.
#[derive(Clone, Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = accounts, treat_none_as_default_value = false)]
pub struct Account {
    /// Its id.
    pub id: Uuid,
    /// `person` or `service`.
    pub kind: String,
    /// Login name, lower case.
    pub username: String,
    /// Shown to people.
    pub display_name: String,
    /// The person.
    pub employee_id: Option<Uuid>,
    /// Argon2id in PHC form; services have none.
    pub password_hash: Option<String>,
    /// Set until the first password is replaced.
    pub must_change_password: bool,
    /// `requested`, `active`, `disabled`, `refused`.
    pub state: String,
    /// Tokens of an older epoch are refused.
    pub epoch: i32,
    /// The bootstrap administrator.
    pub is_administrator: bool,
    /// Secret of the one-time codes.
    pub totp_secret: Option<Vec<u8>>,
    /// Since when they are asked for.
    pub totp_confirmed_at: Option<DateTime<Utc>>,
    /// The last time step used: a code works once.
    pub totp_last_step: Option<i64>,
    /// Hashes of the recovery codes left.
    pub recovery_codes: Vec<Option<String>>,
    /// Services: their permissions.
    pub permissions: Vec<Option<String>>,
    /// Services: their estates.
    pub estates: Vec<Option<Uuid>>,
    /// Why it was requested, changed or disabled.
    pub reason: Option<String>,
    /// Who asked for it.
    pub requested_by: Option<Uuid>,
    /// Who granted it.
    pub granted_by: Option<Uuid>,
    /// When it was disabled.
    pub disabled_at: Option<DateTime<Utc>>,
    /// Last login.
    pub last_login_at: Option<DateTime<Utc>>,
    /// For If-Match.
    pub version: i32,
    /// When it was made.
    pub created_at: DateTime<Utc>,
    /// When it was last changed.
    pub updated_at: DateTime<Utc>,
}

/// The fields that change; everything else about an account is fixed.
#[derive(Clone, Debug, AsChangeset)]
#[diesel(table_name = accounts, treat_none_as_null = true)]
pub struct ChangeAccount {
    /// See [`Account`].
    pub display_name: String,
    /// See [`Account`].
    pub password_hash: Option<String>,
    /// See [`Account`].
    pub must_change_password: bool,
    /// See [`Account`].
    pub state: String,
    /// See [`Account`].
    pub is_administrator: bool,
    /// See [`Account`].
    pub totp_secret: Option<Vec<u8>>,
    /// See [`Account`].
    pub totp_confirmed_at: Option<DateTime<Utc>>,
    /// See [`Account`].
    pub totp_last_step: Option<i64>,
    /// See [`Account`].
    pub recovery_codes: Vec<Option<String>>,
    /// See [`Account`].
    pub permissions: Vec<Option<String>>,
    /// See [`Account`].
    pub estates: Vec<Option<Uuid>>,
    /// See [`Account`].
    pub reason: Option<String>,
    /// See [`Account`].
    pub granted_by: Option<Uuid>,
    /// See [`Account`].
    pub disabled_at: Option<DateTime<Utc>>,
    /// See [`Account`].
    pub updated_at: DateTime<Utc>,
}

impl From<&Account> for ChangeAccount {
    fn from(account: &Account) -> Self {
        let account = account.clone();
        Self {
            display_name: account.display_name,
            password_hash: account.password_hash,
            must_change_password: account.must_change_password,
            state: account.state,
            is_administrator: account.is_administrator,
            totp_secret: account.totp_secret,
            totp_confirmed_at: account.totp_confirmed_at,
            totp_last_step: account.totp_last_step,
            recovery_codes: account.recovery_codes,
            permissions: account.permissions,
            estates: account.estates,
            reason: account.reason,
            granted_by: account.granted_by,
            disabled_at: account.disabled_at,
            updated_at: account.updated_at,
        }
    }
}

/// Adds an account.
///
/// # Errors
/// `conflict` on the user name.
pub async fn insert(conn: &mut Conn, account: &Account) -> Result<(), Failure> {
    diesel::insert_into(accounts::table)
        .values(account)
        .execute(conn)
        .await?;
    Ok(())
}

/// One account, locked when it is about to be changed.
///
/// # Errors
/// `not_found`.
pub async fn find(conn: &mut Conn, id: AccountId) -> Result<Account, Failure> {
    Ok(accounts::table
        .find(id.0)
        .select(Account::as_select())
        .first(conn)
        .await?)
}

/// The account of this login name.
///
/// # Errors
/// As the database says.
pub async fn find_by_username(conn: &mut Conn, username: &str) -> Result<Option<Account>, Failure> {
    Ok(accounts::table
        .filter(accounts::username.eq(username))
        .select(Account::as_select())
        .first(conn)
        .await
        .optional()?)
}

/// The account of a person.
///
/// # Errors
/// As the database says.
pub async fn find_by_employee(conn: &mut Conn, employee: EmployeeId) -> Result<Option<Account>, Failure> {
    Ok(accounts::table
        .filter(accounts::employee_id.eq(employee.0).and(accounts::kind.eq("person")))
        .select(Account::as_select())
        .first(conn)
        .await
        .optional()?)
}

/// Stores a changed account and raises its version; with `new_epoch` older tokens end.
///
/// # Errors
/// `version_conflict` when somebody was faster.
pub async fn save(conn: &mut Conn, account: &Account, new_epoch: bool) -> Result<Account, Failure> {
    let saved = diesel::update(
        accounts::table
            .find(account.id)
            .filter(accounts::version.eq(account.version)),
    )
    .set((
        ChangeAccount::from(account),
        accounts::version.eq(account.version + 1),
        // Counted in the row: an epoch that was raised since the account was read stays raised.
        accounts::epoch.eq(accounts::epoch + i32::from(new_epoch)),
    ))
    .returning(Account::as_returning())
    .get_result(conn)
    .await
    .optional()?;
    saved.ok_or_else(|| version_conflict().into())
}

/// 412: the version given is not the present one.
#[must_use]
pub fn version_conflict() -> Problem {
    Problem::new(
        ProblemCode::VersionConflict,
        Text::new(
            "记录在您打开之后已被修改。请重新载入，核对后再保存。",
            "The record was changed after you opened it. Reload it, compare, and save again.",
        ),
    )
}

/// Services by name, those whose every estate the scope covers; `q` matches part of either name.
///
/// # Errors
/// As the database says.
pub async fn services(
    conn: &mut Conn,
    scope: &Scope,
    q: Option<&str>,
    request: &ListRequest<()>,
) -> Result<Rows<Account>, Failure> {
    let filtered = || {
        let mut query = accounts::table.filter(accounts::kind.eq("service")).into_boxed();
        if !scope.company() {
            let covered: Vec<Option<Uuid>> = scope.estates().iter().map(|id| Some(id.0)).collect();
            query = query.filter(accounts::estates.is_contained_by(covered));
        }
        if let Some(q) = q {
            let pattern = format!("%{}%", q.replace(['%', '_', '\\'], ""));
            query = query.filter(
                accounts::username
                    .ilike(pattern.clone())
                    .or(accounts::display_name.ilike(pattern)),
            );
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
    Ok(split_next(rows, request.limit, total, |account| {
        (account.username.clone().into(), account.id)
    }))
}

/// The epoch of an account and whether it is active.
///
/// # Errors
/// As the database says.
pub async fn epoch(mut conn: &Conn, id: AccountId) -> Result<Option<(i32, bool)>, Failure> {
    let row: Option<(i32, String)> = accounts::table
        .find(id.0)
        .select((accounts::epoch, accounts::state))
        .first(&mut conn)
        .await
        .optional()?;
    Ok(row.map(|(epoch, state)| (epoch, state == "active")))
}

/// Every account's epoch; 0 stands for one that is not active.
///
/// # Errors
/// As the database says.
pub async fn epochs(conn: &mut Conn) -> Result<Vec<(Uuid, i32)>, Failure> {
    let rows: Vec<(Uuid, i32, String)> = accounts::table
        .select((accounts::id, accounts::epoch, accounts::state))
        .load(conn)
        .await?;
    Ok(rows
        .into_iter()
        .map(|(id, epoch, state)| (id, if state == "active" { epoch } else { 0 }))
        .collect())
}

/// Ends the tokens of one account.
///
/// # Errors
/// As the database says.
pub async fn raise_epoch(conn: &mut Conn, id: AccountId) -> Result<(), Failure> {
    diesel::update(accounts::table.find(id.0))
        .set(accounts::epoch.eq(accounts::epoch + 1))
        .execute(conn)
        .await?;
    Ok(())
}

/// Ends the tokens of these people: their posts changed outside a date boundary. Gives the accounts concerned.
///
/// # Errors
/// As the database says.
pub async fn raise_epoch_of_employees(conn: &mut Conn, people: &[EmployeeId]) -> Result<Vec<Uuid>, Failure> {
    let ids: Vec<Uuid> = people.iter().map(|id| id.0).collect();
    Ok(
        diesel::update(accounts::table.filter(accounts::employee_id.eq_any(ids)))
            .set(accounts::epoch.eq(accounts::epoch + 1))
            .returning(accounts::id)
            .get_results(conn)
            .await?,
    )
}

/// Rights end with the employment (DER-COMPUTER-2): disables the accounts of a person who left. Gives the accounts.
///
/// # Errors
/// As the database says.
pub async fn disable_of_employee(
    conn: &mut Conn,
    employee: EmployeeId,
    reason: &str,
    now: DateTime<Utc>,
) -> Result<Vec<Uuid>, Failure> {
    Ok(
        diesel::update(
            accounts::table.filter(accounts::employee_id.eq(employee.0).and(accounts::state.ne("disabled"))),
        )
        .set((
            accounts::state.eq("disabled"),
            accounts::disabled_at.eq(now),
            accounts::reason.eq(reason),
            accounts::epoch.eq(accounts::epoch + 1),
            accounts::version.eq(accounts::version + 1),
            accounts::updated_at.eq(now),
        ))
        .returning(accounts::id)
        .get_results(conn)
        .await?,
    )
}

/// Notes a login.
///
/// # Errors
/// As the database says.
pub async fn touch_login(conn: &mut Conn, id: AccountId, now: DateTime<Utc>) -> Result<(), Failure> {
    diesel::update(accounts::table.find(id.0))
        .set(accounts::last_login_at.eq(now))
        .execute(conn)
        .await?;
    Ok(())
}

impl Account {
    /// A person's account, ready to log in.
    #[must_use]
    pub fn person(id: Uuid, username: &str, display_name: &str, password_hash: String, now: DateTime<Utc>) -> Self {
        Self {
            id,
            kind: "person".to_owned(),
            username: username.to_owned(),
            display_name: display_name.to_owned(),
            employee_id: None,
            password_hash: Some(password_hash),
            must_change_password: false,
            state: "active".to_owned(),
            epoch: 1,
            is_administrator: false,
            totp_secret: None,
            totp_confirmed_at: None,
            totp_last_step: None,
            recovery_codes: Vec::new(),
            permissions: Vec::new(),
            estates: Vec::new(),
            reason: None,
            requested_by: None,
            granted_by: None,
            disabled_at: None,
            last_login_at: None,
            version: 1,
            created_at: now,
            updated_at: now,
        }
    }

    /// The administrator of the installation.
    #[must_use]
    pub fn administrator(mut self) -> Self {
        self.is_administrator = true;
        self
    }
}
