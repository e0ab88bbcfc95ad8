//! Figures entered by hand, for goals beyond the manual's five (GOAL-6).

use actix_web::{http::StatusCode, post, web};
use chrono::NaiveDate;
use serde::Deserialize;
use utoipa::ToSchema;
use uuid::Uuid;
use validator::Validate;
use wuye_domain::{
    access::need,
    goals::{Formula, GoalUnit},
    shared::{Note, Problem, SubjectKind, Text, TrailEntry},
};
use wuye_persistence::goals::{self, Entry};

use crate::{ApiResult, App, Command, Guard};

/// A figure to be entered.
#[derive(Debug, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct EnterFigure {
    /// The day it holds for.
    as_of: NaiveDate,
    /// Above the line, or the count.
    #[validate(range(min = 0))]
    #[schema(minimum = 0)]
    numerator: i64,
    /// Below the line; for shares only.
    #[validate(range(min = 1))]
    #[schema(minimum = 1)]
    denominator: Option<i64>,
    /// Where it comes from.
    note: Note,
}

/// Enter the figure of a further goal
///
/// Only for goals with the formula `manual`; the five of the manual are computed. Earlier entries stay.
#[utoipa::path(tag = "goals", operation_id = "enter_goal_figure", params(("id" = Uuid, Path)), request_body = EnterFigure,
    responses((status = 201, description = "The entry", body = Entry)),
    extensions(("x-permission" = json!("goal.edit")), ("x-clauses" = json!(["GOAL-6"]))))]
#[post("/goals/{id}/entries")]
pub async fn enter_goal_figure(
    guard: Guard<need::GoalEdit>,
    id: web::Path<Uuid>,
    command: Command<EnterFigure>,
    app: web::Data<App>,
) -> ApiResult<Entry> {
    let by = guard.person()?;
    let mut work = app.begin(&guard, &command).await?;
    let (row, set) = goals::find_goal(&mut work, &guard.scope, *id).await?;
    check(row.goal.formula, row.goal.unit, &command.body)?;
    let entry = Entry {
        id: Uuid::now_v7(),
        goal_id: row.id,
        as_of: command.body.as_of,
        numerator: command.body.numerator,
        denominator: command.body.denominator,
        note: command.body.note.to_string(),
        entered_by: by.0,
        entered_at: work.now,
    };
    goals::add_entry(&mut work, &entry).await?;
    work.record(
        TrailEntry::new(SubjectKind::Goal, row.id, "figure_entered")
            .estate(set.estate_id.into())
            .reason(Some(command.body.note.as_str()))
            .changes(serde_json::json!({ "figure": [null, [entry.numerator, entry.denominator]] }))
            .clauses(&["GOAL-6"]),
    );
    work.answer(StatusCode::CREATED, &entry).await
}

fn check(formula: Formula, unit: GoalUnit, body: &EnterFigure) -> Result<(), Problem> {
    if formula != Formula::Manual {
        return Err(Problem::wrong_state(
            &Text::new("手工填报", "take figures by hand"),
            &Text::new("由系统计算", "computed by the system"),
        ));
    }
    if (unit == GoalUnit::Percent) != body.denominator.is_some() {
        let words = Text::new(
            "比率须填分母，计数不填分母",
            "a share has a denominator, a count has none",
        );
        return Err(Problem::field("/denominator", "mismatch", words));
    }
    Ok(())
}
