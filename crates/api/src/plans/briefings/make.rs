//! A briefing that nobody prepared: one that no rule asks for, or of a post whose hour had passed when the duties of the day
//! were laid out.

use actix_web::{http::StatusCode, post, web};
use chrono::NaiveDate;
use serde::Deserialize;
use utoipa::ToSchema;
use validator::Validate;
use wuye_domain::{
    access::{Actor, HeldPost, Permission, PostCode, need},
    org::{Responsible, tree::Tree},
    plans::{
        briefings::{self as rules, CLAUSES, Owed},
        obligations::{EvidenceKind, Rule},
    },
    shared::{AssignmentId, EstateId, Problem, ProblemCode, SettingKey, Text, workdays::end_of_work},
};
use wuye_persistence::{
    Conn, Failure,
    org::edges,
    plans::{briefings, rules as versions},
};

use super::{prepare, view::BriefingView};
use crate::{Answer, ApiResult, App, Command, Guard, terms::Terms};

/// In which post.
#[derive(Debug, Default, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewBriefing {
    /// The estate; the only one the caller works in when absent.
    estate_id: Option<EstateId>,
    /// The assignment in which the caller reports; the first one that has somebody to report to when absent.
    assignment_id: Option<AssignmentId>,
}

/// Begin a briefing that was not prepared
///
/// For a post that may report although no rule asks it to, or before the system has prepared the morning. It is not counted
/// as due.
#[utoipa::path(tag = "plans", operation_id = "create_briefing", request_body = NewBriefing,
    responses((status = 201, description = "Prepared", body = BriefingView)),
    extensions(("x-permission" = json!("briefing.report")), ("x-clauses" = json!(CLAUSES))))]
#[post("/briefings")]
pub async fn create_briefing(
    guard: Guard<need::BriefingReport>,
    command: Command<NewBriefing>,
    app: web::Data<App>,
) -> ApiResult<BriefingView> {
    let body = &command.body;
    let (person, estate) = (guard.person()?, guard.estate(body.estate_id)?);
    let mut work = app.begin(&guard, &command).await?;
    let (now, terms) = (work.now, Terms::of(&work, estate).await?);
    let today = terms.date(now);
    // What is owed after all is prepared as owed.
    prepare::prepare(&mut work, estate, &terms).await?;
    let line = line(&mut work, &guard.actor, estate, today, body.assignment_id).await?;
    let Some((held, to)) = line else {
        let nobody = Text::new(
            "您的岗位没有晨间汇报的对象。",
            "Your post has nobody to report to in the morning.",
        );
        return Err(Problem::new(ProblemCode::WrongState, nobody).into());
    };
    let owed = Owed {
        rule: None,
        responsible: Responsible {
            post: held.post,
            assignment: Some(held.assignment),
            squad: held.squad,
            area: held.area,
        },
        employee: Some(held.acting_for.unwrap_or(person)),
        due_at: None,
        shift: None,
    };
    let missing_at = end_of_work(today, terms.zone, terms.time(SettingKey::BriefingMissingMinute));
    let step = rules::prepare(&owed, estate, today, to, missing_at, Some(person), now);
    if briefings::insert(&mut work, std::slice::from_ref(&step.record))
        .await?
        .is_empty()
    {
        let there = Text::new("今日汇报已备好，请直接填写", "Today's briefing is there already");
        return Err(Problem::new(ProblemCode::Conflict, there).into());
    }
    work.record(step.entry);
    let view = BriefingView::of(&mut work, &guard.actor, vec![step.record], now)
        .await?
        .remove(0);
    let answer = Answer::of(StatusCode::CREATED, &view)?.version(view.version());
    work.commit_with(answer.location(format!("/api/v1/briefings/{}", view.id())))
        .await
}

/// The post in which the actor may report today, and the one that hears it: by a rule, or because the post may though no rule
/// asks it to.
///
/// # Errors
/// As the database says.
pub(super) async fn line(
    conn: &mut Conn,
    actor: &Actor,
    estate: EstateId,
    today: NaiveDate,
    wanted: Option<AssignmentId>,
) -> Result<Option<(HeldPost, PostCode)>, Failure> {
    let tree = edges::tree(conn).await?;
    let asked = briefing_rules(conn, today).await?;
    let found = actor
        .posts
        .iter()
        .filter(|held| held.estate == Some(estate) && held.reach(Permission::BriefingReport).is_some())
        .filter(|held| wanted.is_none_or(|wanted| wanted == held.assignment))
        .find_map(|held| Some((held.clone(), hears(held, &asked, &tree, today)?)));
    Ok(found)
}

/// The rules in force by which briefings are given.
async fn briefing_rules(conn: &mut Conn, today: NaiveDate) -> Result<Vec<Rule>, Failure> {
    let rows = versions::on(conn, today).await?;
    let all = rows.iter().map(|row| row.rule()).collect::<Result<Vec<_>, _>>()?;
    let asks = |rule: &Rule| rule.active && rule.evidence == EvidenceKind::Briefing;
    Ok(all.into_iter().filter(asks).collect())
}

/// The post that hears what this one reports.
fn hears(held: &HeldPost, asked: &[Rule], tree: &Tree, today: NaiveDate) -> Option<PostCode> {
    let by_rule = asked
        .iter()
        .filter(|rule| rule.posts.contains(&held.post))
        .flat_map(|rule| rules::receivers(&rule.to, held.post, tree, today))
        .next();
    by_rule.or_else(|| rules::optional_line(held.post, tree, today))
}
