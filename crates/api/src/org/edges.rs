//! The edges between posts: proposed, decided, in force by date, never a circle on any day.

use actix_web::{get, http::StatusCode, post, web};
use chrono::NaiveDate;
use serde::Deserialize;
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;
use validator::Validate;
use wuye_domain::{
    access::{Permission, PostCode, need},
    org::{
        EdgeKind, EdgeState,
        assignment::recorded_before,
        superior::{self, Decider, Rule, Seat},
        tree::{Edge, Matter, Tree, edge_decider},
    },
    shared::{EmployeeId, ListRequest, Note, Page, Problem, SubjectKind, Text, TrailEntry, zone},
};
use wuye_persistence::{
    Failure, Rows,
    org::{
        assignments,
        edges::{self, EdgeFilter, ReportingEdge},
    },
};

use super::{approver, common};
use crate::{ApiResult, App, Command, Guard, ListQuery, Work, list::NoSort};

/// Which edges.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct EdgeQuery {
    /// In force on this day.
    on: Option<NaiveDate>,
    /// Of or under this post.
    post: Option<PostCode>,
    /// Of this kind.
    kind: Option<EdgeKind>,
    /// In this state.
    state: Option<EdgeState>,
}

/// List reporting edges
///
/// Every edge between posts with the days it holds, superseded ones and drafts included.
#[utoipa::path(tag = "org", operation_id = "list_reporting_edges", params(EdgeQuery),
    responses((status = 200, description = "The edges", body = Page<ReportingEdge>)),
    extensions(("x-permission" = json!("org.read")), ("x-clauses" = json!(["POS-DEPMGR-01", "POS-GUARDCAPT-01", "POS-PUBSUP-01", "POS-FINSUP-01"]))))]
#[get("/reporting-edges")]
pub async fn list_reporting_edges(
    guard: Guard<need::OrgRead>,
    list: ListQuery<EdgeQuery>,
    app: web::Data<App>,
) -> ApiResult<Page<ReportingEdge>> {
    list.page(page(&app, &guard, &list.filter, &list.request).await?)
}

/// The edges, for the list and for its file.
pub(super) async fn page(
    app: &App,
    _: &Guard<need::OrgRead>,
    filter: &EdgeQuery,
    _: &ListRequest<NoSort>,
) -> Result<Rows<ReportingEdge>, Failure> {
    let EdgeQuery { on, post, kind, state } = *filter;
    let filter = EdgeFilter { on, post, kind, state };
    Ok(Rows::whole(edges::list(&mut *app.conn().await?, &filter).await?))
}

/// An edge to be made.
#[derive(Debug, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewEdge {
    /// The lower post.
    child_post: PostCode,
    /// The upper post.
    parent_post: PostCode,
    /// What it carries.
    kind: EdgeKind,
    /// The matter, for an edge across the line.
    matter: Option<Matter>,
    /// First day.
    valid_from: NaiveDate,
    /// Why; required when the first day has passed, for that is a correction.
    reason: Option<Note>,
}

/// Propose an edge
///
/// A draft changes nothing until it is approved: by the centre manager, or by the general manager where it concerns the
/// managers. A line edge takes the place of the one that holds then.
#[utoipa::path(tag = "org", operation_id = "create_reporting_edge", request_body = NewEdge,
    responses((status = 201, description = "A draft", body = ReportingEdge)),
    extensions(("x-permission" = json!("org.propose")), ("x-clauses" = json!(["ORG-6", "ORG-7", "POS-DEPMGR-01"]))))]
#[post("/reporting-edges")]
pub async fn create_reporting_edge(
    guard: Guard<need::OrgPropose>,
    command: Command<NewEdge>,
    app: web::Data<App>,
) -> ApiResult<ReportingEdge> {
    if guard.scope.estates().is_empty() && !guard.scope.company() {
        return Err(common::not_below().into());
    }
    let mut work = app.begin(&guard, &command).await?;
    let body = &command.body;
    if (body.kind == EdgeKind::Line) != body.matter.is_none() {
        let words = Text::new(
            "跨线关系须写明事项，直线不写",
            "an edge across the line names its matter, a line edge does not",
        );
        return Err(Problem::field("/matter", "matter", words).into());
    }
    let now = work.now;
    let today = common::today(&mut work, None, now).await?;
    recorded_before(body.valid_from, today, body.reason.as_deref(), "/valid_from")?;
    let row = ReportingEdge {
        id: Uuid::now_v7(),
        child_post: body.child_post.code().to_owned(),
        parent_post: body.parent_post.code().to_owned(),
        kind: body.kind.code().to_owned(),
        matter: body.matter.map(|matter| matter.code().to_owned()),
        valid_from: body.valid_from,
        valid_until: None,
        state: EdgeState::Draft.code().to_owned(),
        note: String::new(),
        source_clauses: Vec::new(),
        proposed_by: guard.actor.employee.map(|id| id.0),
        decided_by: None,
        reason: body.reason.as_ref().map(ToString::to_string),
        touches: serde_json::json!([]),
        version: 1,
        created_at: now,
        updated_at: now,
    };
    // A circle is told at once, not first to the manager.
    after(&edges::tree(&mut work).await?, row.edge()?)?;
    edges::insert(&mut work, &row).await?;
    work.record(
        TrailEntry::new(SubjectKind::ReportingEdge, row.id, "proposed")
            .states(None, EdgeState::Draft.code())
            .reason(row.reason.clone()),
    );
    work.answer(StatusCode::CREATED, &row).await
}

/// The tree with one more edge.
fn after(tree: &Tree, edge: Edge) -> Result<Tree, Problem> {
    if edge.kind == EdgeKind::Line {
        return tree.moved(edge.child, edge.parent, edge.period.from);
    }
    let mut all = tree.edges().to_vec();
    all.push(edge);
    Tree::new(all).map_err(Problem::from)
}

/// The one whose decision the line of `child` is decides, never whoever proposed it: then one step up does. Gives `None` for
/// the administrator who sets up.
async fn must_decide(work: &mut Work, child: PostCode, barred: &[EmployeeId]) -> Result<Option<Decider>, Failure> {
    let home = work.actor.home_estate();
    let place = common::place(work, home).await?;
    let now = work.now;
    let today = common::today(work, Some(place), now).await?;
    let matter = superior::Matter {
        from: Seat {
            post: child,
            estate: place,
            squad: None,
            area: None,
        },
        rule: Rule::Post(edge_decider(child)),
        barred,
        dated: today,
        right: Some(Permission::OrgEdit),
    };
    let asked = approver::ask(work, &matter, now).await?;
    let actor = work.actor.clone();
    let decider = approver::must_decide_or_set_up(work, &actor, asked, barred).await?;
    if let Some(decider) = &decider {
        work.decides_as(decider);
    }
    Ok(decider)
}

/// The decisions taken since `from` by way of the posts whose line a change of this edge moves.
async fn touched(work: &mut Work, tree: &Tree, edge: &Edge, from: NaiveDate) -> Result<serde_json::Value, Failure> {
    let mut posts = tree.below(edge.child, from);
    posts.push(edge.child);
    posts.push(edge.parent);
    let since = zone::start_of(from, zone::DEFAULT_ZONE);
    Ok(serde_json::to_value(
        edges::decisions_since(work, &posts, since).await?,
    )?)
}

/// A decision about an edge; one that comes after its first day says why.
#[derive(Debug, Default, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DecideEdge {
    /// Why it comes late; may be left out when the proposal said so already, or when the first day is still to come.
    reason: Option<Note>,
}

/// Put an edge into force
///
/// By the centre manager; by the general manager where it concerns the managers, by the board where it concerns the
/// general manager; never by whoever proposed it. Checks for circles on every day on which any edge begins or ends, under a
/// lock. From a past day on it is a correction with a reason: the answer lists the decisions taken since by way of the posts
/// concerned.
#[utoipa::path(tag = "org", operation_id = "approve_reporting_edge", params(("id" = Uuid, Path)), request_body = DecideEdge,
    responses((status = 200, description = "In force from its day on", body = ReportingEdge)),
    extensions(("x-permission" = json!("org.edit")), ("x-clauses" = json!(["POS-CSCMGR-01", "POS-DEPMGR-01", "POS-ASSTMGR-01"]))))]
#[post("/reporting-edges/{id}/approve")]
pub async fn approve_reporting_edge(
    guard: Guard<need::OrgEdit>,
    id: web::Path<Uuid>,
    command: Command<DecideEdge>,
    app: web::Data<App>,
) -> ApiResult<ReportingEdge> {
    let mut work = app.begin(&guard, &command).await?;
    edges::lock(&mut work).await?;
    let mut row = edges::find(&mut work, *id).await?;
    draft(&row, &Text::new("批准", "be approved"))?;
    let edge = row.edge()?;
    let barred: Vec<EmployeeId> = row.proposed_by.map(Into::into).into_iter().collect();
    must_decide(&mut work, edge.child, &barred).await?;
    let now = work.now;
    let today = common::today(&mut work, None, now).await?;
    row.reason = row.reason.or(command.body.reason.as_ref().map(ToString::to_string));
    recorded_before(row.valid_from, today, row.reason.as_deref(), "/valid_from")?;
    let tree = edges::tree(&mut work).await?;
    after(&tree, edge)?;
    if edge.kind == EdgeKind::Line {
        give_way(&mut work, &row).await?;
    }
    if row.valid_from < today {
        row.touches = touched(&mut work, &tree, &edge, row.valid_from).await?;
    }
    EdgeState::Effective.code().clone_into(&mut row.state);
    row.decided_by = guard.actor.employee.map(|id| id.0);
    row.updated_at = now;
    edges::save(&mut work, &mut row).await?;
    changed(&mut work, &row, "approved", Some(EdgeState::Draft)).await?;
    work.answer(StatusCode::OK, &row).await
}

/// The edge that holds on the new one's first day ends there; one that began on that very day never counted.
async fn give_way(work: &mut Work, new: &ReportingEdge) -> Result<(), Failure> {
    let before = edges::effective(work).await?.into_iter().filter(|row| {
        row.kind == EdgeKind::Line.code()
            && row.child_post == new.child_post
            && row.valid_until.is_none_or(|until| until > new.valid_from)
    });
    for mut row in before {
        if row.valid_from < new.valid_from {
            row.valid_until = Some(new.valid_from);
        } else {
            EdgeState::Superseded.code().clone_into(&mut row.state);
        }
        row.updated_at = work.now;
        edges::save(work, &mut row).await?;
    }
    Ok(())
}

fn draft(row: &ReportingEdge, action: &Text) -> Result<(), Failure> {
    let state: EdgeState = row.state.parse()?;
    if state == EdgeState::Draft {
        return Ok(());
    }
    Err(Problem::wrong_state(action, &state.title()).into())
}

/// The line of many changes at once: everybody's tokens carry it.
async fn changed(
    work: &mut Work,
    row: &ReportingEdge,
    action: &'static str,
    from: Option<EdgeState>,
) -> Result<(), Failure> {
    let now = work.now;
    let today = common::today(work, None, now).await?;
    let people: Vec<_> = assignments::on(work, None, today)
        .await?
        .into_iter()
        .map(|held| held.employee_id.into())
        .collect();
    common::end_old_rights(work, &people).await?;
    let state: EdgeState = row.state.parse()?;
    let changes = serde_json::json!({
        "edge": [null, { "child": row.child_post, "parent": row.parent_post, "from": row.valid_from, "until": row.valid_until }],
        "touches": [null, row.touches],
    });
    work.record(
        TrailEntry::new(SubjectKind::ReportingEdge, row.id, action)
            .states(from.map(EdgeState::code), state.code())
            .reason(row.reason.clone())
            .changes(changes),
    );
    Ok(())
}

/// The end of an edge.
#[derive(Debug, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct EndEdge {
    /// First day on which it holds no longer.
    valid_until: NaiveDate,
    /// Why.
    reason: Note,
}

/// End an edge
///
/// For duties across the line, and for posts that leave the tree; by whoever decides the edge. A draft is dropped, by its
/// proposer too. An end before today is a correction: the answer lists the decisions taken since.
#[utoipa::path(tag = "org", operation_id = "end_reporting_edge", params(("id" = Uuid, Path)), request_body = EndEdge,
    responses((status = 200, description = "With its end", body = ReportingEdge)),
    extensions(("x-permission" = json!("org.propose")), ("x-clauses" = json!(["POS-CSCMGR-01", "POS-DEPMGR-01"]))))]
#[post("/reporting-edges/{id}/end")]
pub async fn end_reporting_edge(
    guard: Guard<need::OrgPropose>,
    id: web::Path<Uuid>,
    command: Command<EndEdge>,
    app: web::Data<App>,
) -> ApiResult<ReportingEdge> {
    let mut work = app.begin(&guard, &command).await?;
    edges::lock(&mut work).await?;
    let mut row = edges::find(&mut work, *id).await?;
    let edge = row.edge()?;
    let EndEdge { valid_until, reason } = &command.body;
    let from: EdgeState = row.state.parse().map_err(Failure::from)?;
    let own_draft =
        from == EdgeState::Draft && row.proposed_by.is_some() && row.proposed_by == guard.actor.employee.map(|id| id.0);
    if !own_draft {
        must_decide(&mut work, edge.child, &[]).await?;
    }
    let ended = row.valid_until.is_some_and(|until| until < *valid_until);
    if from == EdgeState::Superseded || ended {
        return Err(Problem::wrong_state(&Text::new("结束", "be ended"), &Text::new("已结束", "ended")).into());
    }
    if from == EdgeState::Effective {
        let now = work.now;
        let today = common::today(&mut work, None, now).await?;
        let first = (*valid_until).max(row.valid_from);
        if first < today {
            let tree = edges::tree(&mut work).await?;
            row.touches = touched(&mut work, &tree, &edge, first).await?;
        }
    }
    if from == EdgeState::Draft || *valid_until <= row.valid_from {
        EdgeState::Superseded.code().clone_into(&mut row.state);
    } else {
        row.valid_until = Some(*valid_until);
    }
    row.reason = Some(reason.to_string());
    row.decided_by = guard.actor.employee.map(|id| id.0);
    row.updated_at = work.now;
    edges::save(&mut work, &mut row).await?;
    // What is left is still a tree; the database holds the same rule by its exclusion constraint.
    edges::tree(&mut work).await?;
    changed(&mut work, &row, "ended", Some(from)).await?;
    work.answer(StatusCode::OK, &row).await
}
