//! The rules duties fall due by: read by everybody who owes something, changed by the managers.

use actix_web::{HttpResponse, get, http::StatusCode, post, web};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;
use validator::Validate;
use wuye_domain::{
    access::{PostCode, need},
    plans::obligations::{Cadence, DueRule, EvidenceKind, Rule, Shared, To, has_records},
    shared::{Name, Note, Page, Problem, SubjectKind, Text, TrailEntry, period::Period, zone},
};
use wuye_persistence::{
    Conn, Failure,
    plans::rules::{self, RuleRow},
};

use super::view::Words;
use crate::{
    Answer, ApiError, ApiResult, App, Command, Guard, ListQuery,
    list::NoSort,
    tables::{self, Cell, ExportQuery, FormatParam, TableFile, tabular},
};

/// A version of a rule.
#[derive(Debug, Serialize, ToSchema)]
pub struct ObligationRule {
    id: Uuid,
    /// `OB-05`.
    code: String,
    valid_from: NaiveDate,
    /// The first day on which it no longer holds.
    valid_until: Option<NaiveDate>,
    active: bool,
    /// Whether records of this kind are kept already; otherwise the rule waits and nothing falls due by it.
    has_records: bool,
    name: Words,
    /// When, in words.
    timing: Words,
    posts: Vec<PostCode>,
    shared: Shared,
    to: To,
    cadence: Cadence,
    due: DueRule,
    evidence: EvidenceKind,
    /// Pieces of evidence a turn needs, by post, where it is more than one.
    minimum: Vec<Minimum>,
    /// A reminder that nobody is held to.
    optional: bool,
    /// The capability whose records prove it.
    capability: String,
    /// `source`, `reading`, `derived` or `default`.
    basis: String,
    clauses: Vec<String>,
    /// Why this version was made.
    reason: Option<String>,
    version: i32,
}

/// How many pieces of evidence a turn of this post needs.
#[derive(Clone, Copy, Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Minimum {
    post: PostCode,
    count: u16,
}

impl ObligationRule {
    fn of(row: &RuleRow) -> Result<Self, Failure> {
        let rule = row.rule()?;
        Ok(Self {
            id: row.id,
            valid_from: row.valid_from,
            valid_until: row.valid_until,
            active: row.active,
            has_records: has_records(rule.evidence),
            name: (&rule.name).into(),
            timing: (&rule.timing).into(),
            minimum: rule
                .minimum
                .iter()
                .map(|(post, count)| Minimum {
                    post: *post,
                    count: *count,
                })
                .collect(),
            code: rule.code,
            posts: rule.posts,
            shared: rule.shared,
            to: rule.to,
            cadence: rule.cadence,
            due: rule.due,
            evidence: rule.evidence,
            optional: rule.optional,
            capability: row.capability.clone(),
            basis: row.basis.clone(),
            clauses: rule.clauses,
            reason: row.reason.clone(),
            version: row.version,
        })
    }
}

/// Which rules.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct RuleQuery {
    /// In force on this day; today when absent.
    on: Option<NaiveDate>,
}

/// List the rules of recurring duties
#[utoipa::path(tag = "plans", operation_id = "list_obligation_rules", params(RuleQuery),
    responses((status = 200, description = "The rules in force by code", body = Page<ObligationRule>)),
    extensions(("x-permission" = json!("duty.read")), ("x-clauses" = json!(["DER-X-2"]))))]
#[get("/obligation-rules")]
pub async fn list_obligation_rules(
    _: Guard<need::DutyRead>,
    query: ListQuery<RuleQuery>,
    app: web::Data<App>,
) -> ApiResult<Page<ObligationRule>> {
    Answer::ok(&Page {
        items: in_force(&app, &query.filter).await?,
        next_cursor: None,
        total: None,
    })
}

async fn in_force(app: &App, query: &RuleQuery) -> Result<Vec<ObligationRule>, Failure> {
    let mut conn = app.conn().await?;
    let on = query
        .on
        .unwrap_or_else(|| zone::business_date(app.now(), zone::DEFAULT_ZONE));
    all(&rules::on(&mut conn, on).await?)
}

tabular!(ObligationRule, "履职规则" / "duty rules" {
    "编号" / "Code" => |it| (&it.code).into(),
    "职责" / "Duty" => |it| Cell::Words(it.name.text()),
    "岗位" / "Posts" => |it| Cell::Text(codes(&it.posts)),
    "期限" / "Due" => |it| Cell::Words(it.timing.text()),
    "报送" / "To" => |it| match &it.to {
        To::Line => Cell::Words(Text::new("直接上级", "the superior")),
        To::Posts(posts) => Cell::Text(codes(posts)),
    },
    "凭证" / "Evidence" => |it| Cell::Words(it.evidence.title()),
    "已有记录" / "Records kept" => |it| it.has_records.into(),
    "生效" / "In force" => |it| it.active.into(),
    "自" / "From" => |it| it.valid_from.into(),
    "至" / "Until" => |it| it.valid_until.into(),
    "条款" / "Clauses" => |it| Cell::Text(it.clauses.join(", ")),
    "来源" / "Basis" => |it| (&it.basis).into(),
});

fn codes(posts: &[PostCode]) -> String {
    let codes: Vec<_> = posts.iter().map(|post| post.code()).collect();
    codes.join(", ")
}

/// The rules of recurring duties as a file
#[utoipa::path(tag = "plans", operation_id = "export_obligation_rules", params(FormatParam, RuleQuery),
    responses(TableFile),
    extensions(("x-permission" = json!("duty.read")), ("x-clauses" = json!(["DER-X-2"]))))]
#[get("/obligation-rules/export")]
pub async fn export_obligation_rules(
    _: Guard<need::DutyRead>,
    query: ExportQuery<RuleQuery, NoSort>,
    app: web::Data<App>,
) -> Result<HttpResponse, ApiError> {
    let rules = in_force(&app, &query.filter).await?;
    tables::whole(query.format, query.language, rules).await
}

/// List the versions of a rule
#[utoipa::path(tag = "plans", operation_id = "list_obligation_rule_versions", params(("code" = String, Path, max_length = 16)),
    responses((status = 200, description = "Its versions, the newest first", body = Vec<ObligationRule>)),
    extensions(("x-permission" = json!("duty.read")), ("x-clauses" = json!(["DER-X-2"]))))]
#[get("/obligation-rules/{code}/versions")]
pub async fn list_obligation_rule_versions(
    _: Guard<need::DutyRead>,
    code: web::Path<String>,
    app: web::Data<App>,
) -> ApiResult<Vec<ObligationRule>> {
    let versions = known(&mut *app.conn().await?, &code).await?;
    Answer::ok(&all(&versions)?)
}

fn all(rows: &[RuleRow]) -> Result<Vec<ObligationRule>, Failure> {
    rows.iter().map(ObligationRule::of).collect()
}

async fn known(conn: &mut Conn, code: &str) -> Result<Vec<RuleRow>, Failure> {
    let versions = rules::versions(conn, code).await?;
    if versions.is_empty() {
        return Err(Problem::not_found().into());
    }
    Ok(versions)
}

/// How the rule is to be from a day on. What is left out stays as it is.
#[derive(Debug, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ChangeObligationRule {
    /// The first day of the turns that it holds for; after today.
    valid_from: NaiveDate,
    /// Switched off, nothing falls due by it.
    active: Option<bool>,
    /// Whose duty it is.
    #[validate(length(min = 1, max = 20))]
    posts: Option<Vec<PostCode>>,
    /// Until when.
    due: Option<DueRule>,
    /// Pieces of evidence a turn needs, by post.
    #[validate(length(max = 20))]
    minimum: Option<Vec<Minimum>>,
    /// When, in words; required with another deadline, so that the words do not speak of the former one.
    timing_zh: Option<Name>,
    /// The same in English.
    timing_en: Option<Name>,
    /// Why.
    reason: Note,
}

/// Change a rule from a day on
///
/// The version in force ends the day before; turns that have begun keep theirs.
#[utoipa::path(tag = "plans", operation_id = "change_obligation_rule", params(("code" = String, Path, max_length = 16)),
    request_body = ChangeObligationRule,
    responses((status = 201, description = "The new version", body = ObligationRule)),
    extensions(("x-permission" = json!("duty.rule_edit")), ("x-clauses" = json!(["DER-X-2"]))))]
#[post("/obligation-rules/{code}/versions")]
pub async fn change_obligation_rule(
    guard: Guard<need::DutyRuleEdit>,
    code: web::Path<String>,
    command: Command<ChangeObligationRule>,
    app: web::Data<App>,
) -> ApiResult<ObligationRule> {
    let mut work = app.begin(&guard, &command).await?;
    let body = &command.body;
    let now = work.now;
    let today = zone::business_date(now, zone::DEFAULT_ZONE);
    if body.valid_from <= today {
        return Err(Problem::field(
            "/valid_from",
            "in_the_past",
            Text::new(
                "须从明天或以后起生效：已开始的周期不改",
                "from tomorrow at the earliest: turns that have begun stay",
            ),
        )
        .into());
    }
    let versions = known(&mut work, &code).await?;
    let Some(newest) = versions.first().filter(|newest| newest.valid_from < body.valid_from) else {
        return Err(Problem::field(
            "/valid_from",
            "conflict",
            Text::new("此后已有更晚生效的版本", "a later version begins on or after that day"),
        )
        .into());
    };
    let before = newest.rule()?;
    let after = changed(&before, body)?;
    let row = RuleRow::of(
        &after,
        &newest.capability,
        &newest.basis,
        guard.actor.employee,
        Some(body.reason.as_str().to_owned()),
        now,
    )?;
    rules::replace(&mut work, &row).await?;
    work.record(
        TrailEntry::new(SubjectKind::ObligationRule, row.id, "rule_changed")
            .reason(Some(body.reason.as_str()))
            .changes(
                json!({ "code": after.code, "valid_from": after.period.from, "active": [before.active, after.active],
                "due": [before.due, after.due], "posts": [before.posts, after.posts] }),
            )
            .clauses(&["DER-X-2"]),
    );
    work.answer(StatusCode::CREATED, &ObligationRule::of(&row)?).await
}

fn changed(before: &Rule, body: &ChangeObligationRule) -> Result<Rule, Problem> {
    let mut rule = before.clone();
    rule.period = Period::starting(body.valid_from);
    rule.active = body.active.unwrap_or(rule.active);
    if let Some(posts) = &body.posts {
        rule.posts.clone_from(posts);
    }
    if let Some(due) = &body.due {
        let by_shift = |due: &DueRule| matches!(due, DueRule::ShiftStart { .. } | DueRule::ShiftEnd);
        if by_shift(due) != (rule.cadence == Cadence::Shift) {
            return Err(Problem::field(
                "/due",
                "not_of_this_cadence",
                Text::new(
                    "按班次的期限只用于每班的职责",
                    "deadlines by the shift are for duties of the shift, and only they",
                ),
            ));
        }
        rule.due = due.clone();
        rule.timing = worded(body)?;
    }
    if let Some(minimum) = &body.minimum {
        if minimum.iter().any(|it| !(1..=1000).contains(&it.count)) {
            return Err(Problem::field(
                "/minimum",
                "out_of_range",
                Text::new("次数为1至1000", "1 to 1000"),
            ));
        }
        rule.minimum = minimum.iter().map(|it| (it.post, it.count)).collect();
    }
    let Rule { posts, minimum, .. } = &mut rule;
    minimum.retain(|(post, _)| posts.contains(post));
    Ok(rule)
}

/// The new deadline in words.
fn worded(body: &ChangeObligationRule) -> Result<Text, Problem> {
    let missing = |pointer| {
        Problem::field(
            pointer,
            "required",
            Text::new("期限变了，须写明新期限", "a new deadline needs its words"),
        )
    };
    let zh = body.timing_zh.as_ref().ok_or_else(|| missing("/timing_zh"))?;
    let en = body.timing_en.as_ref().ok_or_else(|| missing("/timing_en"))?;
    Ok(Text::of(zh.as_str().to_owned(), en.as_str().to_owned()))
}
