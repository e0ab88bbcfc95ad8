//! Cases: to give to somebody, to look into, to answer, to close, to decide.

use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use wuye_domain::access::{Actor, Permission, PostCode};

use super::{assignments, person};
use crate::{
    Conn, Failure, in_scope, none, pile,
    schema::{assignments as posts_held, case_findings, cases},
    workbench::Pile,
};

/// States in which a case is looked into or dealt with.
pub(super) const IN_HAND: &[&str] = &["investigating", "validity_decided", "handling"];

macro_rules! columns {
    () => {
        (
            cases::id,
            cases::no.nullable(),
            cases::text,
            cases::estate_id.nullable(),
            cases::due_at.nullable(),
            cases::received_at,
            none!(Text),
            cases::state.nullable(),
            cases::house_id,
            none!(Text),
        )
    };
}

macro_rules! cases_pile {
    ($conn:expr, $kind:ident, $query:expr) => {
        pile!($conn, $kind, Case, $query, by: (cases::due_at, cases::id), columns!())
    };
}

pub(super) async fn waiting(conn: &mut Conn, actor: &Actor) -> Result<Vec<Pile>, Failure> {
    let mut piles = Vec::new();
    let mine = assignments(actor, Permission::CaseHandle);
    if !mine.is_empty() {
        let own = || {
            cases::table
                .filter(cases::responsible_assignment.eq_any(mine.clone()))
                .filter(cases::state.eq_any(IN_HAND))
        };
        piles.push(cases_pile!(conn, MyCases, own()));
    }
    if let Ok(scope) = actor.scope(Permission::CaseManage) {
        let managed = || cases::table.filter(in_scope!(cases, &scope));
        piles.push(cases_pile!(
            conn,
            CasesToAssign,
            managed().filter(cases::state.eq("received"))
        ));
        piles.push(cases_pile!(
            conn,
            CasesToAnswer,
            managed().filter(cases::state.eq("handling"))
        ));
        let unchecked = || {
            case_findings::table
                .filter(case_findings::closing_checked_at.is_null())
                .select(case_findings::case_id)
        };
        // A valid complaint is checked first.
        piles.push(cases_pile!(
            conn,
            CasesToClose,
            managed().filter(cases::state.eq("replied")).filter(
                cases::validity
                    .is_null()
                    .or(cases::validity.assume_not_null().ne("valid"))
                    .or(cases::id.ne_all(unchecked()))
            )
        ));
    }
    if actor.may(Permission::CaseDecide) {
        piles.extend(to_decide(conn, actor).await?);
    }
    Ok(piles)
}

/// Who decides is the supervisor, unless they are involved: then the next one up. What an involved supervisor cannot
/// decide stands before the managers; the rest does not.
async fn to_decide(conn: &mut Conn, actor: &Actor) -> Result<Vec<Pile>, Failure> {
    let scope = actor.scope(Permission::CaseDecide)?;
    let me = person(actor);
    let first = actor.posts.iter().any(|held| held.post == PostCode::Pubsup);
    let supervisors = || {
        posts_held::table
            .filter(
                posts_held::post
                    .eq(PostCode::Pubsup.code())
                    .and(posts_held::state.eq("approved")),
            )
            .select(posts_held::employee_id.nullable())
    };
    let open = || {
        let mut query = cases::table
            .inner_join(case_findings::table)
            .filter(cases::estate_id.eq_any(scope.estates().iter().map(|id| id.0).collect::<Vec<_>>()))
            .filter(cases::owner_id.is_null().or(cases::owner_id.assume_not_null().ne(me)))
            .filter(
                cases::created_by
                    .is_null()
                    .or(cases::created_by.assume_not_null().ne(me)),
            )
            .filter(
                cases::about_employee
                    .is_null()
                    .or(cases::about_employee.assume_not_null().ne(me)),
            )
            .into_boxed();
        if !first {
            query = query.filter(
                cases::owner_id
                    .eq_any(supervisors())
                    .or(cases::created_by.eq_any(supervisors()))
                    .or(cases::about_employee.eq_any(supervisors()))
                    .assume_not_null(),
            );
        }
        query
    };
    let proposed = || {
        open()
            .filter(
                case_findings::proposed_at
                    .is_not_null()
                    .and(case_findings::decided_at.is_null()),
            )
            .filter(cases::state.eq("investigating"))
            .filter(
                case_findings::proposed_by
                    .is_null()
                    .or(case_findings::proposed_by.assume_not_null().ne(me)),
            )
    };
    let unchecked = || {
        open()
            .filter(
                cases::state
                    .eq("replied")
                    .and(cases::validity.assume_not_null().eq("valid")),
            )
            .filter(case_findings::closing_checked_at.is_null())
    };
    Ok(vec![
        cases_pile!(conn, ValidityToConfirm, proposed()),
        cases_pile!(conn, ClosingsToCheck, unchecked()),
    ])
}
