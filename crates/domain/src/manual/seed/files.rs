//! The tables of clauses, in the order of the book; what stands in for a missing text stands where that text would.

macro_rules! tables {
    ($($name:literal),+ $(,)?) => {
        /// Each table by its name.
        pub(super) const FILES: &[(&str, &str)] = &[
            $(($name, include_str!(concat!("../clauses/", $name)))),+
        ];
    };
}

tables! {
    "contents.tsv",
    "preface.tsv",
    "distribution_list.tsv",
    "compilation_notes.tsv",
    "goals.tsv",
    "goal_terms.tsv",
    "organisation_chart.tsv",
    "position_cscmgr.tsv",
    "position_depmgr.tsv",
    "position_asstmgr.tsv",
    "position_guardcapt.tsv",
    "position_guardlead.tsv",
    "position_guard.tsv",
    "position_pubsup.tsv",
    "position_recept.tsv",
    "position_renoadm.tsv",
    "position_cleanlead.tsv",
    "position_cleaner.tsv",
    "position_tech.tsv",
    "position_finsup.tsv",
    "position_cashier.tsv",
    "position_feecol.tsv",
    "position_ticket.tsv",
    "procedure_depmgr.tsv",
    "procedure_asstmgr.tsv",
    "procedure_guardcapt.tsv",
    "procedure_guardlead.tsv",
    "procedure_guard.tsv",
    "procedure_pubsup.tsv",
    "procedure_recept.tsv",
    "procedure_renoadm.tsv",
    "procedure_cleanlead.tsv",
    "procedure_tech.tsv",
    "procedure_finsup.tsv",
    "derived_finance.tsv",
    "derived_fee_collector.tsv",
    "derived_ticket_printer.tsv",
    "derived_dress.tsv",
    "derived_labour.tsv",
    "derived_weekly_meeting.tsv",
    "derived_computer.tsv",
    "derived_reward.tsv",
    "derived_centre_manager.tsv",
    "derived_cashier.tsv",
    "derived_cleaner.tsv",
    "derived_cross_cutting.tsv",
}
