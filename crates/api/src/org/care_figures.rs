//! Figures of computer management: corrections, failed backups, dormant accounts.

use actix_web::{get, web};
use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;
use wuye_domain::{access::need, shared::EstateId};
use wuye_persistence::{estates, org::care_figures};

use super::figures::FigureFilter;
use crate::{Answer, ApiResult, App, Guard, ListQuery};

/// An account nobody has used for this long is dormant.
const DORMANT: TimeDelta = TimeDelta::days(90);

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
    /// Active accounts without a login for 90 days.
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
    let zone = estates::find(&mut conn, estate).await?.time_zone;
    let dormant = care_figures::dormant_accounts(&mut conn, estate, now - DORMANT).await?;
    Answer::ok(&CareFigures {
        estate_id: estate,
        from,
        until,
        corrections: care_figures::corrections(&mut conn, estate, span).await?,
        failed_backups: care_figures::failed_backups(&mut conn, estate, span).await?,
        days_with_backup: care_figures::backup_days(&mut conn, estate, span, &zone).await?,
        days: (until - from).num_days(),
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
