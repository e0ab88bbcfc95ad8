//! Annual goals: the sheet of a year, its figures with the cases behind them, and the service standard.

mod climb;
mod dto;
mod entries;
mod export;
mod figures;
mod measuring;
mod rows;
mod sets;
mod standard;

use std::collections::{HashMap, hash_map::Entry};

use chrono::{DateTime, NaiveDate, Utc};
use uuid::Uuid;
use wuye_domain::{
    access::Scope,
    goals::{CaseFact, DatedCase, Formula, GoalOptions, GoalSet, GoalSetState, Sources, centre_managers},
    shared::{EmployeeId, zone::Tz},
};
use wuye_persistence::{
    Conn, Failure,
    goals::{self, GoalRow, GoalSetRow},
    service_desk::measures,
};

pub use climb::missed_deadlines;

use crate::{
    Work,
    org::{
        approver::{self, DecisionView},
        common,
    },
    routes::Routes,
    terms::Terms,
};

/// The routes of this context.
pub fn configure(config: &mut Routes<'_>) {
    config
        .service(sets::list_goal_sets)
        .service(export::export_goal_sets)
        .service(sets::create_goal_set)
        .service(sets::get_goal_set)
        .service(sets::replace_goals)
        .service(sets::approve_goal_set)
        .service(export::export_goal_figures)
        .service(export::export_goal_trend)
        .service(export::export_goal_rows)
        .service(figures::get_goal_figures)
        .service(figures::get_goal_trend)
        .service(rows::list_goal_rows)
        .service(measuring::measure_goal_set)
        .service(measuring::sign_goal_set)
        .service(measuring::freeze_goal_set)
        .service(measuring::list_goal_measurements)
        .service(measuring::remeasure_goal)
        .service(entries::enter_goal_figure)
        .service(standard::get_service_standard)
        .service(standard::change_service_standard);
}

/// What the goals of a set are read by: the day and zone of its estate, and the readings it has set.
async fn readings(conn: &mut Conn, set: &GoalSetRow) -> Result<(Terms, GoalOptions), Failure> {
    let terms = Terms::of(conn, set.estate_id.into()).await?;
    let options = GoalOptions::of(&terms.settings);
    Ok((terms, options))
}

/// The day at the estate of each set.
async fn days(conn: &mut Conn, sets: &[GoalSetRow], now: DateTime<Utc>) -> Result<HashMap<Uuid, NaiveDate>, Failure> {
    let mut days = HashMap::new();
    for set in sets {
        if let Entry::Vacant(day) = days.entry(set.estate_id) {
            day.insert(common::today(conn, Some(set.estate_id.into()), now).await?);
        }
    }
    Ok(days)
}

/// Nobody approves their own draft; what was approved is signed and frozen by whose office it is.
fn barred(set: &GoalSet) -> &[EmployeeId] {
    match set.state {
        GoalSetState::Draft => std::slice::from_ref(&set.drafted_by),
        _ => &[],
    }
}

/// Who decides on a year's goals: the centre manager, and where that is barred the next one up the line.
async fn decided_by(
    conn: &mut Conn,
    set: &GoalSet,
    today: NaiveDate,
    now: DateTime<Utc>,
) -> Result<Option<DecisionView>, Failure> {
    match approver::ask(conn, &centre_managers(set, barred(set), today), now).await? {
        Ok(found) => DecisionView::of(conn, &found).await.map(Some),
        Err(_) => Ok(None),
    }
}

/// The caller is one of them, or is told who is.
async fn must_decide(work: &mut Work, set: &GoalSet, today: NaiveDate) -> Result<(), Failure> {
    let (actor, now) = (work.actor.clone(), work.now);
    let barred = barred(set);
    let found = approver::resolve(work, &centre_managers(set, barred, today), now).await?;
    let by = approver::must_decide(work, &actor, &found, barred).await?;
    work.decides_as(&by);
    Ok(())
}

/// The complaints and opinions of a set's year, as the goals count them.
async fn cases(conn: &mut Conn, scope: &Scope, set: &GoalSetRow, zone: Tz) -> Result<Vec<DatedCase>, Failure> {
    let cases = measures::cases_of_year(conn, scope, set.estate_id.into(), set.year, zone).await?;
    Ok(cases.into_iter().map(dated).collect())
}

/// What each goal of this set is computed from.
async fn sources(
    conn: &mut Conn,
    scope: &Scope,
    set: &GoalSetRow,
    zone: Tz,
    sheet: &[GoalRow],
) -> Result<Vec<Sources>, Failure> {
    let cases = cases(conn, scope, set, zone).await?;
    let mut all = Vec::with_capacity(sheet.len());
    for row in sheet {
        all.push(match row.goal.formula {
            Formula::ValidComplaints | Formula::HandlingRate => Sources {
                cases: cases.clone(),
                entered: Vec::new(),
            },
            Formula::Manual => Sources {
                cases: Vec::new(),
                entered: goals::entries(conn, row.id).await?,
            },
            Formula::Satisfaction | Formula::StaffViolations | Formula::FeeCollection => Sources::default(),
        });
    }
    Ok(all)
}

fn dated(case: measures::CaseOfYear) -> DatedCase {
    DatedCase {
        id: case.id,
        fact: CaseFact {
            kind: case.kind,
            validity: case.validity,
            received_on: case.received_on,
            due_on: case.due_on,
            closed_on: case.closed_on,
            is_duplicate: case.is_duplicate,
        },
        decided_on: case.decided_on,
        closed_before: case.closed_before,
    }
}
