//! What of the organisation waits for whom.

use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use uuid::Uuid;
use wuye_domain::access::{Actor, Permission, PostCode, Scope};

use crate::{
    Conn, Failure, none, pile,
    schema::{account_requests, acting_periods as acting, assignments, employees},
    workbench::Pile,
};

/// Everything of the organisation that waits for this actor.
///
/// # Errors
/// As the database says.
pub async fn waiting(conn: &mut Conn, actor: &Actor) -> Result<Vec<Pile>, Failure> {
    let me = actor.employee.map(|id| id.0).unwrap_or_default();
    let mut piles = Vec::new();
    if actor.may(Permission::ActingConfirm) {
        let posts = confirmed_posts(actor);
        let estates = estates(actor, Permission::ActingConfirm)?;
        piles.push(pile!(
            conn,
            ActingToConfirm,
            ActingPeriod,
            acting::table
                .inner_join(employees::table.on(employees::id.eq(acting::stand_in_id)))
                .filter(acting::state.eq("proposed").and(acting::post.eq_any(posts.clone())))
                .filter(acting::estate_id.is_null().or(acting::estate_id.eq_any(estates.clone()).assume_not_null()))
                .filter(acting::principal_id.is_null().or(acting::principal_id.assume_not_null().ne(me))),
            by: (acting::starts_at, acting::id),
            (
                acting::id,
                none!(Text),
                employees::name,
                acting::estate_id,
                acting::starts_at.nullable(),
                acting::created_at,
                none!(Text),
                acting::state.nullable(),
                none!(Uuid),
                acting::post.nullable(),
            )
        ));
    }
    if actor.may(Permission::OrgEndorse) {
        let estates = estates(actor, Permission::OrgEndorse)?;
        piles.push(assignments_in(conn, &estates, "proposed").await?);
    }
    if actor.may(Permission::OrgEdit) {
        let estates = estates(actor, Permission::OrgEdit)?;
        let mut pile = assignments_in(conn, &estates, "endorsed").await?;
        pile.kind = crate::workbench::WorkKind::AssignmentsToApprove;
        piles.push(pile);
    }
    if actor.may(Permission::AccountManage) {
        let estates = estates(actor, Permission::AccountManage)?;
        piles.push(pile!(
            conn,
            AccountsToGrant,
            Account,
            account_requests::table
                .inner_join(employees::table.on(employees::id.eq(account_requests::employee_id)))
                .filter(account_requests::estate_id.eq_any(estates.clone()))
                .filter(account_requests::state.eq("requested").and(account_requests::requested_by.is_distinct_from(me))),
            by: (account_requests::created_at, account_requests::id),
            (
                account_requests::id,
                none!(Text),
                employees::name,
                account_requests::estate_id.nullable(),
                none!(Timestamptz),
                account_requests::created_at,
                none!(Text),
                account_requests::kind.nullable(),
                none!(Uuid),
                account_requests::username,
            )
        ));
    }
    Ok(piles)
}

async fn assignments_in(conn: &mut Conn, estates: &[Uuid], state: &str) -> Result<Pile, Failure> {
    Ok(pile!(
        conn,
        AssignmentsToEndorse,
        Assignment,
        assignments::table
            .inner_join(employees::table)
            .filter(assignments::estate_id.assume_not_null().eq_any(estates.to_vec()))
            .filter(assignments::state.eq(state.to_owned())),
        by: (assignments::valid_from, assignments::id),
        (
            assignments::id,
            none!(Text),
            employees::name,
            assignments::estate_id,
            none!(Timestamptz),
            assignments::created_at,
            none!(Text),
            assignments::state.nullable(),
            none!(Uuid),
            assignments::post.nullable(),
        )
    ))
}

fn estates(actor: &Actor, permission: Permission) -> Result<Vec<Uuid>, Failure> {
    let scope: Scope = actor.scope(permission)?;
    let line = scope.lines().iter().map(|line| line.estate);
    Ok(scope.estates().iter().copied().chain(line).map(|id| id.0).collect())
}

/// The posts whose stand-ins this actor confirms: those directly below on the line.
fn confirmed_posts(actor: &Actor) -> Vec<&'static str> {
    let direct = |own: PostCode| move |below: &PostCode| superior(*below) == Some(own);
    actor
        .posts
        .iter()
        .flat_map(|held| held.below.iter().copied().filter(direct(held.post)).collect::<Vec<_>>())
        .map(PostCode::code)
        .collect()
}

/// The superior by the manual's own edges; who decides by today's edges is the resolver's matter.
fn superior(post: PostCode) -> Option<PostCode> {
    wuye_domain::org::seed::EDGES
        .iter()
        .find(|edge| edge.child == post && edge.kind.code() == "line")
        .map(|edge| edge.parent)
}
