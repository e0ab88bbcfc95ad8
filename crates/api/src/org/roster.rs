//! The roster of an estate, week by week.

use actix_web::{get, http::StatusCode, post, web};
use chrono::{DateTime, Days, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;
use validator::Validate;
use wuye_domain::{
    access::{Scope, need},
    org::roster::monday,
    shared::{EmployeeId, EstateId, Problem, SubjectKind, Text, TrailEntry, period::Span, zone},
};
use wuye_persistence::{
    Conn, Failure, estates,
    org::{
        absences,
        assignments::{self, Assignment},
        roster::{self, RosterEntry, RosterLine},
        shifts::{self, Shift},
    },
};

use super::common;
use crate::{Answer, ApiResult, App, Command, Guard, ListQuery, Work};

/// Which week.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct RosterQuery {
    /// The estate; one's own when absent.
    estate_id: Option<EstateId>,
    /// Any day of the week; this week when absent.
    week: Option<NaiveDate>,
}

/// The roster of a week.
#[derive(Debug, Serialize, ToSchema)]
pub struct RosterWeek {
    estate_id: EstateId,
    /// Monday.
    from: NaiveDate,
    /// The Monday after.
    until: NaiveDate,
    entries: Vec<RosterLine>,
}

async fn week(conn: &mut Conn, scope: &Scope, estate: EstateId, day: NaiveDate) -> Result<RosterWeek, Failure> {
    let from = monday(day);
    let until = from + Days::new(7);
    let entries = roster::days(conn, scope, estate, from, until).await?;
    Ok(RosterWeek {
        estate_id: estate,
        from,
        until,
        entries,
    })
}

/// Read the roster
///
/// One week of an estate, Monday to Sunday.
#[utoipa::path(tag = "org", operation_id = "get_roster", params(RosterQuery),
    responses((status = 200, description = "The week", body = RosterWeek)),
    extensions(("x-permission" = json!("roster.read")), ("x-clauses" = json!(["PROC-GUARDLEAD-5.9", "PROC-TECH-5.11"]))))]
#[get("/roster")]
pub async fn get_roster(
    guard: Guard<need::RosterRead>,
    list: ListQuery<RosterQuery>,
    app: web::Data<App>,
) -> ApiResult<RosterWeek> {
    let estate = guard.estate(list.filter.estate_id)?;
    let mut conn = app.conn().await?;
    let day = match list.filter.week {
        Some(day) => day,
        None => common::today(&mut conn, Some(estate), app.now()).await?,
    };
    Answer::ok(&week(&mut conn, &guard.scope, estate, day).await?)
}

/// One cell of the roster: a person, a day, and the shift, or none.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RosterCell {
    /// Who.
    employee_id: EmployeeId,
    /// The day the shift begins.
    on_date: NaiveDate,
    /// The shift; absent for a day off.
    shift_id: Option<Uuid>,
}

/// Cells to be set.
#[derive(Debug, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SetRoster {
    /// The estate; one's own when absent.
    estate_id: Option<EstateId>,
    /// The cells; each takes the place of what stands there.
    #[validate(length(min = 1, max = 2000))]
    #[schema(min_items = 1, max_items = 2000)]
    entries: Vec<RosterCell>,
}

/// How many cells were set.
#[derive(Debug, Serialize, ToSchema)]
pub struct RosterSet {
    cleared: usize,
    set: usize,
}

/// Set the roster
///
/// Many cells at once, all or none. Refused for people who are away at that time or hold no post below the caller.
#[utoipa::path(tag = "org", operation_id = "set_roster", request_body = SetRoster,
    responses((status = 200, description = "Set", body = RosterSet)),
    extensions(("x-permission" = json!("roster.edit")), ("x-clauses" = json!(["PROC-GUARDLEAD-5.9", "PROC-TECH-5.11"]))))]
#[post("/roster")]
pub async fn set_roster(
    guard: Guard<need::RosterEdit>,
    command: Command<SetRoster>,
    app: web::Data<App>,
) -> ApiResult<RosterSet> {
    let estate = guard.estate(command.body.estate_id)?;
    let mut work = app.begin(&guard, &command).await?;
    let cells = &command.body.entries;
    let rows = entries(&mut work, &guard.scope, estate, cells).await?;
    let keys: Vec<(EmployeeId, NaiveDate)> = cells.iter().map(|cell| (cell.employee_id, cell.on_date)).collect();
    let cleared = roster::clear(&mut work, estate, &keys).await?;
    roster::insert(&mut work, &rows).await?;
    let done = RosterSet {
        cleared,
        set: rows.len(),
    };
    let days = keys.iter().map(|(_, day)| *day);
    let changes = serde_json::json!({ "cells": [done.cleared, done.set], "from": [null, days.clone().min()], "until": [null, days.max()] });
    work.record(
        TrailEntry::new(
            SubjectKind::RosterEntry,
            rows.first().map_or(Uuid::nil(), |row| row.id),
            "roster_set",
        )
        .estate(estate)
        .changes(changes),
    );
    work.answer(StatusCode::OK, &done).await
}

async fn entries(
    work: &mut Work,
    scope: &Scope,
    estate: EstateId,
    cells: &[RosterCell],
) -> Result<Vec<RosterEntry>, Failure> {
    let first = cells.iter().map(|cell| cell.on_date).min().unwrap_or_default();
    let people: Vec<EmployeeId> = cells.iter().map(|cell| cell.employee_id).collect();
    let ids: Vec<Uuid> = people.iter().map(|id| id.0).collect();
    let held = assignments::of_people(work, &ids, first).await?;
    let kinds = shifts::list(work, scope, Some(estate)).await?;
    let zone = zone::zone(&estates::find(work, estate).await?.time_zone);
    let (now, by) = (work.now, work.actor.employee.map(|id| id.0));
    let mut rows = Vec::with_capacity(cells.len());
    for (index, cell) in cells.iter().enumerate() {
        let post = post_of(&held, scope, estate, cell).ok_or_else(|| no_post(index))?;
        let Some(shift) = cell.shift_id else { continue };
        let shift = kind_of(&kinds, shift).ok_or_else(|| no_shift(index))?;
        let (starts_at, ends_at) = shift.hours().on(cell.on_date, zone);
        rows.push(RosterEntry {
            id: Uuid::now_v7(),
            estate_id: estate.0,
            responsible_post: post.post.clone(),
            responsible_assignment: Some(post.id),
            squad_id: post.squad_id,
            area_id: post.area_id,
            created_by: by,
            employee_id: cell.employee_id.0,
            shift_id: shift.id,
            on_date: cell.on_date,
            starts_at,
            ends_at,
            created_at: now,
        });
    }
    nobody_away(work, &people, &rows).await?;
    Ok(rows)
}

fn post_of<'a>(held: &'a [Assignment], scope: &Scope, estate: EstateId, cell: &RosterCell) -> Option<&'a Assignment> {
    held.iter().find(|row| {
        row.employee_id == cell.employee_id.0
            && row.estate_id == Some(estate.0)
            && row.valid_from <= cell.on_date
            && row.valid_until.is_none_or(|until| cell.on_date < until)
            && common::opens(scope, row)
    })
}

fn kind_of(kinds: &[Shift], id: Uuid) -> Option<&Shift> {
    kinds.iter().find(|shift| shift.id == id && shift.active)
}

fn no_post(index: usize) -> Problem {
    let words = Text::new(
        "此人当日在该小区没有您可排班的岗位",
        "the person holds no post here on that day that you may roster",
    );
    Problem::field(format!("/entries/{index}/employee_id"), "no_post", words)
}

fn no_shift(index: usize) -> Problem {
    let words = Text::new(
        "没有这个班次或已停用",
        "there is no such shift, or it is no longer given out",
    );
    Problem::field(format!("/entries/{index}/shift_id"), "unknown_reference", words)
}

async fn nobody_away(conn: &mut Conn, people: &[EmployeeId], rows: &[RosterEntry]) -> Result<(), Failure> {
    let bounds: Option<(DateTime<Utc>, DateTime<Utc>)> = rows
        .iter()
        .map(|row| row.starts_at)
        .min()
        .zip(rows.iter().map(|row| row.ends_at).max());
    let Some((from, until)) = bounds else { return Ok(()) };
    let away = absences::of_people(conn, people, Span { from, until }).await?;
    for row in rows {
        let span = Span {
            from: row.starts_at,
            until: row.ends_at,
        };
        let absent = away.iter().any(|absence| {
            absence.employee_id == row.employee_id && absence.state == "approved" && absence.span().overlaps(&span)
        });
        if absent {
            let day = row.on_date;
            let words = wuye_domain::text!("{day}该员工不在岗，不能排班", "the person is away on {day}");
            return Err(Problem::field("/entries", "absent", words).into());
        }
    }
    Ok(())
}
