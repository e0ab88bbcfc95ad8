//! Which briefings a morning owes: the duties laid out for it that a briefing proves.

use std::collections::HashMap;

use chrono::{DateTime, NaiveDate, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use uuid::Uuid;
use wuye_domain::{
    access::PostCode,
    org::Responsible,
    plans::{
        briefings::{BriefingId, Owed},
        obligations::{EvidenceKind, To},
    },
    shared::{EstateId, period::Span},
};

use crate::{
    Conn, Failure,
    schema::{briefings, obligation_rules, obligations, roster_entries},
};

/// Rule, post, assignment, squad, area, person, deadline, the posts that receive it.
type Line = (
    String,
    String,
    Option<Uuid>,
    Option<Uuid>,
    Option<Uuid>,
    Option<Uuid>,
    DateTime<Utc>,
    Vec<Option<String>>,
);

/// The briefings that fall due in `day`, whose date is `date`, each with the posts its rule sends it to.
///
/// # Errors
/// As the database says.
pub async fn owed(conn: &mut Conn, estate: EstateId, date: NaiveDate, day: Span) -> Result<Vec<(Owed, To)>, Failure> {
    let lines: Vec<Line> = obligations::table
        .inner_join(obligation_rules::table)
        .filter(obligations::estate_id.eq(estate.0))
        .filter(obligations::due_at.ge(day.from).and(obligations::due_at.lt(day.until)))
        .filter(obligation_rules::evidence.eq(EvidenceKind::Briefing.code()))
        .order((obligations::due_at, obligations::id))
        .select((
            obligations::rule_code,
            obligations::responsible_post,
            obligations::responsible_assignment,
            obligations::squad_id,
            obligations::area_id,
            obligations::employee_id,
            obligations::due_at,
            obligation_rules::to_posts,
        ))
        .load(conn)
        .await?;
    let shifts = last_shifts(conn, estate, date).await?;
    lines
        .into_iter()
        .map(|(rule, post, assignment, squad, area, person, due_at, to)| {
            let to: Vec<PostCode> = to.iter().flatten().map(|code| code.parse()).collect::<Result<_, _>>()?;
            let owed = Owed {
                rule: Some(rule),
                responsible: Responsible {
                    post: post.parse()?,
                    assignment: assignment.map(Into::into),
                    squad: squad.map(Into::into),
                    area: area.map(Into::into),
                },
                employee: person.map(Into::into),
                due_at: Some(due_at),
                shift: person.and_then(|person| shifts.get(&person).copied()),
            };
            Ok((owed, if to.is_empty() { To::Line } else { To::Posts(to) }))
        })
        .collect()
}

/// The shift that each person tells of: the last one that began the day before.
async fn last_shifts(conn: &mut Conn, estate: EstateId, date: NaiveDate) -> Result<HashMap<Uuid, Uuid>, Failure> {
    let before = date.pred_opt().unwrap_or(date);
    let rows: Vec<(Uuid, Uuid)> = roster_entries::table
        .filter(
            roster_entries::estate_id
                .eq(estate.0)
                .and(roster_entries::on_date.eq(before)),
        )
        .order(roster_entries::starts_at)
        .select((roster_entries::employee_id, roster_entries::shift_id))
        .load(conn)
        .await?;
    // Later ones take the place of those before.
    Ok(rows.into_iter().collect())
}

/// Takes away what nobody has touched and nobody owes any more: the duty was withdrawn, somebody is away. `kept` are the
/// briefings owed. What was due before `now` stays, as its duty does.
///
/// # Errors
/// As the database says.
pub async fn withdraw(
    conn: &mut Conn,
    estate: EstateId,
    date: NaiveDate,
    kept: &[(String, Option<Uuid>)],
    now: DateTime<Utc>,
) -> Result<Vec<BriefingId>, Failure> {
    let untouched: Vec<(Uuid, Option<String>, Option<Uuid>)> = briefings::table
        .filter(briefings::estate_id.eq(estate.0).and(briefings::on_date.eq(date)))
        .filter(briefings::state.eq("prepared").and(briefings::version.eq(1)))
        .filter(briefings::due_at.is_not_null())
        .filter(briefings::due_at.assume_not_null().ge(now))
        .select((briefings::id, briefings::rule_code, briefings::responsible_assignment))
        .for_update()
        .load(conn)
        .await?;
    let gone: Vec<Uuid> = untouched
        .into_iter()
        .filter_map(|(id, rule, assignment)| (!kept.contains(&(rule?, assignment))).then_some(id))
        .collect();
    if !gone.is_empty() {
        diesel::delete(briefings::table.filter(briefings::id.eq_any(&gone)))
            .execute(conn)
            .await?;
    }
    Ok(gone.into_iter().map(Into::into).collect())
}
