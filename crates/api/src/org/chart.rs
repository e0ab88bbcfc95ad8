//! The organisation chart for any day, and the reporting line of any person: data to print.

use actix_web::{get, http::StatusCode, post, web};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;
use validator::Validate;
use wuye_domain::{
    access::{PostCode, need},
    shared::{EmployeeId, EstateId, Note, Problem, SubjectKind, Text, TrailEntry, period::Span, zone},
};
use wuye_persistence::{
    Conn, Failure, estates,
    org::{
        acting,
        assignments::{self, Assignment},
        chart::{self, BoxCoverage},
        edges, employees, posts,
    },
};

use super::{approver, common};
use crate::{Answer, ApiResult, App, Command, Guard, ListQuery};

/// Somebody in a box of the chart, and on a reporting line.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = PostOccupant)]
pub struct Occupant {
    employee_id: Uuid,
    name: String,
    assignment_id: Uuid,
    squad_id: Option<Uuid>,
    area_id: Option<Uuid>,
    /// Who acts for this person on the day.
    stand_in: Option<String>,
}

/// A post on the chart, with everything below it.
#[derive(Debug, Serialize, ToSchema)]
pub struct ChartNode {
    post: PostCode,
    title_zh: String,
    title_en: String,
    /// Nobody holds it.
    vacant: bool,
    /// Who acts in it on the day while nobody holds it.
    acting: Option<String>,
    /// Posts that answer for it while it is vacant.
    covered_by: Vec<PostCode>,
    people: Vec<Occupant>,
    #[schema(no_recursion)]
    children: Vec<ChartNode>,
}

/// A box of the printed chart.
#[derive(Debug, Serialize, ToSchema)]
pub struct ChartBoxView {
    /// The clause that draws it.
    clause: String,
    title_zh: String,
    title_en: String,
    /// The manual copy that goes to it.
    copy_no: Option<i32>,
    /// The posts that cover it, the first one that is held answers for it.
    covered_by: Vec<PostCode>,
    /// Who answers for the box on the day.
    answers: Option<PostCode>,
    people: Vec<Occupant>,
}

/// An edge across the line, as the chart draws it dotted.
#[derive(Debug, Serialize, ToSchema)]
pub struct ChartEdge {
    child: PostCode,
    parent: PostCode,
    kind: String,
    matter: Option<String>,
}

/// The chart of one estate on one day.
#[derive(Debug, Serialize, ToSchema)]
pub struct OrgChart {
    on: NaiveDate,
    estate_id: EstateId,
    /// The line, from the top.
    tree: Vec<ChartNode>,
    /// Duties across the line.
    across: Vec<ChartEdge>,
    /// The twelve boxes of the manual's chart and who covers them.
    boxes: Vec<ChartBoxView>,
}

/// Which chart.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ChartFilter {
    /// The estate; one's own when absent.
    estate_id: Option<EstateId>,
    /// The day; today when absent.
    on: Option<NaiveDate>,
}

struct People {
    holders: Vec<Assignment>,
    names: std::collections::HashMap<Uuid, String>,
    acting: Vec<acting::ActingRow>,
}

impl People {
    async fn load(conn: &mut Conn, estate: EstateId, on: NaiveDate) -> Result<Self, Failure> {
        let zone = zone::zone(&estates::find(conn, estate).await?.time_zone);
        let holders = assignments::on(conn, Some(estate), on).await?;
        let next = on.succ_opt().unwrap_or(on);
        let day = Span {
            from: zone::start_of(on, zone),
            until: zone::start_of(next, zone),
        };
        let acting = acting::confirmed(conn, Some(estate), day).await?;
        let ids = holders.iter().map(|row| Some(row.employee_id));
        let names = common::names(conn, ids.chain(acting.iter().map(|row| Some(row.stand_in_id)))).await?;
        Ok(Self { holders, names, acting })
    }

    /// Who acts in a post that nobody holds on the day.
    fn acting_in(&self, post: PostCode) -> Option<String> {
        let vacancy = |row: &&acting::ActingRow| row.principal_assignment.is_none() && row.post == post.code();
        let acting = self.acting.iter().find(vacancy)?;
        self.names.get(&acting.stand_in_id).cloned()
    }

    fn in_post(&self, post: PostCode) -> Vec<Occupant> {
        let name = |id: &Uuid| self.names.get(id).cloned().unwrap_or_default();
        self.holders
            .iter()
            .filter(|row| row.post == post.code())
            .map(|row| Occupant {
                employee_id: row.employee_id,
                name: name(&row.employee_id),
                assignment_id: row.id,
                squad_id: row.squad_id,
                area_id: row.area_id,
                stand_in: self
                    .acting
                    .iter()
                    .find(|acting| acting.principal_assignment == Some(row.id))
                    .map(|acting| name(&acting.stand_in_id)),
            })
            .collect()
    }
}

/// Organisation chart
///
/// The reporting tree on a day with the people in it, the duties across the line, and the twelve boxes of the manual's
/// chart with the posts that cover them.
#[utoipa::path(tag = "org", operation_id = "get_org_chart", params(ChartFilter),
    responses((status = 200, description = "The chart", body = OrgChart)),
    extensions(("x-permission" = json!("org.read")), ("x-clauses" = json!(["ORG-1", "ORG-2", "ORG-3", "ORG-4", "ORG-5", "ORG-6", "ORG-7", "ORG-8", "ORG-9", "ORG-10", "ORG-11", "ORG-12"]))))]
#[get("/org-chart")]
pub async fn get_org_chart(
    guard: Guard<need::OrgRead>,
    list: ListQuery<ChartFilter>,
    app: web::Data<App>,
) -> ApiResult<OrgChart> {
    let estate = guard.estate(list.filter.estate_id)?;
    let mut conn = app.conn().await?;
    let on = match list.filter.on {
        Some(on) => on,
        None => common::today(&mut conn, Some(estate), app.now()).await?,
    };
    let people = People::load(&mut conn, estate, on).await?;
    let titles = wuye_persistence::org::post_titles(&mut conn).await?;
    let covers = posts::covers(&mut conn, on).await?;
    let tree = edges::tree(&mut conn).await?;
    let node = Builder {
        tree: &tree,
        people: &people,
        titles: &titles,
        covers: &covers,
        on,
    };
    let roots: Vec<PostCode> = PostCode::ALL
        .iter()
        .copied()
        .filter(|post| tree.parent(*post, on).is_none() && !tree.children(*post, on).is_empty())
        .collect();
    let across = tree
        .edges()
        .iter()
        .filter(|edge| edge.kind.code() != "line" && edge.period.contains(on));
    let across = across
        .map(|edge| ChartEdge {
            child: edge.child,
            parent: edge.parent,
            kind: edge.kind.to_string(),
            matter: edge.matter.map(|matter| matter.to_string()),
        })
        .collect();
    Answer::ok(&OrgChart {
        on,
        estate_id: estate,
        tree: roots.into_iter().map(|post| node.build(post)).collect(),
        across,
        boxes: boxes(chart::on(&mut conn, on).await?, &people),
    })
}

struct Builder<'a> {
    tree: &'a wuye_domain::org::tree::Tree,
    people: &'a People,
    titles: &'a std::collections::HashMap<PostCode, (String, String)>,
    covers: &'a [(PostCode, PostCode)],
    on: NaiveDate,
}

impl Builder<'_> {
    fn build(&self, post: PostCode) -> ChartNode {
        let people = self.people.in_post(post);
        let (title_zh, title_en) = self.titles.get(&post).cloned().unwrap_or_default();
        ChartNode {
            post,
            title_zh,
            title_en,
            vacant: people.is_empty(),
            acting: people.is_empty().then(|| self.people.acting_in(post)).flatten(),
            covered_by: self
                .covers
                .iter()
                .filter(|(vacant, _)| *vacant == post)
                .map(|(_, by)| *by)
                .collect(),
            people,
            children: self
                .tree
                .children(post, self.on)
                .into_iter()
                .map(|child| self.build(child))
                .collect(),
        }
    }
}

fn boxes(coverages: Vec<BoxCoverage>, people: &People) -> Vec<ChartBoxView> {
    let mut boxes: Vec<ChartBoxView> = Vec::new();
    for row in coverages {
        let Ok(post) = row.covering_post.parse::<PostCode>() else {
            continue;
        };
        if boxes.last().is_none_or(|last| last.clause != row.box_clause) {
            boxes.push(ChartBoxView {
                clause: row.box_clause,
                title_zh: row.box_,
                title_en: row.box_en,
                copy_no: row.copy_no,
                covered_by: Vec::new(),
                answers: None,
                people: Vec::new(),
            });
        }
        if let Some(last) = boxes.last_mut() {
            let occupants = people.in_post(post);
            if last.answers.is_none() && !occupants.is_empty() {
                last.answers = Some(post);
            }
            last.covered_by.push(post);
            last.people.extend(occupants);
        }
    }
    boxes
}

/// Who covers a box from a day on.
#[derive(Debug, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CoverBox {
    /// The posts, the one that answers first.
    #[validate(length(min = 1, max = 6))]
    #[schema(min_items = 1, max_items = 6)]
    posts: Vec<PostCode>,
    /// From this day; not a past one.
    valid_from: NaiveDate,
    /// Why.
    reason: Note,
}

/// Set who covers a box of the chart
#[utoipa::path(tag = "org", operation_id = "cover_box", params(("clause" = String, Path, example = "ORG-6")), request_body = CoverBox,
    responses((status = 200, description = "The coverage from that day on", body = Vec<BoxCoverage>)),
    extensions(("x-permission" = json!("org.edit")), ("x-clauses" = json!(["ORG-6", "ORG-7"]))))]
#[post("/chart-boxes/{clause}/cover")]
pub async fn cover_box(
    guard: Guard<need::OrgEdit>,
    clause: web::Path<String>,
    command: Command<CoverBox>,
    app: web::Data<App>,
) -> ApiResult<Vec<BoxCoverage>> {
    let mut work = app.begin(&guard, &command).await?;
    let now = work.now;
    let today = common::today(&mut work, None, now).await?;
    let CoverBox {
        posts,
        valid_from,
        reason,
    } = &command.body;
    if *valid_from < today {
        let words = Text::new("不能早于今天", "must not lie before today");
        return Err(Problem::field("/valid_from", "past", words).into());
    }
    let known = chart::on(&mut work, today).await?;
    let Some(model) = known.iter().find(|row| row.box_clause == *clause) else {
        return Err(Problem::not_found().into());
    };
    chart::end_box(&mut work, &clause, *valid_from).await?;
    let rows: Vec<BoxCoverage> = (1..)
        .zip(posts)
        .map(|(rank, post)| BoxCoverage {
            id: Uuid::now_v7(),
            covering_post: post.code().to_owned(),
            rank,
            valid_from: *valid_from,
            valid_until: None,
            version: 1,
            ..model.clone()
        })
        .collect();
    chart::insert(&mut work, &rows).await?;
    work.record(
        TrailEntry::new(SubjectKind::Post, super::posts::post_id(posts[0]), "box_covered")
            .reason(Some(reason.as_str()))
            .changes(serde_json::json!({ "box": [null, model.box_], "posts": [null, posts] })),
    );
    work.answer(StatusCode::OK, &rows).await
}

/// One step of a person's reporting line.
#[derive(Debug, Serialize, ToSchema)]
pub struct LineStep {
    post: PostCode,
    title_zh: String,
    title_en: String,
    /// Who holds the post on the day, in the same squad or area where both have one; empty when nobody does.
    people: Vec<Occupant>,
    /// Who acts in it while nobody holds it.
    acting: Option<String>,
}

/// The reporting line of a person on a day, for each post held.
#[derive(Debug, Serialize, ToSchema)]
pub struct ReportingLine {
    on: NaiveDate,
    employee_id: EmployeeId,
    lines: Vec<PostLine>,
}

/// The line above one post.
#[derive(Debug, Serialize, ToSchema)]
pub struct PostLine {
    assignment_id: Uuid,
    post: PostCode,
    estate_id: Option<Uuid>,
    /// From the superior to the top.
    above: Vec<LineStep>,
}

/// Reporting line of a person
///
/// For each post the person holds on the day: the posts above with their holders. Where the person belongs to a squad or
/// an area, the superior is the one of the same squad or area.
#[utoipa::path(tag = "org", operation_id = "get_reporting_line", params(("id" = Uuid, Path), ChartFilter),
    responses((status = 200, description = "The line", body = ReportingLine)),
    extensions(("x-permission" = json!("org.read")), ("x-clauses" = json!(["POS-CSCMGR-01", "POS-DEPMGR-01", "POS-ASSTMGR-01", "POS-GUARDCAPT-01", "POS-PUBSUP-01", "POS-RECEPT-01", "POS-RENOADM-01", "POS-FINSUP-01", "POS-CASHIER-01", "POS-FEECOL-01", "POS-TICKET-01", "PROC-DEPMGR-4.1", "PROC-GUARDCAPT-4.1", "PROC-PUBSUP-4.1", "PROC-FINSUP-4.1", "PROC-GUARDLEAD-4.1", "PROC-GUARD-4.1", "PROC-RECEPT-4.1", "PROC-RENOADM-4.1", "PROC-CLEANLEAD-4.1", "PROC-TECH-4.1"]))))]
#[get("/employees/{id}/reporting-line")]
pub async fn get_reporting_line(
    guard: Guard<need::OrgRead>,
    id: web::Path<Uuid>,
    list: ListQuery<ChartFilter>,
    app: web::Data<App>,
) -> ApiResult<ReportingLine> {
    let mut conn = app.conn().await?;
    let employee = employees::find(&mut conn, &guard.scope, (*id).into()).await?;
    let on = match list.filter.on {
        Some(on) => on,
        None => common::today(&mut conn, None, app.now()).await?,
    };
    let tree = edges::tree(&mut conn).await?;
    let titles = wuye_persistence::org::post_titles(&mut conn).await?;
    let mut lines = Vec::new();
    for held in assignments::of_employee(&mut conn, employee.id.into(), on).await? {
        if held.valid_from > on {
            continue;
        }
        let estate = common::place(&mut conn, held.estate_id.map(Into::into)).await?;
        let people = People::load(&mut conn, estate, on).await?;
        let seat = approver::seat(&held, estate)?;
        let near = |at: &Occupant| seat.is_near(at.squad_id.map(Into::into), at.area_id.map(Into::into));
        let above = tree.above(seat.post, on).into_iter().map(|post| {
            let (title_zh, title_en) = titles.get(&post).cloned().unwrap_or_default();
            let mut holders = people.in_post(post);
            let acting = holders.is_empty().then(|| people.acting_in(post)).flatten();
            holders.retain(near);
            LineStep {
                post,
                title_zh,
                title_en,
                people: holders,
                acting,
            }
        });
        lines.push(PostLine {
            assignment_id: held.id,
            post: seat.post,
            estate_id: held.estate_id,
            above: above.collect(),
        });
    }
    Answer::ok(&ReportingLine {
        on,
        employee_id: employee.id.into(),
        lines,
    })
}
