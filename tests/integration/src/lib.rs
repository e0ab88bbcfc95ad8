//! Black-box tests over HTTP on a real PostgreSQL: one binary, one file per capability, each test on a database of its own.
#![cfg(test)]
#![allow(missing_docs, clippy::expect_used, clippy::unwrap_used, reason = "tests")]

mod architecture;
mod backup_restore;
mod documents;
mod harness;

mod access_login;
mod access_tokens;
mod access_totp;
mod access_walk;
mod bad_input;
mod demo;
mod desk_assistance;
mod desk_complaints;
mod desk_dispatch;
mod desk_disputes;
mod desk_files;
mod desk_public_report;
mod desk_repairs;
mod desk_scene;
mod desk_search;
mod desk_visits;
mod estate_archive;
mod estate_imports;
mod estate_register;
mod estate_second;
mod exports;
mod goals_annual_goals;
mod manual_clauses;
mod notices_inbox;
mod notices_outward;
mod openapi_components;
mod openapi_document;
mod org_acting;
mod org_computers;
mod org_structure;
mod org_tasks;
mod plans_briefings;
mod plans_obligations;
mod plans_triggers;
mod schema;
mod shared_calendar;
mod workbench;
