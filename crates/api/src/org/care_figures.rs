//! Figures of computer management: corrections, failed backups, dormant accounts.

use actix_web::{get, web};
use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;
use wuye_domain::{
    access::need,
    shared::{EstateId, SettingKey},
};
use wuye_persistence::{estates, org::care_figures, settings};

use super::figures::FigureFilter;
use crate::{Answer, ApiResult, App, Guard, ListQuery};

/// An account that nobody uses.
#[derive(Debug, Serialize, ToSchema)]
pub struct DormantAccount {
    account_id: Uuid,
    username: String,
    last_login_at: Option<DateTime<Utc>>,
}

/// Computer management in numbers.
#[derive(Debug, Serialize, ToSchema)]
pub struct CareFigures {
    estate_id: EstateId,
    from: NaiveDate,
    until: NaiveDate,
    /// Corrections of charging data approved in the time.
    corrections: i64,
    /// Backups and restore tests that did not work.
    failed_backups: i64,
    /// Days on which a backup worked.
    days_with_backup: i64,
    /// Days of the time that have begun.
    days: i64,
    /// The last test that a backup can be restored and that worked.
    last_restore_test_at: Option<DateTime<Utc>>,
    /// It is longer ago than the setting allows, or there was none.
    restore_test_due: bool,
    /// Days without a login after which an account is dormant.
    dormant_after_days: i64,
    /// Active accounts without a login for so long.
    dormant_accounts: Vec<DormantAccount>,
}

/// Figures of computer management
#[utoipa::path(tag = "accounts", operation_id = "get_care_figures", params(FigureFilter),
    responses((status = 200, description = "The figures", body = CareFigures)),
    extensions(("x-permission" = json!("account.read")), ("x-clauses" = json!(["DER-COMPUTER-2", "DER-COMPUTER-3", "DER-COMPUTER-4"]))))]
#[get("/computer-figures")]
pub async fn get_care_figures(
    guard: Guard<need::AccountRead>,
    list: ListQuery<FigureFilter>,
    app: web::Data<App>,
) -> ApiResult<CareFigures> {
    let estate = guard.estate(list.filter.estate_id)?;
    let mut conn = app.conn().await?;
    let now = app.now();
    let (from, until, span, _) = list.filter.span(&mut conn, estate, now).await?;
    let zone = estates::find(&conn, estate).await?.time_zone;
    let settings = settings::load(&conn, Some(estate)).await?;
    let dormant_after_days = settings.get(SettingKey::DormantDays);
    let idle_since = now - TimeDelta::days(dormant_after_days);
    let dormant = care_figures::dormant_accounts(&mut conn, estate, idle_since).await?;
    let tested = care_figures::last_restore_test(&mut conn, estate, now).await?;
    let test_again = TimeDelta::days(settings.get(SettingKey::RestoreTestDays));
    Answer::ok(&CareFigures {
        estate_id: estate,
        from,
        until,
        corrections: care_figures::corrections(&mut conn, estate, span).await?,
        failed_backups: care_figures::failed_backups(&mut conn, estate, span).await?,
        days_with_backup: care_figures::backup_days(&mut conn, estate, span, &zone).await?,
        days: (until - from).num_days(),
        restore_test_due: tested.is_none_or(|at| at + test_again < now),
        last_restore_test_at: tested,
        dormant_after_days,
        dormant_accounts: dormant
            .into_iter()
            .map(|(account_id, username, last_login_at)| DormantAccount {
                account_id,
                username,
                last_login_at,
            })
            .collect(),
    })
}
