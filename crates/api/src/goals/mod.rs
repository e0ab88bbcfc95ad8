//! Annual goals: the sheet of a year, its figures with the cases behind them, and the service standard.

mod dto;
mod entries;
mod figures;
mod measuring;
mod rows;
mod sets;
mod standard;
mod tabular;

use utoipa_actix_web::service_config::ServiceConfig;
use wuye_domain::{
    goals::{CaseFact, DatedCase, Formula, GoalOptions, Sources},
    shared::{
        EstateId,
        zone::{Tz, zone},
    },
};
use wuye_persistence::{Conn, Failure, estates, goals::GoalSetRow, service_desk::measures, settings};

/// The routes of this context.
pub fn configure(config: &mut ServiceConfig<'_>) {
    config
        .service(sets::list_goal_sets)
        .service(sets::create_goal_set)
        .service(sets::get_goal_set)
        .service(sets::replace_goals)
        .service(sets::approve_goal_set)
        .service(figures::get_goal_figures)
        .service(figures::get_goal_trend)
        .service(rows::export_goal_rows)
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

/// Zone and readings of the estate of a set.
async fn readings(conn: &mut Conn, set: &GoalSetRow) -> Result<(Tz, GoalOptions), Failure> {
    let estate = EstateId(set.estate_id);
    let zone = zone(&estates::find(conn, estate).await?.time_zone);
    Ok((zone, GoalOptions::of(&settings::load(conn, Some(estate)).await?)))
}

/// What a goal of this set is computed from.
async fn sources(
    conn: &mut Conn,
    scope: &wuye_domain::access::Scope,
    set: &GoalSetRow,
    zone: Tz,
    goals: &[wuye_persistence::goals::GoalRow],
) -> Result<Vec<Sources>, Failure> {
    let cases: Vec<DatedCase> = measures::cases_of_year(conn, scope, set.estate_id.into(), set.year, zone)
        .await?
        .into_iter()
        .map(dated)
        .collect();
    let mut all = Vec::with_capacity(goals.len());
    for row in goals {
        all.push(match row.goal.formula {
            Formula::ValidComplaints | Formula::HandlingRate => Sources {
                cases: cases.clone(),
                entered: Vec::new(),
            },
            Formula::Manual => Sources {
                cases: Vec::new(),
                entered: wuye_persistence::goals::entries(conn, row.id).await?,
            },
            Formula::Satisfaction | Formula::StaffViolations | Formula::FeeCollection => Sources::default(),
        });
    }
    Ok(all)
}

fn dated(case: measures::CaseOfYear) -> DatedCase {
    DatedCase {
        fact: CaseFact {
            kind: case.kind,
            validity: case.validity,
            received_on: case.received_on,
            due_on: case.due_on,
            closed_on: case.closed_on,
            is_duplicate: case.is_duplicate,
        },
        decided_on: case.decided_on,
    }
}
