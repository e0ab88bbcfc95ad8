//! The organisation: posts, people and edges; acting; duty; tasks; accounts and computers.

mod absences;
mod account_requests;
mod accounts;
mod acting;
mod acting_facts;
mod aliases;
pub mod approver;
mod assignments;
mod backups;
mod care_figures;
mod chart;
pub mod climb;
pub mod common;
mod computers;
mod corrections;
mod cover;
mod data_checks;
mod departments;
mod edges;
mod employees;
mod entrusted;
mod exports;
mod figures;
pub mod history;
pub mod leaving;
pub mod named;
mod pairs;
mod posts;
pub mod qualifications;
mod roster;
mod shifts;
mod squads;
pub mod tasks;

use crate::routes::Routes;

/// The routes of this context.
pub fn configure(config: &mut Routes<'_>) {
    config
        .configure(exports::configure)
        .configure(structure)
        .configure(duty)
        .configure(tasks::configure)
        .configure(care);
}

/// org_structure.
fn structure(config: &mut Routes<'_>) {
    config
        .service(departments::list_departments)
        .service(departments::change_department)
        .service(posts::list_posts)
        .service(posts::change_post)
        .service(posts::cover_post)
        .service(chart::get_org_chart)
        .service(chart::cover_box)
        .service(chart::get_reporting_line)
        .service(edges::list_reporting_edges)
        .service(edges::create_reporting_edge)
        .service(edges::approve_reporting_edge)
        .service(edges::end_reporting_edge)
        .service(employees::list_employees)
        .service(employees::get_employee)
        .service(employees::create_employee)
        .service(employees::change_employee)
        .service(employees::change_employee_status)
        .service(assignments::list_assignments)
        .service(assignments::create_assignment)
        .service(assignments::endorse_assignment)
        .service(assignments::approve_assignment)
        .service(assignments::reject_assignment)
        .service(assignments::cancel_assignment)
        .service(assignments::end_assignment)
        .service(squads::list_squads)
        .service(squads::create_squad)
        .service(squads::change_squad)
        .service(entrusted::list_entrusted_duties)
        .service(entrusted::create_entrusted_duty)
        .service(entrusted::end_entrusted_duty)
        .service(aliases::list_name_aliases)
        .service(aliases::create_name_alias)
        .service(aliases::delete_name_alias)
        .service(figures::get_org_figures);
}

/// delegation_acting, with absences, roster and qualifications.
fn duty(config: &mut Routes<'_>) {
    config
        .service(acting::list_acting_periods)
        .service(acting::get_acting_period)
        .service(acting::create_acting_period)
        .service(acting::confirm_acting_period)
        .service(acting::reject_acting_period)
        .service(acting::cancel_acting_period)
        .service(acting::end_acting_period)
        .service(pairs::list_stand_in_pairs)
        .service(pairs::create_stand_in_pair)
        .service(pairs::end_stand_in_pair)
        .service(absences::list_absences)
        .service(absences::create_absence)
        .service(absences::approve_absence)
        .service(absences::refuse_absence)
        .service(absences::cancel_absence)
        .service(shifts::list_shifts)
        .service(shifts::create_shift)
        .service(shifts::change_shift)
        .service(roster::get_roster)
        .service(roster::set_roster)
        .service(qualifications::list_qualifications)
        .service(qualifications::create_qualification)
        .service(qualifications::end_qualification);
}

/// computer_management.
fn care(config: &mut Routes<'_>) {
    config
        .service(computers::list_computers)
        .service(computers::create_computer)
        .service(computers::change_computer)
        .service(accounts::list_accounts)
        .service(account_requests::list_account_requests)
        .service(account_requests::create_account_request)
        .service(account_requests::grant_account_request)
        .service(account_requests::refuse_account_request)
        .service(data_checks::list_data_checks)
        .service(data_checks::create_data_check)
        .service(data_checks::conclude_data_check)
        .service(data_checks::fix_data_check)
        .service(backups::list_backup_records)
        .service(backups::create_backup_record)
        .service(backups::verify_backup_record)
        .service(corrections::list_data_corrections)
        .service(corrections::create_data_correction)
        .service(corrections::approve_data_correction)
        .service(corrections::reject_data_correction)
        .service(care_figures::get_care_figures);
}
