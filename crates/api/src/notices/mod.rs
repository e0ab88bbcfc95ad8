//! Notices (通知): the inbox, how people want to be told, the channels of an estate, and what leaves the product.
//!
//! Who is told what is [`wuye_domain::notices`]; the notices of a deed are written in its own transaction ([`tell`]), those of the
//! clock by [`by_the_clock`]. Nothing is sent while a transaction runs: [`send`] takes what is due, sends it and says what came
//! of it.

mod channels;
mod clock;
mod deliveries;
mod inbox;
mod outward;
mod send;
mod settings;
mod tell;
mod view;

use crate::routes::Routes;
use wuye_domain::{
    access::{Actor, Permission},
    shared::{Problem, Subject, SubjectKind},
};
use wuye_persistence::{Conn, Failure, notices};

pub use clock::by_the_clock;
pub use outward::mail::{mailbox, server as mail_server};
pub use send::{SEND, send};
pub use tell::tell;

/// What notices serve: superiors see how duties are done and press where needed.
const CLAUSES: &[&str] = &[
    "PROC-DEPMGR-4.2",
    "PROC-PUBSUP-4.2",
    "PROC-GUARDCAPT-4.2",
    "PROC-FINSUP-4.2",
];

/// Whether the actor may read the history of this robot or delivery. A notice has none: it is its recipient's alone.
///
/// # Errors
/// `not_found` when it is not there or not for this actor.
pub async fn may_read(conn: &mut Conn, actor: &Actor, subject: Subject) -> Result<(), Failure> {
    let scope = actor.scope(Permission::NoticeRead)?;
    match subject.kind {
        SubjectKind::NoticeRobot => notices::robots::must_open(conn, &scope, subject.id).await,
        SubjectKind::NoticeDelivery => notices::deliveries::must_open(conn, &scope, subject.id).await,
        _ => Err(Problem::not_found().into()),
    }
}

/// The routes of this context.
pub fn configure(config: &mut Routes<'_>) {
    // Before the routes of single notices, whose id would take the word.
    config
        .service(inbox::export_own_notices)
        .service(inbox::count_own_notices)
        .service(inbox::read_all_notices)
        .service(inbox::read_notices_of)
        .service(settings::get_notice_settings)
        .service(settings::change_notice_settings)
        .service(inbox::list_own_notices)
        .service(inbox::read_notice)
        .service(channels::list_notice_channels)
        .service(channels::set_notice_robot)
        .service(channels::test_notice_channel)
        .service(deliveries::export_notice_deliveries)
        .service(deliveries::list_notice_deliveries)
        .service(deliveries::retry_notice_delivery);
}
