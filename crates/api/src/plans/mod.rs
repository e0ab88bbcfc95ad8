//! What the manual asks of each post today: duties laid out by rules, proved by facts, climbing when late; and the morning briefings among them.

mod act;
mod board;
mod briefings;
mod evidence;
mod figures;
mod follow;
mod kept;
mod layout;
mod notes;
mod over;
mod read;
mod rules;
mod triggers;
mod view;

use crate::routes::Routes;

pub use briefings::may_read as may_read_briefing;
pub use evidence::count;
pub use follow::{catch_up, follow_deeds, follow_history};
pub use kept::{ClauseDuties, of_clause};
pub use layout::{Stretch, laid_out_by, lay, lay_out};
pub use over::pass_by;

/// The routes of this context.
pub fn configure(config: &mut Routes<'_>) {
    config
        .service(read::list_obligations)
        .service(read::export_obligations)
        .service(figures::get_obligation_statistics)
        .service(figures::export_obligation_statistics)
        .service(board::get_duty_board)
        .service(board::get_my_duties)
        .service(read::get_obligation)
        .service(act::explain_obligation)
        .service(act::waive_obligation)
        .service(act::confirm_missed_obligation)
        .service(rules::list_obligation_rules)
        .service(rules::export_obligation_rules)
        .service(rules::list_obligation_rule_versions)
        .service(rules::change_obligation_rule)
        .service(triggers::list_duty_triggers)
        .service(triggers::export_duty_triggers)
        .service(notes::list_supervision_notes)
        .service(notes::export_supervision_notes)
        .service(notes::add_supervision_note)
        .configure(briefings::configure);
}
